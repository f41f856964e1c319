// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <string>
#include <utility>
#include <vector>

#include "linchpin/results/threat_json.h"
#include "linchpin/results/threat_tables.h"
#include "linchpin/serve/endpoints/all.h"
#include "linchpin/serve/endpoints/leverage_question.h"
#include "linchpin/study/bargain_run.h"
#include "linchpin/study/frontier_run.h"
#include "linchpin/study/signal_run.h"

namespace linchpin::serve {
namespace {

using leverage_question::ask_leverage;
using leverage_question::check_labels;
using leverage_question::Common;
using leverage_question::Options;
using leverage_question::take_common;
using leverage_question::Writer;

std::string joined(std::vector<std::string> const& labels) {
  return fmt::format("{}", fmt::join(labels, ","));
}

/// Puts a question in the queue whose options, document and tables `writer` makes.
template <class Answer, class Ask>
Response enqueue(Site& site, Request const& request, RequestFields& fields, Common const& common,
                 Job job, Ask ask, Writer<Answer> writer) {
  job.work = [&worlds = site.worlds, common, ask = std::move(ask), writer = std::move(writer),
              title = job.title](auto const& folder, auto const& control) {
    return ask_leverage(
        worlds, common, title, folder, control,
        [&](OpenWorld const&, auto const& ground, auto const& source, auto const& own) {
          return ask(ground, source, own);
        },
        writer);
  };
  return submit(site, std::move(job), request, fields.taken());
}

study::RangedNumber exactly(double value) { return {value, value, value, {}}; }

}  // namespace

Response ask_bargain(Site& site, Request const& request) {
  auto fields = RequestFields::parse(request);
  if (!fields) return error_response(fields.error());
  study::BargainRequest asked;
  auto const common = take_common(*fields, true);
  asked.first = fields->texts("first");
  asked.second = fields->texts("second");
  asked.sectors = fields->texts("sectors");
  asked.weight = fields->number_or("weight", asked.weight, 0, 1);
  asked.first_resolve = exactly(fields->number_or("resolve_first", 0, 0, 100));
  asked.second_resolve = exactly(fields->number_or("resolve_second", 0, 0, 100));
  asked.model = common.model;
  asked.ensemble = common.ensemble;
  if (auto const sound = study::check_bargain(asked); !sound)
    fields->errors().add(at_fields(sound.error()));
  if (auto const sound = fields->finish(); !sound) return error_response(sound.error());
  if (auto known = check_labels(site, common, {{"first", asked.first}, {"second", asked.second}},
                                asked.sectors);
      !known) {
    return std::move(known).error();
  }
  Writer<BargainAnswer> writer{
      [asked](BargainAnswer const& answer) -> Options {
        return {{"theta", answer.setting->theta},
                {"horizon", answer.setting->horizon},
                {"first", joined(asked.first)},
                {"second", joined(asked.second)},
                {"sectors", joined(asked.sectors)},
                {"weight", asked.weight},
                {"resolve_first", asked.first_resolve.value},
                {"resolve_second", asked.second_resolve.value}};
      },
      bargain_to_json,
      [](BargainAnswer const& answer, OpenWorld const&) { return bargain_tables({&answer, 1}); }};
  return enqueue<BargainAnswer>(
      site, request, *fields, common,
      {"leverage-bargain",
       common.world,
       fmt::format("Bargain of {} and {}", joined(asked.first), joined(asked.second)),
       {},
       {}},
      [asked](auto const& ground, auto const& source, auto const& control) {
        return study::run_bargain(ground, asked, source, control);
      },
      std::move(writer));
}

Response ask_signal(Site& site, Request const& request) {
  auto fields = RequestFields::parse(request);
  if (!fields) return error_response(fields.error());
  study::SignalRequest asked;
  auto const common = take_common(*fields, false);
  asked.target = fields->text("target");
  asked.senders = fields->texts("senders");
  asked.sectors = fields->texts("sectors");
  bool const tariff = fields->choice("instrument", {"wedge", "tariff"}, "wedge") == "tariff";
  if (tariff) asked.instrument = study::SignalInstrument::tariff;
  asked.belief = fields->number_or("belief", asked.belief, 0, 1);
  asked.demand_pct = fields->number("demand", 1e-9, 100);
  asked.signal_years = fields->number_or("signal_years", asked.signal_years, 1e-3, 1e3);
  asked.threat_years = fields->number_or("threat_years", asked.threat_years, 1e-3, 1e3);
  asked.model = common.model;
  if (auto const sound = study::check_signal(asked); !sound)
    fields->errors().add(at_fields(sound.error()));
  if (auto const sound = fields->finish(); !sound) return error_response(sound.error());
  if (auto known = check_labels(
          site, common, {{"target", {asked.target}}, {"senders", asked.senders}}, asked.sectors);
      !known) {
    return std::move(known).error();
  }
  Writer<SignalAnswer> writer{
      [asked](SignalAnswer const& answer) -> Options {
        return {{"theta", answer.setting->theta},
                {"horizon", answer.setting->horizon},
                {"target", asked.target},
                {"senders", joined(asked.senders)},
                {"sectors", joined(asked.sectors)},
                {"instrument", answer.instrument},
                {"belief", asked.belief},
                {"signal_years", asked.signal_years},
                {"threat_years", asked.threat_years}};
      },
      signal_to_json,
      [](SignalAnswer const& answer, OpenWorld const&) { return signal_tables({&answer, 1}); }};
  return enqueue<SignalAnswer>(
      site, request, *fields, common,
      {"leverage-signal",
       common.world,
       fmt::format("Signals of {} to {}", asked.target, joined(asked.senders)),
       {},
       {}},
      [asked](auto const& ground, auto const& source, auto const& control) {
        return study::run_signal(ground, asked, source, control);
      },
      std::move(writer));
}

Response ask_frontier(Site& site, Request const& request) {
  auto fields = RequestFields::parse(request);
  if (!fields) return error_response(fields.error());
  study::FrontierRequest asked;
  auto const common = take_common(*fields, false);
  asked.buyer = fields->text("buyer");
  asked.rivals = fields->texts("rivals");
  asked.sectors = fields->texts("sectors");
  asked.services = fields->flag("services");
  asked.network = fields->flag("network");
  asked.prices = fields->numbers("prices", 0, 1e6, 200);
  asked.limit_pct = fields->number("limit", 1e-9, 1e3);
  asked.model = common.model;
  if (auto const sound = study::check_frontier(asked); !sound)
    fields->errors().add(at_fields(sound.error()));
  if (auto const sound = fields->finish(); !sound) return error_response(sound.error());
  if (auto known = check_labels(site, common, {{"buyer", {asked.buyer}}, {"rivals", asked.rivals}},
                                asked.sectors);
      !known) {
    return std::move(known).error();
  }
  Writer<FrontierAnswer> writer{
      [asked](FrontierAnswer const& answer) -> Options {
        return {{"theta", answer.setting.theta},
                {"horizon", answer.setting.horizon},
                {"buyer", asked.buyer},
                {"rivals", joined(asked.rivals)},
                {"network", asked.network}};
      },
      frontier_to_json,
      [](FrontierAnswer const& answer, OpenWorld const&) { return frontier_tables({&answer, 1}); }};
  return enqueue<FrontierAnswer>(
      site, request, *fields, common,
      {"leverage-frontier",
       common.world,
       fmt::format("Exposure of {} to {}", asked.buyer, joined(asked.rivals)),
       {},
       {}},
      [asked](auto const& ground, auto const& source, auto const& control) {
        return study::run_frontier(ground, asked, source, control);
      },
      std::move(writer));
}

}  // namespace linchpin::serve
