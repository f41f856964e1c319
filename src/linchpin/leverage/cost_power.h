// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <span>
#include <vector>

namespace linchpin::leverage {

/// Above this share of a sector's supply a sender is its monopolist: what is left is rounding, and
/// the price without the sender is no number.
inline constexpr double monopoly_share = 1 - 1e-9;

/// What one sector is to a target, and what of it a sender holds.
struct SectorExposure {
  double weight = 0;  ///< share of the sector in the target's spending, 0…1
  double share = 0;   ///< of the sender (a coalition: summed) in the target's purchases, 0…1
  double theta = 0;   ///< trade elasticity of the sector, θ = σ − 1, > 0
};

/// Rise of a target's cost index when all that a sender sells it is withheld at once.
struct Power {
  /// ln of the price index with the denial over the one without. Sectors the sender holds alone are
  /// left out of it: with `monopoly` not empty it is a lower bound.
  double log_cost = 0;
  std::vector<std::size_t> monopoly;  ///< sectors that cannot be had without the sender

  /// Share of real income lost at an unchanged nominal income, 1 − exp(−log_cost).
  [[nodiscard]] double real_income_loss() const noexcept;
};

/// ln of the price of a CES bundle without the sellers that hold `share` of it: −ln(1 − ω)/θ.
/// Preconditions: 0 ≤ share ≤ monopoly_share, theta > 0.
[[nodiscard]] double log_price_of_denial(double share, double theta) noexcept;

/// ln of a CES index with elasticity ρ = `outer` between goods whose prices rose,
/// (1 − ρ)⁻¹ ln(1 + Σ w (exp((1 − ρ) d) − 1)), stable for small and large (1 − ρ) d; ρ = 1: Σ w d.
/// What weights leave of 1 has unchanged prices.
/// Preconditions: as many weights as prices, weights ≥ 0 that sum to at most 1, outer ≥ 0.
[[nodiscard]] double ces_log_index(std::span<double const> weights,
                                   std::span<double const> log_prices, double outer);

/// Power of a sender over a target at fixed costs of all other sellers:
///
///   ln P̂ = (1 − ρ)⁻¹ ln Σ_J β_J (1 − ω_J)^{(ρ − 1)/θ_J},   for ρ = 1: Σ_J β_J [−ln(1 − ω_J)]/θ_J
///
/// with CES between sources within a sector (σ_J = θ_J + 1) and CES with elasticity ρ = `outer`
/// between sectors. Spending outside `sectors` (weights that sum to less than 1) is untouched.
/// With ρ > 1 a sector that is lost is given up, so a monopoly is only named where nothing is left.
/// Preconditions: weights ≥ 0 that sum to at most 1, shares in 0…1, thetas > 0, outer ≥ 0.
///
/// Source: derived from the participation constraint of Clayton, Maggiori & Schreger (2023), "A
/// framework for geoeconomics", NBER working paper 31852, for nested CES; not a formula they print.
[[nodiscard]] Power cost_power(std::span<SectorExposure const> sectors, double outer = 1);

/// Import dependence weighted by how hard it is to replace, both ways; a share of total spending.
struct LiuYang {
  double over_target = 0;  ///< Σ_k (M_target,sender,k / E_target) / θ_k
  double over_sender = 0;  ///< the same for the sender's purchases from the target

  [[nodiscard]] double net() const noexcept { return over_target - over_sender; }
};

/// First-order power of the sender over the target and its counterpart. Where a side spends nothing
/// its term is 0. The three arrays have one entry per sector; thetas > 0.
///
/// Source: Liu & Yang (2025), "International power", NBER working paper 34006.
[[nodiscard]] LiuYang liu_yang(std::span<double const> target_buys, double target_spending,
                               std::span<double const> sender_buys, double sender_spending,
                               std::span<double const> theta);

}  // namespace linchpin::leverage
