// SPDX-License-Identifier: Apache-2.0
#include "linchpin/table/worlds.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "linchpin/table/check.h"
#include "linchpin/table/store/store.h"
#include "linchpin/table/totals.h"
#include "support/table_fixtures.h"

namespace linchpin {
namespace {

using test::text_of;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

std::filesystem::path const data_folder = LINCHPIN_SOURCE_DIR "/data";

TEST(Worlds, ListAndFind) {
  test::TemporaryFolder const folder;
  EXPECT_THAT(list_worlds(folder.path()), IsEmpty());
  auto const table = test::random_table(2, 2, Rng(Seed{1}, 0));
  for (auto const* name : {"small", "a-world"}) {
    ASSERT_TRUE(write_world(table, folder.path() / "worlds" / name / (std::string{name} + ".nc")));
  }
  std::filesystem::create_directories(folder.path() / "worlds" / "empty");
  auto const worlds = list_worlds(folder.path());
  ASSERT_EQ(worlds.size(), 2U);
  EXPECT_EQ(worlds[0].name, "a-world");
  EXPECT_EQ(worlds[1].name, "small");
  EXPECT_EQ(*find_world("small", folder.path()), worlds[1].path);
  EXPECT_EQ(*find_world(worlds[0].path.string(), folder.path()), worlds[0].path);

  auto const loaded = load_table("small", folder.path());
  ASSERT_TRUE(loaded) << text_of(loaded.error());
  EXPECT_EQ(loaded->table, table);
  EXPECT_EQ(loaded->name, "small");
  auto const by_path = load_table(worlds[0].path.string(), folder.path());
  ASSERT_TRUE(by_path);
  EXPECT_EQ(by_path->name, "a-world.nc");
  auto const csv = load_table(LINCHPIN_TEST_CASES "/table/leather.csv", folder.path());
  ASSERT_TRUE(csv);
  EXPECT_EQ(csv->name, "leather.csv");
}

TEST(Worlds, UnknownNameHasTheNearestAsHint) {
  auto const near = find_world("world-2101", data_folder);
  ASSERT_FALSE(near);
  EXPECT_EQ(near.error().code, ErrorCode::file_not_found);
  EXPECT_THAT(near.error().hint, HasSubstr("did you mean 'world-2011'?"));
  auto const far = find_world("nowhere/at/all.nc", data_folder);
  ASSERT_FALSE(far);
  EXPECT_THAT(far.error().hint, HasSubstr("built-in worlds: "));
  EXPECT_FALSE(find_world("", data_folder));
}

/// The built-in world: published totals of WIOD 2011 in USD trillion, two decimals.
TEST(Worlds, World2011IsWhatItsReadmeSays) {
  auto const loaded = load_table("world-2011", data_folder);
  ASSERT_TRUE(loaded) << text_of(loaded.error());
  auto const& table = loaded->table;
  std::vector<std::string> regions;
  for (auto const& region : table.labels.regions) regions.push_back(region.label);
  EXPECT_THAT(regions,
              ElementsAre("CHN", "USA", "JPN", "KOR", "TWN", "DEU", "NLD", "FRA", "GBR", "ITA",
                          "REU", "IND", "RUS", "BRA", "MEX", "CAN", "AUS", "IDN", "TUR", "ROW"));
  EXPECT_EQ(table.labels.sectors.size(), 35U);
  EXPECT_EQ(table.size(), 700U);
  EXPECT_EQ(table.info.year, 2011);
  EXPECT_EQ(table.info.unit, (MonetaryUnit{"USD", 1e6}));
  EXPECT_EQ(table.labels.regions[10].members.size(), 22U);
  EXPECT_EQ(table.labels.regions[10].name, "Rest of European Union");
  EXPECT_THAT(table.labels.regions[19].members, IsEmpty());
  auto const totals = totals_of(table);
  EXPECT_NEAR(totals.regions[1].value_added / 1e6, 15.16, 0.005);
  EXPECT_NEAR(totals.regions[0].value_added / 1e6, 7.39, 0.005);
  EXPECT_FALSE(has_errors(check_table(table)));
  EXPECT_LT(std::filesystem::file_size(loaded->path), std::size_t{1} << 20);
}

}  // namespace
}  // namespace linchpin
