// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <memory>

#include "apps/linchpin/table_commands.h"
#include "apps/linchpin/terminal.h"
#include "linchpin/results/json.h"
#include "linchpin/table/nowcast/backcast.h"

namespace linchpin::app {
namespace {

struct BackcastWords {
  std::string base, truth;
  std::string sectors;  ///< empty: the mapping that comes with the program
  std::vector<std::string> regions;
};

Json to_json(BackcastErrors const& errors) {
  Json reliance = Json::object();
  for (auto const& each : errors.reliance) {
    reliance[each.region] = {{"by_region", each.by_region}, {"by_industry", each.by_industry}};
  }
  reliance["mean"] = {{"by_region", errors.mean_reliance_by_region},
                      {"by_industry", errors.mean_reliance_by_industry}};
  return {{"method", errors.method},
          {"cells", errors.cells},
          {"import_cells", errors.import_cells},
          {"multipliers", errors.multipliers},
          {"look_through_reliance", std::move(reliance)}};
}

std::string percent(double share) { return fmt::format("{:.1f}", share * 100); }

void print_report(BackcastReport const& report) {
  print_line(
      fmt::format("{} estimated from {}: {} regions, {} sectors; weighted absolute percentage "
                  "errors",
                  report.truth_year, report.base_year, report.regions, report.sectors));
  std::vector<std::string> header{"method", "cells", "imports", "multipliers"};
  for (auto const& each : report.nowcast.reliance) {
    header.push_back(each.region + " by region");
    header.push_back("by industry");
  }
  header.insert(header.end(), {"mean by region", "by industry"});
  std::vector<std::vector<std::string>> rows;
  for (auto const* errors : {&report.nowcast, &report.true_shares, &report.unchanged}) {
    auto& row = rows.emplace_back();
    row = {errors->method, percent(errors->cells), percent(errors->import_cells),
           percent(errors->multipliers)};
    for (auto const& each : errors->reliance) {
      row.push_back(percent(each.by_region));
      row.push_back(percent(each.by_industry));
    }
    row.push_back(percent(errors->mean_reliance_by_region));
    row.push_back(percent(errors->mean_reliance_by_industry));
  }
  print(text_table(header, rows));
}

Result<void> run(BackcastWords const& words, Context const& context) {
  auto const sectors =
      read_mapping(words.sectors.empty() ? context.data_dir / "concordance" / "wiod35-common16.csv"
                                         : std::filesystem::path(words.sectors));
  if (!sectors) return fail(sectors.error());
  auto const base = open_table(words.base, context);
  if (!base) return fail(base.error());
  auto const truth = open_table(words.truth, context);
  if (!truth) return fail(truth.error());
  BackcastOptions options;
  if (!words.regions.empty()) options.regions = words.regions;
  auto const report = backcast(*base, *truth, *sectors, options, run_control(context));
  finish_progress();
  if (!report) return fail(report.error());
  if (!context.json) {
    print_report(*report);
    return {};
  }
  Json methods = Json::array();
  for (auto const* errors : {&report->nowcast, &report->true_shares, &report->unchanged}) {
    methods.push_back(to_json(*errors));
  }
  print_line(to_text({{"schema", json_schema("linchpin.table-backcast")},
                      {"base_year", report->base_year},
                      {"truth_year", report->truth_year},
                      {"regions", report->regions},
                      {"sectors", report->sectors},
                      {"clipped", report->clipped},
                      {"methods", std::move(methods)}}));
  return {};
}

}  // namespace

void add_table_backcast(CLI::App& table, Context& context, Action& action) {
  auto const words = std::make_shared<BackcastWords>();
  auto& command =
      add_table_command(table, context, action, "backcast",
                        "How well a nowcast from one table would have met another, later one",
                        [words](Context const& c) { return run(*words, c); });
  command.add_option("base", words->base, "Older table")->required();
  command.add_option("truth", words->truth, "Later table of the same release")->required();
  command.add_option("--sectors", words->sectors,
                     "Mapping of sectors (CSV: from,to) to those a cube tells apart");
  command.add_option("--reliance", words->regions,
                     "Regions whose look-through reliance is compared (default: CHN USA DEU)");
}

}  // namespace linchpin::app
