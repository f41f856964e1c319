// SPDX-License-Identifier: Apache-2.0
#include "linchpin/table/aggregate.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "linchpin/table/check.h"
#include "linchpin/table/totals.h"
#include "support/table_fixtures.h"

namespace linchpin {
namespace {

using test::text_of;
using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

Mapping mapping(std::vector<std::pair<std::string, std::string>> const& pairs) {
  Mapping result;
  result.file = "map.csv";
  for (auto const& [from, to] : pairs) result.entries.push_back({from, to, {}, 0});
  return result;
}

/// The plain version: every source cell is looked up by its labels and added.
Table slow_aggregate(Table const& table, Mapping const& regions, Mapping const& sectors,
                     TableLabels const& labels) {
  auto const target = [](Mapping const& map, std::string const& from) {
    for (auto const& entry : map.entries) {
      if (entry.from == from) return entry.to;
    }
    return std::string{};
  };
  auto const industry = [&](std::size_t i) {
    auto const& key = table.labels.industries[i];
    auto const wanted = target(regions, table.labels.regions[key.region.index()].label) + ":" +
                        target(sectors, table.labels.sectors[key.sector.index()].label);
    std::size_t k = 0;
    while (labels.industry_label(k) != wanted) ++k;
    return k;
  };
  auto const column = [&](std::size_t j) {
    auto const categories = labels.categories.size();
    auto const wanted = target(regions, table.labels.regions[j / categories].label);
    std::size_t r = 0;
    while (labels.regions[r].label != wanted) ++r;
    return r * categories + j % categories;
  };
  Table result;
  result.Z = DenseMatrix(labels.industries.size(), labels.industries.size());
  result.Y = DenseMatrix(labels.industries.size(), labels.final_columns());
  result.value_added = DenseMatrix(table.value_added.rows(), labels.industries.size());
  result.output.assign(labels.industries.size(), 0.0);
  for (std::size_t i = 0; i < table.size(); ++i) {
    for (std::size_t j = 0; j < table.size(); ++j) {
      result.Z(industry(i), industry(j)) += table.Z(i, j);
    }
    for (std::size_t j = 0; j < table.Y.columns(); ++j) {
      result.Y(industry(i), column(j)) += table.Y(i, j);
    }
    for (std::size_t k = 0; k < table.value_added.rows(); ++k) {
      result.value_added(k, industry(i)) += table.value_added(k, i);
    }
    result.output[industry(i)] += table.output[i];
  }
  return result;
}

TEST(Aggregate, IsExactOnRandomTables) {
  for (std::uint64_t run = 0; run < 20; ++run) {
    Rng rng(Seed{99}, run);
    auto const regions = 2 + rng.below(4), sectors = 2 + rng.below(5);
    auto const table = test::random_table(regions, sectors, Rng(Seed{5}, run));
    Mapping region_map, sector_map;
    for (auto const& region : table.labels.regions) {
      region_map.entries.push_back({region.label, "G" + std::to_string(rng.below(3)), {}, 0});
    }
    for (auto const& sector : table.labels.sectors) {
      sector_map.entries.push_back({sector.label, "T" + std::to_string(rng.below(3)), {}, 0});
    }
    auto const result = aggregate(table, &region_map, &sector_map);
    ASSERT_TRUE(result) << text_of(result.error());
    auto const slow = slow_aggregate(table, region_map, sector_map, result->labels);
    EXPECT_EQ(result->Z, slow.Z);
    EXPECT_EQ(result->Y, slow.Y);
    EXPECT_EQ(result->value_added, slow.value_added);
    EXPECT_EQ(result->output, slow.output);
    EXPECT_EQ(totals_of(*result).gross_output, totals_of(table).gross_output);
    EXPECT_EQ(totals_of(*result).value_added, totals_of(table).value_added);
    EXPECT_THAT(check_table(*result), IsEmpty());
  }
}

TEST(Aggregate, OrderNamesMembersAndFlags) {
  auto table = test::random_table(3, 3, Rng(Seed{1}, 1));
  table.labels.regions = {
      {"DEU", "Germany", {"DEU"}}, {"CHN", "China", {"CHN"}}, {"AUT", "Austria", {"AUT"}}};
  table.labels.sectors = {{"a", "Apples", false}, {"b", "Banks", true}, {"c", "Courts", true}};
  auto regions = mapping({{"CHN", "CHN"}, {"AUT", "EUR"}, {"DEU", "EUR"}});
  regions.entries[2].name = "Europe";
  auto const sectors = mapping({{"c", "S"}, {"b", "S"}, {"a", "G"}});
  auto const result = aggregate(table, &regions, &sectors);
  ASSERT_TRUE(result) << text_of(result.error());
  EXPECT_THAT(result->labels.regions, ElementsAre(RegionLabel{"CHN", "China", {"CHN"}},
                                                  RegionLabel{"EUR", "Europe", {"DEU", "AUT"}}));
  EXPECT_THAT(result->labels.sectors, ElementsAre(SectorLabel{"S", "Banks; Courts", true},
                                                  SectorLabel{"G", "Apples", false}));
  EXPECT_EQ(result->labels.industry_label(2), "EUR:S");
  EXPECT_THAT(result->info.history,
              HasSubstr("aggregated 3 regions to 2 by map.csv, 3 sectors to 2"));
  auto const mixed = mapping({{"c", "M"}, {"b", "M"}, {"a", "M"}});
  EXPECT_FALSE(aggregate(table, nullptr, &mixed)->labels.sectors[0].service);
}

TEST(Aggregate, MembersAreUnknownWhenOnePartsAre) {
  auto table = test::random_table(2, 2, Rng(Seed{1}, 2));
  table.labels.regions[0].members = {"CHN"};
  auto const all = mapping({{"R0", "W"}, {"R1", "W"}});
  auto const result = aggregate(table, &all, nullptr);
  ASSERT_TRUE(result);
  EXPECT_THAT(result->labels.regions[0].members, IsEmpty());
  EXPECT_EQ(result->labels.regions[0].name, "R0, R1");
}

TEST(Aggregate, MappingEveryLabelToItselfChangesNothingButHistory) {
  auto const table = test::random_table(3, 4, Rng(Seed{1}, 3));
  auto const regions = mapping({{"R0", "R0"}, {"R1", "R1"}, {"R2", "R2"}});
  auto result = aggregate(table, &regions, nullptr);
  ASSERT_TRUE(result);
  result->info.history = table.info.history;
  EXPECT_EQ(*result, table);
  EXPECT_EQ(*aggregate(table, nullptr, nullptr), table);
}

TEST(Aggregate, RegionsWithDifferentSectorLists) {
  auto table = test::random_table(2, 2, Rng(Seed{1}, 4));
  table.labels.sectors.push_back({"S2", "S2", false});
  table.labels.industries = {{RegionId{0}, SectorId{0}},
                             {RegionId{0}, SectorId{1}},
                             {RegionId{1}, SectorId{1}},
                             {RegionId{1}, SectorId{2}}};
  auto const one = mapping({{"R0", "W"}, {"R1", "W"}});
  auto const result = aggregate(table, &one, nullptr);
  ASSERT_TRUE(result);
  ASSERT_EQ(result->size(), 3U);
  EXPECT_EQ(result->labels.industry_label(1), "W:S1");
  EXPECT_EQ(result->Z(1, 1), table.Z(1, 1) + table.Z(1, 2) + table.Z(2, 1) + table.Z(2, 2));
}

TEST(Aggregate, AllFaultsOfBothMappingsAtOnce) {
  auto const table = test::random_table(3, 2, Rng(Seed{1}, 5));
  auto const regions = mapping({{"R0", "A"}, {"R7", "A"}, {"R0", "B"}});
  auto const sectors = mapping({{"S0", "S"}});
  auto const result = aggregate(table, &regions, &sectors);
  ASSERT_FALSE(result);
  auto const text = text_of(result.error());
  EXPECT_THAT(text, HasSubstr("unknown_label | the table has no region 'R7'"));
  EXPECT_THAT(text, HasSubstr("did you mean 'R0'?"));
  EXPECT_THAT(text, HasSubstr("duplicate_label | the region 'R0' is mapped twice"));
  EXPECT_THAT(text, HasSubstr("missing_value | the region 'R1' is not mapped"));
  EXPECT_THAT(text, HasSubstr("the region 'R2' is not mapped"));
  EXPECT_THAT(text, HasSubstr("the sector 'S1' is not mapped"));
}

TEST(ReadMapping, ReadsNamesAndReportsAllFaults) {
  test::TemporaryFolder const folder;
  auto const good = read_mapping(test::write_file(
      folder.file("m.csv"), "from,to,name\nAUT,EUR,\"Europe, old\"\nBEL,EUR,\nCHN,CHN,China\n"));
  ASSERT_TRUE(good) << text_of(good.error());
  ASSERT_EQ(good->entries.size(), 3U);
  EXPECT_EQ(good->entries[0].name, "Europe, old");
  EXPECT_EQ(good->entries[2].line, 4U);
  EXPECT_TRUE(read_mapping(test::write_file(folder.file("m.csv"), "from,to\na,b\n")));

  auto const bad = read_mapping(
      test::write_file(folder.file("m.csv"), "from,to,name\nA,X,one\nB,X,two\nA,Y,\nC\n,Z,\n"));
  ASSERT_FALSE(bad);
  auto const text = text_of(bad.error());
  EXPECT_THAT(text, HasSubstr("'X' is named 'two' here and 'one' before"));
  EXPECT_THAT(text, HasSubstr("'A' is mapped twice, first in line 2"));
  EXPECT_THAT(text, HasSubstr("m.csv:4, column 1"));
  EXPECT_THAT(text, HasSubstr("the line has 1 fields, the header has 3"));
  EXPECT_THAT(text, HasSubstr("the label '' is empty"));
  for (auto const* header : {"", "a,b\n", "from,to,title\n"}) {
    auto const result = read_mapping(test::write_file(folder.file("m.csv"), header));
    ASSERT_FALSE(result) << header;
    EXPECT_THAT(text_of(result.error()), AllOf(HasSubstr("bad_format"), HasSubstr("from,to")));
  }
  EXPECT_FALSE(read_mapping(test::write_file(folder.file("m.csv"), "from,to\n")));
}

}  // namespace
}  // namespace linchpin
