// SPDX-License-Identifier: Apache-2.0
#include "linchpin/study/autonomy_tables.h"

#include <fmt/format.h>

#include <array>
#include <iterator>
#include <string>
#include <utility>

#include "linchpin/results/row_writer.h"

namespace linchpin::study {
namespace {

using localize::PathYear;
using uncertainty::Spread;

constexpr char const* no_draws = "no draws were made";

/// Technology and region, with which every table begins.
ResultTable table_of(char const* name, char const* title, char const* note,
                     char const* region_title = "Region",
                     char const* region_description = "Who makes it at home.") {
  ResultTable table{name, title, note, true, {}};
  table.columns.push_back(text_column("technology", "Technology", "As the study names it."));
  table.columns.push_back(text_column("region", region_title, region_description));
  return table;
}

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
  auto table = table_of("autonomy", "Autonomy by year",
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
             "Without the programme."}};
  for (auto const& each : columns) add_banded(table, each);
  RowWriter row(table);
  for (auto const& answer : answers) {
    bool const drawn = answer.draws > 0;
    for (std::size_t t = 0; t < answer.years.size(); ++t) {
      auto const& year = answer.years[t];
      auto const& path = answer.central.with[t];
      row << answer.technology << answer.region << year.year;
      write_banded(row, 100 * path.home_share, year.domestic_share, 100, drawn);
      write_banded(row, path.unit_cost, year.unit_cost_relative, 1, drawn);
      write_banded(row, path.quality, year.quality_relative, 1, drawn);
      write_banded(row, 100 * answer.central.cost[t], year.programme_cost_pct, 1, drawn);
      write_banded(row, 100 * answer.central.loss_with[t], year.loss_pct, 1, drawn);
      write_banded(row, 100 * answer.central.loss_without[t], year.loss_without_pct, 1, drawn);
    }
  }
  return table;
}

