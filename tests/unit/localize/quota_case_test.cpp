// SPDX-License-Identifier: Apache-2.0
#include "linchpin/localize/quota_case.h"

#include <gtest/gtest.h>

#include <cmath>
#include <optional>

namespace linchpin::localize {
namespace {

QuotaCase metal() {
  QuotaCase control;
  control.quota = {0.6, 0.6, 0.6, std::nullopt};
  control.others = 0.1;
  control.elasticity_now = 0.5;
  control.elasticity_later = 0.5;
  control.mines.lead_time = 1;
  control.mines.scrapping = 0;
  control.mines.utilisation = 1;
  control.mines.capital_cost = 1;
  return control;
}

TEST(QuotaCase, ThePriceClearsTheMarketByHand) {
  auto control = metal();
  control.mines.capital_cost = 1e6;  // nobody builds
  auto const path = quota_path(control);
  ASSERT_TRUE(path) << path.error().what;
  ASSERT_EQ(path->size(), 5U);
  // On offer are 0.6 x 0.9 + 0.1 = 0.64 of 1: p = 0.64^(-1/0.5).
  EXPECT_NEAR((*path)[1].price, std::pow(0.64, -2), 1e-9);
  EXPECT_NEAR((*path)[1].exports, 0.54, 1e-12);
  EXPECT_NEAR((*path)[1].others, 0.1, 1e-9);
  EXPECT_NEAR((*path)[1].import_share, 0.54 / 0.64, 1e-9);
  EXPECT_NEAR((*path)[0].mine_share, 1.8 / 1.9, 1e-12);
  EXPECT_DOUBLE_EQ((*path)[4].price, 1) << "no quota, no scarcity";
  EXPECT_NEAR((*path)[4].exports, 0.9, 1e-12);
}

TEST(QuotaCase, MinesElsewhereFillTheGapAfterTheirLeadTime) {
  auto const path = quota_path(metal());
  ASSERT_TRUE(path);
  EXPECT_GT((*path)[1].price, 2);
  // 1 - 0.54 - 0.1 = 0.36 were missing at the price before, ordered in year 1, there in year 2.
  EXPECT_NEAR((*path)[2].others, 0.46, 1e-9);
  EXPECT_NEAR((*path)[2].price, 1, 1e-9);
  auto dear = metal();
  dear.operating_cost = 1.2;
  auto const stands_still = quota_path(dear);
  ASSERT_TRUE(stands_still);
  EXPECT_NEAR((*stands_still)[2].price, 1.2, 1e-9) << "new mines sell at their cost at least";
  EXPECT_LT((*stands_still)[2].others, 0.46);
  EXPECT_NEAR((*stands_still)[4].others, 0.1, 1e-9) << "and close when exports are free";
}

TEST(QuotaCase, FullLeakageAndAWideQuotaChangeNothing) {
  auto leaky = metal();
  leaky.leakage = 1;
  auto wide = metal();
  wide.quota = {1.0, 2.0};
  for (auto const& control : {leaky, wide}) {
    auto const path = quota_path(control);
    ASSERT_TRUE(path);
    for (auto const& year : *path) {
      EXPECT_NEAR(year.price, 1, 1e-12);
      EXPECT_NEAR(year.import_share, 0.9, 1e-12);
    }
  }
}

TEST(QuotaCase, TighterQuotasAndMoreHoardingRaiseThePriceMoreElasticDemandLowersIt) {
  auto const peak = [](QuotaCase const& control) { return quota_path(control)->at(1).price; };
  auto tight = metal(), hoard = metal(), elastic = metal();
  tight.quota[0] = 0.4;
  hoard.stock_building = 0.2;
  elastic.elasticity_now = elastic.elasticity_later = 1;
  EXPECT_GT(peak(tight), peak(metal()));
  EXPECT_GT(peak(hoard), peak(metal()));
  EXPECT_LT(peak(elastic), peak(metal()));
  auto closed = metal();
  closed.quota[0] = 0;
  closed.others = 1e-3;
  EXPECT_TRUE(std::isfinite(peak(closed)));
}

TEST(QuotaCase, ReportsAllNumbersOutOfRange) {
  auto control = metal();
  control.leakage = 2;
  control.elasticity_later = 0.1;
  control.quota[0] = -1;
  auto const path = quota_path(control);
  ASSERT_FALSE(path);
  EXPECT_EQ(path.error().further.size() + 1, 3U);
}

}  // namespace
}  // namespace linchpin::localize
