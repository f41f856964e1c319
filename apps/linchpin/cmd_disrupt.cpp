// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <memory>

#include "apps/linchpin/context.h"
#include "apps/linchpin/depend_account.h"
#include "apps/linchpin/disrupt_ensemble.h"
#include "apps/linchpin/disrupt_gradient.h"
#include "apps/linchpin/disrupt_survival.h"
#include "apps/linchpin/origin.h"
#include "apps/linchpin/parameter_files.h"
#include "apps/linchpin/terminal.h"
#include "apps/linchpin/world.h"
#include "linchpin/disrupt/model.h"
#include "linchpin/results/bracket_json.h"
#include "linchpin/results/disrupt_json.h"
#include "linchpin/results/ensemble_json.h"
#include "linchpin/results/json.h"
#include "linchpin/results/swings.h"
#include "linchpin/study/scenario_bracket.h"
#include "linchpin/study/scenario_file.h"
#include "linchpin/study/uncertain_run.h"
#include "linchpin/study/warnings.h"

namespace linchpin::app {
namespace {

struct DisruptOptions {
  std::string world;
  std::filesystem::path scenario;
  int days = 365;
  std::vector<std::string> parameters;
  EnsembleOptions ensemble;
  GradientOptions gradient;
  int survive = 0;  ///< days; 0: not asked
};

std::string percent(double value) { return fmt::format("{:.3f} %", value); }

void print_path(IndustrySpace const& space, disrupt::Path const& path) {
  std::vector<std::size_t> order(space.regions());
  for (std::size_t r = 0; r < order.size(); ++r) order[r] = r;
  std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
    return path.region_value_added_loss_pct[a] > path.region_value_added_loss_pct[b];
  });
  std::vector<std::vector<std::string>> rows;
  for (auto const r : order) {
    auto const& recovery = path.region_recovery_day[r];
    rows.push_back({space.label(RegionId{r}) + "  " + space.name(RegionId{r}),
                    percent(path.region_output_loss_pct[r]),
                    percent(path.region_value_added_loss_pct[r]),
                    percent(path.region_final_use_loss_pct[r]),
                    !recovery ? "not yet" : (*recovery == 0 ? "-" : fmt::format("{}", *recovery))});
  }
  rows.push_back({"WORLD", percent(path.world_output_loss_pct),
                  percent(path.world_value_added_loss_pct), percent(path.world_final_use_loss_pct),
                  ""});
  print(text_table({fmt::format("loss over {} days", path.days), "output", "value added",
                    "final use", "recovered on day"},
                   rows));
  if (path.shortages.empty()) {
    print_line("No industry runs short of an input.");
    return;
  }
  auto const first = shortages_by_weight(space, path).front();
  print_line(fmt::format("First shortage: day {}, {} ({}) runs short of {}. {} industries in all.",
                         first.first_day, space.label(first.industry),
                         space.name(space.sector_of(first.industry)), space.name(first.product),
                         path.shortages.size()));
}

Result<void> run_disrupt(DisruptOptions const& options, Context const& context) {
  RunClock const clock;
  if (auto const checked = check_ensemble_options(options.ensemble); !checked) {
    return fail(checked.error());
  }
  auto const text = read_text(options.scenario);
  if (!text) return fail(text.error());
  auto const world = open_world(options.world, context);
  if (!world) return fail(world.error());
  auto const& space = world->economy.space();
  ParameterFiles parameters(options.scenario, options.parameters, context);
  auto scenario =
      study::read_scenario(*text, options.scenario.string(), space, parameters.source());
  if (!scenario) return fail(scenario.error());
  scenario->options.days = options.days;
  auto const path = disrupt::simulate(world->economy, scenario->scenario, scenario->options,
                                      run_control(context));
  if (!path) return fail(path.error());
  auto warnings = study::path_warnings(*scenario, *path);
  auto const ensemble =
      run_draws(options.ensemble, *world, *scenario, *text + parameters.text(), *path, context);
  if (!ensemble) return fail(ensemble.error());
  if (*ensemble) {
    warnings.insert(warnings.end(), (*ensemble)->warnings.begin(), (*ensemble)->warnings.end());
  } else if (!scenario->uncertain.empty()) {
    warnings.emplace_back(
        "the scenario calls numbers uncertain, but no draws were asked for (--draws, --seed)");
  }
  auto const gradient = run_gradient(options.gradient, world->economy, *scenario, context);
  if (!gradient) return fail(gradient.error());
  auto const survival = run_survival(options.survive, world->economy, *scenario, context);
  if (!survival) return fail(survival.error());
  auto const bracket =
      study::scenario_bracket(world->economy, *scenario, *path, std::nullopt, run_control(context));
  if (!bracket) return fail(bracket.error());
  std::optional<SwingSummary> swings;
  if (!*ensemble || !study::has_ledger(**ensemble)) {
    auto found = study::scenario_swings(world->economy, *scenario, *path, std::nullopt,
                                        run_control(context));
    finish_progress();
    if (!found) return fail(found.error());
    swings = *std::move(found);
  }
  if (!context.json) {
    print_path(space, *path);
    print(wrap(bracket_words(space, *bracket)));
    if (auto const outside = outside_words(space, *bracket); !outside.empty()) {
      print(wrap("Note: " + outside));
    }
    if (*survival) {
      for (auto const& line : (*survival)->lines) print(wrap(line));
    }
    if (*gradient) {
      for (auto const& table : (*gradient)->tables) print_result_table(table);
    }
    if (*ensemble) print_ensemble(**ensemble, path->days);
    if (swings && !swings->focus.empty()) {
      print(wrap(fmt::format("{}: {}", swings->focus, ledger_sentence(*swings))));
    }
    for (auto const& warning : warnings) print(wrap("warning: " + warning));
    print_line(dim(world_line(*world)));
    return {};
  }
  auto origin = world->origin;
  origin.options = study::origin_options(scenario->options, space);
  if (auto const filled = clock.fill(origin, parameters.with({world->path, options.scenario}));
      !filled) {
    return fail(filled.error());
  }
  origin.seed = options.ensemble.seed;
  auto document = disrupt_to_json(space, *path, origin_to_json(origin), warnings);
  add_bracket(document, space, *bracket);
  if (*ensemble) add_ensemble(document, **ensemble);
  if (swings) add_swings(document, *swings);
  if (*gradient) document["gradient"] = (*gradient)->json;
  if (*survival) document["survival"] = (*survival)->json;
  print_line(to_text(document));
  return {};
}

}  // namespace

void add_disrupt(CLI::App& app, Context& context, Action& action) {
  auto options = std::make_shared<DisruptOptions>();
  auto& command =
      *app.add_subcommand("disrupt", "What breaks under a scenario of cuts and losses?");
  command.add_option("world", options->world, "Built-in world or table file")->required();
  command.add_option("--scenario", options->scenario, "Scenario file (TOML)")->required();
  command.add_option("--days", options->days, "Days to simulate")->check(CLI::Range(1, 36500));
  add_parameters_option(command, options->parameters);
  add_ensemble_options(command, options->ensemble);
  add_gradient_options(command, options->gradient);
  command
      .add_option("--survive", options->survive,
                  "Days of stock it takes to get through the first H days")
      ->check(CLI::Range(1, 3650));
  add_json_option(command, context);
  command.callback([options, &context, &action] {
    action = [options, &context] { return run_disrupt(*options, context); };
  });
}

}  // namespace linchpin::app
