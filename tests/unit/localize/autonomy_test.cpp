// SPDX-License-Identifier: Apache-2.0
#include "linchpin/localize/autonomy.h"

#include <gtest/gtest.h>

#include <cmath>
#include <stdexcept>

#include "linchpin/localize/coupled_economy.h"
#include "unit/localize/coupled_fixtures.h"

namespace linchpin::localize {
namespace {

AutonomyCase autonomy_case(bool gap) {
  AutonomyCase each;
  each.technology = test::coupled_case(gap);
  each.years = 4;
  return each;
}

TEST(Autonomy, NoProgrammeAndNoGapCostsNothing) {
  auto const curve = autonomy_curve(autonomy_case(false));
  ASSERT_TRUE(curve) << curve.error().what;
  for (std::size_t t = 0; t < 4; ++t) {
    EXPECT_NEAR(curve->cost[t], 0, 1e-12);
    EXPECT_NEAR(curve->with[t].welfare, 1, 1e-10);
    EXPECT_NEAR(curve->loss_with[t], curve->loss_without[t], 1e-12);
    EXPECT_GT(curve->loss_with[t], 0);
    // Every year is like the first: so is what a cut-off takes.
    EXPECT_NEAR(curve->loss_with[t], curve->loss_with[0], 1e-6);
  }
}

/// A cut-off that lets everything through takes nothing.
TEST(Autonomy, ALeakThatLetsAllThroughIsNoCutOff) {
  auto each = autonomy_case(true);
  each.cut_off.leakage = 1;
  each.cut_off.first_year_loss = [](double) { return 0.5; };
  auto const curve = autonomy_curve(each);
  ASSERT_TRUE(curve) << curve.error().what;
  for (double const loss : curve->loss_without) EXPECT_NEAR(loss, 0, 1e-7);
}

/// The first year comes from the function alone: with D = 1 the curve is that function.
TEST(Autonomy, TheFirstYearIsPricedOnceOnly) {
  auto each = autonomy_case(true);
  each.cut_off.years = 1;
  each.cut_off.first_year_loss = [](double share) { return 0.1 * (1 - share); };
  each.programme = {{InstrumentKind::mandate, 2025, 2040, 0.3}};
  auto const curve = autonomy_curve(each);
  ASSERT_TRUE(curve) << curve.error().what;
  for (std::size_t t = 0; t < 4; ++t) {
    EXPECT_NEAR(curve->loss_with[t], 0.1 * (1 - curve->with[t].home_share), 1e-12);
    EXPECT_NEAR(curve->loss_without[t], 0.1 * (1 - curve->without[t].home_share), 1e-12);
    EXPECT_GE(curve->with[t].home_share, curve->without[t].home_share - 1e-9);
  }
  // Later the programme may pay: makers have learned.
  EXPECT_GT(curve->cost[0], 0);
}

/// Stocks stand for home makers as long as they last.
TEST(Autonomy, AStockOfAYearsNeedCoversTheFirstYear) {
  auto each = autonomy_case(false);
  each.cut_off.years = 1;
  each.cut_off.first_year_loss = [](double share) { return 0.1 * (1 - share); };
  for (double const leakage : {0.0, 0.5}) {
    each.cut_off.leakage = leakage;
    each.programme = {{InstrumentKind::stockpile, 2025, 2040, 0.3}};
    auto const some = autonomy_curve(each);
    ASSERT_TRUE(some) << some.error().what;
    EXPECT_LT(some->loss_with[1], some->loss_without[1]);
    each.programme = {{InstrumentKind::stockpile, 2025, 2040, 1}};
    auto const all = autonomy_curve(each);
    ASSERT_TRUE(all) << all.error().what;
    EXPECT_NEAR(all->loss_with[1], 0, 1e-9);
  }
}

/// Which tool holds quality back, and until when.
TEST(Autonomy, SaysWhichGateBinds) {
  auto each = autonomy_case(true);
  auto& technology = each.technology;
  technology.maker.ladder = {{"low", 0.62, {}}, {"high", 1, {"scanner", "laser"}}};
  technology.start.tools = {{"scanner", 0, 6, 0.5}, {"laser", 1, 0, 0}};
  auto const curve = autonomy_curve(each);
  ASSERT_TRUE(curve) << curve.error().what;
  EXPECT_EQ(curve->without[0].gate, "scanner");
  EXPECT_EQ(curve->without[1].gate, "scanner");
  EXPECT_DOUBLE_EQ(curve->without[1].ceiling, 0.62);
  EXPECT_NEAR(curve->without[2].quality, 0.62, 1e-12);
  EXPECT_EQ(curve->without[2].gate, "") << "ready at home after two years";
  EXPECT_DOUBLE_EQ(curve->without[2].ceiling, 1);
  EXPECT_GT(curve->without[3].quality, 0.63);
  // Half the access of the laser closes the gate again in a cut-off that denies tools, too.
  each.technology.start.tools[0].readiness = 9;
  each.technology.maker.gate.access_needed = 0.6;
  each.cut_off.tool_control = 0.5;
  auto const denied = autonomy_curve(each);
  each.cut_off.tool_control = 0;
  auto const open = autonomy_curve(each);
  ASSERT_TRUE(denied && open);
  EXPECT_GT(denied->loss_without[0], open->loss_without[0]);
}

/// Users and makers go by the prices of the cut-off: pricing it at those of the uncut path, as a
/// step that knows no better would, gives another loss.
TEST(Autonomy, YearsOfACutOffAreInAgreementWithTheirPrices) {
  auto each = autonomy_case(true);
  each.years = 1;
  each.cut_off.years = 1;
  auto const curve = autonomy_curve(each);
  ASSERT_TRUE(curve) << curve.error().what;
  EXPECT_EQ(curve->uncoupled, 0U);
  Instrument const ban{InstrumentKind::product_control, 2000, 2100, 1, 0};
  auto const policy = policy_at({&ban, 1}, 2025, 1);
  auto const& start = each.technology.start;
  auto const theta = each.cut_off.horizon.share(0.5);
  CoupledEconomy economy{each.technology};
  auto const open = coupled_year(economy, start, {}, {}, {}, theta);
  auto const shut = coupled_year(economy, start, policy, {}, {}, theta);
  ASSERT_TRUE(open && shut);
  EXPECT_NEAR(curve->loss_without[0], 1 - shut->welfare / open->welfare, 1e-7);
  auto const again = step_at(each.technology, start, policy, shut->prices);
  EXPECT_NEAR(again.home_share, shut->outcome.home_share, 1e-7);
  auto const outcome = step_at(each.technology, start, policy, {});
  auto const blind = priced(economy, outcome, policy, {}, theta);
  ASSERT_TRUE(blind);
  EXPECT_GT(std::abs(blind->welfare - shut->welfare), 1e-6);
}

ComputeUse use_of_compute(double most) {
  ComputeUse use;
  use.gain = {.most = most, .half_compute = 1, .lag = 2};
  use.adoption = 0.3;
  use.exposure = {1, 0.5, 0.2, 0};
  return use;
}

AutonomyCurve curve_with(double most) {
  auto each = autonomy_case(true);
  each.programme = {{InstrumentKind::mandate, 2025, 2040, 0.3}};
  each.technology.compute = use_of_compute(most);
  auto curve = autonomy_curve(each);
  if (!curve) throw std::runtime_error(curve.error().what);
  return *std::move(curve);
}

/// Computing that does nothing changes the index alone: shares, cost and exports are those without
/// diffusion, and lost sales of capital are no loss.
TEST(Diffusion, WithoutEffectOnlyTheIndexChanges) {
  auto each = autonomy_case(true);
  each.programme = {{InstrumentKind::mandate, 2025, 2040, 0.3}};
  auto const without = autonomy_curve(each);
  ASSERT_TRUE(without) << without.error().what;
  auto const with = curve_with(0);
  for (std::size_t t = 0; t < 4; ++t) {
    EXPECT_NEAR(with.with[t].home_share, without->with[t].home_share, 1e-9);
    EXPECT_NEAR(with.with[t].exports, without->with[t].exports, 1e-8);
    EXPECT_NEAR(with.with[t].unit_cost, without->with[t].unit_cost, 1e-9);
    EXPECT_DOUBLE_EQ(with.with[t].compute_gain, 0);
    // What is left is what industries lose that use the line as an input here.
    EXPECT_LT(with.loss_with[t], 0.5 * without->loss_with[t]);
  }
}

/// The more computing does, the more a cut-off takes; and it takes more of later years.
TEST(Diffusion, LossesGrowWithTheEffect) {
  double before = curve_with(0).loss_without[0];
  for (double const most : {0.05, 0.1, 0.2}) {
    auto const curve = curve_with(most);
    EXPECT_GT(curve.loss_without[0], before + 1e-5);
    before = curve.loss_without[0];
    EXPECT_NEAR(curve.without[0].compute_stock, 1, 1e-12);
    EXPECT_NEAR(curve.without[0].welfare, 1, 0.01);
  }
}

TEST(Diffusion, StockWearsOutAndComesBack) {
  auto const use = use_of_compute(0.1);
  auto state = first_compute(use);
  EXPECT_NEAR(state.stock.total(), 5, 1e-12);
  EXPECT_NEAR(state.gain, 0.1 * 0.3 / 2, 1e-15);
  for (double const productivity : sector_productivity(use, state)) EXPECT_EQ(productivity, 1);
  auto steady = next_compute(use, state, 1);
  EXPECT_NEAR(steady.stock.total(), 5, 1e-12);
  EXPECT_NEAR(steady.gain, state.gain, 1e-15);
  for (int year = 1; year <= 5; ++year) {
    auto const now = next_compute(use, state, 0);
    EXPECT_NEAR(now.stock.total(), 5 - year, 1e-12);
    EXPECT_LT(now.gain, state.gain);
    state = now;
  }
  EXPECT_LT(sector_productivity(use, state)[0], sector_productivity(use, state)[2]);
  EXPECT_EQ(sector_productivity(use, state)[3], 1);
  auto quick = use;
  quick.adoption_speed = 0.3;
  EXPECT_GT(next_compute(quick, first_compute(quick), 1).gain, first_compute(quick).gain);
}

TEST(Diffusion, SaysEverythingThatIsWrong) {
  auto each = autonomy_case(true);
  each.technology.compute = use_of_compute(-1);
  each.technology.compute->lifetime = 0;
  each.technology.compute->exposure = {2};
  auto const wrong = autonomy_curve(each);
  ASSERT_FALSE(wrong);
  EXPECT_GE(wrong.error().further.size(), 3);
}

/// What the state takes in goods and research is a cost, a transfer is not: research beyond the
/// norm lowers W by its share of final use.
TEST(Autonomy, ResearchTakesResources) {
  auto each = autonomy_case(false);
  each.programme = {{InstrumentKind::research_subsidy, 2025, 2040, 0.5}};
  auto const curve = autonomy_curve(each);
  ASSERT_TRUE(curve) << curve.error().what;
  auto const& base = each.technology.base;
  auto const money = base.expenditure[base.grid.good(each.technology.line, 0)];
  for (auto const& year : curve->with) {
    auto const spent = 0.5 * each.technology.maker.research_share * 1.3 * 1.1 * year.made;
    EXPECT_NEAR(year.outlay, spent, 1e-6);
    EXPECT_NEAR(year.resources, spent * money / base.final_spending(0), 1e-8);
    EXPECT_NEAR(year.welfare, 1 - year.resources, 1e-6);
  }
  EXPECT_GT(curve->cost[0], 0);
}

/// What is printed of a cut-off's years gives its loss.
TEST(Autonomy, LossesAreThoseOfTheYearsOfACutOff) {
  for (bool const computes : {false, true}) {
    auto each = autonomy_case(computes);
    if (computes) each.technology.compute = use_of_compute(0.1);
    each.programme = {{InstrumentKind::mandate, 2025, 2040, 0.3}};
    each.cut_off.first_year_loss = [](double home_share) { return 0.1 * (1 - home_share); };
    auto const curve = autonomy_curve(each);
    ASSERT_TRUE(curve) << curve.error().what;
    ASSERT_EQ(curve->cut_with.size(), curve->with.size());
    for (std::size_t t = 0; t < curve->with.size(); ++t) {
      auto const& cut = curve->cut_with[t];
      ASSERT_EQ(cut.years.size(), static_cast<std::size_t>(each.cut_off.years));
      EXPECT_EQ(cut.years[0].by_table, !computes);
      double used = 0, lost = cut.later;
      for (auto const& year : cut.years) {
        used += year.weight * year.welfare;
        lost += year.weight * year.welfare * year.loss;
        EXPECT_NEAR(year.home_share + year.foreign_share + year.unmet_share + year.from_stock, 1,
                    1e-9);
      }
      EXPECT_NEAR(lost / used, curve->loss_with[t], 1e-15);
      EXPECT_NEAR(lost, curve->value_with[t], 1e-15);
      EXPECT_EQ(cut.later == 0, !computes);
    }
  }
}

TEST(Autonomy, ManageableMeansToTheEnd) {
  std::vector<double> const loss{0.03, 0.005, 0.02, 0.009, 0.004};
  EXPECT_EQ(manageable_from(loss, 0.01), 3);
  EXPECT_EQ(manageable_from(loss, 0.1), 0);
  EXPECT_EQ(manageable_from(loss, 0.001), std::nullopt);
}

/// One year, no discount: premium C against p × what is saved.
TEST(Insurance, IsTheRatioOfPremiumAndSavingForOneYear) {
  AutonomyCurve curve;
  curve.without.resize(1);
  curve.cost = {0.002};
  curve.value_without = {0.03};
  curve.value_with = {0.01};
  auto const found = insurance_of(curve, 1);
  EXPECT_EQ(found.verdict, Insurance::Verdict::pays_above);
  EXPECT_NEAR(*found.hazard, 0.1, 1e-12);
  curve.cost = {0.03};
  EXPECT_EQ(insurance_of(curve, 1).verdict, Insurance::Verdict::never);
  curve.cost = {-0.001};
  EXPECT_EQ(insurance_of(curve, 1).verdict, Insurance::Verdict::pays_without_cut_off);
  curve.cost = {0};
  EXPECT_EQ(insurance_of(curve, 1).verdict, Insurance::Verdict::pays_without_cut_off);
  curve.value_with = curve.value_without;
  EXPECT_EQ(insurance_of(curve, 1).verdict, Insurance::Verdict::changes_nothing);
}

/// Two years, saving only in the second: δ² p (1 − p) s = C (1 + δ) has two roots; the smaller one
/// counts. With s = 0.1, δ = 1, C = 0.01 each year: p (1 − p) = 0.2, p = (1 − √0.2) / 2.
TEST(Insurance, TakesTheSmallestRoot) {
  AutonomyCurve curve;
  curve.without.resize(2);
  curve.cost = {0.01, 0.01};
  curve.value_without = {0.05, 0.15};
  curve.value_with = {0.05, 0.05};
  EXPECT_NEAR(*insurance_of(curve, 1).hazard, (1 - std::sqrt(0.2)) / 2, 1e-10);
}

TEST(LossTable, InterpolatesAndSaysHowWell) {
  LossTable const table{{0.1, 0.5, 0.9}, {0.08, 0.05, 0}};
  EXPECT_DOUBLE_EQ(table.at(0), 0.0875);
  EXPECT_DOUBLE_EQ(table.at(0.3), 0.065);
  EXPECT_DOUBLE_EQ(table.at(0.95), 0);
  EXPECT_NEAR(table.leave_one_out_error(), 0.01, 1e-15);
  EXPECT_NEAR(table.error_between(0.1, 0.9), 0.01, 1e-15);
  // Below the first node: that node, read off the two above it.
  EXPECT_NEAR(table.error_between(0, 0.05), 0.02, 1e-15);
}

TEST(Autonomy, SaysEverythingThatIsWrong) {
  auto each = autonomy_case(false);
  each.years = 0;
  each.cut_off.leakage = 2;
  each.programme = {{InstrumentKind::mandate, 2030, 2020, 3}};
  auto const wrong = autonomy_curve(each);
  ASSERT_FALSE(wrong);
  EXPECT_GE(wrong.error().further.size(), 3);
}

}  // namespace
}  // namespace linchpin::localize
