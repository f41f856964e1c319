// SPDX-License-Identifier: Apache-2.0
// Policies of every kind on the three countries of models with a known answer.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>

#include "equilibrium_fixtures.h"
#include "linchpin/equilibrium/outcome.h"
#include "linchpin/equilibrium/solve.h"

namespace linchpin::equilibrium::test {
namespace {

using testing::HasSubstr;

std::vector<RegionOutcome> answer(TradeBase const& base, TradePolicy const& policy,
                                  Closure const& closure = {}) {
  auto const found = solve(base, policy, closure);
  if (!found) throw std::runtime_error(found.error().what);
  return outcomes(base, policy, *found);
}

TradePolicy ban(TradeBase const& base, std::size_t importer, std::size_t exporter) {
  TradePolicy policy;
  fill_pairs(policy.availability, base.grid, 1);
  policy.availability[base.grid.pair(0, importer, exporter)] = 0;
  return policy;
}

TEST(Policy, EveryFaultIsNamedAtOnce) {
  auto const base = three_countries();
  TradePolicy policy;
  fill_pairs(policy.tariff, base.grid, 0);
  policy.tariff[base.grid.pair(0, 0, 1)] = -1;
  fill_pairs(policy.availability, base.grid, 1);
  policy.availability[base.grid.pair(0, 1, 2)] = 1.5;
  fill_goods(policy.subsidy, base.grid, 1);
  policy.quotas.push_back({5, 0, 1, 0.5, QuotaRents::exporter});
  policy.iceberg.assign(3, 1.0);
  Closure closure;
  closure.nests.materials = -1;
  auto const found = solve(base, policy, closure);
  ASSERT_FALSE(found);
  // One tariff, one mask, three subsidies, a quota's label, a size, a nest.
  EXPECT_EQ(found.error().further.size() + 1, 8u);
}

TEST(Policy, PartOfThePathHasItsEnds) {
  auto const base = three_countries();
  TradePolicy policy;
  fill_pairs(policy.tariff, base.grid, 0.21);
  fill_pairs(policy.iceberg, base.grid, 4);
  auto const none = part_of(policy, base, 0);
  auto const half = part_of(policy, base, 0.5);
  auto const cell = base.grid.pair(0, 0, 1);
  EXPECT_NEAR(none.tariff[cell], 0, 1e-15);
  EXPECT_NEAR(half.tariff[cell], 0.1, 1e-15);  // 1.1² = 1.21
  EXPECT_NEAR(half.iceberg[cell], 2, 1e-15);
  EXPECT_NEAR(part_of(policy, base, 1).tariff[cell], 0.21, 1e-15);
}

TEST(Policy, DetourAtNoCostUndoesABan) {
  auto const base = three_countries();
  auto policy = ban(base, 0, 1);
  policy.routes.push_back(
      {.sector = 0, .importer = 0, .exporter = 1, .via = 2, .cost = 1, .share = 1});
  for (auto const& region : answer(base, policy)) EXPECT_NEAR(region.welfare_exact, 0, 1e-9);
}

TEST(Policy, DetoursForNobodyLeaveTheBanAsItIs) {
  auto const base = three_countries();
  auto policy = ban(base, 0, 1);
  auto const banned = answer(base, policy);
  policy.routes.push_back(
      {.sector = 0, .importer = 0, .exporter = 1, .via = 2, .cost = 1, .share = 0});
  auto const routed = answer(base, policy);
  for (std::size_t n = 0; n < 3; ++n) {
    EXPECT_NEAR(routed[n].welfare_exact, banned[n].welfare_exact, 1e-8);
  }
}

TEST(Policy, DearerDetoursHelpLess) {
  auto const base = three_countries();
  double last = 1;
  for (auto const cost : {1.0, 1.1, 1.3, 2.0}) {
    auto policy = ban(base, 0, 1);
    policy.routes.push_back(
        {.sector = 0, .importer = 0, .exporter = 1, .via = 2, .cost = cost, .share = 0.5});
    auto const welfare = answer(base, policy)[0].welfare_exact;
    EXPECT_LT(welfare, last) << cost;
    last = welfare;
  }
}

/// The wedge makes the quantity what the quota says; its rents decide who pays.
TEST(Policy, QuotaHoldsAndRentsMatter) {
  auto const base = three_countries();
  auto const with = [&](QuotaRents rents, double limit) {
    TradePolicy policy;
    policy.quotas.push_back({0, 0, 1, limit, rents});
    return policy;
  };
  for (auto const rents : {QuotaRents::exporter, QuotaRents::importer, QuotaRents::nobody}) {
    auto const policy = with(rents, 0.5);
    auto const found = solve(base, policy);
    ASSERT_TRUE(found) << found.error().what;
    auto const cell = base.grid.pair(0, 0, 1);
    auto const wedge = found->state.outer.back();
    EXPECT_GT(wedge, 0);
    auto const value = found->numbers.share[cell] * found->state.spending[base.grid.good(0, 0)] /
                       (base.share[cell] * base.expenditure[base.grid.good(0, 0)]);
    EXPECT_NEAR(value / std::exp(found->numbers.log_cost[base.grid.good(0, 1)] + wedge), 0.5, 1e-9);
    EXPECT_LE(found->report.residual, 1e-10);
  }
  auto const exporter = answer(base, with(QuotaRents::exporter, 0.5));
  auto const importer = answer(base, with(QuotaRents::importer, 0.5));
  auto const nobody = answer(base, with(QuotaRents::nobody, 0.5));
  EXPECT_GT(importer[0].welfare_exact, nobody[0].welfare_exact);
  EXPECT_GT(importer[0].welfare_exact, exporter[0].welfare_exact);
  EXPECT_GT(exporter[1].welfare_exact, importer[1].welfare_exact);
  // A loose quota is none.
  for (auto const& region : answer(base, with(QuotaRents::exporter, 2))) {
    EXPECT_NEAR(region.welfare_exact, 0, 1e-9);
  }
}

/// A quota with rents for the importer is a tariff of the same wedge.
TEST(Policy, QuotaIsTheTariffOfItsWedge) {
  auto const base = three_countries();
  TradePolicy quota;
  quota.quotas.push_back({0, 0, 1, 0.6, QuotaRents::importer});
  auto const found = solve(base, quota);
  ASSERT_TRUE(found);
  TradePolicy tariff;
  fill_tariffs(tariff, base);
  tariff.tariff[base.grid.pair(0, 0, 1)] = std::expm1(found->state.outer.back());
  auto const a = outcomes(base, quota, *found);
  auto const b = answer(base, tariff);
  for (std::size_t n = 0; n < 3; ++n) EXPECT_NEAR(a[n].welfare_exact, b[n].welfare_exact, 1e-8);
}

TEST(Policy, LostInputIsNamedAndAnEntrantMendsIt) {
  // Country 1 buys all of sector 2 from country 2.
  auto accounts = labelled(2, 2);
  accounts.theta = {4, 4};
  accounts.trade[accounts.cell(0, 0, 0)] = 40;
  accounts.trade[accounts.cell(0, 1, 0)] = 10;
  accounts.trade[accounts.cell(0, 1, 1)] = 20;
  accounts.trade[accounts.cell(1, 0, 1)] = 10;
  accounts.trade[accounts.cell(1, 1, 1)] = 20;
  auto const base = calibrated(accounts);
  TradePolicy policy;
  fill_pairs(policy.availability, base.grid, 1);
  policy.availability[base.grid.pair(1, 0, 1)] = 0;
  policy.availability[base.grid.pair(0, 1, 0)] = 0;
  auto const lost = solve(base, policy);
  ASSERT_FALSE(lost);
  EXPECT_EQ(lost.error().code, ErrorCode::bad_value);
  EXPECT_THAT(lost.error().what, HasSubstr("essential input lost: R1:S2"));

  // α = 1/5 on the lost good at 3 times the cost of labour: P̂ = 3^0.2, no trade, Ŵ = 3^−0.2.
  Closure closure;
  closure.entrant_cost = 3;
  EXPECT_NEAR(answer(base, policy, closure)[0].welfare_exact, 100 * (std::pow(3, -0.2) - 1), 1e-7);
  // Final users who can do without: σ = 3 gives P̂ = 0.8^(1/(1 − 3)), no entrant needed.
  Closure flexible;
  flexible.nests.final_use = 3;
  EXPECT_NEAR(answer(base, policy, flexible)[0].welfare_exact, 100 * (std::sqrt(0.8) - 1), 1e-7);
}

TEST(Policy, OneWayTradeAndSplitDeficitsAreReasons) {
  auto const base = three_countries();
  TradePolicy policy;
  fill_pairs(policy.availability, base.grid, 1);
  for (std::size_t n = 1; n < 3; ++n) policy.availability[base.grid.pair(0, n, 0)] = 0;
  auto const found = solve(base, policy);
  ASSERT_FALSE(found);
  EXPECT_THAT(found.error().what, HasSubstr("one way"));
}

TEST(Policy, WageFloorPutsPeopleOutOfWork) {
  auto const base = three_countries();
  TradePolicy policy;
  fill_pairs(policy.iceberg, base.grid, 1);
  // Country 3 sells at twice the cost: its wage would fall.
  for (std::size_t n = 0; n < 2; ++n) policy.iceberg[base.grid.pair(0, n, 2)] = 2;
  auto const free = solve(base, policy);
  ASSERT_TRUE(free);
  ASSERT_LT(free->numbers.log_wage[2], std::log(0.98));
  Closure closure;
  closure.factors.wage_floor = DenseVector{0, 0, 0.98};
  auto const held = solve(base, policy, closure);
  ASSERT_TRUE(held) << held.error().what;
  EXPECT_NEAR(held->numbers.log_wage[2], std::log(0.98), 1e-12);
  EXPECT_LT(held->employment[2], 1);
  EXPECT_NEAR(held->employment[0], 1, 1e-12);
  EXPECT_LT(outcomes(base, policy, *held)[2].welfare_exact,
            outcomes(base, policy, *free)[2].welfare_exact);
}

/// Subsidies are paid by the maker's household: uniform in a closed economy they change nothing.
TEST(Policy, UniformSubsidyAtHomeChangesNothing) {
  auto const base = one_sector({{1.0}}, {100}, 4);
  TradePolicy policy;
  fill_goods(policy.subsidy, base.grid, 0.3);
  EXPECT_NEAR(answer(base, policy)[0].welfare_exact, 0, 1e-9);
}

/// Nests close to Cobb–Douglas are continuous with it and converge: the powers 1 − σ are small.
TEST(Policy, NestsNearOneAreCobbDouglas) {
  auto accounts = labelled(2, 2);
  accounts.theta = {4, 7};
  accounts.value_added_share = {0.4, 0.6, 0.5, 0.3};
  for (std::size_t n = 0; n < 2; ++n) {
    for (std::size_t j = 0; j < 2; ++j) {
      accounts.input_shares[(n * 2 + j) * 2] = 0.3;
      accounts.input_shares[(n * 2 + j) * 2 + 1] = 0.7;
      for (std::size_t i = 0; i < 2; ++i) accounts.trade[accounts.cell(j, n, i)] = n == i ? 80 : 20;
    }
  }
  auto const raw = calibrated(accounts);
  auto const base = consistent_base(raw, DeficitRule::zero);
  ASSERT_TRUE(base);
  TradePolicy policy;
  fill_tariffs(policy, *base);
  policy.tariff[base->grid.pair(0, 0, 1)] = 0.5;
  auto const exact = answer(*base, policy);
  for (auto const off : {1e-3, -1e-3, 1e-5, -1e-5, 1e-7, -1e-7}) {
    for (int nest = 0; nest < 3; ++nest) {
      Closure closure;
      (nest == 0   ? closure.nests.value_added
       : nest == 1 ? closure.nests.materials
                   : closure.nests.final_use) = 1 + off;
      auto const near = answer(*base, policy, closure);
      for (std::size_t n = 0; n < 2; ++n) {
        EXPECT_NEAR(near[n].welfare_exact, exact[n].welfare_exact, 10 * std::abs(off) + 1e-8)
            << off << " nest " << nest;
      }
    }
  }
}

/// θ of 1 year against 10: the same ban costs more when buyers cannot switch.
TEST(Policy, LessElasticTradeMakesBansDearer) {
  double last = 0;
  for (auto const theta : {8.0, 4.0, 2.0, 1.0}) {
    auto base = three_countries();
    base.theta[0] = theta;
    auto const loss = -answer(base, ban(base, 0, 1))[0].welfare_exact;
    EXPECT_GT(loss, last);
    last = loss;
  }
}

}  // namespace
}  // namespace linchpin::equilibrium::test
