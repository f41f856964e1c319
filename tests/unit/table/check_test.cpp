// SPDX-License-Identifier: Apache-2.0
#include "linchpin/table/check.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <limits>

#include "linchpin/table/read.h"
#include "linchpin/table/spectral_bound.h"
#include "linchpin/table/totals.h"
#include "support/table_fixtures.h"

namespace linchpin {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;

Table good() { return test::random_table(3, 4, Rng(Seed{7}, 0)); }

std::vector<Finding> of_rule(Findings const& findings, std::string const& rule) {
  std::vector<Finding> result;
  for (auto const& finding : findings) {
    if (finding.rule == rule) result.push_back(finding);
  }
  return result;
}

/// The only finding of `rule`.
Finding only(Findings const& findings, std::string const& rule) {
  auto const found = of_rule(findings, rule);
  EXPECT_EQ(found.size(), 1U) << rule;
  return found.empty() ? Finding{} : found.front();
}

TEST(CheckTable, BalancedTableHasNoFindings) {
  EXPECT_THAT(check_table(good()), IsEmpty());
  for (auto const* name : {"miller_blair.csv", "leather.csv"}) {
    auto const table = read_table(std::string{LINCHPIN_TEST_CASES "/table/"} + name);
    ASSERT_TRUE(table);
    EXPECT_THAT(check_table(*table), IsEmpty()) << name;
  }
}

TEST(CheckTable, Shape) {
  auto table = good();
  table.Y = DenseMatrix(2, 2);
  table.output.clear();
  auto const findings = check_table(table);
  EXPECT_EQ(of_rule(findings, "table_shape").size(), 2U);
  EXPECT_TRUE(has_errors(findings));
  EXPECT_TRUE(has_errors(check_table(Table{})));
}

TEST(CheckTable, Labels) {
  auto table = good();
  table.labels.regions[1].label = table.labels.regions[0].label;
  table.labels.regions[2].label = "X:Y";
  table.labels.sectors[0].label = "";
  table.labels.sectors[1].label = "a\tb";
  table.labels.value_added_rows[0] = "";
  table.labels.industries[1] = table.labels.industries[0];
  std::swap(table.labels.industries[3], table.labels.industries[4]);
  auto const findings = check_table(table);
  auto const regions = of_rule(findings, "region_labels");
  ASSERT_EQ(regions.size(), 2U);
  EXPECT_THAT(regions[0].what, HasSubstr("'R0' appears twice"));
  EXPECT_THAT(regions[1].what, HasSubstr("holds a ':'"));
  EXPECT_EQ(of_rule(findings, "sector_labels").size(), 2U);
  EXPECT_EQ(of_rule(findings, "value_added_labels").size(), 1U);
  EXPECT_EQ(of_rule(findings, "industry_labels").size(), 2U);
  for (auto const& finding : regions) EXPECT_EQ(finding.severity, Severity::error);
}

TEST(CheckTable, NotFiniteNamesEveryCellAndHoldsNoNan) {
  auto table = good();
  table.Z(1, 2) = std::nan("");
  table.Y(0, 3) = std::numeric_limits<double>::infinity();
  table.value_added(0, 5) = std::nan("");
  table.output[7] = -std::numeric_limits<double>::infinity();
  auto const found = of_rule(check_table(table), "not_finite");
  ASSERT_EQ(found.size(), 4U);
  EXPECT_EQ(found[0].where, "R0:S1 -> R0:S2");
  EXPECT_EQ(found[1].where, "R0:S0 -> R1:INV");
  EXPECT_EQ(found[2].where, "value added of R1:S1");
  EXPECT_EQ(found[3].where, "output of R1:S3");
  for (auto const& finding : found) {
    EXPECT_EQ(finding.severity, Severity::error);
    EXPECT_TRUE(std::isfinite(finding.value));
  }
}

TEST(CheckTable, NegativeFlow) {
  auto table = good();
  table.Z(2, 9) = -3;
  auto const found = only(check_table(table), "negative_intermediate");
  EXPECT_EQ(found.where, "R0:S2 -> R2:S1");
  EXPECT_EQ(found.value, -3);
  EXPECT_EQ(found.severity, Severity::error);
}

TEST(CheckTable, ManyFindingsOfOneKindAreCountedNotDropped) {
  auto table = good();
  for (double& cell : table.Z.values()) cell = -1;
  auto const found = of_rule(check_table(table, {.most_per_rule = 5}), "negative_intermediate");
  ASSERT_EQ(found.size(), 6U);
  EXPECT_EQ(found.back().value, 12 * 12 - 5);
  EXPECT_EQ(found.back().what, "and 139 more of the same kind");
  EXPECT_EQ(found.back().severity, Severity::error);
}

TEST(CheckTable, RowAgainstOutputAndColumnPrintGapAndTolerance) {
  auto table = good();
  table.output[4] *= 1.5;
  auto findings = check_table(table);
  auto found = only(findings, "row_output_balance");
  EXPECT_EQ(found.where, "R1:S0");
  EXPECT_NEAR(found.value, -table.output[4] / 3, 1e-9 * table.output[4]);
  EXPECT_THAT(found.what, HasSubstr("tolerance"));
  EXPECT_THAT(of_rule(findings, "row_column_balance"), IsEmpty());

  table = good();
  table.value_added(0, 6) += 0.02 * table.output[6];
  findings = check_table(table);
  found = only(findings, "row_column_balance");
  EXPECT_EQ(found.where, "R1:S2");
  EXPECT_NEAR(found.value, -0.02 * table.output[6], 1e-9 * table.output[6]);
  EXPECT_EQ(found.severity, Severity::error);
}

TEST(CheckTable, RoundingIsAcceptedAndReported) {
  auto table = good();
  table.output[2] += 3;
  table.output[3] -= 1;
  auto const findings = check_table(table);
  EXPECT_FALSE(has_errors(findings));
  auto const found = of_rule(findings, "rounding_imbalance");
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0].where, "R0:S2");
  EXPECT_EQ(found[0].value, 3);
  EXPECT_THAT(found[0].what, HasSubstr("all gaps add up to 4"));
  EXPECT_EQ(found[0].severity, Severity::warning);
  EXPECT_TRUE(has_errors(strict(findings)));
}

