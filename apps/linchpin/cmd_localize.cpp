// SPDX-License-Identifier: Apache-2.0
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "apps/linchpin/context.h"
#include "apps/linchpin/localize_commands.h"
#include "apps/linchpin/localize_output.h"
#include "apps/linchpin/localize_study.h"
#include "apps/linchpin/origin.h"
#include "apps/linchpin/terminal.h"
#include "linchpin/results/json.h"
#include "linchpin/study/autonomy_answers.h"
#include "linchpin/study/autonomy_json.h"

namespace linchpin::app {
namespace {

struct LocalizeOptions {
  std::string study;
  std::vector<std::string> technologies;
  std::optional<std::size_t> draws;
  std::optional<std::uint64_t> seed;
  std::filesystem::path checkpoint;
  std::string preset;
  bool presets = false, optimal = false;
  std::optional<std::size_t> drivers;
  std::optional<double> budget, hazard;
};

/// What the command line asks for besides or instead of the study.
Result<void> change(study::AutonomyStudy& study, LocalizeOptions const& options) {
  if (options.draws) study.draws = *options.draws;
  if (options.seed) study.seed = *options.seed;
  auto& asks = study.asks;
  if (!options.preset.empty()) asks.preset = options.preset;
  asks.presets = asks.presets || options.presets;
  if (options.drivers) asks.driver_draws = *options.drivers;
  if (options.optimal || options.budget || options.hazard) {
    if (!asks.optimal) {
      asks.optimal.emplace();
      asks.optimal->where = "--optimal";
      asks.optimal->instruments = study::programme_instruments(study);
    }
    if (options.budget) asks.optimal->budget = options.budget;
    if (options.hazard) asks.optimal->hazard = *options.hazard;
    if (asks.optimal->instruments.empty()) {
      return fail(ErrorCode::missing_value, "nothing to choose: the study has no programme",
                  "--optimal", "add a [[policy]], or [optimal] with instruments, to the study");
    }
  }
  return study::keep_technologies(study, options.technologies, "--technology");
}

Result<void> run_localize(LocalizeOptions const& options, Context const& context) {
  RunClock const clock;
  if (options.study.empty()) {
    return fail(ErrorCode::missing_value, "no study is named", "study",
                "name a study file, such as studies/02-chip-autonomy.toml, or `backtests`");
  }
  auto const answered = answer_autonomy_file(
      options.study, options.checkpoint,
      [&](study::AutonomyStudy& study) { return change(study, options); }, context);
  if (!answered) return fail(answered.error());
  auto const& [study, world, answers, inputs] = *answered;
  if (!context.json) {
    print_autonomy(answers, study);
    return {};
  }
  auto origin = world.origin;
  origin.seed = study.seed;
  origin.options = {{"draws", static_cast<std::int64_t>(study.draws)},
                    {"preset", study.asks.preset},
                    {"drivers.draws", static_cast<std::int64_t>(study.asks.driver_draws)}};
  if (auto const filled = clock.fill(origin, inputs); !filled) return filled;
  auto document = study::autonomy_to_json(answers, study, world.economy.space().region_labels());
  document["origin"] = origin_to_json(origin);
  print_line(to_text(document));
  return {};
}

}  // namespace

void add_localize(CLI::App& app, Context& context, Action& action) {
  auto const options = std::make_shared<LocalizeOptions>();
  auto& command = *app.add_subcommand(
      "localize", "When a country can make a technology itself, and what that costs and saves");
  command.add_option("study", options->study, "Study file (TOML)");
  command
      .add_option("--technology", options->technologies,
                  "Only this technology of the study; repeatable")
      ->allow_extra_args(false);
  command.add_option("--draws", options->draws, "Draws in place of the study's; 0: central path")
      ->check(CLI::Range(std::size_t{0}, std::size_t{100'000}));
  command.add_option("--seed", options->seed, "Seed of the draws in place of the study's");
  command.add_option("--checkpoint", options->checkpoint,
                     "File the draws are saved to, and go on from (.nc); one per technology");
  command.add_option("--preset", options->preset, "Whose numbers are the central ones")
      ->check(CLI::IsMember({"sceptic", "central", "optimist"}));
  command.add_flag("--presets", options->presets,
                   "Central paths of sceptic, central and optimist beside each other");
  command
      .add_option("--drivers", options->drivers,
                  "Draws for sensitivity indices: what drives it; 0: none")
      ->check(CLI::Range(std::size_t{0}, std::size_t{1'000'000}));
  command.add_flag("--optimal", options->optimal,
                   "Look for the best programme within the budget (of [optimal], or the plan's)");
  command
      .add_option("--budget", options->budget,
                  "Budget of --optimal: present value, in years of first-year purchases")
      ->check(CLI::Range(1e-9, 1e6));
  command
      .add_option("--hazard", options->hazard,
                  "Yearly probability of a cut-off, for --optimal (0.05)")
      ->check(CLI::Range(0.0, 1.0));
  add_json_option(command, context);
  add_localize_backtests(command, context, action);
  command.callback([&context, &action, &command, options] {
    if (!command.get_subcommands().empty()) return;
    action = [&context, options] { return run_localize(*options, context); };
  });
}

}  // namespace linchpin::app
