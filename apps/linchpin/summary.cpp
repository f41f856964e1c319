// SPDX-License-Identifier: Apache-2.0
#include "apps/linchpin/summary.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>

#include "apps/linchpin/terminal.h"

namespace linchpin::app {
namespace {

constexpr std::size_t most_regions = 8;

ResultTable const* find_table(ResultSet const& results, std::string_view name) {
  auto const found = std::find_if(results.tables.begin(), results.tables.end(),
                                  [&](auto const& table) { return table.name == name; });
  return found == results.tables.end() ? nullptr : &*found;
}

template <class Data>
Data const* find_column(ResultTable const& table, std::string_view name) {
  auto const found = std::find_if(table.columns.begin(), table.columns.end(),
                                  [&](auto const& column) { return column.name == name; });
  return found == table.columns.end() ? nullptr : std::get_if<Data>(&found->data);
}

std::string percent(double value) { return fmt::format("{:.3f} %", value); }

/// Lowest and highest loss over the runs in which no input runs short, "0.20 … 1.31 %", or nothing;
/// past that threshold the model only says "this breaks".
std::string range_of(ResultSet const& results, std::string const& scenario,
                     std::string const& region, std::string_view measure) {
  auto const* const table = find_table(results, "range");
  if (table == nullptr) return "";
  auto const* const scenarios = find_column<TextColumn>(*table, "scenario");
  auto const* const regions = find_column<TextColumn>(*table, "region");
  auto const* const measures = find_column<TextColumn>(*table, "measure");
  auto const* const low = find_column<NumberColumn>(*table, "low_supplied");
  auto const* const high = find_column<NumberColumn>(*table, "high_supplied");
  if (!scenarios || !regions || !measures || !low || !high) return "";
  for (std::size_t row = 0; row < table->rows(); ++row) {
    bool const here = (*scenarios)[row] == scenario && (*regions)[row] == region &&
                      (*measures)[row] == measure;
    if (!here) continue;
    if (!low->missing.empty() && low->missing[row]) return "all run short";
    return fmt::format("{:.3f} … {:.3f} %", low->values[row], high->values[row]);
  }
  return "";
}

void print_losses(ResultSet const& results) {
  auto const* const table = find_table(results, "loss_by_region");
  if (table == nullptr) return;
  auto const* const scenarios = find_column<TextColumn>(*table, "scenario");
  auto const* const regions = find_column<TextColumn>(*table, "region");
  auto const* const value_added = find_column<NumberColumn>(*table, "value_added_loss_pct");
  auto const* const output = find_column<NumberColumn>(*table, "output_loss_pct");
  auto const* const final_use = find_column<NumberColumn>(*table, "final_use_loss_pct");
  if (!scenarios || !regions || !value_added || !output || !final_use) return;
  for (std::size_t first = 0; first < table->rows();) {
    auto const& scenario = (*scenarios)[first];
    std::vector<std::size_t> order;
    for (; first < table->rows() && (*scenarios)[first] == scenario; ++first) order.push_back(first);
    std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
      return value_added->values[a] > value_added->values[b];
    });
    // The region the study is about comes first, however little it loses.
    std::stable_partition(order.begin(), order.end(),
                          [&](std::size_t row) { return (*regions)[row] == results.focus; });
    order.resize(std::min(order.size(), most_regions));
    std::vector<std::vector<std::string>> rows;
    for (auto const row : order) {
      auto const& region = (*regions)[row];
      rows.push_back({region, percent(value_added->values[row]),
                      range_of(results, scenario, region, "value_added_loss_pct"),
                      percent(output->values[row]), percent(final_use->values[row])});
    }
    print(text_table({scenario, "loss of value added", "where stocks last", "output",
                      "final use"},
                     rows));
    print_line();
  }
}

}  // namespace

void print_summary(ResultSet const& results, std::string const& source,
                   std::vector<std::filesystem::path> const& files) {
  print_line();
  print_line(bold(results.title));
  if (!results.question.empty()) print(wrap(results.question));
  print_line();
  for (auto const& headline : results.headlines) print(wrap("* " + headline, "  "));
  print_line();
  print_losses(results);
  for (auto const& warning : results.warnings) print(wrap("warning: " + warning));
  print(wrap(source));
  print_line();
  for (auto const& file : files) {
    if (file.extension() == ".html") print_line(fmt::format("report:  {}", file.string()));
  }
  for (auto const& file : files) {
    if (file.extension() == ".json" || file.extension() == ".nc") {
      print_line(fmt::format("data:    {}", file.string()));
    }
  }
  auto const table = std::find_if(files.begin(), files.end(),
                                  [](auto const& file) { return file.extension() == ".csv"; });
  if (table != files.end()) {
    print_line(fmt::format("tables:  {}", table->parent_path().string()));
  }
}

}  // namespace linchpin::app
