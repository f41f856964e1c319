// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <optional>
#include <utility>

#include "linchpin/results/leverage_tables.h"
#include "linchpin/results/row_writer.h"
#include "linchpin/results/standoff_columns.h"

namespace linchpin {
namespace {

ResultTable payoff_table(std::span<StandoffAnswer const> answers) {
  ResultTable table{"payoffs",
                    "What combinations of actions cost",
                    "Per cent of real final spending (where the daily model is asked: of real "
                    "final use). A payoff is minus the loss from trade, plus "
                    "what own actions "
                    "in force are worth to the player by assumption.",
                    true,
                    {standoff_column(), text_column("play", "Play", "An action of every player."),
                     text_column("player", "Player", "Whose loss and payoff."),
                     text_column("action", "Action", "Of this player.")}};
  add_band_columns(table, "loss", "Loss", loss_words, "");
  add_band_columns(table, "payoff", "Payoff", "Minus the loss plus the worth of own actions.", "");
  table.columns.push_back(text_column("equilibrium", "Equilibrium", "yes: at central numbers."));
  table.columns.push_back(number_column("equilibrium_share", "Equilibrium in", "",
                                        "Share of draws in which nobody gains by changing alone."));
  RowWriter row(table);
  for (auto const& answer : answers) {
    for (auto const& profile : answer.profiles) {
      for (std::size_t p = 0; p < answer.players.size(); ++p) {
        row << answer.name << play_words(answer, profile.actions) << answer.players[p]
            << profile.actions[p];
        write_band(row, profile.loss[p]);
        write_band(row, profile.payoff[p]);
        row << yes_no(profile.equilibrium) << profile.equilibrium_share;
      }
    }
  }
  return table;
}

/// Those who join a denial without being players: empty where every seller plays.
ResultTable others_table(std::span<StandoffAnswer const> answers) {
  ResultTable table{
      "seller_losses",
      "What it costs those who go along",
      "Regions that an action counts among the sellers, but that do not play: they are "
      "taken to comply. Per cent, as payoffs.",
      true,
      {standoff_column(), text_column("play", "Play", "An action of every player."),
       text_column("seller", "Seller", "Whose loss.")}};
  add_band_columns(table, "loss", "Loss", loss_words, "");
  table.columns.push_back(
      number_column("within_limit_share", "Within the limit in", "",
                    "Share of draws in which it loses no more than the study takes it to bear.",
                    "the study names no limit"));
  RowWriter row(table);
  for (auto const& answer : answers) {
    for (auto const& profile : answer.profiles) {
      for (std::size_t o = 0; o < answer.others.size(); ++o) {
        row << answer.name << play_words(answer, profile.actions) << answer.others[o];
        write_band(row, profile.others_loss[o]);
        row << (profile.others_within.empty() ? std::nullopt
                                              : std::optional{profile.others_within[o]});
      }
    }
  }
  return table;
}

ResultTable equilibrium_table(std::span<StandoffAnswer const> answers) {
  ResultTable table{
      "equilibria",
      "Where nobody gains by changing alone",
      "Equilibria at central numbers: what is consistent, not what will happen.",
      true,
      {standoff_column(), integer_column("equilibrium", "No.", "", "Number."),
       text_column("player", "Player", "Whose strategy and payoff."),
       text_column("strategy", "Strategy", "An action, or actions with their odds.")}};
  add_band_columns(table, "payoff", "Payoff", "Expected.", "");
  table.columns.push_back(number_column("residual", "Residual", "percentage points",
                                        "Most a player could gain by changing alone."));
  table.columns.push_back(number_column("share", "Holds in", "", "Share of draws.",
                                        "no draws, or a mixed equilibrium"));
  RowWriter row(table);
  for (auto const& answer : answers) {
    for (std::size_t e = 0; e < answer.equilibria.size(); ++e) {
      auto const& found = answer.equilibria[e];
      for (std::size_t p = 0; p < answer.players.size(); ++p) {
        row << answer.name << e + 1 << answer.players[p] << found.strategies[p];
        write_band(row, found.payoffs[p]);
        row << found.residual << found.share;
      }
    }
  }
  return table;
}

ResultTable odds_table(std::span<StandoffAnswer const> answers) {
  ResultTable table{
      "action_odds",
      "How often an action is played",
      "Between the two shares lies the probability that an action is played, when "
      "all move at once.",
      true,
      {standoff_column(), text_column("player", "Player", "Who."),
       text_column("action", "Action", "What."),
       number_column("certain_share", "In all equilibria", "", "Share of draws."),
       number_column("possible_share", "In some equilibrium", "", "Share of draws.")}};
  RowWriter row(table);
  for (auto const& answer : answers) {
    for (auto const& odds : answer.odds) {
      row << answer.name << odds.player << odds.action << odds.certain << odds.possible;
    }
  }
  return table;
}

ResultTable ladder_table(std::span<StandoffAnswer const> answers) {
  ResultTable table{
      "ladder",
      "The ladder of escalation",
      "By backward induction: at every rung the player does what is best for it from there on, "
      "also "
      "at rungs that are never reached.",
      true,
      {standoff_column(), text_column("rung", "Rung", "Whose turn it is."),
       text_column("player", "Player", "Who moves."),
       text_column("move", "Move", "What it can do."),
       text_column("leads_to", "Leads to", "The next rung, or what is in force at the end."),
       text_column("gives_way", "Gives way", "Player who gives way at that end; empty: nobody."),
       text_column("chosen", "Chosen", "yes: best for the player here, at central numbers."),
       text_column("on_path", "Played", "yes: play goes here, at central numbers."),
       number_column("credible_share", "Credible in", "",
                     "Share of draws in which the player would do it if play came here: nothing "
                     "else is worth as much to it.",
                     no_draws),
       number_column("credible_possible_share", "Credible or tied in", "",
                     "Share of draws in which nothing else is worth more to the player: the two "
                     "differ where moves are worth the same.",
                     no_draws),
       number_column("path_share", "Played in", "",
                     "Share of draws in which play goes here; of moves worth the same the one that "
                     "ends the game, then by name.",
                     no_draws),
       text_column("tied", "Tied", "yes: another move is worth as much, at central numbers.")}};
  add_band_columns(table, "break_even_stake", "Break-even stake",
                   "Of giving way: from this worth of the dispute on the player holds out instead.",
                   "the move is not to give way, or the player gives way at any worth");
  RowWriter row(table);
  for (auto const& answer : answers) {
    for (auto const& move : answer.moves) {
      row << answer.name << move.rung << move.player << move.move << move.leads_to << move.gives_way
          << yes_no(move.chosen) << yes_no(move.on_path) << move.credible_share
          << move.possible_share << move.path_share << yes_no(move.tied);
      if (move.break_even) {
        write_band(row, *move.break_even);
      } else {
        row.leave_empty(4);
      }
    }
  }
  return table;
}

ResultTable ends_table(std::span<StandoffAnswer const> answers) {
  ResultTable table{"ladder_ends",
                    "What the ends of the ladder cost",
                    "Per cent, as payoffs, over the whole horizon, rungs on the way to "
                    "the end included for the time they take; payoffs with stakes and worths, "
                    "which are assumptions.",
                    true,
                    {standoff_column(), text_column("rung", "Rung", "Where the game ends."),
                     text_column("move", "Move", "By which move."),
                     text_column("in_force", "In force", "Actions in force from then on."),
                     text_column("gives_way", "Gives way", "Empty: nobody."),
                     text_column("player", "Player", "Whose loss and payoff.")}};
  add_band_columns(table, "loss", "Loss", loss_words, "");
  add_band_columns(table, "payoff", "Payoff", "With stakes and worths.", "");
  RowWriter row(table);
  for (auto const& answer : answers) {
    for (auto const& move : answer.moves) {
      if (!move.ends) continue;
      for (std::size_t p = 0; p < answer.players.size(); ++p) {
        row << answer.name << move.rung << move.move << move.leads_to << move.gives_way
            << answer.players[p];
        write_band(row, move.loss[p]);
        write_band(row, move.payoff[p]);
      }
    }
  }
  return table;
}

}  // namespace

std::string play_words(StandoffAnswer const& answer, std::vector<std::string> const& actions) {
  std::vector<std::string> words;
  for (std::size_t p = 0; p < actions.size(); ++p) {
    words.push_back(fmt::format("{}: {}", answer.players[p], actions[p]));
  }
  return fmt::format("{}", fmt::join(words, "; "));
}

std::vector<ResultTable> standoff_tables(std::span<StandoffAnswer const> answers) {
  std::vector<ResultTable> tables;
  if (answers.empty()) return tables;
  tables.push_back(payoff_table(answers));
  bool const others = std::any_of(answers.begin(), answers.end(),
                                  [](auto const& each) { return !each.others.empty(); });
  if (others) tables.push_back(others_table(answers));
  tables.push_back(equilibrium_table(answers));
  tables.push_back(odds_table(answers));
  bool const ladder = std::any_of(answers.begin(), answers.end(),
                                  [](auto const& each) { return !each.moves.empty(); });
  if (ladder) {
    tables.push_back(ladder_table(answers));
    tables.push_back(ends_table(answers));
  }
  for (auto& table : standoff_detail_tables(answers)) tables.push_back(std::move(table));
  return tables;
}

}  // namespace linchpin
