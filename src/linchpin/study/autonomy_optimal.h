// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <functional>
#include <span>
#include <string>
#include <vector>

#include "linchpin/core/error.h"
#include "linchpin/core/run_control.h"
#include "linchpin/localize/autonomy.h"
#include "linchpin/study/autonomy_world.h"

namespace linchpin::study {

/// The curve of a case: localize::autonomy_curve, or something faster that stands for it.
using CurveOf = std::function<Result<localize::AutonomyCurve>(localize::AutonomyCase const& each,
                                                              RunControl const& control)>;

/// Present values of one programme. Shares of a year's real final use, outlay in years of
/// first-year purchases.
struct ProgrammeSum {
  double cost = 0;           ///< Σ δ^t C_t W_t(B)
  double expected_loss = 0;  ///< Σ_τ δ^τ p (1 − p)^{τ−1} PVloss(P^τ), as in insurance_of
  double outlay = 0;         ///< Σ δ^t outlay_t
  [[nodiscard]] double total() const { return cost + expected_loss; }
};

/// One instrument in one phase.
struct ProgrammeAmount {
  localize::InstrumentKind kind = localize::InstrumentKind::production_subsidy;
  int from = 0, to = 0;  ///< years, `to` not included
  double plan = 0;       ///< mean over the phase of the user's plan
  double best = 0;
  double lowest = 0, highest = 0;
};

struct OptimalProgramme {
  ProgrammeSum none, plan, best;
  std::vector<ProgrammeAmount> amounts;  ///< by instrument, then phase
  double hazard = 0, budget = 0;
  double shadow_price = 0;  ///< of total() per year of first-year purchases
  std::size_t evaluations = 0;
  std::vector<double> ends;  ///< total() where the searches ended, the best first
};

/// Present values of a curve's programme, and of none.
[[nodiscard]] ProgrammeSum programme_sum(localize::AutonomyCurve const& curve, double discount,
                                         double hazard);
[[nodiscard]] ProgrammeSum no_programme_sum(localize::AutonomyCurve const& curve, double discount,
                                            double hazard);

/// Amounts of `asks.optimal` at these numbers; instruments of the programme that are not searched
/// stay as planned. Precondition: the study asks for it.
/// \error missing_value  the plan pays nothing and no budget is given
/// \error as search_programme, autonomy_case and `curve_of`
[[nodiscard]] Result<OptimalProgramme> find_programme(AutonomyGround const& ground,
                                                      std::span<double const> values,
                                                      CurveOf const& curve_of,
                                                      RunControl const& control);

/// The programme with amounts `x` in the place of the kinds that are searched; the phase that ends
/// with the study, at `end`, goes on behind it only as long as the plan's own instruments of its
/// kind do.
[[nodiscard]] std::vector<localize::Instrument> with_amounts(
    std::vector<localize::Instrument> const& programme, std::vector<ProgrammeAmount> const& amounts,
    std::span<double const> x, int end);

}  // namespace linchpin::study
