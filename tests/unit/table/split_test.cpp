// SPDX-License-Identifier: Apache-2.0
#include "linchpin/table/nowcast/split.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>

#include "linchpin/table/aggregate.h"
#include "support/table_fixtures.h"

namespace linchpin {
namespace {

using ::testing::HasSubstr;

/// A line that makes a part of S1 in each region.
SplitSpec spec_for(Table const& table, Rng& rng) {
  SplitSpec spec;
  spec.sector = "S1";
  spec.line = "chips";
  spec.rest = "S1x";
  for (std::size_t i = 0; i < table.size(); ++i) {
    auto const& key = table.labels.industries[i];
    if (key.sector.index() != 1) continue;
    spec.outputs.push_back(
        {table.labels.regions[key.region.index()].label, 0.3 * rng.uniform() * table.output[i]});
  }
  return spec;
}

Mapping merge_back(Table const& table) {
  Mapping mapping{"back", {}};
  for (auto const& sector : table.labels.sectors) {
    bool const part = sector.label == "chips" || sector.label == "S1x";
    mapping.entries.push_back({sector.label, part ? "S1" : sector.label, "", 0});
  }
  return mapping;
}

void expect_near(std::span<double const> a, std::span<double const> b) {
  ASSERT_EQ(a.size(), b.size());
  for (std::size_t i = 0; i < a.size(); ++i) EXPECT_NEAR(a[i], b[i], 1e-12 * (1 + std::abs(b[i])));
}

class RandomWorlds : public ::testing::TestWithParam<int> {};

/// Merging line and rest restores the table; nothing is negative that was not; line and rest
/// balance.
TEST_P(RandomWorlds, SplitAndMergeIsTheIdentity) {
  Rng rng{Seed{31}, static_cast<std::uint64_t>(GetParam())};
  auto const table = test::random_table(4, 3, rng);
  auto spec = spec_for(table, rng);
  spec.users = {{"", "S0", rng.uniform()}, {"", "use", rng.uniform()}, {"R2", "S2", 1.0}};
  auto const split = split_sector(table, spec);
  ASSERT_TRUE(split) << test::text_of(split.error());
  ASSERT_EQ(split->size(), 16U);
  for (std::size_t i = 0; i < split->size(); ++i) {
    double sold = 0, inputs = 0;
    for (std::size_t j = 0; j < split->size(); ++j) {
      EXPECT_GE(split->Z(i, j), 0);
      sold += split->Z(i, j);
      inputs += split->Z(j, i);
    }
    for (double const use : split->Y.row(i)) sold += use;
    EXPECT_NEAR(sold, split->output[i], 1e-9 * (1 + split->output[i]));
    EXPECT_NEAR(inputs + split->value_added(0, i), split->output[i], 1e-9 * (1 + split->output[i]));
    EXPECT_GE(split->value_added(0, i), 0);
  }
  auto const mapping = merge_back(*split);
  auto const merged = aggregate(*split, nullptr, &mapping);
  ASSERT_TRUE(merged) << test::text_of(merged.error());
  expect_near(merged->Z.to_dense().values(), table.Z.to_dense().values());
  expect_near(merged->Y.values(), table.Y.values());
  expect_near(merged->value_added.values(), table.value_added.values());
  expect_near(merged->output, table.output);
}

INSTANTIATE_TEST_SUITE_P(Seeds, RandomWorlds, ::testing::Range(0, 20));

TEST(Split, HonoursFlowsInputsAndUsers) {
  auto const table = test::random_table(2, 3, Rng{Seed{3}, 1}, 0.0);
  SplitSpec spec;
  spec.sector = "S1";
  spec.line = "chips";
  spec.outputs = {{"R0", 100}};
  spec.flows = {{"R0", "R0", 30}, {"R0", "R1", 70}};
  spec.inputs = {{"R0", "S0", 0.1}, {"R0", "S2", 0.2}};
  spec.users = {{"R1", "use", 1}};
  auto const split = split_sector(table, spec);
  ASSERT_TRUE(split) << test::text_of(split.error());
  EXPECT_EQ(split->labels.sectors[1].label, "chips");
  EXPECT_EQ(split->labels.sectors[2].label, "S1");
  EXPECT_TRUE(split->info.estimated);
  std::size_t const line = 1;
  EXPECT_EQ(split->output[line], 100);
  EXPECT_DOUBLE_EQ(split->Y(line, 2), 70) << "all sales to R1 are final use";
  for (std::size_t j = 4; j < 8; ++j) EXPECT_EQ(split->Z(line, j), 0);
  double bought = 0;
  for (std::size_t r = 0; r < 2; ++r) bought += split->Z(r * 4, line);
  EXPECT_NEAR(bought, 10, 1e-12);
  EXPECT_EQ(split->Z(line, line), 0) << "no input of its own was named";
  EXPECT_NEAR(split->value_added(0, line), 70, 1e-9);
  EXPECT_EQ(split->output[5], 0) << "R1 makes none";
}

TEST(Split, ExcessOfAWishGoesToOtherUsers) {
  auto const table = test::random_table(1, 2, Rng{Seed{4}, 2}, 0.0);
  SplitSpec spec;
  spec.sector = "S1";
  spec.line = "chips";
  spec.outputs = {{"R0", table.Z(1, 0) + 5}};
  spec.users = {{"", "S0", 1}};
  spec.inputs = {{"", "S0", 0.0}};
  auto const split = split_sector(table, spec);
  ASSERT_TRUE(split) << test::text_of(split.error());
  EXPECT_DOUBLE_EQ(split->Z(1, 0), table.Z(1, 0));
  EXPECT_NEAR(split->Z(1, 1) + split->Z(1, 2) + split->Y(1, 0) + split->Y(1, 1), 5, 1e-9);
}

/// A subsidised industry: it buys for more than it sells. A line without inputs of its own is like
/// the whole sector, so it takes its share of the loss.
TEST(Split, SectorThatAddsLessThanNothing) {
  auto table = test::random_table(2, 3, Rng{Seed{3}, 1}, 0.0);
  std::size_t const sector = 1;
  double const more = table.value_added(0, sector) + 5;
  table.Z.dense()(0, sector) += more;
  table.output[0] += more;
  table.value_added(0, 0) += more;
  table.value_added(0, sector) = -5;
  SplitSpec spec;
  spec.sector = "S1";
  spec.line = "chips";
  spec.outputs = {{"R0", table.output[sector] / 4}};
  auto const split = split_sector(table, spec);
  ASSERT_TRUE(split) << test::text_of(split.error());
  EXPECT_NEAR(split->value_added(0, 1), -1.25, 1e-9);
  EXPECT_NEAR(split->value_added(0, 2), -3.75, 1e-9);
  spec.inputs = {{"R0", "S0", 0.1}};  // cheap inputs would leave a profit that nobody made
  auto const refused = split_sector(table, spec);
  ASSERT_FALSE(refused);
  EXPECT_THAT(test::text_of(refused.error()), HasSubstr("the sector adds -5"));
}

TEST(Split, SaysWhatExceedsTheSector) {
  auto const table = test::random_table(2, 3, Rng{Seed{3}, 1}, 0.0);
  SplitSpec good;
  good.sector = "S1";
  good.line = "chips";
  good.outputs = {{"R0", 100}};
  ASSERT_TRUE(split_sector(table, good));
  auto const message = [&](SplitSpec const& spec) {
    auto const result = split_sector(table, spec);
    return result ? std::string{"no error"} : test::text_of(result.error());
  };
  auto spec = good;
  spec.outputs[0].value = 2 * table.output[1];
  EXPECT_THAT(message(spec), HasSubstr("exceeds the sector's"));
  spec = good;
  spec.flows = {{"R0", "R0", 10}};
  EXPECT_THAT(message(spec), HasSubstr("add up to 10"));
  spec = good;
  spec.inputs = {{"", "S0", 50}};
  EXPECT_THAT(message(spec), HasSubstr("exceed the"));
  spec = good;
  spec.inputs = {{"", "S0", 0.6}, {"", "S2", 0.6}};
  spec.outputs[0].value = 10;
  EXPECT_THAT(message(spec), HasSubstr("lower the input shares"));
  spec = good;
  spec.sector = "S7";
  EXPECT_THAT(message(spec), HasSubstr("no sector 'S7'"));
  spec = good;
  spec.line = "S2";
  EXPECT_THAT(message(spec), HasSubstr("'S2' exists"));
  spec = good;
  spec.outputs.push_back({"R0", 1});
  spec.users = {{"", "nobody", 1}};
  EXPECT_THAT(message(spec), HasSubstr("given twice"));
  EXPECT_THAT(message(spec), HasSubstr("no user 'nobody'"));
}

TEST(Split, ReadsItsFiles) {
  test::TemporaryFolder const folder;
  auto const path = test::write_file(folder.file("outputs.csv"), "region,output\nCHN,12.5\n");
  auto const outputs = read_split_outputs(path);
  ASSERT_TRUE(outputs) << test::text_of(outputs.error());
  EXPECT_EQ((*outputs)[0].value, 12.5);
  EXPECT_FALSE(read_split_flows(path));
  auto const negative =
      read_split_users(test::write_file(folder.file("users.csv"), "region,user,share\n,S0,-1\n"));
  ASSERT_FALSE(negative);
  EXPECT_EQ(negative.error().code, ErrorCode::bad_value);
  auto const inputs = read_split_inputs(
      test::write_file(folder.file("inputs.csv"), "region,sector,share\n,S0,0.25\nCHN,S1,0.5\n"));
  ASSERT_TRUE(inputs);
  EXPECT_EQ((*inputs)[0].region, "");
}

}  // namespace
}  // namespace linchpin
