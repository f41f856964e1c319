// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <array>
#include <cmath>
#include <stdexcept>

#include "linchpin/disrupt/model.h"
#include "support/fixtures.h"

/// What stocks allow, by production function, and how capacity comes back. A makes three
/// inputs and B's industry `good` of output 100 uses 30, 10 and 10 of them, with a day in stock.
namespace linchpin::disrupt {
namespace {

constexpr std::size_t good = 7;

Economy three_inputs() {
  DenseMatrix Z(8, 8), Y(8, 2);
  Z(0, good) = 30;
  Z(1, good) = 10;
  Z(2, good) = 10;
  Y(good, 1) = 100;
  auto economy = Economy::make(test::balanced_table(
      "three inputs", test::full_labels({"A", "B"}, {"critical", "important", "other", "good"}),
      std::move(Z), std::move(Y)));
  if (!economy) throw std::runtime_error(economy.error().what);
  return *std::move(economy);
}

/// A cuts a share of its deliveries of a product to B on day 0.
Cut missing(std::size_t product, double share) {
  Cut cut;
  cut.sellers = {RegionId{0}};
  cut.buyers = {RegionId{1}};
  cut.sectors = {SectorId{product}};
  cut.course = {.share = share, .from_day = 0, .to_day = 1};
  return cut;
}

/// Output of `good` on day 1, when stocks of A's products are (30, 10, 5) or, with `four`, (30, 4,
/// 5): a day's use less what did not come on day 0.
double output(Production production, bool rated, bool four) {
  ModelOptions options;
  options.production = production;
  options.inventory_days = {1, 1, 1, 1};
  options.order_rule = OrderRule::fixed;
  options.overproduction_max = 1;
  options.days = 2;
  if (rated) {
    options.criticality = DenseMatrix(4, 4);
    options.criticality(0, 3) = 1;
    options.criticality(1, 3) = 0.5;
  }
  Scenario scenario{.name = "missing", .cuts = {missing(2, 0.5)}};
  if (four) scenario.cuts.push_back(missing(1, 0.6));
  auto const path = simulate(three_inputs(), scenario, options);
  if (!path) throw std::runtime_error(path.error().what);
  EXPECT_EQ(path->output_relative(good, 0), 1.0);
  return 100 * path->output_relative(good, 1);
}

/// S = (30, 10, 5), A = (0.3, 0.1, 0.1), C = (1, 0.5, 0), output 100; 12 digits. Source: the
/// equations of Pichler et al. (2022) worked out by hand: min S/A = min(100, 100, 50), (30 + 10 +
/// 5)/0.5 = 90.
TEST(Production, AllowsWhatTheEquationsSay) {
  struct Case {
    Production production;
    double three, four;  ///< output with S₂ = 10 and with S₂ = 4
  };
  // With S₂ = 4: ½ (4/0.1 + 100) = 70, 4/0.1 = 40 and (30 + 4 + 5)/0.5 = 78.
  for (auto const& each :
       std::array{Case{Production::leontief, 50, 40}, Case{Production::strongly_critical, 100, 40},
                  Case{Production::half_critical, 100, 70},
                  Case{Production::weakly_critical, 100, 100}, Case{Production::linear, 90, 78}}) {
    EXPECT_NEAR(output(each.production, true, false), each.three, 1e-10)
        << to_string(each.production);
    EXPECT_NEAR(output(each.production, true, true), each.four, 1e-10)
        << to_string(each.production);
  }
}

/// Without ratings all inputs are critical; a day in stock is what ario needs as well.
TEST(Production, WithoutRatingsEverythingIsCritical) {
  for (auto const production : {Production::ario, Production::strongly_critical,
                                Production::half_critical, Production::weakly_critical}) {
    EXPECT_NEAR(output(production, false, false), 50, 1e-10) << to_string(production);
    EXPECT_NEAR(output(production, false, true), 40, 1e-10) << to_string(production);
  }
}

/// ario slows down as soon as a stock is below psi times its target, leontief when a day's use is
/// missing. Ten days of stock, nothing comes from day 0 on: in the morning of day t there are 10 −
/// t.
TEST(Production, ArioSlowsDownBeforeLeontief) {
  ModelOptions options;
  options.inventory_days = {10, 10, 10, 10};
  options.psi = 0.5;
  options.order_rule = OrderRule::fixed;
  options.overproduction_max = 1;
  options.days = 12;
  auto cut = missing(0, 1);
  cut.course.to_day = -1;
  Scenario const scenario{.name = "missing", .cuts = {cut}};
  auto path = simulate(three_inputs(), scenario, options);
  ASSERT_TRUE(path) << path.error().what;
  EXPECT_EQ(path->output_relative(good, 5), 1.0);            // 5 days are half the target
  EXPECT_NEAR(path->output_relative(good, 6), 0.8, 1e-12);   // 4 of 5
  EXPECT_NEAR(path->output_relative(good, 7), 0.64, 1e-12);  // 3.2 of 5
  options.production = Production::leontief;
  path = simulate(three_inputs(), scenario, options);
  ASSERT_TRUE(path) << path.error().what;
  EXPECT_EQ(path->output_relative(good, 9), 1.0);
  EXPECT_EQ(path->output_relative(good, 10), 0.0);
}

/// Five days in stock, every input needed, nobody makes more than in the baseline.
ModelOptions five_days() {
  ModelOptions options;
  options.production = Production::leontief;
  options.inventory_days = {5, 5, 5, 5};
  options.overproduction_max = 1;
  options.days = 10;
  return options;
}

Path path_of(Scenario const& scenario, ModelOptions const& options) {
  auto path = simulate(three_inputs(), scenario, options);
  if (!path) throw std::runtime_error(path.error().what);
  return *std::move(path);
}

/// 40 % of capacity lost on days 0 and 1, gone in four days; u = 1/4, 1/2, 3/4, 1.
TEST(Recovery, FollowsItsCurve) {
  struct Case {
    RecoveryCurve curve;
    std::array<double, 4> left;
  };
  for (auto const& each :
       {Case{RecoveryCurve::linear, {0.75, 0.5, 0.25, 0}},
        Case{RecoveryCurve::convex, {0.5625, 0.25, 0.0625, 0}},
        Case{RecoveryCurve::concave, {0.9375, 0.75, 0.4375, 0}},
        Case{RecoveryCurve::exponential, {std::exp(-1.25), std::exp(-2.5), std::exp(-3.75), 0}}}) {
    Course course{.share = 0.4, .from_day = 0, .to_day = 2, .recovery_days = 4};
    course.recovery = each.curve;
    Scenario const scenario{.name = "loss", .capacity_losses = {{{IndustryId{good}}, course}}};
    auto const path = path_of(scenario, five_days());
    EXPECT_NEAR(path.output_relative(good, 1), 0.6, 1e-12);
    for (std::size_t k = 0; k < 4; ++k) {
      EXPECT_NEAR(path.output_relative(good, 2 + k), 1 - 0.4 * each.left[k], 1e-12)
          << static_cast<int>(each.curve) << " day " << 2 + k;
    }
  }
}

/// A thirtieth of what is missing is hired in a day, a fifteenth of what is too much is let go.
TEST(Labour, IsHiredAndFired) {
  auto options = five_days();
  options.labour.active = true;
  Scenario ill{.name = "ill"};
  ill.labour_shocks.push_back({{IndustryId{good}}, {.share = 0.3, .from_day = 0, .to_day = 1}});
  auto const hired = path_of(ill, options);
  EXPECT_NEAR(hired.output_relative(good, 0), 0.7, 1e-12);
  EXPECT_NEAR(hired.output_relative(good, 1), 0.7, 1e-12);  // nobody could be hired on day 0
  EXPECT_NEAR(hired.output_relative(good, 2), 0.7 + 0.3 / 30, 1e-12);
  EXPECT_NEAR(hired.output_relative(good, 3), 0.71 + 0.29 / 30, 1e-12);
  Scenario slump{.name = "slump"};
  slump.demand_shifts.push_back({.regions = {RegionId{1}},
                                 .sectors = {SectorId{3}},
                                 .rises = false,
                                 .course = {.share = 0.4, .from_day = 0, .to_day = 1}});
  auto const fired = path_of(slump, options);
  EXPECT_NEAR(fired.output_relative(good, 0), 0.6, 1e-12);
  EXPECT_NEAR(fired.output_relative(good, 1), 1 - 0.4 / 15, 1e-12);
  options.labour.active = false;
  EXPECT_EQ(path_of(slump, options).output_relative(good, 1), 1.0);
}

}  // namespace
}  // namespace linchpin::disrupt
