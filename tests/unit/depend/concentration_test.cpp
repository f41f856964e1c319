// SPDX-License-Identifier: Apache-2.0
#include "linchpin/depend/concentration.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <array>
#include <limits>
#include <vector>

#include "support/table_fixtures.h"

namespace linchpin::depend {
namespace {

using ::testing::HasSubstr;

/// n equal suppliers: HHI = 1/n, by definition.
TEST(Herfindahl, OfEqualSuppliersIsOneByTheirNumber) {
  for (std::size_t n = 1; n <= 40; ++n) {
    std::vector<double> const equal(n, 7.5);
    EXPECT_NEAR(herfindahl(equal).value(), 1.0 / static_cast<double>(n), 1e-15) << n;
    EXPECT_NEAR(effective_suppliers(*herfindahl(equal)), static_cast<double>(n), 1e-12) << n;
  }
}

/// By hand: shares 0.5, 0.3, 0.2 give 0.25 + 0.09 + 0.04; Hirschman's index is 100 sqrt(0.38).
TEST(Herfindahl, OfUnequalSuppliers) {
  std::array const amounts{0.0, 50.0, 30.0, 0.0, 20.0};
  EXPECT_NEAR(herfindahl(amounts).value(), 0.38, 1e-15);
  EXPECT_NEAR(hirschman(0.38), 61.644140, 1e-6);
  EXPECT_DOUBLE_EQ(hirschman(1.0), 100.0);
  EXPECT_DOUBLE_EQ(hirschman(0.0), 0.0);
}

TEST(Herfindahl, IsEmptyWithoutAnyAmount) {
  EXPECT_FALSE(herfindahl({}).has_value());
  EXPECT_FALSE(herfindahl(std::array{0.0, 0.0}).has_value());
}

/// Squares of such amounts leave the range of a double; shares do not.
TEST(Herfindahl, HoldsForVeryLargeAndVerySmallAmounts) {
  EXPECT_NEAR(herfindahl(std::array{3e200, 1e200}).value(), 0.625, 1e-15);
  EXPECT_NEAR(herfindahl(std::array{3e-200, 1e-200}).value(), 0.625, 1e-15);
}

#if defined(LINCHPIN_CHECKED)
TEST(HerfindahlDeath, RefusesWhatIsNoAmount) {
  EXPECT_DEATH((void)herfindahl(std::array{1.0, -1.0}), "");
  EXPECT_DEATH((void)herfindahl(std::array{1.0, std::numeric_limits<double>::quiet_NaN()}), "");
  EXPECT_DEATH((void)effective_suppliers(0.0), "");
  EXPECT_DEATH((void)hirschman(1.5), "");
}
#endif

/// By hand: own 40, foreign 30, 10 and 20.
TEST(ConcentrationOf, SplitsForeignFromAll) {
  std::array const amounts{30.0, 40.0, 10.0, 20.0};
  auto const result = concentration_of(amounts, RegionId{1});
  EXPECT_NEAR(result.hhi, 0.09 + 0.16 + 0.01 + 0.04, 1e-15);
  EXPECT_NEAR(result.hhi_foreign.value(), (9.0 + 1.0 + 4.0) / 36.0, 1e-15);
  EXPECT_NEAR(result.effective_suppliers_foreign.value(), 36.0 / 14.0, 1e-13);
  EXPECT_EQ(result.largest_foreign, RegionId{0});
  EXPECT_DOUBLE_EQ(result.largest_foreign_share, 0.5);
  EXPECT_EQ(concentration_of(amounts, RegionId{0}).largest_foreign, RegionId{1});
  EXPECT_EQ(concentration_of(std::array{0.0, 5.0, 0.0}, RegionId{0}).largest_foreign, RegionId{1});
}

TEST(ConcentrationOf, NothingIsNothing) {
  auto const none = concentration_of(std::array{0.0, 0.0}, RegionId{0});
  EXPECT_EQ(none.hhi, 0.0);
  EXPECT_FALSE(none.hhi_foreign.has_value());
  EXPECT_FALSE(none.largest_foreign.has_value());
  auto const own = concentration_of(std::array{9.0, 0.0}, RegionId{0});
  EXPECT_EQ(own.hhi, 1.0);
  EXPECT_FALSE(own.hhi_foreign.has_value());
}

/// Imports 60, 25 and 15 of 160 purchases in all, 70 of own supply. By hand: CDI1 = 0.36 + 0.0625
/// + 0.0225, CDI2 = 100 / 160, CDI3 = 100 / 70. Thresholds: SWD(2021) 352.
TEST(ProductIndicators, MatchTheToyProduct) {
  std::array const imports{60.0, 25.0, 15.0}, world{90.0, 20.0, 10.0};
  auto const result = product_indicators({imports, 160, 70, world});
  EXPECT_DOUBLE_EQ(result.imports, 100);
  EXPECT_NEAR(result.cdi1.value(), 0.445, 1e-15);
  EXPECT_NEAR(result.cdi2.value(), 0.625, 1e-15);
  EXPECT_NEAR(result.cdi3.value(), 10.0 / 7.0, 1e-15);
  EXPECT_TRUE(result.concentrated && result.from_outside && result.irreplaceable);
  EXPECT_TRUE(result.critical);
  EXPECT_EQ(result.largest_origin, 0U);
  EXPECT_DOUBLE_EQ(result.largest_origin_share, 0.6);
  EXPECT_NEAR(result.world_hhi.value(), 0.5625 + 1.0 / 36 + 1.0 / 144, 1e-15);
  EXPECT_EQ(result.dominant_exporter, 0U);
  EXPECT_DOUBLE_EQ(result.dominant_share, 0.75);
  EXPECT_TRUE(result.single_point_of_failure);
}

/// At its threshold an index is not above it, and one of three is not enough.
TEST(ProductIndicators, ThresholdsAreStrictAndAllThreeCount) {
  std::array const imports{50.0, 50.0}, world{1.0, 1.0};
  auto const at = product_indicators({imports, 200, 100, world}, {.concentration = 0.5});
  EXPECT_FALSE(at.concentrated || at.from_outside || at.irreplaceable || at.critical);
  EXPECT_FALSE(at.single_point_of_failure) << "half of the market is not more than half";
  auto const above = product_indicators({imports, 199, 99, world}, {.concentration = 0.499});
  EXPECT_TRUE(above.critical);
  EXPECT_FALSE(product_indicators({imports, 199, 99, world}, {.concentration = 0.5}).critical);
  EXPECT_FALSE(product_indicators({imports, 200, 99, world}).critical);
  EXPECT_FALSE(product_indicators({imports, 199, 100, world}).critical);
}

TEST(ProductIndicators, DivisorsOfZeroAreEmptyAndSaid) {
  std::array const imports{8.0, 2.0}, none{0.0, 0.0};
  auto const nothing_at_home = product_indicators({imports, 10, 0, none});
  EXPECT_FALSE(nothing_at_home.cdi3.has_value());
  EXPECT_TRUE(nothing_at_home.irreplaceable) << "nothing at home could stand in";
  EXPECT_TRUE(nothing_at_home.critical);
  EXPECT_FALSE(nothing_at_home.world_hhi.has_value());
  EXPECT_FALSE(nothing_at_home.dominant_exporter.has_value());
  auto const not_imported = product_indicators({none, 10, 0, imports});
  EXPECT_FALSE(not_imported.cdi1.has_value());
  EXPECT_EQ(not_imported.cdi2.value(), 0.0);
  EXPECT_FALSE(not_imported.irreplaceable || not_imported.critical);
  EXPECT_FALSE(not_imported.single_point_of_failure) << "the buyer does not import it";
  EXPECT_FALSE(not_imported.largest_origin.has_value());
  EXPECT_FALSE(product_indicators({none, 0, 0, none}).cdi2.has_value());
}

/// A ratio beyond the range of a double is none; the flag stays.
TEST(ProductIndicators, NeverGiveAnInfiniteRatio) {
  std::array const imports{1e300}, world{0.0};
  auto const result = product_indicators({imports, 1e300, 1e-300, world});
  EXPECT_FALSE(result.cdi3.has_value());
  EXPECT_TRUE(result.irreplaceable);
}

/// By hand: a rest of world with 0.8 of imports is one supplier (0.64 + 0.04) or many (0.04); it
/// dominates the market, but is no single point.
TEST(ProductIndicators, ARestOfWorldIsNoSingleSupplier) {
  std::array const imports{8.0, 2.0}, world{9.0, 1.0};
  std::vector<bool> const rest{true, false}, none{false, false};
  auto const bounded = product_indicators({imports, 10, 0, world, &rest});
  EXPECT_NEAR(bounded.cdi1.value(), 0.68, 1e-15);
  EXPECT_NEAR(bounded.cdi1_least.value(), 0.04, 1e-15);
  EXPECT_FALSE(bounded.concentrated || bounded.critical || bounded.single_point_of_failure);
  EXPECT_TRUE(bounded.possibly_critical);
  EXPECT_EQ(bounded.dominant_exporter, 0U);
  auto const single = product_indicators({imports, 10, 0, world, &none});
  EXPECT_EQ(single.cdi1_least, single.cdi1);
  EXPECT_TRUE(single.critical && single.possibly_critical && single.single_point_of_failure);
  auto const second = product_indicators({imports, 10, 0, world, &rest}, {.world_dominance = 0.05});
  EXPECT_TRUE(second.single_point_of_failure) << "the other exporter is one country above 5 %";
}

/// Sums in another order can make imports exceed purchases by rounding; a share stays a share.
TEST(ProductIndicators, ShareFromOutsideNeverExceedsOne) {
  std::array const imports{0.1, 0.2, 0.3}, world{0.0, 0.0, 0.0};
  EXPECT_LE(product_indicators({imports, 0.6, 0, world}).cdi2.value(), 1.0);
}

TEST(CriticalThresholds, AllThatIsWrongIsSaidAtOnce) {
  EXPECT_TRUE(check({}));
  auto const result = check({.concentration = 1.5,
                             .outside_share = -0.1,
                             .substitution = std::numeric_limits<double>::infinity(),
                             .world_dominance = std::numeric_limits<double>::quiet_NaN()});
  ASSERT_FALSE(result);
  EXPECT_EQ(result.error().code, ErrorCode::bad_value);
  EXPECT_EQ(result.error().further.size(), 3U);
  EXPECT_THAT(test::text_of(result.error()), HasSubstr("CDI3"));
  EXPECT_TRUE(check({.substitution = 12})) << "CDI3 is a ratio, not a share";
}

}  // namespace
}  // namespace linchpin::depend
