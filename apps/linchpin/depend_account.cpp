// SPDX-License-Identifier: Apache-2.0
#include "apps/linchpin/depend_account.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <string>
#include <vector>

#include "apps/linchpin/depend_commands.h"
#include "apps/linchpin/terminal.h"

namespace linchpin::app {
namespace {

constexpr std::size_t most_rows = 60;         // on the terminal
constexpr std::size_t numbers_per_block = 7;  // columns side by side

/// The unit that most columns have: it is said once, in the title.
std::string common_unit(std::vector<ResultColumn const*> const& columns) {
  std::map<std::string, int> count;
  std::string most;
  for (auto const* column : columns) {
    if (++count[column->unit] > count[most]) most = column->unit;
  }
  return most;
}

bool is_number(ResultColumn const& column) {
  return std::holds_alternative<NumberColumn>(column.data);
}

std::string percent(double share) { return fmt::format("{:.3f} %", 100 * share); }

}  // namespace

void print_account(IndustrySpace const& space, depend::BuyerAccount const& account) {
  auto const buyer = account.buyer.industry ? space.label(*account.buyer.industry)
                                            : space.label(account.buyer.region);
  print_line(bold(fmt::format("{} relies on, per unit of its output", buyer)));
  std::vector<std::size_t> order(space.regions());
  for (std::size_t r = 0; r < order.size(); ++r) order[r] = r;
  std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
    return account.by_region[a].look_through > account.by_region[b].look_through;
  });
  std::vector<std::vector<std::string>> rows;
  for (auto const r : order) {
    auto const& reliance = account.by_region[r];
    rows.push_back({space.label(RegionId{r}) + "  " + space.name(RegionId{r}),
                    percent(reliance.face_value), percent(reliance.look_through),
                    percent(reliance.hidden), percent(reliance.value_added_origin)});
  }
  print(text_table({"supplier region", "face value", "look-through", "hidden", "value added"},
                   rows));
  rows.clear();
  for (auto const supplier : account.largest_suppliers) {
    auto const& reliance = account.by_industry[supplier.index()];
    rows.push_back({space.label(supplier) + "  " + space.name(space.sector_of(supplier)),
                    percent(reliance.face_value), percent(reliance.look_through),
                    percent(reliance.hidden), percent(reliance.value_added_origin)});
  }
  print_line();
  print(text_table(
      {"largest supplying industries", "face value", "look-through", "hidden", "value added"},
      rows));
  auto const& concentration = account.look_through;
  print(fmt::format("effective supplier regions, look-through: {:.2f}",
                    concentration.effective_suppliers));
  if (concentration.effective_suppliers_foreign) {
    print(fmt::format("; foreign ones: {:.2f}, largest {} with {:.1f} % of foreign inputs",
                      *concentration.effective_suppliers_foreign,
                      space.label(*concentration.largest_foreign),
                      100 * concentration.largest_foreign_share));
  }
  print_line("\n");
}

void print_result_table(ResultTable const& table) {
  std::vector<ResultColumn const*> keys, numbers;
  for (auto const& column : table.columns) (is_number(column) ? numbers : keys).push_back(&column);
  auto const unit = common_unit(numbers);
  print_line(bold(unit.empty() ? table.title : fmt::format("{} [{}]", table.title, unit)));
  auto const rows = std::min(table.rows(), most_rows);
  for (std::size_t first = 0; first == 0 || first < numbers.size(); first += numbers_per_block) {
    auto const last = std::min(first + numbers_per_block, numbers.size());
    std::vector<ResultColumn const*> shown = keys;
    for (std::size_t c = first; c < last; ++c) shown.push_back(numbers[c]);
    std::vector<std::string> header;
    for (auto const* column : shown) {
      bool const own = is_number(*column) && column->unit != unit && !column->unit.empty();
      header.push_back(own ? fmt::format("{} [{}]", column->name, column->unit) : column->name);
    }
    std::vector<std::vector<std::string>> lines(rows);
    for (std::size_t row = 0; row < rows; ++row) {
      for (auto const* column : shown) lines[row].push_back(column_text(*column, row, 6, "-"));
    }
    print(text_table(header, lines));
  }
  if (table.rows() > rows) {
    print_line(dim(fmt::format("{} more rows: --csv FILE or --json", table.rows() - rows)));
  }
  if (!table.note.empty()) print(dim(wrap(table.note)));
  print_line();
}

}  // namespace linchpin::app
