// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <cmath>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "apps/linchpin/table_commands.h"
#include "apps/linchpin/terminal.h"
#include "linchpin/results/table_repair_json.h"
#include "linchpin/table/check.h"
#include "linchpin/table/repair/balance.h"
#include "linchpin/table/store/store.h"
#include "linchpin/table/repair/targets.h"

namespace linchpin::app {
namespace {

struct BalanceCommand {
  std::string input;
  std::string rows, columns;
  std::string method;
  std::filesystem::path output;
};

Result<BalanceSpec> spec_of(BalanceCommand const& command) {
  BalanceSpec spec;
  for (auto const method : {BalanceMethod::ras, BalanceMethod::gras, BalanceMethod::kras}) {
    if (command.method == to_string(method)) spec.method = method;
  }
  ErrorList errors;
  auto const read = [&](std::string const& path, std::optional<TargetList>& list) {
    if (path.empty()) return;
    auto result = read_targets(path);
    if (result) {
      list = *std::move(result);
    } else {
      errors.add(result.error());
    }
  };
  read(command.rows, spec.rows);
  read(command.columns, spec.columns);
  if (!errors.empty()) return fail(errors.joined());
  return spec;
}

std::string amount(double value) { return fmt::format("{:.6g}", value); }

void print_moved(BalanceReport const& report, MonetaryUnit const& unit) {
  auto const share =
      report.total_size > 0 ? 100.0 * report.total_absolute_change / report.total_size : 0.0;
  print_line(fmt::format("{}: {} iterations, largest remaining gap {:.2g}",
                         to_string(report.method), report.iterations, report.residual));
  print_line(fmt::format("moved {} in all, {:.3g} % of all cells",
                         money(report.total_absolute_change, unit), share));
  if (report.total_gap > 0) {
    print_line(fmt::format("totals of rows and columns were {:.2g} apart; columns gave way",
                           report.total_gap));
  }
  if (report.emptied_cells > 0) {
    print_line(fmt::format("{} cells are empty now: the targets leave them no room",
                           report.emptied_cells));
  }
  if (report.worst.empty()) return;
  std::vector<std::vector<std::string>> rows;
  for (auto const& cell : report.worst) {
    rows.push_back({cell.seller + " -> " + cell.buyer, amount(cell.before), amount(cell.after),
                    fmt::format("{:+.3g}", cell.after - cell.before)});
  }
  print_line();
  print(text_table({"cells that moved most", "before", "after", "change"}, rows));
  auto const& ratio = report.largest_relative_change;
  if (ratio.seller.empty()) return;
  print_line(fmt::format("\nlargest change in proportion: {} -> {}, {} to {}", ratio.seller,
                         ratio.buyer, amount(ratio.before), amount(ratio.after)));
}

void print_relaxed(BalanceReport const& report) {
  if (report.relaxed.empty()) return;
  constexpr std::size_t most = 20;
  std::vector<std::vector<std::string>> rows;
  for (auto const& each : report.relaxed) {
    if (rows.size() == most) break;
    rows.push_back({each.name, amount(each.target), amount(each.value),
                    fmt::format("{:+.3g}", (each.value - each.target) / each.sigma)});
  }
  print_line();
  print(text_table({"targets that gave way", "target", "value", "gap / sigma"}, rows));
  if (report.relaxed.size() > most) {
    print_line(fmt::format("and {} more; --json lists them all", report.relaxed.size() - most));
  }
}

Result<void> balance(BalanceCommand const& command, Context const& context) {
  if (auto const fine =
          check_output(command.output, {command.input, command.rows, command.columns}, true);
      !fine) {
    return fine;
  }
  auto const spec = spec_of(command);
  if (!spec) return fail(spec.error());
  auto const table = open_table(command.input, context);
  if (!table) return fail(table.error());
  auto const balanced = balance_table(*table, *spec, run_control(context));
  finish_progress();
  if (!balanced) return fail(balanced.error());
  if (context.json) {
    if (auto written = write_world(balanced->table, command.output); !written) return written;
    auto document = table_balance_to_json(*balanced, command.output.string());
    document["errors"] = errors_of(check_table(balanced->table));
    print_line(to_text(document));
    return {};
  }
  if (!context.quiet) {
    print_moved(balanced->report, balanced->table.info.unit);
    print_relaxed(balanced->report);
  }
  if (auto const written = write_table(balanced->table, command.output, context); !written) {
    return written;
  }
  // Sums agree now; what else is wrong with the table is still wrong.
  if (errors_of(check_table(balanced->table)) > 0) {
    [[maybe_unused]] auto const judged =
        judge_table(balanced->table, command.output.string(), false, context, false);
    print_holds_errors(false, context);
  }
  return {};
}

}  // namespace

void add_table_balance(CLI::App& table, Context& context, Action& action) {
  auto const options = std::make_shared<BalanceCommand>();
  auto& command =
      add_table_command(table, context, action, "balance", "Make rows and columns of a table agree",
                        [options](Context const& each) { return balance(*options, each); });
  command.add_option("world", options->input, "Built-in world or table file")->required();
  command.add_option("--rows", options->rows,
                     "Sales (CSV: label,target[,sigma]); default: published output");
  command.add_option("--columns", options->columns,
                     "Costs of industries and totals of final demand (CSV as for --rows)");
  command
      .add_option("--method", options->method,
                  "ras, gras (negative cells) or kras (conflicting or partial targets); default: "
                  "what the table needs")
      ->check(CLI::IsMember({"ras", "gras", "kras"}));
  command.add_option("-o,--output", options->output, "World to write (.nc)")->required();
}

}  // namespace linchpin::app
