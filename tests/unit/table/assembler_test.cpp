// SPDX-License-Identifier: Apache-2.0
#include "linchpin/table/assembler.h"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <limits>

#include "linchpin/table/aggregate.h"
#include "support/table_fixtures.h"

namespace linchpin {
namespace {

using test::text_of;
using ::testing::AllOf;
using ::testing::HasSubstr;

/// `table` put together again, sellers in an odd order.
Result<Table> assembled(Table const& table, ReadOptions const& options) {
  auto assembler = TableAssembler::make(table.labels, options, "a table");
  if (!assembler) return fail(assembler.error());
  auto const n = table.size();
  DenseVector scratch;
  for (std::size_t k = 0; k < n; ++k) {
    auto const i = n - 1 - k;
    assembler->set_seller(i, table.Z.row(i, scratch), table.Y.row(i), table.output[i]);
  }
  for (std::size_t k = 0; k < table.value_added.rows(); ++k) {
    assembler->add_value_added(k, table.value_added.row(k));
  }
  return assembler->finish(table.info);
}

TEST(TableAssembler, GivesBackWhatItWasGiven) {
  auto const table = test::random_table(4, 3, Rng{Seed{3}, 0});
  auto const result = assembled(table, {});
  ASSERT_TRUE(result) << text_of(result.error());
  EXPECT_EQ(*result, table);
}

TEST(TableAssembler, AddsUpLikeAggregate) {
  auto const table = test::random_table(4, 3, Rng{Seed{4}, 0});
  Mapping regions{"map.csv", {}};
  for (auto const& region : table.labels.regions) {
    std::string const to = regions.entries.empty() ? "ONE" : "REST";
    regions.entries.push_back({region.label, to, "", 0});
  }
  auto const expected = aggregate(table, &regions, nullptr);
  ASSERT_TRUE(expected) << text_of(expected.error());
  auto const result = assembled(table, {.regions = &regions});
  ASSERT_TRUE(result) << text_of(result.error());
  EXPECT_EQ(result->labels, expected->labels);
  for (std::size_t i = 0; i < result->size(); ++i) {
    for (std::size_t j = 0; j < result->size(); ++j) {
      EXPECT_NEAR(result->Z(i, j), expected->Z(i, j), 1e-12 * std::abs(expected->Z(i, j)));
    }
  }
}

TEST(TableAssembler, RefusesFlowsThatSinglePrecisionDoesNotHold) {
  auto table = test::random_table(4, 3, Rng{Seed{7}, 0});
  constexpr double largest = std::numeric_limits<float>::max();
  Mapping regions{"map.csv", {}};
  for (auto const& region : table.labels.regions) {
    regions.entries.push_back({region.label, "ALL", "", 0});
  }
  for (auto const* groups : {static_cast<Mapping const*>(nullptr), &std::as_const(regions)}) {
    table.Z(2, 1) = largest / 2;
    EXPECT_TRUE(assembled(table, {.float32 = true, .regions = groups}));
    for (double const sign : {1.0, -1.0}) {
      table.Z(2, 1) = sign * 2 * largest;
      auto const result = assembled(table, {.float32 = true, .regions = groups});
      ASSERT_FALSE(result);
      EXPECT_EQ(result.error().code, ErrorCode::bad_value);
      EXPECT_THAT(text_of(result.error()), HasSubstr("does not fit in single precision"));
    }
  }
}

TEST(TableAssembler, ThresholdLeavesOutSmallFlowsAndSaysSo) {
  auto const table = test::random_table(4, 3, Rng{Seed{5}, 0});
  constexpr double threshold = 40;
  auto const result = assembled(table, {.threshold = threshold});
  ASSERT_TRUE(result) << text_of(result.error());
  EXPECT_EQ(result->Z.storage(), FlowMatrix::Storage::sparse);
  std::size_t left_out = 0;
  for (std::size_t i = 0; i < table.size(); ++i) {
    for (std::size_t j = 0; j < table.size(); ++j) {
      bool const small = std::abs(table.Z(i, j)) < threshold;
      EXPECT_EQ(std::as_const(result->Z)(i, j), small ? 0.0 : table.Z(i, j));
      left_out += small && table.Z(i, j) != 0 ? 1U : 0U;
    }
  }
  ASSERT_GT(left_out, 0U);
  EXPECT_THAT(result->info.history,
              HasSubstr("left out " + std::to_string(left_out) + " intermediate flows"));
}

TEST(TableAssembler, SinglePrecisionHalvesTheFlows) {
  auto const table = test::random_table(4, 3, Rng{Seed{6}, 0});
  auto const result = assembled(table, {.float32 = true});
  ASSERT_TRUE(result) << text_of(result.error());
  EXPECT_EQ(result->Z.bytes(), table.Z.bytes() / 2);
  EXPECT_EQ(std::as_const(result->Z)(0, 1), static_cast<double>(static_cast<float>(table.Z(0, 1))));
}

TEST(TableAssembler, ThresholdAndSinglePrecisionHoldForSums) {
  auto const table = test::random_table(4, 3, Rng{Seed{4}, 0});
  Mapping regions{"map.csv", {}};
  for (auto const& region : table.labels.regions)
    regions.entries.push_back({region.label, "ALL", "", 0});
  auto const sums = assembled(table, {.regions = &regions});
  ASSERT_TRUE(sums) << text_of(sums.error());
  double const threshold = sums->Z(0, 1);
  auto const result =
      assembled(table, {.threshold = threshold, .float32 = true, .regions = &regions});
  ASSERT_TRUE(result) << text_of(result.error());
  EXPECT_EQ(result->Z.bytes(), sums->Z.bytes() / 2);
  std::size_t left_out = 0;
  for (std::size_t i = 0; i < 3; ++i) {
    for (std::size_t j = 0; j < 3; ++j) {
      bool const small = sums->Z(i, j) < threshold;
      left_out += small ? 1U : 0U;
      EXPECT_EQ(std::as_const(result->Z)(i, j),
                small ? 0.0 : static_cast<double>(static_cast<float>(sums->Z(i, j))));
    }
  }
  EXPECT_THAT(result->info.history, AllOf(HasSubstr("single precision"),
                                          HasSubstr(fmt::format("left out {} ", left_out))));
}

TEST(TableAssembler, EstimatesMemoryBeforeItAllocates) {
  TableLabels labels;
  labels.regions = {{"AAA", "A", {}}};
  labels.categories = {{"HH", "households", false}};
  constexpr std::size_t n = 2000;
  for (std::size_t s = 0; s < n; ++s) {
    labels.sectors.push_back({std::to_string(s), "", false});
    labels.industries.push_back({RegionId{0}, SectorId{s}});
  }
  constexpr std::uint64_t limit = 20'000'000;
  auto const refused = TableAssembler::make(labels, {.memory_limit = limit}, "big.csv");
  ASSERT_FALSE(refused);
  // 2,000 squared doubles are 32 MB.
  EXPECT_THAT(text_of(refused.error()), AllOf(HasSubstr("2000 industries"), HasSubstr("--regions"),
                                              HasSubstr("--threshold"), HasSubstr("--float32")));
  EXPECT_TRUE(TableAssembler::make(labels, {.memory_limit = limit, .float32 = true}, "big.csv"));
  // Sparse: nothing is allocated for cells until they come.
  EXPECT_TRUE(TableAssembler::make(labels, {.memory_limit = limit, .threshold = 1}, "big.csv"));
}

TEST(TableAssembler, StopsWhenSparseRowsFillTheLimit) {
  auto const table = test::random_table(10, 6, Rng{Seed{7}, 0});
  auto const rest = table.size() * (table.labels.final_columns() + 8) * sizeof(double);
  ASSERT_GT(table.Z.non_zeros() * 12, rest);
  auto const result = assembled(table, {.memory_limit = rest, .threshold = 1e-300});
  ASSERT_FALSE(result);
  EXPECT_EQ(result.error().code, ErrorCode::too_large);
}

TEST(TableAssembler, LargeEmptyTablesBecomeSparse) {
  TableLabels labels;
  labels.regions = {{"AAA", "A", {}}};
  constexpr std::size_t n = 2500;
  for (std::size_t s = 0; s < n; ++s) {
    labels.sectors.push_back({std::to_string(s), "", false});
    labels.industries.push_back({RegionId{0}, SectorId{s}});
  }
  auto assembler = TableAssembler::make(labels, {}, "a table");
  ASSERT_TRUE(assembler);
  DenseVector row(n, 0.0);
  for (std::size_t i = 0; i < n; ++i) {
    row.assign(n, 0.0);
    row[(i * 7) % n] = 1.0 + static_cast<double>(i);
    assembler->set_seller(i, row, {}, 0);
  }
  auto const table = assembler->finish({});
  ASSERT_TRUE(table);
  EXPECT_EQ(table->Z.storage(), FlowMatrix::Storage::sparse);
  EXPECT_EQ(table->Z.non_zeros(), n);
  EXPECT_EQ(std::as_const(table->Z)(3, 21), 4.0);
}

}  // namespace
}  // namespace linchpin
