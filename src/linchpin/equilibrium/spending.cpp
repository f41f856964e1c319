// SPDX-License-Identifier: Apache-2.0
// Shares, spending, incomes and factor markets of the trade system: equations 3 to 6.
#include <algorithm>
#include <cmath>
#include <limits>

#include "linchpin/equilibrium/anderson.h"
#include "linchpin/equilibrium/kernels.h"
#include "linchpin/equilibrium/trade_system.h"

namespace linchpin::equilibrium {
namespace {

constexpr std::size_t most_sweeps = 5000;
constexpr std::size_t depth = 6;

/// ln of a part; an industry that lost all its buyers earns next to nothing, not minus infinity.
double log_ratio(double now, double before) noexcept {
  constexpr double next_to_nothing = 1e-30;
  return std::log(std::max(now / before, next_to_nothing));
}

}  // namespace

void TradeSystem::shares_of_sector(std::size_t j) {
  if (wedges_.domestic[j] != 0) return;  // its own supplier; set once
  auto const theta = base_.theta[j];
  auto const at = grid_.good(j);
  auto* const cost = now_.log_cost.data() + at;
  auto const first = grid_.pair(j, 0);
  auto const cheapest = *std::min_element(cost, cost + grid_.regions);
  std::fill(cost + grid_.regions, cost + grid_.region_stride, cheapest);
  kernels::exp_scaled(cost, -theta, cheapest, power_.data(), grid_.region_stride);
  kernels::multiply(wedges_.weight.data() + first, grid_.regions, grid_.region_stride,
                    power_.data(), total_.data());
  kernels::share_rows(wedges_.weight.data() + first, power_.data(), total_.data(), grid_.regions,
                      grid_.region_stride, now_.share.data() + first);
  for (std::size_t n = 0; n < grid_.regions; ++n) {
    if (total_[n] > underflow || std::isinf(wedges_.row_shift[at + n])) continue;
    auto const row = grid_.pair(j, n);
    double peak = -std::numeric_limits<double>::infinity();
    double sum = 0;
    for (std::size_t i = 0; i < grid_.regions; ++i) {
      peak = std::max(peak, wedges_.log_weight[row + i] - theta * cost[i]);
    }
    for (std::size_t i = 0; i < grid_.regions; ++i) {
      now_.share[row + i] = std::exp(wedges_.log_weight[row + i] - theta * cost[i] - peak);
      sum += now_.share[row + i];
    }
    for (std::size_t i = 0; i < grid_.regions; ++i) now_.share[row + i] /= sum;
  }
  kernels::multiply_rows(now_.share.data() + first, wedges_.kept.data() + first, grid_.regions,
                         grid_.region_stride, now_.kept_share.data() + first,
                         now_.kept_of_spending.data() + at);
  if (wedges_.export_part.empty()) return;
  kernels::multiply_rows(now_.share.data() + first, wedges_.export_part.data() + first,
                         grid_.regions, grid_.region_stride, now_.exported_share.data() + first,
                         now_.exported_of_spending.data() + at);
}

void TradeSystem::take_shares(DenseVector const& log_price) {
  price_sweep(log_price, mapped_);
  for (std::size_t j = 0; j < grid_.sectors; ++j) shares_of_sector(j);
  auto const& nests = closure_.nests;
  for (std::size_t n = 0; n < grid_.regions; ++n) {
    auto const at = grid_.industry(n);
    for (std::size_t j = 0; j < grid_.sectors; ++j) {
      auto const own = base_.value_added[at + j];
      auto share = own;
      if (!is_cobb_douglas(nests.value_added) && own > 0 && own < 1) {
        share = own * std::exp((1 - nests.value_added) *
                               (now_.log_value_added[at + j] - now_.log_unit_cost[at + j]));
      }
      now_.value_added_share[at + j] = share;
      auto factor = own < 1 ? (1 - share) / (1 - own) : 0.0;
      if (!is_cobb_douglas(nests.materials) && factor > 0) {
        factor *=
            std::exp(-(1 - nests.materials) * (now_.log_materials[at + j] - material_shift_[n]));
      }
      auto const supplied = available_.materials[grid_.good(j, n)] != 0;
      now_.material_factor[at + j] = supplied && std::isfinite(factor) ? factor : 0.0;
    }
    auto const* const price = now_.log_price.data() + at;
    auto const* const base_share = base_.final_share.data() + at;
    auto* const share = now_.final_share.data() + at;
    if (is_cobb_douglas(nests.final_use)) {
      double sum = 0;
      for (std::size_t k = 0; k < grid_.sectors; ++k) {
        share[k] = base_share[k];
        sum += base_share[k] * price[k];
      }
      now_.log_final[n] = sum;
      continue;
    }
    auto const power = 1 - nests.final_use;
    double peak = -std::numeric_limits<double>::infinity();
    for (std::size_t k = 0; k < grid_.sectors; ++k) {
      if (base_share[k] > 0) peak = std::max(peak, power * price[k]);
    }
    double sum = 0;
    double less_one = 0;  // the sum less 1, which keeps the digits of small powers
    for (std::size_t k = 0; k < grid_.sectors; ++k) {
      auto const there = available_.good[grid_.good(k, n)] != 0;
      share[k] = there ? base_share[k] * std::exp(power * price[k] - peak) : 0.0;
      sum += share[k];
      less_one += base_share[k] * (there ? std::expm1(power * price[k] - peak) : -1.0);
    }
    for (std::size_t k = 0; k < grid_.sectors; ++k) share[k] /= sum;
    now_.log_final[n] = (peak + std::log1p(less_one)) / power;
  }
}

void TradeSystem::outputs_of(DenseVector const& spending) {
  std::fill(now_.output.begin(), now_.output.end(), 0.0);
  auto const exports_taxed = !wedges_.export_part.empty();
  if (exports_taxed) std::fill(now_.export_revenue.begin(), now_.export_revenue.end(), 0.0);
  for (std::size_t j = 0; j < grid_.sectors; ++j) {
    auto const at = grid_.good(j);
    auto* const output = now_.output.data() + at;
    if (wedges_.domestic[j] != 0) {
      std::copy(spending.data() + at, spending.data() + at + grid_.regions, output);
    } else {
      kernels::multiply_transposed(now_.kept_share.data() + grid_.pair(j, 0), grid_.regions,
                                   grid_.region_stride, spending.data() + at, output);
      if (exports_taxed) {
        kernels::multiply_transposed(now_.exported_share.data() + grid_.pair(j, 0), grid_.regions,
                                     grid_.region_stride, spending.data() + at,
                                     now_.export_revenue.data() + at);
      }
    }
    for (std::size_t n = 0; n < grid_.regions; ++n) {
      now_.cost_outlay[at + n] = output[n] / (1 - subsidy(at + n));
    }
  }
}

void TradeSystem::incomes_of(DenseVector const& spending) {
  double world = 0;
  for (std::size_t n = 0; n < grid_.regions; ++n) {
    double factors = 0;
    for (std::size_t f = 0; f < mobile_; ++f) {
      factors += std::exp(outer_[f * grid_.regions + n]) * base_income(f, n);
    }
    if (has_specific_) {
      for (std::size_t j = 0; j < grid_.sectors; ++j) {
        auto const place = n * grid_.sectors + j;
        factors += std::exp(outer_[mobile_unknowns() + place]) * base_specific_[place];
      }
    }
    double tariffs = 0;
    double exports = 0;
    double subsidies = 0;
    for (std::size_t j = 0; j < grid_.sectors; ++j) {
      auto const good = grid_.good(j, n);
      if (wedges_.domestic[j] == 0) {
        tariffs += spending[good] *
                   (1 - now_.kept_of_spending[good] -
                    (wedges_.export_part.empty() ? 0.0 : now_.exported_of_spending[good]));
        if (!wedges_.export_part.empty()) exports += now_.export_revenue[good];
      }
      subsidies += now_.cost_outlay[good] - now_.output[good];
    }
    // A row of shares sums to 1 but for rounding, which is no revenue.
    now_.tariff_revenue[n] = has_tariffs_ ? tariffs : 0.0;
    now_.export_tax_revenue[n] = exports;
    now_.subsidy_outlay[n] = subsidies;
    now_.factor_income[n] = factors;
    now_.spending_power[n] = factors + now_.tariff_revenue[n] + exports - subsidies;
    world += now_.spending_power[n];
  }
  for (std::size_t n = 0; n < grid_.regions; ++n) {
    switch (policy_.deficits) {
      case DeficitRule::keep:
        now_.deficit[n] = base_.deficit[n];
        break;
      case DeficitRule::scale_to_world_income:
        now_.deficit[n] = base_.deficit[n] * world / base_world_spending_;
        break;
      case DeficitRule::zero:
        now_.deficit[n] = 0;
        break;
    }
    now_.spending_power[n] += now_.deficit[n];
  }
}

void TradeSystem::spending_sweep(DenseVector const& from, DenseVector& to) {
  outputs_of(from);
  incomes_of(from);
  for (std::size_t n = 0; n < grid_.regions; ++n) {
    auto const at = grid_.industry(n);
    for (std::size_t j = 0; j < grid_.sectors; ++j) {
      row_[j] = now_.cost_outlay[grid_.good(j, n)] * now_.material_factor[at + j];
    }
    std::fill(more_.begin(), more_.end(), 0.0);
    kernels::multiply_transposed(base_.input.data() + grid_.input(n, 0), grid_.sectors,
                                 grid_.sector_stride, row_.data(), more_.data());
    auto const income = now_.spending_power[n];
    for (std::size_t k = 0; k < grid_.sectors; ++k) {
      to[grid_.good(k, n)] =
          now_.material_price[at + k] * more_[k] + now_.final_share[at + k] * income;
    }
  }
}

std::size_t TradeSystem::solve_spending(DenseVector& spending, double tolerance) {
  // In units of each region's own income, or small regions would be lost beside large ones.
  Anderson anderson{spending.size(), depth};
  DenseVector scaled(spending.size(), 0.0);
  DenseVector residual(spending.size(), 0.0);
  auto const scale = [&](std::size_t n) { return base_scale_[n]; };
  for (std::size_t j = 0; j < grid_.sectors; ++j) {
    for (std::size_t n = 0; n < grid_.regions; ++n) {
      scaled[grid_.good(j, n)] = spending[grid_.good(j, n)] / scale(n);
    }
  }
  double best = std::numeric_limits<double>::infinity();
  for (std::size_t sweep = 1; sweep <= most_sweeps; ++sweep) {
    spending_sweep(spending, mapped_);
    double change = 0;
    for (std::size_t j = 0; j < grid_.sectors; ++j) {
      for (std::size_t n = 0; n < grid_.regions; ++n) {
        auto const good = grid_.good(j, n);
        auto const difference = mapped_[good] - spending[good];
        residual[good] = difference / scale(n);
        change = std::max(change, std::abs(difference) / std::abs(now_.spending_power[n]));
      }
    }
    if (!std::isfinite(change)) return 0;
    if (change <= tolerance) {
      std::copy(mapped_.begin(), mapped_.end(), spending.begin());
      return sweep;
    }
    if (change > 100 * best) anderson.restart();
    best = std::min(best, change);
    anderson.step(scaled.data(), residual.data());
    for (std::size_t j = 0; j < grid_.sectors; ++j) {
      for (std::size_t n = 0; n < grid_.regions; ++n) {
        spending[grid_.good(j, n)] = scaled[grid_.good(j, n)] * scale(n);
      }
    }
  }
  return 0;
}

void TradeSystem::excess(DenseVector const& spending, std::vector<double>& residual) {
  outputs_of(spending);
  incomes_of(spending);
  residual.assign(unknowns(), 0.0);
  std::fill(part_income_.begin(), part_income_.end(), 0.0);
  for (std::size_t n = 0; n < grid_.regions; ++n) {
    part_income_[parts_.of[n]] += now_.factor_income[n];
  }
  for (std::size_t n = 0; n < grid_.regions; ++n) {
    auto const at = grid_.industry(n);
    auto const level = std::log(part_income_[parts_.of[n]] / part_base_[parts_.of[n]]);
    for (std::size_t f = 0; f < mobile_; ++f) {
      double demand = 0;
      for (std::size_t j = 0; j < grid_.sectors; ++j) {
        demand += mobile_share(f, at + j) * now_.value_added_share[at + j] *
                  now_.cost_outlay[grid_.good(j, n)];
      }
      auto const place = f * grid_.regions + n;
      if (base_mobile_[place] <= 0) continue;
      residual[place] = log_ratio(demand, base_mobile_[place]) - outer_[place] - level;
    }
    if (!has_specific_) continue;
    for (std::size_t j = 0; j < grid_.sectors; ++j) {
      auto const place = n * grid_.sectors + j;
      if (base_specific_[place] <= 0) continue;
      auto const demand = specific_share(at + j) * now_.value_added_share[at + j] *
                          now_.cost_outlay[grid_.good(j, n)];
      residual[mobile_unknowns() + place] =
          log_ratio(demand, base_specific_[place]) - outer_[mobile_unknowns() + place] - level;
    }
  }
  if (!policy_.quotas.empty()) quota_excess(spending, residual);
}

double TradeSystem::gap(std::vector<double> const& residual) const {
  double largest = 0;
  auto const mobile = mobile_unknowns();
  for (std::size_t k = 0; k < residual.size(); ++k) {
    if (!std::isfinite(residual[k])) return std::numeric_limits<double>::infinity();
    auto excess = std::abs(std::expm1(residual[k]));
    if (k >= mobile && k < mobile + specific_unknowns()) {
      // Over the income of the region: spending is only known to that measure.
      auto const n = (k - mobile) / grid_.sectors;
      auto const j = (k - mobile) % grid_.sectors;
      excess *= specific_income_now(n, j) / now_.factor_income[n];
    }
    largest = std::max(largest, excess);
  }
  return largest;
}

void TradeSystem::quota_excess(DenseVector const& spending, std::vector<double>& residual) const {
  auto const first = mobile_unknowns() + specific_unknowns();
  for (std::size_t q = 0; q < policy_.quotas.size(); ++q) {
    auto const& quota = policy_.quotas[q];
    auto const cell = grid_.pair(quota.sector, quota.importer, quota.exporter);
    auto const buyer = grid_.good(quota.sector, quota.importer);
    auto const before = base_.share[cell] * base_.expenditure[buyer];
    auto const wedge = outer_[first + q];
    if (before <= 0 || now_.share[cell] <= 0) continue;
    // Value over the price paid: the quantity that arrives.
    auto const log_price = now_.log_cost[grid_.good(quota.sector, quota.exporter)] +
                           log_cost(base_, policy_, cell) + wedge;
    auto const over =
        std::log(now_.share[cell] * spending[buyer] / before) - log_price - std::log(quota.limit);
    residual[first + q] = wedge > 0 || over > 0 ? over : 0.0;
  }
}

void TradeSystem::quota_wedges(std::vector<double> const& outer) {
  auto const first = mobile_unknowns() + specific_unknowns();
  for (std::size_t q = 0; q < policy_.quotas.size(); ++q) {
    auto const& quota = policy_.quotas[q];
    auto const cell = grid_.pair(quota.sector, quota.importer, quota.exporter);
    if (quota_kept_.size() <= q) {
      quota_kept_.push_back(wedges_.kept[cell]);
      quota_weight_.push_back(wedges_.log_weight[cell]);
      quota_export_.push_back(wedges_.export_part.empty() ? 0.0 : wedges_.export_part[cell]);
    }
    auto const wedge = outer[first + q];
    wedges_.log_weight[cell] = quota_weight_[q] - base_.theta[quota.sector] * wedge;
    wedges_.scale_row(grid_, quota.sector, quota.importer);
    if (quota.rents == QuotaRents::nobody) continue;
    wedges_.kept[cell] = quota_kept_[q] * std::exp(-wedge);
    if (wedges_.export_part.empty()) continue;
    auto const rent = quota.rents == QuotaRents::exporter
                          ? (quota_kept_[q] + quota_export_[q]) * -std::expm1(-wedge)
                          : 0.0;
    wedges_.export_part[cell] = quota_export_[q] * std::exp(-wedge) + rent;
  }
}

}  // namespace linchpin::equilibrium
