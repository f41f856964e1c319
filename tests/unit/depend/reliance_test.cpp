// SPDX-License-Identifier: Apache-2.0
#include "linchpin/depend/reliance.h"

#include <gtest/gtest.h>

#include <array>
#include <numeric>

#include "support/fixtures.h"
#include "support/random_economy.h"

namespace linchpin::depend {
namespace {

LeontiefSystem leather() {
  return LeontiefSystem::make(Economy::make(test::leather()).value()).value();
}

BuyerAccount account_of(LeontiefSystem const& system, char const* industry) {
  auto const id = system.economy().space().find_industry(industry, "test").value();
  return buyer_account(system, {system.economy().space().region_of(id), id}).value();
}

/// Six decimals from an independent computation on the leather table (ARG, TUR, DEU).
TEST(BuyerAccount, MatchesLeatherArg1) {
  auto const account = account_of(leather(), "ARG:1");
  std::array const face_value{0.249678, 0.018018, 0.059202};
  std::array const look_through{0.352278, 0.063007, 0.150116};
  std::array const value_added_origin{0.897448, 0.035131, 0.067420};
  ASSERT_EQ(account.by_region.size(), 3U);
  for (std::size_t r = 0; r < 3; ++r) {
    auto const& reliance = account.by_region[r];
    EXPECT_NEAR(reliance.face_value, face_value[r], 1e-6) << r;
    EXPECT_NEAR(reliance.look_through, look_through[r], 1e-6) << r;
    EXPECT_NEAR(reliance.hidden, look_through[r] - face_value[r], 1e-6) << r;
    EXPECT_NEAR(reliance.value_added_origin, value_added_origin[r], 1e-6) << r;
  }
}

/// Reliance of ARG:3 on DEU, six decimals, same source.
TEST(BuyerAccount, MatchesLeatherArg3) {
  auto const account = account_of(leather(), "ARG:3");
  EXPECT_NEAR(account.by_region[2].look_through, 0.477242, 1e-6);
  EXPECT_NEAR(account.by_region[2].face_value, 0.173684, 1e-6);
  EXPECT_NEAR(account.by_region[2].hidden, 0.303558, 1e-6);
}

/// By hand from the face values of ARG:1: total 0.326898, foreign 0.077220.
TEST(BuyerAccount, MeasuresConcentration) {
  auto const account = account_of(leather(), "ARG:1");
  auto const& face = account.face_value;
  double const hhi =
      (0.249678 * 0.249678 + 0.018018 * 0.018018 + 0.059202 * 0.059202) / (0.326898 * 0.326898);
  EXPECT_NEAR(face.hhi, hhi, 1e-5);
  EXPECT_NEAR(face.effective_suppliers, 1 / hhi, 1e-4);
  double const hhi_foreign = (0.018018 * 0.018018 + 0.059202 * 0.059202) / (0.077220 * 0.077220);
  EXPECT_NEAR(face.hhi_foreign.value(), hhi_foreign, 1e-5);
  EXPECT_NEAR(face.effective_suppliers_foreign.value(), 1 / hhi_foreign, 1e-4);
  EXPECT_EQ(face.largest_foreign, RegionId{2});
  EXPECT_NEAR(face.largest_foreign_share, 0.059202 / 0.077220, 1e-5);
  EXPECT_EQ(account.look_through.largest_foreign, RegionId{2});
  EXPECT_NEAR(account.look_through.largest_foreign_share, 0.150116 / (0.150116 + 0.063007), 1e-5);
}

TEST(BuyerAccount, HasNoForeignMeasureWithoutForeignSuppliers) {
  auto const system = LeontiefSystem::make(Economy::make(test::miller_blair()).value()).value();
  auto const account = buyer_account(system, {RegionId{0}}).value();
  EXPECT_DOUBLE_EQ(account.face_value.hhi, 1.0);
  EXPECT_DOUBLE_EQ(account.face_value.effective_suppliers, 1.0);
  EXPECT_FALSE(account.face_value.hhi_foreign.has_value());
  EXPECT_FALSE(account.face_value.effective_suppliers_foreign.has_value());
  EXPECT_FALSE(account.face_value.largest_foreign.has_value());
  EXPECT_EQ(account.face_value.largest_foreign_share, 0.0);
}

TEST(BuyerAccount, OfARegionIsTheOutputWeightedAverage) {
  auto const system = leather();
  auto const x = system.economy().output();
  auto const region = buyer_account(system, {RegionId{1}}).value();
  for (std::size_t r = 0; r < 3; ++r) {
    Reliance expected;
    double total = 0;
    for (std::size_t j = 3; j < 6; ++j) {
      auto const one = buyer_account(system, {RegionId{1}, IndustryId{j}}).value();
      double const weight = x[IndustryId{j}];
      total += weight;
      expected.face_value += weight * one.by_region[r].face_value;
      expected.look_through += weight * one.by_region[r].look_through;
      expected.value_added_origin += weight * one.by_region[r].value_added_origin;
    }
    EXPECT_NEAR(region.by_region[r].face_value, expected.face_value / total, 1e-14);
    EXPECT_NEAR(region.by_region[r].look_through, expected.look_through / total, 1e-14);
    EXPECT_NEAR(region.by_region[r].value_added_origin, expected.value_added_origin / total, 1e-14);
  }
}

TEST(BuyerAccount, RanksTheLargestSuppliers) {
  auto const system = leather();
  auto const all = buyer_account(system, {RegionId{0}}, {.top = 100}).value();
  ASSERT_EQ(all.largest_suppliers.size(), 9U);
  for (std::size_t k = 1; k < 9; ++k) {
    EXPECT_GE(all.by_industry[all.largest_suppliers[k - 1].index()].look_through,
              all.by_industry[all.largest_suppliers[k].index()].look_through);
  }
  auto const three = buyer_account(system, {RegionId{0}}, {.top = 3}).value();
  ASSERT_EQ(three.largest_suppliers.size(), 3U);
  EXPECT_TRUE(std::equal(three.largest_suppliers.begin(), three.largest_suppliers.end(),
                         all.largest_suppliers.begin()));
}

TEST(BuyerAccount, RefusesABuyerWithoutOutput) {
  auto const economy =
      test::random_economy({.regions = 3, .sectors = 4, .seed = Seed{5}, .zero_output = 3});
  auto const system = LeontiefSystem::make(economy).value();
  std::size_t idle = 0;
  while (economy.output()[IndustryId{idle}] != 0) ++idle;
  IndustryId const industry{idle};
  auto const account = buyer_account(system, {economy.space().region_of(industry), industry});
  ASSERT_FALSE(account.has_value());
  EXPECT_EQ(account.error().code, ErrorCode::missing_value);
  EXPECT_EQ(account.error().where, economy.space().label(industry));
}

}  // namespace
}  // namespace linchpin::depend
