// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "linchpin/results/leverage_tables.h"
#include "linchpin/results/standoff_columns.h"

namespace linchpin {
namespace {

/// The columns that say where on the path a row is.
std::vector<ResultColumn> path_columns() {
  return {standoff_column(), text_column("line", "Line", "Product line that is made at home more."),
          integer_column("year", "Year", "", "Year of the path."),
          number_column("home_share", "Made at home", "", "Share of the home region's purchases."),
          text_column("player", "Player", "Whose numbers.")};
}

ResultTable outcome_table(std::span<StandoffAfter const> years) {
  ResultTable table{
      "standoff_after", "The stand-off along a path to making it at home",
      "The same actions, stakes and worths in every year; the line is made at home as "
      "far as the path says, all else is as in the world of the study.",
      true, path_columns()};
  table.columns.push_back(number_column("gives_way_share", "Gives way in", "",
                                        "Share of draws in which it does whatever happens at ties; "
                                        "without draws 0 or 1.",
                                        "no ladder"));
  table.columns.push_back(number_column("may_give_way_share", "May give way in", "",
                                        "Share of draws in which it does in some play.",
                                        "no ladder"));
  add_band_columns(table, "payoff", "Payoff", "Where the ladder ends.", "no ladder");
  RowWriter row(table);
  for (auto const& each : years) {
    auto const& answer = each.answer;
    for (std::size_t p = 0; p < answer.players.size(); ++p) {
      row << answer.name << each.line << each.year << each.home_share << answer.players[p];
      if (answer.path_payoff.empty()) {
        row.leave_empty(6);
        continue;
      }
      row << answer.gives_way[p] << answer.may_give_way[p];
      write_band(row, answer.path_payoff[p]);
    }
  }
  return table;
}

ResultTable loss_table(std::span<StandoffAfter const> years) {
  ResultTable table{"standoff_after_losses", "What actions cost along a path to making it at home",
                    "Per cent, as payoffs, combinations of actions as in the table of "
                    "payoffs.",
                    true, path_columns()};
  table.columns.push_back(text_column("play", "Play", "An action of every player."));
  add_band_columns(table, "loss", "Loss", loss_words, "");
  RowWriter row(table);
  for (auto const& each : years) {
    for (auto const& profile : each.answer.profiles) {
      for (std::size_t p = 0; p < each.answer.players.size(); ++p) {
        row << each.answer.name << each.line << each.year << each.home_share
            << each.answer.players[p] << play_words(each.answer, profile.actions);
        write_band(row, profile.loss[p]);
      }
    }
  }
  return table;
}

}  // namespace

std::vector<ResultTable> standoff_after_tables(std::span<StandoffAfter const> years) {
  if (years.empty()) return {};
  return {outcome_table(years), loss_table(years)};
}

}  // namespace linchpin
