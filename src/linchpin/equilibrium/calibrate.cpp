// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <span>
#include <string_view>

#include "linchpin/equilibrium/trade_base.h"

namespace linchpin::equilibrium {
namespace {

/// Final use clipped away beyond this share of a region's spending is listed by region.
constexpr double worth_listing = 1e-9;

void check_size(std::string_view name, std::size_t is, std::size_t should, ErrorList& errors) {
  if (is == should) return;
  errors.add(ErrorCode::size_mismatch,
             fmt::format("{} has {} numbers where the labels ask for {}", name, is, should),
             std::string{name}, "give one number per combination of the labels");
}

void check_range(std::string_view name, std::span<double const> values, double least, double most,
                 ErrorList& errors) {
  std::size_t wrong = 0;
  std::size_t first = 0;
  for (std::size_t k = 0; k < values.size(); ++k) {
    if (values[k] >= least && values[k] <= most) continue;
    if (wrong++ == 0) first = k;
  }
  if (wrong == 0) return;
  errors.add(ErrorCode::bad_value,
             fmt::format("{} of {} numbers of {} lie outside {}…{}; the first is {:.6g}", wrong,
                         values.size(), name, least, most, values[first]),
             fmt::format("{}, place {}", name, first), "mend the data they come from");
}

Result<void> check(TradeAccounts const& accounts, DenseVector const& theta) {
  ErrorList errors;
  auto const n = accounts.regions.size();
  auto const j = accounts.sectors.size();
  if (n == 0 || j == 0) {
    return fail(ErrorCode::missing_value, "trade accounts without regions or sectors", "labels",
                "import a world, or read a trade calibration");
  }
  check_size("trade", accounts.trade.size(), j * n * n, errors);
  if (!accounts.tariffs.empty()) check_size("tariffs", accounts.tariffs.size(), j * n * n, errors);
  check_size("value added shares", accounts.value_added_share.size(), n * j, errors);
  check_size("input shares", accounts.input_shares.size(), n * j * j, errors);
  if (theta.empty()) {
    errors.add(ErrorCode::missing_value, "no trade elasticities", "theta",
               "name a set with --theta");
  } else {
    check_size("theta", theta.size(), j, errors);
  }
  constexpr double big = 1e300;
  check_range("trade", accounts.trade, 0, big, errors);
  check_range("tariffs", accounts.tariffs, 0, 1e6, errors);
  check_range("value added shares", accounts.value_added_share, 0, 1, errors);
  check_range("input shares", accounts.input_shares, 0, 1, errors);
  check_range("theta", theta, 1e-3, 1e3, errors);
  if (!errors.empty()) return fail(errors.joined());
  return {};
}

void take_trade(TradeAccounts const& accounts, TradeBase& base) {
  auto const& grid = base.grid;
  base.share.assign(grid.pairs(), 0.0);
  base.expenditure.assign(grid.goods(), 0.0);
  base.output.assign(grid.goods(), 0.0);
  if (!accounts.tariffs.empty()) base.tariff.assign(grid.pairs(), 0.0);
  for (std::size_t j = 0; j < grid.sectors; ++j) {
    for (std::size_t n = 0; n < grid.regions; ++n) {
      double total = 0;
      for (std::size_t i = 0; i < grid.regions; ++i) {
        auto const cell = accounts.cell(j, n, i);
        auto const tariff = accounts.tariffs.empty() || i == n ? 0.0 : accounts.tariffs[cell];
        auto const spent = accounts.trade[cell] * (1 + tariff);
        base.share[grid.pair(j, n, i)] = spent;
        if (!base.tariff.empty()) base.tariff[grid.pair(j, n, i)] = tariff;
        total += spent;
        base.output[grid.good(j, i)] += accounts.trade[cell];
      }
      base.expenditure[grid.good(j, n)] = total;
      if (total > 0) {
        for (std::size_t i = 0; i < grid.regions; ++i) base.share[grid.pair(j, n, i)] /= total;
      } else {
        base.share[grid.pair(j, n, n)] = 1;
      }
    }
  }
}

void take_costs(TradeAccounts const& accounts, TradeBase& base) {
  auto const& grid = base.grid;
  base.value_added.assign(grid.industries(), 0.0);
  base.input.assign(grid.inputs(), 0.0);
  for (std::size_t n = 0; n < grid.regions; ++n) {
    for (std::size_t j = 0; j < grid.sectors; ++j) {
      auto const* const shares =
          accounts.input_shares.data() + (n * grid.sectors + j) * grid.sectors;
      double total = 0;
      for (std::size_t k = 0; k < grid.sectors; ++k) total += shares[k];
      auto const own = accounts.value_added_share[n * grid.sectors + j];
      // Without materials everything is value added, whatever the share says.
      auto const value_added = total > 0 ? own : 1.0;
      base.value_added[grid.industry(n, j)] = value_added;
      if (total <= 0) continue;
      for (std::size_t k = 0; k < grid.sectors; ++k) {
        base.input[grid.input(n, j, k)] = (1 - value_added) * shares[k] / total;
      }
    }
  }
}

void take_incomes(TradeBase& base) {
  auto const& grid = base.grid;
  base.factor_income.assign(grid.region_stride, 0.0);
  base.deficit.assign(grid.region_stride, 0.0);
  for (std::size_t n = 0; n < grid.regions; ++n) {
    for (std::size_t j = 0; j < grid.sectors; ++j) {
      auto const output = base.output[grid.good(j, n)];
      base.factor_income[n] += base.value_added[grid.industry(n, j)] * output;
      base.deficit[n] -= output;
      auto const spent = base.expenditure[grid.good(j, n)];
      for (std::size_t i = 0; i < grid.regions; ++i) {
        auto const cell = grid.pair(j, n, i);
        base.deficit[n] += spent * base.share[cell] / (1 + base.tariff_at(cell));
      }
    }
  }
}

/// α from what is left of spending after materials.
void take_final_shares(TradeBase& base) {
  auto const& grid = base.grid;
  base.final_share.assign(grid.industries(), 0.0);
  std::vector<double> rest(grid.sectors);
  auto const world = base.world_income();
  for (std::size_t n = 0; n < grid.regions; ++n) {
    double clipped = 0;
    double total = 0;
    std::size_t cells = 0;
    for (std::size_t k = 0; k < grid.sectors; ++k) rest[k] = base.expenditure[grid.good(k, n)];
    for (std::size_t j = 0; j < grid.sectors; ++j) {
      auto const output = base.output[grid.good(j, n)];
      auto const* const inputs = base.input.data() + grid.input(n, j);
      for (std::size_t k = 0; k < grid.sectors; ++k) rest[k] -= inputs[k] * output;
    }
    for (std::size_t k = 0; k < grid.sectors; ++k) {
      if (rest[k] < 0) {
        // Rounding of a good nobody uses finally is no finding.
        if (rest[k] < -1e-12 * base.expenditure[grid.good(k, n)]) ++cells;
        clipped -= rest[k];
        rest[k] = 0;
      }
      total += rest[k];
    }
    for (std::size_t k = 0; k < grid.sectors; ++k) {
      base.final_share[grid.industry(n, k)] =
          total > 0 ? rest[k] / total : 1.0 / static_cast<double>(grid.sectors);
    }
    base.inconsistency = std::max(base.inconsistency, clipped / world);
    if (total > 0 && clipped > worth_listing * total) {
      base.adjustments.push_back(
          fmt::format("{}: materials exceed spending in {} sectors; {:.3g} % of final spending "
                      "set to zero there and shares scaled to one",
                      base.regions[n], cells, 100 * clipped / total));
    }
  }
}

}  // namespace

double TradeBase::world_income() const noexcept {
  double sum = 0;
  for (auto const income : factor_income) sum += income;
  return sum;
}

double TradeBase::final_spending(std::size_t n) const noexcept {
  double sum = factor_income[n] + deficit[n];
  if (tariff.empty()) return sum;
  for (std::size_t j = 0; j < grid.sectors; ++j) {
    auto const spent = expenditure[grid.good(j, n)];
    for (std::size_t i = 0; i < grid.regions; ++i) {
      auto const cell = grid.pair(j, n, i);
      sum += spent * share[cell] * tariff[cell] / (1 + tariff[cell]);
    }
  }
  return sum;
}

Result<TradeBase> calibrate(TradeAccounts const& accounts, DenseVector const& theta) {
  auto const& elasticities = theta.empty() ? accounts.theta : theta;
  if (auto const checked = check(accounts, elasticities); !checked) return fail(checked.error());
  TradeBase base;
  base.grid = Grid{accounts.regions.size(), accounts.sectors.size()};
  base.title = accounts.title;
  base.source = accounts.source;
  base.year = accounts.year;
  base.unit = accounts.unit;
  base.regions = accounts.regions;
  base.sectors = accounts.sectors;
  base.adjustments = accounts.adjustments;
  base.theta = elasticities;
  take_trade(accounts, base);
  take_costs(accounts, base);
  take_incomes(base);
  if (!(base.world_income() > 0)) {
    return fail(ErrorCode::bad_value, "no region earns anything", "trade accounts",
                "see whether trade and value added shares were read");
  }
  take_final_shares(base);
  return base;
}

TradeAccounts accounts_of(TradeBase const& base) {
  auto const& grid = base.grid;
  TradeAccounts accounts;
  accounts.title = base.title;
  accounts.source = base.source;
  accounts.year = base.year;
  accounts.unit = base.unit;
  accounts.regions = base.regions;
  accounts.sectors = base.sectors;
  accounts.adjustments = base.adjustments;
  accounts.theta = base.theta;
  auto const cells = grid.sectors * grid.regions * grid.regions;
  accounts.trade.assign(cells, 0.0);
  if (!base.tariff.empty()) accounts.tariffs.assign(cells, 0.0);
  accounts.value_added_share.assign(grid.regions * grid.sectors, 0.0);
  accounts.input_shares.assign(grid.regions * grid.sectors * grid.sectors, 0.0);
  for (std::size_t j = 0; j < grid.sectors; ++j) {
    for (std::size_t n = 0; n < grid.regions; ++n) {
      for (std::size_t i = 0; i < grid.regions; ++i) {
        auto const cell = grid.pair(j, n, i);
        auto const to = accounts.cell(j, n, i);
        accounts.trade[to] =
            base.expenditure[grid.good(j, n)] * base.share[cell] / (1 + base.tariff_at(cell));
        if (!base.tariff.empty()) accounts.tariffs[to] = base.tariff[cell];
      }
    }
  }
  for (std::size_t n = 0; n < grid.regions; ++n) {
    for (std::size_t j = 0; j < grid.sectors; ++j) {
      auto const own = base.value_added[grid.industry(n, j)];
      accounts.value_added_share[n * grid.sectors + j] = own;
      if (own >= 1) continue;
      for (std::size_t k = 0; k < grid.sectors; ++k) {
        accounts.input_shares[(n * grid.sectors + j) * grid.sectors + k] =
            base.input[grid.input(n, j, k)] / (1 - own);
      }
    }
  }
  return accounts;
}

}  // namespace linchpin::equilibrium
