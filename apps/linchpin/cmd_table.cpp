// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <memory>
#include <nlohmann/json.hpp>

#include "apps/linchpin/context.h"
#include "apps/linchpin/terminal.h"
#include "linchpin/results/table_json.h"
#include "linchpin/table/aggregate.h"
#include "linchpin/table/check.h"
#include "linchpin/table/export.h"
#include "linchpin/table/read.h"
#include "linchpin/table/store.h"
#include "linchpin/table/totals.h"
#include "linchpin/table/worlds.h"

namespace linchpin::app {
namespace {

struct TableOptions {
  std::string input;
  std::string format;
  std::string regions, sectors;
  std::filesystem::path output;
  bool strict = false;
  TableInfo stated;  ///< what the user says about a table that cannot say it itself
  std::string unit;
};

std::string money(double value, MonetaryUnit const& unit) {
  double const full = value * unit.scale;
  if (std::abs(full) >= 1e12) return fmt::format("{} {:.2f} tn", unit.currency, full / 1e12);
  if (std::abs(full) >= 1e9) return fmt::format("{} {:.2f} bn", unit.currency, full / 1e9);
  return fmt::format("{} {:.6g}", unit.currency, full);
}

Result<Table> open(TableOptions const& options, Context const& context) {
  auto loaded = load_table(options.input, context.data_dir, {}, run_control(context));
  finish_progress();
  if (!loaded) return fail(loaded.error());
  return std::move(loaded->table);
}

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
                    std::to_string(table.labels.sectors.size()), table.info.licence});
  }
  print(text_table({"world", "year", "regions", "sectors", "licence"}, rows));
  return {};
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
  print_line(fmt::format("{} regions, {} sectors, {} industries, {} final-demand categories",
                         table.labels.regions.size(), table.labels.sectors.size(), table.size(),
                         table.labels.categories.size()));
  print_line(fmt::format("gross output {}, value added {}\n",
                         money(totals.gross_output, info.unit),
                         money(totals.value_added, info.unit)));
  std::vector<std::vector<std::string>> rows;
  for (std::size_t r = 0; r < table.labels.regions.size(); ++r) {
    auto const& region = table.labels.regions[r];
    rows.push_back({region.label + "  " + region.name, money(totals.regions[r].gross_output, info.unit),
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
  auto const table = open(options, context);
  if (!table) return fail(table.error());
  if (context.json) {
    print_line(to_text(table_info_to_json(*table)));
  } else {
    print_info(*table);
  }
  return {};
}

void print_findings(Findings const& findings, std::size_t errors) {
  for (auto const& finding : findings) {
    bool const error = finding.severity == Severity::error;
    print(wrap(fmt::format("{}: [{}] {}: {}", error ? "error" : "warning", finding.rule,
                           finding.where, finding.what)));
    if (!finding.hint.empty()) print(wrap("try: " + finding.hint, "    "));
  }
  print_line(fmt::format("{} finding{}, errors among them: {}", findings.size(),
                         findings.size() == 1 ? "" : "s", errors));
}

/// Prints what is wrong with a table; fails if anything is an error.
Result<void> judge(Table const& table, TableOptions const& options, Context const& context,
                   bool as_json) {
  auto findings = check_table(table);
  if (options.strict) findings = strict(std::move(findings));
  auto const errors = static_cast<std::size_t>(
      std::count_if(findings.begin(), findings.end(),
                    [](auto const& finding) { return finding.severity == Severity::error; }));
  if (as_json) {
    print_line(to_text(table_check_to_json(table, findings)));
  } else if (!context.json && (!context.quiet || errors > 0)) {
    print_findings(findings, errors);
  }
  if (errors == 0) return {};
  return fail(ErrorCode::invalid_table, fmt::format("the table has {} error{}", errors, errors == 1 ? "" : "s"),
              options.input, "repair what the findings name; `linchpin table check` lists them");
}

Result<void> check(TableOptions const& options, Context const& context) {
  auto const table = open(options, context);
  if (!table) return fail(table.error());
  return judge(*table, options, context, context.json);
}

/// Refuses to write over one of the files that were read, or a world under a name that says it is
/// something else.
Result<void> check_output(TableOptions const& options, bool world) {
  for (auto const& input : {options.input, options.regions, options.sectors}) {
    std::error_code failure;
    if (!input.empty() && std::filesystem::equivalent(input, options.output, failure)) {
      return fail(ErrorCode::bad_usage, "the output would replace an input", options.output.string(),
                  "give another name after -o");
    }
  }
  auto const extension = options.output.extension();
  if (world && !extension.empty() && extension != ".nc") {
    return fail(ErrorCode::bad_usage,
                fmt::format("a world is a NetCDF file, not '{}'", extension.string()),
                options.output.string(), "let the name end in .nc (`table export` writes CSV)");
  }
  return {};
}

void answer_json(Table const& table, TableOptions const& options) {
  auto document = table_info_to_json(table);
  document["output"] = options.output.string();
  print_line(to_text(document));
}

Result<void> write(Table const& table, TableOptions const& options, Context const& context) {
  if (auto const written = write_world(table, options.output); !written) {
    return fail(written.error());
  }
  if (context.json) answer_json(table, options);
  if (context.quiet || context.json) return {};
  print_line(fmt::format("wrote {} ({} regions, {} sectors, {} industries)",
                         options.output.string(), table.labels.regions.size(),
                         table.labels.sectors.size(), table.size()));
  return {};
}

void state(TableInfo& info, TableOptions const& options) {
  auto const& stated = options.stated;
  auto const take = [](std::string& target, std::string const& text) {
    if (!text.empty()) target = text;
  };
  take(info.title, stated.title);
  take(info.price_basis, stated.price_basis);
  take(info.source, stated.source);
  take(info.licence, stated.licence);
  if (stated.year != 0) info.year = stated.year;
  if (!options.unit.empty()) info.unit = parse_monetary_unit(options.unit);
  info.estimated = info.estimated || stated.estimated;
}

Result<void> import(TableOptions const& options, Context const& context) {
  if (auto const fine = check_output(options, true); !fine) return fine;
  auto table = read_table(options.input, {.format = options.format}, run_control(context));
  finish_progress();
  if (!table) return fail(table.error());
  state(table->info, options);
  // A table is stored as it is, faults included, unless --strict forbids: check and the questions
  // judge it.
  auto const judged = judge(*table, options, context, false);
  if (!judged && options.strict) return fail(judged.error());
  if (auto const written = write(*table, options, context); !written) return written;
  if (!judged && !context.json && !context.quiet) {
    print_line("The world holds errors: the questions will refuse it until they are repaired.");
  }
  return {};
}

Result<void> aggregate_table(TableOptions const& options, Context const& context) {
  if (options.regions.empty() && options.sectors.empty()) {
    return fail(ErrorCode::bad_usage, "nothing to aggregate", "command line",
                "give --regions MAP.csv, --sectors MAP.csv or both");
  }
  if (auto const fine = check_output(options, true); !fine) return fine;
  auto const table = open(options, context);
  if (!table) return fail(table.error());
  ErrorList errors;
  auto const read = [&](std::string const& path, Mapping& mapping) -> Mapping const* {
    if (path.empty()) return nullptr;
    auto result = read_mapping(path);
    if (!result) {
      errors.add(result.error());
      return nullptr;
    }
    mapping = *std::move(result);
    return &mapping;
  };
  Mapping regions, sectors;
  auto const* by_region = read(options.regions, regions);
  auto const* by_sector = read(options.sectors, sectors);
  if (!errors.empty()) return fail(errors.joined());
  auto const result = aggregate(*table, by_region, by_sector);
  if (!result) return fail(result.error());
  return write(*result, options, context);
}

Result<void> export_table(TableOptions const& options, Context const& context) {
  if (auto const fine = check_output(options, false); !fine) return fine;
  auto const name = options.output.filename().string();
  auto const ends = [&](std::string_view end) { return name.size() > end.size() && name.ends_with(end); };
  if (!ends(".nc") && !ends(".csv") && !ends(".csv.gz") && !ends(".csv.zst")) {
    return fail(ErrorCode::bad_usage, "unknown kind of file", options.output.string(),
                "let the name end in .csv, .csv.gz, .csv.zst or .nc");
  }
  auto const table = open(options, context);
  if (!table) return fail(table.error());
  if (ends(".nc")) return write(*table, options, context);
  if (auto const written = export_tidy(*table, options.output); !written) return written;
  if (context.json) answer_json(*table, options);
  return {};
}

}  // namespace

void add_table(CLI::App& app, Context& context, Action& action) {
  auto& table = *app.add_subcommand("table", "Read, check, aggregate and store world tables");
  add_json_option(table, context);
  table.require_subcommand(1);
  auto const options = std::make_shared<TableOptions>();
  auto const add = [&](char const* name, char const* help, auto run) {
    auto& command = *table.add_subcommand(name, help);
    command.callback([options, &context, &action, run] {
      action = [options, &context, run] { return run(*options, context); };
    });
    add_json_option(command, context);
    return &command;
  };
  auto const input = [&](CLI::App* command) {
    command->add_option("world", options->input, "Built-in world or table file")->required();
  };
  auto const output = [&](CLI::App* command, char const* help) {
    command->add_option("-o,--output", options->output, help)->required();
  };
  auto const strict = [&](CLI::App* command) {
    command->add_flag("--strict", options->strict, "Warnings count as errors");
  };

  add("list", "The built-in worlds", [](auto const&, auto const& c) { return list(c); });
  input(add("info", "What a table holds", info));

  auto* import_command = add("import", "Read a published table and store it as a world", import);
  import_command->add_option("file", options->input, "Table file")->required();
  import_command->add_option("--format", options->format,
                             "Format (wiod2013, tidy); default: recognised by content");
  output(import_command, "World to write (.nc)");
  strict(import_command);
  import_command->add_option("--title", options->stated.title, "What the table is");
  import_command->add_option("--year", options->stated.year, "Year of the flows");
  import_command->add_option("--unit", options->unit, "Unit, e.g. 'USD million'");
  import_command->add_option("--price-basis", options->stated.price_basis,
                             "e.g. 'current prices'");
  import_command->add_option("--source", options->stated.source, "Citation of the publisher");
  import_command->add_option("--licence", options->stated.licence, "Licence of the data");
  import_command->add_flag("--estimated", options->stated.estimated, "Cells are estimates");

  auto* check_command = add("check", "Say everything that is wrong with a table", check);
  input(check_command);
  strict(check_command);

  auto* aggregate_command =
      add("aggregate", "Merge regions or sectors by a mapping", aggregate_table);
  input(aggregate_command);
  aggregate_command->add_option("--regions", options->regions, "Mapping of regions (CSV: from,to)");
  aggregate_command->add_option("--sectors", options->sectors, "Mapping of sectors (CSV: from,to)");
  output(aggregate_command, "World to write (.nc)");

  auto* export_command = add("export", "Write a table for other programs", export_table);
  input(export_command);
  output(export_command, "File to write: .csv, .csv.gz, .csv.zst (tidy) or .nc");
}

}  // namespace linchpin::app
