// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "apps/linchpin/context.h"
#include "apps/linchpin/disrupt_ensemble.h"
#include "apps/linchpin/equilibrium_commands.h"
#include "apps/linchpin/origin.h"
#include "apps/linchpin/parameter_files.h"
#include "linchpin/results/json.h"
#include "linchpin/results/leverage_answer.h"

namespace linchpin::app {

// Shared by the commands under `linchpin leverage` that ask a world.

/// What all of them take: the world and its trade elasticities.
struct LeverageOptions {
  std::string world, theta;
  std::optional<double> horizon;
  EnsembleOptions ensemble;
};

/// world, --theta, --horizon; if `draws`: --draws and --seed.
void add_leverage_options(CLI::App& command, LeverageOptions& options, bool draws);

/// \error bad_usage  no world; draws without a seed
[[nodiscard]] Result<void> check_leverage_options(LeverageOptions const& options,
                                                  char const* command);

[[nodiscard]] study::TradeModelSpec trade_model(LeverageOptions const& options);
[[nodiscard]] std::optional<study::EnsembleSpec> draws_of(LeverageOptions const& options);

/// The member `origin` of a document.
[[nodiscard]] Result<Json> leverage_origin(LeverageOptions const& options, TradeInput const& input,
                                           ParameterFiles const& parameters, RunClock const& clock,
                                           std::vector<std::pair<std::string, OptionValue>> more);

/// Warnings and what the numbers rest on, under an answer for people.
void print_leverage_ending(EquilibriumSetting const& setting,
                           std::vector<std::string> const& warnings);

// Each adds its subcommand to `leverage`.
void add_leverage_power(CLI::App& leverage, Context& context, Action& action);
void add_leverage_chokepoints(CLI::App& leverage, Context& context, Action& action);
void add_leverage_defend(CLI::App& leverage, Context& context, Action& action);
void add_leverage_flows(CLI::App& leverage, Context& context, Action& action);

}  // namespace linchpin::app
