// SPDX-License-Identifier: Apache-2.0
#include <filesystem>
#include <optional>
#include <utility>

#include "linchpin/disrupt/model.h"
#include "linchpin/results/bracket_json.h"
#include "linchpin/results/bracket_tables.h"
#include "linchpin/results/disrupt_json.h"
#include "linchpin/results/disrupt_tables.h"
#include "linchpin/results/ensemble_json.h"
#include "linchpin/results/ensemble_tables.h"
#include "linchpin/results/run_clock.h"
#include "linchpin/results/swings.h"
#include "linchpin/serve/endpoints/all.h"
#include "linchpin/serve/endpoints/answer_files.h"
#include "linchpin/serve/endpoints/question.h"
#include "linchpin/serve/endpoints/read_texts.h"
#include "linchpin/serve/shipped_parameters.h"
#include "linchpin/study/scenario_bracket.h"
#include "linchpin/study/scenario_file.h"
#include "linchpin/study/uncertain_run.h"
#include "linchpin/study/warnings.h"
#include "linchpin/table/files/atomic_file.h"

namespace linchpin::serve {
namespace {

struct Asked {
  std::string world;
  std::string scenario;
  int days = 365;
  std::optional<study::EnsembleSpec> ensemble;
};

/// All tables that a study with this one scenario would have.
ResultSet results_of(Economy const& economy, study::ResolvedScenario const& scenario,
                     disrupt::Path const& path, disrupt::BracketAnswer const& bracket,
                     std::optional<EnsembleSummary> const& ensemble,
                     std::optional<SwingSummary> const& swings, Origin const& origin) {
  ResultSet results;
  results.title = scenario.title;
  results.origin = origin;
  results.regions = economy.space().labels().regions;
  results.sectors = economy.space().labels().sectors;
  DisruptAnswer const answer{scenario.scenario.name, &path, {}};
  results.tables = disrupt_tables(economy, {&answer, 1});
  ScenarioBracket const named{scenario.scenario.name, bracket};
  results.tables.push_back(bracket_table(economy.space(), {&named, 1}));
  auto const append = [&](std::vector<ResultTable> more) {
    for (auto& each : more) results.tables.push_back(std::move(each));
  };
  if (swings) append(swing_tables({&*swings, 1}));
  if (ensemble) append(ensemble_tables({&*ensemble, 1}));
  return results;
}

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
  std::optional<EnsembleSummary> ensemble;
  if (asked.ensemble) {
    auto found =
        study::scenario_ensemble(economy, *scenario, *path, *asked.ensemble, std::nullopt, control);
    if (!found) return fail(found.error());
    ensemble = *std::move(found);
    warnings.insert(warnings.end(), ensemble->warnings.begin(), ensemble->warnings.end());
  } else if (!scenario->uncertain.empty()) {
    warnings.emplace_back(
        "the scenario calls numbers uncertain, but no draws were asked for (--draws, --seed)");
  }
  auto const bracket = study::scenario_bracket(economy, *scenario, *path, std::nullopt, control);
  if (!bracket) return fail(bracket.error());
  std::optional<SwingSummary> swings;
  if (!ensemble || !study::has_ledger(*ensemble)) {
    auto found = study::scenario_swings(economy, *scenario, *path, std::nullopt, control);
    if (!found) return fail(found.error());
    swings = *std::move(found);
  }
  auto origin = (*world)->origin;
  origin.options = study::origin_options(scenario->options, space);
  auto const inputs = parameters.with({(*world)->entry.file, file});
  if (auto const filled = clock.fill(origin, inputs); !filled) return filled;
  if (asked.ensemble) origin.seed = asked.ensemble->seed;
  auto document = disrupt_to_json(space, *path, origin_to_json(origin), warnings);
  add_bracket(document, space, *bracket);
  if (ensemble) add_ensemble(document, *ensemble);
  if (swings) add_swings(document, *swings);
  return write_document_and_tables(
      document, results_of(economy, *scenario, *path, *bracket, ensemble, swings, origin), folder);
}

}  // namespace

Response ask_disrupt(Site& site, Request const& request) {
  auto fields = RequestFields::parse(request);
  if (!fields) return error_response(fields.error());
  Asked asked;
  asked.world = fields->text("world");
  asked.scenario = fields->text("scenario");
  asked.days = static_cast<int>(fields->integer_or("days", 365, 1, 36500));
  asked.ensemble = take_draws(*fields, true);
  if (asked.ensemble) {
    auto const held =
        check_draw_days(asked.ensemble->draws, static_cast<std::size_t>(asked.days), 1, "draws");
    if (!held) fields->errors().add(held.error());
  }
  if (auto const sound = fields->finish(); !sound) return error_response(sound.error());
  auto const scenario = check_now(site, [&](RunControl const& control) {
    return read_scenario(site.worlds, asked.scenario, asked.world, control);
  });
  if (!scenario) return scenario.error();
  Job job{"disrupt", asked.world, scenario->title, {}, {}};
  job.work = [&worlds = site.worlds, asked](auto const& folder, auto const& control) {
    return run(worlds, asked, folder, control);
  };
  return submit(site, std::move(job), request, fields->taken());
}

}  // namespace linchpin::serve
