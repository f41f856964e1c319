// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

namespace linchpin {

/// A number over draws; the quantiles are empty without draws.
struct Band {
  double central = 0;
  std::optional<double> p05, p50, p95;
};

/// What a combination of actions does to the players, in per cent of real final spending.
struct StandoffProfile {
  std::vector<std::string> actions;  ///< [player] "nothing" or an action
  std::vector<Band> loss;            ///< [player] from trade
  std::vector<Band> others_loss;     ///< [other] of those an action needs that are no players
  /// [other] share of draws (without draws: 0 or 1) in which that is within the limit of the study;
  /// empty without one.
  std::vector<double> others_within;
  std::vector<Band> payoff;      ///< [player] minus the loss, plus the worth of own actions
  bool equilibrium = false;      ///< a pure one at central numbers
  double equilibrium_share = 0;  ///< of the draws in which it is one
};

/// An equilibrium at central numbers.
struct StandoffEquilibrium {
  std::vector<std::string> strategies;  ///< [player] in words
  std::vector<Band> payoffs;            ///< [player]; bands of pure ones only
  double residual = 0;
  std::optional<double> share;  ///< of the draws in which it holds; empty: mixed, or no draws
};

/// How often an action is played over draws, in some and in all equilibria.
struct ActionOdds {
  std::string player, action;
  double possible = 0, certain = 0;
};

/// What an action is, in words.
struct StandoffAction {
  std::string player, action;
  std::string kind;   ///< "ban", "tariff", "export tax", "licences"
  std::string words;  ///< "no CHIPS from USA and TWN to CHN"
};

/// The time that a rung takes and what its actions cost meanwhile.
struct StandoffRung {
  std::string rung, player, in_force;
  double from = 0, duration = 0;  ///< shares of the horizon
  std::optional<double> months;   ///< the duration; empty in the long run
  std::vector<Band> loss;         ///< [player] per cent of real final spending while it lasts
};

/// Losses of a region by both models with the same actions in force, per cent.
struct StandoffFirstYear {
  std::string in_force, region;
  bool plays = false;
  double settled = 0;           ///< of real final spending, once trade has settled at the horizon
  std::optional<double> daily;  ///< of real final use over the days simulated
  std::string reason;           ///< why there is none
};

/// A move of the ladder.
struct StandoffMove {
  std::string rung, player, move;
  std::string leads_to;   ///< the next rung, or what is in force at the end
  std::string gives_way;  ///< player; empty: nobody, or the ladder goes on
  bool ends = false;
  bool chosen = false;   ///< what its player would do here, at central numbers
  bool on_path = false;  ///< and this is where play goes
  /// Share of the draws in which its player would make the move if play came here, because no other
  /// is worth as much to it; and in which it might, because none is worth more: how credible the
  /// move is lies between the two.
  std::optional<double> credible_share, possible_share;
  std::optional<double> path_share;  ///< in which play goes through it, ties settled by rule
  bool tied = false;                 ///< with another best move, at central numbers
  /// [player] of an end over the whole horizon, rungs on the way there included; empty where the
  /// ladder goes on.
  std::vector<Band> loss, payoff;
  /// Of giving way: how much the dispute has to be worth to the player for it not to. Empty: it
  /// gives way at any worth, or the move is another.
  std::optional<Band> break_even;
  bool always = false;  ///< of giving way: there is no such worth at central numbers
};

struct StandoffAnswer {
  std::string name, title;
  std::vector<std::string> players;       ///< labels
  std::vector<std::string> player_words;  ///< as they stand in a sentence
  std::vector<std::string> others;        ///< labels: an action needs them, but they do not play
  std::vector<std::string> other_words;
  std::vector<StandoffAction> actions;
  std::vector<StandoffProfile> profiles;
  std::vector<StandoffEquilibrium> equilibria;
  bool continuum = false, complete = true;
  std::vector<ActionOdds> odds;
  std::vector<StandoffMove> moves;  ///< empty without a ladder
  std::vector<StandoffRung> rungs;  ///< empty where rungs take no time
  std::string timing;               ///< what time rungs take, in a sentence; empty without a ladder
  std::string losses;               ///< what losses of payoffs are, in a sentence
  std::vector<StandoffFirstYear> first_year;    ///< empty unless the daily model was asked
  std::string measure = "real final spending";  ///< what losses of payoffs are a share of
  bool daily = false;                           ///< payoffs are made of the daily model's losses
  int days = 0;                                 ///< that it simulated
  std::optional<double> member_limit_pct;       ///< of `others_within`
  std::vector<std::string> warnings;
  std::vector<Band> path_payoff;  ///< [player] where the ladder ends, over draws
  /// [player] share of draws (without draws: 0 or 1) in which it gives way whatever is done at
  /// ties, and in which it does in some play.
  std::vector<double> gives_way, may_give_way;
  double nobody_gives_way = 0, nobody_may_give_way = 0;
  std::size_t draws = 0, failed = 0;
  std::string first_failure;
  std::vector<std::string> assumptions;  ///< worths and stakes with their notes
};

}  // namespace linchpin
