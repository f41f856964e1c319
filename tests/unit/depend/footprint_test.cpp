// SPDX-License-Identifier: Apache-2.0
#include "linchpin/depend/footprint.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "support/fixtures.h"

namespace linchpin::depend {
namespace {

using ::testing::HasSubstr;

/// Labour of Miller & Blair (2009), chapter 2: coefficients 0.30 and 0.25; final demand of 600 and
/// 1,500 needs 374.25742574 and 460.39603960 (eight decimals).
TEST(Footprints, LabourOfMillerAndBlair) {
  auto table = test::miller_blair();
  table.satellites.rows = {{"labour", "persons"}};
  table.satellites.F = test::matrix({{0.30 * 1000, 0.25 * 2000}});
  table.satellites.F_Y = DenseMatrix(1, table.labels.final_columns());
  auto const system = LeontiefSystem::make(Economy::make(std::move(table)).value()).value();
  auto const accounts = footprints(system).value();
  ASSERT_EQ(accounts.size(), 2U);
  EXPECT_EQ(accounts[0].label, "value added");
  EXPECT_EQ(accounts[1].label, "labour");
  EXPECT_EQ(accounts[1].unit, "persons");
  auto const& M = accounts[1].multiplier;
  EXPECT_NEAR(600 * M[0] + 1500 * M[1], 374.25742574 + 460.39603960, 2e-8);
  RegionId const all{0};
  EXPECT_NEAR(accounts[1].production_based(all), 800, 1e-10);  // 0.30 x 1,000 + 0.25 x 2,000
  EXPECT_NEAR(accounts[1].consumption_based(all), 800, 1e-10);
  EXPECT_EQ(accounts[1].imported(all), 0);
  EXPECT_EQ(accounts[1].exported(all), 0);
}

TEST(Footprints, WhatUsersCauseThemselvesIsAddedToBothSides) {
  auto table = test::leather();
  table.satellites.rows = {{"CO2", "kg"}};
  table.satellites.F = DenseMatrix(1, 9);
  table.satellites.F_Y = DenseMatrix(1, 3);
  table.satellites.F_Y(0, 1) = 7;
  auto const system = LeontiefSystem::make(Economy::make(std::move(table)).value()).value();
  auto const accounts = footprints(system).value();
  EXPECT_EQ(accounts[1].production_based(RegionId{1}), 7);
  EXPECT_EQ(accounts[1].consumption_based(RegionId{1}), 7);
  EXPECT_EQ(accounts[1].consumption_based(RegionId{0}), 0);
}

TEST(Footprints, AnAccountWithoutOutputHasNoIntensity) {
  DenseMatrix Z = test::matrix({{1, 0}, {0, 0}}), Y = test::matrix({{3}, {0}});
  auto table = test::balanced_table("hole", test::full_labels({"A"}, {"1", "2"}), std::move(Z),
                                    std::move(Y));
  table.satellites.rows = {{"CO2", "kg"}, {"land", "ha"}};
  table.satellites.F = test::matrix({{1, 2}, {0, 5}});
  table.satellites.F_Y = DenseMatrix(2, 1);
  auto const system = LeontiefSystem::make(Economy::make(std::move(table)).value()).value();
  auto const accounts = footprints(system);
  ASSERT_FALSE(accounts.has_value());
  EXPECT_EQ(accounts.error().code, ErrorCode::bad_value);
  EXPECT_THAT(accounts.error().what, HasSubstr("'CO2' has 2 kg"));
  EXPECT_EQ(accounts.error().where, "A:2");
  EXPECT_EQ(accounts.error().further.size(), 1U);
}

}  // namespace
}  // namespace linchpin::depend
