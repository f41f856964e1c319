// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <string>
#include <string_view>
#include <utility>

#include "linchpin/table/formats/eora_files.h"
#include "linchpin/core/lowercase.h"
#include "linchpin/table/formats/figaro_codes.h"
#include "linchpin/table/formats/formats.h"
#include "linchpin/table/formats/matrix_reader_member.h"
#include "linchpin/table/label_text.h"

namespace linchpin {
namespace {

constexpr std::array<std::string_view, 5> final_demand{"P3_S13", "P3_S14", "P3_S15", "P51G", "P5M"};
constexpr std::array<FigaroInput, 6> inputs{{
    {"D21X31", "D21X31 taxes less subsidies on products"},
    {"OP_RES", "OP_RES direct purchases abroad by residents"},
    {"OP_NRES", "OP_NRES purchases of non-residents on the territory"},
    {"D1", "D1 compensation of employees"},
    {"D29X39", "D29X39 other taxes less subsidies on production"},
    {"B2A3G", "B2A3G gross operating surplus and mixed income"},
}};
constexpr std::string_view domestic_area = "W2";
// A region whose code holds the separator, in some editions.
constexpr std::string_view rest_of_world = "WRL_REST";

enum class Form { none, matrix, flat };

Form form_of(std::string_view first_line) {
  auto const line = lowercase(first_line);
  auto const has = [&](std::string_view text) { return line.find(text) != std::string::npos; };
  if (has("refarea") && has("counterpartarea") && has("obsvalue") &&
      (has("rowii") || has("rowpi"))) {
    return Form::flat;
  }
  auto const start = line.find_first_not_of("\" ");
  bool const corner = line.compare(std::min(start, line.size()), 9, "rowlabels") == 0 ||
                      line.compare(std::min(start, line.size()), 8, "icioirow") == 0;
  // Long headers are seen only in part: then no column of final demand need be among them.
  constexpr std::size_t seen = 60'000;
  return corner && (has("_p3_s14") || line.size() > seen) ? Form::matrix : Form::none;
}

bool is_figaro_member(Bundle const& bundle, std::string const& member) {
  return form_of(bundle.first_line(member)) != Form::none;
}

bool looks_like_figaro(Bundle const& bundle) {
  auto const& members = bundle.members();
  return std::any_of(members.begin(), members.end(),
                     [&](std::string const& member) { return is_figaro_member(bundle, member); });
}

Result<Table> read_figaro(Bundle const& bundle, ReadOptions const& options,
                          RunControl const& control) {
  auto const member = choose_member(
      bundle, options, [&](std::string const& each) { return is_figaro_member(bundle, each); });
  if (!member) return fail(member.error());
  auto const header = bundle.first_line(*member);
  if (form_of(header) == Form::flat) return read_figaro_flat(bundle, *member, options, control);
  auto csv = bundle.open_csv(*member, dialect_of(header));
  if (!csv) return fail(csv.error());
  MatrixLayout layout{
      .label_fields = 1,
      .column = [](std::string_view label) { return figaro_role(label); },
      .row = [](std::span<std::string_view const> labels) { return figaro_role(labels.front()); },
      .value_added_rows = figaro_value_added_rows(),
      .example = "AT_A01"};
  bool const products = header.find("_CPA_") != std::string::npos;
  return read_matrix(std::move(*csv), std::move(layout), describe_figaro(bundle, *member, products),
                     options, control);
}

}  // namespace

std::vector<std::string> figaro_value_added_rows() {
  std::vector<std::string> names;
  for (auto const& input : inputs) names.emplace_back(input.name);
  return names;
}

MatrixRole figaro_role(std::string_view region, std::string_view code) {
  using Kind = MatrixRole::Kind;
  if (region.empty() || code.empty()) {
    return {.part = "is not a region and an industry, a kind of final demand or a primary input"};
  }
  if (region == domestic_area) {
    auto const input = std::find_if(inputs.begin(), inputs.end(),
                                    [&](FigaroInput const& each) { return each.code == code; });
    if (input == inputs.end()) {
      return {.part =
                  "is not a primary input of FIGARO (D21X31, OP_RES, OP_NRES, D1, D29X39, B2A3G)"};
    }
    return {.kind = Kind::value_added, .part = std::string{input->name}};
  }
  if (auto const fault = label_fault(code); !fault.empty()) return {.part = fault};
  bool const final_use =
      std::find(final_demand.begin(), final_demand.end(), code) != final_demand.end();
  return {.kind = final_use ? Kind::final_use : Kind::industry,
          .region = std::string{region},
          .part = std::string{code}};
}

MatrixRole figaro_role(std::string_view label) {
  auto const split = label.starts_with(rest_of_world) ? rest_of_world.size()
                                                      : std::min(label.find('_'), label.size());
  if (split >= label.size() || label[split] != '_') return figaro_role({}, {});
  return figaro_role(label.substr(0, split), label.substr(split + 1));
}

TableInfo describe_figaro(Bundle const& bundle, std::string const& member, bool products) {
  TableInfo info;
  auto const slash = member.rfind('/');
  info.year = year_in_name(slash == std::string::npos ? member : member.substr(slash + 1));
  if (info.year == 0) info.year = year_in_name(bundle.file_name());
  info.title = products ? "FIGARO inter-country input-output table, product by product"
                        : "FIGARO inter-country input-output table, industry by industry";
  if (info.year != 0) info.title += fmt::format(", {}", info.year);
  info.unit = {"EUR", 1e6};
  info.price_basis = "current basic prices";
  info.source =
      "Eurostat, FIGARO tables: annual EU inter-country supply, use and input-output tables, "
      "https://ec.europa.eu/eurostat/web/esa-supply-use-input-tables";
  info.licence = "Eurostat reuse policy (CC BY 4.0)";
  info.history =
      fmt::format("imported from {} (format figaro)",
                  bundle.single_file() ? bundle.file_name() : bundle.file_name() + ":" + member);
  return info;
}

TableFormat figaro_format() noexcept {
  return {"figaro", "FIGARO of Eurostat: matrix or flat CSV, plain or in their zip",
          looks_like_figaro, read_figaro};
}

}  // namespace linchpin
