// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "linchpin/core/error.h"

namespace linchpin::leverage {

/// A target that knows how resilient it is, and a sender that does not. Before the sender decides
/// whether to threaten, the target may discourage purchases from it today: a signal of size s ≥ 0
/// (say, the share of imports given up) that costs the resilient less than the dependent.
struct SignallingCase {
  double resilient_cost = 0;  ///< κ_R of one unit of signal to a resilient target, > 0
  double dependent_cost = 0;  ///< κ_D, ≥ κ_R: single crossing
  double resilient_loss = 0;  ///< ℓ_R of a resilient target that is threatened, ≥ 0
  double dependent_loss = 0;  ///< ℓ_D of a dependent one, ≥ 0
  double gain = 0;            ///< of the sender from threatening a dependent target, > 0
  double penalty = 0;         ///< of the sender from threatening a resilient one, > 0
  double belief = 0;          ///< prior probability p that the target is resilient, 0…1
};

struct Interval {
  double low = 0;
  double high = 0;
  bool empty = true;
};

/// Perfect Bayesian equilibria in which off the path the sender takes an unexpected target for
/// dependent (the belief that supports the most).
struct Signalling {
  /// p* = gain/(gain + penalty): from this probability of resilience on a threat does not pay.
  double deterring_belief = 0;
  /// Signals s that only the resilient send: ℓ_D/κ_D ≤ s ≤ ℓ_R/κ_R. The sender threatens who does
  /// not.
  Interval separating;
  /// Signals both send, where the prior deters (p ≥ p*): 0 ≤ s ≤ min(ℓ_D/κ_D, ℓ_R/κ_R).
  Interval pooling;
  /// Nobody signals and nobody is threatened: where the prior deters.
  bool silence_deters = false;
  /// Nobody signals and everybody is threatened, though p < p*: an equilibrium only by its beliefs.
  /// A resilient target gains by a separating signal that no dependent one would send, where there
  /// is one; the intuitive criterion then rules silence out.
  bool silence_threatened = false;
  bool silence_survives_intuition = false;
  /// Where p < p*: signals that all resilient and some dependent targets send, 0 < s < ℓ_D/κ_D.
  Interval mixing;
  double mixing_share = 0;  ///< of the dependent that send it: p · penalty / ((1 − p) · gain)
  double cheapest_separating = 0;  ///< s = ℓ_D/κ_D where `separating` is not empty
};

/// How much of a signal each type would rather send than be threatened, where costs are no multiple
/// of its size: c_D(s) = ℓ_D at `dependent`, c_R(s) = ℓ_R at `resilient`, costs rising in s.
struct SignalLimits {
  double dependent = 0;  ///< infinite: the largest signal costs it less than a threat
  double resilient = 0;
  double largest = 1;  ///< signal there is, > 0
  /// c_R(s)/ℓ_R ≤ c_D(s)/ℓ_D for every s below `dependent`: where the dependent are indifferent
  /// between a signal with some threats and none with threats, the resilient prefer the signal.
  bool resilient_first = true;
};

/// Probability of a threat against those who sent signal `s` in the mixing equilibrium, 1 − κ_D
/// s/ℓ_D.
[[nodiscard]] double mixing_threat(SignallingCase const& given, double signal) noexcept;

/// \error bad_value  numbers outside the ranges above
///
/// Source: Spence (1973), "Job market signaling", QJE 87(3); Cho & Kreps (1987), "Signaling games
/// and stable equilibria", QJE 102(2); the application is ours.
[[nodiscard]] Result<Signalling> signal_ranges(SignallingCase const& given);

/// The same with costs of any shape; ranges end at the largest signal there is.
/// \error bad_value  gain, penalty or belief outside the ranges above
[[nodiscard]] Result<Signalling> signal_ranges(SignalLimits const& limits, double gain,
                                               double penalty, double belief);

}  // namespace linchpin::leverage
