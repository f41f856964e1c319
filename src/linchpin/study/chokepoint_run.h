// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "linchpin/core/error.h"
#include "linchpin/core/run_control.h"
#include "linchpin/results/leverage_answer.h"
#include "linchpin/study/leverage_world.h"
#include "linchpin/study/uncertain_spec.h"

namespace linchpin::study {

/// Which links of a target are asked about. Labels; empty lists: all.
struct ChokepointRequest {
  std::string target;
  std::vector<std::string> senders, sectors;
  bool services = false;  ///< without `sectors`: links of services, whose theta is assumed, too
  std::size_t k = 5;
  double cut = 1;  ///< part of each purchase that is denied, (0, 1]; below 1: partial cuts
  std::optional<double> sender_limit_pct;  ///< no owner may lose more of its real final spending
  bool products = false;                   ///< all foreign sellers of a sector at once
  std::optional<double> reach_pct;  ///< asks for the smallest coalition that costs the target this
  std::size_t top = 10;             ///< sets reported
  std::size_t proof_evaluations = 5'000;  ///< of the price system
  TradeModelSpec model;
  std::optional<EnsembleSpec> ensemble;
  std::optional<DrawnGround> drawn = {};  ///< worlds of the draws; else elasticities are drawn
};

/// Most harmful sets of links: screened by prices at fixed wages, the best re-solved in general
/// equilibrium with swaps, beside the search at fixed wages, whose bound is proven. Partial cuts
/// are screened by their first-order effects in general equilibrium instead.
/// \error unknown_label, duplicate_label  all at once
/// \error of open_leverage_world, of the models; cancelled
[[nodiscard]] Result<ChokepointsAnswer> run_chokepoints(TradeGround const& ground,
                                                        ChokepointRequest const& request,
                                                        ParameterSource const& source,
                                                        RunControl const& control = {});

/// What a target can do against such denials.
struct DefendRequest {
  std::string target;
  std::size_t k = 3;                      ///< measures at most
  std::size_t attack_links = 3;           ///< links an attack denies at most
  std::size_t measures = 8;               ///< links that may be diversified, the most harmful ones
  std::vector<std::string> sectors = {};  ///< of links that are denied or mended; empty: goods
  bool services = false;    ///< without `sectors`: services, whose theta is assumed, too
  double kept_share = 0.5;  ///< of what is bought through a link that is diversified
  /// "diversify", "localise", "stockpile": what can be done about a link. Empty: diversify, at the
  /// cost of what is moved; else costs are premiums, to compare.
  std::vector<std::string> options = {};
  int stock_days = 90;              ///< of purchases through the link, held in stock
  double diversify_premium = 0.05;  ///< of what is moved to other sellers, per year; an assumption
  double localise_premium = 0.3;    ///< of what is made at home instead; an assumption
  double holding_rate = 0.1;        ///< of the value of a stock, per year; an assumption
  TradeModelSpec model;
};

/// What to do about which links so that the worst attack costs least, by prices at fixed wages. A
/// measure moves part of what is bought through a link to the other sellers; its cost is what is
/// moved, over all that the target spends.
/// With `options`, a link can also be made at home instead, or held in stock: stocks of d days
/// stand in for d/365 of a year's purchases. Costs are then premiums per year.
/// \error as run_chokepoints; bad_value  an option that is none of the three
[[nodiscard]] Result<DefendAnswer> run_defend(TradeGround const& ground,
                                              DefendRequest const& request,
                                              ParameterSource const& source,
                                              RunControl const& control = {});

}  // namespace linchpin::study