ResultTable manageable_table(std::span<AutonomyAnswer const> answers, AutonomyStudy const& study) {
  auto table = table_of("manageable", "When a cut-off becomes manageable",
                        "The first year from which the loss stays below the threshold to the end.");
  table.columns.push_back(number_column("threshold_pct", "Threshold", "%", "Of real final use."));
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
    row << answer.technology << answer.region << study.threshold_pct;
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
  auto table = table_of("break_even", "The programme as an insurance",
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
  auto const pct = [](std::optional<double> value) {
    return value ? std::optional<double>{100 * *value} : std::nullopt;
  };
  for (auto const& answer : answers) {
    bool const drawn = answer.draws > 0;
    auto const& even = answer.break_even;
    auto const verdict = answer.central_insurance.verdict;
    row << answer.technology << answer.region << std::string{to_string(verdict)};
    row << (verdict == Verdict::pays_without_cut_off ? std::optional<double>{0}
                                                     : pct(answer.central_insurance.hazard));
    for (auto const& hazard : {even.p05, even.p50, even.p95}) {
      row << (drawn ? pct(hazard) : std::nullopt);
    }
    row << pct(drawn ? std::optional<double>{even.pays_without_cut_off} : std::nullopt)
        << pct(drawn ? std::optional<double>{even.never} : std::nullopt);
  }
  return table;
}

ResultTable cost_table(std::span<AutonomyAnswer const> answers) {
  auto table =
      table_of("autonomy_cost", "What a unit made at home costs",
               "Central path with the programme. Capital is what capacity has to earn; "
               "profit is the rest of the price, below zero where capital does not earn it.");
  table.columns.push_back(year_column());
  table.columns.push_back(text_column("component", "Part", "Of the price at home."));
  table.columns.push_back(text_column("origin", "From", "home or imported."));
  table.columns.push_back(
      number_column("value", "Value", "price abroad in the first year = 1", ""));
  table.columns.push_back(number_column("share_pct", "Share", "%", "Of the price at home."));
  RowWriter row(table);
  for (auto const& answer : answers) {
    for (auto const& year : answer.central.with) {
      auto const& cost = year.cost;
      auto const price = year.unit_cost * year.price_abroad;
      auto const add = [&](char const* part, char const* origin, double value) {
        row << answer.technology << answer.region << year.year << std::string{part}
            << std::string{origin} << value << 100 * value / price;
      };
      add("capital", "home", cost.capital);
      add("labour", "home", cost.labour);
      add("inputs", "home", cost.home_inputs);
      add("inputs", "imported", cost.imported_inputs);
      add("profit", "home", price - cost.total());
    }
  }
  return table;
}

ResultTable undercut_table(std::span<AutonomyAnswer const> answers) {
  auto table = table_of("undercut", "Price and share abroad", "Central paths.");
  table.columns.push_back(year_column());
  table.columns.push_back(number_column("export_price", "Export price", "first year = 1",
                                        "With the programme, after its subsidies."));
  table.columns.push_back(number_column("export_price_without", "Export price without programme",
                                        "first year = 1", ""));
  table.columns.push_back(
      number_column("share_abroad_pct", "Share abroad", "%", "Of what all other regions spend."));
  table.columns.push_back(
      number_column("share_abroad_without_pct", "Share abroad without programme", "%", ""));
  RowWriter row(table);
  for (auto const& answer : answers) {
    for (std::size_t t = 0; t < answer.central.with.size(); ++t) {
      auto const& with = answer.central.with[t];
      auto const& without = answer.central.without[t];
      row << answer.technology << answer.region << with.year << with.export_price
          << without.export_price << 100 * with.share_abroad << 100 * without.share_abroad;
    }
  }
  return table;
}

ResultTable competitor_table(std::span<AutonomyAnswer const> answers) {
  auto table = table_of("competitors", "What the programme does to others",
                        "With the programme against without it, central paths, no cut-off.",
                        "Competitor", "Whoever else makes it, and everybody else.");
  table.columns.push_back(year_column());
  table.columns.push_back(
      number_column("real_final_use_change_pct", "Real final use", "%", "Change."));
  table.columns.push_back(number_column("sales_change_pct", "Made of the technology", "%",
                                        "Change of the quantity made.", "nothing is made there"));
  table.columns.push_back(number_column("sales_change_of_world_pct", "Sales", "%",
                                        "Change, of what the world made in the first year.",
                                        "nothing is made there"));
  table.columns.push_back(text_column("hardest_hit_sector", "Hardest hit sector",
                                      "The largest loss of output at first prices."));
  table.columns.push_back(
      number_column("hardest_hit_change_pct", "Its output", "%", "Change of its output."));
  RowWriter row(table);
  for (auto const& answer : answers) {
    for (std::size_t t = 0; t < answer.competitors.size(); ++t) {
      for (std::size_t n = 0; n < answer.regions.size(); ++n) {
        if (answer.regions[n] == answer.region) continue;
        auto const& each = answer.competitors[t][n];
        row << answer.technology << answer.regions[n] << answer.central.with[t].year
            << 100 * each.real_income
            << (answer.makes_line[n] ? std::optional<double>{100 * each.line_output} : std::nullopt)
            << (answer.makes_line[n] ? std::optional<double>{-100 * answer.line_lost[t][n]}
                                     : std::nullopt)
            << answer.sectors[each.hardest_hit] << 100 * each.hardest_hit_output;
      }
    }
  }
  return table;
}

ResultTable dependence_table(std::span<AutonomyAnswer const> answers) {
  auto table = table_of("dependence_on_newcomer", "Dependence on the newcomer",
                        "Share of each region's purchases of the technology that comes from the "
                        "region with the programme; central paths.",
                        "Buyer", "Who buys.");
  table.columns.push_back(year_column());
  table.columns.push_back(number_column("share_pct", "From the newcomer", "%", ""));
  table.columns.push_back(
      number_column("share_without_pct", "From the newcomer without programme", "%", ""));
  table.columns.push_back(number_column("change_pp", "Change", "percentage points", ""));
  RowWriter row(table);
  for (auto const& answer : answers) {
    for (std::size_t t = 0; t < answer.competitors.size(); ++t) {
      for (std::size_t n = 0; n < answer.regions.size(); ++n) {
        if (answer.regions[n] == answer.region) continue;
        auto const& each = answer.competitors[t][n];
        row << answer.technology << answer.regions[n] << answer.central.with[t].year
            << 100 * each.newcomer << 100 * each.newcomer_without
            << 100 * (each.newcomer - each.newcomer_without);
      }
    }
  }
  return table;
}

}  // namespace

std::vector<ResultTable> autonomy_tables(std::span<AutonomyAnswer const> answers,
                                         AutonomyStudy const& study) {
  std::vector<ResultTable> tables{curve_table(answers),     manageable_table(answers, study),
                                  even_table(answers),      cost_table(answers),
                                  undercut_table(answers),  competitor_table(answers),
                                  dependence_table(answers)};
  auto more = autonomy_ask_tables(answers, study);
  tables.insert(tables.end(), std::make_move_iterator(more.begin()),
                std::make_move_iterator(more.end()));
  return tables;
}

}  // namespace linchpin::study
