// SPDX-License-Identifier: Apache-2.0
#include "linchpin/disrupt/baseline.h"

#include <gtest/gtest.h>

#include "support/fixtures.h"
#include "support/random_economy.h"

namespace linchpin::disrupt {
namespace {

Economy economy_of(Table table) {
  auto economy = Economy::make(std::move(table));
  if (!economy) throw std::runtime_error(economy.error().what);
  return *std::move(economy);
}

double column_sum(Baseline const& baseline, std::size_t industry) {
  double sum = 0;
  for (std::size_t p = 0; p < baseline.use.rows(); ++p) {
    if (baseline.bought[p * baseline.use.columns() + industry]) sum += baseline.use(p, industry);
  }
  sum *= baseline.input_scale[industry];
  return sum;
}

TEST(Baseline, LeavesAProperTableAlone) {
  auto const baseline = make_baseline(economy_of(test::miller_blair()));
  ASSERT_TRUE(baseline);
  EXPECT_EQ(baseline->output[0], 1000.0);
  EXPECT_EQ(baseline->output[1], 2000.0);
  EXPECT_EQ(baseline->value_added[0], 650.0);
  EXPECT_EQ(baseline->value_added[1], 1400.0);
  EXPECT_EQ(baseline->report.total_moved, 0.0);
  EXPECT_EQ(baseline->report.industries_scaled, 0U);
}

/// Inventory changes of 7 and -4 and a final use of -3 are left out: 14. The second industry then
/// sells 50 but buys 100, so its inputs are halved, and the first sells 50 less: 64 in all.
/// World output of the table as published: (100 + 900 + 7) + (50 - 3 - 4) = 1050.
TEST(Baseline, MovesInventoryChangesAndNegativeFinalUse) {
  auto labels = test::full_labels({"ONE"}, {"1", "2"});
  labels.categories.push_back({"INV", "Changes in inventories", true});
  auto const economy = economy_of(test::balanced_table(
      "moved", labels, test::matrix({{0, 100}, {50, 0}}), test::matrix({{900, 7}, {-3, -4}})));
  auto const baseline = make_baseline(economy);
  ASSERT_TRUE(baseline);
  EXPECT_EQ(baseline->report.inventory_changes_moved, 11.0);
  EXPECT_EQ(baseline->report.negative_final_use_moved, 3.0);
  EXPECT_EQ(baseline->report.industries_scaled, 1U);
  EXPECT_EQ(baseline->report.inputs_scaled_away, 50.0);
  EXPECT_EQ(baseline->report.total_moved, 64.0);
  EXPECT_DOUBLE_EQ(baseline->report.share_of_output, 64.0 / 1050.0);
  EXPECT_EQ(baseline->output[0], 950.0);
  EXPECT_EQ(baseline->output[1], 50.0);
  EXPECT_EQ(baseline->value_added[0], 900.0);
  EXPECT_EQ(baseline->value_added[1], 0.0);
}

TEST(Baseline, ScalesInputsOfIndustriesInDeficit) {
  std::size_t scaled_in_all = 0;
  for (std::uint64_t seed = 1; seed <= 30; ++seed) {
    auto table = test::random_table({.regions = 4, .sectors = 4, .seed = Seed{seed}});
    // Final use that vanishes from a third of the industries leaves many of them in deficit.
    for (std::size_t i = seed % 3; i < table.size(); i += 3) {
      for (double& use : table.Y.row(i)) use = 0;
    }
    table.value_added = DenseMatrix(0, table.size());
    table.labels.value_added_rows.clear();
    DenseVector sums(table.size(), 0.0);
    for (std::size_t i = 0; i < table.size(); ++i) {
      for (double const flow : table.Z.row(i)) sums[i] += flow;
      for (double const use : table.Y.row(i)) sums[i] += use;
    }
    table.output = sums;
    auto const economy = economy_of(table);
    auto const baseline = make_baseline(economy);
    ASSERT_TRUE(baseline) << baseline.error().what;
    double removed = 0;
    double total = 0;
    std::size_t scaled = 0;
    for (std::size_t j = 0; j < table.size(); ++j) {
      double const inputs = column_sum(*baseline, j);
      double before = 0;
      for (std::size_t i = 0; i < table.size(); ++i) before += table.Z(i, j);
      EXPECT_GE(baseline->value_added[j], 0.0);
      EXPECT_NEAR(baseline->output[j], inputs + baseline->value_added[j],
                  1e-9 * (1 + baseline->output[j]))
          << "seed " << seed << " industry " << j;
      removed += before - inputs;
      total += before;
      scaled += baseline->input_scale[j] < 1 ? 1 : 0;
    }
    scaled_in_all += scaled;
    EXPECT_EQ(baseline->report.industries_scaled, scaled);
    EXPECT_NEAR(baseline->report.inputs_scaled_away, removed, 1e-12 * total);
  }
  EXPECT_GT(scaled_in_all, 50U);
}

/// Sells 10 to itself only and buys 5 more: no scale of its own makes ends meet but nothing.
TEST(Baseline, ReachesNothingInOneRound) {
  auto table = test::balanced_table("loop", test::full_labels({"ONE"}, {"1", "2"}),
                                    test::matrix({{10, 0}, {5, 0}}), test::matrix({{0}, {20}}));
  auto const baseline = make_baseline(economy_of(std::move(table)));
  ASSERT_TRUE(baseline) << baseline.error().what;
  EXPECT_EQ(baseline->output[0], 0.0);
  EXPECT_EQ(baseline->output[1], 20.0);
  EXPECT_EQ(baseline->report.inputs_scaled_away, 15.0);
}

}  // namespace
}  // namespace linchpin::disrupt
