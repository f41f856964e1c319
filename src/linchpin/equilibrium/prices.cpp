// SPDX-License-Identifier: Apache-2.0
// Costs and prices of the trade system: equations 1 and 2, nests included.
#include <algorithm>
#include <cmath>
#include <limits>

#include "linchpin/equilibrium/anderson.h"
#include "linchpin/equilibrium/kernels.h"
#include "linchpin/equilibrium/trade_system.h"

namespace linchpin::equilibrium {
namespace {

constexpr std::size_t most_sweeps = 2000;
/// Logs of prices beyond this grow without end (costs that feed on themselves).
constexpr double without_end = 300;
constexpr std::size_t depth = 4;

/// Powers this small would lose digits in ln(Σ share · price^power)/power, a sum near 1. Below it
/// the sum less 1 is added up instead.
constexpr double small_power = 0.1;

/// ln of Σ a_i e^(−θ c_i) over a row whose terms underflow.
double log_total(double const* log_weight, double const* log_cost, double theta,
                 std::size_t regions) noexcept {
  double peak = -std::numeric_limits<double>::infinity();
  for (std::size_t i = 0; i < regions; ++i) {
    peak = std::max(peak, log_weight[i] - theta * log_cost[i]);
  }
  double sum = 0;
  for (std::size_t i = 0; i < regions; ++i) {
    sum += std::exp(log_weight[i] - theta * log_cost[i] - peak);
  }
  return peak + std::log(sum);
}

}  // namespace

/// ln c of the industries of region n, from now_.log_price and the prices of value added.
void TradeSystem::costs_of_region(std::size_t n) {
  auto const& nests = closure_.nests;
  auto const at = grid_.industry(n);
  auto const count = grid_.sectors;
  auto const* const price = now_.log_price.data() + at;
  auto const* const labour = now_.log_value_added.data() + at;
  auto const* const own = base_.value_added.data() + at;
  auto* const materials = now_.log_materials.data() + at;
  auto* const unit = now_.log_unit_cost.data() + at;
  auto* const used = now_.material_price.data() + at;

  if (is_cobb_douglas(nests.materials)) {
    // Sums over inputs with their shares in cost: (1 − γ) times the price of materials.
    kernels::multiply(base_.input.data() + grid_.input(n, 0), count, grid_.sector_stride, price,
                      row_.data());
    for (std::size_t j = 0; j < count; ++j) {
      materials[j] = own[j] < 1 ? row_[j] / (1 - own[j]) : 0.0;
    }
  } else {
    auto const power = 1 - nests.materials;
    // The largest term becomes 1, whichever way the power runs.
    auto shift = price[0];
    for (std::size_t k = 1; k < count; ++k) {
      shift = power > 0 ? std::max(shift, price[k]) : std::min(shift, price[k]);
    }
    material_shift_[n] = shift;
    kernels::exp_scaled(price, power, shift, used, grid_.sector_stride);
    for (std::size_t k = 0; k < count; ++k) {
      if (available_.good[grid_.good(k, n)] == 0) used[k] = 0;
    }
    for (std::size_t k = count; k < grid_.sector_stride; ++k) used[k] = 0;
    kernels::multiply(base_.input.data() + grid_.input(n, 0), count, grid_.sector_stride, used,
                      row_.data());
    auto const fine = std::abs(power) < small_power;
    if (fine) {
      for (std::size_t k = 0; k < count; ++k) {
        auto const there = available_.good[grid_.good(k, n)] != 0;
        more_[k] = there ? std::expm1(power * (price[k] - shift)) : -1.0;
      }
      std::fill(more_.begin() + static_cast<std::ptrdiff_t>(count), more_.end(), 0.0);
      kernels::multiply(base_.input.data() + grid_.input(n, 0), count, grid_.sector_stride,
                        more_.data(), row_.data());
    }
    for (std::size_t j = 0; j < count; ++j) {
      auto const sum = own[j] < 1 ? row_[j] / (1 - own[j]) : 0.0;
      auto const some = own[j] < 1 && (fine ? sum > -1 : sum > 0);
      materials[j] = some ? shift + (fine ? std::log1p(sum) : std::log(sum)) / power : 0.0;
    }
  }
  for (std::size_t j = 0; j < count; ++j) {
    // Its nest lets the industry go without.
    if (available_.materials[grid_.good(j, n)] == 0) {
      materials[j] = std::numeric_limits<double>::infinity();
    }
  }
  if (is_cobb_douglas(nests.value_added)) {
    for (std::size_t j = 0; j < count; ++j) {
      unit[j] = own[j] * labour[j] + (own[j] < 1 ? (1 - own[j]) * materials[j] : 0.0);
    }
  } else {
    auto const power = 1 - nests.value_added;
    for (std::size_t j = 0; j < count; ++j) {
      if (own[j] >= 1 || own[j] <= 0) {
        unit[j] = own[j] >= 1 ? labour[j] : materials[j];
        continue;
      }
      auto const first = power * labour[j];
      auto const second = power * materials[j];
      auto const peak = std::max(first, second);
      // The shares sum to 1: their sum less 1 keeps the digits of small powers.
      unit[j] = (peak + std::log1p(own[j] * std::expm1(first - peak) +
                                   (1 - own[j]) * std::expm1(second - peak))) /
                power;
    }
  }
}

/// ln P̂ of one sector in all regions, from now_.log_cost.
void TradeSystem::prices_of_sector(std::size_t j, double* log_price) {
  auto const at = grid_.good(j);
  auto* const cost = now_.log_cost.data() + at;
  if (wedges_.domestic[j] != 0) {
    std::copy(cost, cost + grid_.regions, log_price);
    return;
  }
  auto const theta = base_.theta[j];
  auto const cheapest = *std::min_element(cost, cost + grid_.regions);
  std::fill(cost + grid_.regions, cost + grid_.region_stride, cheapest);
  kernels::exp_scaled(cost, -theta, cheapest, power_.data(), grid_.region_stride);
  kernels::multiply(wedges_.weight.data() + grid_.pair(j, 0), grid_.regions, grid_.region_stride,
                    power_.data(), total_.data());
  std::fill(total_.begin() + static_cast<std::ptrdiff_t>(grid_.regions), total_.end(), 1.0);
  auto const* const shift = wedges_.row_shift.data() + at;
  // Rows that are empty or underflow are few: their logs are taken one by one below.
  bool rest = false;
  for (std::size_t n = 0; n < grid_.regions; ++n) {
    if (total_[n] > underflow) continue;
    rest = true;
  }
  if (!rest) {
    kernels::log_each(total_.data(), more_.data(), grid_.region_stride);
    for (std::size_t n = 0; n < grid_.regions; ++n) {
      log_price[n] = cheapest - (more_[n] + shift[n]) / theta;
    }
    return;
  }
  for (std::size_t n = 0; n < grid_.regions; ++n) {
    if (total_[n] > underflow) {
      log_price[n] = cheapest - (std::log(total_[n]) + shift[n]) / theta;
    } else if (std::isinf(shift[n])) {
      log_price[n] = 0;  // not to be had; nests leave it out
    } else {
      log_price[n] =
          -log_total(wedges_.log_weight.data() + grid_.pair(j, n), cost, theta, grid_.regions) /
          theta;
    }
  }
}

void TradeSystem::price_sweep(DenseVector const& from, DenseVector& to) {
  for (std::size_t j = 0; j < grid_.sectors; ++j) {
    auto const* const row = from.data() + grid_.good(j);
    for (std::size_t n = 0; n < grid_.regions; ++n) now_.log_price[grid_.industry(n, j)] = row[n];
  }
  for (std::size_t n = 0; n < grid_.regions; ++n) {
    costs_of_region(n);
    for (std::size_t j = 0; j < grid_.sectors; ++j) {
      auto const good = grid_.good(j, n);
      // What a stopped industry would ask is nobody's price; kept finite.
      now_.log_cost[good] = available_.industry[good] == 0
                                ? 0.0
                                : now_.log_unit_cost[grid_.industry(n, j)] + log_shift_[good];
    }
  }
  for (std::size_t j = 0; j < grid_.sectors; ++j) {
    prices_of_sector(j, to.data() + grid_.good(j));
  }
}

std::size_t TradeSystem::solve_prices(DenseVector& log_price, double tolerance) {
  Anderson anderson{log_price.size(), depth};
  double best = std::numeric_limits<double>::infinity();
  for (std::size_t sweep = 1; sweep <= most_sweeps; ++sweep) {
    price_sweep(log_price, mapped_);
    double change = 0;
    double largest = 0;
    for (std::size_t k = 0; k < log_price.size(); ++k) {
      largest = std::max(largest, std::abs(mapped_[k]));
      mapped_[k] -= log_price[k];
      change = std::max(change, std::abs(mapped_[k]));
    }
    if (!std::isfinite(change) || largest > without_end) return 0;
    if (change <= tolerance) {
      for (std::size_t k = 0; k < log_price.size(); ++k) log_price[k] += mapped_[k];
      return sweep;
    }
    // A combination of earlier points that made things much worse is not built upon.
    if (change > 10 * best) anderson.restart();
    best = std::min(best, change);
    anderson.step(log_price.data(), mapped_.data());
  }
  return 0;
}

}  // namespace linchpin::equilibrium
