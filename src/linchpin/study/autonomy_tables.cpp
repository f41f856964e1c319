// SPDX-License-Identifier: Apache-2.0
#include "linchpin/study/autonomy_tables.h"

#include <fmt/format.h>

#include <array>
#include <iterator>
#include <string>
#include <utility>

#include "linchpin/results/row_writer.h"
#include "linchpin/study/autonomy_rows.h"
#include "linchpin/study/autonomy_threshold.h"

namespace linchpin::study {
namespace {

using uncertainty::Spread;

constexpr char const* no_draws = "no draws were made";

ResultColumn year_column() { return integer_column("year", "Year", "", "Calendar year."); }

/// A number with its quantiles over draws: four columns.
struct Banded {
  char const *name, *title, *unit, *description;
};
void add_banded(ResultTable& table, Banded const& each) {
  table.columns.push_back(number_column(each.name, each.title, each.unit, each.description));
  for (auto const* quantile : {"05", "50", "95"}) {
    table.columns.push_back(number_column(fmt::format("{}_p{}", each.name, quantile),
                                          fmt::format("{}, {} % quantile", each.title, quantile),
                                          each.unit, "Over the draws of all numbers.", no_draws));
  }
}

void write_banded(RowWriter& row, double central, Spread const& spread, double unit, bool drawn) {
  row << central;
  for (double const value : {spread.p05, spread.p50, spread.p95}) {
    row << (drawn ? std::optional<double>{unit * value} : std::nullopt);
  }
}

ResultTable curve_table(std::span<AutonomyAnswer const> answers) {
  auto table =
      autonomy_table("autonomy", "Autonomy by year",
                     "Percentages of real final use over the years of a cut-off; a cut-off that "
                     "starts in the year of the row. Quantiles are of each year by itself.");
  table.columns.push_back(year_column());
  constexpr std::array columns{
      Banded{"domestic_share_pct", "Made at home", "%", "Share of demand served at home."},
      Banded{"unit_cost_relative", "Price at home", "price abroad = 1",
             "Before subsidies and tariffs."},
      Banded{"quality_relative", "Quality", "frontier = 1", "Of home makers."},
      Banded{"programme_cost_pct", "Programme costs", "%",
             "Real final use lost by the programme in the year, without any cut-off."},
      Banded{"cutoff_loss_pct", "Cut-off costs", "%", "With the programme."},
      Banded{"cutoff_loss_without_pct", "Cut-off costs without programme", "%",
             "Without the programme."},
      Banded{"domestic_share_without_pct", "Made at home without programme", "%",
             "Share of demand served at home without the programme."},
      Banded{"cutoff_loss_market_pct", "Cut-off costs, of the market", "%",
             "With the programme, of what the region buys of the technology in the year."}};
  for (auto const& each : columns) add_banded(table, each);
  RowWriter row(table);
  for (auto const& answer : answers) {
    bool const drawn = answer.draws > 0;
    auto const of_market = judged_loss(answer.central, ThresholdOf::market);
    for (std::size_t t = 0; t < answer.years.size(); ++t) {
      auto const& year = answer.years[t];
      auto const& path = answer.central.with[t];
      begin_row(row, answer) << year.year;
      write_banded(row, 100 * path.home_share, year.domestic_share, 100, drawn);
      write_banded(row, path.unit_cost, year.unit_cost_relative, 1, drawn);
      write_banded(row, path.quality, year.quality_relative, 1, drawn);
      write_banded(row, 100 * answer.central.cost[t], year.programme_cost_pct, 1, drawn);
      write_banded(row, 100 * answer.central.loss_with[t], year.loss_pct, 1, drawn);
      write_banded(row, 100 * answer.central.loss_without[t], year.loss_without_pct, 1, drawn);
      write_banded(row, 100 * answer.central.without[t].home_share, year.domestic_share_without,
                   100, drawn);
      write_banded(row, 100 * of_market[t], year.loss_of_market_pct, 1, drawn);
    }
  }
  return table;
}

ResultTable manageable_table(std::span<AutonomyAnswer const> answers, AutonomyStudy const& study) {
  auto table =
      autonomy_table("manageable", "When a cut-off becomes manageable",
                     "The first year from which the loss stays below the threshold to the end.");
  table.columns.push_back(
      number_column("threshold_pct", "Threshold", "%", "Of what threshold_of says."));
  table.columns.push_back(
      text_column("threshold_of", "Threshold of",
                  "income: real final use; market: what the region buys of the technology in the "
                  "year."));
  table.columns.push_back(
      text_column("threshold_note", "Why this threshold", "As the study says."));
  table.columns.push_back(number_column("market_pct", "Market", "%",
                                        "What the region buys of the technology in the first "
                                        "year, of its real final use."));
  char const* late = "not within the years of the study, or no draws were made";
  table.columns.push_back(integer_column("year", "Year", "", "Of the central path.",
                                         "not within the years of the study"));
  for (auto const* quantile : {"05", "50", "95"}) {
    table.columns.push_back(number_column(fmt::format("year_p{}", quantile),
                                          fmt::format("Year, {} % quantile", quantile), "",
                                          "Over draws.", late));
  }
  table.columns.push_back(number_column("probability_by_end_pct", "By the end", "%",
                                        "Share of draws in which it happens.", no_draws));
  RowWriter row(table);
  for (auto const& answer : answers) {
    bool const drawn = answer.draws > 0;
    begin_row(row, answer) << answer.threshold_pct << std::string{to_string(answer.threshold_of)}
                           << answer.threshold_note << answer.market_pct;
    row << (answer.central_manageable
                ? std::optional<std::int64_t>{study.first_year +
                                              static_cast<std::int64_t>(*answer.central_manageable)}
                : std::nullopt);
    for (auto const& year : {answer.manageable.p05, answer.manageable.p50, answer.manageable.p95}) {
      row << (drawn ? year : std::nullopt);
    }
    row << (drawn ? std::optional<double>{100 * answer.manageable.probability} : std::nullopt);
  }
  return table;
}

ResultTable even_table(std::span<AutonomyAnswer const> answers) {
  auto table =
      autonomy_table("break_even", "The programme as an insurance",
                     "The smallest yearly probability of a cut-off at which the programme is "
                     "worth its cost; 0 where it pays without any.");
  table.columns.push_back(text_column("verdict", "Verdict", "Of the central path."));
  char const* never =
      "not within the years of the study, counting final use only, or no draws were made";
  table.columns.push_back(
      number_column("hazard_pct", "Yearly probability", "%", "Of the central path.",
                    "not within the years of the study, counting final use only"));
  for (auto const* quantile : {"05", "50", "95"}) {
    table.columns.push_back(number_column(
        fmt::format("hazard_pct_p{}", quantile),
        fmt::format("Yearly probability, {} % quantile", quantile), "%", "Over draws.", never));
  }
  table.columns.push_back(number_column("pays_without_cut_off_pct", "Pays without any", "%",
                                        "Share of draws.", no_draws));
  table.columns.push_back(
      number_column("never_pct", "Never pays", "%", "Share of draws.", no_draws));
  RowWriter row(table);
  using Verdict = localize::Insurance::Verdict;
  for (auto const& answer : answers) {
    bool const drawn = answer.draws > 0;
    auto const& even = answer.break_even;
    auto const verdict = answer.central_insurance.verdict;
    begin_row(row, answer) << std::string{to_string(verdict)};
    row << (verdict == Verdict::pays_without_cut_off ? std::optional<double>{0}
                                                     : in_percent(answer.central_insurance.hazard));
    for (auto const& hazard : {even.p05, even.p50, even.p95}) {
      row << (drawn ? in_percent(hazard) : std::nullopt);
    }
    row << in_percent(drawn ? std::optional<double>{even.pays_without_cut_off} : std::nullopt)
        << in_percent(drawn ? std::optional<double>{even.never} : std::nullopt);
  }
  return table;
}

ResultTable cut_table(std::span<AutonomyAnswer const> answers) {
  auto table = autonomy_table(
      "cut_off_years", "Year by year of a cut-off",
      "Behind the losses of the central paths: a cut-off that starts in some year loses (sum of "
      "weight x final use x loss + later) / (sum of weight x final use).");
  table.columns.push_back(text_column("path", "Path", "programme or none."));
  table.columns.push_back(integer_column("start", "Starts in", "", "First year of the cut-off."));
  table.columns.push_back(integer_column("year", "Year", "", "Calendar year."));
  auto const number = [&](char const* name, char const* title, char const* unit,
                          char const* description) {
    table.columns.push_back(number_column(name, title, unit, description));
  };
  number("loss_pct", "Loss", "%", "Of real final use of the year.");
  table.columns.push_back(text_column("priced_by", "Priced by", "inventories or equilibrium."));
  number("weight", "Weight", "", "Discount of the year.");
  number("final_use", "Final use", "first year = 1", "Real, of the uncut path.");
  number("later_pct", "Later", "% of first-year final use",
         "Lost after the cut-off, as a smaller stock is in use; in the last row of each start.");
  number("domestic_share_pct", "Made at home", "%", "Of demand, while cut.");
  number("foreign_share_pct", "Bought abroad", "%", "Of demand, while cut.");
  number("from_stock_pct", "From stocks", "%", "Of demand.");
  number("unmet_pct", "Unmet", "%", "Of demand.");
  RowWriter row(table);
  for (auto const& answer : answers) {
    auto const add = [&](char const* path, std::vector<localize::CutOffYears> const& cuts) {
      for (std::size_t t = 0; t < cuts.size() && t < answer.central.with.size(); ++t) {
        int const start = answer.central.with[t].year;
        auto const& years = cuts[t].years;
        for (std::size_t h = 0; h < years.size(); ++h) {
          auto const& each = years[h];
          begin_row(row, answer) << std::string{path} << start << start + static_cast<int>(h)
                                 << 100 * each.loss
                                 << std::string{each.by_table ? "inventories" : "equilibrium"}
                                 << each.weight << each.welfare
                                 << (h + 1 == years.size() ? 100 * cuts[t].later : 0.0)
                                 << 100 * each.home_share << 100 * each.foreign_share
                                 << 100 * each.from_stock << 100 * each.unmet_share;
        }
      }
    };
    add("programme", answer.central.cut_with);
    add("none", answer.central.cut_without);
  }
  return table;
}

}  // namespace

std::vector<ResultTable> autonomy_tables(std::span<AutonomyAnswer const> answers,
                                         AutonomyStudy const& study) {
  std::vector<ResultTable> tables{curve_table(answers), manageable_table(answers, study),
                                  even_table(answers), cut_table(answers)};
  auto const add = [&](std::vector<ResultTable>&& more) {
    tables.insert(tables.end(), std::make_move_iterator(more.begin()),
                  std::make_move_iterator(more.end()));
  };
  add(autonomy_path_tables(answers));
  add(autonomy_ask_tables(answers, study));
  return tables;
}

}  // namespace linchpin::study
