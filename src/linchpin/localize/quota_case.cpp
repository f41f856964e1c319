// SPDX-License-Identifier: Apache-2.0
#include "linchpin/localize/quota_case.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "linchpin/localize/gates.h"
#include "linchpin/localize/number_check.h"

namespace linchpin::localize {
namespace {

Result<void> check_case(QuotaCase const& control) {
  NumberCheck numbers("case of a quota");
  for (auto const& quota : control.quota) {
    if (quota) numbers.between("quota", *quota, 0, 1e6);
  }
  numbers.between("others", control.others, 1e-6, 1 - 1e-6);
  numbers.share("leakage", control.leakage);
  numbers.between("demand_growth", control.demand_growth, -1, 1);
  numbers.above("elasticity_now", control.elasticity_now, 0);
  numbers.between("elasticity_later", control.elasticity_later, control.elasticity_now, 100);
  numbers.share("adjustment", control.adjustment);
  numbers.between("stock_building", control.stock_building, 0, 10);
  numbers.between("operating_cost", control.operating_cost, 0, 1e6);
  numbers.between("discount_rate", control.discount_rate, -0.5, 10);
  numbers.between("home_use", control.home_use, 0, 1e6);
  numbers.between("home_growth", control.home_growth, -1, 1);
  if (auto const fine = numbers.result(); !fine) return fine;
  return check(control.mines, "mines of others");
}

/// What is on offer and asked for in one year.
struct Market {
  double demand = 1;  ///< at the price before
  double elasticity = 1;
  double stocks = 0;                                         ///< bought whatever the price
  double allowed = std::numeric_limits<double>::infinity();  ///< exports at most
  double old_mines = 0, new_mines = 0;                       ///< capacity of others
  double cost = 1;                                           ///< of new mines

  [[nodiscard]] double wanted(double price) const {
    return demand * std::pow(price, -elasticity) + stocks;
  }
  [[nodiscard]] double others(double price) const {
    return old_mines + (price >= cost ? new_mines : 0);
  }

  /// The price at which what is wanted is there; 1 at least.
  [[nodiscard]] double price() const {
    if (wanted(1) <= allowed + others(1)) return 1;
    double low = 0, high = 50;  // logarithms: beyond e^50 nobody has the money
    constexpr int bisections = 100;
    for (int step = 0; step < bisections; ++step) {
      auto const middle = (low + high) / 2;
      auto const at = std::exp(middle);
      (wanted(at) > allowed + others(at) ? low : high) = middle;
    }
    return std::exp(high);
  }
};

}  // namespace

Result<std::vector<QuotaYear>> quota_path(QuotaCase const& control) {
  if (auto const fine = check_case(control); !fine) return fail(fine.error());
  auto const before = 1 - control.others;  // exports
  auto const share_of = [&](QuotaYear& year, double t) {
    auto const sold = year.exports + year.others;
    year.import_share = sold > 0 ? year.exports / sold : 0;
    auto const at_home = control.home_use * before * std::exp(control.home_growth * t);
    auto const mined = sold + at_home;
    year.mine_share = mined > 0 ? (year.exports + at_home) / mined : 0;
  };
  std::vector<QuotaYear> path(1);
  path[0].exports = before;
  path[0].others = control.others;
  share_of(path[0], 0);

  Capacity mines;  // new ones
  double habit = 0;
  bool controlled = false;
  for (std::size_t k = 0; k < control.quota.size(); ++k) {
    auto const t = static_cast<double>(k + 1);
    auto const growth = std::exp(control.demand_growth * t);
    Market market;
    market.elasticity = control.elasticity_now;
    market.demand = growth * std::exp((control.elasticity_now - control.elasticity_later) * habit);
    market.old_mines = control.others;
    market.new_mines = mines.installed;
    market.cost = control.operating_cost;
    if (auto const& quota = control.quota[k]) {
      // What it would sell without a quota: old mines elsewhere do not grow.
      auto const usual = growth - control.others;
      auto const strictness = std::clamp(1 - *quota * before / usual, 0.0, 1.0);
      market.allowed = usual * access_under_control(1, strictness, control.leakage);
      if (!controlled) market.stocks = control.stock_building;
      controlled = true;
    }
    QuotaYear year;
    year.price = market.price();
    auto const sold = market.wanted(year.price);
    // At the operating cost of new mines part of them may stand still: others fill what is left.
    year.exports = std::min(market.allowed, std::max(sold - market.others(year.price), 0.0));
    year.others = std::max(sold - year.exports, 0.0);
    share_of(year, t);
    path.push_back(year);

    auto const gap = std::max(growth - market.allowed - control.others, 0.0);
    auto const value =
        investment_value(control.mines, year.price - control.operating_cost, control.discount_rate);
    auto const order = private_order(mines, control.mines, gap / control.mines.utilisation, value,
                                     {std::numeric_limits<double>::infinity(), 0, 0});
    mines = next_capacity(mines, control.mines, order, 1);
    habit += control.adjustment * (std::log(year.price) - habit);
  }
  return path;
}

}  // namespace linchpin::localize
