// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "linchpin/core/error.h"
#include "linchpin/core/run_control.h"
#include "linchpin/sampling/sensitivity.h"
#include "linchpin/study/autonomy_optimal.h"

namespace linchpin::study {

// What varies, in words.
inline constexpr char const* driven_loss = "cut-off loss in the last year";
inline constexpr char const* driven_share = "share made at home in the last year";
inline constexpr char const* driven_cost = "cost of the programme";

struct Driver {
  std::string number;
  sampling::FactorIndices indices;
};

/// What moves one result, by its share of the variance.
struct DrivenResult {
  std::string result;           ///< driven_loss …
  std::vector<Driver> drivers;  ///< largest total index first; empty if the result does not vary
  double mean = 0, standard_deviation = 0;
};

struct Drivers {
  std::size_t draws = 0, groups = 0, failed = 0;
  std::vector<DrivenResult> results;
};

/// Whether a total index says that a number matters: Jansen's estimate is never below zero, so its
/// interval has to lie above a hundredth of the variance.
[[nodiscard]] inline bool matters(sampling::Estimate const& total) noexcept {
  return total.low > 0.01;
}

/// Whether a number can move anything in this study: what makers cost to enter does not where no
/// policy brings any.
[[nodiscard]] bool may_matter(AutonomyStudy const& study, std::string_view number);

/// Whether `asks.driver_draws` are enough for the numbers that vary, and there are such numbers.
/// \error unknown_label  `asks.driver_numbers` names what is no number with a range
/// \error bad_value  fewer than sampling::fewest_groups groups need
[[nodiscard]] Result<void> check_drivers(AutonomyGround const& ground);

/// Sobol' indices of every number that varies (others stay at their values), over a Saltelli design
/// of `asks.driver_draws` draws: for loss and share made at home in the last year, the present
/// value of the programme's cost, and whether a cut-off becomes manageable and the programme pays
/// at any hazard (1 or 0).
/// \error as check_drivers; cancelled; the first draw's error, if all fail
[[nodiscard]] Result<Drivers> find_drivers(AutonomyGround const& ground,
                                           std::span<AutonomyParameter const> parameters,
                                           CurveOf const& curve_of, RunControl const& control);

}  // namespace linchpin::study
