// SPDX-License-Identifier: Apache-2.0
#include "linchpin/equilibrium/trade_system.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace linchpin::equilibrium {

Result<void> check(Closure const& closure, TradeBase const& base) {
  ErrorList errors;
  auto const bad = [&](std::string what, std::string where, std::string hint) {
    errors.add(ErrorCode::bad_value, std::move(what), std::move(where), std::move(hint));
  };
  auto const nest = [&](char const* name, double sigma) {
    if (sigma >= 0 && sigma <= 100) return;
    bad(fmt::format("elasticity {:.6g} of the {} nest is outside 0…100", sigma, name), name,
        "0 is Leontief, 1 Cobb-Douglas");
  };
  nest("value added", closure.nests.value_added);
  nest("materials", closure.nests.materials);
  nest("final use", closure.nests.final_use);
  if (closure.entrant_cost != 0 && !(closure.entrant_cost >= 1 && closure.entrant_cost <= 1e6)) {
    bad(fmt::format("an entrant's cost multiple of {:.6g} is outside 1…1e6", closure.entrant_cost),
        "entrant cost", "0 for no entrants");
  }
  auto const& factors = closure.factors;
  if (factors.all_specific && !factors.mobile.empty()) {
    bad("factors are all specific and some are mobile", "factors", "choose one");
  }
  for (auto const& shares : factors.mobile) {
    if (shares.size() == base.grid.industries()) continue;
    errors.add(ErrorCode::size_mismatch, "factor shares do not fit the industries", "factors",
               "give one number per industry");
  }
  if (errors.empty()) {
    for (std::size_t n = 0; n < base.grid.regions; ++n) {
      for (std::size_t j = 0; j < base.grid.sectors; ++j) {
        double sum = 0;
        bool negative = false;
        for (auto const& shares : factors.mobile) {
          sum += shares[base.grid.industry(n, j)];
          negative |= !(shares[base.grid.industry(n, j)] >= 0);
        }
        if (!negative && sum <= 1 + 1e-9) continue;
        bad(fmt::format("shares of factors sum to {:.6g}", sum),
            fmt::format("{}:{}", base.regions[n], base.sectors[j]),
            "shares lie in 0…1 and sum to at most 1");
      }
    }
  }
  if (!factors.wage_floor.empty()) {
    if (factors.wage_floor.size() < base.grid.regions) {
      errors.add(ErrorCode::size_mismatch, "one wage floor per region is needed", "wage floor",
                 "0 for none");
    }
    for (auto const floor : factors.wage_floor) {
      if (floor >= 0 && floor <= 1) continue;
      bad(fmt::format("a wage floor of {:.6g} is outside 0…1", floor), "wage floor", "0 for none");
    }
    if (factors.all_specific)
      bad("a wage floor needs a mobile factor", "wage floor", "leave it out");
  }
  if (!errors.empty()) return fail(errors.joined());
  return {};
}

