// SPDX-License-Identifier: Apache-2.0
#include "linchpin/results/threat_json.h"
#include "linchpin/results/json_members.h"

#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace linchpin {
namespace {

Json band_of(Band const& band) {
  Json object = {{"value", band.central}};
  if (band.p05 && band.p50 && band.p95) {
    object["p05"] = *band.p05;
    object["p50"] = *band.p50;
    object["p95"] = *band.p95;
  }
  return object;
}

template <typename Answer>
void add_ending(Json& document, Answer const& answer, Json origin) {
  document["setting"] = answer.setting ? settled_trade_to_json(*answer.setting) : Json(nullptr);
  if (!answer.setting) document["setting_reason"] = "all numbers are those of the file";
  document["warnings"] = answer.warnings;
  document["origin"] = std::move(origin);
}

void add_draws(Json& document, std::size_t draws, std::size_t failed) {
  document["draws"] = draws;
  document["failed_draws"] = failed;
}

Json side_of(BargainSide const& side, bool known, std::string const& reason) {
  Json object = {{"regions", side.regions}, {"resolve_pct", side.resolve_pct}};
  if (!known) {
    for (auto const* name : {"income", "at_stake", "loss_pct", "gain_pct", "accepts", "demand",
                             "pain_ratio", "credible", "costless", "members"}) {
      object[name] = nullptr;
      object[std::string{name} + "_reason"] = reason;
    }
    return object;
  }
  object["income"] = band_of(side.income);
  object["at_stake"] = band_of(side.at_stake);
  object["loss_pct"] = band_of(side.loss_pct);
  object["gain_pct"] = side.gain_pct;
  object["accepts"] = side.accepts;
  object["credible"] = side.credible;
  set_number(object, "credible_share", side.credible_share, "no draws");
  object["demand"] = side.demand;
  object["pain_ratio"] = side.ratio ? band_of(*side.ratio) : Json(nullptr);
  if (!side.ratio) object["pain_ratio_reason"] = "loses less than 0.01 % of its income";
  object["costless"] = side.costless;
  Json members = Json::array();
  for (auto const& [region, loss] : side.members_loss_pct) {
    members.push_back({{"region", region}, {"loss_pct", loss}});
  }
  object["members"] = std::move(members);
  return object;
}

Json range_of(SignalRange const& range, std::string const& reason) {
  Json object = {{"exists", range.low.has_value()}};
  if (range.low && range.high) {
    object["low"] = band_of(*range.low);
    object["high"] = band_of(*range.high);
  } else {
    object["low"] = nullptr;
    object["high"] = nullptr;
    object["low_reason"] = reason;
    object["high_reason"] = reason;
  }
  set_number(object, "share_of_draws", range.share, "no draws");
  return object;
}

}  // namespace

Json bargain_to_json(BargainAnswer const& answer, Json origin) {
  Json document = {{"schema", json_schema("linchpin.leverage-bargain")},
                   {"title", answer.title},
                   {"sectors", answer.sectors},
                   {"unit", answer.unit_words},
                   {"weight", answer.weight},
                   {"trade", answer.trade}};
  bool const known = answer.no_answer.empty();
  document["first"] = side_of(answer.first, known, answer.no_answer);
  document["second"] = side_of(answer.second, known, answer.no_answer);
  document["agreement"] = known ? Json(answer.agreement) : Json(nullptr);
  set_number(document, "agreement_share", answer.agreement_share,
             known ? "no draws" : answer.no_answer);
  document["surplus"] = known ? band_of(answer.surplus) : Json(nullptr);
  document["transfer"] = known ? band_of(answer.transfer) : Json(nullptr);
  if (!known) {
    for (auto const* name : {"agreement", "surplus", "transfer"}) {
      document[std::string{name} + "_reason"] = answer.no_answer;
    }
  }
  add_draws(document, answer.draws, answer.failed_draws);
  add_ending(document, answer, std::move(origin));
  return document;
}

Json signal_to_json(SignalAnswer const& answer, Json origin) {
  Json document = {{"schema", json_schema("linchpin.leverage-signal")},
                   {"title", answer.title},
                   {"target", answer.target},
                   {"senders", answer.senders},
                   {"sectors", answer.sectors},
                   {"instrument", answer.instrument},
                   {"signal_unit", answer.size_words},
                   {"unit", answer.unit_words},
                   {"belief", answer.belief},
                   {"resilient_loss", answer.resilient_loss},
                   {"dependent_loss", answer.dependent_loss},
                   {"demand", answer.demand},
                   {"sender_gain", answer.gain},
                   {"sender_penalty", answer.penalty},
                   {"signal_years", answer.signal_years},
                   {"threat_years", answer.threat_years}};
  bool const known = answer.no_answer.empty();
  std::string const none = known ? "there is no such signal" : answer.no_answer;
  document["speaks"] = known;
  if (!known) document["speaks_reason"] = answer.no_answer;
  document["deterring_belief"] =
      answer.deterring_belief ? band_of(*answer.deterring_belief) : Json(nullptr);
  if (!answer.deterring_belief) document["deterring_belief_reason"] = answer.no_answer;
  document["separating"] = range_of(answer.separating, none);
  document["pooling"] = range_of(answer.pooling, none);
  document["mixing"] = range_of(answer.mixing, none);
  document["mixing_share"] = answer.mixing_share;
  set_number(document, "signal_cost", answer.signal_cost, none);
  document["silence"] = {{"deters", answer.silence_deters},
                         {"threatened", answer.silence_threatened},
                         {"survives_intuition", answer.silence_survives_intuition}};
  Json costs = Json::array();
  for (auto const& point : answer.costs) {
    costs.push_back({{"type", point.resilient ? "resilient" : "dependent"},
                     {"wedge_pct", point.wedge_pct},
                     {"given_up", point.given_up},
                     {"cost_pct", point.cost_pct}});
  }
  document["costs"] = std::move(costs);
  add_draws(document, answer.draws, answer.failed_draws);
  add_ending(document, answer, std::move(origin));
  return document;
}

Json frontier_to_json(FrontierAnswer const& answer, Json origin) {
  Json document = {{"schema", json_schema("linchpin.leverage-frontier")},
                   {"buyer", answer.buyer},
                   {"rivals", answer.rivals},
                   {"sectors", answer.sectors},
                   {"weights", answer.network ? "network" : "final"},
                   {"services", answer.services},
                   {"theta_assumed", answer.theta_assumed},
                   {"residual", answer.residual}};
  Json points = Json::array();
  for (auto const& point : answer.points) {
    Json sectors = Json::array();
    for (auto const& each : point.sectors) {
      sectors.push_back({{"sector", each.sector},
                         {"weight", each.weight},
                         {"private_share", each.private_share},
                         {"planned_share", each.share},
                         {"wedge", each.wedge},
                         {"tariff", each.tariff},
                         {"private_exposure", each.private_exposure},
                         {"exposure", each.exposure},
                         {"cost", each.cost},
                         {"captive", each.captive}});
    }
    points.push_back({{"kind", point.kind},
                      {"mu", point.mu},
                      {"cost_pct", point.cost_pct},
                      {"exposure_pct", point.exposure_pct},
                      {"exposure_removed", point.removed},
                      {"rival_share", point.rival_share},
                      {"residual", point.residual},
                      {"captive", point.captive},
                      {"sectors", std::move(sectors)}});
  }
  document["points"] = std::move(points);
  document["setting"] = settled_trade_to_json(answer.setting);
  document["warnings"] = answer.warnings;
  document["origin"] = std::move(origin);
  return document;
}

}  // namespace linchpin
