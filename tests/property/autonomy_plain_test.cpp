// SPDX-License-Identifier: Apache-2.0
// The autonomy curve against its plain version, in a world of two regions and two sectors.
#include "reference/autonomy_plain.h"

#include <gtest/gtest.h>

#include <cmath>
#include <string>

#include "linchpin/localize/autonomy.h"
#include "property/equilibrium_bridge.h"

namespace linchpin::localize {
namespace {

namespace plain = reference::autonomy;
namespace trade = reference::trade;

/// Sector 0 is the line; region 0 is home.
trade::World small_world() {
  trade::World world;
  world.regions = 2;
  world.sectors = 2;
  world.share = trade::cube(2, 2, 2, 0);
  world.share[0] = {{0.25, 0.75}, {0.08, 0.92}};
  world.share[1] = {{0.85, 0.15}, {0.12, 0.88}};
  world.tariff = trade::cube(2, 2, 2, 0);
  world.tariff[0][0][1] = 0.05;
  world.value_added = {{0.4, 0.6}, {0.5, 0.55}};
  world.materials = trade::cube(2, 2, 2, 0);
  for (auto& region : world.materials) region = {{0.1, 0.9}, {0.05, 0.95}};
  world.final_share = {{0.06, 0.94}, {0.05, 0.95}};
  world.deficit = {0, 0};
  world.theta = {4, 3};
  if (!trade::complete(world)) throw std::runtime_error("no such world");
  return world;
}

AutonomyCase fast_case(trade::World const& world) {
  AutonomyCase each;
  auto& technology = each.technology;
  technology.base = equilibrium_tests::base_of(world);
  technology.line = technology.home = 0;
  auto& maker = technology.maker;
  maker.cost = {.first_cost = 1.4, .learning_rate = 0.2, .floor = 0.5, .tool_penalty = 0.3};
  maker.spillovers = {0.3, 0.2};
  maker.markup = 0.2;
  maker.capital_share = 0.25;
  maker.catch_up.own_growth = 0.02;
  maker.catch_up.frontier_growth = 0.05;
  maker.catch_up.absorption.base_speed = 0.2;
  maker.catch_up.control_effect = 0.4;
  maker.quality_learning = 0.05;
  maker.capacity = {.lead_time = 2, .scrapping = 0.08, .capital_cost = 0.7, .lifetime = 10};
  maker.choice.quality_coefficient = 1.5;
  maker.choice.fear = 0.1;
  maker.choice.thresholds = {.alpha = 1, .beta = 1, .lowest = 0.1, .highest = 0.95};
  maker.diffusion = Diffusion{0.3, 0.5};
  technology.start.tools = {{"tools", 1, 0}};
  auto ready = calibrated(technology, 0.55, 3);
  if (!ready) throw std::runtime_error(ready.error().what);
  technology = *std::move(ready);
  each.years = 4;
  each.first_year = 2025;
  each.cut_off.years = 2;
  each.cut_off.leakage = 0.15;
  each.cut_off.tool_control = 0.5;
  each.cut_off.discount = 0.95;
  return each;
}

plain::Case plain_case(trade::World const& world, AutonomyCase const& fast) {
  auto const& maker = fast.technology.maker;
  auto const& start = fast.technology.start;
  plain::Case each;
  each.world = world;
  each.first_cost = maker.cost.first_cost;
  each.floor = maker.cost.floor;
  each.learning_rate = maker.cost.learning_rate;
  each.tool_penalty = maker.cost.tool_penalty;
  each.spillover_abroad = maker.spillovers.abroad;
  each.foreign_made = fast.technology.foreign_made;
  each.foreign_rate = fast.technology.abroad.learning_rate;
  each.foreign_floor = fast.technology.abroad.floor;
  each.foreign_years = fast.technology.abroad.years_of_experience;
  each.foreign_spillover = fast.technology.abroad.spillover;
  each.foreign_markup = fast.technology.abroad.markup;
  each.foreign_answer = fast.technology.abroad.answer;
  if (!maker.ladder.empty()) each.ceiling = maker.ladder.front().level;
  each.markup = maker.markup;
  each.capital_share = maker.capital_share;
  each.discount_rate = maker.discount_rate;
  each.research_share = maker.research_share;
  each.catch_up = maker.catch_up.absorption.base_speed;
  each.own_growth = maker.catch_up.own_growth;
  each.frontier_growth = maker.catch_up.frontier_growth;
  each.control_effect = maker.catch_up.control_effect;
  each.quality_learning = maker.quality_learning;
  each.quality_coefficient = maker.choice.quality_coefficient;
  each.fear = maker.choice.fear;
  each.lowest = maker.choice.thresholds.lowest;
  each.highest = maker.choice.thresholds.highest;
  each.innovation = maker.diffusion->innovation;
  each.imitation = maker.diffusion->imitation;
  each.lead_time = static_cast<int>(maker.capacity.lead_time);
  each.scrapping = maker.capacity.scrapping;
  each.capital_cost = maker.capacity.capital_cost;
  each.lifetime = maker.capacity.lifetime;
  each.utilisation = maker.capacity.utilisation;
  each.aimed_utilisation = maker.aimed_utilisation;
  each.hurdle_spread = maker.capacity.hurdle_spread;
  each.experience = start.experience;
  each.quality = start.quality.level;
  each.capacity.installed = start.capacity.installed;
  each.capacity.orders.assign(static_cast<std::size_t>(each.lead_time), 0.0);
  for (auto const& order : start.capacity.pipeline) {
    each.capacity.orders[static_cast<std::size_t>(order.years_left + 0.5) - 1] += order.amount;
  }
  each.years = fast.years;
  each.cut_years = fast.cut_off.years;
  each.leakage = fast.cut_off.leakage;
  each.tool_control = fast.cut_off.tool_control;
  each.discount = fast.cut_off.discount;
  each.horizon = {fast.cut_off.horizon.share(0.5), fast.cut_off.horizon.share(1)};
  return each;
}

void expect_same(std::vector<PathYear> const& fast, plain::Path const& slow,
                 std::string const& what) {
  for (std::size_t t = 0; t < fast.size(); ++t) {
    SCOPED_TRACE(what + std::to_string(t));
    EXPECT_NEAR(fast[t].welfare, slow.welfare[t], 1e-7);
    EXPECT_NEAR(fast[t].home_share, slow.home_share[t], 1e-6);
    EXPECT_NEAR(fast[t].unit_cost, slow.unit_cost[t], 1e-6);
    EXPECT_NEAR(fast[t].quality, slow.quality[t], 1e-6);
    EXPECT_NEAR(fast[t].experience, slow.experience[t], 1e-6);
    EXPECT_NEAR(fast[t].exports, slow.exported[t], 1e-6);
  }
}

void compare(std::vector<Instrument> const& baseline, std::vector<Instrument> const& programme,
             plain::Year const& without, plain::Year const& with,
             void (*change)(CoupledCase&) = nullptr) {
  auto const world = small_world();
  auto fast = fast_case(world);
  if (change != nullptr) change(fast.technology);
  fast.baseline = baseline;
  fast.programme = programme;
  auto slow = plain_case(world, fast);
  auto const count = static_cast<std::size_t>(fast.years + fast.cut_off.years - 1);
  slow.without.assign(count, without);
  slow.with.assign(count, with);
  auto const curve = autonomy_curve(fast);
  ASSERT_TRUE(curve) << curve.error().what;
  auto const truth = plain::curve_of(slow);
  expect_same(curve->without, truth.without, "without ");
  expect_same(curve->with, truth.with, "with ");
  for (std::size_t t = 0; t < truth.cost.size(); ++t) {
    EXPECT_NEAR(curve->cost[t], truth.cost[t], 1e-7) << t;
    EXPECT_NEAR(curve->loss_without[t], truth.loss_without[t], 1e-6) << t;
    EXPECT_NEAR(curve->loss_with[t], truth.loss_with[t], 1e-6) << t;
    EXPECT_GT(truth.loss_without[t], 1e-3) << t;
  }
}

TEST(AutonomyPlain, AgreesWithSubsidiesAndResearch) {
  compare({},
          {{InstrumentKind::production_subsidy, 2000, 2100, 0.15},
           {InstrumentKind::research_subsidy, 2000, 2100, 0.5}},
          {}, {.production_subsidy = 0.15, .research = 1.5});
}

/// Makers abroad learn and cut their prices, and a missing tool holds quality at a step below the
/// frontier.
TEST(AutonomyPlain, AgreesWhereOthersLearnAndAToolIsMissing) {
  compare({}, {{InstrumentKind::purchase_subsidy, 2000, 2100, 0.2}}, {}, {.purchase_subsidy = 0.2},
          [](CoupledCase& each) {
            each.abroad = {.learning_rate = 0.25,
                           .floor = 0.3,
                           .years_of_experience = 2,
                           .spillover = 0.2,
                           .markup = 1,
                           .answer = 0.5};
            each.maker.ladder = {{"below", 0.6, {}}, {"frontier", 1, {"scanner"}}};
            each.start.tools = {{"scanner", 0, 0}, {"other", 1, 0}};
            each.maker.cost.tool_penalty = 0;
          });
}

/// Hurdles of investors differ, and a part of the cost of plants is paid for them.
TEST(AutonomyPlain, AgreesWhereInvestorsDifferAndPlantsAreSubsidised) {
  compare({},
          {{InstrumentKind::investment_subsidy, 2000, 2100, 0.4},
           {InstrumentKind::purchase_subsidy, 2000, 2100, 0.2}},
          {}, {.purchase_subsidy = 0.2, .investment_subsidy = 0.4},
          [](CoupledCase& each) { each.maker.capacity.hurdle_spread = 0.5; });
}

TEST(AutonomyPlain, AgreesWithMandatesRebatesAndTariffs) {
  compare({{InstrumentKind::tool_control, 2000, 2100, 0.3}},
          {{InstrumentKind::mandate, 2000, 2100, 0.3},
           {InstrumentKind::purchase_subsidy, 2000, 2100, 0.1},
           {InstrumentKind::discouragement, 2000, 2100, 0.2},
           {InstrumentKind::tariff, 2000, 2100, 0.1}},
          {.tool_access = 0.7},
          {.purchase_subsidy = 0.1,
           .tariff = 0.1,
           .mandate = 0.3,
           .discouragement = 0.2,
           .tool_access = 0.7});
}

}  // namespace
}  // namespace linchpin::localize
