// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "apps/linchpin/context.h"
#include "linchpin/results/result_set.h"
#include "linchpin/study/trade_world.h"

namespace linchpin::app {

// Shared by `linchpin equilibrium` and the commands below it.

/// Accounts of a world, a table or a trade calibration, with what its Origin needs.
struct TradeInput {
  std::filesystem::path path;
  study::TradeGround ground;
  Origin origin;  ///< world_name and world filled in
};

/// \param base_tariffs  CSV of tariffs the base pays (importer,exporter,sector,rate); empty: as the
///                      calibration says, none for worlds
/// \param changes       CSV of changed tariffs, whose rate_base a world's base pays where
///                      `base_tariffs` is empty
[[nodiscard]] Result<TradeInput> open_trade_input(std::string const& name,
                                                  std::filesystem::path const& base_tariffs,
                                                  std::filesystem::path const& changes,
                                                  Context const& context);

/// Adds `calibrate` to `equilibrium`.
void add_equilibrium_calibrate(CLI::App& equilibrium, Context& context, Action& action);

/// Adds `detours` to `equilibrium`.
void add_equilibrium_detours(CLI::App& equilibrium, Context& context, Action& action);

/// Adds `optimal` to `equilibrium`.
void add_equilibrium_optimal(CLI::App& equilibrium, Context& context, Action& action);

/// The answer for people: who wins and loses, the table, what is no result, what it rests on.
void print_equilibrium(EquilibriumAnswer const& answer);

}  // namespace linchpin::app
