// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>

#include "apps/linchpin/leverage_commands.h"
#include "apps/linchpin/terminal.h"
#include "linchpin/parameters/trade_elasticities.h"
#include "linchpin/results/json.h"

namespace linchpin::app {

void add_leverage_options(CLI::App& command, LeverageOptions& options, bool draws) {
  command.add_option("world", options.world, "Built-in world, table file or trade calibration");
  command.add_option("--theta", options.theta,
                     "Trade elasticities: default, own (of a calibration), FILE or FILE:SET");
  command.add_option("--horizon", options.horizon, "Years after the denial; default: the long run")
      ->check(CLI::Range(0.0, 1000.0));
  if (!draws) return;
  command
      .add_option("--draws", options.ensemble.draws,
                  "Draws of the trade elasticities, to see how ranks hold")
      ->check(CLI::Range(std::size_t{1}, std::size_t{100'000}));
  command.add_option("--seed", options.ensemble.seed, "Seed of the draws, a whole number");
}

Result<void> check_leverage_options(LeverageOptions const& options, char const* command) {
  if (options.world.empty()) {
    return fail(ErrorCode::bad_usage, "no world is named",
                fmt::format("linchpin leverage {}", command),
                "name a built-in world (`linchpin table list`), a table file or a calibration");
  }
  return check_ensemble_options(options.ensemble);
}

std::vector<std::string> first_of(std::vector<std::string> const& list, std::size_t most) {
  std::vector<std::string> words(
      list.begin(), list.begin() + static_cast<std::ptrdiff_t>(std::min(most, list.size())));
  if (list.size() > most) words.push_back(fmt::format("{} more", list.size() - most));
  return words;
}

Result<void> check_target(std::string const& target, char const* command) {
  if (!target.empty()) return {};
  return fail(ErrorCode::bad_usage, "no target is named",
              fmt::format("linchpin leverage {}", command), "say whom: --target CHN");
}

std::vector<std::string> asked_sets(LeverageOptions const& options) {
  if (options.theta.empty()) return {};
  return {parameters::split_set_name(options.theta).file};
}

study::TradeModelSpec trade_model(LeverageOptions const& options) {
  study::TradeModelSpec model;
  if (!options.theta.empty()) model.theta = study::Placed<std::string>{options.theta, "--theta"};
  model.horizon_years = options.horizon;
  return model;
}

std::optional<study::EnsembleSpec> draws_of(LeverageOptions const& options) {
  if (!options.ensemble.draws) return std::nullopt;
  return study::EnsembleSpec{*options.ensemble.draws, *options.ensemble.seed, std::nullopt};
}

Result<Json> leverage_origin(LeverageOptions const& options, TradeInput const& input,
                             ParameterFiles const& parameters, RunClock const& clock,
                             std::vector<std::pair<std::string, OptionValue>> more) {
  auto origin = input.origin;
  origin.seed = options.ensemble.seed;
  origin.options = std::move(more);
  if (options.ensemble.draws) {
    origin.options.emplace_back("draws", static_cast<std::int64_t>(*options.ensemble.draws));
  }
  if (auto const filled = clock.fill(origin, parameters.with({input.path})); !filled) {
    return fail(filled.error());
  }
  return origin_to_json(origin);
}

void print_leverage_ending(EquilibriumSetting const& setting,
                           std::vector<std::string> const& warnings) {
  for (auto const& each : warnings) print(wrap(each));
  print(wrap(dim(fmt::format("{}; trade elasticities: {}, {}; deficits: {}; {}.", setting.vintage,
                             setting.theta, setting.horizon, setting.deficits, setting.closure))));
}

}  // namespace linchpin::app
