// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <string>
#include <string_view>
#include <utility>

#include "linchpin/table/formats/formats.h"
#include "linchpin/table/formats/matrix_reader.h"
#include "linchpin/table/formats/matrix_reader_member.h"

namespace linchpin {
namespace {

constexpr std::array<std::string_view, 8> final_demand{"HFCE",  "NPISH", "GGFC", "GFCF",
                                                       "INVNT", "DPABR", "P33",  "DIRP"};
constexpr std::size_t region_letters = 3;

/// Tables of the extended edition split China and Mexico by kind of exporter; the parts are added
/// up, together with the rows and columns under the country's own code where the file has them.
std::string_view whole_region(std::string_view region) noexcept {
  auto const part = [&](std::string_view prefix) {
    return region.size() == region_letters && region.starts_with(prefix) && region[2] >= '1' &&
           region[2] <= '9';
  };
  if (part("CN")) return "CHN";
  if (part("MX")) return "MEX";
  return region;
}

bool is_final_demand(std::string_view code) noexcept {
  return std::find(final_demand.begin(), final_demand.end(), code) != final_demand.end();
}

bool is_output(std::string_view label) noexcept {
  return label == "OUT" || label == "OUTPUT" || label == "TOTAL";
}

MatrixRole role_of(std::string_view label) {
  auto const split = label.find('_');
  if (split != region_letters || split + 1 == label.size()) {
    return {.part = "is not a region, '_' and an industry or a kind of final demand"};
  }
  auto const region = label.substr(0, split);
  auto const part = label.substr(split + 1);
  auto const whole = whole_region(region);
  auto const kind =
      is_final_demand(part) ? MatrixRole::Kind::final_use : MatrixRole::Kind::industry;
  return {kind, std::string{whole}, std::string{part},
          whole == region ? std::string{} : std::string{region}};
}

MatrixRole column_role(std::string_view label) {
  if (is_output(label)) return {.kind = MatrixRole::Kind::output};
  return role_of(label);
}

MatrixRole row_role(std::span<std::string_view const> labels) {
  auto const label = labels.front();
  if (is_output(label)) return {.kind = MatrixRole::Kind::output};
  if (label == "VA" || label == "VALU") {
    return {.kind = MatrixRole::Kind::value_added, .part = "VA"};
  }
  // Editions before 2023 have one row of taxes per country that levies them.
  if (label == "TLS" || label == "TAXSUB" || label.ends_with("_TAXSUB")) {
    return {.kind = MatrixRole::Kind::value_added, .part = "TLS"};
  }
  return role_of(label);
}

bool is_icio_header(std::string_view line) {
  auto const separator = dialect_of(line).separator;
  auto const unquoted = [&](std::string_view field) {
    while (!field.empty() && (field.front() == '"' || field.front() == ' ')) field.remove_prefix(1);
    while (!field.empty() && (field.back() == '"' || field.back() == ' ')) field.remove_suffix(1);
    return field;
  };
  auto const first = std::min(line.find(separator), line.size());
  auto const corner = unquoted(line.substr(0, first));
  if (first == line.size() || (!corner.empty() && corner != "V1" && corner != "index"))
    return false;
  auto rest = line.substr(first + 1);
  auto const label = unquoted(rest.substr(0, rest.find(separator)));
  // A code of three capitals, then an ISIC code with its letter ("A01", "C10T12") or without
  // ("01T03"): WIOD's "AUS_c1" has a small one.
  if (label.size() < 5 || label[region_letters] != '_' ||
      role_of(label).kind != MatrixRole::Kind::industry) {
    return false;
  }
  auto const capital = [](char c) { return c >= 'A' && c <= 'Z'; };
  auto const digit = [](char c) { return c >= '0' && c <= '9'; };
  bool const coded = std::all_of(label.begin(), label.begin() + 3,
                                 [&](char c) { return capital(c) || digit(c); }) &&
                     (capital(label[4]) || digit(label[4]));
  return coded && (line.find("_HFCE") != std::string_view::npos || line.size() > 60'000);
}

bool is_icio_member(Bundle const& bundle, std::string const& member) {
  return is_icio_header(bundle.first_line(member));
}

bool looks_like_icio(Bundle const& bundle) {
  auto const& members = bundle.members();
  return std::any_of(members.begin(), members.end(),
                     [&](std::string const& member) { return is_icio_member(bundle, member); });
}

TableInfo describe_icio(Bundle const& bundle, std::string const& member) {
  TableInfo info;
  auto const slash = member.rfind('/');
  auto const name = slash == std::string::npos ? member : member.substr(slash + 1);
  info.year = year_in_name(name);
  if (info.year == 0) info.year = year_in_name(bundle.file_name());
  info.title = "OECD Inter-Country Input-Output Table";
  if (info.year != 0) info.title += fmt::format(", {}", info.year);
  info.unit = {"USD", 1e6};
  info.price_basis = "current prices";
  info.source = "OECD, Inter-Country Input-Output Tables, http://oe.cd/icio";
  info.licence = "OECD terms and conditions (CC BY 4.0 for data published since July 2024)";
  info.history =
      fmt::format("imported from {} (format oecd_icio)",
                  bundle.single_file() ? bundle.file_name() : bundle.file_name() + ":" + member);
  return info;
}

Result<Table> read_icio(Bundle const& bundle, ReadOptions const& options,
                        RunControl const& control) {
  auto const member = choose_member(bundle, options, [&](std::string const& each) {
    return bundle.single_file() || is_icio_member(bundle, each);
  });
  if (!member) return fail(member.error());
  auto csv = bundle.open_csv(*member);
  if (!csv) return fail(csv.error());
  MatrixLayout layout{.label_fields = 1,
                      .column = column_role,
                      .row = row_role,
                      .value_added_rows = {"TLS", "VA"},
                      .example = "AUS_A01"};
  return read_matrix(std::move(*csv), std::move(layout), describe_icio(bundle, *member), options,
                     control);
}

}  // namespace

TableFormat oecd_icio_format() noexcept {
  return {"oecd_icio", "OECD Inter-Country Input-Output Tables, CSV, plain or in their zip",
          looks_like_icio, read_icio};
}

}  // namespace linchpin
