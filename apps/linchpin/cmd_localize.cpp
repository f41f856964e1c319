// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <memory>
#include <optional>
#include <utility>
#include <vector>

#include "apps/linchpin/checkpoints.h"
#include "apps/linchpin/context.h"
#include "apps/linchpin/localize_output.h"
#include "apps/linchpin/origin.h"
#include "apps/linchpin/parameter_files.h"
#include "apps/linchpin/terminal.h"
#include "apps/linchpin/world.h"
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
};

Result<void> run_localize(LocalizeOptions const& options, Context const& context) {
  RunClock const clock;
  std::filesystem::path const path{options.study};
  auto const text = read_text(path);
  if (!text) return fail(text.error());
  auto study = study::read_autonomy_study(*text, path.filename().string());
  if (!study) return fail(study.error());
  if (options.draws) study->draws = *options.draws;
  if (options.seed) study->seed = *options.seed;
  if (auto const kept = study::keep_technologies(*study, options.technologies, "--technology");
      !kept) {
    return kept;
  }
  auto const world = open_world(study->world.value, context);
  if (!world) return fail(world.error());
  ParameterFiles parameters({}, {}, context);
  CheckpointFiles checkpoints(options.checkpoint);
  study::DrawStore draws;
  if (!options.checkpoint.empty()) {
    if (study->draws == 0) {
      return fail(ErrorCode::bad_usage, "--checkpoint, but no draws are made", "--checkpoint",
                  "add --draws, or an [ensemble] with draws to the study");
    }
    draws.sink = [&](std::size_t technology) { return checkpoints.of(technology); };
    draws.fingerprint = [&] { return fingerprint_of(*world, *text + parameters.text()); };
  }
  auto const answers = study::answer_autonomy_study(*study, world->economy, parameters.source(),
                                                    run_control(context), draws);
  finish_progress();
  if (!answers) return fail(answers.error());
  if (!context.json) {
    print_autonomy(*answers, *study);
    return {};
  }
  auto origin = world->origin;
  origin.seed = study->seed;
  origin.options = {{"draws", static_cast<std::int64_t>(study->draws)}};
  if (auto const filled = clock.fill(origin, parameters.with({path, world->path})); !filled)
    return filled;
  auto document = study::autonomy_to_json(*answers, *study, world->economy.space().region_labels());
  document["origin"] = origin_to_json(origin);
  print_line(to_text(document));
  return {};
}

}  // namespace

void add_localize(CLI::App& app, Context& context, Action& action) {
  auto const options = std::make_shared<LocalizeOptions>();
  auto& command = *app.add_subcommand(
      "localize", "When a country can make a technology itself, and what that costs and saves");
  command.add_option("study", options->study, "Study file (TOML)")->required();
  command
      .add_option("--technology", options->technologies,
                  "Only this technology of the study; repeatable")
      ->allow_extra_args(false);
  command.add_option("--draws", options->draws, "Draws in place of the study's; 0: central path")
      ->check(CLI::Range(std::size_t{0}, std::size_t{100'000}));
  command.add_option("--seed", options->seed, "Seed of the draws in place of the study's");
  command.add_option("--checkpoint", options->checkpoint,
                     "File the draws are saved to, and go on from (.nc); one per technology");
  add_json_option(command, context);
  command.callback([&context, &action, options] {
    action = [&context, options] { return run_localize(*options, context); };
  });
}

}  // namespace linchpin::app
