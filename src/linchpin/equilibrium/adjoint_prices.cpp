// SPDX-License-Identifier: Apache-2.0
// The transposed equations of shares, costs and prices.
#include <algorithm>
#include <cmath>

#include "linchpin/equilibrium/adjoint.h"
#include "linchpin/equilibrium/anderson.h"
#include "linchpin/equilibrium/kernels.h"

namespace linchpin::equilibrium {
namespace {

constexpr std::size_t most_sweeps = 5000;

}  // namespace

/// From shares and final prices to costs and prices: everything but λ_p itself.
void Adjoint::pull_shares() {
  auto const& now = system_.numbers();
  auto const& base = system_.base();
  auto const& nests = system_.closure().nests;
  auto const taxed = !now.exported_share.empty();
  for (std::size_t j = 0; j < grid_.sectors; ++j) {
    auto const at = grid_.good(j);
    auto const theta = base.theta[j];
    for (std::size_t n = 0; n < grid_.regions; ++n) {
      cost_fixed_[at + n] = seed(seeds_->log_cost, at + n);
    }
    if (system_.wedges().domestic[j] != 0) continue;
    // Σ_n π (X h − H): kept, exported and tariff parts apart.
    std::fill(goods_.begin(), goods_.begin() + static_cast<std::ptrdiff_t>(grid_.region_stride),
              0.0);
    auto* const sum = goods_.data();
    std::fill(row_.begin(), row_.end(), 0.0);
    std::fill(more_.begin(), more_.end(), 0.0);
    for (std::size_t n = 0; n < grid_.regions; ++n) {
      row_[n] = system_.has_tariffs() ? spending_now_[at + n] * income_[n] : 0.0;
      more_[n] = row_[n] - buyer_[at + n];
    }
    auto const first = grid_.pair(j, 0);
    kernels::multiply_transposed(now.share.data() + first, grid_.regions, grid_.region_stride,
                                 more_.data(), sum);
    for (std::size_t n = 0; n < grid_.regions; ++n) row_[n] = -row_[n];
    kernels::multiply_transposed(now.kept_share.data() + first, grid_.regions, grid_.region_stride,
                                 row_.data(), sum);
    if (taxed) {
      kernels::multiply_transposed(now.exported_share.data() + first, grid_.regions,
                                   grid_.region_stride, row_.data(), sum);
    }
    for (std::size_t i = 0; i < grid_.regions; ++i) {
      auto received = now.output[at + i] * output_[at + i];
      if (taxed) received += now.export_revenue[at + i] * income_[i];
      cost_fixed_[at + i] -= theta * (sum[i] + received);
    }
  }
  auto const add_share = [&](std::size_t j, std::size_t n, std::size_t i, double weight) {
    auto const theta = base.theta[j];
    for (std::size_t m = 0; m < grid_.regions; ++m) {
      cost_fixed_[grid_.good(j, m)] += theta * weight * now.share[grid_.pair(j, n, m)];
    }
    cost_fixed_[grid_.good(j, i)] -= theta * weight;
  };
  for (auto const& [cell, weight] : seeds_->log_share) {
    auto const i = cell % grid_.region_stride;
    auto const n = cell / grid_.region_stride % grid_.regions;
    auto const j = cell / grid_.region_stride / grid_.regions;
    add_share(j, n, i, weight);
  }
  auto const first_quota = system_.mobile_unknowns() + system_.specific_unknowns();
  auto const& quotas = system_.policy().quotas;
  for (std::size_t q = 0; q < quotas.size(); ++q) {
    auto const weight = outer_[first_quota + q];
    if (weight == 0) continue;
    add_share(quotas[q].sector, quotas[q].importer, quotas[q].exporter, weight);
    cost_fixed_[grid_.good(quotas[q].sector, quotas[q].exporter)] -= weight;
  }

  for (std::size_t n = 0; n < grid_.regions; ++n) {
    auto const at = grid_.industry(n);
    auto const income = now.spending_power[n];
    auto const final_power = is_cobb_douglas(nests.final_use) ? 0.0 : 1 - nests.final_use;
    auto const material_power = is_cobb_douglas(nests.materials) ? 0.0 : 1 - nests.materials;
    auto const added_power = is_cobb_douglas(nests.value_added) ? 0.0 : 1 - nests.value_added;
    double final_price = seed(seeds_->log_final, n);
    for (std::size_t k = 0; k < grid_.sectors; ++k) {
      final_price -= final_power * spending_[grid_.good(k, n)] * income * now.final_share[at + k];
    }
    for (std::size_t k = 0; k < grid_.sectors; ++k) {
      auto const share = now.final_share[at + k];
      price_fixed_[at + k] =
          final_power * spending_[grid_.good(k, n)] * income * share + share * final_price;
    }
    std::fill(value_added_fixed_.begin() + static_cast<std::ptrdiff_t>(at),
              value_added_fixed_.begin() + static_cast<std::ptrdiff_t>(at + grid_.sectors), 0.0);
    if (material_power != 0 || added_power != 0) {
      for (std::size_t j = 0; j < grid_.sectors; ++j) {
        row_[j] = now.cost_outlay[grid_.good(j, n)] * now.material_factor[at + j];
      }
      std::fill(more_.begin(), more_.end(), 0.0);
      kernels::multiply_transposed(base.input.data() + grid_.input(n, 0), grid_.sectors,
                                   grid_.sector_stride, row_.data(), more_.data());
      for (std::size_t k = 0; k < grid_.sectors; ++k) {
        price_fixed_[at + k] +=
            material_power * spending_[grid_.good(k, n)] * now.material_price[at + k] * more_[k];
        more_[k] = spending_[grid_.good(k, n)] * now.material_price[at + k];
      }
      std::fill(more_.begin() + static_cast<std::ptrdiff_t>(grid_.sectors), more_.end(), 0.0);
      kernels::multiply(base.input.data() + grid_.input(n, 0), grid_.sectors, grid_.sector_stride,
                        more_.data(), row_.data());
      for (std::size_t j = 0; j < grid_.sectors; ++j) {
        // By the factor that turns outlay into demand for materials.
        auto const factor =
            now.cost_outlay[grid_.good(j, n)] * row_[j] * now.material_factor[at + j];
        auto const share = now.value_added_share[at + j];
        auto const by_share =
            market_value_added_[at + j] * share - (share < 1 ? factor * share / (1 - share) : 0.0);
        materials_fixed_[at + j] = -material_power * factor;
        value_added_fixed_[at + j] = added_power * by_share;
        unit_fixed_[at + j] = -added_power * by_share;
      }
    }
  }
}

/// λ_p from λ_p; `all` also sets what other derivatives are read from.
void Adjoint::pull_prices(DenseVector const& from, DenseVector& to, bool all) {
  auto const& now = system_.numbers();
  auto const& base = system_.base();
  auto const& nests = system_.closure().nests;
  for (std::size_t j = 0; j < grid_.sectors; ++j) {
    auto const at = grid_.good(j);
    auto* const cost = cost_.data() + at;
    std::copy_n(cost_fixed_.data() + at, grid_.region_stride, cost);
    if (system_.wedges().domestic[j] != 0) {
      for (std::size_t n = 0; n < grid_.regions; ++n) cost[n] += from[at + n];
    } else {
      kernels::multiply_transposed(now.share.data() + grid_.pair(j, 0), grid_.regions,
                                   grid_.region_stride, from.data() + at, cost);
    }
  }
  for (std::size_t n = 0; n < grid_.regions; ++n) {
    auto const at = grid_.industry(n);
    for (std::size_t j = 0; j < grid_.sectors; ++j) {
      auto const good = grid_.good(j, n);
      auto const stopped = system_.available().industry[good] == 0;
      auto const unit = stopped ? 0.0 : cost_[good] + unit_fixed_[at + j];
      auto const share = now.value_added_share[at + j];
      if (all) value_added_[at + j] = share * unit + value_added_fixed_[at + j];
      auto const materials = (1 - share) * unit + materials_fixed_[at + j];
      // Over the sum of shares in the price of materials.
      auto weight = 1 - base.value_added[at + j];
      if (weight > 0 && !is_cobb_douglas(nests.materials)) {
        weight *= std::exp((1 - nests.materials) *
                           (now.log_materials[at + j] - system_.material_shift(n)));
      }
      row_[j] = weight > 0 && std::isfinite(weight) ? materials / weight : 0.0;
    }
    std::fill(more_.begin(), more_.end(), 0.0);
    kernels::multiply_transposed(base.input.data() + grid_.input(n, 0), grid_.sectors,
                                 grid_.sector_stride, row_.data(), more_.data());
    for (std::size_t k = 0; k < grid_.sectors; ++k) {
      to[grid_.good(k, n)] = price_fixed_[at + k] + now.material_price[at + k] * more_[k];
    }
  }
}

std::size_t Adjoint::solve_prices(double tolerance) {
  Anderson anderson{price_.size(), 6};
  for (std::size_t sweep = 1; sweep <= most_sweeps; ++sweep) {
    pull_prices(price_, mapped_, false);
    double change = 0;
    double size = 0;
    for (std::size_t k = 0; k < price_.size(); ++k) {
      size = std::max(size, std::abs(mapped_[k]));
      mapped_[k] -= price_[k];
      change = std::max(change, std::abs(mapped_[k]));
    }
    if (!std::isfinite(change)) return 0;
    if (change <= tolerance * std::max(size, 1e-300)) {
      for (std::size_t k = 0; k < price_.size(); ++k) price_[k] += mapped_[k];
      pull_prices(price_, mapped_, true);
      return sweep + 1;
    }
    anderson.step(price_.data(), mapped_.data());
  }
  return 0;
}

}  // namespace linchpin::equilibrium
