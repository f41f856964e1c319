// SPDX-License-Identifier: Apache-2.0
#include "linchpin/results/depend_json.h"

#include <gtest/gtest.h>

#include <string>

#include "support/fixtures.h"

namespace linchpin {
namespace {

nlohmann::ordered_json document_of(Table table, depend::Buyer const& buyer) {
  auto const system = depend::LeontiefSystem::make(Economy::make(std::move(table)).value()).value();
  std::vector const accounts{depend::buyer_account(system, buyer).value()};
  return depend_to_json(system.economy().space(), accounts, depend::position(system),
                        {{"program", "test"}});
}

/// Six decimals from an independent computation on the leather table.
TEST(DependJson, HoldsTheContractedFields) {
  auto const document = document_of(test::leather(), {RegionId{0}, IndustryId{0}});
  EXPECT_EQ(document["schema"]["name"], "linchpin.depend");
  EXPECT_EQ(document["schema"]["version"], 1);
  EXPECT_EQ(document.begin().key(), "schema");
  ASSERT_EQ(document["reliance"].size(), 3U);
  auto const& row = document["reliance"][1];
  EXPECT_EQ(row["buyer"], "ARG:1");
  EXPECT_EQ(row["supplier"], "TUR");
  EXPECT_NEAR(row["face_value"].get<double>(), 0.018018, 1e-6);
  EXPECT_NEAR(row["look_through"].get<double>(), 0.063007, 1e-6);
  EXPECT_NEAR(row["hidden"].get<double>(), 0.044989, 1e-6);
  EXPECT_NEAR(row["value_added_origin"].get<double>(), 0.035131, 1e-6);
  EXPECT_EQ(document["suppliers"].size(), 9U);
  EXPECT_EQ(document["suppliers"][0]["rank"], 1);
  EXPECT_EQ(document["concentration"].size(), 2U);
  EXPECT_EQ(document["concentration"][1]["measure"], "look_through");
  EXPECT_EQ(document["concentration"][1]["largest_foreign"], "DEU");
  EXPECT_EQ(document["position"].size(), 9U);
  EXPECT_EQ(document["origin"]["program"], "test");
}

TEST(DependJson, WritesUndefinedAsNullWithAReason) {
  auto const document = document_of(test::miller_blair(), {RegionId{0}});
  auto const& row = document["concentration"][0];
  for (std::string const name :
       {"hhi_foreign", "effective_suppliers_foreign", "largest_foreign", "largest_foreign_share"}) {
    EXPECT_TRUE(row.at(name).is_null()) << name;
    EXPECT_EQ(row.at(name + "_reason"), "the buyer has no foreign inputs") << name;
  }
  EXPECT_EQ(row["hhi"], 1.0);
  EXPECT_FALSE(row.contains("hhi_reason"));
}

TEST(DependJson, ReadsBackTheSameNumbers) {
  auto const document = document_of(test::leather(), {RegionId{2}});
  EXPECT_EQ(nlohmann::ordered_json::parse(document.dump()), document);
}

}  // namespace
}  // namespace linchpin
