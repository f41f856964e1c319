// SPDX-License-Identifier: Apache-2.0
#include "linchpin/localize/adoption.h"

#include <gtest/gtest.h>

#include <cmath>

namespace linchpin::localize {
namespace {

Offer home(double price, double quality) { return {.price = price, .quality = quality}; }
Offer abroad(double price, double quality) {
  return {.price = price, .quality = quality, .foreign = true};
}

TEST(Thresholds, AreABetaDistribution) {
  Thresholds const thresholds{2, 2, 0, 1};
  EXPECT_NEAR(thresholds.addressable(0.5), 0.5, 1e-14);
  EXPECT_NEAR(thresholds.addressable(0.25), 3 * 0.0625 - 2 * 0.015625, 1e-14);
  EXPECT_DOUBLE_EQ(thresholds.addressable(-1), 0);
  EXPECT_DOUBLE_EQ(thresholds.addressable(1), 1);
  EXPECT_NEAR((Thresholds{1, 1, 2, 4}.addressable(2.5)), 0.25, 1e-14);
}

TEST(Adoption, IsALogitAmongEquals) {
  Choice choice;
  choice.price_coefficient = 4;
  choice.quality_coefficient = 0;
  auto const found = adopt(choice, std::vector{home(1.1, 1), abroad(1, 1)});
  auto const weight = std::pow(1.1, -4.0);
  EXPECT_NEAR(found.home, weight / (1 + weight), 1e-14);
  EXPECT_NEAR(found.home + found.foreign, 1, 1e-14);
  EXPECT_DOUBLE_EQ(found.unmet, 0);
}

TEST(Adoption, ThePoorerOfferReachesOnlyWhomItIsGoodEnoughFor) {
  Choice choice;
  choice.quality_coefficient = 0;
  auto const found = adopt(choice, std::vector{home(1, 0.5), abroad(1, 0.9)});
  auto const both = choice.thresholds.addressable(0.5);
  auto const best = choice.thresholds.addressable(0.9);
  EXPECT_NEAR(found.home, both / 2, 1e-14);
  EXPECT_NEAR(found.foreign, best - both / 2, 1e-14);
  EXPECT_NEAR(found.unmet, 1 - best, 1e-14);
}

/// The limit η → ∞: the cheapest that qualifies takes all.
TEST(Adoption, TheCheapestTakesAllInTheLimit) {
  Choice choice;
  choice.price_coefficient = 1e7;
  auto const found = adopt(choice, std::vector{home(0.999, 0.5), abroad(1, 2)});
  EXPECT_NEAR(found.home, choice.thresholds.addressable(0.5), 1e-12);
  EXPECT_NEAR(found.foreign, 1 - choice.thresholds.addressable(0.5), 1e-12);
}

/// Foreign offers banned: everybody who is content with home goods buys them, the rest goes
/// without.
TEST(Adoption, ABanLeavesHomeAloneAmongTheQualifying) {
  Choice const choice;
  auto foreign = abroad(1, 1);
  foreign.access = 0;
  auto const found = adopt(choice, std::vector{home(3, 0.4), foreign});
  EXPECT_NEAR(found.home_among_served(), 1, 1e-14);
  EXPECT_NEAR(found.unmet, 1 - choice.thresholds.addressable(0.4), 1e-14);
  EXPECT_DOUBLE_EQ(found.foreign, 0);
}

TEST(Adoption, AccessIsMonotoneAndItsEndsAreExact) {
  Choice const choice;
  double before = -1;
  for (double const access : {0.0, 0.2, 0.5, 0.9, 1.0}) {
    auto foreign = abroad(1, 1);
    foreign.access = access;
    auto const found = adopt(choice, std::vector{home(1.2, 0.7), foreign});
    EXPECT_GT(found.foreign, before);
    EXPECT_NEAR(found.home + found.foreign + found.unmet, 1, 1e-14);
    before = found.foreign;
  }
}

TEST(Adoption, MandatesBindWhereHomeIsGoodEnough) {
  Choice choice;
  choice.mandate = 1;
  auto const offers = std::vector{home(5, 0.5), abroad(1, 1)};
  auto const content = choice.thresholds.addressable(0.5);
  auto const waived = adopt(choice, offers);
  EXPECT_NEAR(waived.home, content, 1e-14);
  EXPECT_NEAR(waived.foreign, 1 - content, 1e-14);
  choice.mandate_without_waiver = true;
  auto const strict = adopt(choice, offers);
  EXPECT_NEAR(strict.unmet, 1 - content, 1e-14);
}

TEST(Adoption, FearAndDiscouragementWorkAsPricesDo) {
  Choice choice;
  auto const offers = std::vector{home(1, 1), abroad(1, 1)};
  choice.fear = fear_premium(0.1, 2);
  auto const afraid = adopt(choice, offers);
  EXPECT_NEAR(afraid.foreign / afraid.home, std::pow(1.2, -4.0), 1e-13);
  choice.fear = 0;
  choice.discouragement = 4 * std::log(1.2);
  auto const told = adopt(choice, offers);
  EXPECT_NEAR(told.foreign, afraid.foreign, 1e-13);
}

TEST(Adoption, AppealIsCalibratedToAnObservedShare) {
  Choice const choice;
  auto offers = std::vector{home(1.5, 0.8), abroad(1, 1)};
  auto const appeal = calibrated_appeal(choice, offers, 0, 0.3);
  ASSERT_TRUE(appeal) << appeal.error().what;
  offers[0].appeal = *appeal;
  EXPECT_NEAR(adopt(choice, offers).home, 0.3, 1e-12);
  auto const impossible = calibrated_appeal(choice, offers, 0, 0.99);
  ASSERT_FALSE(impossible);
  EXPECT_EQ(impossible.error().code, ErrorCode::bad_value);
}

TEST(Adoption, ChecksReportEverything) {
  Choice choice;
  choice.mandate = 2;
  choice.thresholds.alpha = 0;
  choice.thresholds.highest = -1;
  auto const result = check(choice, std::vector{home(0, 1)}, "x");
  ASSERT_FALSE(result);
  EXPECT_EQ(result.error().further.size() + 1, 4U);
  EXPECT_FALSE(check(Choice{}, {}, "x"));
}

}  // namespace
}  // namespace linchpin::localize
