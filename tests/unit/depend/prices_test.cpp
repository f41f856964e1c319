// SPDX-License-Identifier: Apache-2.0
#include "linchpin/depend/prices.h"

#include <gtest/gtest.h>

#include <limits>
#include <utility>

#include "support/fixtures.h"
#include "support/random_economy.h"

namespace linchpin::depend {
namespace {

LeontiefSystem system_of(Table table) {
  return LeontiefSystem::make(Economy::make(std::move(table)).value()).value();
}

/// Value added of industry 1 costs 10 % more: prices (1.08151815, 1.02145215).
/// Source: Miller & Blair (2009), table of chapter 2; eight decimals, independent computation.
TEST(Prices, CostPushMatchesMillerAndBlair) {
  auto const system = system_of(test::miller_blair());
  double const added[]{0.1 * 0.65, 0.0};
  auto const price = cost_push(system, added);
  EXPECT_NEAR(1 + price[0], 1.08151815, 1e-8);
  EXPECT_NEAR(1 + price[1], 1.02145215, 1e-8);
}

/// By hand: with the price of 1 fixed at 1.1, dp_2 = 0.1 * 0.25 / (1 - 0.05).
TEST(Prices, FixedPriceOfOneIndustry) {
  auto const system = system_of(test::miller_blair());
  double const rise[]{0.1};
  auto const price = fixed_price_push(system, {IndustryId{0}}, rise);
  EXPECT_EQ(price[0], 0.1);
  EXPECT_NEAR(price[1], 0.1 * 0.25 / 0.95, 1e-15);
}

/// If everything is 10 % dearer, every basket is: total = basket * 0.1.
TEST(Prices, EverythingDearerIsTheWholeBasket) {
  auto const system = system_of(test::leather());
  PriceQuestion question;
  for (std::size_t i = 0; i < system.size(); ++i) question.suppliers.emplace_back(i);
  auto const effect = price_effect(system, question).value();
  for (double const price : effect.price) EXPECT_NEAR(price, 0.1, 1e-15);
  ASSERT_EQ(effect.baskets.size(), 3U);
  for (auto const& basket : effect.baskets) {
    EXPECT_NEAR(basket.total, 0.1 * basket.basket, 1e-12);
    EXPECT_NEAR(basket.direct, basket.total, 1e-12);
  }
  EXPECT_NEAR(effect.baskets[0].basket, 108.5, 1e-12);  // sum of Argentina's column of final demand
}

/// By hand. A delivers 10 to B's industry and 4 to B's households, which also buy B's 100. A makes
/// 14 from nothing; B makes 100. At B's border 10 % dearer: B's costs rise by 0.1 * 10 / 100 =
/// 0.01, B's households pay 0.4 + 0.01 * 100 = 1.4.
TEST(Prices, DearerAtTheBorder) {
  auto const system = system_of(test::balanced_table("t", test::full_labels({"A", "B"}, {"p"}),
                                                     test::matrix({{0, 10}, {0, 0}}),
                                                     test::matrix({{0, 4}, {0, 100}})));
  auto const effect =
      price_effect(system, {.suppliers = {IndustryId{0}}, .buyers = {RegionId{1}}}).value();
  EXPECT_EQ(effect.price[0], 0.0);
  EXPECT_NEAR(effect.price[1], 0.01, 1e-16);
  EXPECT_NEAR(effect.direct[1], 0.01, 1e-16);
  EXPECT_EQ(effect.baskets[0].total, 0.0);
  EXPECT_NEAR(effect.baskets[1].direct, 0.4, 1e-15);
  EXPECT_NEAR(effect.baskets[1].total, 1.4, 1e-14);
  EXPECT_NEAR(effect.baskets[1].basket, 104, 1e-12);
  // A sells nothing else, so everywhere is the same for B.
  auto const everywhere = price_effect(system, {.suppliers = {IndustryId{0}}}).value();
  EXPECT_NEAR(everywhere.baskets[1].total, 1.4, 1e-14);
  EXPECT_EQ(everywhere.price[0], 0.1);
}

TEST(Prices, RefuseBadQuestions) {
  auto const system = system_of(test::leather());
  IndustryId const a{0};
  auto const code_of = [&](PriceQuestion const& question) {
    auto const effect = price_effect(system, question);
    EXPECT_FALSE(effect.has_value());
    return effect ? ErrorCode::internal : effect.error().code;
  };
  EXPECT_EQ(code_of({}), ErrorCode::missing_value);
  EXPECT_EQ(code_of({.suppliers = {a, a}}), ErrorCode::bad_value);
  EXPECT_EQ(code_of({.suppliers = {a}, .buyers = {RegionId{0}}}), ErrorCode::bad_value);
  for (double const rise : {-1.0, -3.0, std::numeric_limits<double>::infinity(),
                            std::numeric_limits<double>::quiet_NaN()}) {
    EXPECT_EQ(code_of({.suppliers = {a}, .rise = rise}), ErrorCode::bad_value);
  }
  auto const economy =
      test::random_economy({.regions = 3, .sectors = 4, .seed = Seed{5}, .zero_output = 3});
  auto const holes = LeontiefSystem::make(economy).value();
  for (std::size_t i = 0; i < economy.size(); ++i) {
    if (economy.output()[IndustryId{i}] > 0) continue;
    EXPECT_EQ(price_effect(holes, {.suppliers = {IndustryId{i}}}).error().code,
              ErrorCode::missing_value);
  }
}

}  // namespace
}  // namespace linchpin::depend