TEST(CheckTable, GapIsAnErrorOnlyBeyondBothTolerances) {
  auto table = read_table(LINCHPIN_TEST_CASES "/table/miller_blair.csv");
  ASSERT_TRUE(table);
  table->output[0] = 1000.9;
  EXPECT_FALSE(has_errors(check_table(*table))) << "within a thousandth of its own output";
  table->output[0] = 1020;
  EXPECT_TRUE(has_errors(check_table(*table)));
  EXPECT_FALSE(has_errors(check_table(*table, {.of_largest_tolerance = 0.011})))
      << "20 is less than 1.1 % of the largest output, 2000";
  EXPECT_FALSE(has_errors(check_table(*table, {.relative_tolerance = 0.03})));
}

TEST(CheckTable, NegativeAndZeroValueAdded) {
  auto table = good();
  for (std::size_t const j : {1U, 2U}) {
    double const change = table.value_added(0, j) + (j == 1 ? 5 : 0);
    table.value_added(0, j) -= change;
    table.Z(0, j) += change;  // bought more from industry 0, which therefore made more
    table.output[0] += change;
    table.value_added(0, 0) += change;
  }
  auto const findings = check_table(table);
  auto const negative = only(findings, "negative_value_added");
  EXPECT_EQ(negative.where, "R0:S1");
  EXPECT_EQ(negative.value, -5);
  EXPECT_EQ(negative.severity, Severity::warning);
  EXPECT_EQ(only(findings, "zero_value_added").where, "R0:S2");
  EXPECT_FALSE(has_errors(findings));
}

TEST(CheckTable, ZeroOutputWithFlowsAndEmptyIndustries) {
  auto table = good();
  auto const clear = [&](std::size_t k) {
    for (std::size_t i = 0; i < table.size(); ++i) {
      table.output[i] -= table.Z(i, k);
      table.value_added(0, i) += table.Z(k, i) - table.Z(i, k);
      table.Z(i, k) = table.Z(k, i) = 0;
    }
    for (double& use : table.Y.row(k)) use = 0;
    table.output[k] = 0;
    table.value_added(0, k) = 0;
  };
  clear(3);
  clear(8);
  table.Z(0, 8) = 7;
  table.output[0] += 7;
  table.value_added(0, 0) += 7;
  table.value_added(0, 8) = -7;
  auto const findings = check_table(table);
  EXPECT_EQ(only(findings, "zero_output_with_flows").where, "R2:S0");
  auto const empty = only(findings, "empty_industries");
  EXPECT_EQ(empty.value, 1);
  EXPECT_THAT(empty.what, HasSubstr("R0:S3"));
  EXPECT_FALSE(has_errors(findings));
}

TEST(CheckTable, NegativeFinalDemandOutsideInventories) {
  auto table = good();
  double const change = table.Y(1, 2) + 4;
  table.Y(1, 2) -= change;
  table.Y(1, 0) += change;
  table.Y(1, 3) -= 10;  // inventories of R1 may fall
  table.Y(1, 0) += 10;
  auto const found = only(check_table(table), "negative_final_demand");
  EXPECT_EQ(found.where, "R0:S1 -> R1:use");
  EXPECT_EQ(found.value, -4);
  EXPECT_EQ(found.severity, Severity::warning);
}

TEST(CheckTable, NegativeOutput) {
  auto table = good();
  table.Y(1, 0) -= 2 * table.output[1];
  table.output[1] = -table.output[1];
  auto const found = only(check_table(table), "negative_output");
  EXPECT_EQ(found.where, "R0:S1");
  EXPECT_EQ(found.severity, Severity::error);
}

