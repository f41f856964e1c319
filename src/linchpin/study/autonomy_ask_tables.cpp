// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <array>
#include <initializer_list>
#include <string>
#include <utility>

#include "linchpin/results/row_writer.h"
#include "linchpin/study/autonomy_compute.h"
#include "linchpin/study/autonomy_rows.h"
#include "linchpin/study/autonomy_tables.h"

namespace linchpin::study {
namespace {

constexpr char const* no_gain = "the planned programme's own gain has faded by the end";

std::string verdict_of(GivenDrivers const& result, sampling::Estimate const& index) {
  if (result.too_few()) return "too few draws";
  return sampling::distinguishable(index) ? "yes" : "not distinguishable";
}

ResultTable subsidy_table(std::span<AutonomyAnswer const> answers) {
  auto table = autonomy_table(
      "subsidy_test", "Is it only subsidy?",
      "The gain over no programme at the end of the study with what is left, against that "
      "of the programme as planned. Central numbers.");
  auto const number = [&](char const* name, char const* title, char const* unit,
                          char const* description, char const* undefined = "") {
    table.columns.push_back(number_column(name, title, unit, description, undefined));
  };
  table.columns.push_back(
      integer_column("subsidies_until", "Until", "", "The first year without."));
  table.columns.push_back(
      text_column("ends", "What ends", "subsidies (mandates and tariffs stay) or all of it."));
  number("domestic_share_end_pct", "Made at home at the end", "%", "With what is left.");
  number("domestic_share_without_pct", "Without any programme", "%", "At the end.");
  number("domestic_share_full_pct", "With all of the programme", "%", "At the end.");
  number("gain_end_pp", "Gain at the end", "percentage points", "With what is left.");
  number("gain_full_pp", "Gain as planned", "percentage points", "With all of the programme.");
  number("gain_stands_pct", "Gain that stands", "%", "Of the share made at home.", no_gain);
  number("cutoff_loss_end_pct", "Cut-off costs at the end", "%", "Of real final use.");
  number("cutoff_loss_without_pct", "Cut-off costs without any programme", "%", "");
  number("cutoff_loss_full_pct", "Cut-off costs with all of the programme", "%", "");
  number("loss_cut_stands_pct", "Protection that stands", "%", "Of the loss avoided.", no_gain);
  table.columns.push_back(
      integer_column("mill_year", "Cost meets price abroad", "",
                     "Mill's test: a unit costs no more than one abroad; the first "
                     "year: it already does.",
                     "not within the years of the study"));
  number("bastable_value", "Bastable's test", "years of first-year purchases",
         "Present value of (price abroad - price at home) x quantity, with less without the "
         "programme, less a quarter of what the treasury pays; above zero: passed.");
  RowWriter row(table);
  for (auto const& answer : answers) {
    if (!answer.subsidies) continue;
    auto const& test = *answer.subsidies;
    for (auto const& end : test.ends) {
      begin_row(row, answer) << end.first_year_without << std::string{end.all ? "all" : "subsidies"}
                             << 100 * end.home_share_end << 100 * test.home_share_without_end
                             << 100 * test.home_share_end << 100 * end.gain_end
                             << 100 * end.gain_full << in_percent(end.gain_stands())
                             << 100 * end.loss_end << 100 * test.loss_without_end
                             << 100 * test.loss_end << in_percent(end.loss_cut_stands())
                             << (test.mill_year ? std::optional<std::int64_t>{*test.mill_year}
                                                : std::nullopt)
                             << test.bastable_value;
    }
  }
  return table;
}

ResultTable preset_table(std::span<AutonomyAnswer const> answers) {
  auto table =
      autonomy_table("presets", "Sceptic, central and optimist",
                     "Central paths with every number at the end a sceptic of the programme takes, "
                     "at its value, or at the other end.");
  table.columns.push_back(text_column("preset", "Preset", "sceptic, central or optimist."));
  table.columns.push_back(integer_column("year", "Year", "", "Calendar year."));
  for (auto const& [name, title, unit] : std::initializer_list<std::array<char const*, 3>>{
           {"domestic_share_pct", "Made at home", "%"},
           {"unit_cost_relative", "Price at home", "price abroad = 1"},
           {"quality_relative", "Quality", "frontier = 1"},
           {"programme_cost_pct", "Programme costs", "%"},
           {"cutoff_loss_pct", "Cut-off costs", "%"},
           {"cutoff_loss_without_pct", "Cut-off costs without programme", "%"}}) {
    table.columns.push_back(number_column(name, title, unit, ""));
  }
  RowWriter row(table);
  for (auto const& answer : answers) {
    for (auto const& preset : answer.presets) {
      auto const& curve = preset.curve;
      for (std::size_t t = 0; t < curve.with.size(); ++t) {
        begin_row(row, answer) << preset.preset << curve.with[t].year
                               << 100 * curve.with[t].home_share << curve.with[t].unit_cost
                               << curve.with[t].quality << 100 * curve.cost[t]
                               << 100 * curve.loss_with[t] << 100 * curve.loss_without[t];
      }
    }
  }
  return table;
}

ResultTable preset_summary(std::span<AutonomyAnswer const> answers, AutonomyStudy const& study) {
  auto table =
      autonomy_table("preset_summary", "What sceptic and optimist conclude", "Central paths.");
  table.columns.push_back(text_column("preset", "Preset", "sceptic, central or optimist."));
  table.columns.push_back(integer_column("manageable_year", "Manageable from", "",
                                         "Loss below the threshold to the end.",
                                         "not within the years of the study"));
  table.columns.push_back(text_column("verdict", "Verdict", "The programme as an insurance."));
  table.columns.push_back(number_column("hazard_pct", "Yearly probability", "%",
                                        "From which on the programme pays.",
                                        "never, or without any cut-off"));
  RowWriter row(table);
  for (auto const& answer : answers) {
    for (auto const& preset : answer.presets) {
      auto const& hazard = preset.insurance.hazard;
      begin_row(row, answer) << preset.preset
                             << (preset.manageable
                                     ? std::optional<std::int64_t>{study.first_year +
                                                                   static_cast<std::int64_t>(
                                                                       *preset.manageable)}
                                     : std::nullopt)
                             << std::string{to_string(preset.insurance.verdict)}
                             << (hazard ? std::optional<double>{100 * *hazard} : std::nullopt);
    }
  }
  return table;
}

ResultTable driver_table(std::span<AutonomyAnswer const> answers) {
  auto table = autonomy_table(
      "drivers", "What drives it",
      "Sobol' indices: the share of the variance of an outcome that a number explains by itself "
      "(first) and with all interactions (total); intervals of 95 % by bootstrap. Estimates of "
      "small indices may lie below zero.");
  table.columns.push_back(text_column("outcome", "Outcome", "What varies."));
  table.columns.push_back(text_column("number", "Number (code)", "What it varies with."));
  table.columns.push_back(text_column("number_title", "Number", "In words."));
  for (auto const* order : {"first", "total"}) {
    table.columns.push_back(number_column(order, fmt::format("{} index", order), "", ""));
    table.columns.push_back(
        number_column(fmt::format("{}_low", order), fmt::format("{}, low", order), "", ""));
    table.columns.push_back(
        number_column(fmt::format("{}_high", order), fmt::format("{}, high", order), "", ""));
  }
  table.columns.push_back(text_column("verdict", "Distinguishable",
                                      "Whether the interval of the total index is above 0.01."));
  RowWriter row(table);
  for (auto const& answer : answers) {
    if (!answer.drivers) continue;
    for (auto const& result : answer.drivers->results) {
      for (auto const& driver : result.drivers) {
        begin_row(row, answer) << result.result << driver.number << number_words(driver.number);
        for (auto const* each : {&driver.indices.first, &driver.indices.total}) {
          row << each->value << each->low << each->high;
        }
        row << std::string{matters(driver.indices.total) ? "yes" : "not distinguishable"};
      }
    }
  }
  return table;
}

ResultTable given_table(std::span<AutonomyAnswer const> answers) {
  auto table = autonomy_table(
      "drivers_given", "What drives it, off the draws",
      "Share of the variance of an outcome that a number explains by itself (first-order index), "
      "estimated from the draws that were made anyway; intervals of 99 % for all numbers of an "
      "outcome at once, by bootstrap; below 200 draws nothing is said to matter. What is missing "
      "to a sum of one are interactions and the error. Estimates may lie below zero.");
  table.columns.push_back(text_column("outcome", "Outcome", "What varies."));
  table.columns.push_back(text_column("number", "Number (code)", "What it varies with."));
  table.columns.push_back(text_column("number_title", "Number", "In words."));
  for (auto const& [name, title] : std::initializer_list<std::array<char const*, 2>>{
           {"first", "First-order index"}, {"first_low", "Low"}, {"first_high", "High"}}) {
    table.columns.push_back(number_column(name, title, "", ""));
  }
  table.columns.push_back(text_column("verdict", "Distinguishable",
                                      "Whether its interval is above 0; from 200 draws on."));
  table.columns.push_back(integer_column("draws", "Draws", "", "Behind the estimate."));
  RowWriter row(table);
  for (auto const& answer : answers) {
    for (auto const& result : answer.given) {
      for (auto const& driver : result.drivers) {
        begin_row(row, answer) << result.result << driver.number << number_words(driver.number)
                               << driver.first.value << driver.first.low << driver.first.high
                               << verdict_of(result, driver.first) << result.draws;
      }
    }
  }
  return table;
}

ResultTable amount_table(std::span<AutonomyAnswer const> answers) {
  auto table =
      autonomy_table("optimal", "The best programme found",
                     "Amounts that make programme cost plus expected cut-off loss small within the "
                     "budget, beside the study's own. Search without slopes: there may be better.");
  table.columns.push_back(text_column("instrument", "Instrument (code)", ""));
  table.columns.push_back(text_column("instrument_title", "Instrument", "In words."));
  table.columns.push_back(integer_column("from", "From", "", "First year."));
  table.columns.push_back(integer_column("to", "To", "", "Year it ends in, not included."));
  for (auto const& [name, title] :
       std::initializer_list<std::array<char const*, 2>>{{"amount_plan", "The study's plan"},
                                                         {"amount_optimal", "Best found"},
                                                         {"lowest", "At least"},
                                                         {"highest", "At most"}}) {
    table.columns.push_back(number_column(name, title, "", "In the unit of the instrument."));
  }
  RowWriter row(table);
  for (auto const& answer : answers) {
    if (!answer.optimal) continue;
    for (auto const& each : answer.optimal->amounts) {
      begin_row(row, answer) << std::string{to_string(each.kind)} << instrument_words(each.kind)
                             << each.from << each.to << each.plan << each.best << each.lowest
                             << each.highest;
    }
  }
  return table;
}

ResultTable optimal_summary(std::span<AutonomyAnswer const> answers) {
  auto table =
      autonomy_table("optimal_summary", "What the best programme saves",
                     "Present values at the first year. Costs in per cent of a year's real final "
                     "use, outlay in years of first-year purchases.");
  table.columns.push_back(text_column("plan", "Programme", "none, yours or optimal."));
  for (auto const& [name, title, unit] : std::initializer_list<std::array<char const*, 3>>{
           {"programme_cost", "Programme costs", "% of a year's real final use"},
           {"expected_loss", "Expected cut-off loss", "% of a year's real final use"},
           {"total", "Together", "% of a year's real final use"},
           {"outlay", "Outlay", "years of first-year purchases"},
           {"budget", "Budget", "years of first-year purchases"}}) {
    table.columns.push_back(number_column(name, title, unit, ""));
  }
  table.columns.push_back(
      number_column("shadow_price", "Shadow price of the budget",
                    "% of a year's real final use per year of first-year purchases",
                    "What one more unit of budget saves.", "of the optimum alone"));
  RowWriter row(table);
  for (auto const& answer : answers) {
    if (!answer.optimal) continue;
    auto const& found = *answer.optimal;
    auto const add = [&](char const* plan, ProgrammeSum const& sum, std::optional<double> price) {
      begin_row(row, answer) << std::string{plan} << 100 * sum.cost << 100 * sum.expected_loss
                             << 100 * sum.total() << sum.outlay << found.budget << price;
    };
    add("none", found.none, std::nullopt);
    add("yours", found.plan, std::nullopt);
    add("optimal", found.best, 100 * found.shadow_price);
  }
  return table;
}

ResultTable denial_table(std::span<AutonomyAnswer const> answers) {
  auto table =
      autonomy_table("denial", "Does denial backfire?",
                     "The central path with the programme, without a cut-off, while others deny "
                     "something from the first year on.");
  table.columns.push_back(text_column("denied", "Denied", "nothing, tools, the product, or both."));
  table.columns.push_back(integer_column("year", "Year", "", "Calendar year."));
  for (auto const& [name, title, unit] : std::initializer_list<std::array<char const*, 3>>{
           {"catch_up_speed", "Speed of catching up", "per year"},
           {"undenied_speed", "Speed without denial", "per year"},
           {"experience", "Experience", "first year = 1"},
           {"quality_relative", "Quality", "frontier = 1"},
           {"domestic_share_pct", "Made at home", "%"}}) {
    table.columns.push_back(number_column(name, title, unit, ""));
  }
  RowWriter row(table);
  for (auto const& answer : answers) {
    auto const add = [&](std::string const& denied, std::vector<localize::PathYear> const& path) {
      for (auto const& year : path) {
        begin_row(row, answer) << denied << year.year << year.catch_up_speed << year.undenied_speed
                               << year.experience << year.quality << 100 * year.home_share;
      }
    };
    if (answer.denials.empty()) continue;
    add("nothing", answer.central.with);
    for (auto const& each : answer.denials) add(each.denied, each.path);
  }
  return table;
}

}  // namespace

std::vector<ResultTable> autonomy_ask_tables(std::span<AutonomyAnswer const> answers,
                                             AutonomyStudy const& study) {
  std::vector<ResultTable> tables;
  for (auto table : {subsidy_table(answers), preset_table(answers), preset_summary(answers, study),
                     driver_table(answers), given_table(answers), amount_table(answers),
                     optimal_summary(answers), denial_table(answers)}) {
    if (table.rows() > 0) tables.push_back(std::move(table));
  }
  for (auto& table : autonomy_compute_tables(answers, study)) tables.push_back(std::move(table));
  return tables;
}

}  // namespace linchpin::study
