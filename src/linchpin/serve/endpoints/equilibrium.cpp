// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <filesystem>
#include <utility>

#include "linchpin/economy/trade_accounts_of.h"
#include "linchpin/results/equilibrium_json.h"
#include "linchpin/results/run_clock.h"
#include "linchpin/serve/endpoints/all.h"
#include "linchpin/serve/endpoints/submit.h"
#include "linchpin/serve/request_fields.h"
#include "linchpin/serve/shipped_parameters.h"
#include "linchpin/study/trade_resolver.h"
#include "linchpin/study/trade_run.h"
#include "linchpin/study/trade_scenario_file.h"
#include "linchpin/table/files/atomic_file.h"

namespace linchpin::serve {
namespace {

constexpr char const* scenario_name = "scenario.toml";

struct Asked {
  std::string world;
  std::string scenario;
  std::size_t top = 20;
};

Result<study::TradeGround> ground_of(OpenWorld const& world, RunControl const& control) {
  auto accounts = trade_accounts_of(world.economy, {}, control);
  if (!accounts) return fail(accounts.error());
  auto const& labels = world.economy.space().labels();
  auto space = study::trade_space(labels.regions, labels.sectors);
  if (!space) return fail(space.error());
  auto const year = world.origin.world.year;
  auto const& name = world.origin.world_name;
  return study::TradeGround{*std::move(accounts), *std::move(space),
                            year == 0 ? name : fmt::format("{} ({})", name, year)};
}

/// The document that `linchpin equilibrium --scenario … --json` prints.
Result<void> run(WorldStore& worlds, Asked const& asked, std::filesystem::path const& folder,
                 RunControl const& control) {
  RunClock const clock;
  auto const file = folder / scenario_name;
  if (auto const kept = write_text_atomically(file, asked.scenario); !kept) return kept;
  auto const world = worlds.open(asked.world, control);
  if (!world) return fail(world.error());
  ErrorList problems;
  auto const spec = study::parse_trade_scenario(asked.scenario, scenario_name, problems);
  auto const ground = ground_of(**world, control);
  if (!ground) return fail(ground.error());
  study::TradeAsked question;
  question.top = asked.top;
  question.uncertain = spec.uncertain;
  ShippedParameters parameters(worlds.folders().data);
  auto const opened =
      study::open_trade_question(*ground, spec, {}, parameters.source(), std::move(problems));
  if (!opened) return fail(opened.error());
  auto answer = study::run_trade_question(*opened, ground->space, question, control);
  if (!answer) return fail(answer.error());
  if (!spec.uncertain.empty()) {
    answer->warnings.emplace_back(
        "the scenario calls numbers uncertain, but no draws were asked for (--draws, --seed)");
  }
  auto origin = (*world)->origin;
  auto const& setting = answer->setting;
  origin.options = {{"model", setting.model},       {"closure", setting.closure},
                    {"theta", setting.theta},       {"horizon", setting.horizon},
                    {"deficits", setting.deficits}, {"tariffs", setting.tariffs}};
  auto const inputs = parameters.with({(*world)->entry.file, file});
  if (auto const filled = clock.fill(origin, inputs); !filled) return filled;
  auto const document = equilibrium_to_json(*answer, origin_to_json(origin));
  return write_text_atomically(folder / "results.json", to_text(document) + "\n");
}

}  // namespace

Response ask_equilibrium(Site& site, Request const& request) {
  auto fields = RequestFields::parse(request);
  if (!fields) return error_response(fields.error());
  Asked asked;
  asked.world = fields->text("world");
  asked.scenario = fields->text("scenario");
  asked.top = static_cast<std::size_t>(fields->integer_or("top", 20, 1, 1000000));
  if (auto const sound = fields->finish(); !sound) return error_response(sound.error());
  auto const world = site.worlds.open(asked.world);
  if (!world) return error_response(world.error());
  // Read now, so that a mistake is told to who made it and not to the history.
  ErrorList problems;
  auto const spec = study::parse_trade_scenario(asked.scenario, scenario_name, problems);
  auto const& labels = (*world)->economy.space().labels();
  auto const space = study::trade_space(labels.regions, labels.sectors);
  if (!space) return error_response(space.error());
  study::check_trade_labels(spec, *space, problems);
  if (!problems.empty()) return error_response(problems.joined());
  Json const canonical = {{"scenario", asked.scenario}, {"top", asked.top}};
  Job job{"equilibrium", asked.world, spec.title, {}, {}};
  job.work = [&worlds = site.worlds, asked](auto const& folder, auto const& control) {
    return run(worlds, asked, folder, control);
  };
  return submit(site, std::move(job), canonical);
}

}  // namespace linchpin::serve
