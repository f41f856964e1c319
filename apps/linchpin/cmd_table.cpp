// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <memory>
#include <nlohmann/json.hpp>
#include <string_view>

#include "apps/linchpin/table_commands.h"
#include "apps/linchpin/terminal.h"
#include "linchpin/results/table_json.h"
#include "linchpin/table/aggregate.h"
#include "linchpin/table/read.h"
#include "linchpin/table/totals.h"
#include "linchpin/table/worlds.h"

namespace linchpin::app {
namespace {

constexpr std::size_t widest_licence = 50;  // so that a line of `table list` fits the terminal

struct TableOptions {
  std::string input;
  std::string regions, sectors;
  std::filesystem::path output;
  bool strict = false;
};

Result<void> list(Context const& context) {
  std::vector<ListedWorld> worlds;
  ErrorList errors;
  for (auto const& world : list_worlds(context.data_dir)) {
    if (auto table = read_table(world.path); table) {
      worlds.push_back({world.name, *std::move(table)});
    } else {
      errors.add(table.error());
    }
  }
  if (!errors.empty()) return fail(errors.joined());
  if (context.json) {
    print_line(to_text(table_list_to_json(worlds)));
    return {};
  }
  std::vector<std::vector<std::string>> rows;
  for (auto const& [name, table] : worlds) {
    rows.push_back({name, table.info.year == 0 ? "" : std::to_string(table.info.year),
                    std::to_string(table.labels.regions.size()),
                    std::to_string(table.labels.sectors.size()),
                    shortened(table.info.licence, widest_licence)});
  }
  print(text_table({"world", "year", "regions", "sectors", "licence"}, rows));
  return {};
}

/// One step per line, the first to the table first.
void print_history(std::string_view history) {
  if (history.empty()) return;
  print_line("history:");
  while (!history.empty()) {
    auto const end = std::min(history.find('\n'), history.size());
    print(wrap(history.substr(0, end), "  "));
    history.remove_prefix(std::min(end + 1, history.size()));
  }
}

void print_info(Table const& table) {
  auto const totals = totals_of(table);
  auto const& info = table.info;
  print_line(bold(info.title));
  auto const stated = [](std::string const& text) { return text.empty() ? "not stated" : text; };
  print_line(fmt::format("year {}; unit {}; prices {}",
                         info.year == 0 ? "not stated" : std::to_string(info.year),
                         to_string(info.unit), stated(info.price_basis)));
  print(wrap("source: " + stated(info.source)));
  print(wrap("licence: " + stated(info.licence)));
  print_history(info.history);
  print_line(fmt::format("{} regions, {} sectors, {} industries, {} final-demand categories",
                         table.labels.regions.size(), table.labels.sectors.size(), table.size(),
                         table.labels.categories.size()));
  print_line(fmt::format("gross output {}, value added {}\n", money(totals.gross_output, info.unit),
                         money(totals.value_added, info.unit)));
  std::vector<std::vector<std::string>> rows;
  for (std::size_t r = 0; r < table.labels.regions.size(); ++r) {
    auto const& region = table.labels.regions[r];
    rows.push_back({region.label + "  " + region.name,
                    money(totals.regions[r].gross_output, info.unit),
                    money(totals.regions[r].value_added, info.unit)});
  }
  print(text_table({"region", "gross output", "value added"}, rows));
  rows.clear();
  for (auto const& sector : table.labels.sectors) {
    rows.push_back({sector.label + "  " + sector.name, sector.service ? "service" : "goods"});
  }
  print_line();
  print(text_table({"sector", "kind"}, rows));
}

Result<void> info(TableOptions const& options, Context const& context) {
  auto const table = open_table(options.input, context);
  if (!table) return fail(table.error());
  if (context.json) {
    print_line(to_text(table_info_to_json(*table)));
  } else {
    print_info(*table);
  }
  return {};
}

Result<void> check(TableOptions const& options, Context const& context) {
  auto const table = open_table(options.input, context);
  if (!table) return fail(table.error());
  return judge_table(*table, options.input, options.strict, context, context.json);
}

Result<void> aggregate_table(TableOptions const& options, Context const& context) {
  if (options.regions.empty() && options.sectors.empty()) {
    return fail(ErrorCode::bad_usage, "nothing to aggregate", "command line",
                "give --regions MAP.csv, --sectors MAP.csv or both");
  }
  auto const fine =
      check_output(options.output, {options.input, options.regions, options.sectors}, true);
  if (!fine) return fine;
  auto const table = open_table(options.input, context);
  if (!table) return fail(table.error());
  ErrorList errors;
  Mapping regions, sectors;
  auto const* by_region = read_mapping_option(options.regions, regions, errors);
  auto const* by_sector = read_mapping_option(options.sectors, sectors, errors);
  if (!errors.empty()) return fail(errors.joined());
  auto const result = aggregate(*table, by_region, by_sector);
  if (!result) return fail(result.error());
  return write_table(*result, options.output, context);
}

}  // namespace

void add_table(CLI::App& app, Context& context, Action& action) {
  auto& table =
      *app.add_subcommand("table", "Read, check, repair, estimate and store world tables");
  add_json_option(table, context);
  table.require_subcommand(1);
  auto const options = std::make_shared<TableOptions>();
  auto const add = [&](char const* name, char const* help, auto run) {
    return &add_table_command(table, context, action, name, help,
                              [options, run](Context const& c) { return run(*options, c); });
  };
  auto const input = [&](CLI::App* command) {
    command->add_option("world", options->input, "Built-in world or table file")->required();
  };

  add("list", "The built-in worlds", [](auto const&, auto const& c) { return list(c); });
  input(add("info", "What a table holds", info));
  add_table_import(table, context, action);

  auto* check_command = add("check", "Say everything that is wrong with a table", check);
  input(check_command);
  check_command->add_flag("--strict", options->strict, "Warnings count as errors");

  auto* aggregate_command =
      add("aggregate", "Merge regions or sectors by a mapping", aggregate_table);
  input(aggregate_command);
  aggregate_command->add_option("--regions", options->regions, "Mapping of regions (CSV: from,to)");
  aggregate_command->add_option("--sectors", options->sectors, "Mapping of sectors (CSV: from,to)");
  aggregate_command->add_option("-o,--output", options->output, "World to write (.nc)")->required();

  add_table_export(table, context, action);
  add_table_fetch(table, context, action);
  add_table_nowcast(table, context, action);
  add_table_backcast(table, context, action);
  add_table_sourcing(table, context, action);
  add_table_split(table, context, action);
  add_table_resum(table, context, action);
  add_table_balance(table, context, action);
  add_table_synth(table, context, action);
  add_table_diff(table, context, action);
}

}  // namespace linchpin::app
