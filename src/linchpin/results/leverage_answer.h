// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "linchpin/results/equilibrium_answer.h"

namespace linchpin {

/// A number of a region or a sector, by label.
using Labelled = std::pair<std::string, double>;

/// Over draws of trade elasticities, by the cost index through the network.
struct PairRank {
  double p05 = 0, p50 = 0, p95 = 0;  ///< of the cost index
  double rank_p05 = 0, rank_p50 = 0, rank_p95 = 0;
  double top_share = 0;  ///< share of draws in which the pair is among the first `top`
  double liu_yang_p05 = 0, liu_yang_p50 = 0, liu_yang_p95 = 0;  ///< net
};

/// A loss over draws, for pairs it was worked out for. Per cent.
struct PairDraws {
  std::optional<double> p05, p50, p95;  ///< over draws that have one; empty: none has
  /// Among the pairs drawn, 1 the largest loss, a pair that is lost before all; over draws in which
  /// every one of them has an answer. Empty: there is no such draw.
  std::optional<double> rank_p05, rank_p50, rank_p95, top_share;
  std::size_t draws = 0;
  std::size_t failed = 0;  ///< without an answer of the model
  std::size_t lost = 0;    ///< that leave the target without something: worse than the band
};

/// The same measures where one sector alone is withheld.
struct PowerSector {
  std::string sector;
  double cost_index = 0, cost_index_direct = 0;     ///< ln
  double liu_yang_target = 0, liu_yang_sender = 0;  ///< gross terms
  bool monopoly = false;                            ///< the target has no other seller somewhere
  std::optional<double> target_loss_pct, sender_loss_pct;  ///< settled; empty: something is lost
  std::optional<double> short_run_pct;                     ///< empty: not asked, or no flows
};

/// What the senders could do to the target, by four measures.
struct PowerPair {
  std::vector<std::string> senders;  ///< labels; several act together
  std::string target;
  bool same = false;      ///< the target is among the senders: nothing is asked, all is 0
  bool trade = false;     ///< the target buys something of what is withheld
  double cost_index = 0;  ///< ln, through the network; a lower bound where `monopoly` is not empty
  double cost_index_direct = 0;                     ///< ln, final purchases alone
  double liu_yang_target = 0, liu_yang_sender = 0;  ///< the two gross terms
  std::optional<double> target_loss_pct;            ///< equilibrium; empty where `lost` says why
  std::vector<Labelled> sender_loss_pct;            ///< equilibrium, one per sender; empty likewise
  std::optional<double> ratio;
  bool costless = false;
  std::string lost;
  std::string failed = {};              ///< why trade does not settle although nothing is lost
  std::optional<double> short_run_pct;  ///< empty where the world has no flows by industry
  std::optional<double> short_run_low_pct, short_run_high_pct;  ///< over models; empty: one model
  std::vector<std::string> monopoly;        ///< sectors the target cannot have without the senders
  std::vector<Labelled> sectors;            ///< largest terms of the direct cost index
  std::vector<PowerSector> by_sector = {};  ///< where asked for
  std::optional<PairRank> rank;
  std::optional<PairDraws> settled_draws, short_run_draws;  ///< of the strongest pairs
};

/// How much rankings of pairs agree between sets of trade elasticities.
struct RankAgreement {
  std::vector<std::string> sets;
  std::vector<std::vector<double>> cost_index;   ///< Kendall's tau_b, [set][set]
  std::vector<std::vector<double>> equilibrium;  ///< of the target's losses; lost pairs left out
};

struct PowerAnswer {
  std::vector<PowerPair> pairs;
  std::vector<std::string> withheld;      ///< sectors; empty: all
  std::vector<std::string> sectors = {};  ///< of the world: other ones make years hard to compare
  bool full_break = false;
  double outer = 1;  ///< elasticity between sectors of final demand, of the cost indices
  int days = 0;
  std::size_t top = 0;
  std::size_t draws = 0;
  std::size_t failed_draws = 0;  ///< of these: without a world that can be solved
  std::size_t settled_draws = 0, settled_pairs = 0;      ///< for which trade was settled in draws
  std::size_t short_run_draws = 0, short_run_pairs = 0;  ///< likewise, first months
  std::uint64_t seed = 0;
  std::optional<RankAgreement> agreement;
  std::string short_run_reason;      ///< why there is no short run; empty: there is
  std::string short_run_model = {};  ///< which model, in words
  EquilibriumSetting setting;
  std::vector<std::string> warnings;
};

/// Links whose denial hurts the target.
struct LinkSet {
  std::vector<std::string> links;  ///< "TWN:C26", or "C26" where all foreign sellers are meant
  double loss_pct = 0;
  std::vector<Labelled> sender_loss_pct;       ///< the coalition, each with its own loss
  std::optional<double> first_order_pct = {};  ///< of partial cuts: what the screen took it for
  /// 5 %, 50 %, 95 % quantile of the target's loss over draws that have one; empty without draws.
  std::vector<double> band_pct = {};
  std::size_t failed_draws = 0;  ///< without an answer of the model
  std::size_t lost_draws = 0;    ///< that leave the target without something: worse than the band
};

/// A search for the most harmful sets by one model.
struct LinkSearch {
  std::vector<LinkSet> sets;        ///< largest loss first
  std::optional<double> bound_pct;  ///< no set does more; empty: not proven
  bool optimal = false;
  std::vector<std::vector<std::string>> monopolies;
  std::size_t over_limit = 0, evaluations = 0;
  std::size_t failed = 0;  ///< sets without an answer of the model; nothing is proven then
  std::string first_failure = {};
};

/// The smallest coalition that reaches a loss.
struct JoinAnswer {
  double wanted_pct = 0;
  bool reached = false, lost = false;
  bool smallest = false;       ///< proven among the candidates
  std::size_t candidates = 0;  ///< the largest suppliers, who were asked
  bool all_asked = false;      ///< those are all who sell anything to the target
  std::size_t suppliers = 0;   ///< all who do
  bool goods_only = false;     ///< what they withhold
  /// What all suppliers together cost it, where the largest do not reach the loss and the model has
  /// an answer.
  std::optional<double> all_loss_pct = {};
  std::size_t failed = 0;  ///< coalitions without an answer of the model
  double loss_pct = 0;
  bool no_answer = false;  ///< the model has none for the coalition named: no loss is known
  /// With what it costs each, per cent; empty where the target is left without something: then
  /// nobody's loss is known.
  std::vector<std::pair<std::string, std::optional<double>>> members;
  std::size_t evaluations = 0;
};

/// How sure a link is over draws.
struct LinkOdds {
  std::string link;
  double top_share = 0;  ///< of draws in which it is among the k most harmful, one by one
  double rank_p05 = 0, rank_p50 = 0, rank_p95 = 0;  ///< of these ranks
  std::optional<double> best_set_share;  ///< of draws whose best set has it; empty: none solved
};

struct ChokepointsAnswer {
  std::string target;
  std::size_t k = 0;
  double cut = 1;  ///< part of each purchase that is denied; below 1 the screen is an adjoint
  std::optional<double> sender_limit_pct;
  LinkSearch settled;  ///< by general equilibrium
  LinkSearch prices;   ///< by prices at fixed wages, where bounds are known
  std::optional<JoinAnswer> join;
  std::vector<LinkOdds> links;   ///< over draws; those that are ever among the first
  std::size_t draws = 0;         ///< in which links were ranked, with those that failed
  std::size_t set_draws = 0;     ///< of these: in which sets were solved in full
  std::size_t best_draws = 0;    ///< of these: that have a best set
  std::size_t failed_draws = 0;  ///< of `draws`: without a world that can be solved
  std::vector<std::string> theta_assumed =
      {};                 ///< links of sectors whose elasticity is an assumption
  bool services = false;  ///< links of services were candidates, too
  EquilibriumSetting setting;
  std::vector<std::string> warnings;
};

/// Who stands between whom by quantities alone.
struct FlowsAnswer {
  std::string target;
  std::vector<std::string> sectors;  ///< whose trade is added up
  std::string unit;
  double most = 0;  ///< that can reach the target from abroad with today's flows as capacities
  std::vector<Labelled> cut;            ///< "TWN>CHN" with its amount: a minimum cut
  std::vector<Labelled> cut_suppliers;  ///< whose own supply is the bottleneck
  std::vector<Labelled> lost_share;     ///< of `most` without each region, largest first
  std::vector<Labelled> betweenness;    ///< 0…1, largest first
  double wanted_share = 0;              ///< of `most` that a joint ban shall remove
  bool reached = false, smallest = false;
  std::vector<std::string> banned;  ///< the smallest set found
  double banned_lost_share = 0;
  std::string vintage;
};

struct DefencePlanAnswer {
  std::vector<std::string> measures;
  double cost_pct = 0;  ///< purchases moved, per cent of all the target spends
  double loss_pct = 0;  ///< worst attack found
  std::optional<double> bound_pct;
};

struct DefendAnswer {
  std::string target;
  std::size_t k = 0, attack_links = 0;
  double factor = 0;  ///< of a share that stays with the seller
  double undefended_pct = 0;
  std::optional<double> undefended_bound_pct;
  DefencePlanAnswer best, best_per_cost;
  std::vector<DefencePlanAnswer> ladder;
  bool exhaustive = false;
  std::optional<double> least_possible_pct;  ///< no plan does better; empty: not proven
  std::optional<double> all_at_once_pct;     ///< with all measures at once; no bound
  std::vector<Labelled> measures;            ///< all that were offered, with their cost in per cent
  std::vector<std::string> theta_assumed = {};  ///< measures whose elasticity is an assumption
  bool services = false;                        ///< links of services were looked at, too
  bool priced = false;                          ///< costs are premiums per year, not what is moved
  EquilibriumSetting setting;
  std::vector<std::string> warnings;
};

}  // namespace linchpin
