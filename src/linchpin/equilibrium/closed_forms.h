// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <vector>

#include "linchpin/core/dense.h"
#include "linchpin/core/error.h"
#include "linchpin/equilibrium/policy.h"
#include "linchpin/equilibrium/solve.h"
#include "linchpin/equilibrium/trade_base.h"

namespace linchpin::equilibrium {

/// What a region would lose without any trade.
struct AutarkyCost {
  double cost = 0;                    ///< 1 − Î/P̂, 0…1
  double cost_without_materials = 0;  ///< the same if goods were made of value added alone, 0…1
  /// Sectors without a source at home that final users cannot do without, directly or through
  /// materials: where there are any, both costs that need them are 1.
  std::vector<std::size_t> missing;
};

/// Cost of autarky by region, in closed form:
/// 1 − exp{α' (I − Γ')⁻¹ (ln π_nn ⊘ θ)}, Γ^{k,j} the share of input k in the cost of j.
///
/// Exact for Cobb–Douglas nests, one factor and no deficit where the base has no tariff revenue;
/// with revenue the loss of that revenue is not in it.
/// Source: Costinot & Rodríguez-Clare (2014), Handbook of International Economics 4.
/// \error not_finite  the input shares of a region have no inverse
[[nodiscard]] Result<std::vector<AutarkyCost>> autarky_costs(TradeBase const& base);

/// ln welfare from the change in the home share alone, −ln(λ̂)/θ: one sector, no materials, no
/// tariff revenue, balanced trade. Arkolakis, Costinot & Rodríguez-Clare (2012), AER 102(1).
[[nodiscard]] double log_welfare_from_home_share(double home_share_ratio, double theta) noexcept;

/// The sufficient-statistic formula for the best uniform tariff of a region, at an equilibrium:
/// 1 / Σ_{j≠i} Σ_k χ_ij,k θ_k [1 − (1 − δ_j,k) λ_ij,k].
///
/// χ are export shares at the value before tariffs, λ_ij,k the share of i in what j spends on k,
/// δ_j,k = t_j λ_jj,k e_j,k / (1 + t_j λ_jj), e_j,k shares of sectors in spending, λ_jj = Σ_k e_j,k
/// λ_jj,k, t_j the mean tariff of j (revenue over imports). Exact for two regions and one sector
/// without materials, near otherwise; the tariff it belongs to is the fixed point.
/// Source: Lashkaripour (2021), The cost of a global tariff war: a sufficient statistics approach,
/// Journal of International Economics 131.
/// \pre `found` solves `base` under `policy`
[[nodiscard]] double sufficient_statistic_tariff(TradeBase const& base, TradePolicy const& policy,
                                                 Equilibrium const& found, std::size_t region);

}  // namespace linchpin::equilibrium
