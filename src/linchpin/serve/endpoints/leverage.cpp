// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <filesystem>
#include <functional>
#include <optional>
#include <utility>

#include "linchpin/results/leverage_json.h"
#include "linchpin/results/leverage_tables.h"
#include "linchpin/results/threat_tables.h"
#include "linchpin/serve/endpoints/all.h"
#include "linchpin/serve/endpoints/leverage_question.h"
#include "linchpin/study/chokepoint_run.h"
#include "linchpin/study/power_run.h"

namespace linchpin::serve {
namespace {

using leverage_question::ask_leverage;
using leverage_question::check_labels;
using leverage_question::Common;
using leverage_question::Options;
using leverage_question::take_common;
using leverage_question::whole;
using leverage_question::Writer;

constexpr std::size_t most_defences = 4000;
constexpr int short_days = 7;  // of a question that need not wait behind long ones

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
  asked.outer = fields->number_or("outer_elasticity", asked.outer, 0, 100);
  asked.compare = fields->texts("compare", 20);
  asked.by_sector = fields->flag("by_sector");
  asked.short_run_range = fields->flag("short_run_range");
  asked.days = static_cast<int>(fields->integer_or("days", asked.days, 1, 3650));
  asked.top = whole(*fields, "top", asked.top, 1000000);
  asked.model = common.model;
  asked.ensemble = common.ensemble;
  if (asked.ensemble) {
    auto const held =
        check_draw_days(asked.ensemble->draws, static_cast<std::size_t>(asked.days), 1, "draws");
    if (!held) fields->errors().add(held.error());
  }
  if (auto const sound = fields->finish(); !sound) return error_response(sound.error());
  if (auto const known =
          check_labels(site, common, {{"senders", asked.senders}, {"targets", asked.targets}},
                       asked.sectors, asked.compare);
      !known) {
    return known.error();
  }
  Job job{"leverage-power", common.world, "Power over each other", {}, {}};
  // What takes long are the days of the short run, for every pair.
  bool const quick = asked.days <= short_days && !asked.short_run_range && !asked.ensemble;
  if (quick) job.lane = Lane::short_runs;
  job.work = [&worlds = site.worlds, common, asked, title = job.title](auto const& folder,
                                                                       auto const& control) {
    Writer<PowerAnswer> const writer{[&](PowerAnswer const& answer) -> Options {
                                       return {{"theta", answer.setting.theta},
                                               {"horizon", answer.setting.horizon},
                                               {"days", static_cast<std::int64_t>(answer.days)},
                                               {"full_break", answer.full_break},
                                               {"outer_elasticity", answer.outer},
                                               {"together", asked.together}};
                                     },
                                     power_to_json,
                                     [](PowerAnswer const& answer, OpenWorld const& world) {
                                       PowerYear const year{world.origin.world_name,
                                                            world.origin.world.year, answer};
                                       return power_tables({&year, 1});
                                     }};
    return ask_leverage(
        worlds, common, title, folder, control,
        [&](OpenWorld const& world, auto const& ground, auto const& source, auto const& own) {
          return study::run_power(ground, &world.economy, asked, source, own);
        },
        writer);
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
  asked.cut = fields->number_or("cut", asked.cut, 1e-6, 1);
  asked.sender_limit_pct = fields->number("sender_limit", -100, 100);
  asked.products = fields->flag("products");
  asked.services = fields->flag("services");
  asked.reach_pct = fields->number("reach", 1e-9, 100);
  asked.top = whole(*fields, "top", asked.top, 1000);
  asked.model = common.model;
  asked.ensemble = common.ensemble;
  if (auto const sound = fields->finish(); !sound) return error_response(sound.error());
  if (auto const known = check_labels(
          site, common, {{"senders", asked.senders}, {"target", {asked.target}}}, asked.sectors);
      !known) {
    return known.error();
  }
  Job job{"leverage-chokepoints", common.world, "Chokepoints of " + asked.target, {}, {}};
  job.work = [&worlds = site.worlds, common, asked, title = job.title](auto const& folder,
                                                                       auto const& control) {
    Writer<ChokepointsAnswer> const writer{[&](ChokepointsAnswer const& answer) -> Options {
                                             return {{"theta", answer.setting.theta},
                                                     {"horizon", answer.setting.horizon},
                                                     {"target", asked.target},
                                                     {"k", static_cast<std::int64_t>(asked.k)},
                                                     {"cut", asked.cut},
                                                     {"products", asked.products},
                                                     {"services", asked.services}};
                                           },
                                           chokepoints_to_json,
                                           [](ChokepointsAnswer const& answer, OpenWorld const&) {
                                             return chokepoint_tables({&answer, 1});
                                           }};
    return ask_leverage(
        worlds, common, title, folder, control,
        [&](OpenWorld const&, auto const& ground, auto const& source, auto const& own) {
          return study::run_chokepoints(ground, asked, source, own);
        },
        writer);
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
  asked.sectors = fields->texts("sectors");
  asked.services = fields->flag("services");
  asked.model = common.model;
  if (asked.k * asked.attack_links * asked.measures > most_defences) {
    fields->errors().add(
        ErrorCode::bad_value,
        fmt::format("'k' times 'attack_links' times 'measures' is over {}", most_defences), "k",
        "ask for less, or use the command line");
  }
  if (auto const sound = fields->finish(); !sound) return error_response(sound.error());
  if (auto const known = check_labels(site, common, {{"target", {asked.target}}}, asked.sectors);
      !known) {
    return known.error();
  }
  Job job{"leverage-defend", common.world, "Defence of " + asked.target, {}, {}};
  job.work = [&worlds = site.worlds, common, asked, title = job.title](auto const& folder,
                                                                       auto const& control) {
    Writer<DefendAnswer> const writer{
        [&](DefendAnswer const& answer) -> Options {
          return {{"theta", answer.setting.theta},
                  {"horizon", answer.setting.horizon},
                  {"target", asked.target},
                  {"k", static_cast<std::int64_t>(asked.k)},
                  {"services", asked.services}};
        },
        defend_to_json,
        [](DefendAnswer const& answer, OpenWorld const&) { return defence_tables({&answer, 1}); }};
    return ask_leverage(
        worlds, common, title, folder, control,
        [&](OpenWorld const&, auto const& ground, auto const& source, auto const& own) {
          return study::run_defend(ground, asked, source, own);
        },
        writer);
  };
  return submit(site, std::move(job), request, fields->taken());
}

}  // namespace linchpin::serve
