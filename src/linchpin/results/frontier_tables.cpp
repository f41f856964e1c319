// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <optional>
#include <string>
#include <utility>

#include "linchpin/leverage/log_cost.h"
#include "linchpin/results/row_writer.h"
#include "linchpin/results/threat_tables.h"

namespace linchpin {
namespace {

std::string joined(std::vector<std::string> const& labels) {
  return fmt::format("{}", fmt::join(labels, "+"));
}

std::string flag_of(FrontierAnswer const& answer, FrontierSector const& sector) {
  if (sector.captive) return "captive";
  auto const& assumed = answer.theta_assumed;
  return std::find(assumed.begin(), assumed.end(), sector.sector) == assumed.end()
             ? ""
             : "theta assumed";
}

ResultTable frontier_table(std::span<FrontierAnswer const> answers) {
  ResultTable table{
      "frontier",
      "What less exposure costs",
      "Each point is the cheapest sourcing for its price of exposure: a convex programme, its "
      "optimality computed anew. At unchanged costs of all sellers.",
      true,
      {text_column("buyer", "Buyer", "Region whose sourcing is planned."),
       text_column("rivals", "Rivals", "Who would withhold together, joined by +."),
       text_column("kind", "Point", "private: as it is; swept; limit: within the limit asked."),
       number_column("mu", "Price of exposure", "",
                     "Log points of cost paid for a log point less of exposure."),
       number_column("cost_pct", "Dearer by the plan", "%", "Rise of the cost of living."),
       number_column("exposure_pct", "Dearer by a denial", "%",
                     "Rise of the cost of living if the rivals then withheld all."),
       number_column("exposure_removed", "Exposure removed", "", "Share of the private one."),
       number_column("rival_share", "Share of the rivals", "", "In the spending that is planned."),
       number_column("residual", "Residual", "", "Of the conditions of an optimum."),
       integer_column("captive", "Captive sectors", "",
                      "Sectors the rivals hold alone: left out of the exposure.")}};
  RowWriter row(table);
  for (auto const& answer : answers) {
    for (auto const& point : answer.points) {
      row << answer.buyer << joined(answer.rivals) << point.kind << point.mu << point.cost_pct
          << point.exposure_pct << point.removed << point.rival_share << point.residual
          << point.captive;
    }
  }
  return table;
}

ResultTable frontier_sector_table(std::span<FrontierAnswer const> answers) {
  ResultTable table{
      "frontier_sectors",
      "Private sourcing and the plan, by sector",
      "The wedge is what the planner adds to the price of the rivals' varieties; the tariff, its "
      "revenue handed back, makes private buyers choose the plan.",
      true,
      {text_column("buyer", "Buyer", "Region whose sourcing is planned."),
       text_column("rivals", "Rivals", "Who would withhold together, joined by +."),
       text_column("kind", "Point", "private: as it is; swept; limit: within the limit asked."),
       number_column("mu", "Price of exposure", "", "As in frontier."),
       text_column("sector", "Sector", "Label."),
       number_column("weight", "Weight", "", "Of the sector in the cost of living."),
       number_column("private_share", "Share, private", "", "Of the rivals in the sector."),
       number_column("planned_share", "Share, planned", "", "Of the rivals in the sector."),
       number_column("wedge_pct", "Wedge", "%", "Shadow tax, per cent of the sector's spending."),
       number_column("tariff_pct", "Tariff", "%", "Ad valorem."),
       number_column("exposure_pct", "Exposure", "%", "The sector's part, dearer living."),
       text_column("flag", "Flag", "captive: the rivals hold it alone; theta assumed.")}};
  RowWriter row(table);
  for (auto const& answer : answers) {
    for (auto const& point : answer.points) {
      for (auto const& each : point.sectors) {
        row << answer.buyer << joined(answer.rivals) << point.kind << point.mu << each.sector
            << each.weight << each.private_share << each.share << 100 * each.wedge
            << 100 * each.tariff << leverage::dearer_pct(each.exposure) << flag_of(answer, each);
      }
    }
  }
  return table;
}

bool assumed(DefendAnswer const& answer, std::string const& measure) {
  return std::find(answer.theta_assumed.begin(), answer.theta_assumed.end(), measure) !=
         answer.theta_assumed.end();
}

}  // namespace

std::vector<ResultTable> frontier_tables(std::span<FrontierAnswer const> answers) {
  if (answers.empty()) return {};
  return {frontier_table(answers), frontier_sector_table(answers)};
}

std::vector<ResultTable> defence_tables(std::span<DefendAnswer const> answers) {
  if (answers.empty()) return {};
  bool const priced =
      std::any_of(answers.begin(), answers.end(), [](auto const& each) { return each.priced; });
  char const* const cost = priced ? "Yearly premium, of all the target spends."
                                  : "Purchases moved to others, of all the target spends.";
  ResultTable plans{
      "defence",
      "What to mend first",
      "Losses by the attack that hurts most with the measures in place, at unchanged wages.",
      true,
      {text_column("target", "Target", "Region that defends itself."),
       text_column("plan", "Plan", "undefended, best, best per cost, or a step of the ladder."),
       text_column("measures", "Measures", "Links (seller:sector) and what is done about them."),
       number_column("cost_pct", "Cost", "%", cost),
       number_column("loss_pct", "Worst attack found", "%", "Of real income."),
       number_column("bound_pct", "No attack does more than", "%", "At unchanged wages.",
                     "not proven"),
       text_column("flag", "Flag", "theta assumed: the elasticity of a measure is.")}};
  ResultTable measures{"defence_measures",
                       "Measures that were offered",
                       "The links whose denial hurts most one by one.",
                       true,
                       {text_column("target", "Target", "Region that defends itself."),
                        text_column("measure", "Measure", "Link, and what is done about it."),
                        number_column("cost_pct", "Cost", "%", cost),
                        text_column("flag", "Flag", "theta assumed, or nothing.")}};
  RowWriter row(plans), offer(measures);
  for (auto const& answer : answers) {
    auto const write = [&](std::string const& name, DefencePlanAnswer const& plan) {
      bool const any = std::any_of(plan.measures.begin(), plan.measures.end(),
                                   [&](auto const& each) { return assumed(answer, each); });
      row << answer.target << name << fmt::format("{}", fmt::join(plan.measures, ", "))
          << plan.cost_pct << plan.loss_pct << plan.bound_pct
          << std::string{any ? "theta assumed" : ""};
    };
    write("undefended", {{}, 0, answer.undefended_pct, answer.undefended_bound_pct});
    write("best", answer.best);
    write("best per cost", answer.best_per_cost);
    for (std::size_t k = 0; k < answer.ladder.size(); ++k) {
      write(fmt::format("step {}", k + 1), answer.ladder[k]);
    }
    for (auto const& [measure, price] : answer.measures) {
      offer << answer.target << measure << price
            << std::string{assumed(answer, measure) ? "theta assumed" : ""};
    }
  }
  return {std::move(plans), std::move(measures)};
}

}  // namespace linchpin
