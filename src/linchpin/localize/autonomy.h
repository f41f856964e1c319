// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "linchpin/core/error.h"
#include "linchpin/core/run_control.h"
#include "linchpin/localize/coupled_year.h"
#include "linchpin/parameters/trade_elasticities.h"

namespace linchpin::localize {

/// A cut-off that may come: others stop selling the product for some years.
struct CutOff {
  int years = 3;            ///< D, 1 to 10
  double leakage = 0;       ///< share that gets through all the same, [0, 1]
  double tool_control = 0;  ///< strictness of a control on tools in the same years, [0, 1]
  double discount = 0.97;   ///< δ, (0, 1]
  parameters::HorizonProfile horizon;  ///< of θ in the years after the first
  /// Loss of real final use in the first year of a cut-off, share of it, as a function of the share
  /// of purchases that is made at home: from the model of the first year (disrupt). Not set: the
  /// equilibrium with θ at half a year prices the first year, too.
  std::function<double(double home_share)> first_year_loss;
};

/// Everything an autonomy curve takes.
struct AutonomyCase {
  CoupledCase technology;
  std::vector<Instrument> baseline;   ///< in force with and without the programme
  std::vector<Instrument> programme;  ///< besides, on the programme's paths
  int first_year = 2025;
  int years = 15;
  CutOff cut_off;
};

/// \error bad_value  all findings at once
[[nodiscard]] Result<void> check(AutonomyCase const& each);

/// A year of one path.
struct PathYear {
  int year = 0;
  double welfare = 1;     ///< W: real final use over the base
  double home_share = 0;  ///< of demand served at home
  double unmet_share = 0;
  double unit_cost = 1;     ///< home price over the price abroad, before subsidy and tariff
  double quality = 1;       ///< relative to the frontier
  double experience = 1;    ///< over that of the first year
  double outlay = 0;        ///< memo: what the treasury pays, share of first-year purchases
  double export_price = 1;  ///< over the base
  double share_abroad = 0;  ///< of what others spend
  std::vector<double> welfare_abroad;
};

/// Four paths put together, one entry per year.
struct AutonomyCurve {
  std::vector<PathYear> without, with;          ///< B, P
  std::vector<double> cost;                     ///< C_t = 1 − W_t(P) / W_t(B)
  std::vector<double> loss_without, loss_with;  ///< L_τ(B), L_τ(P), shares of what would be used
  /// Σ_{h<D} δ^h (W(X) − W(X^τ)): what a cut-off in that year takes, at its beginning.
  std::vector<double> value_without, value_with;
};

/// Runs B and P over years + D − 1 years, then a cut-off in every year of both. Technology goes on
/// in the years of a cut-off: users switch, capacity is built, experience grows. The first year of
/// a cut-off is priced by `first_year_loss`, later ones h by the equilibrium with θ after h years,
/// against the uncut path at the same θ. No year is priced twice.
/// \error of check(), coupled_year() and priced()
[[nodiscard]] Result<AutonomyCurve> autonomy_curve(AutonomyCase const& each,
                                                   RunControl const& control = {});

/// The first place from which `loss` stays below `threshold` to the end; empty: none.
[[nodiscard]] std::optional<std::size_t> manageable_from(std::span<double const> loss,
                                                         double threshold);

/// What a programme is worth as an insurance against a cut-off.
struct Insurance {
  enum class Verdict {
    pays_without_cut_off,  ///< it costs nothing on balance, even if nothing is ever cut
    pays_above,            ///< from the yearly probability `hazard` on
    never,                 ///< not even where a cut-off is certain
  };
  Verdict verdict = Verdict::never;
  std::optional<double> hazard;  ///< of Verdict::pays_above
};
[[nodiscard]] char const* to_string(Insurance::Verdict verdict) noexcept;

/// The smallest yearly hazard p with
///   Σ_t δ^t C_t W_t(B) = Σ_τ δ^τ p (1 − p)^{τ−1} [PVloss(B^τ) − PVloss(P^τ)], τ from 1.
/// The right side need not rise with p (a cut-off that is likely comes early, when a programme
/// helps little): the smallest root is found on a grid of 2000 and by bisection.
[[nodiscard]] Insurance insurance_of(AutonomyCurve const& curve, double discount);

/// For a loss that was computed at a few shares: linear between nodes, on along the first two below
/// them, constant above.
struct LossTable {
  std::vector<double> share, loss;  ///< shares ascending, at least one
  [[nodiscard]] double at(double home_share) const;
  /// Largest error when a node between the ends is left out and read off its neighbours; 0 with
  /// fewer than three.
  [[nodiscard]] double leave_one_out_error() const;
};

}  // namespace linchpin::localize
