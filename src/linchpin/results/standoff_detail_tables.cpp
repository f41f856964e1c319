// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <optional>
#include <utility>

#include "linchpin/results/standoff_columns.h"

namespace linchpin {
namespace {

ResultTable action_table(std::span<StandoffAnswer const> answers) {
  ResultTable table{"standoff_actions",
                    "What the players can do",
                    "Doing nothing is always among it. Deliveries at home are never touched.",
                    true,
                    {standoff_column(), text_column("player", "Player", "Whose action."),
                     text_column("action", "Action", "Its name."),
                     text_column("kind", "Kind", "Ban, tariff, export tax or licences."),
                     text_column("what", "What", "What it does, to which deliveries.")}};
  RowWriter row(table);
  for (auto const& answer : answers) {
    for (auto const& each : answer.actions) {
      row << answer.name << each.player << each.action << each.kind << each.words;
    }
  }
  return table;
}

ResultTable rung_table(std::span<StandoffAnswer const> answers) {
  ResultTable table{
      "ladder_rungs",
      "The time that rungs take",
      "An assumption of the study. While a rung lasts its actions are in force; its loss counts "
      "for "
      "its share of the horizon.",
      true,
      {standoff_column(), text_column("rung", "Rung", "Where play is."),
       text_column("decides", "Decides", "The player who makes up its mind meanwhile."),
       text_column("in_force", "In force", "Actions in force while the rung lasts."),
       number_column("from_share", "From", "", "Share of the horizon gone when it begins."),
       number_column("duration_share", "Takes", "", "Share of the horizon."),
       number_column("months", "Months", "months", "The same in months.", "long run"),
       text_column("player", "Player", "Whose loss.")}};
  add_band_columns(table, "loss", "Loss", "As payoffs, while the rung lasts.", "");
  RowWriter row(table);
  for (auto const& answer : answers) {
    for (auto const& rung : answer.rungs) {
      for (std::size_t p = 0; p < answer.players.size(); ++p) {
        row << answer.name << rung.rung << rung.player << rung.in_force << rung.from
            << rung.duration << rung.months << answer.players[p];
        write_band(row, rung.loss[p]);
      }
    }
  }
  return table;
}

ResultTable first_year_table(std::span<StandoffAnswer const> answers) {
  ResultTable table{
      "first_year",
      "The first year by the daily model",
      "The same actions by both models, in force from the first day on: the trade model, where "
      "prices, sources and wages have adjusted, and the daily model, where stocks run down and "
      "neither prices nor wages move. At central numbers.",
      true,
      {standoff_column(), text_column("in_force", "In force", "Actions."),
       text_column("region", "Region", "Whose loss."),
       text_column("role", "Role", "player, or other: has to go along without playing."),
       number_column("settled_pct", "Once settled", "%",
                     "Loss of real final spending by the trade model."),
       number_column("daily_pct", "First year", "%",
                     "Loss of real final use by the daily model over the days simulated.",
                     "the daily model has no answer: see why"),
       integer_column("days", "Days", "days", "Simulated by the daily model."),
       text_column("reason", "Why not", "Why the daily model has no answer; else empty.")}};
  RowWriter row(table);
  for (auto const& answer : answers) {
    for (auto const& each : answer.first_year) {
      row << answer.name << each.in_force << each.region
          << std::string{each.plays ? "player" : "other"} << each.settled << each.daily
          << answer.days << each.reason;
    }
  }
  return table;
}

}  // namespace

std::vector<ResultTable> standoff_detail_tables(std::span<StandoffAnswer const> answers) {
  auto const any = [&](auto&& has) { return std::any_of(answers.begin(), answers.end(), has); };
  std::vector<ResultTable> tables{action_table(answers)};
  if (any([](auto const& each) { return !each.rungs.empty(); })) {
    tables.push_back(rung_table(answers));
  }
  if (any([](auto const& each) { return !each.first_year.empty(); })) {
    tables.push_back(first_year_table(answers));
  }
  return tables;
}

}  // namespace linchpin
