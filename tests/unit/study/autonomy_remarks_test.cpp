// SPDX-License-Identifier: Apache-2.0
#include "linchpin/study/autonomy_remarks.h"

#include <gtest/gtest.h>

namespace linchpin::study {
namespace {

/// One region whose final users spend a hundredth on the technology, industry 1.
localize::CoupledCase technology() {
  localize::CoupledCase each;
  auto& base = each.base;
  base.grid = {1, 2};
  base.sectors = {"other", "line"};
  base.regions = {"A"};
  base.expenditure.assign(2 * base.grid.region_stride, 0);
  base.expenditure[base.grid.good(0, 0)] = 99;
  base.expenditure[base.grid.good(1, 0)] = 1;
  base.factor_income = {100};
  base.deficit = {0};
  each.line = 1;
  each.demand_growth = 0.1;
  return each;
}

TEST(AutonomyRemarks, SayWhereTheProgrammeHarms) {
  localize::AutonomyCurve curve;
  for (int t = 0; t < 4; ++t) {
    localize::PathYear year;
    year.year = 2025 + t;
    curve.with.push_back(year);
  }
  curve.loss_without = {0.004, 0.004, 0.004, 0.004};
  curve.loss_with = {0.004, 0.003, 0.005, 0.014};
  auto const remarks = curve_remarks(technology(), curve, "the sceptic's");
  ASSERT_EQ(remarks.size(), 2U);
  EXPECT_NE(remarks[0].find("starts in 2027–2028 dearer"), std::string::npos) << remarks[0];
  EXPECT_NE(remarks[0].find("1.4 % of real final use instead of 0.4 % in 2028"), std::string::npos)
      << remarks[0];
  // 1.1^3 of a hundredth is 0.0133.
  EXPECT_NE(remarks[1].find("starts in 2028 costs more than all"), std::string::npos) << remarks[1];
  curve.loss_with = {0.004, 0.003, 0.002, 0.001};
  EXPECT_TRUE(curve_remarks(technology(), curve, "the central").empty());
}

TEST(AutonomyRemarks, SayWhereTheFirstYearStarts) {
  auto each = technology();
  each.base.share.assign(2 * each.base.grid.region_stride, 0);
  each.base.share[each.base.grid.pair(1, 0, 0)] = 0.236;
  EXPECT_TRUE(base_remarks(each, 0.238).empty());
  auto const remarks = base_remarks(each, 0.25);
  ASSERT_EQ(remarks.size(), 1U);
  EXPECT_NE(remarks[0].find("starts at 23.6 %, where 25 % were given"), std::string::npos)
      << remarks[0];
}

}  // namespace
}  // namespace linchpin::study
