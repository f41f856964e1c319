// SPDX-License-Identifier: Apache-2.0
#include <filesystem>
#include <optional>
#include <utility>

#include "linchpin/results/equilibrium_json.h"
#include "linchpin/results/equilibrium_tables.h"
#include "linchpin/results/run_clock.h"
#include "linchpin/serve/endpoints/all.h"
#include "linchpin/serve/endpoints/answer_files.h"
#include "linchpin/serve/endpoints/question.h"
#include "linchpin/serve/endpoints/read_texts.h"
#include "linchpin/serve/shipped_parameters.h"
#include "linchpin/study/trade_resolver.h"
#include "linchpin/study/trade_run.h"
#include "linchpin/study/trade_scenario_file.h"
#include "linchpin/table/files/atomic_file.h"

namespace linchpin::serve {
namespace {

struct Asked {
  std::string world;
  std::string scenario;
  std::size_t top = 20, parts = 0;
  std::string gradient;
  std::optional<study::EnsembleSpec> ensemble;
};

ResultSet results_of(Economy const& economy, std::string const& title,
                     EquilibriumAnswer const& answer, Origin const& origin) {
  ResultSet results;
  results.title = title;
  results.origin = origin;
  results.regions = economy.space().labels().regions;
  results.sectors = economy.space().labels().sectors;
  results.tables = equilibrium_tables({&answer, 1});
  return results;
}

/// The scenario, when the labels of the request are known, too.
Result<study::TradeScenarioSpec> read_asked(WorldStore& worlds, Asked const& asked,
                                            RunControl const& control) {
  auto spec = read_trade_scenario(worlds, asked.scenario, asked.world, control);
  if (!spec || asked.gradient.empty()) return spec;
  auto const world = worlds.open(asked.world, control);
  if (!world) return fail(world.error());
  auto const region = (*world)->economy.space().find_region(asked.gradient, "gradient");
  if (!region) return fail(region.error());
  return spec;
}

/// The document that `linchpin equilibrium --scenario … --json` prints.
Result<void> run(WorldStore& worlds, Asked const& asked, std::filesystem::path const& folder,
                 RunControl const& control) {
  RunClock const clock;
  auto const file = folder / scenario_name;
  if (auto const written = write_text_atomically(file, asked.scenario); !written) return written;
  auto const world = worlds.open(asked.world, control);
  if (!world) return fail(world.error());
  ErrorList problems;
  auto const spec = study::parse_trade_scenario(asked.scenario, scenario_name, problems);
  auto const kept = (*world)->trade(control);
  if (!kept) return fail(kept.error());
  auto const& ground = **kept;
  study::TradeAsked question;
  question.top = asked.top;
  question.parts = asked.parts;
  question.ensemble = asked.ensemble;
  if (!asked.gradient.empty()) {
    auto const region = ground.space.find_region(asked.gradient, "gradient");
    if (!region) return fail(region.error());
    question.gradient = *region;
  }
  question.uncertain = spec.uncertain;
  ShippedParameters parameters(worlds.folders().data);
  auto const opened =
      study::open_trade_question(ground, spec, {}, parameters.source(), std::move(problems));
  if (!opened) return fail(opened.error());
  auto answer = study::run_trade_question(*opened, ground.space, question, control);
  if (!answer) return fail(answer.error());
  if (!asked.ensemble && !spec.uncertain.empty()) {
    answer->warnings.emplace_back(
        "the scenario calls numbers uncertain, but no draws were asked for (--draws, --seed)");
  }
  auto origin = (*world)->origin;
  if (asked.ensemble) origin.seed = asked.ensemble->seed;
  auto const& setting = answer->setting;
  origin.options = {{"model", setting.model},       {"closure", setting.closure},
                    {"theta", setting.theta},       {"horizon", setting.horizon},
                    {"deficits", setting.deficits}, {"tariffs", setting.tariffs}};
  auto const inputs = parameters.with({(*world)->entry.file, file});
  if (auto const filled = clock.fill(origin, inputs); !filled) return filled;
  auto const document = equilibrium_to_json(*answer, origin_to_json(origin));
  return write_document_and_tables(
      document, results_of((*world)->economy, spec.title, *answer, origin), folder);
}

}  // namespace

Response ask_equilibrium(Site& site, Request const& request) {
  auto fields = RequestFields::parse(request);
  if (!fields) return error_response(fields.error());
  Asked asked;
  asked.world = fields->text("world");
  asked.scenario = fields->text("scenario");
  asked.top = static_cast<std::size_t>(fields->integer_or("top", 20, 1, 1000000));
  asked.parts = static_cast<std::size_t>(fields->integer_or("parts", 0, 0, 1024));
  if (asked.parts % 2 != 0) {
    fields->errors().add(ErrorCode::bad_value, "an odd number of 'parts'", "parts",
                         "give an even number of steps, like 16");
  }
  asked.gradient = fields->text_or("gradient", {});
  asked.ensemble = take_draws(*fields, true);
  if (auto const sound = fields->finish(); !sound) return error_response(sound.error());
  auto const spec = check_now(
      site, [&](RunControl const& control) { return read_asked(site.worlds, asked, control); });
  if (!spec) return spec.error();
  Job job{"equilibrium", asked.world, spec->title, {}, {}};
  if (!asked.ensemble) job.lane = Lane::short_runs;
  job.work = [&worlds = site.worlds, asked](auto const& folder, auto const& control) {
    return run(worlds, asked, folder, control);
  };
  return submit(site, std::move(job), request, fields->taken());
}

}  // namespace linchpin::serve
