// SPDX-License-Identifier: Apache-2.0
#include "linchpin/economy/scenario.h"

#include <gtest/gtest.h>

#include "support/fixtures.h"

namespace linchpin {
namespace {

TEST(Course, ActsInsideItsWindowOnly) {
  Course const course{.share = 0.5, .from_day = 10, .to_day = 20};
  EXPECT_EQ(course.at(9), 0);
  EXPECT_EQ(course.at(10), 0.5);
  EXPECT_EQ(course.at(19), 0.5);
  EXPECT_EQ(course.at(20), 0);
}

TEST(Course, RisesLinearlyOverItsRamp) {
  Course const course{.share = 0.8, .from_day = 5, .ramp_days = 4};
  EXPECT_EQ(course.at(4), 0);
  EXPECT_DOUBLE_EQ(course.at(5), 0.2);
  EXPECT_DOUBLE_EQ(course.at(6), 0.4);
  EXPECT_DOUBLE_EQ(course.at(7), 0.6);
  EXPECT_DOUBLE_EQ(course.at(8), 0.8);
  EXPECT_DOUBLE_EQ(course.at(1'000'000), 0.8);
}

class Exemptions : public testing::Test {
 protected:
  // Industries: 0 A:1, 1 A:2, 2 B:1, 3 B:2.
  IndustrySpace space_ = IndustrySpace::make(test::full_labels({"A", "B"}, {"1", "2"})).value();
};

TEST_F(Exemptions, CoverDeliveriesToIndustries) {
  Exemption const exemption{.seller_industries = {IndustryId{0}}, .buyer_regions = {RegionId{1}}};
  EXPECT_TRUE(covers(exemption, space_, IndustryId{0}, IndustryId{2}));
  EXPECT_TRUE(covers(exemption, space_, IndustryId{0}, IndustryId{3}));
  EXPECT_FALSE(covers(exemption, space_, IndustryId{0}, IndustryId{1}));  // buyer in A
  EXPECT_FALSE(covers(exemption, space_, IndustryId{1}, IndustryId{2}));  // other seller
}

TEST_F(Exemptions, CoverFinalUseOfTheBuyersRegion) {
  Exemption const exemption{.seller_regions = {RegionId{0}}, .buyer_regions = {RegionId{1}}};
  EXPECT_TRUE(covers(exemption, space_, IndustryId{1}, RegionId{1}));
  EXPECT_FALSE(covers(exemption, space_, IndustryId{1}, RegionId{0}));
  EXPECT_FALSE(covers(exemption, space_, IndustryId{2}, RegionId{1}));
}

TEST_F(Exemptions, OfAnIndustryDoNotCoverFinalUse) {
  Exemption const exemption{.buyer_industries = {IndustryId{2}}};
  EXPECT_TRUE(covers(exemption, space_, IndustryId{0}, IndustryId{2}));
  EXPECT_FALSE(covers(exemption, space_, IndustryId{0}, RegionId{1}));
}

TEST_F(Exemptions, WithoutListsCoverEverything) {
  EXPECT_TRUE(covers(Exemption{}, space_, IndustryId{0}, IndustryId{3}));
  EXPECT_TRUE(covers(Exemption{}, space_, IndustryId{0}, RegionId{1}));
}

}  // namespace
}  // namespace linchpin
