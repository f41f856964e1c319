// SPDX-License-Identifier: Apache-2.0
// Hard cases on the data of Caliendo & Parro (2015), in two orders of the regions: each ends with a
// solution, the same in both, or with a reason.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <functional>
#include <string>
#include <vector>

#include "linchpin/equilibrium/outcome.h"
#include "linchpin/equilibrium/solve.h"
#include "linchpin/table/trade/caliendo_parro.h"

namespace linchpin::equilibrium {
namespace {

constexpr char const* folder = LINCHPIN_REFERENCE_DATA "/caliendo_parro_2015";

/// The accounts with their regions in the opposite order.
TradeAccounts reversed(TradeAccounts const& accounts) {
  auto out = accounts;
  auto const n = accounts.regions.size();
  auto const sectors = accounts.sectors.size();
  std::reverse(out.regions.begin(), out.regions.end());
  for (std::size_t j = 0; j < sectors; ++j) {
    for (std::size_t a = 0; a < n; ++a) {
      for (std::size_t b = 0; b < n; ++b) {
        auto const from = accounts.cell(j, n - 1 - a, n - 1 - b);
        out.trade[out.cell(j, a, b)] = accounts.trade[from];
        out.tariffs[out.cell(j, a, b)] = accounts.tariffs[from];
      }
    }
  }
  for (std::size_t a = 0; a < n; ++a) {
    for (std::size_t j = 0; j < sectors; ++j) {
      out.value_added_share[a * sectors + j] =
          accounts.value_added_share[(n - 1 - a) * sectors + j];
      for (std::size_t k = 0; k < sectors; ++k) {
        out.input_shares[(a * sectors + j) * sectors + k] =
            accounts.input_shares[((n - 1 - a) * sectors + j) * sectors + k];
      }
    }
  }
  return out;
}

std::size_t place(TradeBase const& base, std::string const& region) {
  auto const found = std::find(base.regions.begin(), base.regions.end(), region);
  return static_cast<std::size_t>(found - base.regions.begin());
}

using Change = std::function<void(TradeBase&, TradePolicy&, Closure&)>;

void each_pair(TradeBase const& base,
               std::function<void(std::size_t, std::size_t, std::size_t)> f) {
  for (std::size_t j = 0; j < base.grid.sectors; ++j) {
    for (std::size_t n = 0; n < base.grid.regions; ++n) {
      for (std::size_t i = 0; i < base.grid.regions; ++i) {
        if (i != n) f(j, n, i);
      }
    }
  }
}

struct Case {
  std::string name;
  bool solved;  ///< else: a reason is the answer
  Change change;
};

std::vector<Case> cases() {
  auto const tariffs = [](double rate) {
    return [rate](TradeBase& base, TradePolicy& policy, Closure&) {
      fill_pairs(policy.tariff, base.grid, 0);
      each_pair(base,
                [&](auto j, auto n, auto i) { policy.tariff[base.grid.pair(j, n, i)] = rate; });
    };
  };
  auto const cut_off = [](std::string region, double entrant) {
    return [region, entrant](TradeBase& base, TradePolicy& policy, Closure& closure) {
      fill_pairs(policy.availability, base.grid, 1);
      auto const r = place(base, region);
      each_pair(base, [&](auto j, auto n, auto i) {
        if (n == r || i == r) policy.availability[base.grid.pair(j, n, i)] = 0;
      });
      closure.entrant_cost = entrant;
    };
  };
  auto const third = [](double entrant) {
    return [entrant](TradeBase& base, TradePolicy& policy, Closure& closure) {
      fill_pairs(policy.availability, base.grid, 1);
      auto const inside = [&](std::size_t r) { return base.regions[r] < "DEU"; };
      each_pair(base, [&](auto j, auto n, auto i) {
        if (inside(n) != inside(i)) policy.availability[base.grid.pair(j, n, i)] = 0;
      });
      closure.entrant_cost = entrant;
    };
  };
  auto const better = [](double factor) {
    return [factor](TradeBase& base, TradePolicy& policy, Closure&) {
      fill_goods(policy.productivity, base.grid, 1);
      for (std::size_t j = 0; j < base.grid.sectors; ++j) {
        policy.productivity[base.grid.good(j, place(base, "CHN"))] = factor;
      }
    };
  };
  auto const elasticity = [](double theta) {
    return [theta](TradeBase& base, TradePolicy& policy, Closure&) {
      for (auto& each : base.theta) each = theta;
      fill_tariffs(policy, base);
      each_pair(base, [&](auto j, auto n, auto i) {
        if (n == place(base, "USA")) policy.tariff[base.grid.pair(j, n, i)] += 0.25;
      });
    };
  };
  return {
      {"tariffs of 1,000 % everywhere", true, tariffs(10)},
      {"Canada cut off from all", true, cut_off("CAN", 0)},
      {"the USA cut off from all", true, cut_off("USA", 0)},
      {"Mexico cut off: inputs lost", false, cut_off("MEX", 0)},
      {"Mexico cut off, makers at home step in", true, cut_off("MEX", 3)},
      {"a third of the world banned, makers at home step in", true, third(2)},
      {"productivity of China times 100", true, better(100)},
      {"productivity of China over 100", true, better(0.01)},
      {"θ = 64.85 in every sector", true, elasticity(64.85)},
      {"θ = 0.3 in every sector", true, elasticity(0.3)},
  };
}

TEST(EquilibriumHardCases, EndWellInEitherOrderOfRegions) {
  auto const accounts = read_caliendo_parro(folder);
  ASSERT_TRUE(accounts) << accounts.error().what;
  auto const raw = calibrate(*accounts);
  auto const raw_back = calibrate(reversed(*accounts));
  ASSERT_TRUE(raw && raw_back);
  auto const base = consistent_base(*raw, DeficitRule::zero);
  auto const back = consistent_base(*raw_back, DeficitRule::zero);
  ASSERT_TRUE(base && back);
  for (auto const& each : cases()) {
    auto const run = [&](TradeBase world) {
      TradePolicy policy;
      Closure closure;
      each.change(world, policy, closure);
      auto found = solve(world, policy, closure);
      std::vector<double> welfare;
      if (found) {
        EXPECT_LE(found->report.residual, 1e-10) << each.name;
        for (auto const& region : outcomes(world, policy, *found)) {
          welfare.push_back(region.welfare_log);
        }
        fmt::print("  {}: {} steps, {} sweeps\n", each.name, found->report.iterations,
                   found->report.sweeps);
      } else {
        fmt::print("  {}: {}\n", each.name, found.error().what);
        EXPECT_EQ(found.error().code, ErrorCode::bad_value) << each.name;
      }
      return welfare;
    };
    auto const forth = run(*base);
    auto reverse = run(*back);
    std::reverse(reverse.begin(), reverse.end());
    EXPECT_EQ(!forth.empty(), each.solved) << each.name;
    ASSERT_EQ(forth.size(), reverse.size()) << each.name;
    for (std::size_t n = 0; n < forth.size(); ++n) {
      EXPECT_NEAR(forth[n], reverse[n], 1e-6) << each.name << ", " << base->regions[n];
    }
  }
}

/// The raw data of 1993: deficits of up to 40 % of income, kept while tariffs change.
TEST(EquilibriumHardCases, RawDeficitsAreKept) {
  auto const accounts = read_caliendo_parro(folder);
  ASSERT_TRUE(accounts);
  auto const base = consistent_base(calibrate(*accounts).value(), DeficitRule::keep);
  ASSERT_TRUE(base) << base.error().what;
  double largest = 0;
  for (std::size_t n = 0; n < base->grid.regions; ++n) {
    largest = std::max(largest, std::abs(base->deficit[n]) / base->final_spending(n));
  }
  fmt::print("  largest deficit: {:.1f} % of final spending\n", 100 * largest);
  auto const free = [&](TradePolicy& policy) { fill_pairs(policy.tariff, base->grid, 0); };
  TradePolicy policy;
  free(policy);
  auto const found = solve(*base, policy);
  ASSERT_TRUE(found) << found.error().what;
  EXPECT_LE(found->report.residual, 1e-10);
  for (std::size_t n = 0; n < base->grid.regions; ++n) {
    EXPECT_NEAR(found->numbers.deficit[n], base->deficit[n], 1e-6 * base->final_spending(n));
  }
}

}  // namespace
}  // namespace linchpin::equilibrium
