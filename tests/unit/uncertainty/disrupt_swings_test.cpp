// SPDX-License-Identifier: Apache-2.0
#include "linchpin/uncertainty/disrupt_swings.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <limits>
#include <vector>

#include "linchpin/uncertainty/disrupt_parameters.h"
#include "support/random_economy.h"

namespace linchpin::uncertainty {
namespace {

using sampling::DistributionKind;

class DisruptSwings : public testing::Test {
 protected:
  Economy economy = test::random_economy({.regions = 3, .sectors = 5, .seed = Seed{5}});
  IndustrySpace const& space = economy.space();
  disrupt::ModelOptions options{.inventory_days = disrupt::default_inventory_days(space, 20, 3),
                                .days = 60};
  Scenario scenario = a_cut();

  static Scenario a_cut() {
    Cut cut;
    cut.sellers = {RegionId{0}};
    cut.buyers = {RegionId{1}};
    return {.name = "cut", .cuts = {cut}};
  }
  disrupt::Path path(Scenario const& of, disrupt::ModelOptions const& with) const {
    return disrupt::simulate(economy, of, with).value();
  }
  SwingSummary swings(std::vector<Uncertain> const& uncertain = {}) const {
    return disrupt_swings(economy, scenario, options, uncertain, RegionId{1},
                          path(scenario, options))
        .value();
  }
};

/// Each end is the run one would make by hand, and the largest difference comes first.
TEST_F(DisruptSwings, AreRunsWithOneNumberMoved) {
  auto const found = swings();
  EXPECT_TRUE(found.assumed);
  EXPECT_EQ(found.focus, space.label(RegionId{1}));
  auto const set = default_uncertain(options);
  ASSERT_EQ(found.swings.size(), set.size());
  for (std::size_t k = 0; k < found.swings.size(); ++k) {
    auto const& swing = found.swings[k];
    if (k > 0) EXPECT_LE(swing.swing, found.swings[k - 1].swing);
    auto const named = std::find_if(set.begin(), set.end(), [&](Uncertain const& each) {
      return each.parameter == swing.parameter;
    });
    ASSERT_NE(named, set.end());
    double lowest = found.central, highest = found.central;
    for (bool const high : {false, true}) {
      auto moved = options;
      auto same = scenario;
      double const end = high ? named->distribution.high : named->distribution.low;
      apply({find_parameter(swing.parameter, "", space, scenario).value()},
            std::vector<double>{end}, space, same, moved);
      auto const by_hand = path(same, moved);
      double const loss = by_hand.region_final_use_loss_pct[1];
      EXPECT_NEAR(high ? *swing.loss_at_high : *swing.loss_at_low, loss, 1e-9) << swing.parameter;
      EXPECT_NEAR(high ? *swing.value_added_loss_at_high : *swing.value_added_loss_at_low,
                  by_hand.region_value_added_loss_pct[1], 1e-9);
      lowest = std::min(lowest, loss);
      highest = std::max(highest, loss);
    }
    EXPECT_NEAR(swing.swing, highest - lowest, 1e-9);
  }
  EXPECT_GT(found.swings.front().swing, 0.0);
  auto const sentence = ledger_sentence(found);
  EXPECT_NE(sentence.find("assumptions"), std::string::npos) << sentence;
  EXPECT_NE(sentence.find(found.swings[0].words), std::string::npos) << sentence;
  EXPECT_EQ(std::count(sentence.begin(), sentence.end(), ';'), 2) << sentence;
}

TEST_F(DisruptSwings, GroupsMoveTogetherAndWhatIsGivenIsTaken) {
  auto const found = swings({{"cut.1.share", {DistributionKind::uniform, 0.2, 0.9}, "g", ""},
                             {"psi", {DistributionKind::uniform, 0.7, 0.9}, "g", ""}});
  EXPECT_FALSE(found.assumed);
  ASSERT_EQ(found.swings.size(), 1U);
  EXPECT_EQ(found.swings[0].parameter, "g");
  EXPECT_EQ(found.swings[0].members, (std::vector<std::string>{"cut.1.share", "psi"}));
  auto by_hand = options;
  by_hand.psi = 0.7;
  auto weaker = scenario;
  weaker.cuts[0].course.share = 0.2;
  EXPECT_NEAR(*found.swings[0].loss_at_low, path(weaker, by_hand).region_final_use_loss_pct[1],
              1e-9);
}

TEST_F(DisruptSwings, SayWhyThereAreNone) {
  auto const central = path(scenario, options);
  auto const nobody =
      disrupt_swings(economy, {.name = "quiet"}, options, {}, std::nullopt, central).value();
  EXPECT_FALSE(nobody.reason.empty());
  EXPECT_TRUE(nobody.swings.empty());
  Json document = Json::object();
  add_swings(document, nobody);
  EXPECT_TRUE(document["swings"].is_null());
  EXPECT_EQ(document["swings_reason"], nobody.reason);
  std::vector<Uncertain> many;
  for (std::size_t k = 0; k <= most_swing_factors; ++k) {
    scenario.capacity_losses.push_back({{IndustryId{0}}, {.share = 0}});
    many.push_back(
        {"capacity_loss." + std::to_string(k + 1) + ".share", {DistributionKind::uniform, 0, 1}});
  }
  EXPECT_NE(swings(many).reason.find("uncertain"), std::string::npos);
}

/// A shock that does nothing has a ledger that says so.
TEST_F(DisruptSwings, NothingMovesNothing) {
  scenario.cuts[0].course.share = 0;
  auto const found = swings();
  EXPECT_EQ(found.central, 0.0);
  EXPECT_LT(found.swings.front().swing, 1e-9);
  EXPECT_NE(ledger_sentence(found).find("None of"), std::string::npos) << ledger_sentence(found);
}

}  // namespace
}  // namespace linchpin::uncertainty
