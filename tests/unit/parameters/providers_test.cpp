// SPDX-License-Identifier: Apache-2.0
#include "linchpin/parameters/providers.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace linchpin::parameters {
namespace {

std::vector<std::string> const stages{"glass", "lamp"};

TEST(Providers, AreRead) {
  auto const rows =
      read_providers("share,stage,country,firm\n0.6,glass,NLD,Kiln\n0.3,glass,JPN,\n1,lamp,CHN,\n",
                     "makers.csv", stages)
          .value();
  ASSERT_EQ(rows.size(), 3U);
  EXPECT_EQ(rows[0].firm, "Kiln");
  EXPECT_EQ(rows[0].country, "NLD");
  EXPECT_EQ(rows[0].share, 0.6);
  EXPECT_EQ(rows[1].firm, "");
  EXPECT_EQ(rows[2].where, "makers.csv:4");
  // The column firm may be missing.
  EXPECT_EQ(read_providers("stage,country,share\nlamp,CHN,1\n", "m", stages)->size(), 1U);
}

TEST(Providers, ReportAllThatIsWrongAtOnce) {
  auto const bad = read_providers(
      "stage,firm,country,share\n"
      "glas,Kiln,NLD,0.6\n"   // no such stage
      "glass,Kiln,nl,0.6\n"   // no country
      "glass,Oven,JPN,61%\n"  // no number
      "lamp,A,CHN,0.7\n"
      "lamp,A,CHN,0.1\n"  // twice
      "lamp,B,CHN,0.5\n"  // over one in sum
      "lamp,C,CHN,-1\n",  // below zero
      "makers.csv", stages);
  ASSERT_FALSE(bad);
  std::string all = bad.error().what + bad.error().hint + bad.error().where;
  for (auto const& each : bad.error().further) all += each.what + each.hint + each.where;
  for (auto const* words : {"did you mean 'glass'", "'nl' is no country", "makers.csv:4",
                            "makes lamp twice", "sum to more than 1", "a share of -1"}) {
    EXPECT_NE(all.find(words), std::string::npos) << words << "\n" << all;
  }
}

TEST(Providers, NeedTheirColumns) {
  auto const bad = read_providers("stage,nation,share\nlamp,CHN,1\n", "m", stages);
  ASSERT_FALSE(bad);
  EXPECT_NE(bad.error().what.find("nation"), std::string::npos);
  EXPECT_FALSE(bad.error().further.empty());
  EXPECT_FALSE(read_providers("", "m", stages));
  EXPECT_FALSE(read_providers("stage,country,share\n", "m", stages));
}

}  // namespace
}  // namespace linchpin::parameters
