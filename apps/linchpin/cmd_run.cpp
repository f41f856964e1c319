// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <memory>
#include <utility>
#include <vector>

#include "apps/linchpin/checkpoints.h"
#include "apps/linchpin/context.h"
#include "apps/linchpin/localize_study.h"
#include "apps/linchpin/origin.h"
#include "apps/linchpin/parameter_files.h"
#include "apps/linchpin/summary.h"
#include "apps/linchpin/terminal.h"
#include "apps/linchpin/world.h"
#include "linchpin/report/html.h"
#include "linchpin/results/json.h"
#include "linchpin/results/outputs.h"
#include "linchpin/study/autonomy_study.h"
#include "linchpin/study/run.h"
#include "linchpin/study/study_file.h"

namespace linchpin::app {
namespace {

struct RunOptions {
  std::filesystem::path study;
  std::filesystem::path output;
  std::filesystem::path checkpoint;
};

constexpr char const* demo_study = "01-chip-cutoff.toml";

/// Opens the world of `study`; the study's own problems, if any, are said together with its.
Result<World> world_for(study::Study const& study, RunOptions const& options,
                        Context const& context) {
  auto world = open_world(world_beside(study.world, options.study), context);
  if (world) return world;
  auto errors = study.problems;
  errors.add(world.error());
  return fail(errors.joined());
}

Result<void> run_study_file(RunOptions const& options, Context const& context) {
  RunClock const clock;
  auto const text = read_text(options.study);
  if (!text) return fail(text.error());
  if (study::is_autonomy_study(*text)) {
    return run_autonomy_file(options.study, options.output, options.checkpoint, clock, context);
  }
  auto const study = study::parse_study(*text, options.study.string());
  if (!study) return fail(study.error());
  auto const world = world_for(*study, options, context);
  if (!world) return fail(world.error());
  ParameterFiles parameters(options.study, {}, context);
  CheckpointFiles checkpoints(options.checkpoint);
  study::DrawStore draws;
  if (!options.checkpoint.empty()) {
    if (!study->ensemble) {
      return fail(ErrorCode::bad_usage, "--checkpoint, but the study makes no draws",
                  "--checkpoint", "add an [ensemble] with draws and seed, or leave it out");
    }
    draws.sink = [&](std::size_t scenario) { return checkpoints.of(scenario); };
    draws.fingerprint = [&] { return fingerprint_of(*world, *text + parameters.text()); };
  }
  std::vector<std::filesystem::path> opened{options.study, world->path};
  study::WorldSource const worlds = [&](std::string const& name) -> Result<Economy> {
    auto other = open_world(world_beside(name, options.study), context);
    if (!other) return fail(other.error());
    opened.push_back(other->path);
    return std::move(other->economy);
  };
  auto results = study::run_study(*study, world->economy, run_control(context), parameters.source(),
                                  draws, worlds);
  finish_progress();
  if (!results) return fail(results.error());
  results->origin.world_name = world->origin.world_name;
  results->origin.world = world->origin.world;
  auto const inputs = parameters.with(opened);
  if (auto const filled = clock.fill(results->origin, inputs); !filled) {
    return fail(filled.error());
  }
  auto const html = render_report(*results);
  if (!html) return fail(html.error());
  auto const files = write_outputs(*results, options.output, *html, study->formats);
  if (!files) return fail(files.error());
  if (context.json) {
    print_line(to_text(result_set_to_json(*results)));
  } else if (!context.quiet) {
    print_summary(*results, world_line(*world), *files);
  }
  return {};
}

}  // namespace

void add_run(CLI::App& app, Context& context, Action& action) {
  auto options = std::make_shared<RunOptions>();
  auto& run = *app.add_subcommand("run", "Run a study file and write its report and tables");
  run.add_option("study", options->study, "Study file (TOML)")->required();
  run.add_option("-o,--output", options->output,
                 "Folder for the results (default: out/<name of the study>)");
  run.add_option("--checkpoint", options->checkpoint,
                 "File the draws of an [ensemble] are saved to, and go on from (.nc)");
  add_json_option(run, context);
  run.callback([options, &context, &action] {
    if (options->output.empty()) options->output = "out" / options->study.stem();
    action = [options, &context] { return run_study_file(*options, context); };
  });

  auto demo_options = std::make_shared<RunOptions>();
  auto& demo = *app.add_subcommand("demo", "Run the demonstration study on a built-in world");
  demo.add_option("-o,--output", demo_options->output, "Folder for the results");
  add_json_option(demo, context);
  demo.callback([options = demo_options, &context, &action] {
    options->study = context.data_dir / "studies" / demo_study;
    if (options->output.empty()) options->output = "out" / options->study.stem();
    action = [options, &context] { return run_study_file(*options, context); };
  });
}

}  // namespace linchpin::app
