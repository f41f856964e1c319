// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "linchpin/core/error.h"
#include "linchpin/leverage/ladder.h"
#include "linchpin/leverage/uncertain_game.h"
#include "linchpin/leverage/uncertain_ladder.h"

namespace linchpin::study {

/// A threat game as a user wrote it (docs/formats/game.md): a payoff matrix, an escalation ladder,
/// or both with the same players.
struct GameFile {
  std::string title;
  std::optional<leverage::UncertainGame> game;  ///< both bounds equal where numbers were given
  bool ranges = false;                          ///< some payoff is a range
  bool matrix_ranges = false;                   ///< some payoff of the matrix is
  std::size_t draws = 0;                        ///< of [ensemble], which ranges need
  std::uint64_t seed = 0;
  std::optional<leverage::Ladder> ladder;                 ///< the middle where payoffs are ranges
  std::optional<leverage::UncertainLadder> ladder_range;  ///< where some payoff is one
};

/// Reads a game document: all problems at once, each with its line.
///
/// \param source  name of the document for messages ("standoff.toml")
/// \error bad_format, unknown_key, bad_value, unknown_label, duplicate_label, missing_value
[[nodiscard]] Result<GameFile> read_game(std::string_view text, std::string const& source);

}  // namespace linchpin::study
