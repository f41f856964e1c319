// SPDX-License-Identifier: Apache-2.0
// The published World Input-Output Tables, release 2013: import, totals, built-in world.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <filesystem>
#include <string>

#include "linchpin/table/aggregate.h"
#include "linchpin/table/check.h"
#include "linchpin/table/exports/export.h"
#include "linchpin/table/read.h"
#include "linchpin/table/store/store.h"
#include "linchpin/table/totals.h"
#include "support/table_fixtures.h"

namespace linchpin {
namespace {

using ::testing::IsEmpty;

std::filesystem::path const wiod_folder = LINCHPIN_REFERENCE_DATA "/wiod2013";
std::filesystem::path const world_2011 = LINCHPIN_SOURCE_DIR "/data/worlds/world-2011";

std::filesystem::path wiod_file(int year) {
  return wiod_folder / ("wiot_" + std::to_string(year) + ".csv.gz");
}

class Wiod : public ::testing::TestWithParam<int> {
 protected:
  void SetUp() override {
    if (!std::filesystem::exists(wiod_folder)) {
      GTEST_SKIP() << "the reference data are not beside the project: " << wiod_folder;
    }
  }
};

std::size_t count(Findings const& findings, std::string const& rule) {
  std::size_t result = 0;
  for (auto const& finding : findings) result += finding.rule == rule ? 1 : 0;
  return result;
}

/// Ranges over the 17 years, counted once with an independent program: largest gap between row sum
/// and output 94 to 113 (USD million), 18 to 22 industries without output, 186 to 824 negative
/// cells of final demand, residual value added never negative.
TEST_P(Wiod, ImportsWithTheKnownFaultsAndNoOther) {
  auto const table = read_table(wiod_file(GetParam()));
  ASSERT_TRUE(table) << test::text_of(table.error());
  EXPECT_EQ(table->size(), 1435U);
  EXPECT_EQ(table->labels.regions.size(), 41U);
  EXPECT_EQ(table->labels.final_columns(), 205U);
  EXPECT_EQ(table->info.year, GetParam());
  double largest_gap = 0, total_gap = 0;
  for (std::size_t i = 0; i < table->size(); ++i) {
    double sum = 0;
    for (double const flow : table->Z.row(i)) sum += flow;
    for (double const use : table->Y.row(i)) sum += use;
    largest_gap = std::max(largest_gap, std::abs(sum - table->output[i]));
    total_gap += std::abs(sum - table->output[i]);
  }
  EXPECT_GE(largest_gap, 94);
  EXPECT_LE(largest_gap, 113);
  auto const totals = totals_of(*table);
  EXPECT_GE(total_gap / totals.gross_output, 0.0004);
  EXPECT_LE(total_gap / totals.gross_output, 0.00095);
  EXPECT_GE(totals.zero_output_industries, 18U);
  EXPECT_LE(totals.zero_output_industries, 22U);
  EXPECT_GE(totals.negative_final_cells, 186U);
  EXPECT_LE(totals.negative_final_cells, 824U);
  auto const findings = check_table(*table);
  EXPECT_FALSE(has_errors(findings));
  EXPECT_EQ(count(findings, "rounding_imbalance"), 1U);
  EXPECT_EQ(count(findings, "negative_value_added"), 0U);
  EXPECT_EQ(count(findings, "spectral_radius"), 0U);
}

INSTANTIATE_TEST_SUITE_P(AllYears, Wiod, ::testing::Range(1995, 2012));

class Wiod2011 : public Wiod {};

/// Value added 2011: USA 15.16, China 7.39 trillion USD (two decimals).
TEST_P(Wiod2011, ValueAdded) {
  auto const table = read_table(wiod_file(2011));
  ASSERT_TRUE(table);
  auto const totals = totals_of(*table);
  auto const trillions_of = [&](std::string const& label) {
    for (auto const& region : totals.regions) {
      if (region.label == label) return region.value_added / 1e6;
    }
    return 0.0;
  };
  EXPECT_NEAR(trillions_of("USA"), 15.16, 0.005);
  EXPECT_NEAR(trillions_of("CHN"), 7.39, 0.005);
}

TEST_P(Wiod2011, StoreAndTidyRoundTrips) {
  test::TemporaryFolder const folder;
  auto const table = read_table(wiod_file(2011));
  ASSERT_TRUE(table);
  ASSERT_TRUE(write_world(*table, folder.file("w.nc")));
  auto const stored = read_world(folder.file("w.nc"));
  ASSERT_TRUE(stored);
  EXPECT_TRUE(*stored == *table);
  ASSERT_TRUE(export_tidy(*table, folder.file("w.csv.zst")));
  auto const tidy = read_table(folder.file("w.csv.zst"));
  ASSERT_TRUE(tidy) << test::text_of(tidy.error());
  EXPECT_TRUE(tidy->labels == table->labels);
  EXPECT_TRUE(tidy->Z == table->Z);
  EXPECT_TRUE(tidy->Y == table->Y);
  EXPECT_TRUE(tidy->value_added == table->value_added);
}

/// The two commands of data/worlds/world-2011/README.md give the stored world, bit by bit.
TEST_P(Wiod2011, BuiltInWorldIsReproduced) {
  auto const table = read_table(wiod_file(2011));
  ASSERT_TRUE(table);
  auto const regions = read_mapping(world_2011 / "regions.csv");
  ASSERT_TRUE(regions) << test::text_of(regions.error());
  auto const made = aggregate(*table, &*regions, nullptr);
  ASSERT_TRUE(made) << test::text_of(made.error());
  auto const stored = read_world(world_2011 / "world-2011.nc");
  ASSERT_TRUE(stored) << test::text_of(stored.error());
  EXPECT_EQ(made->info, stored->info);
  EXPECT_EQ(made->labels, stored->labels);
  EXPECT_TRUE(made->Z == stored->Z);
  EXPECT_TRUE(made->Y == stored->Y);
  EXPECT_TRUE(made->value_added == stored->value_added);
  EXPECT_TRUE(made->output == stored->output);
}

INSTANTIATE_TEST_SUITE_P(Year, Wiod2011, ::testing::Values(2011));

}  // namespace
}  // namespace linchpin
