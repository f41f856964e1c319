// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "linchpin/leverage/game.h"
#include "linchpin/leverage/ladder.h"
#include "linchpin/results/standoff_answer.h"
#include "linchpin/study/leverage_spec.h"
#include "linchpin/study/standoff_time.h"
#include "linchpin/study/trade_world.h"

namespace linchpin::study {

/// A stand-off in the numbering of a world. Sets of actions are bits: 1 << place of the action.
struct StandoffCase {
  StandoffSpec const* spec = nullptr;
  TradeGround const* ground = nullptr;
  std::vector<std::size_t> players;             ///< regions
  std::vector<std::size_t> others;              ///< regions an action needs, but that do not play
  std::vector<std::vector<std::size_t>> menus;  ///< [player] places of its actions
  std::vector<unsigned> masks;                  ///< every set that is asked about, ascending
  std::vector<RungTime> times;                  ///< by rung
};

[[nodiscard]] StandoffCase standoff_case(StandoffSpec const& spec, TradeGround const& ground);

/// One set of numbers and what came of it.
struct StandoffDraw {
  std::map<unsigned, std::vector<double>> losses;  ///< by set of actions; [player, then other] %
  /// [rung][move][player, then other] of ends over the whole horizon, by the daily model. Empty: as
  /// `losses` are weighed by time.
  std::vector<std::vector<std::vector<double>>> end_losses;
  std::vector<double> worth;   ///< [action]
  std::vector<double> stakes;  ///< [player]
  leverage::Game game;
  leverage::NashAnswer nash;
  std::optional<leverage::LadderAnswer> ladder;
  /// [rung][move] of moves by which the player gives way itself; empty: others, or at any stake.
  std::vector<std::vector<std::optional<double>>> break_even;
};

/// What the player's own actions in `mask` are worth to it, and that minus its loss from trade.
[[nodiscard]] double worth_of(StandoffCase const& each, StandoffDraw const& draw, unsigned mask,
                              std::size_t player);
[[nodiscard]] double payoff_of(StandoffCase const& each, StandoffDraw const& draw, unsigned mask,
                               std::size_t player);

/// Payoffs of every combination of at most one action per player.
[[nodiscard]] leverage::Game game_of(StandoffCase const& each, StandoffDraw const& draw);
/// Central numbers, bands and shares over draws.
void fill_answer(StandoffCase const& each, StandoffDraw const& central,
                 std::span<StandoffDraw const> draws, StandoffAnswer& answer);

}  // namespace linchpin::study
