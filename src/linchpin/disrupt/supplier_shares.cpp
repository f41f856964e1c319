// SPDX-License-Identifier: Apache-2.0
#include "linchpin/disrupt/supplier_shares.h"

#include <algorithm>
#include <cmath>

namespace linchpin::disrupt {

SupplierShares::SupplierShares(Economy const& economy, ModelOptions const& options,
                               Baseline const& baseline)
    : economy_(economy),
      baseline_(&baseline),
      speed_(options.switching_speed),
      cost_share_(options.switching_cost) {
  if (std::isinf(speed_)) return;
  auto const n = economy.size();
  shares_ = DenseMatrix(n, n);
  for (std::size_t row = 0; row < n; ++row) {
    auto const seller = baseline.rows.industry_of(row);
    auto const flows = economy.flows().row(IndustryId{seller});
    auto const use = baseline.use.row(economy.space().sector_of(IndustryId{seller}).index());
    auto const share = shares_.row(seller);
    for (std::size_t j = 0; j < n; ++j) share[j] = flows[j] / use[j];
  }
  moved_ = DenseMatrix(economy.space().sectors(), economy.space().regions());
  cost_.assign(economy.space().regions(), 0.0);
}

void SupplierShares::start_day() {
  if (active()) std::fill(moved_.values().begin(), moved_.values().end(), 0.0);
}

void SupplierShares::move(std::size_t product, DenseMatrix& wanted, double const* orders) {
  auto const& rows = baseline_->rows;
  auto const& space = economy_.space();
  auto const n = economy_.size();
  DenseVector total(n, 0.0);
  DenseVector far(n, 0.0);
  for (auto row = rows.first(product); row < rows.last(product); ++row) {
    auto const flows = economy_.flows().row(IndustryId{rows.industry_of(row)});
    auto const want = wanted.row(row - rows.first(product));
    for (std::size_t j = 0; j < n; ++j) {
      want[j] *= flows[j];
      total[j] += want[j];
    }
  }
  for (auto row = rows.first(product); row < rows.last(product); ++row) {
    auto const share = shares_.row(rows.industry_of(row));
    auto const want = wanted.row(row - rows.first(product));
    for (std::size_t j = 0; j < n; ++j) {
      // Nobody to go to: stay.
      want[j] = total[j] > 0 ? want[j] / total[j] - share[j] : 0.0;
      far[j] += 0.5 * std::abs(want[j]);
    }
  }
  for (std::size_t j = 0; j < n; ++j) {
    double const step = far[j] > speed_ ? speed_ / far[j] : 1.0;
    double const bought = baseline_->bought[product * n + j]
                              ? baseline_->use(product, j) * baseline_->input_scale[j]
                              : 0.0;
    // Rounding of shares is no move.
    if (far[j] > 1e-12) {
      moved_(product, space.region_of(IndustryId{j}).index()) += step * far[j] * bought * orders[j];
    }
    far[j] = far[j] > 1e-12 ? step : 0.0;
  }
  for (auto row = rows.first(product); row < rows.last(product); ++row) {
    auto const share = shares_.row(rows.industry_of(row));
    auto const want = wanted.row(row - rows.first(product));
    for (std::size_t j = 0; j < n; ++j) share[j] = std::max(0.0, share[j] + far[j] * want[j]);
  }
}

void SupplierShares::end_day() {
  if (!active()) return;
  std::fill(cost_.begin(), cost_.end(), 0.0);
  for (std::size_t p = 0; p < moved_.rows(); ++p) {
    for (std::size_t r = 0; r < cost_.size(); ++r) cost_[r] += cost_share_ * moved_(p, r);
  }
}

}  // namespace linchpin::disrupt
