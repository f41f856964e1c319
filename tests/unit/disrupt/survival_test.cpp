// SPDX-License-Identifier: Apache-2.0
#include "linchpin/disrupt/survival.h"

#include <gtest/gtest.h>

#include <stdexcept>

#include "support/fixtures.h"

namespace linchpin::disrupt {
namespace {

/// A sells 100 of parts a year to B's maker of goods, who makes 200; nobody else makes parts.
Economy chain() {
  DenseMatrix Z(4, 4), Y(4, 2);
  Z(0, 3) = 100;
  Y(0, 0) = 10;
  Y(3, 1) = 200;
  auto economy = Economy::make(test::balanced_table(
      "chain", test::full_labels({"A", "B"}, {"part", "good"}), std::move(Z), std::move(Y)));
  if (!economy) throw std::runtime_error(economy.error().what);
  return *std::move(economy);
}

Scenario cut_from(int day) {
  Cut cut;
  cut.sellers = {RegionId{0}};
  cut.buyers = {RegionId{1}};
  cut.course = {.share = 1, .from_day = day};
  return {"cut", {cut}};
}

ModelOptions options_of(int days) {
  ModelOptions options;
  options.production = Production::leontief;
  options.order_rule = OrderRule::fixed;
  options.inventory_days = {20, 20};
  options.days = days;
  return options;
}

/// Nothing arrives from day 0 on: 20 days of stock serve days 0 to 19, day 20 lacks; 30 days need 30.
TEST(Survival, CountsTheDaysThatStocksLast) {
  auto const found = survival(chain(), cut_from(0), options_of(30), RegionId{1}, {SectorId{0}});
  ASSERT_TRUE(found) << found.error().what;
  EXPECT_EQ(found->front().first_shortage_day, 20);
  EXPECT_EQ(found->front().days_needed, 30);
}

/// Deliveries of 5 days come first, so 25 days of stock are enough for 30.
TEST(Survival, ALaterCutNeedsLess) {
  auto const found = survival(chain(), cut_from(5), options_of(30), RegionId{1}, {SectorId{0}});
  ASSERT_TRUE(found) << found.error().what;
  EXPECT_EQ(found->front().first_shortage_day, 25);
  EXPECT_EQ(found->front().days_needed, 25);
}

TEST(Survival, OneDayIsEnoughWhereNothingIsCut) {
  auto const found = survival(chain(), {}, options_of(30), RegionId{1}, {SectorId{0}});
  ASSERT_TRUE(found) << found.error().what;
  EXPECT_FALSE(found->front().first_shortage_day);
  EXPECT_EQ(found->front().days_needed, 1);
}

/// With psi = 1 any fall of a stock below its target slows output: no stock is long enough.
TEST(Survival, SaysWhenNoStockIsLongEnough) {
  auto options = options_of(30);
  options.production = Production::ario;
  options.psi = 1;
  auto const found = survival(chain(), cut_from(0), options, RegionId{1}, {SectorId{0}});
  ASSERT_TRUE(found) << found.error().what;
  EXPECT_FALSE(found->front().days_needed);
}

}  // namespace
}  // namespace linchpin::disrupt
