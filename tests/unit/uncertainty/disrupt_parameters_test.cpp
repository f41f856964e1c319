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
  auto const forward = find(
      {"inventory_days.goods", "inventory_days.services", "inventory_days.s1", "inventory_days"});
  std::vector<double> const values{40, 5, 10, 0.5};
  apply(forward, values, space, scenario, options);
  EXPECT_EQ(options.inventory_days, (DenseVector{20, 5, 20, 5, 5, 5}));
  auto const backward = find(
      {"inventory_days", "inventory_days.s1", "inventory_days.services", "inventory_days.goods"});
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

/// Numbers of events, as the file counts them: a cut in phases, a closure and a reserve of many
/// products are one event each.
TEST_F(DisruptParameters, NumbersOfAllEvents) {
  auto const cut = [](char const* event, double share) {
    Cut result;
    result.event = event;
    result.course.share = share;
    return result;
  };
  scenario.cuts = {cut("cut.1", 0.25),  cut("import_ban.1", 1), cut("cut.1", 0.5),
                   cut("closure.1", 1), cut("closure.1", 1),    cut("retaliation.2", 0.4)};
  scenario.labour_shocks.resize(1);
  scenario.capital_losses.resize(2);
  scenario.demand_shifts.resize(1);
  scenario.reserves.resize(3);
  for (auto& reserve : scenario.reserves) reserve.event = "reserve.1";
  scenario.reserves[2].event = "reserve.2";
  auto const found = find({"cut.1.share", "import_ban.1.share", "closure.1.share",
                           "retaliation.2.share", "labour_shock.1.share", "capital_loss.2.share",
                           "demand_shift.1.change", "reserve.1.days", "resourcing_elasticity.s2"});
  apply(found, std::vector<double>{0.8, 0.1, 0.2, 0.3, 0.4, 0.5, -0.6, 70, 0.9}, space, scenario,
        options);
  EXPECT_EQ(scenario.cuts[0].course.share, 0.4) << "a weaker phase moves in proportion";
  EXPECT_EQ(scenario.cuts[2].course.share, 0.8);
  EXPECT_EQ(scenario.cuts[1].course.share, 0.1);
  EXPECT_EQ(scenario.cuts[3].course.share, 0.2);
  EXPECT_EQ(scenario.cuts[4].course.share, 0.2);
  EXPECT_EQ(scenario.cuts[5].course.share, 0.3);
  EXPECT_EQ(scenario.labour_shocks[0].course.share, 0.4);
  EXPECT_EQ(scenario.capital_losses[1].share, 0.5);
  EXPECT_EQ(scenario.demand_shifts[0].course.share, 0.6);
  EXPECT_FALSE(scenario.demand_shifts[0].rises);
  EXPECT_EQ(scenario.reserves[0].days, 70);
  EXPECT_EQ(scenario.reserves[1].days, 70);
  EXPECT_EQ(scenario.reserves[2].days, 0);
  EXPECT_EQ(options.resourcing_elasticity, (DenseVector{1, 1, 0.9, 1, 1, 1}));
  apply(find({"demand_shift.1.change"}), std::vector<double>{0.2}, space, scenario, options);
  EXPECT_TRUE(scenario.demand_shifts[0].rises);
  for (auto const* unknown :
       {"cut.2.share", "cut.1.days", "closure.2.share", "reserve.3.days", "demand_shift.1.share",
        "capital_loss.3.share", "retaliation.1.share", "cut.01.share"}) {
    EXPECT_FALSE(find_parameter(unknown, "", space, scenario)) << unknown;
  }
  std::vector<Uncertain> const far{
      {"demand_shift.1.change", {DistributionKind::uniform, -1.5, 0.5}, "", "a"},
      {"reserve.1.days", {DistributionKind::uniform, -1, 5}, "", "b"},
      {"labour_shock.1.share", {DistributionKind::uniform, 0, 1.1}, "", "c"}};
  auto const refused = find_parameters(far, space, scenario, options);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().further.size() + 1, 3U);
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
  std::vector<Uncertain> const list{
      {"psi", {DistributionKind::uniform, 0.5, 1.2}, "", "a"},
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
