// SPDX-License-Identifier: Apache-2.0
#include "linchpin/results/disrupt_json.h"

#include <gtest/gtest.h>

#include "support/fixtures.h"

namespace linchpin {
namespace {

using Json = nlohmann::ordered_json;

disrupt::Path cut_path(Economy const& economy) {
  disrupt::ModelOptions options;
  options.inventory_days = disrupt::default_inventory_days(economy.space(), 4, 4);
  options.days = 12;
  Cut cut;
  cut.sellers = {RegionId{0}};
  cut.buyers = {RegionId{1}, RegionId{2}};
  return disrupt::simulate(economy, {"cut", {cut}, {}}, options).value();
}

TEST(DisruptJson, HoldsWhatMachinesRelyOn) {
  auto const economy = Economy::make(test::leather()).value();
  auto const path = cut_path(economy);
  auto const document = disrupt_to_json(economy.space(), path, {{"version", "x"}});
  std::vector<std::string> members;
  for (auto const& item : document.items()) members.push_back(item.key());
  EXPECT_EQ(members,
            (std::vector<std::string>{"schema", "regions", "world", "industries", "shortages",
                                      "baseline", "reach", "warnings", "origin"}));
  ASSERT_EQ(document["reach"]["cuts"].size(), 1U);
  EXPECT_EQ(document["reach"]["cuts"][0].get<double>(), path.reach.cuts[0]);
  EXPECT_GT(path.reach.cuts[0], 0.0);
  EXPECT_TRUE(document["reach"]["capacity_losses"].empty());
  EXPECT_TRUE(document["warnings"].empty());
  EXPECT_TRUE(document["industries"]["without_output"].empty());
  auto const warned = disrupt_to_json(economy.space(), path, {}, {"beware"});
  EXPECT_EQ(warned["warnings"], (Json{"beware"}));
  EXPECT_EQ(document["schema"], (Json{{"name", "linchpin.disrupt"}, {"version", 1}}));
  ASSERT_EQ(document["regions"].size(), 3U);
  auto const& turkey = document["regions"][1];
  EXPECT_EQ(turkey["region"], "TUR");
  EXPECT_EQ(turkey["output_loss_pct"].get<double>(), path.region_output_loss_pct[1]);
  EXPECT_EQ(turkey["value_added_loss_pct"].get<double>(), path.region_value_added_loss_pct[1]);
  EXPECT_EQ(turkey["final_use_loss_pct"].get<double>(), path.region_final_use_loss_pct[1]);
  EXPECT_EQ(document["world"]["output_loss_pct"].get<double>(), path.world_output_loss_pct);
  EXPECT_EQ(document["origin"]["version"], "x");
  EXPECT_EQ(document["baseline"]["total_moved"], 0.0);
}

TEST(DisruptJson, OneRowPerIndustryOneColumnPerDay) {
  auto const economy = Economy::make(test::leather()).value();
  auto const path = cut_path(economy);
  auto const industries = disrupt_to_json(economy.space(), path, {})["industries"];
  EXPECT_EQ(industries["labels"][8], "DEU:3");
  ASSERT_EQ(industries["days"].size(), 12U);
  EXPECT_EQ(industries["days"][0], 0);
  EXPECT_EQ(industries["unmet_demand"].size(), 9U);
  EXPECT_EQ(industries["value_added_loss"][4].get<double>(), path.value_added_loss[4]);
  EXPECT_EQ(industries["output_loss"][4].get<double>(), path.output_loss[4]);
  ASSERT_EQ(industries["output_relative"].size(), 9U);
  for (std::size_t i = 0; i < 9; ++i) {
    ASSERT_EQ(industries["output_relative"][i].size(), 12U);
    for (std::size_t t = 0; t < 12; ++t) {
      EXPECT_EQ(industries["output_relative"][i][t].get<double>(), path.output_relative(i, t));
    }
  }
}

TEST(DisruptJson, UndefinedIsNullWithAReason) {
  auto const economy =
      Economy::make(test::balanced_table("empty", test::full_labels({"ONE", "NIL"}, {"1"}),
                                         test::matrix({{1, 0}, {0, 0}}),
                                         test::matrix({{9, 0}, {0, 0}})))
          .value();
  disrupt::ModelOptions options;
  options.inventory_days = {5};
  options.days = 3;
  Scenario const lasting{"loss", {}, {{{IndustryId{0}}, {.share = 0.5}}}};
  auto const path = disrupt::simulate(economy, lasting, options).value();
  auto const document = disrupt_to_json(economy.space(), path, {});
  EXPECT_EQ(document["industries"]["without_output"], (Json{"NIL:1"}));
  auto const& regions = document["regions"];
  EXPECT_TRUE(regions[0]["recovery_day"].is_null());
  EXPECT_EQ(regions[0]["recovery_day_reason"], "not recovered by the last day simulated");
  EXPECT_TRUE(regions[1]["output_loss_pct"].is_null());
  EXPECT_EQ(regions[1]["output_loss_pct_reason"], "the baseline is zero");
  EXPECT_EQ(regions[1]["recovery_day"], 0);
}

}  // namespace
}  // namespace linchpin
