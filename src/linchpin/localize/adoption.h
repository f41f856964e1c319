// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <vector>

#include "linchpin/core/error.h"

namespace linchpin::localize {

/// How good is good enough: the lowest quality that a use accepts, over uses. A beta distribution
/// stretched over [lowest, highest].
struct Thresholds {
  double alpha = 2, beta = 2;      ///< shape, above 0
  double lowest = 0, highest = 1;  ///< in units of quality, lowest < highest

  /// Share of uses that accept quality `quality`: the distribution function, 0 to 1.
  [[nodiscard]] double addressable(double quality) const;
};

/// One who offers the product.
struct Offer {
  double price = 1;    ///< what the buyer pays, tariffs and logistics included, above 0
  double quality = 1;  ///< >= 0
  bool foreign = false;
  double access = 1;  ///< share of users that can get it, [0, 1]; 0 is a ban
  /// Added to utility: a preference, or what is not in price and quality. 0 usually.
  double appeal = 0;
};

/// How users choose.
struct Choice {
  double price_coefficient = 4;    ///< η of the logit, >= 0; the trade elasticity of the product
  double quality_coefficient = 1;  ///< γ, >= 0
  double enough = 1;               ///< q̄: quality above it pleases no more, above 0
  Thresholds thresholds;
  /// Share of users that must buy at home where anything made at home is good enough for them.
  double mandate = 0;
  /// The same users must buy at home even if nothing is good enough: their demand stays unmet.
  bool mandate_without_waiver = false;
  /// Taken from the utility of foreign offers (guidance, window advice), >= 0.
  double discouragement = 0;
  /// Share added to foreign prices in the mind of buyers who fear a cut, >= 0 (see fear_premium).
  double fear = 0;
};

/// \error bad_value      all numbers out of range, `where` in each
/// \error missing_value  no offer
[[nodiscard]] Result<void> check(Choice const& choice, std::span<Offer const> offers,
                                 std::string const& where);

/// Who serves demand. shares and unmet add up to one.
struct Adoption {
  std::vector<double> shares;  ///< of all users, as offers were given
  double unmet = 0;            ///< users whom nothing they can get is good enough for
  double home = 0;             ///< sum over offers made at home
  double foreign = 0;

  /// Share of those who are served; 0 if nobody is.
  [[nodiscard]] double home_among_served() const;
};

/// Shares of `offers`. A user knows the lowest quality its use accepts (a draw from the
/// thresholds), which offers it can get, and whether a mandate binds it, the three independent of
/// each other; where access differs, who gets the scarcer offer gets the others as well. Among what
/// is good enough it chooses with probabilities proportional to exp(u),
///   u = -η ln(price (1 + fear)) + γ min(quality/q̄, 1) - discouragement + appeal,
/// fear and discouragement on foreign offers only. As η grows the cheapest that qualifies takes
/// all; with foreign offers banned the home ones get everybody they are good enough for and 1 -
/// addressable(quality) stays unmet.
///
/// Source: logit demand, McFadden (1974), in Zarembka (ed.), Frontiers in Econometrics; thresholds,
/// access and mandates are ours. Exact sums over the segments of users, no simulation.
/// Precondition: checked.
[[nodiscard]] Adoption adopt(Choice const& choice, std::span<Offer const> offers);

/// The appeal of `offers[which]` at which it gets `share` of all users, all else as given; for a
/// first year whose shares are known. Found by bisection to 1e-12 in the share.
/// \error bad_value  no appeal gives that share: more uses ask for a better quality, cannot get the
/// offer or
///                   are bound to it (the hint says what can be reached)
/// Precondition: checked, which < offers.size().
[[nodiscard]] Result<double> calibrated_appeal(Choice const& choice, std::span<Offer const> offers,
                                               std::size_t which, double share);

/// The share of its price by which an offer that may be cut off seems dearer: probability of the
/// cut within a year × loss it would bring, the loss in units of the price paid per year.
[[nodiscard]] double fear_premium(double probability, double loss);

}  // namespace linchpin::localize
