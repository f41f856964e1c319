// SPDX-License-Identifier: Apache-2.0
#include "linchpin/equilibrium/final_demand.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numeric>
#include <utility>
#include <vector>

#include "linchpin/equilibrium/anderson.h"

namespace linchpin::equilibrium {
namespace {

constexpr std::size_t most_rounds = 80;
constexpr std::size_t depth = 6;
constexpr double close_enough = 1e-9;  ///< of world income

Result<void> check(TradeBase const& base, DenseVector const& demand) {
  auto const& grid = base.grid;
  if (demand.size() != grid.industries()) {
    return fail(
        ErrorCode::size_mismatch,
        fmt::format("final demand has {} numbers instead of {}", demand.size(), grid.industries()),
        "final demand", "fill it for the grid of this base");
  }
  ErrorList errors;
  for (std::size_t n = 0; n < grid.regions; ++n) {
    double sum = 0;
    for (std::size_t k = 0; k < grid.sectors; ++k) {
      auto const spent = demand[grid.industry(n, k)];
      sum += spent;
      if (std::isfinite(spent) && spent >= 0) continue;
      errors.add(ErrorCode::bad_value, fmt::format("final demand is {:.6g}", spent),
                 fmt::format("{}:{}", base.regions[n], base.sectors[k]),
                 "final demand is finite and not negative");
    }
    if (sum > 0 || std::isnan(sum)) continue;
    errors.add(ErrorCode::bad_value, "the region spends nothing", base.regions[n],
               "leave the region out of the world");
  }
  if (!errors.empty()) return fail(errors.joined());
  return {};
}

std::vector<double> totals_of(Grid const& grid, DenseVector const& demand) {
  std::vector<double> totals(grid.regions, 0.0);
  for (std::size_t n = 0; n < grid.regions; ++n) {
    for (std::size_t k = 0; k < grid.sectors; ++k) totals[n] += demand[grid.industry(n, k)];
  }
  return totals;
}

double sum_of(std::vector<double> const& values) {
  return std::accumulate(values.begin(), values.end(), 0.0);
}

}  // namespace

DenseVector final_demand_of(TradeBase const& base) {
  auto const& grid = base.grid;
  DenseVector demand(grid.industries(), 0.0);
  for (std::size_t n = 0; n < grid.regions; ++n) {
    auto const spent = base.final_spending(n);
    for (std::size_t k = 0; k < grid.sectors; ++k) {
      demand[grid.industry(n, k)] = base.final_share[grid.industry(n, k)] * spent;
    }
  }
  return demand;
}

Result<DemandResponse> respond_to_demand(TradeBase const& base, DenseVector const& demand,
                                         Closure const& closure, SolveOptions const& options,
                                         RunControl const& control) {
  if (auto const checked = check(base, demand); !checked) return fail(checked.error());
  auto const& grid = base.grid;
  auto const wanted = totals_of(grid, demand);
  auto const world_wanted = sum_of(wanted);
  auto const world_income = base.world_income();
  DemandResponse response;
  response.base = base;
  for (std::size_t n = 0; n < grid.regions; ++n) {
    for (std::size_t k = 0; k < grid.sectors; ++k) {
      auto const place = grid.industry(n, k);
      response.base.final_share[place] = demand[place] / wanted[n];
    }
    response.base.deficit[n] = world_income * wanted[n] / world_wanted - base.factor_income[n];
  }
  TradePolicy const policy;
  Anderson anderson{grid.regions, depth};
  std::vector<double> deficit(
      response.base.deficit.begin(),
      response.base.deficit.begin() + static_cast<std::ptrdiff_t>(grid.regions));
  std::vector<double> own(grid.regions), residual(grid.regions);
  TradeState from;
  for (response.rounds = 1; response.rounds <= most_rounds; ++response.rounds) {
    auto found = solve(response.base, policy, closure, options,
                       response.rounds == 1 ? nullptr : &from, control);
    if (!found) return fail(found.error());
    response.found = std::move(*found);
    from = response.found.state;
    auto const& now = response.found.numbers;
    for (std::size_t n = 0; n < grid.regions; ++n) own[n] = now.spending_power[n] - now.deficit[n];
    // Deficits sum to zero by this scale, whatever tariffs bring.
    auto const scale = sum_of(own) / world_wanted;
    response.gap = 0;
    for (std::size_t n = 0; n < grid.regions; ++n) {
      residual[n] = scale * wanted[n] - own[n] - deficit[n];
      response.gap = std::max(response.gap, std::abs(residual[n]) / world_income);
    }
    if (response.gap <= close_enough) return response;
    anderson.step(deficit.data(), residual.data());
    std::copy(deficit.begin(), deficit.end(), response.base.deficit.begin());
  }
  return fail(ErrorCode::not_converged,
              fmt::format("final spending is {:.3g} of world income from what was asked after {} "
                          "rounds",
                          response.gap, most_rounds),
              "final demand", "move part of the way, or take larger trade elasticities");
}

Result<Flows> flows_at_base_prices(TradeBase const& base, DenseVector const& demand) {
  if (auto const checked = check(base, demand); !checked) return fail(checked.error());
  auto const& grid = base.grid;
  double spent_before = 0;
  for (std::size_t n = 0; n < grid.regions; ++n) spent_before += base.final_spending(n);
  auto const scale = spent_before / sum_of(totals_of(grid, demand));
  DenseVector spending = base.expenditure;
  DenseVector output(grid.goods(), 0.0);
  constexpr std::size_t most_sweeps = 20000;
  constexpr double tolerance = 1e-13;
  for (std::size_t sweep = 0;; ++sweep) {
    std::fill(output.begin(), output.end(), 0.0);
    for (std::size_t j = 0; j < grid.sectors; ++j) {
      for (std::size_t n = 0; n < grid.regions; ++n) {
        auto const spent = spending[grid.good(j, n)];
        for (std::size_t i = 0; i < grid.regions; ++i) {
          auto const pair = grid.pair(j, n, i);
          output[grid.good(j, i)] += base.share[pair] * spent / (1 + base.tariff_at(pair));
        }
      }
    }
    double change = 0;
    for (std::size_t n = 0; n < grid.regions; ++n) {
      for (std::size_t k = 0; k < grid.sectors; ++k) {
        auto next = scale * demand[grid.industry(n, k)];
        for (std::size_t j = 0; j < grid.sectors; ++j) {
          next += base.input[grid.input(n, j, k)] * output[grid.good(j, n)];
        }
        auto& now = spending[grid.good(k, n)];
        change = std::max(change, std::abs(next - now));
        now = next;
      }
    }
    if (change <= tolerance * spent_before) break;
    if (sweep >= most_sweeps) {
      return fail(ErrorCode::not_converged, "spending does not settle", "input shares",
                  "industries without value added buy from each other without end");
    }
  }
  TradeBase moved = base;
  moved.expenditure = std::move(spending);
  return flows_before(moved);
}

}  // namespace linchpin::equilibrium
