// SPDX-License-Identifier: Apache-2.0
#include "linchpin/parameters/technology_market.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fmt/format.h>

#include <algorithm>
#include <fstream>
#include <iterator>
#include <string>

namespace linchpin::parameters {
namespace {

using ::testing::HasSubstr;

std::string const text = R"(key,value,low,high,status,sceptic,note
home_share.CHN,0.3,0.1,0.4,assumption,low,x
home_share,0.2,0.1,0.3,assumption,low,x
markup,0.1,0,0.2,assumption,high,x
markup.IND,0.5,0.4,0.6,assumption,high,x
world_sales,100,50,200,read,none,x
)";

SourcedNumber number(std::string const& key, std::string const& region) {
  auto const numbers = read_technology_market(text, "market.csv", region);
  EXPECT_TRUE(numbers) << numbers.error().what;
  auto const* found = find_number(*numbers, key);
  EXPECT_NE(found, nullptr) << key;
  return found ? *found : SourcedNumber{};
}

TEST(TechnologyMarket, RowsOfARegionBeatRowsOfAllInAnyOrder) {
  EXPECT_EQ(number("home_share", "CHN").value, 0.3);
  EXPECT_EQ(number("home_share", "IND").value, 0.2);
  EXPECT_EQ(number("markup", "IND").value, 0.5);
  EXPECT_EQ(number("markup", "CHN").value, 0.1);
  auto const all = read_technology_market(text, "market.csv", "IND");
  ASSERT_TRUE(all);
  EXPECT_EQ(all->size(), 3);
}

TEST(TechnologyMarket, PresetsTakeTheEndsThatTheFileNames) {
  auto const share = number("home_share", "CHN");
  EXPECT_EQ(at_preset(share, "sceptic"), 0.1);
  EXPECT_EQ(at_preset(share, "central"), 0.3);
  EXPECT_EQ(at_preset(share, "optimist"), 0.4);
  auto const markup = number("markup", "CHN");
  EXPECT_EQ(at_preset(markup, "sceptic"), 0.2);
  EXPECT_EQ(at_preset(markup, "optimist"), 0);
  EXPECT_EQ(at_preset(number("world_sales", "CHN"), "sceptic"), 100) << "no side";
}

TEST(TechnologyMarket, ReportsAllThatIsWrongAtOnce) {
  auto const bad = read_technology_market("key,value\nhome_share.china,1\n.CHN,1\nx.CHN.y,1\n",
                                          "market.csv", "CHN");
  ASSERT_FALSE(bad);
  EXPECT_EQ(bad.error().further.size(), 2);
  EXPECT_THAT(bad.error().what, HasSubstr("home_share.china"));
  auto const side = read_technology_market("key,value,sceptic\na,1,left\n", "market.csv", "CHN");
  ASSERT_FALSE(side);
  EXPECT_THAT(side.error().hint, HasSubstr("low, high or none"));
}

TEST(TechnologyMarket, ShippedOnesHaveTheSameNumbersWithRangeSideAndReason) {
  std::vector<std::string> first;
  for (auto const* technology : {"ai-chips", "industrial-robots", "electric-vehicles"}) {
    std::ifstream stream(fmt::format("{}/data/parameters/technologies/{}/market.csv",
                                     LINCHPIN_SOURCE_DIR, technology));
    std::string const file{std::istreambuf_iterator<char>(stream), {}};
    auto const numbers = read_technology_market(file, technology, "CHN");
    ASSERT_TRUE(numbers) << numbers.error().what;
    std::vector<std::string> keys;
    for (auto const& each : *numbers) {
      keys.push_back(each.key);
      EXPECT_LT(each.low, each.high) << each.where;
      EXPECT_NE(each.status, Status::user) << each.where;
      EXPECT_FALSE(each.note.empty()) << each.where;
      bool const of_size =
          each.key == "world_sales" || each.key == "home_buys" || each.key == "demand_growth";
      EXPECT_EQ(each.sceptic == Side::none, of_size) << each.where;
    }
    std::sort(keys.begin(), keys.end());
    if (first.empty()) first = keys;
    EXPECT_EQ(keys, first) << technology;
    auto const share = assumption_share(*numbers);
    EXPECT_GT(share, 0.5) << "most are guesses, and say so";
    EXPECT_LT(share, 1);
  }
}

}  // namespace
}  // namespace linchpin::parameters
