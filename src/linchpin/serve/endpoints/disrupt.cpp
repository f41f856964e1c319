// SPDX-License-Identifier: Apache-2.0
#include <filesystem>
#include <optional>
#include <utility>

#include "linchpin/disrupt/model.h"
#include "linchpin/results/bracket_json.h"
#include "linchpin/results/disrupt_json.h"
#include "linchpin/results/run_clock.h"
#include "linchpin/results/swings.h"
#include "linchpin/serve/endpoints/all.h"
#include "linchpin/serve/endpoints/submit.h"
#include "linchpin/serve/request_fields.h"
#include "linchpin/serve/shipped_parameters.h"
#include "linchpin/study/scenario_bracket.h"
#include "linchpin/study/scenario_file.h"
#include "linchpin/study/uncertain_run.h"
#include "linchpin/study/warnings.h"
#include "linchpin/table/files/atomic_file.h"

namespace linchpin::serve {
namespace {

constexpr char const* scenario_name = "scenario.toml";

struct Asked {
  std::string world;
  std::string scenario;
  int days = 365;
};

/// The document that `linchpin disrupt --json` prints.
Result<void> run(WorldStore& worlds, Asked const& asked, std::filesystem::path const& folder,
                 RunControl const& control) {
  RunClock const clock;
  auto const file = folder / scenario_name;
  if (auto const kept = write_text_atomically(file, asked.scenario); !kept) return kept;
  auto const world = worlds.open(asked.world, control);
  if (!world) return fail(world.error());
  auto const& economy = (*world)->economy;
  auto const& space = economy.space();
  ShippedParameters parameters(worlds.folders().data);
  auto scenario = study::read_scenario(asked.scenario, scenario_name, space, parameters.source());
  if (!scenario) return fail(scenario.error());
  scenario->options.days = asked.days;
  auto const path = disrupt::simulate(economy, scenario->scenario, scenario->options, control);
  if (!path) return fail(path.error());
  auto warnings = study::path_warnings(*scenario, *path);
  if (!scenario->uncertain.empty()) {
    warnings.emplace_back(
        "the scenario calls numbers uncertain, but no draws were asked for (--draws, --seed)");
  }
  auto const bracket = study::scenario_bracket(economy, *scenario, *path, std::nullopt, control);
  if (!bracket) return fail(bracket.error());
  auto const swings = study::scenario_swings(economy, *scenario, *path, std::nullopt, control);
  if (!swings) return fail(swings.error());
  auto origin = (*world)->origin;
  origin.options = study::origin_options(scenario->options, space);
  auto const inputs = parameters.with({(*world)->entry.file, file});
  if (auto const filled = clock.fill(origin, inputs); !filled) return filled;
  auto document = disrupt_to_json(space, *path, origin_to_json(origin), warnings);
  add_bracket(document, space, *bracket);
  add_swings(document, *swings);
  return write_text_atomically(folder / "results.json", to_text(document) + "\n");
}

}  // namespace

Response ask_disrupt(Site& site, Request const& request) {
  auto fields = RequestFields::parse(request);
  if (!fields) return error_response(fields.error());
  Asked asked;
  asked.world = fields->text("world");
  asked.scenario = fields->text("scenario");
  asked.days = static_cast<int>(fields->integer_or("days", 365, 1, 36500));
  if (auto const sound = fields->finish(); !sound) return error_response(sound.error());
  auto const world = site.worlds.open(asked.world);
  if (!world) return error_response(world.error());
  // Read now, so that a mistake is told to who made it and not to the history.
  ShippedParameters parameters(site.worlds.folders().data);
  auto const scenario = study::read_scenario(asked.scenario, scenario_name,
                                             (*world)->economy.space(), parameters.source());
  if (!scenario) return error_response(scenario.error());
  Json const canonical = {{"scenario", asked.scenario}, {"days", asked.days}};
  Job job{"disrupt", asked.world, scenario->title, {}, {}};
  job.work = [&worlds = site.worlds, asked](auto const& folder, auto const& control) {
    return run(worlds, asked, folder, control);
  };
  return submit(site, std::move(job), canonical);
}

}  // namespace linchpin::serve
