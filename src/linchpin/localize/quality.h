// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>

#include "linchpin/core/error.h"

namespace linchpin::localize {

/// How the pull of the frontier depends on the distance to it.
enum class CatchUpKind {
  exponential,  ///< Nelson & Phelps: the pull grows with the gap without bound; never left behind
  logistic,     ///< Benhabib & Spiegel: too far behind, nothing is understood; a trap exists
};

/// What lets a maker take up what the frontier knows.
struct Absorption {
  double base_speed = 0.05;   ///< φ_0, at human capital 1 and full research effort [per year]
  double human_capital = 1;   ///< h, relative to the frontier's, >= 0
  double exponent = 1;        ///< ν, >= 0
  double research_share = 1;  ///< effort relative to the norm, >= 0

  /// φ = φ_0 h^ν × research share [per year].
  [[nodiscard]] double speed() const;
};

/// The parameters of catch-up.
struct CatchUp {
  CatchUpKind kind = CatchUpKind::exponential;
  Absorption absorption;
  double own_growth = 0.01;       ///< g, without any frontier [per year]
  double frontier_growth = 0.02;  ///< g* [per year]
  /// κ: share of the speed that a complete control takes away, [0, 1]. It slows what is learned
  /// from others; what one's own sales teach runs through experience (learning.h) and is not
  /// slowed.
  double control_effect = 0;
};

/// \error bad_value  all numbers out of range, `where` in each
[[nodiscard]] Result<void> check(CatchUp const& parameters, std::string const& where);

/// Where a maker and the frontier stand. Quality is a positive index, 1 = frontier of the first
/// year.
struct Quality {
  double level = 1;
  double frontier = 1;
  [[nodiscard]] double relative() const { return level / frontier; }
  friend bool operator==(Quality const&, Quality const&) = default;
};

/// φ under a control of this strictness in [0, 1]: speed × (1 - κ strictness).
[[nodiscard]] double catch_up_speed(CatchUp const& parameters, double strictness);

/// Quality `years` later; with A the level, A* the frontier and φ as above,
///   exponential  A'/A = g + φ (A*/A - 1),   logistic  A'/A = g + φ (1 - A/A*),   A*' = g* A*,
/// in closed form: the answer does not depend on how a span of time is cut into steps.
///
/// \param strictness  of controls, [0, 1]
/// \param ceiling     highest level that can be reached with the tools at hand (gates.h); a level
///                    above it is kept, not lost; infinity if nothing binds
///
/// Sources: Nelson & Phelps (1966), American Economic Review 56(1/2); Benhabib & Spiegel (2005),
/// Handbook of Economic Growth 1A, chapter 13.
/// Preconditions: checked parameters, level and frontier above 0, 0 <= years <= 100.
[[nodiscard]] Quality next_quality(Quality const& now, CatchUp const& parameters, double years,
                                   double strictness, double ceiling);

/// A/A* in the long run: φ / (φ + g* - g) of the exponential kind, 1 - (g* - g)/φ of the logistic
/// one. 0: left behind for ever (logistic with g + φ <= g*). Above 1 if own growth is the faster.
/// Empty: exponential with φ + g* - g <= 0, where the maker runs away from the old frontier.
[[nodiscard]] std::optional<double> steady_relative_quality(CatchUp const& parameters,
                                                            double strictness = 0);

}  // namespace linchpin::localize
