// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <utility>
#include <vector>

#include "linchpin/core/dense.h"
#include "linchpin/core/error.h"
#include "linchpin/equilibrium/trade_system.h"
#include "linchpin/equilibrium/wage_response.h"

namespace linchpin::equilibrium {

/// Weights of a number that is a smooth function of an equilibrium: its derivatives by what the
/// last step of the equations gives. Layouts of `Grid`; empty: no weight.
struct Seeds {
  DenseVector spending_power;  ///< by I', region
  DenseVector log_final;       ///< by ln P̂ of final spending, region
  DenseVector log_wage;        ///< by ln ŵ of the first mobile factor, region
  DenseVector log_cost;        ///< by ln ĉ, good
  DenseVector output;          ///< by Y', good
  DenseVector spending;        ///< by X', good
  std::vector<std::pair<std::size_t, double>> log_share;  ///< by ln π', (pair, weight)
};

/// Solves the transposed linearised equations at an equilibrium: one search gives the derivatives
/// of one number by everything.
///
/// Prices are a fixed point p = Φ(z, p), spending X = Ψ(z, p, X), factor markets F(z, p, X) = 0 for
/// the outer unknowns z. The adjoints solve
///   λ_X = g_X + Ψ_X' λ_X + F_X' λ_F,  λ_p = g_p + Φ_p' λ_p + Ψ_p' λ_X + F_p' λ_F,
///   0 = g_z + Φ_z' λ_p + Ψ_z' λ_X + F_z' λ_F,
/// nested as the search itself. All nests, taxes and quotas (binding ones) are differentiated.
class Adjoint {
 public:
  /// \pre `system` was last evaluated at a solution with `spending`
  Adjoint(TradeSystem& system, DenseVector const& spending);

  /// \error not_converged
  [[nodiscard]] Result<void> solve(Seeds const& seeds, double tolerance = 1e-12);

  /// Derivatives by ln a (weights of origins), by the part kept and the part taxed on export.
  [[nodiscard]] double by_log_weight(std::size_t sector, std::size_t importer,
                                     std::size_t exporter) const noexcept;
  /// The factor of π' in `by_log_weight`: what a first unit of weight would bring where π' is 0.
  [[nodiscard]] double by_share(std::size_t sector, std::size_t importer,
                                std::size_t exporter) const noexcept;
  [[nodiscard]] double by_kept(std::size_t sector, std::size_t importer,
                               std::size_t exporter) const noexcept;
  [[nodiscard]] double by_export_part(std::size_t sector, std::size_t importer,
                                      std::size_t exporter) const noexcept;
  /// By ln c of the maker, at given prices of all inputs (good).
  [[nodiscard]] double by_log_cost(std::size_t good) const noexcept { return cost_[good]; }
  /// By the subsidy at given ln c: through outlays (good).
  [[nodiscard]] double by_outlay_subsidy(std::size_t good) const noexcept;
  /// Of quota q: by ln of its limit.
  [[nodiscard]] double by_log_limit(std::size_t quota) const noexcept;
  [[nodiscard]] std::size_t sweeps() const noexcept { return sweeps_; }

 private:
  void pull_markets();
  void pull_spending(DenseVector const& from, DenseVector& to);
  std::size_t solve_spending(double tolerance);
  void pull_shares();
  void pull_prices(DenseVector const& from, DenseVector& to, bool all);
  std::size_t solve_prices(double tolerance);
  void pull_outer(std::vector<double>& to);
  [[nodiscard]] double seed(DenseVector const& seeds, std::size_t place) const noexcept {
    return seeds.empty() ? 0.0 : seeds[place];
  }

  TradeSystem& system_;
  DenseVector const& spending_now_;
  Grid const& grid_;
  WageResponse response_;
  Seeds const* seeds_ = nullptr;
  std::size_t sweeps_ = 0;
  double scale_ = 1;

  DenseVector price_, spending_;  ///< λ_p, λ_X: good
  std::vector<double> outer_;     ///< λ_F
  // Derivatives by numbers on the way; "market" ones come from factor markets alone.
  DenseVector market_outlay_, market_value_added_;  ///< by C (good), by γ' (industry)
  DenseVector outlay_, output_;                     ///< by C, by Y (good)
  DenseVector income_;                              ///< by I − D, region
  DenseVector buyer_;                               ///< Σ_i π h X of a row, good (of the importer)
  DenseVector cost_, cost_fixed_;                   ///< by ln c, good; the part without λ_p
  DenseVector price_fixed_;                         ///< by ln P̂ apart from costs, industry
  DenseVector value_added_;                         ///< by ln price of value added, industry
  DenseVector unit_fixed_, materials_fixed_, value_added_fixed_;  ///< industry, from shares
  DenseVector row_, more_, mapped_, goods_;
};

}  // namespace linchpin::equilibrium
