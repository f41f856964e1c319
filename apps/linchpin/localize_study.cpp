// SPDX-License-Identifier: Apache-2.0
#include "apps/linchpin/localize_study.h"

#include <utility>

#include "apps/linchpin/checkpoints.h"
#include "apps/linchpin/origin.h"
#include "apps/linchpin/parameter_files.h"
#include "apps/linchpin/summary.h"
#include "apps/linchpin/terminal.h"
#include "linchpin/report/html.h"
#include "linchpin/results/json.h"
#include "linchpin/results/outputs.h"
#include "linchpin/study/autonomy_answers.h"
#include "linchpin/study/autonomy_results.h"

namespace linchpin::app {

Result<AnsweredAutonomy> answer_autonomy_file(
    std::filesystem::path const& file, std::filesystem::path const& checkpoint,
    std::function<Result<void>(study::AutonomyStudy&)> const& change, Context const& context) {
  auto const text = read_text(file);
  if (!text) return fail(text.error());
  auto study = study::read_autonomy_study(*text, file.filename().string());
  if (!study) return fail(study.error());
  if (change) {
    if (auto const fine = change(*study); !fine) return fail(fine.error());
  }
  auto world = open_world(world_beside(study->world.value, file), context);
  if (!world) return fail(world.error());
  ParameterFiles parameters(file, {}, context);
  CheckpointFiles checkpoints(checkpoint);
  study::DrawStore draws;
  if (!checkpoint.empty()) {
    if (study->draws == 0) {
      return fail(ErrorCode::bad_usage, "--checkpoint, but no draws are made", "--checkpoint",
                  "ask for draws, in [ensemble] of the study or by --draws, or leave it out");
    }
    draws.sink = [&](std::size_t technology) { return checkpoints.of(technology); };
    draws.fingerprint = [&] { return fingerprint_of(*world, *text + parameters.text()); };
  }
  auto answers = study::answer_autonomy_study(*study, world->economy, parameters.source(),
                                              run_control(context), draws);
  finish_progress();
  if (!answers) return fail(answers.error());
  auto inputs = parameters.with({file, world->path});
  return AnsweredAutonomy{*std::move(study), *std::move(world), *std::move(answers),
                          std::move(inputs)};
}

Result<void> run_autonomy_file(std::filesystem::path const& file,
                               std::filesystem::path const& output,
                               std::filesystem::path const& checkpoint, RunClock const& clock,
                               Context const& context) {
  auto const answered = answer_autonomy_file(file, checkpoint, {}, context);
  if (!answered) return fail(answered.error());
  auto results =
      study::autonomy_results(answered->study, answered->world.economy, answered->answers);
  results.origin.world_name = answered->world.origin.world_name;
  results.origin.world = answered->world.origin.world;
  if (auto const filled = clock.fill(results.origin, answered->inputs); !filled) return filled;
  auto const html = render_report(results);
  if (!html) return fail(html.error());
  auto const files = write_outputs(results, output, *html, answered->study.formats);
  if (!files) return fail(files.error());
  if (context.json) {
    print_line(to_text(result_set_to_json(results)));
  } else if (!context.quiet) {
    print_summary(results, world_line(answered->world), *files);
  }
  return {};
}

}  // namespace linchpin::app
