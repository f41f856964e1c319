// SPDX-License-Identifier: Apache-2.0
// How predictions are compared with what was seen; worlds whose final users spend what they are
// told; one policy over several years.
#include "linchpin/equilibrium/backtest.h"

#include <gtest/gtest.h>

#include <cmath>
#include <numbers>

#include "equilibrium_fixtures.h"
#include "linchpin/equilibrium/final_demand.h"
#include "linchpin/equilibrium/panel.h"
#include "linchpin/table/nowcast/concordance.h"
#include "linchpin/table/trade/tariff_file.h"
#include "support/trade_fixtures.h"

namespace linchpin::equilibrium::test {
namespace {

ChangePair pair(double predicted, double actual, double weight = 1) {
  ChangePair each;
  each.predicted = predicted;
  each.actual = actual;
  each.weight = weight;
  return each;
}

TEST(Agreement, PerfectHalfAndOpposite) {
  std::vector<ChangePair> const perfect = {pair(0.1, 0.1), pair(-0.2, -0.2), pair(0.3, 0.3)};
  auto const good = agreement_of(perfect);
  EXPECT_EQ(good.cells, 3U);
  EXPECT_NEAR(good.correlation.value(), 1, 1e-12);
  EXPECT_NEAR(good.slope.value(), 1, 1e-12);
  EXPECT_DOUBLE_EQ(good.sign_hits.value(), 1);
  EXPECT_DOUBLE_EQ(good.error, 0);
  EXPECT_DOUBLE_EQ(good.skill.value(), 1);

  std::vector<ChangePair> const half = {pair(0.1, 0.2), pair(-0.2, -0.4), pair(0.3, 0.6)};
  auto const small = agreement_of(half);
  EXPECT_NEAR(small.slope.value(), 2, 1e-12);
  EXPECT_NEAR(small.skill.value(), 0.75, 1e-12);
  EXPECT_NEAR(small.error_no_change, 2 * small.error, 1e-12);

  std::vector<ChangePair> const wrong = {pair(0.1, -0.1), pair(-0.2, 0.2), pair(0, 0.3)};
  auto const bad = agreement_of(wrong);
  EXPECT_DOUBLE_EQ(bad.sign_hits.value(), 0);
  EXPECT_LT(bad.skill.value(), 0);
  EXPECT_LT(bad.correlation.value(), 0);
}

TEST(Agreement, WhatIsNotDefinedIsEmpty) {
  EXPECT_EQ(agreement_of({}).cells, 0U);
  EXPECT_FALSE(agreement_of({}).skill);
  std::vector<ChangePair> const constant = {pair(0.1, 0.2), pair(0.1, -0.4), pair(0.1, 0.1)};
  EXPECT_FALSE(agreement_of(constant).correlation);
  EXPECT_FALSE(agreement_of(constant).slope);
  std::vector<ChangePair> const none = {pair(0, 0.2), pair(0, -0.4)};
  EXPECT_FALSE(agreement_of(none).sign_hits);
  EXPECT_DOUBLE_EQ(agreement_of(none).skill.value(), 0);
}

TEST(Agreement, ByValue) {
  std::vector<ChangePair> const pairs = {pair(0.1, 0.1, 9), pair(0.1, -0.1, 1)};
  EXPECT_DOUBLE_EQ(agreement_of(pairs).sign_hits.value(), 0.5);
  EXPECT_DOUBLE_EQ(agreement_of(pairs, Weighting::by_value).sign_hits.value(), 0.9);
}

Flows three(std::vector<double> const& trade) {
  Flows flows{2018, 3, 1, {}};
  flows.trade.assign(trade.begin(), trade.end());
  return flows;
}

TEST(ImportShares, ByHand) {
  auto const before = three({50, 30, 10, 0, 80, 20, 5, 5, 90});
  auto const after = three({99, 20, 20, 0, 80, 40, 5, 5, 90});
  auto const compared = compare_import_shares({before, before}, {before, after});
  ASSERT_TRUE(compared);
  // Region 0 imports 30 and 10, then 20 and 20; region 1 only from 2; region 2 as before.
  ASSERT_EQ(compared->pairs.size(), 5U);
  EXPECT_EQ(compared->vanished, 1U);
  EXPECT_NEAR(compared->pairs[0].actual, std::log(0.5 / 0.75), 1e-12);
  EXPECT_NEAR(compared->pairs[1].actual, std::numbers::ln2, 1e-12);
  EXPECT_NEAR(compared->pairs[2].actual, 0, 1e-12);
  for (auto const& each : compared->pairs) EXPECT_DOUBLE_EQ(each.predicted, 0);
  auto const large = compare_import_shares({before, before}, {before, after},
                                           {.importers = {0}, .least_share = 0.5});
  ASSERT_TRUE(large);
  ASSERT_EQ(large->pairs.size(), 1U);
  EXPECT_EQ(large->pairs[0].exporter, 1U);
}

TEST(FlowChanges, LevelsAndScale) {
  auto const before = three({50, 30, 10, 0, 80, 20, 5, 5, 90});
  auto doubled = before;
  for (auto& flow : doubled.trade) flow *= 2;
  for (auto const level : {FlowLevel::pair, FlowLevel::exports, FlowLevel::imports,
                           FlowLevel::sector, FlowLevel::region_exports}) {
    auto const compared = compare_flows({before, before}, {before, doubled, 2}, level);
    ASSERT_TRUE(compared);
    for (auto const& each : compared->pairs) EXPECT_NEAR(each.actual, 0, 1e-15);
  }
  auto const exports = compare_flows({before, before}, {before, doubled}, FlowLevel::exports);
  ASSERT_EQ(exports->pairs.size(), 3U);
  EXPECT_DOUBLE_EQ(exports->pairs[1].weight, 35);
  EXPECT_NEAR(exports->pairs[1].actual, std::numbers::ln2, 1e-15);
  EXPECT_EQ(exports->pairs[1].importer, ChangePair::all);
}

TEST(FlowChanges, WrongShapes) {
  auto const before = three({50, 30, 10, 0, 80, 20, 5, 5, 90});
  Flows small{2018, 1, 1, {}};
  small.trade.assign(1, 1.0);
  EXPECT_EQ(compare_flows({small, small}, {before, before}, FlowLevel::pair).error().code,
            ErrorCode::size_mismatch);
  EXPECT_EQ(
      compare_import_shares({before, before}, {before, before}, {.importers = {3}}).error().code,
      ErrorCode::unknown_label);
}

TEST(WorstMisses, InOrder) {
  std::vector<ChangePair> const pairs = {pair(0, 0.1), pair(0, -0.3), pair(0, 0.3)};
  auto const worst = worst_misses(pairs, 2);
  ASSERT_EQ(worst.size(), 2U);
  EXPECT_DOUBLE_EQ(worst[0].actual, -0.3);
  EXPECT_DOUBLE_EQ(worst[1].actual, 0.3);
}

TradeBase random_base(std::uint64_t stream, bool tariffs = true) {
  auto accounts = linchpin::test::random_accounts(4, 3, Rng{Seed{20181109}, stream});
  if (!tariffs) accounts.tariffs.clear();
  auto base = consistent_base(calibrated(accounts), DeficitRule::keep);
  if (!base) throw std::runtime_error(base.error().what);
  return *base;
}

TEST(FinalDemand, ItsOwnDemandChangesNothing) {
  for (std::uint64_t stream = 0; stream < 3; ++stream) {
    auto const base = random_base(stream);
    auto demand = final_demand_of(base);
    for (auto& value : demand) value *= 7;  // only proportions count
    auto const found = respond_to_demand(base, demand);
    ASSERT_TRUE(found) << found.error().what;
    auto const before = flows_before(base);
    auto const after = flows_after(found->base, {}, found->found);
    auto const plain = flows_at_base_prices(base, demand);
    ASSERT_TRUE(plain);
    for (std::size_t c = 0; c < before.trade.size(); ++c) {
      EXPECT_NEAR(after.trade[c] / before.trade[c], 1, 1e-7);
      EXPECT_NEAR(plain->trade[c] / before.trade[c], 1, 1e-9);
    }
  }
}

/// More of the first sector, and region 2 spends a fifth less.
DenseVector shifted(TradeBase const& base) {
  auto demand = final_demand_of(base);
  for (std::size_t n = 0; n < base.grid.regions; ++n) {
    demand[base.grid.industry(n, 0)] *= 1.3;
    if (n != 2) continue;
    for (std::size_t k = 0; k < base.grid.sectors; ++k) demand[base.grid.industry(n, k)] *= 0.8;
  }
  return demand;
}

TEST(FinalDemand, IsMet) {
  auto const base = random_base(1);
  auto const demand = shifted(base);
  auto const found = respond_to_demand(base, demand);
  ASSERT_TRUE(found) << found.error().what;
  double deficits = 0;
  auto const& grid = base.grid;
  auto const& now = found->found.numbers;
  auto const scale =
      now.final_share[grid.industry(0, 0)] * now.spending_power[0] / demand[grid.industry(0, 0)];
  for (std::size_t n = 0; n < grid.regions; ++n) {
    deficits += found->base.deficit[n];
    for (std::size_t k = 0; k < grid.sectors; ++k) {
      auto const spent = now.final_share[grid.industry(n, k)] * now.spending_power[n];
      EXPECT_NEAR(spent / demand[grid.industry(n, k)] / scale, 1, 1e-7);
    }
  }
  EXPECT_NEAR(deficits / base.world_income(), 0, 1e-8);
  EXPECT_GT(found->rounds, 1U);
}

TEST(FinalDemand, WithoutSubstitutionItIsTheFixedShares) {
  auto base = random_base(2, false);
  base.theta.assign(base.theta.size(), 0.02);
  auto const demand = shifted(base);
  auto const found = respond_to_demand(base, demand);
  ASSERT_TRUE(found) << found.error().what;
  auto const after = flows_after(found->base, {}, found->found);
  auto const plain = flows_at_base_prices(base, demand);
  ASSERT_TRUE(plain);
  for (std::size_t c = 0; c < after.trade.size(); ++c) {
    EXPECT_NEAR(after.trade[c] / plain->trade[c], 1, 0.02);
  }
}

TEST(FinalDemand, WrongDemand) {
  auto const base = random_base(0);
  EXPECT_EQ(respond_to_demand(base, DenseVector(3, 1.0)).error().code, ErrorCode::size_mismatch);
  auto demand = final_demand_of(base);
  demand[0] = -1;
  EXPECT_EQ(respond_to_demand(base, demand).error().code, ErrorCode::bad_value);
  for (std::size_t k = 0; k < base.grid.sectors; ++k) demand[base.grid.industry(1, k)] = 0;
  EXPECT_EQ(flows_at_base_prices(base, demand).error().further.size(), 1U);
}

/// Trade after region 0 taxes the goods of region 1 by 20 points more, where θ is times `factor`.
struct War {
  Flows before, after;
};
War war(double factor, double points = 0.2) {
  auto accounts = linchpin::test::random_accounts(6, 5, Rng{Seed{20180706}, 1});
  for (auto& theta : accounts.theta) theta *= factor;
  auto const base = consistent_base(calibrated(accounts), DeficitRule::keep);
  if (!base) throw std::runtime_error(base.error().what);
  TradePolicy policy;
  fill_tariffs(policy, *base);
  for (std::size_t j = 0; j < 5; ++j) policy.tariff[base->grid.pair(j, 0, 1)] += points;
  auto const found = solved(*base, policy);
  return {flows_before(*base), flows_after(*base, policy, found)};
}

TEST(Backtest, KnowsTheModelThatMadeTheData) {
  auto const seen = war(1);
  auto const against = [&](War const& told) {
    auto const compared = compare_import_shares({told.before, told.after},
                                                {seen.before, seen.after}, {.importers = {0}});
    if (!compared) throw std::runtime_error(compared.error().what);
    return agreement_of(compared->pairs);
  };
  auto const right = against(war(1));
  EXPECT_EQ(right.cells, 25U);
  EXPECT_NEAR(right.skill.value(), 1, 1e-12);
  EXPECT_NEAR(right.slope.value(), 1, 1e-9);
  auto const low = against(war(0.5));
  EXPECT_GT(low.slope.value(), 1.4);  // twice the elasticity moves shares by less than twice
  EXPECT_LT(low.slope.value(), 2);
  EXPECT_GT(low.correlation.value(), 0.95);
  EXPECT_LT(low.skill.value(), right.skill.value());
  auto const opposite = against(war(1, -0.2));
  EXPECT_LT(opposite.correlation.value(), -0.9);
  EXPECT_LT(opposite.skill.value(), 0);
  EXPECT_LT(opposite.sign_hits.value(), 0.1);
}

TEST(Backtest, ShippedRatesOfTheTradeWar) {
  std::string const data = LINCHPIN_SOURCE_DIR "/data/";
  auto const sectors = read_concordance(data + "concordance/cube28-icio28.csv");
  ASSERT_TRUE(sectors);
  std::vector<std::string> const regions = {"CHN", "USA"};
  auto const cells =
      read_tariff_file(data + "parameters/backtests/trade-war-2018.csv", regions, sectors->to);
  ASSERT_TRUE(cells) << cells.error().what << cells.error().where;
  EXPECT_EQ(cells->size(), 52U);  // 26 sectors of goods, both ways
  for (auto const& cell : *cells) {
    EXPECT_LT(cell.rate, 0.3);
    EXPECT_LT(cell.new_rate.value(), 0.4);
    // China let its retaliation on vehicles rest in 2019.
    auto const vehicles = cell.importer == 0 && cell.new_rate.value() < cell.rate;
    EXPECT_EQ(vehicles, cell.importer == 0 && (sectors->to[cell.sector].starts_with("C30") ||
                                               sectors->to[cell.sector] == "C29"));
  }
}

TEST(Panel, OnePolicyOverTheYears) {
  std::vector<TradeBase> bases;
  for (int year = 2016; year < 2019; ++year) {
    bases.push_back(random_base(static_cast<std::uint64_t>(year)));
    bases.back().year = year;
  }
  auto const ten_points = [](TradeBase const& base) -> Result<TradePolicy> {
    if (base.year == 2017) return fail(ErrorCode::missing_value, "no rates", "2017", "none");
    TradePolicy policy;
    fill_tariffs(policy, base);
    policy.tariff[base.grid.pair(0, 0, 1)] += 0.1;
    return policy;
  };
  auto const panel = run_panel(bases, ten_points);
  ASSERT_TRUE(panel);
  ASSERT_EQ(panel->size(), 3U);
  EXPECT_TRUE((*panel)[1].error.has_value());
  auto const series = series_of(*panel, "R0", &RegionOutcome::welfare_exact);
  ASSERT_EQ(series.size(), 3U);
  EXPECT_FALSE(series[1]);
  auto const alone = solved(bases[2], *ten_points(bases[2]));
  EXPECT_NEAR(series[2].value(), outcomes(bases[2], *ten_points(bases[2]), alone)[0].welfare_exact,
              1e-8);
  EXPECT_FALSE(series_of(*panel, "nowhere", &RegionOutcome::imports)[0]);
}

}  // namespace
}  // namespace linchpin::equilibrium::test