TradeSystem::TradeSystem(TradeBase const& base, TradePolicy const& policy, Closure const& closure)
    : base_(base),
      policy_(policy),
      closure_(closure),
      grid_(base.grid),
      wedges_(wedges_of(base, policy)),
      mobile_(closure.factors.all_specific
                  ? 0
                  : std::max<std::size_t>(1, closure.factors.mobile.size())) {
  available_ = settle_availability(base_, closure_, wedges_);
  parts_ = parts_of(base_, wedges_);
  part_base_.assign(parts_.count, 0.0);
  part_income_.assign(parts_.count, 0.0);
  for (std::size_t n = 0; n < grid_.regions; ++n) {
    part_base_[parts_.of[n]] += base_.factor_income[n];
  }
  has_tariffs_ = std::any_of(wedges_.kept.begin(), wedges_.kept.end(), [](double kept) {
    return kept != 1 && kept != 0;  // 0: padding
  });
  for (auto const& quota : policy_.quotas) has_tariffs_ |= quota.rents != QuotaRents::nobody;

  base_mobile_.assign(mobile_unknowns(), 0.0);
  base_specific_.assign(grid_.regions * grid_.sectors, 0.0);
  slope_.assign(mobile_unknowns(), 1.0);
  base_scale_.assign(grid_.regions, 1.0);
  for (std::size_t n = 0; n < grid_.regions; ++n) {
    for (std::size_t j = 0; j < grid_.sectors; ++j) {
      auto const industry = grid_.industry(n, j);
      auto const earned = base_.value_added[industry] * base_.output[grid_.good(j, n)];
      for (std::size_t f = 0; f < mobile_; ++f) {
        base_mobile_[f * grid_.regions + n] += mobile_share(f, industry) * earned;
      }
      auto const specific = specific_share(industry);
      // A hundred-millionth is rounding of shares that should sum to one.
      if (specific > 1e-8) has_specific_ = true;
      // An industry without a buyer left has no market that could clear; it earns nothing.
      auto const idle = specific > 1e-8 && !has_buyer(j, n);
      base_specific_[n * grid_.sectors + j] = specific > 1e-8 && !idle ? specific * earned : 0.0;
    }
    auto const spent = base_.final_spending(n);
    base_scale_[n] = std::max(std::abs(spent), 1e-12 * base_.world_income());
    base_world_spending_ += spent - base_.deficit[n];
  }

  auto const goods = grid_.goods();
  auto const industries = grid_.industries();
  auto const regions = grid_.region_stride;
  now_.log_wage.assign(mobile_unknowns(), 0.0);
  for (auto* array :
       {&now_.log_value_added, &now_.log_unit_cost, &now_.log_materials, &now_.value_added_share,
        &now_.material_factor, &now_.final_share, &now_.log_price}) {
    array->assign(industries, 0.0);
  }
  now_.material_price.assign(industries, 0.0);
  for (std::size_t n = 0; n < grid_.regions; ++n) {
    for (std::size_t k = 0; k < grid_.sectors; ++k) now_.material_price[grid_.industry(n, k)] = 1;
  }
  for (auto* array :
       {&now_.log_cost, &now_.kept_of_spending, &now_.exported_of_spending, &now_.output,
        &now_.cost_outlay, &now_.export_revenue, &log_shift_, &mapped_}) {
    array->assign(goods, 0.0);
  }
  for (auto* array :
       {&now_.log_final, &now_.spending_power, &now_.tariff_revenue, &now_.export_tax_revenue,
        &now_.subsidy_outlay, &now_.factor_income, &now_.deficit, &material_shift_}) {
    array->assign(regions, 0.0);
  }
  now_.share.assign(grid_.pairs(), 0.0);
  now_.kept_share.assign(grid_.pairs(), 0.0);
  if (!wedges_.export_part.empty()) now_.exported_share.assign(grid_.pairs(), 0.0);
  for (std::size_t j = 0; j < grid_.sectors; ++j) {
    for (std::size_t n = 0; n < grid_.regions; ++n) {
      auto const good = grid_.good(j, n);
      if (wedges_.domestic[j] == 0) continue;
      now_.share[grid_.pair(j, n, n)] = 1;
      now_.kept_share[grid_.pair(j, n, n)] = 1;
      now_.kept_of_spending[good] = 1;
    }
  }
  take_goods_of_policy();
  auto const longest = std::max(grid_.region_stride, grid_.sector_stride);
  for (auto* row : {&row_, &more_, &power_, &total_}) row->assign(longest, 0.0);
  outer_.assign(unknowns(), 0.0);
}

void TradeSystem::take_goods(std::size_t sector) {
  for (std::size_t n = 0; n < grid_.regions; ++n) {
    auto const good = grid_.good(sector, n);
    log_shift_[good] = std::log1p(-subsidy(good));
    if (!policy_.productivity.empty()) log_shift_[good] -= std::log(policy_.productivity[good]);
  }
}

void TradeSystem::take_goods_of_policy() {
  for (std::size_t j = 0; j < grid_.sectors; ++j) take_goods(j);
}

