// SPDX-License-Identifier: Apache-2.0
#include "linchpin/equilibrium/outcome.h"

#include <cmath>

#include "linchpin/equilibrium/wedges.h"

namespace linchpin::equilibrium {
namespace {

double tariff_of(TradeBase const& base, TradePolicy const& policy, std::size_t cell) {
  return policy.tariff.empty() ? base.tariff_at(cell) : policy.tariff[cell];
}

/// ln of the border price over the base: what the maker asks, export tax and trade cost.
double log_border_price(TradePolicy const& policy, Equilibrium const& found, std::size_t cell,
                        std::size_t seller) {
  auto price = found.numbers.log_cost[seller];
  if (!policy.export_tax.empty()) price += std::log1p(policy.export_tax[cell]);
  if (!policy.iceberg.empty()) price += std::log(policy.iceberg[cell]);
  return price;
}

/// Sums of the first-order formula for one region, over all its flows.
struct Sums {
  double terms = 0, volume = 0;          ///< changes in per cent
  double terms_log = 0, volume_log = 0;  ///< changes in logs
  bool finite = true;                    ///< no flow with a weight vanished
  double imports_before = 0, imports_after = 0, exports_before = 0, exports_after = 0;
};

Sums sums_of(TradeBase const& base, TradePolicy const& policy, Equilibrium const& found,
             std::size_t n) {
  auto const& grid = base.grid;
  Sums sums;
  for (std::size_t j = 0; j < grid.sectors; ++j) {
    for (std::size_t i = 0; i < grid.regions; ++i) {
      if (i == n) continue;
      auto const bought = flow_at(base, policy, found, j, n, i);
      auto const sold = flow_at(base, policy, found, j, i, n);
      sums.imports_before += bought.before;
      sums.imports_after += bought.after;
      sums.exports_before += sold.before;
      sums.exports_after += sold.after;
      auto const price = log_border_price(policy, found, grid.pair(j, n, i), grid.good(j, i));
      auto const own = log_border_price(policy, found, grid.pair(j, i, n), grid.good(j, n));
      sums.terms += sold.before * std::expm1(own) - bought.before * std::expm1(price);
      sums.terms_log += sold.before * own - bought.before * price;
      auto const tariff = base.tariff_at(grid.pair(j, n, i));
      if (tariff == 0 || bought.before <= 0) continue;
      sums.volume +=
          tariff * bought.before * ((bought.after / bought.before - 1) - std::expm1(price));
      if (bought.after > 0) {
        sums.volume_log +=
            tariff * bought.before * (std::log(bought.after / bought.before) - price);
      } else {
        sums.finite = false;
      }
    }
  }
  return sums;
}

double per_cent(double after, double before) {
  return before > 0 ? 100 * (after / before - 1) : 0.0;
}

}  // namespace

Flow flow_at(TradeBase const& base, TradePolicy const& policy, Equilibrium const& found,
             std::size_t sector, std::size_t importer, std::size_t exporter) {
  auto const cell = base.grid.pair(sector, importer, exporter);
  auto const buyer = base.grid.good(sector, importer);
  return {base.share[cell] * base.expenditure[buyer] / (1 + base.tariff_at(cell)),
          found.numbers.share[cell] * found.state.spending[buyer] /
              (1 + tariff_of(base, policy, cell))};
}

std::vector<RegionOutcome> outcomes(TradeBase const& base, TradePolicy const& policy,
                                    Equilibrium const& found) {
  auto const& now = found.numbers;
  std::vector<RegionOutcome> all(base.grid.regions);
  for (std::size_t n = 0; n < base.grid.regions; ++n) {
    auto& region = all[n];
    auto const income = base.final_spending(n);
    auto const log_income = std::log(now.spending_power[n] / income);
    auto const log_welfare = log_income - now.log_final[n];
    region.welfare_exact = 100 * std::expm1(log_welfare);
    region.welfare_log = 100 * log_welfare;
    region.equivalent_variation = std::expm1(log_welfare) * income;
    region.income = 100 * std::expm1(log_income);
    region.consumer_prices = 100 * std::expm1(now.log_final[n]);
    if (!now.log_wage.empty()) {
      region.real_wage = 100 * std::expm1(now.log_wage[n] - now.log_final[n]);
    }
    auto const sums = sums_of(base, policy, found, n);
    region.terms_of_trade = 100 * sums.terms / income;
    region.volume_of_trade = 100 * sums.volume / income;
    region.welfare_first_order = region.terms_of_trade + region.volume_of_trade;
    if (sums.finite) {
      region.terms_of_trade_log = 100 * sums.terms_log / income;
      region.volume_of_trade_log = 100 * sums.volume_log / income;
      region.welfare_first_order_log = *region.terms_of_trade_log + *region.volume_of_trade_log;
    }
    region.imports = per_cent(sums.imports_after, sums.imports_before);
    region.exports = per_cent(sums.exports_after, sums.exports_before);
    region.employment = 100 * (found.employment[n] - 1);
    region.tariff_revenue = now.tariff_revenue[n];
    region.tariff_revenue_base = income - base.factor_income[n] - base.deficit[n];
    region.export_revenue = now.export_tax_revenue[n];
    region.subsidies = now.subsidy_outlay[n];
  }
  return all;
}

DenseVector real_output(TradeBase const& base, Equilibrium const& found) {
  auto const& grid = base.grid;
  DenseVector real(grid.goods(), 1.0);
  for (std::size_t j = 0; j < grid.sectors; ++j) {
    for (std::size_t n = 0; n < grid.regions; ++n) {
      auto const good = grid.good(j, n);
      if (base.output[good] <= 0) continue;
      real[good] =
          found.numbers.output[good] / base.output[good] * std::exp(-found.numbers.log_cost[good]);
    }
  }
  return real;
}

std::vector<Undercut> undercuts(TradeBase const& base, Equilibrium const& found) {
  auto const& grid = base.grid;
  std::vector<Undercut> all(grid.goods());
  for (std::size_t j = 0; j < grid.sectors; ++j) {
    std::vector<double> sold_before(grid.regions), sold_after(grid.regions);
    double before = 0;
    double after = 0;
    for (std::size_t n = 0; n < grid.regions; ++n) {
      auto const buyer = grid.good(j, n);
      before += base.expenditure[buyer];
      after += found.state.spending[buyer];
      for (std::size_t i = 0; i < grid.regions; ++i) {
        if (i == n) continue;
        auto const cell = grid.pair(j, n, i);
        sold_before[i] += base.share[cell] * base.expenditure[buyer];
        sold_after[i] += found.numbers.share[cell] * found.state.spending[buyer];
      }
    }
    for (std::size_t i = 0; i < grid.regions; ++i) {
      auto const good = grid.good(j, i);
      auto const abroad_before = before - base.expenditure[good];
      auto const abroad_after = after - found.state.spending[good];
      all[good].price = 100 * std::expm1(found.numbers.log_cost[good]);
      all[good].share_before = abroad_before > 0 ? sold_before[i] / abroad_before : 0.0;
      all[good].share_after = abroad_after > 0 ? sold_after[i] / abroad_after : 0.0;
    }
  }
  return all;
}

}  // namespace linchpin::equilibrium
