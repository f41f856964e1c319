// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

#include "linchpin/core/error.h"
#include "linchpin/serve/world_store.h"
#include "linchpin/study/autonomy_study.h"
#include "linchpin/study/game_file.h"
#include "linchpin/study/scenario_file.h"
#include "linchpin/study/study_file.h"
#include "linchpin/study/trade_spec.h"

namespace linchpin::serve {

// Texts that clients post, read as a run would read them, with the labels of their world looked up:
// a mistake is told to who made it and not to the history. Their worlds are ids, and they name no
// files but shipped ones. All problems at once.

inline constexpr char const* study_name = "study.toml";
inline constexpr char const* scenario_name = "scenario.toml";
inline constexpr char const* game_name = "game.toml";

[[nodiscard]] Result<study::Study> read_study(WorldStore& worlds, std::string const& text,
                                              RunControl const& control);
[[nodiscard]] Result<study::ResolvedScenario> read_scenario(WorldStore& worlds,
                                                            std::string const& text,
                                                            std::string const& world,
                                                            RunControl const& control);
[[nodiscard]] Result<study::TradeScenarioSpec> read_trade_scenario(WorldStore& worlds,
                                                                   std::string const& text,
                                                                   std::string const& world,
                                                                   RunControl const& control);
[[nodiscard]] Result<study::AutonomyStudy> read_autonomy(WorldStore& worlds,
                                                         std::string const& text,
                                                         RunControl const& control);

/// A kind of text, for those who ask only whether it is right.
struct TextReader {
  std::string_view kind;
  std::string source;  ///< the name of the document in messages
  bool needs_world;    ///< the text does not name one
  Result<void> (*check)(WorldStore& worlds, std::string const& text, std::string const& world,
                        RunControl const& control);
};

/// Null: there is no such kind.
[[nodiscard]] TextReader const* text_reader(std::string_view kind);

/// What kind a text is, and its title; empty: it is none of them.
struct TextKind {
  std::string kind, title;
};
[[nodiscard]] TextKind kind_of_text(std::string const& text);

}  // namespace linchpin::serve
