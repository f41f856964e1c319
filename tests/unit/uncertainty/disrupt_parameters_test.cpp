// SPDX-License-Identifier: Apache-2.0
#include "linchpin/uncertainty/disrupt_parameters.h"

#include <gtest/gtest.h>

#include <vector>

#include "support/random_economy.h"

namespace linchpin::uncertainty {
namespace {

using sampling::DistributionKind;

class DisruptParameters : public testing::Test {
 protected:
  // Regions R0 … R3, sectors s0 … s5, of which s3 … s5 are services.
  Economy economy = test::random_economy({.regions = 4, .sectors = 6, .seed = Seed{11}});
  IndustrySpace const& space = economy.space();
  disrupt::ModelOptions options{.inventory_days = disrupt::default_inventory_days(space)};
  Scenario scenario{.cuts = {Cut{}, Cut{}}, .capacity_losses = {CapacityLoss{}}};

  std::vector<DisruptParameter> find(std::vector<std::string> const& names) {
    std::vector<DisruptParameter> result;
    for (auto const& name : names) {
      auto const found = find_parameter(name, "here", space, scenario);
      EXPECT_TRUE(found) << name;
      if (found) result.push_back(*found);
    }
    return result;
  }
};

TEST_F(DisruptParameters, EachSetsItsOwnNumber) {
  std::vector<double> const values{0.7, 20, 1.5, 100, 0.3, 0.2};
  apply(find({"psi", "tau_inventory_days", "overproduction_max", "tau_overproduction_days",
              "cut.2.share", "capacity_loss.1.share"}),
        values, space, scenario, options);
  EXPECT_EQ(options.psi, 0.7);
  EXPECT_EQ(options.tau_inventory_days, 20);
  EXPECT_EQ(options.overproduction_max, 1.5);
  EXPECT_EQ(options.tau_overproduction_days, 100);
  EXPECT_EQ(scenario.cuts[0].course.share, 1.0);
  EXPECT_EQ(scenario.cuts[1].course.share, 0.3);
  EXPECT_EQ(scenario.capacity_losses[0].course.share, 0.2);
}

// Whatever the order of the list: kinds, then sectors, then the factor on goods.
TEST_F(DisruptParameters, InventoriesComposeInOneOrder) {
  auto const forward = find({"inventory_days.goods", "inventory_days.services",
                             "inventory_days.s1", "inventory_days"});
  std::vector<double> const values{40, 5, 10, 0.5};
  apply(forward, values, space, scenario, options);
  EXPECT_EQ(options.inventory_days, (DenseVector{20, 5, 20, 5, 5, 5}));
  auto const backward = find({"inventory_days", "inventory_days.s1", "inventory_days.services",
                              "inventory_days.goods"});
  disrupt::ModelOptions other{.inventory_days = disrupt::default_inventory_days(space)};
  apply(backward, std::vector<double>{0.5, 10, 5, 40}, space, scenario, other);
  EXPECT_EQ(other.inventory_days, options.inventory_days);
  // Never below a day.
  apply(find({"inventory_days"}), std::vector<double>{0.001}, space, scenario, other);
  EXPECT_EQ(other.inventory_days, (DenseVector{1, 1, 1, 5, 5, 5}));
}

TEST_F(DisruptParameters, ElasticityIsAFactor) {
  apply(find({"resourcing_elasticity"}), std::vector<double>{0.5}, space, scenario, options);
  EXPECT_EQ(options.resourcing_elasticity, (DenseVector{0.5, 0.5, 0.5, 0.5, 0.5, 0.5}));
  apply(find({"resourcing_elasticity"}), std::vector<double>{0.5}, space, scenario, options);
  EXPECT_EQ(options.resourcing_elasticity[0], 0.25);
}

TEST_F(DisruptParameters, UnknownOnesAreNamedWithTheNearest) {
  auto const hint = [&](std::string const& name) {
    auto const found = find_parameter(name, "s.toml:4", space, scenario);
    EXPECT_FALSE(found) << name;
    if (found) return std::string{};
    EXPECT_EQ(found.error().code, ErrorCode::unknown_key);
    EXPECT_EQ(found.error().where, "s.toml:4");
    return found.error().hint;
  };
  EXPECT_EQ(hint("pis"), "did you mean 'psi'?");
  EXPECT_EQ(hint("cut.3.share"), "did you mean 'cut.1.share'?");
  EXPECT_EQ(hint("cut.0.share"), "did you mean 'cut.1.share'?");
  EXPECT_EQ(hint("inventory_days.s9"), "did you mean 'inventory_days.s0'?");
  EXPECT_NE(hint("weather").find("one of psi"), std::string::npos);
  EXPECT_FALSE(find_parameter("cut..share", "", space, scenario));
  EXPECT_FALSE(find_parameter("cut.share", "", space, scenario));
  EXPECT_FALSE(find_parameter("cut.1x.share", "", space, scenario));
}

TEST_F(DisruptParameters, AllFaultsAtOnce) {
  std::vector<Uncertain> const list{{"psi", {DistributionKind::uniform, 0.5, 1.2}, "", "a"},
                                    {"psi", {DistributionKind::uniform, 0.5, 0.9}, "", "b"},
                                    {"tau", {DistributionKind::uniform, 1, 2}, "", "c"},
                                    {"inventory_days", {DistributionKind::uniform, 20, 90}, "", "d"},
                                    {"cut.1.share", {DistributionKind::uniform, 1, 0}, "", "e"}};
  auto const found = find_parameters(list, space, scenario, options);
  ASSERT_FALSE(found);
  // psi above 1; psi twice; tau unknown; both ends of the factor; low above high.
  EXPECT_EQ(found.error().further.size() + 1, 6U);
}

TEST_F(DisruptParameters, DefaultsAreValidAroundTheValuesInForce) {
  for (double const psi : {0.0, 0.8, 1.0}) {
    for (auto const rule : {disrupt::OrderRule::fixed, disrupt::OrderRule::reweighted}) {
      options.psi = psi;
      options.order_rule = rule;
      auto const set = default_uncertain(options);
      auto const found = find_parameters(set, space, scenario, options);
      ASSERT_TRUE(found) << found.error().what << " psi " << psi;
      EXPECT_EQ(set.size(), rule == disrupt::OrderRule::fixed ? 4U : 5U);
    }
  }
  options.tau_inventory_days = 1;
  options.overproduction_max = 1;
  auto const set = default_uncertain(options);
  EXPECT_TRUE(find_parameters(set, space, scenario, options));
  EXPECT_EQ(set.size(), 4U);
}

TEST(ParameterWords, SayWhatANumberMeans) {
  EXPECT_EQ(parameter_words("inventory_days"), "how large stocks are (inventory_days)");
  EXPECT_EQ(parameter_words("cut.2.share"),
            "how much of the deliveries the cut stops (cut.2.share)");
  EXPECT_EQ(distribution_words({DistributionKind::triangular, 1, 3, 2.0}),
            "triangular, from 1 to 3, mode 2");
  EXPECT_EQ(distribution_words({DistributionKind::lognormal, 0.5, 2}),
            "lognormal, 5 % to 95 % quantile 0.5 to 2");
}

}  // namespace
}  // namespace linchpin::uncertainty