bool TradeSystem::take_policy_of(std::size_t sector) {
  auto const first = static_cast<std::ptrdiff_t>(grid_.pair(sector, 0));
  auto const count = static_cast<std::ptrdiff_t>(grid_.regions * grid_.region_stride);
  auto const row = wedges_.log_weight.begin() + first;
  std::vector<double> const before(row, row + count);
  auto const domestic = wedges_.domestic[sector];
  wedges_of_sector(base_, policy_, sector, wedges_);
  for (std::ptrdiff_t k = 0; k < count; ++k) {
    if (std::isinf(before[static_cast<std::size_t>(k)]) != std::isinf(row[k])) return false;
  }
  if (wedges_.domestic[sector] != domestic) return false;
  take_goods(sector);
  for (std::size_t n = 0; n < grid_.regions; ++n) {
    for (std::size_t i = 0; i < grid_.regions; ++i) {
      has_tariffs_ |= wedges_.kept[grid_.pair(sector, n, i)] != 1;
    }
  }
  return true;
}

bool TradeSystem::has_buyer(std::size_t j, std::size_t i) const noexcept {
  for (std::size_t n = 0; n < grid_.regions; ++n) {
    if (base_.expenditure[grid_.good(j, n)] > 0 && wedges_.weight[grid_.pair(j, n, i)] > 0) {
      return true;
    }
  }
  return false;
}

double TradeSystem::mobile_share(std::size_t f, std::size_t industry) const noexcept {
  if (closure_.factors.mobile.empty()) return mobile_ > 0 ? 1.0 : 0.0;
  return closure_.factors.mobile[f][industry];
}

double TradeSystem::specific_share(std::size_t industry) const noexcept {
  if (mobile_ == 0) return 1;
  if (closure_.factors.mobile.empty()) return 0;
  double rest = 1;
  for (auto const& shares : closure_.factors.mobile) rest -= shares[industry];
  return std::max(0.0, rest);
}

double TradeSystem::income_now(std::size_t f, std::size_t n) const noexcept {
  auto const place = f * grid_.regions + n;
  return std::exp(outer_[place]) * base_mobile_[place];
}

double TradeSystem::specific_income_now(std::size_t n, std::size_t j) const noexcept {
  auto const place = n * grid_.sectors + j;
  return std::exp(outer_[mobile_unknowns() + place]) * base_specific_[place];
}

double TradeSystem::group_income(std::size_t g, std::size_t n) const noexcept {
  if (g < mobile_) return income_now(g, n);
  double sum = 0;
  for (std::size_t j = 0; j < grid_.sectors; ++j) sum += specific_income_now(n, j);
  return sum;
}

bool TradeSystem::quota_binds(std::size_t quota) const noexcept {
  return outer_[mobile_unknowns() + specific_unknowns() + quota] > 0;
}

TradeState TradeSystem::start() const {
  TradeState state;
  state.outer.assign(unknowns(), 0.0);
  state.log_price.assign(grid_.goods(), 0.0);
  state.spending = base_.expenditure;
  return state;
}

void TradeSystem::take_outer(std::vector<double> const& outer) {
  LINCHPIN_EXPECTS(outer.size() == unknowns());
  outer_ = outer;
  auto const& floors = closure_.factors.wage_floor;
  for (std::size_t f = 0; f < mobile_; ++f) {
    for (std::size_t n = 0; n < grid_.regions; ++n) {
      auto const place = f * grid_.regions + n;
      auto const floor = f == 0 && !floors.empty() && floors[n] > 0 ? std::log(floors[n]) : -1e300;
      now_.log_wage[place] = std::max(outer[place], floor);
      slope_[place] = outer[place] > floor ? 1.0 : 0.0;
    }
  }
  for (std::size_t n = 0; n < grid_.regions; ++n) {
    for (std::size_t j = 0; j < grid_.sectors; ++j) {
      auto const industry = grid_.industry(n, j);
      double sum = 0;
      for (std::size_t f = 0; f < mobile_; ++f) {
        sum += mobile_share(f, industry) * now_.log_wage[f * grid_.regions + n];
      }
      if (has_specific_) {
        sum += specific_share(industry) * outer[mobile_unknowns() + n * grid_.sectors + j];
      }
      now_.log_value_added[industry] = sum;
    }
  }
  if (!policy_.quotas.empty()) quota_wedges(outer);
}

}  // namespace linchpin::equilibrium
