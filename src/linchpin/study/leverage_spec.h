// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "linchpin/study/placed.h"
#include "linchpin/study/trade_spec.h"
#include "linchpin/study/uncertain_spec.h"

namespace linchpin::study {

/// A number that is not measured: its value, the range within which another is as good, and why.
struct RangedNumber {
  double value = 0, low = 0, high = 0;
  std::string note;
};

/// A product line that becomes a sector of its own before anything is asked.
struct CarveLineSpec {
  std::string where;
  Placed<std::string> line, host;
  std::optional<RangedNumber> world_sales;    ///< [unit of the world per year]
  std::vector<Placed<std::string>> minerals;  ///< instead: commodities, production times price
  Placed<std::string> home;                   ///< region whose market is outlined
  RangedNumber home_buys, home_share;         ///< its share of world purchases; made at home
  std::vector<Placed<std::pair<std::string, double>>> suppliers;  ///< shares of makers by region
  std::optional<RangedNumber> theta;                              ///< empty: the host's
};

/// The [leverage.power] table.
struct PowerSpec {
  std::vector<Placed<std::string>> worlds;  ///< empty: the study's own
  std::vector<Placed<std::string>> senders, targets, sectors;
  std::vector<Placed<std::string>> short_run;  ///< "CHN>USA"; empty: every pair
  std::vector<Placed<std::string>> compare;    ///< sets of trade elasticities
  bool full_break = false;
  bool short_run_range = false;
  double outer = 1;  ///< elasticity between sectors of final demand, of the cost indices
  int days = 365;
  int top = 10;
  /// Draws in which trade is settled, and in which months are simulated, for the strongest pairs.
  int settled_draws = 100, short_run_draws = 20;
};

/// One [[leverage.chokepoints]] table.
struct ChokepointSpec {
  Placed<std::string> target;
  std::vector<Placed<std::string>> senders, sectors;
  bool services = false;
  int k = 5;
  int top = 10;
  double cut = 1;         ///< part of each purchase that is denied
  bool products = false;  ///< all foreign sellers of a sector at once
  std::optional<double> sender_limit_pct, reach_pct;
};

/// One [[leverage.supply_tree]] table: makers of the stages of a technology.
struct SupplyTreeSpec {
  Placed<std::string> technology, target;
  std::optional<Placed<std::string>> providers;  ///< a file of makers
  std::vector<Placed<std::string>> gates;
  std::optional<double> theta, needed;
  int k = 5;
  int top = 10;
};

/// A year of a path to autonomy in a carved line.
struct AfterPoint {
  int year = 0;
  double home_share = 0;           ///< of the home region's purchases, made at home
  std::optional<double> cost_pct;  ///< what the path costs in that year, as the user knows it
  std::optional<double> relative_price,
      relative_quality;  ///< at home over abroad, of a computed path
};

/// One [[leverage.after]] table: power over a line's home region along a path.
struct AfterSpec {
  Placed<std::string> line;
  std::vector<AfterPoint> points;               ///< or else a path that is computed:
  std::optional<Placed<std::string>> autonomy;  ///< the autonomy study it is of
  std::optional<Placed<std::string>> technology;
  std::vector<int> years;  ///< empty: all of that study
  bool programme = true;
};

/// What an action of a stand-off does to the deliveries it names.
struct StandoffInstrument {
  enum class Kind { ban, tariff, export_tax, licences };
  Kind kind = Kind::ban;
  /// Share of deliveries that a ban stops; rate of a tariff or tax on their value; share of the
  /// base's deliveries that licences allow.
  double number = 1;
  equilibrium::QuotaRents rents = equilibrium::QuotaRents::exporter;  ///< of licences
};

/// What a player of a stand-off can do besides nothing.
struct StandoffActionSpec {
  Placed<std::string> name, player;
  StandoffInstrument instrument;
  std::vector<Placed<std::string>> sellers, buyers, sectors;
  std::optional<RangedNumber> worth;  ///< to the player while in force, % of real final spending
};

struct StandoffMoveSpec {
  Placed<std::string> name;
  std::optional<Placed<std::string>> next;
  std::vector<Placed<std::string>> in_force;     ///< actions, where the game ends
  std::optional<Placed<std::string>> gives_way;  ///< the player who does
};

struct StandoffRungSpec {
  Placed<std::string> name, player;
  std::vector<Placed<std::string>> in_force;  ///< actions, while the player makes up its mind
  double duration = 0;                        ///< of that, share of the horizon
  std::vector<StandoffMoveSpec> moves;
};

/// What the losses of a stand-off are taken from.
enum class StandoffLosses {
  settled,  ///< the trade model at the horizon asked
  daily,    ///< the daily model over the horizon, at most a year
  both,     ///< payoffs from the trade model, the daily model beside it
};

/// One [[leverage.standoff]] table: two or three regions, their actions, a ladder.
struct StandoffSpec {
  std::string where, name, title;
  std::vector<Placed<std::string>> players;
  std::vector<RangedNumber> stakes;  ///< [player] what the dispute is worth, % of final spending
  std::vector<StandoffActionSpec> actions;
  std::vector<StandoffRungSpec> rungs;
  std::optional<double> horizon_years;  ///< of the [leverage] table; empty: the long run
  double discount = 0;                  ///< per year, of what comes later within the horizon
  StandoffLosses losses = StandoffLosses::settled;
  /// Most that those who go along without playing would bear, % of real final spending.
  std::optional<double> member_limit_pct;
};

/// One [[leverage.bargain]] table: two sides that could stop trading with each other.
struct BargainSpec {
  std::string where;
  std::vector<Placed<std::string>> first, second, sectors;
  double weight = 0.5;
  RangedNumber first_resolve, second_resolve;  ///< per cent of real final spending
};

/// One [[leverage.signal]] table: what a target shows by buying less.
struct SignalSpec {
  std::string where;
  Placed<std::string> target;
  std::vector<Placed<std::string>> senders, sectors;
  bool tariff = false;  ///< else a wedge that uses up resources
  double belief = 0.5;
  std::optional<double> demand_pct;
  double signal_years = 1, threat_years = 1;
};

/// One [[leverage.frontier]] table: what less exposure to rivals costs a buyer.
struct FrontierSpec {
  std::string where;
  Placed<std::string> buyer;
  std::vector<Placed<std::string>> rivals, sectors;
  bool services = false, network = false;
  std::vector<double> prices;
  std::optional<double> limit_pct;
};

/// A [leverage.defend] table; there may be several. What is empty was not said.
struct DefendSpec {
  std::string where;
  Placed<std::string> target;
  std::vector<Placed<std::string>> sectors, options;
  bool services = false;
  std::optional<int> k, attack_links, measures, stock_days;
  std::optional<double> kept_share;
};

/// What a threat is worth, and what can be done about it.
struct ThreatSpec {
  std::vector<BargainSpec> bargains;
  std::vector<SignalSpec> signals;
  std::vector<FrontierSpec> frontiers;
  std::vector<DefendSpec> defences;

  [[nodiscard]] bool empty() const noexcept {
    return bargains.empty() && signals.empty() && frontiers.empty() && defences.empty();
  }
};

/// The [leverage] table of a study.
struct LeverageSpec {
  TradeModelSpec model;
  std::vector<CarveLineSpec> carve;
  std::optional<PowerSpec> power;
  std::vector<ChokepointSpec> chokepoints;
  std::vector<SupplyTreeSpec> supply_trees;
  std::vector<StandoffSpec> standoffs;
  std::vector<AfterSpec> after;
  ThreatSpec threats;
  std::optional<EnsembleSpec> ensemble;
};

}  // namespace linchpin::study
