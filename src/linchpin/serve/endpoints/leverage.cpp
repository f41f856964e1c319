// SPDX-License-Identifier: Apache-2.0
#include <filesystem>
#include <optional>
#include <utility>

#include "linchpin/results/leverage_json.h"
#include "linchpin/results/run_clock.h"
#include "linchpin/serve/endpoints/all.h"
#include "linchpin/serve/endpoints/answer_files.h"
#include "linchpin/serve/endpoints/question.h"
#include "linchpin/serve/shipped_parameters.h"
#include "linchpin/study/chokepoint_run.h"
#include "linchpin/study/power_run.h"

namespace linchpin::serve {
namespace {

using Options = std::vector<std::pair<std::string, OptionValue>>;

/// What all questions about leverage rest on.
struct Common {
  std::string world;
  study::TradeModelSpec model;
  std::optional<study::EnsembleSpec> ensemble;
};

Common take_common(RequestFields& fields, bool draws) {
  Common common;
  common.world = fields.text("world");
  auto const theta = fields.text_or("theta", {});
  if (!theta.empty()) common.model.theta = study::Placed<std::string>{theta, "theta"};
  common.model.horizon_years = fields.number("horizon", 0, 1000);
  if (draws) common.ensemble = take_draws(fields, false);
  return common;
}

Result<Json> origin_of(OpenWorld const& world, Common const& common,
                       ShippedParameters const& parameters, RunClock const& clock, Options more) {
  auto origin = world.origin;
  if (common.ensemble) {
    origin.seed = common.ensemble->seed;
    more.emplace_back("draws", static_cast<std::int64_t>(common.ensemble->draws));
  }
  origin.options = std::move(more);
  if (auto const filled = clock.fill(origin, parameters.with({world.entry.file})); !filled) {
    return fail(filled.error());
  }
  return origin_to_json(origin);
}

/// Opens the world, asks, writes the document: what the commands of `linchpin leverage` do.
/// `answer(world, ground, source, control)` gives the answer, `document(answer, origin)` the JSON,
/// `options(answer)` those of the Origin.
template <class Answer, class Options_, class Document>
Result<void> run(WorldStore& worlds, Common const& common, std::filesystem::path const& folder,
                 RunControl const& control, Answer const& answer, Options_ const& options,
                 Document const& document) {
  RunClock const clock;
  auto const world = worlds.open(common.world, control);
  if (!world) return fail(world.error());
  auto const ground = (*world)->trade(control);
  if (!ground) return fail(ground.error());
  ShippedParameters parameters(worlds.folders().data);
  auto const found = answer(**world, **ground, parameters.source(), control);
  if (!found) return fail(found.error());
  auto origin = origin_of(**world, common, parameters, clock, options(*found));
  if (!origin) return fail(origin.error());
  return write_document(document(*found, *std::move(origin)), folder);
}

/// Labels are looked up now, so that a mistake is told to who made it and not to the history.
Result<void> check_labels(Site& site, Common const& common, std::vector<std::string> const& senders,
                          std::vector<std::string> const& targets,
                          std::vector<std::string> const& sectors) {
  auto const world = site.worlds.open(common.world);
  if (!world) return fail(world.error());
  auto const& space = (*world)->economy.space();
  ErrorList errors;
  static_cast<void>(study::region_places(senders, "senders", space, errors));
  static_cast<void>(
      study::region_places(targets, targets.size() == 1 ? "target" : "targets", space, errors));
  static_cast<void>(study::sector_places(sectors, "sectors", space, errors));
  if (!errors.empty()) return fail(errors.joined());
  return {};
}

std::size_t whole(RequestFields& fields, char const* name, std::size_t fallback, int most) {
  return static_cast<std::size_t>(
      fields.integer_or(name, static_cast<std::int64_t>(fallback), 1, most));
}

}  // namespace

Response ask_power(Site& site, Request const& request) {
  auto fields = RequestFields::parse(request);
  if (!fields) return error_response(fields.error());
  study::PowerRequest asked;
  auto const common = take_common(*fields, true);
  asked.senders = fields->texts("senders");
  asked.targets = fields->texts("targets");
  asked.sectors = fields->texts("sectors");
  asked.together = fields->flag("together");
  asked.full_break = fields->flag("full_break");
  asked.compare = fields->texts("compare", 20);
  asked.days = static_cast<int>(fields->integer_or("days", asked.days, 1, 3650));
  asked.top = whole(*fields, "top", asked.top, 1000000);
  asked.model = common.model;
  asked.ensemble = common.ensemble;
  if (auto const sound = fields->finish(); !sound) return error_response(sound.error());
  if (auto const known = check_labels(site, common, asked.senders, asked.targets, asked.sectors);
      !known) {
    return error_response(known.error());
  }
  Job job{"leverage-power", common.world, "Power over each other", {}, {}};
  job.work = [&worlds = site.worlds, common, asked](auto const& folder, auto const& control) {
    return run(
        worlds, common, folder, control,
        [&](OpenWorld const& world, auto const& ground, auto const& source, auto const& own) {
          return study::run_power(ground, &world.economy, asked, source, own);
        },
        [&](PowerAnswer const& answer) -> Options {
          return {{"theta", answer.setting.theta},
                  {"horizon", answer.setting.horizon},
                  {"days", static_cast<std::int64_t>(answer.days)},
                  {"full_break", answer.full_break},
                  {"together", asked.together}};
        },
        power_to_json);
  };
  return submit(site, std::move(job), request, fields->taken());
}

Response ask_chokepoints(Site& site, Request const& request) {
  auto fields = RequestFields::parse(request);
  if (!fields) return error_response(fields.error());
  study::ChokepointRequest asked;
  auto const common = take_common(*fields, true);
  asked.target = fields->text("target");
  asked.senders = fields->texts("senders");
  asked.sectors = fields->texts("sectors");
  asked.k = whole(*fields, "k", asked.k, 20);
  asked.sender_limit_pct = fields->number("sender_limit", -100, 100);
  asked.products = fields->flag("products");
  asked.reach_pct = fields->number("reach", 1e-9, 100);
  asked.top = whole(*fields, "top", asked.top, 1000);
  asked.model = common.model;
  asked.ensemble = common.ensemble;
  if (auto const sound = fields->finish(); !sound) return error_response(sound.error());
  if (auto const known = check_labels(site, common, asked.senders, {asked.target}, asked.sectors);
      !known) {
    return error_response(known.error());
  }
  Job job{"leverage-chokepoints", common.world, "Chokepoints of " + asked.target, {}, {}};
  job.work = [&worlds = site.worlds, common, asked](auto const& folder, auto const& control) {
    return run(
        worlds, common, folder, control,
        [&](OpenWorld const&, auto const& ground, auto const& source, auto const& own) {
          return study::run_chokepoints(ground, asked, source, own);
        },
        [&](ChokepointsAnswer const& answer) -> Options {
          return {{"theta", answer.setting.theta},
                  {"horizon", answer.setting.horizon},
                  {"target", asked.target},
                  {"k", static_cast<std::int64_t>(asked.k)},
                  {"products", asked.products}};
        },
        chokepoints_to_json);
  };
  return submit(site, std::move(job), request, fields->taken());
}

Response ask_defend(Site& site, Request const& request) {
  auto fields = RequestFields::parse(request);
  if (!fields) return error_response(fields.error());
  study::DefendRequest asked;
  auto const common = take_common(*fields, false);
  asked.target = fields->text("target");
  asked.k = whole(*fields, "k", asked.k, 20);
  asked.attack_links = whole(*fields, "attack_links", asked.attack_links, 20);
  asked.measures = whole(*fields, "measures", asked.measures, 40);
  asked.kept_share = fields->number_or("keep", asked.kept_share, 0, 1);
  asked.model = common.model;
  if (auto const sound = fields->finish(); !sound) return error_response(sound.error());
  if (auto const known = check_labels(site, common, {}, {asked.target}, {}); !known) {
    return error_response(known.error());
  }
  Job job{"leverage-defend", common.world, "Defence of " + asked.target, {}, {}};
  job.work = [&worlds = site.worlds, common, asked](auto const& folder, auto const& control) {
    return run(
        worlds, common, folder, control,
        [&](OpenWorld const&, auto const& ground, auto const& source, auto const& own) {
          return study::run_defend(ground, asked, source, own);
        },
        [&](DefendAnswer const& answer) -> Options {
          return {{"theta", answer.setting.theta},
                  {"horizon", answer.setting.horizon},
                  {"target", asked.target},
                  {"k", static_cast<std::int64_t>(asked.k)}};
        },
        defend_to_json);
  };
  return submit(site, std::move(job), request, fields->taken());
}

}  // namespace linchpin::serve
