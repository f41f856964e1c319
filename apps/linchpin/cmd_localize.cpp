// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <memory>
#include <optional>
#include <utility>

#include "apps/linchpin/context.h"
#include "apps/linchpin/localize_output.h"
#include "apps/linchpin/origin.h"
#include "apps/linchpin/terminal.h"
#include "apps/linchpin/world.h"
#include "linchpin/core/nearest.h"
#include "linchpin/economy/trade_accounts_of.h"
#include "linchpin/study/autonomy_run.h"

namespace linchpin::app {
namespace {

struct LocalizeOptions {
  std::string study;
  std::vector<std::string> technologies;
  std::optional<std::size_t> draws;
  std::optional<std::uint64_t> seed;
};

/// Files of a technology by name: the shipped ones, or a folder of the user's.
struct TechnologyFiles {
  std::filesystem::path structure, numbers;
};

TechnologyFiles files_of(std::string const& name, Context const& context) {
  std::error_code failure;
  auto folder = std::filesystem::path{name};
  if (name.find('/') == std::string::npos || !std::filesystem::is_directory(folder, failure)) {
    folder = context.data_dir / "parameters" / "technologies" / name;
  }
  return {folder / "technology.toml", folder / "numbers.csv"};
}

Result<parameters::Technology> read_technology(TechnologyFiles const& files) {
  auto const toml = read_text(files.structure);
  if (!toml) return fail(toml.error());
  auto const csv = read_text(files.numbers);
  if (!csv) return fail(csv.error());
  return parameters::read_technology(*toml, files.structure.string(), *csv,
                                     files.numbers.filename().string());
}

/// Keeps the technologies asked for, and draws and seed of the command line.
Result<void> narrow(study::AutonomyStudy& study, LocalizeOptions const& options) {
  if (options.draws) study.draws = *options.draws;
  if (options.seed) study.seed = *options.seed;
  if (options.technologies.empty()) return {};
  std::vector<std::string> names;
  for (auto const& each : study.technologies) names.push_back(each.name.value);
  ErrorList errors;
  for (auto const& wanted : options.technologies) {
    if (std::find(names.begin(), names.end(), wanted) != names.end()) continue;
    errors.add(ErrorCode::unknown_label, fmt::format("the study has no technology '{}'", wanted),
               "--technology", did_you_mean(wanted, names, "name one of the study"));
  }
  if (!errors.empty()) return fail(errors.joined());
  std::erase_if(study.technologies, [&](auto const& each) {
    return std::find(options.technologies.begin(), options.technologies.end(), each.name.value) ==
           options.technologies.end();
  });
  return {};
}

/// What all technologies of a study share.
struct Shared {
  World world;
  TradeAccounts accounts;
  parameters::SectorElasticities theta;
  parameters::HorizonProfile profile;
  std::size_t home = 0;
};

Result<Shared> open_shared(study::AutonomyStudy const& study, Context const& context,
                           std::vector<std::filesystem::path>& files) {
  auto world = open_world(study.world.value, context);
  if (!world) return fail(world.error());
  auto accounts = trade_accounts_of(world->economy, {}, run_control(context));
  finish_progress();
  if (!accounts) return fail(accounts.error());
  auto const& regions = accounts->regions;
  auto const home = std::find(regions.begin(), regions.end(), study.region.value);
  if (home == regions.end()) {
    return fail(Error{ErrorCode::unknown_label,
                      fmt::format("no region is called '{}'", study.region.value),
                      study.region.where,
                      did_you_mean(study.region.value, regions, "name a region of the world")});
  }
  auto const folder = context.data_dir / "parameters";
  auto const sets = folder / "trade_elasticities.csv";
  auto const horizon = folder / "trade_elasticity_horizon.csv";
  for (auto const& file : {world->path, sets, horizon}) files.push_back(file);
  auto const text = read_text(sets);
  if (!text) return fail(text.error());
  auto const set = parameters::read_trade_elasticities(*text, sets.filename().string());
  if (!set) return fail(set.error());
  auto theta =
      parameters::trade_elasticities_of({&*set, 1}, world->economy.space().labels().sectors);
  if (!theta) return fail(theta.error());
  auto const profile_text = read_text(horizon);
  if (!profile_text) return fail(profile_text.error());
  auto const profile = parameters::read_horizon_profile(*profile_text, horizon.filename().string());
  if (!profile) return fail(profile.error());
  auto const place = static_cast<std::size_t>(home - regions.begin());
  return Shared{*std::move(world), *std::move(accounts), *std::move(theta), *profile, place};
}

Result<study::AutonomyAnswer> answer_for(study::AutonomyStudy const& study,
                                         study::AutonomyTechnology const& asked,
                                         Shared const& shared, Context const& context,
                                         std::vector<std::filesystem::path>& files) {
  auto const names = files_of(asked.name.value, context);
  auto technology = read_technology(names);
  if (!technology) return fail(technology.error());
  files.push_back(names.structure);
  files.push_back(names.numbers);
  study::AutonomyGround ground;
  ground.study = &study;
  ground.asked = &asked;
  ground.technology = *std::move(technology);
  ground.accounts = shared.accounts;
  ground.theta = shared.theta.theta;
  ground.home = shared.home;
  ground.profile = shared.profile;
  auto const& sectors = ground.accounts.sectors;
  auto const host = std::find(sectors.begin(), sectors.end(), ground.technology.sector);
  if (host == sectors.end()) {
    return fail(Error{ErrorCode::unknown_label,
                      fmt::format("{} belongs to sector '{}', which this world does not have",
                                  asked.name.value, ground.technology.sector),
                      asked.name.where, "use a world with that sector: world-2022e"});
  }
  auto const place = static_cast<std::size_t>(host - sectors.begin());
  ground.theta_low = shared.theta.low[place];
  ground.theta_high = shared.theta.high[place];
  auto const control = run_control(context);
  auto losses = study::first_year_losses(ground, shared.world.economy, control);
  finish_progress();
  if (!losses) return fail(losses.error());
  ground.first_year = *std::move(losses);
  ground.warnings.push_back(fmt::format(
      "The first year of a cut-off is read off {} runs of the inventory model, by share made at "
      "home; leaving one out moves it by at most {:.2g} % of real final use.",
      ground.first_year.share.size() - 1, 100 * ground.first_year.leave_one_out_error()));
  auto answer = study::run_autonomy(ground, control);
  finish_progress();
  return answer;
}

Result<void> run_localize(LocalizeOptions const& options, Context const& context) {
  RunClock const clock;
  std::filesystem::path const path{options.study};
  auto const text = read_text(path);
  if (!text) return fail(text.error());
  auto study = study::read_autonomy_study(*text, path.filename().string());
  if (!study) return fail(study.error());
  if (auto const fine = narrow(*study, options); !fine) return fine;
  std::vector<std::filesystem::path> files{path};
  auto const shared = open_shared(*study, context, files);
  if (!shared) return fail(shared.error());
  std::vector<study::AutonomyAnswer> answers;
  for (auto const& asked : study->technologies) {
    auto answer = answer_for(*study, asked, *shared, context, files);
    if (!answer) return fail(answer.error());
    answers.push_back(*std::move(answer));
  }
  if (!context.json) {
    print_autonomy(answers, *study);
    return {};
  }
  auto origin = shared->world.origin;
  origin.seed = study->seed;
  origin.options = {{"draws", static_cast<std::int64_t>(study->draws)}};
  if (auto const filled = clock.fill(origin, files); !filled) return filled;
  auto document = autonomy_to_json(answers, *study, shared->accounts.regions);
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
  add_json_option(command, context);
  command.callback([&context, &action, options] {
    action = [&context, options] { return run_localize(*options, context); };
  });
}

}  // namespace linchpin::app
