// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "linchpin/core/error.h"
#include "linchpin/core/run_control.h"
#include "linchpin/localize/autonomy.h"
#include "linchpin/study/autonomy_world.h"

namespace linchpin::study {

/// The programme with its subsidies taken away from some year on.
struct SubsidyEnd {
  int first_year_without = 0;
  /// What is taken away: all of the programme, or only what the treasury pays for (then mandates,
  /// tariffs and discouragement stay).
  bool all = false;
  bool as_planned = false;  ///< the plan itself ends them then
  /// In the last year of the study, over the path without the programme: share made at home, and
  /// cut-off loss avoided, with what is left and with the programme as planned.
  double gain_end = 0, gain_full = 0;
  double loss_cut_end = 0, loss_cut_full = 0;
  double home_share_end = 0, loss_end = 0;
  /// gain_end / gain_full; empty where the planned programme itself has hardly a gain at the end
  /// (below half a per cent of demand).
  [[nodiscard]] std::optional<double> gain_stands() const;
  [[nodiscard]] std::optional<double> loss_cut_stands() const;
};

/// "Is it only subsidy?"
struct SubsidyTest {
  std::vector<SubsidyEnd> ends;
  double home_share_end = 0, loss_end = 0;                  ///< of the programme as planned
  double home_share_without_end = 0, loss_without_end = 0;  ///< without it
  /// Mill: the first year in which a unit costs no more at home than abroad; empty: never.
  std::optional<int> mill_year;
  bool already_cheaper = false;  ///< that is the first year: there is no infant to protect
  /// Bastable: present value of (price abroad − price at home) × quantity made, with the programme
  /// less without it, less what raising the money costs beyond the transfer [years of first-year
  /// purchases]; above zero: passed. Both prices before subsidies and tariffs; discounted as the
  /// study does.
  double bastable_value = 0;
};

/// Years from which a subsidy test takes subsidies away: the plan's own end, where it is within the
/// study, and the first year plus each of `asks.subsidies_until`, in order, each once.
[[nodiscard]] std::vector<int> subsidy_ends(AutonomyStudy const& study,
                                            AutonomyTechnology const& technology);

/// What raising a unit of money costs beyond it. Source: US Office of Management and Budget,
/// Circular A-94 (1992), section 11: 25 cents per dollar.
inline constexpr double burden_of_funds = 0.25;

/// Fills Mill's and Bastable's tests of `test` from the two central paths.
void put_infant_tests(SubsidyTest& test, localize::AutonomyCurve const& central, double discount);

/// Runs the paths at `values`; `central` is the curve of the programme as planned at them.
/// \error as autonomy_case and localize::autonomy_curve
[[nodiscard]] Result<SubsidyTest> test_subsidies(AutonomyGround const& ground,
                                                 std::span<double const> values,
                                                 localize::AutonomyCurve const& central,
                                                 RunControl const& control);

/// What a programme's subsidy on plants does to the share made at home, all else of it left as it
/// is: most points in a year of the path, or that it buys nothing; empty where there is none.
/// \error as localize::autonomy_paths
[[nodiscard]] Result<std::string> plant_subsidy_remark(localize::AutonomyCase each,
                                                       std::vector<localize::PathYear> const& with,
                                                       RunControl const& control);

}  // namespace linchpin::study
