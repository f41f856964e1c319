// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <array>
#include <cstdint>
#include <stdexcept>
#include <utility>
#include <vector>

#include "linchpin/disrupt/day_model.h"
#include "support/fixtures.h"

/// Who is served, when deliveries come, and what is rebuilt, on numbers that can be followed by
/// hand. H alone makes parts, 100 a year: 40, 30 and 10 go to the industries `good` of H, M and N,
/// 8 and 12 to final users of H and M.
namespace linchpin::disrupt {
namespace {

constexpr std::size_t part = 0, good_h = 1, good_m = 3, good_n = 5;
constexpr std::array<std::size_t, 3> buyers{good_h, good_m, good_n};

Economy parts() {
  DenseMatrix Z(6, 6), Y(6, 3);
  Z(part, good_h) = 40;
  Z(part, good_m) = 30;
  Z(part, good_n) = 10;
  Y(part, 0) = 8;
  Y(part, 1) = 12;
  Y(good_h, 0) = 150;
  Y(good_h, 1) = 50;
  Y(good_m, 1) = 150;
  Y(good_n, 2) = 100;
  auto economy = Economy::make(test::balanced_table(
      "parts", test::full_labels({"H", "M", "N"}, {"part", "good"}), std::move(Z), std::move(Y)));
  if (!economy) throw std::runtime_error(economy.error().what);
  return *std::move(economy);
}

/// Five days in stock, every input needed, nobody makes more than in the baseline.
ModelOptions plain_options(int days = 30) {
  ModelOptions options;
  options.production = Production::leontief;
  options.inventory_days = {5, 5};
  options.order_rule = OrderRule::fixed;
  options.overproduction_max = 1;
  options.days = days;
  return options;
}

DayModel model_of(Scenario const& scenario, ModelOptions const& options) {
  auto const economy = parts();
  auto baseline = make_baseline(economy);
  if (!baseline) throw std::runtime_error(baseline.error().what);
  return {economy, scenario, options, *std::move(baseline)};
}

Path path_of(Scenario const& scenario, ModelOptions const& options) {
  auto path = simulate(parts(), scenario, options);
  if (!path) throw std::runtime_error(path.error().what);
  return *std::move(path);
}

/// Parts that good_h, good_m, good_n and the final users of H and M got on the last of some days.
std::array<double, 5> deliveries(Scenario const& scenario, ModelOptions const& options, int days) {
  auto model = model_of(scenario, options);
  DenseMatrix before;
  for (int t = 0; t < days; ++t) {
    before = model.stock();
    if (!model.advance(t, {})) throw std::runtime_error("cancelled");
  }
  std::array<double, 5> result{};
  constexpr std::array<double, 3> base{40, 30, 10};
  for (std::size_t k = 0; k < 3; ++k) {
    auto const f = buyers[k];
    result[k] = base[k] * (model.stock()(0, f) - before(0, f) + model.output()[f]);
  }
  result[3] = model.delivered()(0, 0);
  result[4] = model.delivered()(0, 1);
  return result;
}

/// H's capacity to make parts falls by a share from a day on.
Scenario loss(double share, int from_day = 0) {
  return {.name = "loss",
          .capacity_losses = {{{IndustryId{part}}, {.share = share, .from_day = from_day}}}};
}

/// M's imports of parts stop on day 0.
Scenario stop() {
  Cut cut;
  cut.sellers = {RegionId{0}};
  cut.buyers = {RegionId{1}};
  cut.sectors = {SectorId{0}};
  return {.name = "stop", .cuts = {cut}};
}

void expect_deliveries(Rationing rationing, double lost, std::array<double, 5> const& expected) {
  auto options = plain_options();
  options.rationing = rationing;
  auto const got = deliveries(loss(lost), options, 1);
  for (std::size_t k = 0; k < expected.size(); ++k) {
    EXPECT_NEAR(got[k], expected[k], 1e-10)
        << to_string(rationing) << " " << lost << " client " << k;
  }
}

/// Day 0: all clients ask for what they buy in the baseline.
TEST(Rationing, SharesOutByHand) {
  expect_deliveries(Rationing::proportional, 0.5, {20, 15, 5, 4, 6});
  // 50 of the 80 that industries ask for, then 90: all of that, and 10 of 20 for final users.
  expect_deliveries(Rationing::intermediate_first, 0.5, {25, 18.75, 6.25, 0, 0});
  expect_deliveries(Rationing::intermediate_first, 0.1, {40, 30, 10, 4, 6});
  // 48 are asked for at home; the 2 left are shared by clients abroad, who want 52. Then 24 of 48.
  expect_deliveries(Rationing::domestic_first, 0.5, {40, 60.0 / 52, 20.0 / 52, 8, 24.0 / 52});
  expect_deliveries(Rationing::domestic_first, 0.76, {20, 0, 0, 4, 0});
  // In the order 40, 30, 12, 10, 8.
  expect_deliveries(Rationing::largest_first, 0.5, {40, 10, 0, 0, 0});
  expect_deliveries(Rationing::largest_first, 0.2, {40, 30, 0, 0, 10});
  // All orders are as large as in the baseline: level with each other, final users last.
  expect_deliveries(Rationing::smallest_relative_first, 0.5, {25, 18.75, 6.25, 0, 0});
  expect_deliveries(Rationing::smallest_relative_first, 0.1, {40, 30, 10, 4, 6});
}

/// The same world, in which 2 of the 8 parts of H's final users and 6 of M's 12 go to governments.
Economy governed_parts() {
  auto table = parts().table();
  table.labels.categories = {{"HH", "Final consumption of households", false},
                             {"GOV", "Final consumption of government", false}};
  DenseMatrix split(6, 6);
  for (std::size_t i = 0; i < 6; ++i) {
    for (std::size_t r = 0; r < 3; ++r) split(i, 2 * r) = table.Y(i, r);
  }
  split(part, 0) = 6;
  split(part, 1) = 2;
  split(part, 2) = 6;
  split(part, 3) = 6;
  table.Y = std::move(split);
  return Economy::make(std::move(table)).value();
}

TEST(Rationing, GovernmentsComeFirst) {
  auto options = plain_options();
  options.rationing = Rationing::government_first;
  auto const on_day_0 = [&](double lost) {
    auto const economy = governed_parts();
    DayModel model(economy, loss(lost), options, make_baseline(economy).value());
    EXPECT_TRUE(model.advance(0, {}));
    return std::array{model.delivered()(0, 0), model.delivered()(0, 1), model.stock()(0, good_h)};
  };
  // 50 are made: 8 for governments, 42 for all others, who want 92.
  auto const half = on_day_0(0.5);
  EXPECT_NEAR(half[0], 2 + 6 * 42.0 / 92, 1e-10);
  EXPECT_NEAR(half[1], 6 + 6 * 42.0 / 92, 1e-10);
  EXPECT_NEAR(half[2], 4 + 42.0 / 92, 1e-10);
  // 4 are made: half of what governments want, and nothing for anybody else.
  auto const little = on_day_0(0.96);
  EXPECT_NEAR(little[0], 1, 1e-10);
  EXPECT_NEAR(little[1], 3, 1e-10);
  EXPECT_NEAR(little[2], 4, 1e-10);
  EXPECT_EQ(on_day_0(0)[1], 12.0);
}

/// Without a category of governments nobody can be served first: said, not passed over.
TEST(Rationing, GovernmentsMustBeKnown) {
  auto options = plain_options();
  options.rationing = Rationing::government_first;
  auto const path = simulate(parts(), loss(0.5), options);
  ASSERT_FALSE(path);
  EXPECT_EQ(path.error().code, ErrorCode::missing_value);
}

/// Alone or beside other runs: the same bits.
TEST(Rationing, GovernmentsComeFirstInBlocks) {
  auto options = plain_options();
  options.rationing = Rationing::government_first;
  auto const economy = governed_parts();
  auto const half = loss(0.5), third = loss(0.3);
  std::vector<disrupt::Run> const runs{{&half, &options}, {&third, &options}, {&half, &options}};
  auto const block = simulate_block(economy, runs).value();
  auto const alone = simulate_block(economy, {runs[0]}).value();
  for (std::size_t r = 0; r < 3; ++r) {
    for (std::size_t t = 0; t < 30; ++t) {
      EXPECT_EQ(block[0]->region_output(r, t), alone[0]->region_output(r, t));
      EXPECT_EQ(block[0]->region_final_use(r, t), alone[0]->region_final_use(r, t));
      EXPECT_EQ(block[2]->region_final_use(r, t), block[0]->region_final_use(r, t));
    }
  }
}

/// Demand for good_m doubles on day 0, so that on day 1 it orders 60, twice its purchases.
TEST(Rationing, SmallestRelativeOrdersComeFirst) {
  auto const ordered_twice = [](double lost) {
    auto scenario = loss(lost, 1);
    scenario.demand_shifts.push_back({.regions = {RegionId{1}},
                                      .sectors = {SectorId{1}},
                                      .rises = true,
                                      .course = {.share = 1, .from_day = 0, .to_day = 1}});
    return scenario;
  };
  auto options = plain_options();
  options.order_base = OrderBase::demand;
  options.rationing = Rationing::smallest_relative_first;
  // Demand for good_h rises by M's 50 of 200: it orders 50. Orders over purchases are 1.25, 2
  // and 1. Of 95, level 1 takes 80 and contents good_n; the other 15 lift 40 and 30 by 15/70
  // to 1.2143.
  auto got = deliveries(ordered_twice(0.05), options, 2);
  double const level = 1 + 15.0 / 70;
  EXPECT_NEAR(got[0], 40 * level, 1e-10);
  EXPECT_NEAR(got[1], 30 * level, 1e-10);
  EXPECT_NEAR(got[2], 10, 1e-10);
  EXPECT_NEAR(got[3] + got[4], 0, 1e-10);
  // Of 100, good_h is content at 1.25 with 50, and good_m takes the other 40.
  got = deliveries(ordered_twice(0), options, 2);
  EXPECT_NEAR(got[0], 50, 1e-10);
  EXPECT_NEAR(got[1], 40, 1e-10);
  EXPECT_NEAR(got[2], 10, 1e-10);
  // In proportion to orders of 50, 60, 10, 8 and 12.
  options.rationing = Rationing::proportional;
  got = deliveries(ordered_twice(0.3), options, 2);
  EXPECT_NEAR(got[0], 25, 1e-10);
  EXPECT_NEAR(got[1], 30, 1e-10);
  EXPECT_NEAR(got[4], 6, 1e-10);
}

/// In whatever order, all clients but one get everything or nothing, and the order changes.
TEST(Rationing, RandomServesInFullInAnOrderDrawnAnew) {
  constexpr std::array<double, 5> base{40, 30, 10, 8, 12};
  std::size_t firsts = 0;
  for (std::uint64_t seed = 0; seed < 40; ++seed) {
    auto options = plain_options();
    options.rationing = Rationing::random;
    options.rationing_seed = seed;
    auto const got = deliveries(loss(0.5), options, 1);
    double sum = 0;
    int in_part = 0;
    for (std::size_t k = 0; k < base.size(); ++k) {
      sum += got[k];
      if (got[k] > 1e-10 && got[k] < base[k] - 1e-10) ++in_part;
    }
    EXPECT_NEAR(sum, 50, 1e-10) << "seed " << seed;
    EXPECT_LE(in_part, 1) << "seed " << seed;
    firsts += got[0] > 40 - 1e-10 ? 1 : 0;
  }
  EXPECT_GT(firsts, 5U);
  EXPECT_LT(firsts, 35U);
}

/// Five days of stock last until the morning of day 5; what is under way adds its days.
TEST(Delays, ShiftTheFirstShortage) {
  for (int const under_way : {0, 1, 3, 7}) {
    auto options = plain_options();
    options.delays = {{RegionId{0}, RegionId{1}, under_way}};
    auto const path = path_of(stop(), options);
    ASSERT_EQ(path.shortages.size(), 1U) << under_way;
    EXPECT_EQ(path.shortages[0].industry.index(), good_m);
    EXPECT_EQ(path.shortages[0].first_day, 5 + under_way);
    // Final users have no stock: they get what is under way, then nothing.
    for (std::size_t t = 0; t < 10; ++t) {
      double const expected = static_cast<int>(t) < under_way ? 1.0 : 0.0;
      EXPECT_EQ(path.final_use_relative(1 * 2 + 0, t), expected) << under_way << " day " << t;
    }
  }
}

/// Clients who are served in an order wait for their deliveries like all others: in the first days
/// after the loss final users get what was sent before it.
TEST(Delays, HoldForClientsServedInAnOrder) {
  for (auto const rationing :
       {Rationing::largest_first, Rationing::smallest_relative_first, Rationing::random}) {
    auto options = plain_options();
    options.rationing = rationing;
    options.delays = {{RegionId{0}, RegionId{1}, 3}};
    auto const path = path_of(loss(1), options);
    for (std::size_t t = 0; t < 6; ++t) {
      EXPECT_EQ(path.final_use_relative(1 * 2 + 0, t), t < 3 ? 1.0 : 0.0)
          << to_string(rationing) << " day " << t;
    }
    auto const mild = path_of(loss(0.05), options);
    for (double const share : mild.final_use_relative.values()) {
      EXPECT_LE(share, 1 + 1e-12) << to_string(rationing);
    }
  }
}

/// A reserve of seven days adds seven days; released by halves it lets the stock fall by half a day
/// a day, until less than a day's use is left on day 9.
TEST(Reserves, CoverTheirDays) {
  auto const with_reserve = [](double release) {
    auto scenario = stop();
    scenario.reserves.push_back({RegionId{1}, SectorId{0}, 7, release, 0});
    return scenario;
  };
  auto path = path_of(with_reserve(1), plain_options());
  ASSERT_EQ(path.shortages.size(), 1U);
  EXPECT_EQ(path.shortages[0].first_day, 5 + 7);
  ASSERT_EQ(path.reserves_left.size(), 1U);
  EXPECT_NEAR(path.reserves_left[0], 0, 1e-12);
  path = path_of(with_reserve(0.5), plain_options());
  ASSERT_EQ(path.shortages.size(), 1U);
  EXPECT_EQ(path.shortages[0].first_day, 9);
  auto const unused =
      path_of({.name = "quiet", .reserves = with_reserve(1).reserves}, plain_options());
  EXPECT_EQ(unused.reserves_left[0], 7.0);
}

/// good_m loses a twentieth of its capital of 4 · 120 on day 10. Orders for rebuilding start at
/// 365 · 24 / 60 = 146 a year, three quarters of which go to good_m and a quarter to good_h, as M's
/// final users buy goods; from there on they only fall, by the share of the day that was delivered.
TEST(Rebuilding, NeverExceedsItsFirstDay) {
  auto options = plain_options(800);
  options.overproduction_max = 1.25;
  options.tau_overproduction_days = 30;
  Scenario scenario{.name = "quake"};
  scenario.capital_losses.push_back({{IndustryId{good_m}}, 0.05, 10, 60, {SectorId{1}}, {}});
  auto model = model_of(scenario, options);
  double before = 0;
  double delivered = 0;
  for (int t = 0; t < options.days; ++t) {
    ASSERT_TRUE(model.advance(t, {}));
    double const ordered = model.demand()[good_h] - 200;
    if (t < 10) {
      EXPECT_EQ(ordered, 0.0) << "day " << t;
      EXPECT_EQ(model.output()[good_m], 1.0) << "day " << t;
    } else if (t == 10) {
      EXPECT_NEAR(ordered, 146.0 / 4, 1e-10);
      EXPECT_NEAR(model.demand()[good_m], 150 + 146 * 0.75, 1e-10);
      EXPECT_NEAR(model.output()[good_m], 0.95, 1e-12);
    } else {
      EXPECT_NEAR(ordered, before * (1 - delivered / 60), 1e-10) << "day " << t;
      EXPECT_LE(ordered, before) << "day " << t;
    }
    before = ordered;
    delivered = 0.75 * 150 * model.output()[good_m] / model.demand()[good_m] +
                0.25 * 200 * model.output()[good_h] / model.demand()[good_h];
  }
  EXPECT_LT(before, 0.01 * 146 / 4);
  EXPECT_GT(before, 0);
  EXPECT_NEAR(model.output()[good_m], 1, 0.01);
}

}  // namespace
}  // namespace linchpin::disrupt
