// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "apps/linchpin/context.h"
#include "apps/linchpin/disrupt_ensemble.h"
#include "apps/linchpin/equilibrium_commands.h"
#include "apps/linchpin/origin.h"
#include "apps/linchpin/parameter_files.h"
#include "apps/linchpin/terminal.h"
#include "linchpin/parameters/trade_elasticities.h"
#include "linchpin/results/equilibrium_json.h"
#include "linchpin/results/json.h"
#include "linchpin/study/trade_run.h"
#include "linchpin/study/trade_scenario_file.h"
#include "linchpin/table/trade/tariff_blocks.h"

namespace linchpin::app {
namespace {

struct EquilibriumOptions {
  std::string world;
  std::filesystem::path scenario, tariffs, base_tariffs;
  std::vector<std::string> bans, tariff_changes, groups;
  std::string among;
  std::string model, theta, deficits;
  std::optional<double> horizon, entrant_cost;
  std::string gradient;
  std::size_t top = 20;
  std::size_t parts = 0;  ///< steps of the path of a decomposition; 0: none
  EnsembleOptions ensemble;
};

/// The scenario of a file, with what the command line adds; problems go to `errors`.
Result<study::TradeScenarioSpec> spec_of(EquilibriumOptions const& options, ErrorList& errors) {
  study::TradeScenarioSpec spec;
  if (!options.scenario.empty()) {
    auto const text = read_text(options.scenario);
    if (!text) return fail(text.error());
    spec = study::parse_trade_scenario(*text, options.scenario.string(), errors);
  }
  for (auto const& each : options.groups) study::add_short_group(each, spec, errors);
  for (auto const& each : options.tariff_changes) study::add_short_tariff(each, spec, errors);
  for (auto const& each : options.bans) study::add_short_ban(each, spec, errors);
  auto& model = spec.model;
  if (!options.model.empty()) model.model = study::Placed<std::string>{options.model, "--model"};
  if (!options.theta.empty()) model.theta = study::Placed<std::string>{options.theta, "--theta"};
  if (options.horizon) model.horizon_years = options.horizon;
  if (options.entrant_cost) model.entrant_cost = options.entrant_cost;
  if (options.deficits == "keep") model.deficits = equilibrium::DeficitRule::keep;
  if (options.deficits == "zero") model.deficits = equilibrium::DeficitRule::zero;
  if (options.deficits == "scale_to_world_income") {
    model.deficits = equilibrium::DeficitRule::scale_to_world_income;
  }
  return spec;
}

Result<void> check_options(EquilibriumOptions const& options) {
  if (options.world.empty()) {
    return fail(ErrorCode::bad_usage, "no world is named", "linchpin equilibrium",
                "name a built-in world (`linchpin table list`), a table file or a calibration");
  }
  bool const asks = !options.scenario.empty() || !options.tariffs.empty() ||
                    !options.bans.empty() || !options.tariff_changes.empty();
  if (!asks && options.gradient.empty()) {
    return fail(ErrorCode::bad_usage, "no policy is named", "linchpin equilibrium",
                "add --scenario FILE, --tariffs FILE, --tariff \"USA>CHN:*=+0.25\" or --ban "
                "\"USA>CHN:C26\"");
  }
  return check_ensemble_options(options.ensemble);
}

std::vector<study::Placed<std::string>> listed(std::string const& text, char const* where) {
  std::vector<study::Placed<std::string>> parts;
  std::size_t start = 0;
  while (start <= text.size()) {
    auto const stop = std::min(text.find(',', start), text.size());
    if (stop > start) parts.push_back({text.substr(start, stop - start), where});
    start = stop + 1;
  }
  return parts;
}

/// Where sets of elasticities are looked for: beside the scenario, or from here for --theta.
std::vector<std::string> asked_sets(EquilibriumOptions const& options) {
  if (options.theta.empty()) return {};
  return {parameters::split_set_name(options.theta).file};
}

Result<void> run_equilibrium(EquilibriumOptions const& options, Context const& context) {
  RunClock const clock;
  if (auto const sound = check_options(options); !sound) return sound;
  ErrorList problems;
  if (!options.among.empty() && options.tariffs.empty()) {
    problems.add(ErrorCode::bad_usage, "--among without --tariffs", "--among",
                 "it says between whom the tariffs of a file change: add --tariffs FILE");
  }
  if (options.parts % 2 != 0) {
    problems.add(ErrorCode::bad_value, fmt::format("{} steps of --parts", options.parts), "--parts",
                 "give an even number of steps, like 16");
  }
  auto const spec = spec_of(options, problems);
  if (!spec) return fail(spec.error());
  auto const input =
      open_trade_input(options.world, options.base_tariffs, options.tariffs, context);
  if (!input) {
    problems.add(input.error());
    return fail(problems.joined());
  }
  auto const& ground = input->ground;
  study::TradeAdditions additions;
  study::TradeAsked asked;
  asked.top = options.top;
  asked.parts = options.parts;
  asked.uncertain = spec->uncertain;
  if (!options.tariffs.empty()) {
    auto cells =
        read_new_tariffs(options.tariffs, ground.accounts.regions, ground.accounts.sectors);
    if (cells) {
      additions.tariffs = *std::move(cells);
    } else {
      problems.add(cells.error());
    }
  }
  if (!options.among.empty()) {
    additions.among =
        study::find_trade_regions(listed(options.among, "--among"), *spec, ground.space, problems);
    asked.bloc = additions.among;
  }
  if (!options.gradient.empty()) {
    auto const region = ground.space.find_region(options.gradient, "--gradient");
    if (region) {
      asked.gradient = *region;
    } else {
      problems.add(region.error());
    }
  }
  if (options.ensemble.draws) {
    asked.ensemble = study::EnsembleSpec{*options.ensemble.draws, *options.ensemble.seed,
                                         sampling::design_kind(options.ensemble.design)};
  }
  ParameterFiles parameters(options.scenario, asked_sets(options), context);
  auto const question = study::open_trade_question(ground, *spec, additions, parameters.source(),
                                                   std::move(problems));
  if (!question) return fail(question.error());
  auto answer = study::run_trade_question(*question, ground.space, asked, run_control(context));
  finish_progress();
  if (!answer) return fail(answer.error());
  if (!asked.ensemble && !spec->uncertain.empty()) {
    answer->warnings.emplace_back(
        "the scenario calls numbers uncertain, but no draws were asked for (--draws, --seed)");
  }
  if (!context.json) {
    print_equilibrium(*answer);
    return {};
  }
  auto origin = input->origin;
  origin.seed = options.ensemble.seed;
  auto const& setting = answer->setting;
  origin.options = {{"model", setting.model},       {"closure", setting.closure},
                    {"theta", setting.theta},       {"horizon", setting.horizon},
                    {"deficits", setting.deficits}, {"tariffs", setting.tariffs}};
  if (!options.among.empty()) origin.options.emplace_back("among", options.among);
  std::vector<std::filesystem::path> inputs{input->path};
  for (auto const& each : {options.scenario, options.tariffs, options.base_tariffs}) {
    if (!each.empty()) inputs.push_back(each);
  }
  if (auto const filled = clock.fill(origin, parameters.with(std::move(inputs))); !filled) {
    return fail(filled.error());
  }
  print_line(to_text(equilibrium_to_json(*answer, origin_to_json(origin))));
  return {};
}

void add_model_options(CLI::App& command, EquilibriumOptions& options) {
  command
      .add_option("--model", options.model,
                  "cp (Cobb-Douglas above origins, the default) or ces (nested CES)")
      ->check(CLI::IsMember({"cp", "ces"}));
  command.add_option("--theta", options.theta,
                     "Trade elasticities: default, own (of a calibration), FILE or FILE:SET");
  command.add_option("--horizon", options.horizon, "Years after the change; default: the long run")
      ->check(CLI::Range(0.0, 1000.0));
  command
      .add_option("--deficits", options.deficits,
                  "Trade deficits: zero (the default), keep or scale_to_world_income")
      ->check(CLI::IsMember({"zero", "keep", "scale_to_world_income"}));
  command
      .add_option("--entrant-cost", options.entrant_cost,
                  "Where a good is lost, a maker at home enters at this multiple of the cost")
      ->check(CLI::Range(1.0, 1e6));
}

}  // namespace

void add_equilibrium(CLI::App& app, Context& context, Action& action) {
  auto options = std::make_shared<EquilibriumOptions>();
  auto& command =
      *app.add_subcommand("equilibrium", "Where does trade settle after tariffs, bans and shocks?");
  command.add_option("world", options->world, "Built-in world, table file or trade calibration");
  command.add_option("--scenario", options->scenario, "Scenario of trade policies (TOML)");
  command.add_option("--ban", options->bans, "SELLERS>BUYERS:SECTORS, like \"USA,JPN>CHN:C26\"")
      ->allow_extra_args(false);
  command
      .add_option("--tariff", options->tariff_changes,
                  "EXPORTERS>IMPORTERS:SECTORS=RATE, or =+RISE, like \"USA>CHN:*=+0.25\"")
      ->allow_extra_args(false);
  command.add_option("--tariffs", options->tariffs,
                     "File of changed tariffs: CSV, or blocks of numbers in per cent");
  command.add_option("--among", options->among,
                     "Regions between which the tariffs of --tariffs change (MEX,CAN,USA)");
  command.add_option("--base-tariffs", options->base_tariffs,
                     "CSV of tariffs the base pays: importer,exporter,sector,rate");
  command.add_option("--group", options->groups, "Name for several regions: WEST=USA,JPN")
      ->allow_extra_args(false);
  add_model_options(command, *options);
  command.add_option("--gradient", options->gradient,
                     "Region whose welfare is differentiated by every cost, tariff, productivity");
  command
      .add_option("--parts", options->parts,
                  "Splits welfare into its parts along the path of the policy, in STEPS (16)")
      ->expected(0, 1)
      ->default_str("16")
      ->check(CLI::Range(2, 1024));
  command.add_option("--top", options->top, "Rows of rankings")->check(CLI::Range(1, 1000000));
  add_draw_options(command, options->ensemble);
  add_json_option(command, context);
  add_equilibrium_calibrate(command, context, action);
  add_equilibrium_detours(command, context, action);
  add_equilibrium_optimal(command, context, action);
  command.callback([options, &context, &action, &command] {
    if (!command.get_subcommands().empty()) return;
    action = [options, &context] { return run_equilibrium(*options, context); };
  });
}

}  // namespace linchpin::app
