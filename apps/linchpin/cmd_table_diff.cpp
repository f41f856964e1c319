// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <cmath>
#include <memory>
#include <string>
#include <vector>

#include "apps/linchpin/table_commands.h"
#include "apps/linchpin/terminal.h"
#include "linchpin/results/table_repair_json.h"
#include "linchpin/table/diff.h"

namespace linchpin::app {
namespace {

struct DiffCommand {
  std::string a, b;
  DiffOptions options;
};

std::string amount(double value) { return fmt::format("{:.6g}", value); }

std::string percent(double a, double b) {
  if (a == 0) return b == 0 ? "" : "new";
  return fmt::format("{:+.2f} %", 100 * (b - a) / std::abs(a));  // up is up, below zero as well
}

void print_labels(TableDiff const& diff) {
  for (auto const& each : diff.labels) {
    auto const say = [&](char const* where, std::vector<std::string> const& only) {
      if (only.empty()) return;
      std::string text =
          fmt::format("{} labels only in the {} table ({}):", each.kind, where, only.size());
      constexpr std::size_t most = 12;
      for (std::size_t k = 0; k < only.size() && k < most; ++k) text += ' ' + only[k];
      if (only.size() > most) text += fmt::format(" and {} more", only.size() - most);
      print(wrap(text));
    };
    say("first", each.only_in_a);
    say("second", each.only_in_b);
    if (each.reordered) print_line(fmt::format("{} labels stand in another order", each.kind));
  }
}

void print_cells(std::string const& title, std::vector<CellDiff> const& cells) {
  if (cells.empty()) return;
  std::vector<std::vector<std::string>> rows;
  for (auto const& cell : cells) {
    rows.push_back({cell.seller + " -> " + cell.buyer, amount(cell.a), amount(cell.b),
                    percent(cell.a, cell.b)});
  }
  print_line();
  print(text_table({title, "first", "second", "change"}, rows));
}

void print_diff(TableDiff const& diff, MonetaryUnit const& unit) {
  for (auto const& remark : diff.remarks) print(wrap(remark));
  print_labels(diff);
  if (diff.same) {
    print_line("The tables are the same.");
    return;
  }
  std::vector<std::vector<std::string>> rows;
  for (auto const& each : diff.totals) {
    rows.push_back({(each.label.empty() ? "all" : each.label) + "  " + each.what,
                    money(each.a, unit), money(each.b, unit), percent(each.a, each.b)});
  }
  print(text_table({"totals", "first", "second", "change"}, rows));
  print_line(fmt::format(
      "\n{} of {} cells differ, by {} in all ({:.3g} % of the first table)", diff.cells_different,
      diff.cells_compared, money(diff.total_absolute_difference, unit),
      diff.total_size_a > 0 ? 100 * diff.total_absolute_difference / diff.total_size_a : 0.0));
  print_cells("largest by amount", diff.worst);
  print_cells("largest in proportion", diff.worst_relative);
  if (diff.multipliers.empty()) return;
  rows.clear();
  for (auto const& each : diff.multipliers) {
    rows.push_back({each.industry, fmt::format("{:.4f}", each.a), fmt::format("{:.4f}", each.b),
                    percent(each.a, each.b)});
  }
  print_line();
  print(text_table({"output multipliers", "first", "second", "change"}, rows));
  print_line(fmt::format("mean change, weighted by output: {:.4g}", diff.mean_multiplier_change));
}

Result<void> diff(DiffCommand const& command, Context const& context) {
  auto const a = open_table(command.a, context);
  if (!a) return fail(a.error());
  auto const b = open_table(command.b, context);
  if (!b) return fail(b.error());
  auto const result = diff_tables(*a, *b, command.options, run_control(context));
  finish_progress();
  if (!result) return fail(result.error());
  if (context.json) {
    print_line(to_text(table_diff_to_json(*result)));
  } else {
    print_diff(*result, a->info.unit);
  }
  return {};
}

}  // namespace

void add_table_diff(CLI::App& table, Context& context, Action& action) {
  auto const options = std::make_shared<DiffCommand>();
  auto& command = add_table_command(
      table, context, action, "diff", "Compare two tables where their labels agree",
      [options](Context const& each) { return diff(*options, each); });
  command.add_option("first", options->a, "Built-in world or table file")->required();
  command.add_option("second", options->b, "Built-in world or table file")->required();
  command.add_option("--top", options->options.top, "Longest list of cells and industries")
      ->check(CLI::Range(1, 1000000))
      ->capture_default_str();
}

}  // namespace linchpin::app
