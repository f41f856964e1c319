// SPDX-License-Identifier: Apache-2.0
#include "apps/linchpin/disrupt_ensemble.h"

#include <fmt/format.h>

#include <algorithm>
#include <memory>
#include <utility>
#include <vector>

#include "apps/linchpin/terminal.h"
#include "linchpin/results/checkpoint_file.h"
#include "linchpin/study/uncertain_run.h"
#include "linchpin/table/files/sha256.h"
#include "linchpin/uncertainty/disrupt_parameters.h"
#include "linchpin/uncertainty/summary.h"

namespace linchpin::app {
namespace {

std::string percent(double value) { return fmt::format("{:.3f} %", value); }

}  // namespace

void add_draw_options(CLI::App& command, EnsembleOptions& options) {
  command.add_option("--draws", options.draws,
                     "Runs of an ensemble over the numbers the scenario calls uncertain")
      ->check(CLI::Range(std::size_t{1}, sampling::most_draws));
  command.add_option("--seed", options.seed, "Seed of the draws, a whole number");
  command.add_option("--design", options.design,
                     "How draws are spread (default: saltelli if there are enough, else sobol)")
      ->check(CLI::IsMember({"sobol", "latin_hypercube", "saltelli", "stroud"}));
}

void add_ensemble_options(CLI::App& command, EnsembleOptions& options) {
  add_draw_options(command, options);
  command.add_option("--checkpoint", options.checkpoint,
                     "File the draws are saved to, and go on from (.nc)");
}

Result<void> check_ensemble_options(EnsembleOptions const& options) {
  if (options.draws && !options.seed) {
    return fail(ErrorCode::bad_usage, "--draws without --seed", "--draws",
                "choose a seed, so that the result can be made again: --seed 1");
  }
  if (options.draws) return {};
  char const* lonely = options.seed                 ? "--seed"
                       : !options.design.empty()     ? "--design"
                       : !options.checkpoint.empty() ? "--checkpoint"
                                                     : nullptr;
  if (lonely == nullptr) return {};
  return fail(ErrorCode::bad_usage, fmt::format("{} without --draws", lonely), lonely,
              "say how many draws to make: --draws 1000");
}

Result<std::optional<EnsembleSummary>> run_draws(EnsembleOptions const& options,
                                                 World const& world,
                                                 study::ResolvedScenario const& scenario,
                                                 std::string const& scenario_text,
                                                 disrupt::Path const& path,
                                                 Context const& context) {
  if (!options.draws) return std::optional<EnsembleSummary>{};
  auto const world_hash = sha256_of_file(world.path);
  if (!world_hash) return fail(world_hash.error());
  auto const scenario_hash = sha256_of_bytes(scenario_text);
  if (!scenario_hash) return fail(scenario_hash.error());
  std::unique_ptr<CheckpointFile> file;
  if (!options.checkpoint.empty()) file = std::make_unique<CheckpointFile>(options.checkpoint);
  study::EnsembleSpec const spec{*options.draws, *options.seed,
                                 sampling::design_kind(options.design)};
  auto summary = study::scenario_ensemble(
      world.economy, scenario, path, spec, std::nullopt, run_control(context),
      {{"world", *world_hash}, {"scenario", *scenario_hash}}, file.get());
  finish_progress();
  if (!summary) return fail(summary.error());
  return std::optional{*std::move(summary)};
}

void print_ensemble(EnsembleSummary const& summary, int days) {
  std::vector<EnsembleLoss const*> losses;
  for (auto const& loss : summary.losses) {
    if (loss.measure == headline_measure && loss.defined) losses.push_back(&loss);
  }
  std::stable_sort(losses.begin(), losses.end(), [](auto const* a, auto const* b) {
    return (a->region != "WORLD") != (b->region != "WORLD") ? a->region != "WORLD"
                                                            : a->central > b->central;
  });
  std::vector<std::vector<std::string>> rows;
  for (auto const* loss : losses) {
    auto const range = summary.has_quantiles
                           ? fmt::format("[{}, {}]", percent(loss->p05), percent(loss->p95))
                           : fmt::format("{} +- {}", percent(loss->mean),
                                         percent(loss->standard_deviation));
    rows.push_back({loss->region, percent(loss->central) + " " + range,
                    summary.has_quantiles ? percent(loss->p50) : ""});
  }
  print_line();
  print(text_table({fmt::format("final use lost over {} days, {} draws", days, summary.draws),
                    summary.has_quantiles ? "central [5 %, 95 %]" : "central, mean +- deviation",
                    summary.has_quantiles ? "median" : ""},
                   rows));
  print_line(summary.assumed ? "Taken to be uncertain, because the scenario does not say (ranges "
                               "are assumptions):"
                             : "Uncertain:");
  for (auto const& each : summary.parameters) {
    auto const kind = sampling::distribution_kind(each.distribution)
                          .value_or(sampling::DistributionKind::uniform);
    print_line(fmt::format("  {}: {}", each.name,
                           uncertainty::distribution_words({kind, each.low, each.high, each.mode})));
  }
  print_line(fmt::format("{} draws failed.", summary.failed == 0 ? "No" : fmt::to_string(summary.failed)));
  print(wrap(fmt::format("{}: {}", summary.focus, summary.ledger)));
}

}  // namespace linchpin::app