TEST(CheckTable, EmptyRegions) {
  auto table = good();
  table.labels.regions.push_back({"ZZZ", "buys only", {}});
  DenseMatrix Y(table.size(), table.labels.final_columns());
  for (std::size_t i = 0; i < table.size(); ++i) {
    std::copy(table.Y.row(i).begin(), table.Y.row(i).end(), Y.row(i).begin());
  }
  table.Y = Y;
  EXPECT_EQ(only(check_table(table), "empty_region").where, "ZZZ");
}

TEST(CheckTable, SpectralRadiusAtLeastOne) {
  // Industry 1 needs 1.2 of itself per unit; its row balances through a negative final use.
  auto table = read_table(LINCHPIN_TEST_CASES "/table/miller_blair.csv");
  ASSERT_TRUE(table);
  table->Z(0, 0) = 1200;
  table->Y(0, 0) = -700;
  table->value_added(0, 0) = -400;
  auto const findings = check_table(*table);
  auto const found = only(findings, "spectral_radius");
  EXPECT_EQ(found.severity, Severity::error);
  EXPECT_GE(found.value, 1.2);
  EXPECT_THAT(found.what, HasSubstr("uses up more than it makes"));
}

/// A of Miller & Blair (2009), chapter 2, has the eigenvalues of [0.15 0.25; 0.20 0.05]:
/// (0.2 ± sqrt(0.01 + 0.2)) / 2.
TEST(SpectralBoundTest, BracketsTheRadius) {
  auto const table = read_table(LINCHPIN_TEST_CASES "/table/miller_blair.csv");
  ASSERT_TRUE(table);
  auto const bound = bound_spectral_radius(table->Z, table->output);
  double const radius = (0.2 + std::sqrt(0.21)) / 2;
  EXPECT_TRUE(bound.productive());
  EXPECT_EQ(bound.steps, 1U) << "column sums are below one";
  EXPECT_LE(bound.lower, radius + 1e-12);
  EXPECT_GE(bound.upper, radius - 1e-12);
}

TEST(SpectralBoundTest, ReducibleZeroColumnsAndNilpotent) {
  // Block triangular: radius 0.5, though the first column sums to 10.5.
  DenseMatrix Z(3, 3);
  DenseVector const output{1, 1, 0};
  Z(0, 0) = 0.5;
  Z(1, 0) = 10;
  Z(1, 1) = 0.25;
  Z(0, 2) = 99;  // column of an industry without output: counts as zero
  auto bound = bound_spectral_radius(Z, output);
  EXPECT_TRUE(bound.productive());
  EXPECT_GT(bound.steps, 1U);
  EXPECT_LE(bound.lower, 0.5 + 1e-12);
  EXPECT_GE(bound.upper, 0.5);
  // The same with a block that reproduces itself exactly.
  Z(1, 1) = 1;
  bound = bound_spectral_radius(Z, output);
  EXPECT_FALSE(bound.productive());
  // Strictly triangular: radius 0 whatever the size of the cells.
  Z = DenseMatrix(3, 3);
  Z(0, 1) = 1e12;
  Z(1, 0) = 0;
  bound = bound_spectral_radius(Z, output);
  EXPECT_TRUE(bound.productive());
  EXPECT_EQ(bound.upper, 0);
}

TEST(SpectralBoundTest, TwoCycleWithRadiusJustBelowAndAboveOne) {
  DenseMatrix Z(2, 2);
  DenseVector const output{1, 1};
  for (double const radius : {0.999, 1.001}) {
    Z(0, 1) = 4 * radius;
    Z(1, 0) = radius / 4;
    auto const bound = bound_spectral_radius(Z, output, 5000);
    EXPECT_EQ(bound.productive(), radius < 1) << radius;
    EXPECT_GE(bound.upper, radius - 1e-12);
    EXPECT_LE(bound.lower, radius + 1e-12);
  }
}

TEST(Totals, OfLeather) {
  auto const table = read_table(LINCHPIN_TEST_CASES "/table/leather.csv");
  ASSERT_TRUE(table);
  auto const totals = totals_of(*table);
  // GDP as printed with the example, one decimal.
  double const gdp[] = {91.6, 145.7, 224.2};
  ASSERT_EQ(totals.regions.size(), 3U);
  for (std::size_t r = 0; r < 3; ++r) EXPECT_NEAR(totals.regions[r].value_added, gdp[r], 1e-9);
  EXPECT_NEAR(totals.value_added, totals.final_demand, 1e-9);
  EXPECT_NEAR(totals.gross_output, 936.6, 1e-9);  // sum of the printed outputs
}

TEST(Totals, ResidualValueAddedWhereNoneIsPublished) {
  auto table = good();
  auto const published = totals_of(table);
  table.labels.value_added_rows.clear();
  table.value_added = DenseMatrix();
  auto const residual = totals_of(table);
  EXPECT_EQ(residual.value_added, published.value_added);
  EXPECT_GT(residual.negative_final_cells, 0U);
}

}  // namespace
}  // namespace linchpin
