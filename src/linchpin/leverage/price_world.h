// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <vector>

#include "linchpin/core/dense.h"
#include "linchpin/core/error.h"
#include "linchpin/table/trade_accounts.h"

namespace linchpin::leverage {

/// Shares of a world of N regions and J sectors, dense, the last index fastest.
struct PriceWorldData {
  std::vector<std::string> regions;
  std::vector<std::string> sectors;
  /// π [sector][importer][exporter]: share of the exporter in what the importer spends on the
  /// sector, tariffs included; sums to 1 over exporters, or to 0 where nothing is bought.
  DenseVector shares;
  /// γ^{k,j} [region][using sector j][input sector k]: share of the input in the user's whole cost.
  DenseVector input_weights;
  DenseVector final_shares;  ///< α [region][sector], of final spending; sums to 1 or to 0
  DenseVector spending;      ///< [region][sector], all purchases, tariffs included, any unit
  DenseVector theta;         ///< [sector] trade elasticity, > 0
};

/// One purchase that does not happen: `importer` gets nothing of `sector` from `exporter`, or only
/// part of it.
struct DeniedLink {
  std::size_t sector = 0;
  std::size_t importer = 0;
  std::size_t exporter = 0;
  double kept = 0;  ///< 0…1: weight of the seller that is left; above 0 a partial cut
  friend bool operator==(DeniedLink const&, DeniedLink const&) = default;
};

/// Prices after a denial at fixed wages.
struct DenialPrices {
  DenseMatrix log_prices;  ///< [region][sector], ln of the new over the old price, ≥ 0
  /// (importer, sector) cells with no seller left. Their own price stays at its base, so that what
  /// the others show is a lower bound.
  std::vector<DeniedLink> lost;  ///< `exporter` is the last one denied
  std::size_t iterations = 0;
};

/// The price side of a multi-sector trade model, valid from birth, never changed.
class PriceWorld {
 public:
  /// \error size_mismatch  an array is not as long as the labels ask
  /// \error bad_value      a share outside 0…1, sums that are not 1, θ ≤ 0, costs of inputs only
  [[nodiscard]] static Result<PriceWorld> make(PriceWorldData data);

  [[nodiscard]] PriceWorldData const& data() const noexcept { return data_; }
  [[nodiscard]] std::size_t regions() const noexcept { return data_.regions.size(); }
  [[nodiscard]] std::size_t sectors() const noexcept { return data_.sectors.size(); }
  [[nodiscard]] double share(std::size_t sector, std::size_t importer,
                             std::size_t exporter) const noexcept;
  /// [exporter] shares of an importer's purchases of a sector.
  [[nodiscard]] std::span<double const> sellers(std::size_t sector,
                                                std::size_t importer) const noexcept;
  [[nodiscard]] double final_share(std::size_t region, std::size_t sector) const noexcept;
  /// Largest share of inputs in a cost: each pass of a fixed point shrinks its error by it.
  [[nodiscard]] double contraction() const noexcept { return contraction_; }

  /// ln of the prices that solve, at fixed wages and with the denied links gone,
  ///
  ///   ln P_n^j = −(1/θ_j) ln Σ_i m_ni π_ni exp(−θ_j ln c_i^j),   ln c_i^j = Σ_k γ_i^{k,j} ln P_i^k
  ///
  /// by fixed point from 0, until the distance to the solution is below 1e-13. A full denial is a
  /// mask m = 0, never a huge cost: powers of it underflow; a partial one has 0 < m < 1.
  /// \error not_converged  more than 100,000 passes (costs that are almost all inputs)
  ///
  /// Source: Caliendo & Parro (2015), Review of Economic Studies 82(1), equations of prices and
  /// costs, at ŵ = 1.
  [[nodiscard]] Result<DenialPrices> prices_without(std::span<DeniedLink const> denied) const;

  /// ln of a region's final price index, Σ_j α_j ln P^j.
  [[nodiscard]] double log_cost_of_living(DenialPrices const& prices,
                                          std::size_t region) const noexcept;

  /// First-order weight of each purchase cell in the final price index of `region`:
  /// λ = α + λ Ω with Ω from (n,j) to (i,k) equal to π_ni^j γ_i^{k,j}; [region][sector].
  [[nodiscard]] Result<DenseMatrix> network_weights(std::size_t region) const;

 private:
  PriceWorld(PriceWorldData data, double contraction)
      : data_(std::move(data)), contraction_(contraction) {}

  PriceWorldData data_;
  double contraction_ = 0;
};

/// ln of unit costs, [sector][region], from ln of prices, [region][sector].
void unit_costs(PriceWorldData const& data, DenseMatrix const& log_prices, DenseMatrix& log_costs);

/// What final demand was cut to when shares were made from accounts.
struct ClippedDemand {
  std::size_t cells = 0;  ///< where inputs exceeded purchases
  double share = 0;       ///< of what was cut in all final spending
};

/// Shares from accounts: π and spending from trade with tariffs, γ = (1 − value-added share) ×
/// input shares, α from purchases less what the region's industries use. Negative final demand is
/// set to 0 and the rest scaled to 1; `clipped` says how much.
/// \error missing_value  accounts without θ
/// \error size_mismatch  an array is not as long as the labels ask
[[nodiscard]] Result<PriceWorldData> price_world_data(TradeAccounts const& accounts,
                                                      ClippedDemand* clipped = nullptr);

}  // namespace linchpin::leverage
