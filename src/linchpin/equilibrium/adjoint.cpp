// SPDX-License-Identifier: Apache-2.0
#include "linchpin/equilibrium/adjoint.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>

#include "linchpin/equilibrium/anderson.h"
#include "linchpin/equilibrium/kernels.h"

namespace linchpin::equilibrium {
namespace {

constexpr std::size_t most_sweeps = 5000;
constexpr std::size_t most_steps = 60;
constexpr double response_accuracy = 3e-2;

double largest_of(DenseVector const& values) {
  double largest = 0;
  for (auto const value : values) largest = std::max(largest, std::abs(value));
  return largest;
}

}  // namespace

Adjoint::Adjoint(TradeSystem& system, DenseVector const& spending)
    : system_(system), spending_now_(spending), grid_(system.base().grid) {
  for (auto* array : {&price_, &spending_, &market_outlay_, &outlay_, &output_, &buyer_, &cost_,
                      &cost_fixed_, &mapped_, &goods_}) {
    array->assign(grid_.goods(), 0.0);
  }
  for (auto* array : {&market_value_added_, &price_fixed_, &value_added_, &unit_fixed_,
                      &materials_fixed_, &value_added_fixed_}) {
    array->assign(grid_.industries(), 0.0);
  }
  income_.assign(grid_.region_stride, 0.0);
  auto const longest = std::max(grid_.region_stride, grid_.sector_stride);
  row_.assign(longest, 0.0);
  more_.assign(longest, 0.0);
  outer_.assign(system_.unknowns(), 0.0);
}

/// From factor markets to outlays and shares of value added.
void Adjoint::pull_markets() {
  auto const& now = system_.numbers();
  std::fill(market_outlay_.begin(), market_outlay_.end(), 0.0);
  std::fill(market_value_added_.begin(), market_value_added_.end(), 0.0);
  auto const mobile = system_.mobile_unknowns();
  for (std::size_t n = 0; n < grid_.regions; ++n) {
    for (std::size_t f = 0; f < system_.mobile_factors(); ++f) {
      double demand = 0;
      for (std::size_t j = 0; j < grid_.sectors; ++j) {
        auto const industry = grid_.industry(n, j);
        demand += system_.mobile_share(f, industry) * now.value_added_share[industry] *
                  now.cost_outlay[grid_.good(j, n)];
      }
      auto const weight = demand > 0 ? outer_[f * grid_.regions + n] / demand : 0.0;
      for (std::size_t j = 0; j < grid_.sectors; ++j) {
        auto const industry = grid_.industry(n, j);
        auto const good = grid_.good(j, n);
        auto const part = weight * system_.mobile_share(f, industry);
        market_value_added_[industry] += part * now.cost_outlay[good];
        market_outlay_[good] += part * now.value_added_share[industry];
      }
    }
    if (system_.specific_unknowns() == 0) continue;
    for (std::size_t j = 0; j < grid_.sectors; ++j) {
      auto const weight = outer_[mobile + n * grid_.sectors + j];
      auto const industry = grid_.industry(n, j);
      auto const good = grid_.good(j, n);
      if (weight == 0 || now.cost_outlay[good] <= 0 || now.value_added_share[industry] <= 0) {
        continue;
      }
      market_value_added_[industry] += weight / now.value_added_share[industry];
      market_outlay_[good] += weight / now.cost_outlay[good];
    }
  }
}

/// λ_X from λ_X: what a unit of spending does to later spending, to factor markets and to the goal.
void Adjoint::pull_spending(DenseVector const& from, DenseVector& to) {
  auto const& now = system_.numbers();
  auto const& base = system_.base();
  auto const& policy = system_.policy();
  double world = 0;
  for (std::size_t n = 0; n < grid_.regions; ++n) {
    double income = seed(seeds_->spending_power, n);
    auto const at = grid_.industry(n);
    for (std::size_t k = 0; k < grid_.sectors; ++k) {
      income += from[grid_.good(k, n)] * now.final_share[at + k];
      more_[k] = from[grid_.good(k, n)] * now.material_price[at + k];
    }
    std::fill(more_.begin() + static_cast<std::ptrdiff_t>(grid_.sectors), more_.end(), 0.0);
    kernels::multiply(base.input.data() + grid_.input(n, 0), grid_.sectors, grid_.sector_stride,
                      more_.data(), row_.data());
    for (std::size_t j = 0; j < grid_.sectors; ++j) {
      outlay_[grid_.good(j, n)] =
          market_outlay_[grid_.good(j, n)] + row_[j] * now.material_factor[at + j];
    }
    income_[n] = income;
    if (policy.deficits == DeficitRule::scale_to_world_income) {
      world += income * base.deficit[n] / system_.base_world_spending();
    }
  }
  for (std::size_t n = 0; n < grid_.regions; ++n) income_[n] += world;
  for (std::size_t j = 0; j < grid_.sectors; ++j) {
    auto const at = grid_.good(j);
    for (std::size_t n = 0; n < grid_.regions; ++n) {
      auto const good = at + n;
      // Subsidies are paid out of income: C − Y.
      auto const paid = outlay_[good] - income_[n];
      outlay_[good] = paid;
      output_[good] = paid / (1 - system_.subsidy(good)) + income_[n] + seed(seeds_->output, good);
    }
    if (system_.wedges().domestic[j] != 0) {
      for (std::size_t n = 0; n < grid_.regions; ++n) {
        to[at + n] = output_[at + n] + seed(seeds_->spending, at + n);
        buyer_[at + n] = spending_now_[at + n] * output_[at + n];
      }
      continue;
    }
    kernels::multiply(now.kept_share.data() + grid_.pair(j, 0), grid_.regions, grid_.region_stride,
                      output_.data() + at, row_.data());
    auto const taxed = !now.exported_share.empty();
    if (taxed) {
      kernels::multiply(now.exported_share.data() + grid_.pair(j, 0), grid_.regions,
                        grid_.region_stride, income_.data(), more_.data());
    }
    for (std::size_t n = 0; n < grid_.regions; ++n) {
      auto const good = at + n;
      auto tariffs = 1 - now.kept_of_spending[good];
      double exported = 0;
      if (taxed) {
        tariffs -= now.exported_of_spending[good];
        exported = more_[n];
      }
      if (!system_.has_tariffs()) tariffs = 0;
      auto const unit = row_[n] + tariffs * income_[n] + exported;
      buyer_[good] = spending_now_[good] * unit;
      to[good] = unit + seed(seeds_->spending, good);
    }
  }
  auto const first = system_.mobile_unknowns() + system_.specific_unknowns();
  for (std::size_t q = 0; q < policy.quotas.size(); ++q) {
    auto const buyer = grid_.good(policy.quotas[q].sector, policy.quotas[q].importer);
    to[buyer] += outer_[first + q] / spending_now_[buyer];
  }
}

std::size_t Adjoint::solve_spending(double tolerance) {
  Anderson anderson{spending_.size(), 6};
  for (std::size_t sweep = 1; sweep <= most_sweeps; ++sweep) {
    pull_spending(spending_, mapped_);
    double change = 0;
    double size = 0;
    for (std::size_t k = 0; k < spending_.size(); ++k) {
      size = std::max(size, std::abs(mapped_[k]));
      mapped_[k] -= spending_[k];
      change = std::max(change, std::abs(mapped_[k]));
    }
    if (!std::isfinite(change)) return 0;
    if (change <= tolerance * std::max(size, 1e-300)) {
      for (std::size_t k = 0; k < spending_.size(); ++k) spending_[k] += mapped_[k];
      pull_spending(spending_, mapped_);  // what the next steps rest on
      return sweep + 1;
    }
    anderson.step(spending_.data(), mapped_.data());
  }
  return 0;
}

/// What is left for the outer unknowns to balance.
void Adjoint::pull_outer(std::vector<double>& to) {
  to.assign(system_.unknowns(), 0.0);
  auto const mobile = system_.mobile_unknowns();
  auto const first_quota = mobile + system_.specific_unknowns();
  auto const& parts = system_.parts();
  std::vector<double> levels(parts.count, 0.0);
  for (std::size_t k = 0; k < first_quota; ++k) {
    auto const n = k < mobile ? k % grid_.regions : (k - mobile) / grid_.sectors;
    levels[parts.of[n]] -= outer_[k];
  }
  for (std::size_t n = 0; n < grid_.regions; ++n) {
    auto const level = levels[parts.of[n]];
    auto const world = system_.part_income(parts.of[n]);
    for (std::size_t f = 0; f < system_.mobile_factors(); ++f) {
      auto const place = f * grid_.regions + n;
      double by_wage = f == 0 ? seed(seeds_->log_wage, n) : 0.0;
      for (std::size_t j = 0; j < grid_.sectors; ++j) {
        auto const industry = grid_.industry(n, j);
        by_wage += system_.mobile_share(f, industry) * value_added_[industry];
      }
      auto const income = system_.income_now(f, n);
      // A market of nothing has no equation.
      to[place] = income > 0 ? -outer_[place] + level * income / world + income_[n] * income +
                                   system_.wage_slope(f, n) * by_wage
                             : 0.0;
    }
    if (system_.specific_unknowns() == 0) continue;
    for (std::size_t j = 0; j < grid_.sectors; ++j) {
      auto const place = mobile + n * grid_.sectors + j;
      auto const income = system_.specific_income_now(n, j);
      auto const industry = grid_.industry(n, j);
      to[place] = income > 0 ? -outer_[place] + level * income / world + income_[n] * income +
                                   system_.specific_share(industry) * value_added_[industry]
                             : 0.0;
    }
  }
  auto const& quotas = system_.policy().quotas;
  for (std::size_t q = 0; q < quotas.size(); ++q) {
    if (!system_.quota_binds(q)) {
      to[first_quota + q] = -outer_[first_quota + q];
      continue;
    }
    auto const& quota = quotas[q];
    auto const cell = grid_.pair(quota.sector, quota.importer, quota.exporter);
    auto const kept = system_.wedges().kept[cell];
    auto sum =
        -outer_[first_quota + q] - system_.base().theta[quota.sector] *
                                       by_log_weight(quota.sector, quota.importer, quota.exporter);
    if (quota.rents != QuotaRents::nobody) {
      sum -= kept * by_kept(quota.sector, quota.importer, quota.exporter);
      if (!system_.wedges().export_part.empty()) {
        auto const exported = system_.wedges().export_part[cell];
        auto const by = quota.rents == QuotaRents::exporter ? kept : -exported;
        sum += by * by_export_part(quota.sector, quota.importer, quota.exporter);
      }
    }
    to[first_quota + q] = sum;
  }
}

Result<void> Adjoint::solve(Seeds const& seeds, double tolerance) {
  seeds_ = &seeds;
  if (!response_.ready()) {
    response_.compute(system_, spending_now_, response_accuracy);
  }
  std::fill(price_.begin(), price_.end(), 0.0);
  std::fill(spending_.begin(), spending_.end(), 0.0);
  std::fill(outer_.begin(), outer_.end(), 0.0);
  Anderson anderson{outer_.size(), 8};
  std::vector<double> rest;
  std::vector<double> step(outer_.size());
  double inner = 1e-5;
  double first = 0;
  sweeps_ = 0;
  for (std::size_t k = 0; k < most_steps; ++k) {
    pull_markets();
    auto const a = solve_spending(inner);
    pull_shares();
    auto const b = a == 0 ? 0 : solve_prices(inner);
    if (b == 0) break;
    sweeps_ += a + b;
    pull_outer(rest);
    double left = 0;
    for (auto const value : rest) left = std::max(left, std::abs(value));
    if (k == 0) first = std::max(left, 1e-300);
    if (left <= tolerance * std::max(first, largest_of(price_))) {
      if (inner <= tolerance * 1.01) return {};
      inner = tolerance;
      continue;
    }
    if (outer_.empty()) return {};
    response_.step_transposed(system_, rest, step);
    inner = std::clamp(1e-4 * left / std::max(first, largest_of(price_)), tolerance, 1e-5);
    anderson.step(outer_.data(), step.data());
  }
  return fail(ErrorCode::not_converged,
              fmt::format("the transposed equations did not settle in {} steps", most_steps),
              "gradient", "a smaller shock");
}

double Adjoint::by_share(std::size_t sector, std::size_t importer,
                         std::size_t exporter) const noexcept {
  auto const cell = grid_.pair(sector, importer, exporter);
  auto const buyer = grid_.good(sector, importer);
  auto const seller = grid_.good(sector, exporter);
  auto const& wedges = system_.wedges();
  auto const exported = wedges.export_part.empty() ? 0.0 : wedges.export_part[cell];
  auto const tariff = system_.has_tariffs() ? 1 - wedges.kept[cell] - exported : 0.0;
  auto const sold = wedges.kept[cell] * output_[seller] + tariff * income_[importer] +
                    exported * income_[exporter];
  return spending_now_[buyer] * sold - buyer_[buyer] - price_[buyer] / system_.base().theta[sector];
}

double Adjoint::by_log_weight(std::size_t sector, std::size_t importer,
                              std::size_t exporter) const noexcept {
  auto const cell = grid_.pair(sector, importer, exporter);
  auto sum = system_.numbers().share[cell] * by_share(sector, importer, exporter);
  auto const add = [&](std::size_t of, double weight) {
    sum += weight * ((of == exporter ? 1.0 : 0.0) - system_.numbers().share[cell]);
  };
  for (auto const& [at, weight] : seeds_->log_share) {
    if (at / grid_.region_stride == cell / grid_.region_stride) {
      add(at % grid_.region_stride, weight);
    }
  }
  auto const first_quota = system_.mobile_unknowns() + system_.specific_unknowns();
  auto const& quotas = system_.policy().quotas;
  for (std::size_t q = 0; q < quotas.size(); ++q) {
    if (quotas[q].sector == sector && quotas[q].importer == importer) {
      add(quotas[q].exporter, outer_[first_quota + q]);
    }
  }
  return sum;
}

double Adjoint::by_kept(std::size_t sector, std::size_t importer,
                        std::size_t exporter) const noexcept {
  auto const cell = grid_.pair(sector, importer, exporter);
  return spending_now_[grid_.good(sector, importer)] * system_.numbers().share[cell] *
         (output_[grid_.good(sector, exporter)] - income_[importer]);
}

double Adjoint::by_export_part(std::size_t sector, std::size_t importer,
                               std::size_t exporter) const noexcept {
  auto const cell = grid_.pair(sector, importer, exporter);
  return spending_now_[grid_.good(sector, importer)] * system_.numbers().share[cell] *
         (income_[exporter] - income_[importer]);
}

double Adjoint::by_outlay_subsidy(std::size_t good) const noexcept {
  auto const rest = 1 - system_.subsidy(good);
  return outlay_[good] * system_.numbers().output[good] / (rest * rest);
}

double Adjoint::by_log_limit(std::size_t quota) const noexcept {
  return -outer_[system_.mobile_unknowns() + system_.specific_unknowns() + quota];
}

}  // namespace linchpin::equilibrium
