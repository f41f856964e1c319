// SPDX-License-Identifier: Apache-2.0
#include "linchpin/results/disrupt_detail_tables.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

#include "linchpin/results/loss_measures.h"
#include "linchpin/results/number_text.h"
#include "linchpin/results/row_writer.h"

namespace linchpin {
namespace {

constexpr std::size_t most_shortages = 200;

/// At most `most` shortages of each scenario, the earliest first.
ResultTable shortages(Economy const& economy, std::span<DisruptAnswer const> answers,
                      std::size_t most) {
  ResultTable table{
      "shortages",
      "Shortages",
      "First day on which an industry made less than ordered for want of a product, and the "
      "product of which it had least. Within a day, the largest loss of output comes first. ",
      true,
      {text_column("scenario", "Scenario", "Name of the scenario."),
       text_column("product", "Product", "Sector of the input that ran short."),
       text_column("industry", "Industry", "Industry that lacks it, as REGION:SECTOR."),
       integer_column("first_day", "First day", "days", "Counted from 0."),
       number_column("lowest_inventory_days", "Least stock", "days",
                     "Least stock of the product, in days of baseline use, at the start of a day."),
       integer_column("lowest_inventory_day", "On day", "days", "First day with that stock.")}};
  RowWriter row(table);
  for (auto const& answer : answers) {
    auto const all = shortages_by_weight(economy.space(), *answer.path);
    auto const shown = std::min(most, all.size());
    for (std::size_t k = 0; k < shown; ++k) {
      row << answer.scenario << economy.space().label(all[k].product)
          << economy.space().label(all[k].industry) << all[k].first_day
          << all[k].lowest_inventory_days << all[k].lowest_inventory_day;
    }
    table.note += fmt::format("{}: {} in all{}. ", answer.scenario,
                              count_words(all.size(), "industry", "industries"),
                              shown < all.size() ? fmt::format(", the first {} shown", shown) : "");
  }
  table.note.pop_back();
  return table;
}

ResultTable all_shortages(Economy const& economy, std::span<DisruptAnswer const> answers) {
  auto table = shortages(economy, answers, std::numeric_limits<std::size_t>::max());
  table.name = "all_shortages";
  table.title = "All shortages";
  table.in_report = false;
  return table;
}

ResultTable loss_by_industry(Economy const& economy, std::span<DisruptAnswer const> answers) {
  auto const money = loss_unit(economy);
  ResultTable table{
      "loss_by_industry",
      "Losses by industry",
      "Summed over the days simulated, against the baseline of the same days. Value added moves "
      "with output: in per cent both losses are the same.",
      false,
      {text_column("scenario", "Scenario", "Name of the scenario."),
       text_column("industry", "Industry", "Industry as REGION:SECTOR."),
       number_column("output_loss_pct", "Output lost", "%", "Share of its baseline output.",
                     no_baseline),
       number_column("output_loss", "Output lost", money, "Gross output lost."),
       number_column("value_added_loss", "Value added lost", money, "Value added lost."),
       number_column("unmet_demand", "Unmet demand", money, unmet_demand_words),
       integer_column("first_shortage_day", "First shortage", "days",
                      "First day on which a lack of inputs held output down.",
                      "it never ran short of an input")}};
  RowWriter row(table);
  for (auto const& answer : answers) {
    auto const& path = *answer.path;
    for (std::size_t i = 0; i < path.output_loss.size(); ++i) {
      row << answer.scenario << economy.space().label(IndustryId{i})
          << defined(path.output_loss_pct[i], path.output_baseline[i]) << path.output_loss[i]
          << path.value_added_loss[i] << path.unmet_demand[i] << first_shortage(path, i);
    }
  }
  return table;
}

ResultTable industry_over_time(Economy const& economy, std::span<DisruptAnswer const> answers) {
  ResultTable table{
      "industry_over_time",
      "Output of every industry over time",
      "1 is the baseline; also where an industry has no output in the baseline.",
      false,
      {text_column("scenario", "Scenario", "Name of the scenario."),
       text_column("industry", "Industry", "Industry as REGION:SECTOR."),
       integer_column("day", "Day", "days", "Counted from 0."),
       number_column("output_relative", "Output", "share of baseline", "Output of the day.")}};
  RowWriter row(table);
  for (auto const& answer : answers) {
    auto const& shares = answer.path->output_relative;
    for (std::size_t i = 0; i < shares.rows(); ++i) {
      auto const label = economy.space().label(IndustryId{i});
      auto const labels = [&] { row << answer.scenario << label; };
      write_days(row, shares.columns(), labels, [&](std::size_t t) { row << shares(i, t); });
    }
  }
  return table;
}

ResultTable final_use_over_time(Economy const& economy, std::span<DisruptAnswer const> answers) {
  ResultTable table{
      "final_use_over_time",
      "Final use of every product over time",
      "1 is the baseline; also where nobody uses the product in the baseline.",
      false,
      {text_column("scenario", "Scenario", "Name of the scenario."),
       text_column("region", "Region", "Region of the final users."),
       text_column("sector", "Product", "Sector that makes the product, from all regions."),
       integer_column("day", "Day", "days", "Counted from 0."),
       number_column("final_use_relative", "Final use", "share of baseline",
                     "Deliveries of the day to final users.")}};
  RowWriter row(table);
  auto const& space = economy.space();
  for (auto const& answer : answers) {
    auto const& shares = answer.path->final_use_relative;
    for (std::size_t k = 0; k < shares.rows(); ++k) {
      auto const& region = space.label(RegionId{k / space.sectors()});
      auto const& sector = space.label(SectorId{k % space.sectors()});
      auto const labels = [&] { row << answer.scenario << region << sector; };
      write_days(row, shares.columns(), labels, [&](std::size_t t) { row << shares(k, t); });
    }
  }
  return table;
}

ResultTable inventories(Economy const& economy, std::span<DisruptAnswer const> answers) {
  ResultTable table{
      "inventories",
      "Least inventories",
      "Of the worst-off industry of the region that uses the product, over all days.",
      false,
      {text_column("scenario", "Scenario", "Name of the scenario."),
       text_column("region", "Region", "Region of the users."),
       text_column("sector", "Product", "Sector that makes the product, from all regions."),
       number_column("lowest_inventory_days", "Least stock", "days", "In days of baseline use.",
                     "no industry of the region needs a stock of it")}};
  RowWriter row(table);
  auto const& space = economy.space();
  for (auto const& answer : answers) {
    auto const& days = answer.path->inventory_days_left;
    for (std::size_t r = 0; r < space.regions(); ++r) {
      for (std::size_t p = 0; p < space.sectors(); ++p) {
        auto const least =
            std::isfinite(days(r, p)) ? std::optional<double>{days(r, p)} : std::nullopt;
        row << answer.scenario << space.label(RegionId{r}) << space.label(SectorId{p}) << least;
      }
    }
  }
  return table;
}

}  // namespace

std::vector<ResultTable> disrupt_detail_tables(Economy const& economy,
                                               std::span<DisruptAnswer const> answers) {
  std::vector<ResultTable> tables;
  tables.push_back(shortages(economy, answers, most_shortages));
  bool const capped = std::any_of(answers.begin(), answers.end(), [](auto const& each) {
    return each.path->shortages.size() > most_shortages;
  });
  if (capped) tables.push_back(all_shortages(economy, answers));
  tables.push_back(loss_by_industry(economy, answers));
  tables.push_back(industry_over_time(economy, answers));
  tables.push_back(final_use_over_time(economy, answers));
  tables.push_back(inventories(economy, answers));
  return tables;
}

}  // namespace linchpin
