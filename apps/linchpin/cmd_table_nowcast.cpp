// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <deque>
#include <memory>
#include <nlohmann/json.hpp>

#include "apps/linchpin/table_commands.h"
#include "apps/linchpin/terminal.h"
#include "linchpin/results/json.h"
#include "linchpin/table/aggregate.h"
#include "linchpin/table/nowcast/concordance_folder.h"
#include "linchpin/table/nowcast/nowcast.h"
#include "linchpin/table/nowcast/nowcast_rounding.h"

namespace linchpin::app {
namespace {

struct NowcastWords {
  std::string base, cube;
  std::vector<std::string> anchors, keys;  ///< REGION=TABLE
  std::string sectors = "icio28";
  std::filesystem::path concordances;  ///< empty: those that come with the program
  std::string merge_regions;
  int significant_bits = 53;
  std::filesystem::path output;
};

/// National tables and their concordances, kept where pointers to them stay valid.
struct National {
  std::deque<Table> tables;
  std::vector<NationalTable> uses;
};

Result<National> open_national(std::vector<std::string> const& words, char const* option,
                               ConcordanceFolder const& folder,
                               std::vector<std::string> const& sectors, Context const& context) {
  National result;
  ErrorList errors;
  for (auto const& word : words) {
    auto const split = word.find('=');
    if (split == std::string::npos || split == 0 || split + 1 == word.size()) {
      errors.add(ErrorCode::bad_usage, fmt::format("'{}' is not REGION=TABLE", word), option,
                 "write for example USA=Summary_Use_2022_PRO_BeforeRedef_17sch.csv");
      continue;
    }
    auto table = open_table(word.substr(split + 1), context);
    if (!table) {
      errors.add(table.error());
      continue;
    }
    auto const concordance =
        folder.find(sector_codes(table->labels), sectors, "sectors of " + table->info.title);
    if (!concordance) {
      errors.add(concordance.error());
      continue;
    }
    result.tables.push_back(*std::move(table));
    result.uses.push_back({word.substr(0, split), &result.tables.back(), *concordance});
  }
  if (!errors.empty()) return fail(errors.joined());
  return result;
}

nlohmann::json to_json(NowcastReport const& report) {
  nlohmann::json importers = nlohmann::json::array();
  for (auto const& each : report.importers) {
    importers.push_back({{"region", each.region},
                         {"technology", each.technology},
                         {"borrowed", each.borrowed},
                         {"output", each.output},
                         {"value_added", each.value_added},
                         {"final_use", each.final_use},
                         {"absorption", each.absorption},
                         {"anchor_factor", each.anchor_factor},
                         {"raise_factor", each.raise_factor},
                         {"iterations", each.iterations},
                         {"row_error", each.row_error},
                         {"column_error", each.column_error},
                         {"emptied_cells", each.emptied_cells}});
  }
  return {{"importers", std::move(importers)},
          {"flows", report.flows},
          {"pooled_flows", report.pooled_flows},
          {"pooled_value", report.pooled_value},
          {"world_flows", report.world_flows},
          {"world_value", report.world_value},
          {"filled_industries", report.filled_industries},
          {"borrowed_shares", report.borrowed_shares},
          {"empty_industries", report.empty_industries}};
}

void print_report(NowcastReport const& report, MonetaryUnit const& unit) {
  std::vector<std::vector<std::string>> rows;
  for (auto const& each : report.importers) {
    rows.push_back({each.region, each.borrowed ? "as " + each.technology : "its own",
                    money(each.output, unit), money(each.value_added, unit),
                    money(each.final_use, unit),
                    each.raise_factor == 1 ? "" : fmt::format("{:.3f}", each.raise_factor)});
  }
  print(text_table({"region", "technology", "output", "value added", "final use", "raised"}, rows));
  print(wrap(fmt::format(
      "{} flows; {} that the base table does not have ({}) took the use pooled over foreign "
      "sources, {} ({}) that of the world; {} industries without output; {} without inputs in the "
      "base table took those of the world",
      report.flows, report.pooled_flows, money(report.pooled_value, unit), report.world_flows,
      money(report.world_value, unit), report.empty_industries, report.filled_industries.size())));
}

Result<NowcastResult> estimate(NowcastWords const& words, Context const& context) {
  auto const base = open_table(words.base, context);
  if (!base) return fail(base.error());
  auto const cube = read_trade_cube(words.cube, {}, run_control(context));
  finish_progress();
  if (!cube) return fail(cube.error());
  auto const folder = ConcordanceFolder::open(
      words.concordances.empty() ? context.data_dir / "concordance" : words.concordances);
  if (!folder) return fail(folder.error());
  auto const cube_sectors = folder->find_classification(cube->sectors, words.sectors);
  if (!cube_sectors) return fail(cube_sectors.error());
  auto const& sectors = (*cube_sectors)->to;
  auto const base_sectors = folder->find(sector_codes(base->labels), sectors, "base sectors");
  if (!base_sectors) return fail(base_sectors.error());
  std::vector<std::string> base_regions;
  for (auto const& region : base->labels.regions) base_regions.push_back(region.label);
  auto const regions = folder->find(cube->regions, base_regions, "regions of the cube");
  if (!regions) return fail(regions.error());
  auto const anchors = open_national(words.anchors, "--anchor", *folder, sectors, context);
  if (!anchors) return fail(anchors.error());
  auto const keys = open_national(words.keys, "--key", *folder, sectors, context);
  if (!keys) return fail(keys.error());
  NowcastInputs inputs{*base, *cube, **base_sectors, **cube_sectors, **regions};
  inputs.anchors = anchors->uses;
  inputs.keys = keys->uses;
  auto result = nowcast(inputs, {}, run_control(context));
  finish_progress();
  return result;
}

Result<void> run(NowcastWords const& words, Context const& context) {
  std::vector<std::string> read{words.base, words.cube, words.merge_regions};
  for (auto const* nationals : {&words.anchors, &words.keys}) {
    for (auto const& each : *nationals) read.push_back(each.substr(each.find('=') + 1));
  }
  if (auto const fine = check_output(words.output, read, true); !fine) return fine;
  ErrorList errors;
  Mapping mapping;
  auto const* merge = read_mapping_option(words.merge_regions, mapping, errors);
  if (!errors.empty()) return fail(errors.joined());
  auto result = estimate(words, context);
  if (!result) return fail(result.error());
  if (merge != nullptr) {
    auto merged = aggregate(result->table, merge, nullptr);
    if (!merged) return fail(merged.error());
    result->table = *std::move(merged);
  }
  if (words.significant_bits < 53) {
    result->table = rounded_flows(std::move(result->table), words.significant_bits);
    result->table.info.history +=
        fmt::format("\nflows rounded to {} significant bits", words.significant_bits);
  }
  if (!context.json && !context.quiet) print_report(result->report, result->table.info.unit);
  return write_table(result->table, words.output, context, {{"nowcast", to_json(result->report)}});
}

}  // namespace

void add_table_nowcast(CLI::App& table, Context& context, Action& action) {
  auto const words = std::make_shared<NowcastWords>();
  auto& command =
      add_table_command(table, context, action, "nowcast",
                        "Estimate a recent table from an older one and a cube of bilateral trade",
                        [words](Context const& c) { return run(*words, c); });
  command.add_option("--base", words->base, "Last full table: gives the structure")->required();
  command.add_option("--cube", words->cube, "Trade cube (CSV): gives the levels")->required();
  command.add_option("--anchor", words->anchors,
                     "REGION=TABLE: newer national table for value-added shares");
  command.add_option("--key", words->keys,
                     "REGION=TABLE: national table that splits sectors of the base table");
  command
      .add_option("--sectors", words->sectors,
                  "Sectors of the result: icio28, or icio33 with services in six groups")
      ->capture_default_str();
  command.add_option("--concordances", words->concordances,
                     "Folder with concordances (default: those that come with the program)");
  command.add_option("--regions", words->merge_regions,
                     "Mapping of regions (CSV: from,to) to merge at the end");
  command
      .add_option("--significant-bits", words->significant_bits,
                  "Round flows for a smaller file; 20 are about six digits")
      ->check(CLI::Range(8, 53))
      ->capture_default_str();
  command.add_option("-o,--output", words->output, "World to write (.nc)")->required();
}

}  // namespace linchpin::app
