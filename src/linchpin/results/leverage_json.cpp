// SPDX-License-Identifier: Apache-2.0
#include "linchpin/results/leverage_json.h"
#include "linchpin/results/json_members.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <utility>

namespace linchpin {
namespace {

constexpr char const* not_proven = "nothing bounds the losses of this model; see at_fixed_wages";
constexpr char const* no_bound = "the search ended before a bound was proven";

Json list_of(std::vector<Labelled> const& items, char const* label, char const* number) {
  Json list = Json::array();
  for (auto const& [name, value] : items) list.push_back({{label, name}, {number, value}});
  return list;
}

/// Why the losses of settled trade are no numbers; empty: they are.
std::string const& no_loss(PowerPair const& pair) {
  return pair.lost.empty() ? pair.failed : pair.lost;
}

/// "no sender loses more…", or what is lost.
std::string ratio_reason(PowerPair const& pair) {
  if (pair.same) return "the target is among the senders";
  if (!no_loss(pair).empty()) return no_loss(pair);
  return "no sender loses more than 0.01 % of its real final spending";
}

/// A loss over draws: its band, its ranks among the pairs drawn, what has no answer.
Json draws_of(PairDraws const& draws) {
  char const* no_loss = "no draw has a loss";
  char const* no_rank = "in no draw all pairs have an answer";
  Json object = {{"draws", draws.draws}, {"failed", draws.failed}, {"lost", draws.lost}};
  set_number(object, "loss_p05_pct", draws.p05, no_loss);
  set_number(object, "loss_p50_pct", draws.p50, no_loss);
  set_number(object, "loss_p95_pct", draws.p95, no_loss);
  set_number(object, "rank_p05", draws.rank_p05, no_rank);
  set_number(object, "rank_p50", draws.rank_p50, no_rank);
  set_number(object, "rank_p95", draws.rank_p95, no_rank);
  set_number(object, "top_share", draws.top_share, no_rank);
  return object;
}

Json pair_of(PowerPair const& pair, PowerAnswer const& answer) {
  Json object = {{"sender", fmt::format("{}", fmt::join(pair.senders, "+"))},
                 {"target", pair.target},
                 {"cost_index", pair.cost_index},
                 {"liu_yang", pair.liu_yang_target - pair.liu_yang_sender}};
  set_number(object, "equilibrium_ratio", pair.ratio, ratio_reason(pair));
  set_number(object, "short_run", pair.short_run_pct, answer.short_run_reason);
  if (pair.short_run_low_pct && pair.short_run_high_pct) {
    object["short_run_range"] = {*pair.short_run_low_pct, *pair.short_run_high_pct};
  }
  object["monopoly"] = pair.monopoly;
  object["same"] = pair.same;
  object["trade"] = pair.trade;
  object["cost_index_direct"] = pair.cost_index_direct;
  object["liu_yang_over_target"] = pair.liu_yang_target;
  object["liu_yang_over_sender"] = pair.liu_yang_sender;
  set_number(object, "target_loss_pct", pair.target_loss_pct, no_loss(pair));
  object["senders"] =
      no_loss(pair).empty() ? list_of(pair.sender_loss_pct, "region", "loss_pct") : Json(nullptr);
  if (!no_loss(pair).empty()) object["senders_reason"] = no_loss(pair);
  object["costless"] = pair.costless;
  object["sectors"] = list_of(pair.sectors, "sector", "cost_index_direct");
  if (!pair.by_sector.empty()) {
    Json rows = Json::array();
    for (auto const& each : pair.by_sector) {
      Json row = {{"sector", each.sector},
                  {"cost_index", each.cost_index},
                  {"cost_index_direct", each.cost_index_direct},
                  {"liu_yang_over_target", each.liu_yang_target},
                  {"liu_yang_over_sender", each.liu_yang_sender},
                  {"monopoly", each.monopoly}};
      set_number(row, "target_loss_pct", each.target_loss_pct,
                 "something is lost, or trade does not settle");
      set_number(row, "sender_loss_pct", each.sender_loss_pct,
                 "something is lost, or trade does not settle");
      set_number(row, "short_run", each.short_run_pct,
                 "not asked for, or no flows between industries");
      rows.push_back(std::move(row));
    }
    object["by_sector"] = std::move(rows);
  }
  if (pair.rank) {
    auto const& rank = *pair.rank;
    object["draws"] = {{"cost_index_p05", rank.p05},        {"cost_index_p50", rank.p50},
                       {"cost_index_p95", rank.p95},        {"rank_p05", rank.rank_p05},
                       {"rank_p50", rank.rank_p50},         {"rank_p95", rank.rank_p95},
                       {"top_share", rank.top_share},       {"liu_yang_p05", rank.liu_yang_p05},
                       {"liu_yang_p50", rank.liu_yang_p50}, {"liu_yang_p95", rank.liu_yang_p95}};
  }
  if (pair.settled_draws) object["settled_draws"] = draws_of(*pair.settled_draws);
  if (pair.short_run_draws) object["short_run_draws"] = draws_of(*pair.short_run_draws);
  return object;
}

Json search_of(LinkSearch const& search, std::string const& no_bound_reason) {
  Json sets = Json::array();
  for (auto const& each : search.sets) {
    Json object = {{"links", each.links}, {"loss_pct", each.loss_pct}};
    double largest = 0;
    bool first = true;
    for (auto const& [region, loss] : each.sender_loss_pct) {
      if (first || loss > largest) largest = loss;
      first = false;
    }
    object["sender_loss_pct"] = largest;
    object["senders"] = list_of(each.sender_loss_pct, "region", "loss_pct");
    set_number(object, "bound_pct", search.bound_pct, no_bound_reason);
    object["bound_kind"] = search.bound_pct ? "proven" : "heuristic";
    if (each.first_order_pct) object["first_order_pct"] = *each.first_order_pct;
    if (each.band_pct.size() == 3) {
      object["draws"] = {{"loss_p05_pct", each.band_pct[0]},
                         {"loss_p50_pct", each.band_pct[1]},
                         {"loss_p95_pct", each.band_pct[2]},
                         {"failed", each.failed_draws},
                         {"lost", each.lost_draws}};
    }
    sets.push_back(std::move(object));
  }
  return {{"sets", std::move(sets)},         {"optimal", search.optimal},
          {"monopolies", search.monopolies}, {"over_limit", search.over_limit},
          {"failed", search.failed},         {"evaluations", search.evaluations}};
}

Json join_of(JoinAnswer const& join) {
  Json members = Json::array();
  for (auto const& [region, loss] : join.members) {
    Json member = {{"region", region}};
    set_number(member, "loss_pct", loss,
               "the target is left without something, no loss is a number");
    members.push_back(std::move(member));
  }
  Json object = {{"wanted_pct", join.wanted_pct},   {"reached", join.reached},
                 {"smallest", join.smallest},       {"candidates", join.candidates},
                 {"all_suppliers", join.all_asked}, {"members", std::move(members)},
                 {"evaluations", join.evaluations}, {"suppliers", join.suppliers},
                 {"goods_only", join.goods_only},   {"failed", join.failed}};
  set_number(object, "all_suppliers_loss_pct", join.all_loss_pct,
             "asked only where the largest suppliers do not reach the loss");
  set_number(object, "loss_pct",
             join.lost || join.no_answer ? std::nullopt : std::optional{join.loss_pct},
             join.no_answer ? "trade does not settle"
                            : "the target is left without something it cannot do without");
  return object;
}

Json plan_of(DefencePlanAnswer const& plan) {
  Json object = {
      {"measures", plan.measures}, {"cost_pct", plan.cost_pct}, {"loss_pct", plan.loss_pct}};
  set_number(object, "bound_pct", plan.bound_pct, no_bound);
  return object;
}

void add_ending(Json& document, EquilibriumSetting const& setting,
                std::vector<std::string> const& warnings, Json origin) {
  document["setting"] = settled_trade_to_json(setting);
  document["warnings"] = warnings;
  document["origin"] = std::move(origin);
}

}  // namespace

Json power_to_json(PowerAnswer const& answer, Json origin) {
  Json document = {{"schema", json_schema("linchpin.leverage-power")}};
  Json pairs = Json::array();
  for (auto const& pair : answer.pairs) pairs.push_back(pair_of(pair, answer));
  document["power"] = std::move(pairs);
  document["withheld"] = answer.withheld;
  document["full_break"] = answer.full_break;
  document["outer_elasticity"] = answer.outer;
  document["days"] = answer.days;
  document["short_run_model"] = answer.short_run_model;
  document["top"] = answer.top;
  document["draws"] = answer.draws;
  document["failed_draws"] = answer.failed_draws;
  document["settled_draws"] = {{"draws", answer.settled_draws}, {"pairs", answer.settled_pairs}};
  document["short_run_draws"] = {{"draws", answer.short_run_draws},
                                 {"pairs", answer.short_run_pairs}};
  if (answer.agreement) {
    document["rank_agreement"] = {{"sets", answer.agreement->sets},
                                  {"kendall_tau_cost_index", answer.agreement->cost_index},
                                  {"kendall_tau_equilibrium", answer.agreement->equilibrium}};
  } else {
    document["rank_agreement"] = nullptr;
    document["rank_agreement_reason"] = "no other set of trade elasticities was named (--compare)";
  }
  add_ending(document, answer.setting, answer.warnings, std::move(origin));
  return document;
}

Json chokepoints_to_json(ChokepointsAnswer const& answer, Json origin) {
  Json document = {{"schema", json_schema("linchpin.leverage-chokepoints")},
                   {"target", answer.target},
                   {"k", answer.k}};
  set_number(document, "sender_limit_pct", answer.sender_limit_pct, "no limit was set");
  auto settled = search_of(answer.settled, not_proven);
  for (auto& [name, member] : settled.items()) document[name] = std::move(member);
  document["at_fixed_wages"] = search_of(answer.prices, no_bound);
  document["at_fixed_wages"]["sender_limit_applied"] = false;
  document["who_must_join"] = answer.join ? join_of(*answer.join) : Json(nullptr);
  if (!answer.join) document["who_must_join_reason"] = "no loss to reach was named (--reach)";
  document["cut_share"] = answer.cut;
  document["screen"] = answer.cut < 1 ? "adjoint" : "prices";
  document["draws"] = answer.draws;
  document["set_draws"] = answer.set_draws;
  document["failed_draws"] = answer.failed_draws;
  document["services"] = answer.services;
  document["theta_assumed"] = answer.theta_assumed;
  Json top = Json::array(), links = Json::array();
  for (auto const& each : answer.links) {
    top.push_back({{"link", each.link}, {"share", each.top_share}});
    Json link = {{"link", each.link},
                 {"top_share", each.top_share},
                 {"rank_p05", each.rank_p05},
                 {"rank_p50", each.rank_p50},
                 {"rank_p95", each.rank_p95}};
    set_number(link, "best_set_share", each.best_set_share, "in no draw a set has a loss");
    links.push_back(std::move(link));
  }
  document["top_share"] = std::move(top);
  document["links"] = std::move(links);
  add_ending(document, answer.setting, answer.warnings, std::move(origin));
  return document;
}

Json flows_to_json(FlowsAnswer const& answer, Json origin) {
  Json document = {{"schema", json_schema("linchpin.leverage-flows")},
                   {"target", answer.target},
                   {"sectors", answer.sectors},
                   {"unit", answer.unit},
                   {"most", answer.most},
                   {"cut", list_of(answer.cut, "flow", "amount")},
                   {"cut_suppliers", list_of(answer.cut_suppliers, "region", "supply")},
                   {"lost_share", list_of(answer.lost_share, "region", "share")},
                   {"betweenness", list_of(answer.betweenness, "region", "share")}};
  document["supplier_cut"] = {{"wanted_share", answer.wanted_share},
                              {"reached", answer.reached},
                              {"smallest", answer.smallest},
                              {"regions", answer.banned},
                              {"lost_share", answer.banned_lost_share}};
  document["vintage"] = answer.vintage;
  document["origin"] = std::move(origin);
  return document;
}

Json defend_to_json(DefendAnswer const& answer, Json origin) {
  Json document = {{"schema", json_schema("linchpin.leverage-defend")},
                   {"target", answer.target},
                   {"k", answer.k},
                   {"attack_links", answer.attack_links},
                   {"kept_share", answer.factor},
                   {"priced", answer.priced}};
  document["undefended"] = {{"loss_pct", answer.undefended_pct}};
  set_number(document["undefended"], "bound_pct", answer.undefended_bound_pct, no_bound);
  document["best"] = plan_of(answer.best);
  document["best_per_cost"] = plan_of(answer.best_per_cost);
  Json ladder = Json::array();
  for (auto const& plan : answer.ladder) ladder.push_back(plan_of(plan));
  document["ladder"] = std::move(ladder);
  document["exhaustive"] = answer.exhaustive;
  set_number(document, "least_possible_pct", answer.least_possible_pct,
             "not proven: not all plans were tried, and a measure may help another attack");
  set_number(document, "all_at_once_pct", answer.all_at_once_pct, "all plans were tried");
  document["measures"] = list_of(answer.measures, "measure", "cost_pct");
  document["services"] = answer.services;
  document["theta_assumed"] = answer.theta_assumed;
  add_ending(document, answer.setting, answer.warnings, std::move(origin));
  return document;
}

}  // namespace linchpin
