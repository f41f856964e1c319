// SPDX-License-Identifier: Apache-2.0
// The NAFTA counterfactual of Caliendo & Parro (2015) on the authors' data beside the project:
// tariffs among Mexico, Canada and the United States from 1993 to 2005, zero-deficit base. Expected
// numbers: an independent solver, equal to the replication package in all digits it prints;
// "published" welfare is the first-order formula with changes in per cent.
#include <gtest/gtest.h>

#include <cmath>
#include <filesystem>
#include <stdexcept>

#include "linchpin/equilibrium/closed_forms.h"
#include "linchpin/equilibrium/nash_policy.h"
#include "linchpin/equilibrium/outcome.h"
#include "linchpin/table/trade/caliendo_parro.h"

namespace linchpin::equilibrium {
namespace {

std::filesystem::path const folder =
    std::filesystem::path{LINCHPIN_REFERENCE_DATA} / "caliendo_parro_2015";

TradeBase raw_base() {
  auto const accounts = read_caliendo_parro(folder);
  if (!accounts) throw std::runtime_error(accounts.error().what);
  auto const base = calibrate(*accounts);
  if (!base) throw std::runtime_error(base.error().what);
  return *base;
}

TradeBase zero_deficit_base() {
  auto const base = consistent_base(raw_base(), DeficitRule::zero);
  if (!base) throw std::runtime_error(base.error().what);
  return *base;
}

class CaliendoParro : public ::testing::Test {
 protected:
  void SetUp() override {
    if (!std::filesystem::exists(folder)) GTEST_SKIP() << "no " << folder;
  }
  static std::size_t region(TradeBase const& base, std::string const& name) {
    for (std::size_t n = 0; n < base.grid.regions; ++n) {
      if (base.regions[n] == name) return n;
    }
    throw std::runtime_error(name);
  }
  static std::vector<std::size_t> bloc(TradeBase const& base) {
    return {region(base, "MEX"), region(base, "CAN"), region(base, "USA")};
  }
  static TradePolicy nafta(TradeBase const& base) {
    auto const tariffs = read_caliendo_parro_tariffs(folder, 2005);
    if (!tariffs) throw std::runtime_error(tariffs.error().what);
    TradePolicy policy;
    fill_tariffs(policy, base);
    auto const N = base.grid.regions;
    for (std::size_t j = 0; j < base.grid.sectors; ++j) {
      for (auto const n : bloc(base)) {
        for (auto const i : bloc(base)) {
          if (i != n) policy.tariff[base.grid.pair(j, n, i)] = (*tariffs)[(j * N + n) * N + i];
        }
      }
    }
    return policy;
  }
};

struct Line {
  double terms, volume, published, real_wage, exact, bloc_imports;
};

TEST_F(CaliendoParro, NaftaTable) {
  auto const base = zero_deficit_base();
  auto const policy = nafta(base);
  auto const found = solve(base, policy);
  ASSERT_TRUE(found);
  EXPECT_LE(found->report.residual, 1e-10);
  auto const all = outcomes(base, policy, *found);
  std::vector<Line> const table = {{-0.412, 1.724, 1.312, 1.715, 0.0073, 118.28},
                                   {-0.108, 0.044, -0.064, 0.323, -0.1101, 11.11},
                                   {0.044, 0.041, 0.085, 0.112, 0.0741, 40.52}};
  auto const members = bloc(base);
  for (std::size_t k = 0; k < 3; ++k) {
    auto const n = members[k];
    auto const& line = table[k];
    auto const& is = all[n];
    SCOPED_TRACE(base.regions[n]);
    EXPECT_NEAR(is.terms_of_trade, line.terms, 0.005);
    EXPECT_NEAR(is.volume_of_trade, line.volume, 0.005);
    EXPECT_NEAR(is.welfare_first_order, line.published, 0.005);
    EXPECT_NEAR(is.real_wage, line.real_wage, 0.005);
    EXPECT_NEAR(is.welfare_exact, line.exact, 1e-4);
    double before = 0, after = 0;
    for (std::size_t j = 0; j < base.grid.sectors; ++j) {
      for (auto const i : members) {
        if (i == n) continue;
        auto const flow = flow_at(base, policy, *found, j, n, i);
        before += flow.before;
        after += flow.after;
      }
    }
    EXPECT_NEAR(100 * (after / before - 1), line.bloc_imports, 0.005);
    // Twice as exact as the table: the digits it prints.
    EXPECT_NEAR(is.terms_of_trade, line.terms, 0.0006);
    EXPECT_NEAR(is.volume_of_trade, line.volume, 0.0006);
    EXPECT_NEAR(is.welfare_first_order, line.published, 0.0006);
    EXPECT_NEAR(is.real_wage, line.real_wage, 0.0006);
  }
  // With true logs Mexico's first-order number is 0.529 = −0.422 + 0.952.
  auto const& mexico = all[members[0]];
  ASSERT_TRUE(mexico.welfare_first_order_log);
  EXPECT_NEAR(*mexico.terms_of_trade_log, -0.422, 0.001);
  EXPECT_NEAR(*mexico.volume_of_trade_log, 0.952, 0.001);
  EXPECT_NEAR(*mexico.welfare_first_order_log, 0.529, 0.001);
}

TEST_F(CaliendoParro, NoShockIsTheIdentity) {
  auto const base = zero_deficit_base();
  auto const found = solve(base, {});
  ASSERT_TRUE(found);
  for (std::size_t n = 0; n < base.grid.regions; ++n) {
    EXPECT_NEAR(log_welfare(base, *found, n), 0, 1e-12) << base.regions[n];
    EXPECT_NEAR(found->numbers.log_wage[n], 0, 1e-12) << base.regions[n];
  }
}

/// Per cent, with and without materials. Some regions make nothing of some sectors.
TEST_F(CaliendoParro, CostOfAutarky) {
  auto const base = zero_deficit_base();
  auto const costs = autarky_costs(base);
  ASSERT_TRUE(costs);
  struct Cost {
    char const* name;
    double with, without;
  };
  for (auto const& line :
       {Cost{"USA", 1.9890, 0.8725}, Cost{"JPN", 1.4269, 0.5153}, Cost{"DEU", 4.2450, 2.0911}}) {
    auto const& cost = (*costs)[region(base, line.name)];
    EXPECT_TRUE(cost.missing.empty());
    EXPECT_NEAR(100 * cost.cost, line.with, 5.1e-5) << line.name;
    EXPECT_NEAR(100 * cost.cost_without_materials, line.without, 5.1e-5) << line.name;
  }
  std::size_t empty = 0;
  std::size_t unbounded = 0;
  for (std::size_t n = 0; n < base.grid.regions; ++n) {
    for (std::size_t j = 0; j < base.grid.sectors; ++j) {
      if (base.share[base.grid.pair(j, n, n)] <= 0) ++empty;
    }
    auto const& cost = (*costs)[n];
    if (!cost.missing.empty()) {
      ++unbounded;
      EXPECT_EQ(cost.cost, 1);
    } else {
      EXPECT_GT(cost.cost, 0);
      EXPECT_LT(cost.cost, 1);
    }
  }
  EXPECT_EQ(empty, 26U);
  EXPECT_GT(unbounded, 0U);
}

TEST_F(CaliendoParro, OptimalTariffsOfTheUnitedStates) {
  auto const base = zero_deficit_base();
  auto const usa = region(base, "USA");
  PolicyOptions options{Seed{1993}};
  options.starts = 2;
  auto const found = optimal_policy(base, {}, {.region = usa}, options);
  ASSERT_TRUE(found) << found.error().what;
  EXPECT_EQ(found->rates.size(), 20U);  // the traded sectors
  EXPECT_LE(found->report.gap, 1e-8);
  EXPECT_EQ(found->report.agreed, 2U);
  EXPECT_GT(found->gain, 0);
  RecordProperty("gain_percent", std::to_string(100 * found->gain));
  RecordProperty("evaluations", std::to_string(found->report.evaluations));
}

/// 600 rates: more than a dense method should take.
TEST_F(CaliendoParro, OptimalTariffsByPartner) {
  auto const base = zero_deficit_base();
  auto const usa = region(base, "USA");
  PolicyOptions options{Seed{1993}};
  options.starts = 1;
  auto const plain = optimal_policy(base, {}, {.region = usa}, options);
  auto const found =
      optimal_policy(base, {}, {.region = usa, .spread = Spread::by_partner}, options);
  ASSERT_TRUE(plain && found);
  EXPECT_GT(found->rates.size(), 500U);
  EXPECT_LE(found->report.gap, 1e-8);
  EXPECT_GT(found->gain, plain->gain);
}

/// A tariff war of the three, by sector, certified.
TEST_F(CaliendoParro, TariffWarInNorthAmerica) {
  auto const base = zero_deficit_base();
  std::vector<Player> players;
  for (auto const n : bloc(base)) players.push_back({.region = n});
  NashOptions options{Seed{1993}};
  options.search.starts = 2;
  auto const war = nash_policy(base, {}, players, options);
  ASSERT_TRUE(war) << war.error().what;
  EXPECT_LE(war->gap, 1e-8);
  EXPECT_EQ(war->check.failed, 0U);
  for (auto const gain : war->gains) EXPECT_LE(gain, 1e-9);
  // Together they can do better.
  for (auto& player : players) player.least = -0.5;
  auto const peace = cooperative_policy(base, war->policy, players, options.search);
  ASSERT_TRUE(peace) << peace.error().what;
  EXPECT_GT(peace->gain, 0);
}

/// One uniform tariff each against the sufficient-statistic formula, which knows no materials and
/// is evaluated at the numerical equilibrium: near for all regions, on the authors' data.
TEST_F(CaliendoParro, UniformTariffsAreNearTheFormula) {
  auto const base = zero_deficit_base();
  PolicyOptions options{Seed{1993}};
  options.starts = 1;
  for (auto const* const name : {"USA", "DEU", "JPN"}) {
    auto const n = region(base, name);
    auto const found =
        optimal_policy(base, {}, {.region = n, .spread = Spread::all_sectors}, options);
    ASSERT_TRUE(found);
    auto const formula = sufficient_statistic_tariff(base, found->policy, found->found, n);
    RecordProperty(name, std::to_string(formula / found->rates[0].rate - 1));
    EXPECT_NEAR(formula / found->rates[0].rate, 1, 0.1) << name;
  }
}

}  // namespace
}  // namespace linchpin::equilibrium
