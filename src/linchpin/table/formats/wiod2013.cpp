// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <string>
#include <string_view>
#include <utility>

#include "linchpin/table/category_scheme.h"
#include "linchpin/table/formats/formats.h"
#include "linchpin/table/formats/matrix_reader.h"
#include "linchpin/table/formats/national_grid.h"
#include "linchpin/table/formats/matrix_reader_member.h"

namespace linchpin {
namespace {

using Kind = MatrixRole::Kind;

constexpr std::string_view output_column = "OUTPUT";
constexpr std::size_t label_fields = 2;  // country, sector

MatrixRole column_role(std::string_view label) {
  if (label == output_column) return {.kind = Kind::output};
  auto const split = label.rfind('_');
  if (split == std::string_view::npos || split == 0 || split + 1 == label.size()) {
    return {.part = "is not REGION_SECTOR or REGION_CATEGORY"};
  }
  auto const part = label.substr(split + 1);
  return {is_known_category(part) ? Kind::final_use : Kind::industry,
          std::string{label.substr(0, split)},
          std::string{part},
          {}};
}

MatrixRole row_role(std::span<std::string_view const> labels) {
  return {Kind::industry, std::string{labels[0]}, std::string{labels[1]}, {}};
}

TableInfo describe_wiod2013(Bundle const& bundle, std::string const& member) {
  auto const name = bundle.single_file() ? bundle.file_name() : bundle.file_name() + ":" + member;
  TableInfo info;
  info.year = year_in_name(name);
  info.title = "World Input-Output Table, WIOD 2013 release";
  if (info.year != 0) info.title += fmt::format(", {}", info.year);
  info.unit = {"USD", 1e6};
  info.price_basis = "current prices";
  info.source =
      "Timmer, Dietzenbacher, Los, Stehrer & de Vries (2015), \"An Illustrated User Guide to the "
      "World Input–Output Database: the Case of Global Automotive Production\", Review of "
      "International Economics 23: 575–605";
  info.licence = "CC BY 4.0";
  info.history = fmt::format("imported from {} (format wiod2013)", name);
  return info;
}

bool is_table(Bundle const& bundle, std::string const& member) {
  return plain_header(bundle.first_line(member)).starts_with("country,sector,");
}

/// The release prints no value added by industry; what output leaves after all inputs is value
/// added at basic prices plus net taxes on products and international margins.
Result<Table> read_wiod2013(Bundle const& bundle, ReadOptions const& options,
                            RunControl const& control) {
  auto const member = choose_member(bundle, options, [&](std::string const& each) {
    return bundle.single_file() || is_table(bundle, each);
  });
  if (!member) return fail(member.error());
  auto csv = bundle.open_csv(*member);
  if (!csv) return fail(csv.error());
  MatrixLayout layout{.label_fields = label_fields,
                      .column = column_role,
                      .row = row_role,
                      .value_added_rows = {},
                      .example = "AUS_c1 or AUS_HH",
                      .output_column = std::string{output_column}};
  return read_matrix(std::move(*csv), std::move(layout), describe_wiod2013(bundle, *member),
                     options, control);
}

bool looks_like_wiod2013(Bundle const& bundle) {
  auto const& members = bundle.members();
  return std::any_of(members.begin(), members.end(),
                     [&](std::string const& member) { return is_table(bundle, member); });
}

}  // namespace

TableFormat wiod2013_format() noexcept {
  return {"wiod2013", "World Input-Output Tables, 2013 release, as CSV", looks_like_wiod2013,
          read_wiod2013};
}

}  // namespace linchpin
