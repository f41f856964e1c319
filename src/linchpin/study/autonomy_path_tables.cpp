// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <numeric>
#include <string>
#include <utility>

#include "linchpin/study/autonomy_rows.h"
#include "linchpin/study/autonomy_tables.h"

namespace linchpin::study {
namespace {

constexpr char const* nothing_made = "nothing is made there";
constexpr char const* first_price = "price abroad in the first year = 1";
/// Of losses by sector, in each year.
constexpr std::size_t most_losses = 40;

ResultColumn year_column() { return integer_column("year", "Year", "", "Calendar year."); }

/// Adds number columns one by one.
auto number_adder(ResultTable& table) {
  return [&table](char const* name, char const* title, std::string const& unit,
                  char const* description = "", char const* undefined = "") {
    table.columns.push_back(number_column(name, title, unit, description, undefined));
  };
}

ResultTable cost_table(std::span<AutonomyAnswer const> answers) {
  auto table =
      autonomy_table("autonomy_cost", "What a unit made at home costs",
                     "Central path with the programme. Capital is what capacity has to earn; "
                     "labour is the rest of value added in the host sector, nothing where capital "
                     "takes it all; "
                     "profit is the rest of the price, below zero where capital does not earn it.");
  table.columns.push_back(year_column());
  table.columns.push_back(text_column("component", "Part", "Of the price at home."));
  table.columns.push_back(text_column("origin", "From", "home or imported."));
  auto const number = number_adder(table);
  number("value", "Value", first_price);
  number("share_pct", "Share", "%", "Of the price at home.");
  RowWriter row(table);
  for (auto const& answer : answers) {
    for (auto const& year : answer.central.with) {
      auto const& cost = year.cost;
      auto const price = year.unit_cost * year.price_abroad;
      auto const add = [&](char const* part, char const* origin, double value) {
        begin_row(row, answer) << year.year << std::string{part} << std::string{origin} << value
                               << 100 * value / price;
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

ResultTable bill_table(std::span<AutonomyAnswer const> answers) {
  auto table = autonomy_table(
      "bill_cost", "What a unit made at home costs, by component",
      "Central path with the programme: the bill of materials rolled up, each component's own "
      "cost. "
      "Components made at home get cheaper with experience at their own learning rates, imported "
      "ones cost what prices abroad do; one factor per year (scaled) makes them add up to the cost "
      "of the path. Sourcing is today's: suppliers at home serve makers at home first, as far as "
      "their share in the world's supply goes, and a component that nobody makes at home stays "
      "imported, also after tools for it are ready or output of it grows elsewhere in this answer. "
      "Shares move as home inputs of the industry do, all components alike. Profit is the rest of "
      "the price.");
  table.columns.push_back(year_column());
  table.columns.push_back(
      text_column("stage", "Component (code)", "Stage of the bill, or profit."));
  table.columns.push_back(text_column("component", "Component", "Its name."));
  table.columns.push_back(text_column("origin", "From", "home or imported."));
  auto const number = number_adder(table);
  number("value", "Value", first_price);
  number("share_pct", "Share", "%", "Of the price at home.");
  number("scaled", "Scaled", "first year = 1", "Factor on all components of the year.");
  RowWriter row(table);
  for (auto const& answer : answers) {
    for (auto const& year : answer.bill) {
      auto const price = year.total() + year.profit;
      auto const add = [&](std::string const& stage, std::string const& title, char const* origin,
                           double value) {
        begin_row(row, answer) << year.year << stage << title << std::string{origin} << value
                               << 100 * value / price << year.scaled;
      };
      for (std::size_t s = 0; s < year.home.size(); ++s) {
        auto const& [code, title] = answer.stages[s];
        add(code, title, "home", year.home[s]);
        add(code, title, "imported", year.imported[s]);
      }
      add("profit", "Profit", "home", year.profit);
    }
  }
  return table;
}

ResultTable undercut_table(std::span<AutonomyAnswer const> answers) {
  auto table = autonomy_table("undercut", "Price and share abroad", "Central paths.");
  table.columns.push_back(year_column());
  auto const number = number_adder(table);
  number("export_price", "Export price", "first year = 1",
         "With the programme, after its subsidies.");
  number("export_price_without", "Export price without programme", "first year = 1");
  number("share_abroad_pct", "Share abroad", "%", "Of what all other regions spend.");
  number("share_abroad_without_pct", "Share abroad without programme", "%");
  number("price_abroad", "Price of others", "first year = 1",
         "Of foreign offers, with the programme.");
  number("undercut_pct", "Undercuts by", "%",
         "Export price against that of others, change since the first year; below zero: dearer.");
  number("exports", "Exports", "first year = 1", "Quantity, with the programme.");
  number("exports_without", "Exports without programme", "first year = 1", "Quantity.");
  RowWriter row(table);
  for (auto const& answer : answers) {
    for (std::size_t t = 0; t < answer.central.with.size(); ++t) {
      auto const& with = answer.central.with[t];
      auto const& without = answer.central.without[t];
      begin_row(row, answer) << with.year << with.export_price << without.export_price
                             << 100 * with.share_abroad << 100 * without.share_abroad
                             << with.price_abroad
                             << 100 * (1 - with.export_price / with.price_abroad) << with.exports
                             << without.exports;
    }
  }
  return table;
}

/// Places of the other regions, those that lose most sales first.
std::vector<std::size_t> by_loss(AutonomyAnswer const& answer, AbroadYear const& year) {
  std::vector<std::size_t> order;
  for (std::size_t n = 0; n < year.regions.size(); ++n) {
    if (answer.regions[n] != answer.region) order.push_back(n);
  }
  std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
    return year.regions[a].line_lost > year.regions[b].line_lost;
  });
  return order;
}

ResultTable competitor_table(std::span<AutonomyAnswer const> answers) {
  auto table = autonomy_table("competitors", "What the programme does to others",
                              "With the programme against without it, central paths, no cut-off; "
                              "ranked by the value of sales lost.",
                              "Competitor", "Whoever else makes it, and everybody else.");
  table.columns.push_back(year_column());
  table.columns.push_back(integer_column("rank", "Rank", "", "By sales lost, in the year."));
  auto const number = number_adder(table);
  auto const unit = answers.empty() ? std::string{} : to_string(answers.front().unit);
  number("sales_lost", "Sales lost", unit,
         "Of the technology, at first-year prices; below zero: gained.", nothing_made);
  number("real_final_use_change_pct", "Real final use", "%", "Change.");
  number("sales_change_pct", "Made of the technology", "%", "Change of the quantity made.",
         nothing_made);
  number("sales_change_of_world_pct", "Sales", "%",
         "Change, of what the world made in the first year.", nothing_made);
  table.columns.push_back(text_column("hardest_hit_sector", "Hardest hit sector",
                                      "The largest loss of output at first prices."));
  number("hardest_hit_change_pct", "Its output", "%", "Change of its output.", "no sector loses");
  RowWriter row(table);
  for (auto const& answer : answers) {
    for (auto const& year : answer.abroad) {
      int rank = 0;
      for (auto const n : by_loss(answer, year)) {
        auto const& each = year.regions[n];
        auto const if_made = [&](double value) {
          return each.makes_line ? std::optional<double>{value} : std::nullopt;
        };
        begin_row(row, answer, n) << year.year << ++rank << if_made(each.line_lost)
                                  << 100 * each.real_final_use << if_made(100 * each.line_output)
                                  << if_made(-100 * each.line_lost_of_world);
        row << (each.hardest_hit ? answer.sectors[*each.hardest_hit] : std::string{})
            << (each.hardest_hit ? std::optional<double>{100 * each.hardest_hit_output}
                                 : std::nullopt);
      }
    }
  }
  return table;
}

ResultTable sector_table(std::span<AutonomyAnswer const> answers) {
  auto table = autonomy_table(
      "competitor_sectors", "What others lose, by country and sector",
      "Output with the programme against without it, central paths, at first-year prices; in each "
      "year the forty largest losses, largest first. Sectors that gain are not listed.",
      "Competitor", "Who loses.");
  table.columns.push_back(year_column());
  table.columns.push_back(integer_column("rank", "Rank", "", "By value lost, in the year."));
  table.columns.push_back(text_column("sector", "Sector (code)", ""));
  table.columns.push_back(text_column("sector_name", "Sector", "The technology, or its name."));
  auto const number = number_adder(table);
  auto const unit = answers.empty() ? std::string{} : to_string(answers.front().unit);
  number("value_lost", "Output lost", unit, "Per year.");
  number("of_sector_pct", "Of the sector", "%", "Of what it makes without the programme.");
  number("of_final_use_pct", "Of income", "%", "Over the region's final use in the first year.");
  RowWriter row(table);
  for (auto const& answer : answers) {
    for (auto const& year : answer.abroad) {
      for (std::size_t k = 0; k < std::min(year.losses.size(), most_losses); ++k) {
        auto const& loss = year.losses[k];
        begin_row(row, answer, loss.region)
            << year.year << k + 1 << answer.sectors[loss.sector] << answer.sector_names[loss.sector]
            << loss.value << 100 * loss.of_sector << 100 * loss.of_final_use;
      }
    }
  }
  return table;
}

ResultTable dependence_table(std::span<AutonomyAnswer const> answers) {
  auto table = autonomy_table(
      "dependence_on_newcomer", "Dependence on the newcomer",
      "Share of each region's purchases of the technology that comes from the region with the "
      "programme, and what it would lose if the newcomer stopped selling, to first order: "
      "purchases "
      "over final use x -ln(1 - share) / trade elasticity, half a year after and in the long run. "
      "Central paths.",
      "Buyer", "Who buys.");
  table.columns.push_back(year_column());
  char const* all = "everything is bought from the newcomer";
  auto const number = number_adder(table);
  number("share_pct", "From the newcomer", "%");
  number("share_without_pct", "From the newcomer without programme", "%");
  number("change_pp", "Change", "percentage points");
  number("stop_cost_pct", "A stop would cost", "%", "Of real final use, half a year after.", all);
  number("stop_cost_without_pct", "A stop would cost without programme", "%",
         "Of real final use, half a year after.", all);
  number("stop_cost_long_pct", "A stop would cost in the long run", "%", "Of real final use.", all);
  number("stop_cost_long_without_pct", "A stop would cost in the long run without programme", "%",
         "Of real final use.", all);
  RowWriter row(table);
  for (auto const& answer : answers) {
    for (auto const& year : answer.abroad) {
      for (std::size_t n = 0; n < answer.regions.size(); ++n) {
        if (answer.regions[n] == answer.region) continue;
        auto const& each = year.regions[n];
        begin_row(row, answer, n) << year.year << 100 * each.newcomer << 100 * each.newcomer_without
                                  << 100 * (each.newcomer - each.newcomer_without)
                                  << in_percent(each.stop.soon)
                                  << in_percent(each.stop_without.soon)
                                  << in_percent(each.stop.settled)
                                  << in_percent(each.stop_without.settled);
      }
    }
  }
  return table;
}

ResultTable gate_table(std::span<AutonomyAnswer const> answers) {
  auto table = autonomy_table("gates", "What holds quality back",
                              "Central paths of technologies with a ladder of tools: the highest "
                              "step in reach, and the tools that hold quality back.");
  table.columns.push_back(text_column("path", "Path", "programme or none."));
  table.columns.push_back(year_column());
  table.columns.push_back(text_column("gate", "Gate", "Tools; empty: none holds it back."));
  auto const number = number_adder(table);
  number("ceiling", "Highest step in reach", "frontier = 1");
  number("quality_relative", "Quality", "frontier = 1");
  RowWriter row(table);
  for (auto const& answer : answers) {
    auto const gated = [](std::vector<localize::PathYear> const& path) {
      return std::any_of(path.begin(), path.end(),
                         [](auto const& year) { return !year.gate.empty() || year.ceiling < 1; });
    };
    if (!gated(answer.central.with) && !gated(answer.central.without)) continue;
    auto const add = [&](char const* name, std::vector<localize::PathYear> const& path) {
      for (auto const& year : path) {
        begin_row(row, answer) << std::string{name} << year.year << year.gate << year.ceiling
                               << year.quality;
      }
    };
    add("programme", answer.central.with);
    add("none", answer.central.without);
  }
  return table;
}

}  // namespace

std::vector<ResultTable> autonomy_path_tables(std::span<AutonomyAnswer const> answers) {
  std::vector<ResultTable> tables{cost_table(answers),     bill_table(answers),
                                  undercut_table(answers), competitor_table(answers),
                                  sector_table(answers),   dependence_table(answers)};
  if (auto gates = gate_table(answers); gates.rows() > 0) tables.push_back(std::move(gates));
  return tables;
}

}  // namespace linchpin::study
