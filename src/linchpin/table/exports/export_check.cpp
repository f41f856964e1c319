// SPDX-License-Identifier: Apache-2.0
#include "linchpin/table/exports/export_check.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "linchpin/table/label_text.h"
#include "linchpin/table/shape.h"

namespace linchpin {
namespace {

void check_labels(Table const& table, ErrorList& errors) {
  auto const check = [&](std::string const& text, char const* kind, bool may_be_empty) {
    if (may_be_empty && text.empty()) return;
    auto const fault = label_fault(text);
    if (fault.empty()) return;
    errors.add(ErrorCode::bad_value, fmt::format("the {} '{}' {}", kind, printable(text), fault),
               printable(text), "rename it before the export");
  };
  auto const& labels = table.labels;
  for (auto const& each : labels.regions) {
    check(each.label, "region", false);
    check(each.name, "name of a region", true);
  }
  for (auto const& each : labels.sectors) {
    check(each.label, "sector", false);
    check(each.name, "name of a sector", true);
  }
  for (auto const& each : labels.categories) {
    check(each.label, "final demand", false);
    check(each.name, "name of final demand", true);
  }
  for (auto const& each : labels.value_added_rows) check(each, "value-added row", false);
  for (auto const& each : table.satellites.rows) {
    check(each.label, "satellite account", false);
    check(each.unit, "unit of a satellite account", true);
  }
}

bool numbers_fit(Table const& table, double largest) {
  auto const fits = [&](auto const& values) {
    return std::all_of(std::begin(values), std::end(values),
                       [&](double value) { return std::abs(value) <= largest; });
  };
  DenseVector scratch;
  for (std::size_t i = 0; i < table.size(); ++i) {
    if (!fits(table.Z.row(i, scratch))) return false;
  }
  return fits(table.Y.values()) && fits(table.value_added.values()) && fits(table.output) &&
         fits(table.satellites.F.values()) && fits(table.satellites.F_Y.values());
}

}  // namespace

Result<void> check_exportable(Table const& table, double largest) {
  if (auto const fits = check_shapes(table); !fits) return fits;
  ErrorList errors;
  check_labels(table, errors);
  if (!numbers_fit(table, largest)) {
    errors.add(ErrorCode::invalid_table, "the table holds cells that are not finite", "whole table",
               "'linchpin table check' lists them");
  }
  if (!errors.empty()) return fail(errors.joined());
  return {};
}

std::string plain_text(std::string_view text) {
  std::string result(text);
  bool const utf8 = is_utf8(text);
  for (auto& c : result) {
    auto const byte = static_cast<unsigned char>(c);
    if ((byte < 0x20 && c != '\n') || byte == 0x7F) c = ' ';
    if (byte >= 0x80 && !utf8) c = '?';
  }
  return result;
}

}  // namespace linchpin
