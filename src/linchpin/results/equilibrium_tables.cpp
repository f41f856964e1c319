// SPDX-License-Identifier: Apache-2.0
#include "linchpin/results/equilibrium_tables.h"

#include <algorithm>
#include <optional>
#include <string>
#include <utility>

#include "linchpin/results/quantile_columns.h"
#include "linchpin/results/row_writer.h"

namespace linchpin {
namespace {

constexpr char const* no_result =
    "an outlier that is not a result (see the warnings), or not defined for the world as a whole";

ResultColumn scenario_column() {
  return text_column("scenario", "Scenario", "Name of the scenario.");
}

ResultTable regions_table(std::span<EquilibriumAnswer const> answers) {
  auto const percent = [](char const* name, char const* title, char const* words) {
    return number_column(name, title, "%", words, no_result);
  };
  ResultTable table{
      "equilibrium_regions",
      "Where trade settles: regions",
      "Welfare is the exact change of final spending over its prices. First order is another "
      "measure, "
      "at the weights of the base with changes in per cent: terms of trade plus volume of trade, "
      "without "
      "what bans and trade costs themselves cost.",
      true,
      {scenario_column(), text_column("region", "Region", "Label of the region, or WORLD."),
       percent("welfare_exact_pct", "Welfare", "Final spending over its price index."),
       percent("real_wage_pct", "Real wage", "Wage over consumer prices."),
       percent("consumer_prices_pct", "Prices", "Price index of final spending, in the numeraire."),
       percent("imports_pct", "Imports", "Value at the border of all imports."),
       percent("exports_pct", "Exports", "Value at the border of all exports."),
       percent("employment_pct", "Employment", "Of the first mobile factor."),
       percent("welfare_first_order_pct", "First order", "Terms of trade plus volume of trade."),
       percent("terms_of_trade_pct", "Terms of trade", "First order, changes in per cent."),
       percent("volume_of_trade_pct", "Volume of trade", "First order, changes in per cent."),
       number_column("equivalent_variation", "Equivalent variation", answers.front().unit,
                     "Welfare in money of the base.", no_result)}};
  RowWriter row(table);
  for (auto const& answer : answers) {
    double gains = 0;
    for (auto const& each : answer.regions) {
      auto const& found = each.outcome;
      auto const sound = [&](double value) {
        return each.outlier.empty() ? std::optional{value} : std::nullopt;
      };
      row << answer.scenario << each.region << sound(found.welfare_exact)
          << (answer.setting.has_wage ? sound(found.real_wage) : std::nullopt);
      for (double const value : {found.consumer_prices, found.imports, found.exports,
                                 found.employment, found.welfare_first_order, found.terms_of_trade,
                                 found.volume_of_trade, found.equivalent_variation}) {
        row << sound(value);
      }
      gains += each.outlier.empty() ? found.equivalent_variation : 0;
    }
    if (answer.regions.empty()) continue;
    row << answer.scenario << std::string{"WORLD"} << answer.world_welfare_pct;
    row.leave_empty(8);
    row << (answer.world_welfare_pct ? std::optional{gains} : std::nullopt);
  }
  return table;
}

ResultTable sectors_table(std::span<EquilibriumAnswer const> answers) {
  ResultTable table{
      "equilibrium_sectors",
      "Where trade settles: industries",
      "Changes against the base. Prices are in units of world factor income.",
      false,
      {scenario_column(), text_column("region", "Region", "Label of the region."),
       text_column("sector", "Sector", "Label of the sector."),
       number_column("output_before", "Output before", answers.front().unit,
                     "Sales of the base, before tariffs."),
       number_column("real_output_pct", "Real output", "%", "Value over price.",
                     "nothing is made in the base"),
       number_column("cost_pct", "Cost", "%", "What the maker asks.", "it cannot be made any more"),
       number_column("price_pct", "Price", "%", "What buyers of the region pay.",
                     "it is not to be had"),
       number_column("share_abroad_before", "Share abroad before", "",
                     "Of what all other regions spend on the sector."),
       number_column("share_abroad_after", "Share abroad after", "", "The same, afterwards.")}};
  RowWriter row(table);
  for (auto const& answer : answers) {
    for (auto const& each : answer.sectors) {
      row << answer.scenario << each.region << each.sector << each.output_before
          << each.real_output_pct << each.cost_pct << each.price_pct << each.share_abroad_before
          << each.share_abroad_after;
    }
  }
  return table;
}

ResultTable undercut_table(std::span<EquilibriumAnswer const> answers) {
  constexpr std::size_t most = 20;
  ResultTable table{
      "equilibrium_undercut",
      "Who takes markets abroad",
      "The industries whose share of what all other regions spend on the sector rises most.",
      true,
      {scenario_column(), text_column("region", "Region", "Label of the region."),
       text_column("sector", "Sector", "Label of the sector."),
       number_column("cost_pct", "Price asked", "%", "What the maker asks.",
                     "it cannot be made any more"),
       number_column("share_abroad_before", "Share before", "",
                     "Of what all other regions spend on the sector."),
       number_column("share_abroad_after", "Share after", "", "The same, afterwards.")}};
  RowWriter row(table);
  for (auto const& answer : answers) {
    std::vector<SectorEffect const*> order;
    for (auto const& each : answer.sectors) order.push_back(&each);
    std::stable_sort(order.begin(), order.end(), [](auto const* a, auto const* b) {
      return a->share_abroad_after - a->share_abroad_before >
             b->share_abroad_after - b->share_abroad_before;
    });
    order.resize(std::min(order.size(), most));
    for (auto const* each : order) {
      if (each->share_abroad_after <= each->share_abroad_before) break;
      row << answer.scenario << each->region << each->sector << each->cost_pct
          << each->share_abroad_before << each->share_abroad_after;
    }
  }
  return table;
}

ResultTable flows_table(std::span<EquilibriumAnswer const> answers) {
  ResultTable table{
      "equilibrium_flows",
      "Where trade settles: trade between regions",
      "Value at the border, all sectors, in the numeraire (world factor income unchanged).",
      false,
      {scenario_column(), text_column("exporter", "Exporter", "Label of the region that sells."),
       text_column("importer", "Importer", "Label of the region that buys."),
       number_column("before", "Before", answers.front().unit, "In the base, per year."),
       number_column("after", "After", answers.front().unit, "Afterwards, per year.")}};
  RowWriter row(table);
  for (auto const& answer : answers) {
    for (auto const& each : answer.flows) {
      row << answer.scenario << each.exporter << each.importer << each.before << each.after;
    }
  }
  return table;
}

ResultTable setting_table(std::span<EquilibriumAnswer const> answers) {
  ResultTable table{
      "equilibrium_setting",
      "What the numbers of where trade settles rest on",
      "",
      true,
      {scenario_column(), text_column("policies", "Policies", "What the scenario does."),
       text_column("model", "Model", "cp: Cobb-Douglas above origins; ces: nested CES."),
       text_column("closure", "Closure", "Nests, factors, entrants."),
       text_column("theta", "Trade elasticities", "The set of trade elasticities."),
       text_column("horizon", "Horizon", "How long after the change."),
       text_column("deficits", "Deficits", "Rule for trade deficits."),
       text_column("tariffs", "Tariffs", "Of the base."),
       text_column("vintage", "Vintage", "World and year of the base."),
       number_column("residual", "Residual", "",
                     "Largest excess demand for a factor over its income.", no_result),
       text_column("answer", "Answer", "solved, or which essential input is lost.")}};
  RowWriter row(table);
  for (auto const& answer : answers) {
    std::string policies;
    for (auto const& each : answer.policies) policies += (policies.empty() ? "" : "; ") + each;
    bool const solved = answer.lost_words.empty();
    row << answer.scenario << policies << answer.setting.model << answer.setting.closure
        << answer.setting.theta << answer.setting.horizon << answer.setting.deficits
        << answer.setting.tariffs << answer.setting.vintage
        << (solved ? std::optional{answer.solver.residual} : std::nullopt)
        << (solved ? std::string{"solved"} : answer.lost_words);
  }
  return table;
}

ResultTable bands_table(std::span<EquilibriumAnswer const> answers) {
  constexpr char const* no_quantiles =
      "the points of a Stroud design give mean and standard deviation only";
  ResultTable table{
      "equilibrium_bands",
      "Welfare over the draws of what is uncertain",
      "Exact welfare. Quantiles say what follows from the ranges of the uncertain numbers, not how "
      "likely these ranges are.",
      true,
      {scenario_column(), text_column("region", "Region", "Label of the region, or WORLD."),
       text_column("measure", "Measure", "Which number, in per cent of the base."),
       text_column("outlier", "Outlier",
                   "yes: the region's numbers are not results (see the warnings); WORLD is without "
                   "it.")}};
  add_ensemble_columns(table,
                       {"One draw in twenty lies below.", "Half of the draws lie below.",
                        "One draw in twenty lies above."},
                       "", no_quantiles);
  RowWriter row(table);
  for (auto const& answer : answers) {
    if (!answer.bands) continue;
    for (auto const& each : answer.bands->bands) {
      row << answer.scenario << each.region << each.measure << yes_no(each.outlier);
      write_ensemble(row, each, true, answer.bands->has_quantiles);
    }
  }
  return table;
}

}  // namespace

std::vector<ResultTable> equilibrium_tables(std::span<EquilibriumAnswer const> answers) {
  if (answers.empty()) return {};
  std::vector<ResultTable> tables{regions_table(answers), undercut_table(answers),
                                  setting_table(answers), sectors_table(answers),
                                  flows_table(answers)};
  if (std::any_of(answers.begin(), answers.end(), [](auto const& each) { return each.bands; })) {
    tables.push_back(bands_table(answers));
  }
  return tables;
}

}  // namespace linchpin
