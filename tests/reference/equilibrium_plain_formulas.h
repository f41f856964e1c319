// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <functional>

#include "reference/equilibrium_plain.h"

/// Closed forms the trade equilibrium has to agree with.
namespace linchpin::reference::trade {

/// One sector, no materials, no tariffs, balanced trade: incomes from the shares π[n][i].
[[nodiscard]] World one_sector(Matrix const& shares, double theta);

/// Arkolakis, Costinot & Rodríguez-Clare (2012): Ŵ = λ̂^{−1/θ}.
[[nodiscard]] double welfare_from_home_share(double home_share_ratio, double theta);

/// Cost of autarky G = 1 − exp{α' (I−Γ')⁻¹ (ln π_nn ⊘ θ)}, Γ[k][j] share of input k in cost of j.
[[nodiscard]] double autarky_cost(Vector const& home_shares, Vector const& final_shares,
                                  Vector const& theta, Matrix const& inputs);

/// Lashkaripour (2021), one sector: 1 / Σ_{j≠i} χ_ij θ [1 − (1−δ_j) λ_ij] at the given equilibrium;
/// χ export shares before tariffs, δ_j = t λ_jj/(1 + t λ_jj) with j's own uniform tariff t.
[[nodiscard]] double optimal_tariff_formula(World const& world, Outcome const& outcome,
                                            std::size_t region, Vector const& tariffs);

/// Where f has its maximum in [low, high], by golden-section search.
[[nodiscard]] long double golden_maximum(std::function<long double(long double)> const& f,
                                         long double low, long double high);

/// ln Y = (σ−1)⁻¹ ln Σ b A^{σ−1} of horizontal goods, and its second-order approximation when
/// only the first changes.
[[nodiscard]] double horizontal_output(Vector const& shares, Vector const& productivity,
                                       double sigma);
[[nodiscard]] double horizontal_second_order(double share, double log_productivity, double sigma);

/// Ŷ = [α Ê^{(σ−1)/σ} + (1−α)]^{σ/(σ−1)}; Ê^α for σ = 1 and min(Ê, 1) for σ = 0.
[[nodiscard]] double aggregate_ces(double share, double input, double sigma);
/// Δ ln Y ≈ α Δ ln E + ½ α (1−α) (1−1/σ) (Δ ln E)².
[[nodiscard]] double aggregate_ces_second_order(double share, double input, double sigma);
/// Cost share of the input after the shock.
[[nodiscard]] double aggregate_ces_new_share(double share, double input, double sigma);

}  // namespace linchpin::reference::trade
