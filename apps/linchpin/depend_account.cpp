// SPDX-License-Identifier: Apache-2.0
#include "apps/linchpin/depend_account.h"

#include <fmt/format.h>

#include <algorithm>
#include <string>
#include <vector>

#include "apps/linchpin/depend_commands.h"
#include "apps/linchpin/terminal.h"

namespace linchpin::app {
namespace {

constexpr std::size_t most_rows = 60;  // on the terminal
constexpr std::size_t most_keys = 4;          // columns repeated where a table is wider
constexpr std::size_t widest = 110;           // than this many characters

bool is_number(ResultColumn const& column) {
  return std::holds_alternative<NumberColumn>(column.data);
}

/// One column as text.
struct Cells {
  Cells(ResultColumn const& column, std::size_t rows, std::string const& title_unit)
      : head(column.name) {
    bool const own = is_number(column) && column.unit != title_unit && !column.unit.empty();
    if (own) head += " [" + column.unit + "]";
    for (std::size_t row = 0; row < rows; ++row) {
      entries.push_back(column_text(column, row, 6, "-"));
    }
  }
  [[nodiscard]] std::size_t width() const {
    auto const longer = [](std::string const& a, std::string const& b) { return a.size() < b.size(); };
    auto const longest = std::max_element(entries.begin(), entries.end(), longer);
    return std::max(head.size(), longest == entries.end() ? 0 : longest->size());
  }

  std::string head;
  std::vector<std::string> entries;
};

/// The unit of the first number: it is said once, in the title; other units stand with their columns.
std::string title_unit(std::vector<ResultColumn const*> const& columns) {
  auto const first = std::find_if(columns.begin(), columns.end(),
                                  [](ResultColumn const* column) { return is_number(*column); });
  return first == columns.end() ? std::string{} : (*first)->unit;
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
  std::vector<ResultColumn const*> keys, values;
  for (auto const& column : table.columns) {
    bool const key = values.empty() && keys.size() < most_keys && !is_number(column);
    (key ? keys : values).push_back(&column);
  }
  auto const unit = title_unit(values);
  print_line(bold(unit.empty() ? table.title : fmt::format("{} [{}]", table.title, unit)));
  auto const rows = std::min(table.rows(), most_rows);
  if (rows == 0) print_line("none");
  std::vector<Cells> key_cells;
  for (auto const* column : keys) key_cells.emplace_back(*column, rows, unit);
  for (std::size_t next = 0; rows > 0 && (next == 0 || next < values.size());) {
    auto shown = key_cells;
    std::size_t width = 0;
    for (auto const& cells : shown) width += cells.width() + 2;
    for (bool first = true; next < values.size(); ++next, first = false) {
      Cells cells(*values[next], rows, unit);
      width += cells.width() + 2;
      if (width > widest && !first) break;
      shown.push_back(std::move(cells));
    }
    std::vector<std::string> header;
    std::vector<std::vector<std::string>> lines(rows);
    for (auto const& cells : shown) {
      header.push_back(cells.head);
      for (std::size_t row = 0; row < rows; ++row) lines[row].push_back(cells.entries[row]);
    }
    print(text_table(header, lines));
    if (values.empty()) break;
  }
  if (table.rows() > rows) {
    print_line(dim(fmt::format("{} more rows: --csv FILE or --json", table.rows() - rows)));
  }
  if (!table.note.empty()) print(dim(wrap(table.note)));
  print_line();
}

}  // namespace linchpin::app
