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

/// What a unit made at home costs, in first-year prices abroad [money per unit]: what capacity has
/// to earn, the rest of value added, and inputs by where they are bought. Shares of value added and
/// inputs are those of the host sector; where inputs are bought is the economy's answer.
struct CostParts {
  double capital = 0, labour = 0;
  double home_inputs = 0, imported_inputs = 0;
  [[nodiscard]] double total() const { return capital + labour + home_inputs + imported_inputs; }
};

/// A year of one path.
struct PathYear {
  int year = 0;
  double welfare = 1;        ///< W: real final use over the base
  double home_share = 0;     ///< of demand served at home
  double foreign_share = 0;  ///< of demand served from abroad
  double unmet_share = 0;
  double home_spending = 0;  ///< share of what the region spends on the line that stays at home
  double unit_cost = 1;      ///< home price over the price abroad, before subsidy and tariff
  double market = 0;         ///< what the region spends on the line at base prices, of final use
  double price_abroad = 1;   ///< of foreign offers at home, tariffs of the policy left out
  CostParts cost;
  double quality = 1;  ///< relative to the frontier
  double ceiling = 1;  ///< highest step in reach, share of the frontier; 1 without a ladder
  std::string gate;    ///< tools that hold quality back in the year, by name; empty: none
  double makers = 1;   ///< at home, those who entered included
  double experience_abroad = 1;  ///< of foreign makers, over that of the first year
  double experience = 1;         ///< over that of the first year
  double resources = 0;     ///< taken from final use by the state, in it; share of base final use
  double outlay = 0;        ///< memo: what the treasury pays, share of first-year purchases
  double export_price = 1;  ///< over the base
  double exports = 1;       ///< quantity sold abroad, over the base
  double export_scarcity =
      0;                    ///< what buyers abroad pay beyond the price, share: capacity is short
  double share_abroad = 0;  ///< of what others spend
  // In units; one is what the region bought in the first year.
  double capacity = 0, made = 0, ordered = 0;  ///< installed at its beginning; per year
  double utilisation = 0;                      ///< share of capacity in use
  // The two channels of denial: speed of catching up with and without it, and experience gained in
  // the year, over that of the first year.
  double catch_up_speed = 0, undenied_speed = 0, experience_gained = 0;
  // With diffusion into the economy: the stock of compute over the first year's, share of firms
  // that use it, gain in productivity of a fully exposed sector.
  double compute_stock = 1, compute_adoption = 0, compute_gain = 0;
  // By region, over the base; empty unless asked for.
  std::vector<double> welfare_abroad;
  std::vector<double> newcomer;  ///< share of home makers in what each region spends on the line
  DenseVector real_output;       ///< of industries; layout: good
};

/// What the programme does to one region by some year: the path with it against that without.
struct CompetitorLoss {
  double real_income = 0;         ///< change, share
  double line_output = 0;         ///< change of the quantity made of the line, share
  std::size_t hardest_hit = 0;    ///< sector with the largest loss of output at base prices
  double hardest_hit_output = 0;  ///< its change, share
  double newcomer = 0;            ///< share of the newcomer in its purchases, with
  double newcomer_without = 0;    ///< and without the programme
};

/// A year of a cut-off.
struct CutYear {
  double weight = 1;      ///< δ^h
  double welfare = 1;     ///< W of the uncut path in the same calendar year
  double loss = 0;        ///< ℓ_h, share of what would be used
  bool by_table = false;  ///< by `first_year_loss`, else by the equilibrium
  double home_share = 0, foreign_share = 0, unmet_share = 0;  ///< of demand, while cut
  double from_stock = 0;                                      ///< share of demand
};
/// A cut-off that starts in some year: L = (Σ_h δ^h W ℓ_h + later) / Σ_h δ^h W.
struct CutOffYears {
  std::vector<CutYear> years;
  double later = 0;  ///< present value of what is missing afterwards (diffusion alone)
};

/// Four paths put together, one entry per year.
struct AutonomyCurve {
  std::vector<PathYear> without, with;          ///< B, P
  std::vector<double> cost;                     ///< C_t = 1 − W_t(P) / W_t(B)
  std::vector<double> loss_without, loss_with;  ///< L_τ(B), L_τ(P), shares of what would be used
  /// Σ_{h<D} δ^h (W(X) − W(X^τ)): what a cut-off in that year takes, at its beginning.
  std::vector<double> value_without, value_with;
  std::vector<CutOffYears> cut_without, cut_with;  ///< behind the losses, by first year
  std::size_t solves = 0;                          ///< of the whole economy, behind all this
  /// Years of cut-offs in which technology and prices found no agreement: technology went by the
  /// prices of the uncut path.
  std::size_t uncoupled = 0;
};

/// Whether years of a path keep what happens in every region.
enum class PathDetail { own, by_region };

/// Runs B and P over years + D − 1 years, then a cut-off in every year of both. Technology goes on
/// in the years of a cut-off: users switch, capacity is built, experience grows. Users, makers and
/// prices of year h agree at θ after h years (half a year in the first), with and without the cut.
/// The first year of a cut-off is priced by `first_year_loss`, later ones by the equilibrium,
/// against the same years without the cut at the same θ. No year is priced twice. Where the line is
/// capital whose services count (`CoupledCase::compute`), its lost sales are no loss by themselves:
/// then the equilibrium prices the first year, too, at half a year, and what is not bought is
/// missing from the stock of later years: those after the cut-off count in its loss as well, by the
/// effect of gains on W near the first year.
/// \error of check(), coupled_year() and priced()
[[nodiscard]] Result<AutonomyCurve> autonomy_curve(AutonomyCase const& each,
                                                   RunControl const& control = {},
                                                   PathDetail detail = PathDetail::by_region);

/// What makers do with and without the programme, no cut-off being asked about: the first `years`
/// of the two paths of an autonomy curve, at a tenth of its work.
struct AutonomyPaths {
  std::vector<PathYear> without, with;
};
/// \error of check() and coupled_year()
[[nodiscard]] Result<AutonomyPaths> autonomy_paths(AutonomyCase const& each,
                                                   RunControl const& control = {});

/// One per region, home included. \pre the curve was run by region, year < its years
[[nodiscard]] std::vector<CompetitorLoss> competitor_losses(CoupledCase const& technology,
                                                            AutonomyCurve const& curve,
                                                            std::size_t year);

/// The first place from which `loss` stays below `threshold` to the end; empty: none.
[[nodiscard]] std::optional<std::size_t> manageable_from(std::span<double const> loss,
                                                         double threshold);

/// What a programme is worth as an insurance against a cut-off.
struct Insurance {
  enum class Verdict {
    pays_without_cut_off,  ///< it costs nothing on balance, even if nothing is ever cut
    pays_above,            ///< from the yearly probability `hazard` on
    never,                 ///< at no yearly probability, one that is the same in all years
    changes_nothing,       ///< costs nothing and saves nothing: there is nothing to judge
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
  /// What is bought abroad at each share over what it is measured in; for goods that only final
  /// users buy the most that their lack can take. Empty: not known.
  std::vector<double> most = {};
  [[nodiscard]] double at(double home_share) const;
  /// Largest error when a node between the ends is left out and read off its neighbours; 0 with
  /// fewer than three.
  [[nodiscard]] double leave_one_out_error() const;
  /// The same where shares from low to high are read: nodes there and next to there. Where low is
  /// below the first node, nodes as far up as that are left out and the first read off the rest:
  /// what reading beyond the end may be wrong by.
  [[nodiscard]] double error_between(double low, double high) const;
};

}  // namespace linchpin::localize
