// SPDX-License-Identifier: Apache-2.0
#include "linchpin/table/trade/product_concordance.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "linchpin/table/trade/country_codes.h"
#include "linchpin/table/trade/label_index.h"
#include "support/table_fixtures.h"

namespace linchpin {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

class ConcordanceFiles : public ::testing::Test {
 protected:
  Result<ProductConcordance> read(std::string_view text) {
    return read_product_concordance(test::write_file(folder_.file("map.csv"), text));
  }
  std::string faults(std::string_view text) {
    auto const result = read(text);
    return result ? "nothing" : test::text_of(result.error());
  }
  test::TemporaryFolder folder_;
};

TEST_F(ConcordanceFiles, TheLongestPrefixCounts) {
  auto const map = read("hs,sector\n85,C27\n8542,C26\n01,A01\n");
  ASSERT_TRUE(map) << test::text_of(map.error());
  EXPECT_THAT(map->sectors, ElementsAre("C27", "C26", "A01"));
  auto const sector = [&](char const* product) {
    auto const* line = map->find(product);
    return line == nullptr ? std::string{"none"} : map->sectors[line->parts.front().sector];
  };
  EXPECT_EQ(sector("854231"), "C26");
  EXPECT_EQ(sector("850440"), "C27");
  EXPECT_EQ(sector("010121"), "A01");
  EXPECT_EQ(sector("10121"), "none") << "a lost zero does not become chapter 10";
  EXPECT_EQ(sector("8"), "none");
}

TEST_F(ConcordanceFiles, SaysEverythingThatIsWrong) {
  auto const text = faults(
      "prefix,sector,Share\n85,C27,0.5\n85,C26,0.4\n84,C28,0\n83,C25,x\n82,,1\n81,C24,1\n"
      "81,C24,1\n80,C24\n");
  EXPECT_THAT(text, HasSubstr("the shares of '85' sum to 0.9"));
  EXPECT_THAT(text, HasSubstr("map.csv:2"));
  EXPECT_THAT(text, HasSubstr("the share 0 is not in (0, 1]"));
  EXPECT_THAT(text, HasSubstr("'x'"));
  EXPECT_THAT(text, HasSubstr("map.csv:6, column 2"));
  EXPECT_THAT(text, HasSubstr("duplicate_label | '81' stands here twice with 'C24'"));
  EXPECT_THAT(text, HasSubstr("the line has 2 fields, the header has 3"));
  EXPECT_THAT(faults("hs,sector\n85,C27\n85,C26\n"), HasSubstr("the shares of '85' sum to 2"));
  EXPECT_THAT(faults("product,industry\n1,2\n"), HasSubstr("there is no column 'sector'"));
  EXPECT_THAT(faults("hs,sector\n"), HasSubstr("has no line"));
}

/// By hand: 8542 goes half and half to two sectors, 01 to A01, 99 has none.
TEST_F(ConcordanceFiles, AddsProductsUpToSectors) {
  auto const path = test::write_file(folder_.file("trade.csv"),
                                     "year,exporter,importer,product,value\n"
                                     "2022,CHN,DEU,854231,40\n"
                                     "2022,DEU,FRA,854239,10\n"
                                     "2022,DEU,CHN,010121,7\n"
                                     "2022,CHN,FRA,999999,3\n");
  auto const trade = read_product_trade({path}, {.buyers = {{"EU", {"DEU", "FRA"}}}}).value();
  auto const map = read("hs,sector,share\n8542,C26,0.5\n8542,C27,0.5\n01,A01,1\n").value();
  auto const result = trade_by_sector(trade, map);
  ASSERT_TRUE(result);
  EXPECT_THAT(result->trade.products, ElementsAre("C26", "C27", "A01"));
  EXPECT_THAT(result->unmatched, ElementsAre("999999"));
  EXPECT_DOUBLE_EQ(result->unmatched_exports, 3);
  EXPECT_DOUBLE_EQ(result->all_exports, 60);
  auto const& eu = result->trade.years[0].buyers[0];
  EXPECT_DOUBLE_EQ(eu.imports.at(0, 0), 20);
  EXPECT_DOUBLE_EQ(eu.inside.at(0, 1), 5);
  EXPECT_DOUBLE_EQ(eu.exports.at(0, 2), 7);
  auto const none = trade_by_sector(trade, read("hs,sector\n77,X\n").value());
  ASSERT_FALSE(none);
  EXPECT_EQ(none.error().code, ErrorCode::missing_value);
}

TEST(CountryCodeList, StandsForItselfWithoutALabelAndRefusesTwo) {
  auto const read = [](std::string text) {
    return CountryCodes::read(CsvReader("codes.csv", source_of(std::move(text))));
  };
  auto const codes = read("country_code,country_iso3\n004,AFG\n490,N/A\n");
  ASSERT_TRUE(codes);
  EXPECT_EQ(*codes->find("4"), "AFG");
  EXPECT_EQ(*codes->find("004"), "AFG");
  EXPECT_EQ(*codes->find("490"), "490");
  EXPECT_EQ(codes->find("5"), nullptr);
  auto const twice = read("code,iso3\n4,AFG\n004,ALB\n");
  ASSERT_FALSE(twice);
  EXPECT_EQ(twice.error().code, ErrorCode::duplicate_label);
  EXPECT_TRUE(read("code,iso3\n4,AFG\n004,AFG\n")) << "the same twice says nothing new";
  EXPECT_FALSE(read("code,iso3\n"));
  EXPECT_FALSE(read("number,iso3\n4,AFG\n"));
}

/// Short texts are packed into one number, long ones are not; both keep their numbers while the
/// index grows, and leading zeros and lengths tell texts apart.
TEST(LabelNumbers, StayWhileTheIndexGrows) {
  LabelIndex index;
  std::vector<std::string> labels;
  for (int k = 0; k < 5000; ++k) {
    labels.push_back(std::to_string(k));
    labels.push_back("0" + std::to_string(k));
    labels.push_back("a label that is too long " + std::to_string(k));
  }
  for (auto const& label : labels) index.add(label);
  std::sort(labels.begin(), labels.end());
  labels.erase(std::unique(labels.begin(), labels.end()), labels.end());
  EXPECT_EQ(index.size(), labels.size());
  for (auto const& label : labels) {
    ASSERT_NE(index.find(label), LabelIndex::none) << label;
    EXPECT_EQ(index.labels()[index.find(label)], label);
  }
  EXPECT_EQ(index.find("5000000"), LabelIndex::none);
  EXPECT_EQ(index.find("another label that is too long"), LabelIndex::none);
  EXPECT_EQ(index.find(""), LabelIndex::none);
}

}  // namespace
}  // namespace linchpin
