// SPDX-License-Identifier: Apache-2.0
#include "linchpin/results/ensemble_tables.h"

#include <string>
#include <utility>

#include "linchpin/results/loss_measures.h"
#include "linchpin/results/quantile_columns.h"
#include "linchpin/results/row_writer.h"

namespace linchpin {
namespace {

constexpr char const* no_quantiles =
    "the baseline is zero, or the design gives mean and standard deviation only";

std::string joined(std::vector<std::string> const& names) {
  std::string text;
  for (auto const& name : names) text += (text.empty() ? "" : ", ") + name;
  return text;
}

ResultTable losses(std::span<EnsembleSummary const> ensembles) {
  ResultTable table{
      "ensemble",
      "Losses over the draws of what is uncertain",
      "Quantiles over the independent draws: one in ten lies outside 5 % to 95 %. They say what "
      "follows from the ranges of the uncertain numbers, not how likely these ranges are.",
      true,
      {text_column("scenario", "Scenario", "Name of the scenario."),
       text_column("region", "Region", "Label of the region, or WORLD."),
       text_column("measure", "Measure", "Which loss, in % of baseline.")}};
  add_ensemble_columns(table,
                       {"One draw in twenty loses less.", "Half of the draws lose less.",
                        "One draw in twenty loses more."},
                       no_baseline, no_quantiles);
  RowWriter row(table);
  for (auto const& ensemble : ensembles) {
    for (auto const& loss : ensemble.losses) {
      row << ensemble.scenario << loss.region << loss.measure;
      write_ensemble(row, loss, loss.defined, ensemble.has_quantiles);
    }
  }
  return table;
}

ResultTable sensitivity(std::span<EnsembleSummary const> ensembles) {
  ResultTable table{
      "sensitivity",
      "What moves the loss of final use in the region in focus",
      "Shares of the variance of the loss over the draws. Total indices add up to more than one "
      "where numbers act together; small ones may come out below zero. Intervals: bootstrap.",
      true,
      {text_column("scenario", "Scenario", "Name of the scenario."),
       text_column("region", "Region", "The region in focus."),
       text_column("parameter", "Parameter", "Uncertain number, or correlation group."),
       text_column("members", "Members", "Numbers that move together."),
       number_column("first", "First", "share", "Of the variance, by it alone."),
       number_column("first_low", "First, 2.5 %", "share", "Lower end of the interval."),
       number_column("first_high", "First, 97.5 %", "share", "Upper end of the interval."),
       number_column("total", "Total", "share", "Of the variance, with all its interactions."),
       number_column("total_low", "Total, 2.5 %", "share", "Lower end of the interval."),
       number_column("total_high", "Total, 97.5 %", "share", "Upper end of the interval.")}};
  RowWriter row(table);
  for (auto const& ensemble : ensembles) {
    for (auto const& each : ensemble.sensitivity) {
      row << ensemble.scenario << ensemble.focus << each.parameter << joined(each.members)
          << each.first << each.first_interval.first << each.first_interval.second << each.total
          << each.total_interval.first << each.total_interval.second;
    }
  }
  return table;
}

ResultTable parameters(std::span<EnsembleSummary const> ensembles) {
  ResultTable table{
      "uncertain",
      "Numbers taken to be uncertain",
      "Uniform and triangular: low and high are the ends. Normal and lognormal: they are the 5 % "
      "and 95 % quantiles.",
      true,
      {text_column("scenario", "Scenario", "Name of the scenario."),
       text_column("parameter", "Parameter", "Name of the number."),
       text_column("meaning", "Meaning", "What it stands for."),
       text_column("distribution", "Distribution", "Its kind."),
       number_column("low", "Low", "", "Lower end, or 5 % quantile."),
       number_column("high", "High", "", "Upper end, or 95 % quantile."),
       number_column("mode", "Mode", "", "Likeliest value of a triangular one.", "not given"),
       text_column("correlation_group", "Group", "Numbers of a group move together."),
       text_column("status", "Status",
                   "Given by the study, or an assumption of the default set.")}};
  RowWriter row(table);
  for (auto const& ensemble : ensembles) {
    for (auto const& each : ensemble.parameters) {
      row << ensemble.scenario << each.name << each.words << each.distribution << each.low
          << each.high << each.mode << each.correlation_group
          << std::string{ensemble.assumed ? "assumption" : "given"};
    }
  }
  return table;
}

ResultTable draws(std::span<EnsembleSummary const> ensembles) {
  ResultTable table{
      "ensemble_draws",
      "How the draws were made",
      "",
      true,
      {text_column("scenario", "Scenario", "Name of the scenario."),
       text_column("design", "Design", "How the draws are spread."),
       integer_column("seed", "Seed", "", "Of the draws."),
       integer_column("draws", "Draws", "", "Runs of the model."),
       integer_column("independent", "Independent", "", "Draws that quantiles rest on."),
       integer_column("failed", "Failed", "", "Draws without an answer."),
       integer_column("beyond_threshold", "Beyond threshold", "",
                      "Independent draws in which shortages feed on themselves."),
       integer_column("groups", "Groups", "", "Saltelli groups behind the indices."),
       integer_column("groups_dropped", "Groups dropped", "", "With a failed draw in them.")}};
  RowWriter row(table);
  for (auto const& each : ensembles) {
    row << each.scenario << each.design << static_cast<std::size_t>(each.seed) << each.draws
        << each.independent << each.failed << each.beyond_threshold << each.groups
        << each.groups_dropped;
  }
  return table;
}

ResultTable bands(std::span<EnsembleSummary const> ensembles) {
  ResultTable table{
      "bands",
      "Bands over time in the region in focus",
      "Quantiles of each day by itself, to half of a ten-thousandth of the baseline: no single "
      "draw "
      "need follow a band.",
      true,
      {text_column("scenario", "Scenario", "Name of the scenario."),
       text_column("region", "Region", "The region in focus."),
       text_column("series", "Series", "final_use, value_added or output."),
       integer_column("day", "Day", "", "Counted from 0."),
       number_column("p05", "5 %", "1 = baseline", "One draw in twenty is lower."),
       number_column("p50", "Median", "1 = baseline", "Half of the draws are lower."),
       number_column("p95", "95 %", "1 = baseline", "One draw in twenty is higher.")}};
  RowWriter row(table);
  for (auto const& ensemble : ensembles) {
    for (auto const& band : ensemble.bands) {
      write_days(
          row, band.p50.size(), [&] { row << ensemble.scenario << band.region << band.series; },
          [&](std::size_t day) { row << band.p05[day] << band.p50[day] << band.p95[day]; });
    }
  }
  return table;
}

}  // namespace

std::vector<ResultTable> ensemble_tables(std::span<EnsembleSummary const> ensembles) {
  std::vector<ResultTable> tables;
  if (ensembles.empty()) return tables;
  tables.push_back(losses(ensembles));
  for (auto* table : {sensitivity, parameters, draws, bands}) {
    auto made = table(ensembles);
    if (made.rows() > 0) tables.push_back(std::move(made));
  }
  return tables;
}

}  // namespace linchpin
