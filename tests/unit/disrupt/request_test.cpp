// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <string>
#include <vector>

#include "linchpin/disrupt/model.h"
#include "support/fixtures.h"

namespace linchpin::disrupt {
namespace {

Economy two_sectors() {
  auto economy = Economy::make(test::miller_blair());
  if (!economy) throw std::runtime_error(economy.error().what);
  return *std::move(economy);
}

ModelOptions options_for_two() {
  ModelOptions options;
  options.inventory_days = {90, 90};
  options.days = 10;
  return options;
}

std::vector<std::string> places(Error const& error) {
  std::vector<std::string> result{error.where};
  for (auto const& each : error.further) result.push_back(each.where);
  return result;
}

TEST(Request, AllFaultsAtOnce) {
  auto options = options_for_two();
  options.psi = 1.5;
  options.inventory_days = {0, std::numeric_limits<double>::infinity()};
  options.tau_inventory_days = 0.5;
  options.tau_overproduction_days = std::nan("");
  options.overproduction_max = 0.9;
  options.days = 0;
  options.recovery_threshold = 0;
  Scenario scenario;
  Cut cut;
  cut.course = {.share = 1.2, .from_day = 5, .to_day = 5, .ramp_days = -1};
  scenario.cuts = {cut};
  scenario.capacity_losses = {{{IndustryId{0}}, {.share = 0.5, .from_day = -1}}};
  auto const path = simulate(two_sectors(), scenario, options);
  ASSERT_FALSE(path);
  EXPECT_EQ(path.error().code, ErrorCode::bad_value);
  EXPECT_EQ(places(path.error()),
            (std::vector<std::string>{"psi", "tau_inventory_days", "tau_overproduction_days",
                                      "overproduction_max", "recovery_threshold", "days",
                                      "inventory_days of 1", "cut 1", "cut 1", "cut 1",
                                      "capacity loss 1"}));
}

TEST(Request, InventoriesOfTheWrongLength) {
  auto options = options_for_two();
  options.inventory_days = {90};
  auto const path = simulate(two_sectors(), {}, options);
  ASSERT_FALSE(path);
  EXPECT_EQ(path.error().code, ErrorCode::size_mismatch);
  EXPECT_EQ(path.error().what, "1 values for 2 sectors");
}

TEST(Request, CanBeCancelled) {
  RunControl control;
  control.progress = [&](std::string_view, std::size_t done, std::size_t) {
    if (done == 4) control.cancel.cancel();
  };
  auto const path = simulate(two_sectors(), {}, options_for_two(), control);
  ASSERT_FALSE(path);
  EXPECT_EQ(path.error().code, ErrorCode::cancelled);
  EXPECT_EQ(path.error().what, "stopped before day 4");
}

TEST(Request, ReportsProgressOncePerDay) {
  std::vector<std::size_t> seen;
  RunControl control;
  control.progress = [&](std::string_view what, std::size_t done, std::size_t total) {
    EXPECT_EQ(what, "simulate");
    EXPECT_EQ(total, 10U);
    seen.push_back(done);
  };
  ASSERT_TRUE(simulate(two_sectors(), {}, options_for_two(), control));
  EXPECT_EQ(seen, (std::vector<std::size_t>{1, 2, 3, 4, 5, 6, 7, 8, 9, 10}));
}

TEST(Request, DefaultInventoriesFollowTheKindOfSector) {
  auto labels = test::full_labels({"ONE"}, {"goods", "services"});
  labels.sectors[1].service = true;
  auto const space = IndustrySpace::make(labels);
  ASSERT_TRUE(space);
  EXPECT_EQ(default_inventory_days(*space), (DenseVector{90, 3}));
  EXPECT_EQ(default_inventory_days(*space, 45, 1.5), (DenseVector{45, 1.5}));
}

/// A flow beyond the largest double: said, with day and industry, instead of passed on.
TEST(Request, NotFiniteIsSaid) {
  auto table =
      test::balanced_table("huge", test::full_labels({"ONE"}, {"1", "2"}),
                           test::matrix({{0, 1e308}, {0, 0}}), test::matrix({{1}, {1.5e308}}));
  auto const economy = Economy::make(std::move(table));
  ASSERT_TRUE(economy) << economy.error().what;
  auto options = options_for_two();
  options.days = 400;
  options.inventory_days = {90, 90};
  options.tau_inventory_days = 1;
  // Half the capacity for a while: the gap in stocks makes orders of many times the base flow.
  Scenario const scenario{
      "loss", {}, {{{IndustryId{0}}, {.share = 0.9, .from_day = 0, .to_day = 60}}}};
  auto const path = simulate(*economy, scenario, options);
  ASSERT_FALSE(path);
  EXPECT_EQ(path.error().code, ErrorCode::not_finite);
  EXPECT_EQ(path.error().where, "ONE:1");
  EXPECT_NE(path.error().what.find("on day "), std::string::npos);
}

}  // namespace
}  // namespace linchpin::disrupt
