// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "linchpin/table/formats/formats.h"
#include "linchpin/table/formats/matrix_reader.h"
#include "linchpin/table/formats/matrix_reader_member.h"

namespace linchpin {
namespace {

using Kind = MatrixRole::Kind;

// Columns carry numbers only. Industries 1 to 56 of the release (ISIC Rev. 4), then final demand.
constexpr std::array<std::string_view, 56> industries{
    "A01", "A02",     "A03", "B",   "C10-C12", "C13-C15", "C16", "C17",     "C18",     "C19",
    "C20", "C21",     "C22", "C23", "C24",     "C25",     "C26", "C27",     "C28",     "C29",
    "C30", "C31_C32", "C33", "D35", "E36",     "E37-E39", "F",   "G45",     "G46",     "G47",
    "H49", "H50",     "H51", "H52", "H53",     "I",       "J58", "J59_J60", "J61",     "J62_J63",
    "K64", "K65",     "K66", "L68", "M69_M70", "M71",     "M72", "M73",     "M74_M75", "N",
    "O84", "P85",     "Q",   "R_S", "T",       "U"};
constexpr std::array<std::string_view, 5> final_demand{"CONS_h", "CONS_np", "CONS_g", "GFCF",
                                                       "INVEN"};
// What is paid beside intermediate inputs; together they make up output.
constexpr std::array<std::string_view, 6> primary_inputs{"TXSP",  "EXP_adj", "PURR",
                                                         "PURNR", "VA",      "IntTTM"};
constexpr std::array<std::string_view, 5> label_names{"IndustryCode", "IndustryDescription",
                                                      "Country", "RNr", "Year"};

MatrixRole role_of(std::string_view region, std::string_view number) {
  constexpr std::size_t most_digits = 3;
  std::size_t value = 0;
  auto const end = number.data() + number.size();
  auto const parsed = std::from_chars(number.data(), end, value);
  bool const whole = parsed.ec == std::errc{} && parsed.ptr == end && number.size() <= most_digits;
  if (!whole || value == 0 || value > industries.size() + final_demand.size()) {
    return {.part = fmt::format("has no number from 1 to {} behind the country",
                                industries.size() + final_demand.size())};
  }
  if (value <= industries.size()) {
    return {Kind::industry, std::string{region}, std::string{industries[value - 1]}, {}};
  }
  return {Kind::final_use,
          std::string{region},
          std::string{final_demand[value - 1 - industries.size()]},
          {}};
}

/// "AUS1" (R) or "vAUS01" (Stata).
MatrixRole column_role(std::string_view label) {
  if (label == "TOT") return {.kind = Kind::output};
  constexpr std::size_t letters = 3;
  if (label.size() > letters + 1 && label.front() == 'v') label.remove_prefix(1);
  if (label.size() <= letters) return {.part = "is not a country and a number"};
  return role_of(label.substr(0, letters), label.substr(letters));
}

bool is_column(std::string_view label) {
  auto const kind = column_role(label).kind;
  return kind == Kind::industry || kind == Kind::final_use;
}

/// Where the label fields of a line are.
struct LabelPlaces {
  std::size_t count = 0;  ///< fields in front of the first number
  std::size_t code = 0, country = 0, number = 0;
  bool complete = false;
};

LabelPlaces find_labels(std::string_view header) {
  LabelPlaces places;
  auto const separator = dialect_of(header).separator;
  std::array<bool, label_names.size()> found{};
  for (;; ++places.count) {
    auto const stop = std::min(header.find(separator), header.size());
    auto name = header.substr(0, stop);
    while (!name.empty() && (name.front() == '"' || name.front() == ' ')) name.remove_prefix(1);
    while (!name.empty() && (name.back() == '"' || name.back() == ' ')) name.remove_suffix(1);
    if (is_column(name) || stop == header.size()) break;
    auto const known = std::find(label_names.begin(), label_names.end(), name);
    if (known != label_names.end())
      found[static_cast<std::size_t>(known - label_names.begin())] = true;
    if (name == "IndustryCode") places.code = places.count;
    if (name == "Country") places.country = places.count;
    if (name == "RNr") places.number = places.count;
    header.remove_prefix(stop + 1);
  }
  places.complete = found[0] && found[2] && found[3];
  return places;
}

MatrixRole row_role(std::span<std::string_view const> labels, LabelPlaces const& places) {
  auto const code = labels[places.code];
  if (code == "GO") return {.kind = Kind::output};
  if (code == "II_fob") return {.kind = Kind::ignored};
  if (std::find(primary_inputs.begin(), primary_inputs.end(), code) != primary_inputs.end()) {
    return {.kind = Kind::value_added, .part = std::string{code}};
  }
  auto role = role_of(labels[places.country], labels[places.number]);
  if (role.kind == Kind::final_use) {
    role = {.part = fmt::format("is not an industry: numbers go from 1 to {}", industries.size())};
  }
  return role;
}

/// From D35 on: power, water, construction, services.
void flag_services(TableLabels& labels) {
  auto const first = std::find(industries.begin(), industries.end(), "D35");
  for (auto& sector : labels.sectors) {
    sector.service = std::find(first, industries.end(), sector.label) != industries.end();
  }
}

bool is_table(Bundle const& bundle, std::string const& member) {
  return find_labels(bundle.first_line(member)).complete;
}

bool looks_like_wiod2016(Bundle const& bundle) {
  if (is_excel_workbook(bundle)) return true;
  auto const& members = bundle.members();
  return std::any_of(members.begin(), members.end(),
                     [&](std::string const& member) { return is_table(bundle, member); });
}

/// Any workbook ends here: no reader takes one, and these two publishers have only them.
tl::unexpected<Error> refuse_workbook(Bundle const& bundle) {
  return fail(ErrorCode::bad_format, "this is an Excel workbook, and Excel files are not read",
              bundle.name(),
              "save the sheet as CSV (UTF-8). The WIOD 2016 release also comes for R: "
              "write.csv(wiot, \"WIOT2014.csv\", row.names = FALSE); for the 2013 release see "
              "docs/formats/wiod2016.md");
}

TableInfo describe_wiod2016(Bundle const& bundle, std::string const& member) {
  TableInfo info;
  auto const name = bundle.single_file() ? bundle.file_name() : bundle.file_name() + ":" + member;
  info.year = year_in_name(name);
  info.title = "World Input-Output Table, WIOD 2016 release";
  if (info.year != 0) info.title += fmt::format(", {}", info.year);
  info.unit = {"USD", 1e6};
  info.price_basis = "current prices";
  info.source =
      "Timmer, Los, Stehrer & de Vries (2016), \"An Anatomy of the Global Trade Slowdown based on "
      "the WIOD 2016 Release\", GGDC Research Memorandum 162, University of Groningen";
  info.licence = "CC BY 4.0";
  info.history = fmt::format("imported from {} (format wiod2016)", name);
  return info;
}

Result<Table> read_wiod2016(Bundle const& bundle, ReadOptions const& options,
                            RunControl const& control) {
  if (is_excel_workbook(bundle)) return refuse_workbook(bundle);
  auto const member = choose_member(bundle, options, [&](std::string const& each) {
    return bundle.single_file() || is_table(bundle, each);
  });
  if (!member) return fail(member.error());
  auto const places = find_labels(bundle.first_line(*member));
  if (!places.complete) {
    return fail(ErrorCode::bad_format, "there are no columns IndustryCode, Country and RNr",
                bundle.name(), "they stand in front of the first column of numbers (AUS1)");
  }
  auto csv = bundle.open_csv(*member);
  if (!csv) return fail(csv.error());
  MatrixLayout layout{
      .label_fields = places.count,
      .column = column_role,
      .row =
          [places](std::span<std::string_view const> labels) { return row_role(labels, places); },
      .value_added_rows = {primary_inputs.begin(), primary_inputs.end()},
      .example = "AUS1",
      .describe = flag_services};
  return read_matrix(std::move(*csv), std::move(layout), describe_wiod2016(bundle, *member),
                     options, control);
}

}  // namespace

TableFormat wiod2016_format() noexcept {
  return {"wiod2016", "World Input-Output Tables, 2016 release, as CSV", looks_like_wiod2016,
          read_wiod2016};
}

}  // namespace linchpin
