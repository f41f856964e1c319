// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <map>
#include <stdexcept>

#include "linchpin/study/scenario_file.h"
#include "study_fixtures.h"

namespace linchpin::study {
namespace {

using ::testing::HasSubstr;

class ModelKeys : public ::testing::Test {
 protected:
  ResolvedScenario good(std::string const& text) {
    auto scenario = read_scenario("[model]\n" + text, "s.toml", economy.space());
    if (!scenario) throw std::runtime_error(test::all_of(scenario.error()));
    return *scenario;
  }
  std::string bad(std::string const& text) {
    auto const scenario = read_scenario("[model]\n" + text, "s.toml", economy.space());
    return scenario ? "accepted" : test::all_of(scenario.error());
  }
  Economy economy = test::small_economy();
};

constexpr char const* everything = R"(production = "linear"
rationing = "random"
rationing_seed = 7
orders = "production"
order_rule = "available"
overproduction_max = 1.2
overproduction = {goods = 1.1, s4 = 1.5}
resourcing_elasticity = {services = 0.5, s0 = 2}
switching_speed = 0.02
switching_cost = 0.05
delays = [{between = ["R0", "R1"], days = 30}, {from = ["R2"], to = ["R0", "R3"], days = 9}]
substitutions = [{product = "s0", by = "s1", share = 0.3}]
labour = {hire_days = 40, fire_days = 10}
consumption = {persistence = 0.5, replacement = 0.7}
capital_per_value_added = 3
)";

TEST_F(ModelKeys, ReadsAllOfThem) {
  auto const options = good(everything).options;
  EXPECT_EQ(options.production, disrupt::Production::linear);
  EXPECT_EQ(options.rationing, disrupt::Rationing::random);
  EXPECT_EQ(options.rationing_seed, 7U);
  EXPECT_EQ(options.order_base, disrupt::OrderBase::production);
  EXPECT_EQ(options.order_rule, disrupt::OrderRule::available);
  EXPECT_EQ(options.overproduction_by_product, (DenseVector{1.1, 1.1, 1.1, 1.2, 1.5, 1.2}));
  EXPECT_EQ(options.resourcing_elasticity, (DenseVector{2, 1, 1, 0.5, 0.5, 0.5}));
  EXPECT_EQ(options.switching_speed, 0.02);
  EXPECT_EQ(options.switching_cost, 0.05);
  ASSERT_EQ(options.delays.size(), 4U);
  EXPECT_EQ(options.delays[1].seller, RegionId{1}) << "between means both ways";
  EXPECT_EQ(options.delays[1].buyer, RegionId{0});
  EXPECT_EQ(options.delays[3].buyer, RegionId{3});
  EXPECT_EQ(options.delays[3].days, 9);
  ASSERT_EQ(options.substitutions.size(), 1U);
  EXPECT_EQ(options.substitutions[0].product, SectorId{0});
  EXPECT_EQ(options.substitutions[0].by, SectorId{1});
  EXPECT_EQ(options.substitutions[0].share, 0.3);
  EXPECT_TRUE(options.labour.active);
  EXPECT_EQ(options.labour.hire_days, 40);
  EXPECT_EQ(options.labour.fire_days, 10);
  EXPECT_TRUE(options.consumption.active);
  EXPECT_EQ(options.consumption.replacement, 0.7);
  EXPECT_EQ(options.capital_per_value_added, 3);
}

TEST_F(ModelKeys, OrdersFollowTheProductionFunctionUnlessGiven) {
  EXPECT_EQ(good("psi = 0.8\n").options.order_base, disrupt::OrderBase::production);
  EXPECT_EQ(good("production = \"leontief\"\n").options.order_base, disrupt::OrderBase::demand);
  EXPECT_EQ(good("production = \"leontief\"\norders = \"production\"\n").options.order_base,
            disrupt::OrderBase::production);
}

TEST_F(ModelKeys, SwitchesAreTrueOrTables) {
  auto const options = good("labour = true\nconsumption = false\nswitching_speed = inf\n").options;
  EXPECT_TRUE(options.labour.active);
  EXPECT_FALSE(options.consumption.active);
  EXPECT_TRUE(std::isinf(options.switching_speed));
  EXPECT_EQ(good("resourcing_elasticity = 0\n").options.resourcing_elasticity,
            DenseVector(6, 0.0));
}

TEST_F(ModelKeys, BadOnesAreReportedTogether) {
  auto const text = bad(R"(production = "leontif"
rationing = "random"
orders = "need"
overproduction = {s9 = 1.1, s1 = 0.9}
switching_speed = -1
delays = [{from = "R0", to = "R0", days = 3}, {between = ["R0", "R1"], days = 3}, {from = "R1", to = "R0"}]
labour = {hire_days = 0, fired = 2}
consumption = 3
tau_inventory_days = 0.5
inventory_days = {goods = -5}
)");
  EXPECT_THAT(text, HasSubstr("s.toml:2: 'leontif' is no production function | did you mean "
                              "'leontief'?"));
  EXPECT_THAT(text, HasSubstr("s.toml:3: 'model.rationing_seed' is missing"));
  EXPECT_THAT(text, HasSubstr("'need' is no base of orders | use one of production, demand"));
  EXPECT_THAT(text, HasSubstr("unknown_label s.toml:5"));
  EXPECT_THAT(text, HasSubstr("'model.overproduction.s1' is 0.9"));
  EXPECT_THAT(text, HasSubstr("'model.switching_speed' is -1"));
  EXPECT_THAT(text, HasSubstr("a delay from R0 to itself"));
  EXPECT_THAT(text, HasSubstr("R1>R0 has two delays"));
  EXPECT_THAT(text, HasSubstr("'model.delays.days' is missing"));
  EXPECT_THAT(text, HasSubstr("'model.labour.hire_days' is 0"));
  EXPECT_THAT(text, HasSubstr("unknown key 'model.labour.fired'"));
  EXPECT_THAT(text, HasSubstr("'model.consumption' should be true, false or a table"));
  EXPECT_THAT(text, HasSubstr("'model.tau_inventory_days' is 0.5"));
  EXPECT_THAT(text, HasSubstr("'model.inventory_days.goods' is -5"));
}

TEST_F(ModelKeys, SubstitutionsAreBetweenTwoKnownProducts) {
  auto const text = bad("substitutions = [{product = \"s0\", by = \"s0\", share = 1}, "
                        "{product = \"s1\", by = \"s9\", share = 0.1}, {by = \"s1\"}, "
                        "{product = \"s2\", by = \"s3\", share = 2}, "
                        "{product = \"s2\", by = \"s1\", share = 1}]\n");
  EXPECT_THAT(text, HasSubstr("s.toml:2: s0 cannot replace itself"));
  EXPECT_THAT(text, HasSubstr("unknown_label s.toml:2: unknown sector 's9'"));
  EXPECT_THAT(text, HasSubstr("'model.substitutions.product' is missing"));
  EXPECT_THAT(text, HasSubstr("'model.substitutions.share' is missing"));
  EXPECT_THAT(text, HasSubstr("'model.substitutions.share' is 2"));
  EXPECT_THAT(text, HasSubstr("s2 has two substitutes"));
  auto const linear = good("production = \"linear\"\n"
                           "substitutions = [{product = \"s0\", by = \"s1\", share = 1}]\n");
  ASSERT_EQ(linear.warnings.size(), 1U);
  EXPECT_THAT(linear.warnings[0], HasSubstr("do nothing under linear production"));
}

TEST_F(ModelKeys, StandInTheOrigin) {
  std::map<std::string, OptionValue> values;
  for (auto const& [name, value] : origin_options(good(everything).options, economy.space())) {
    EXPECT_TRUE(values.emplace(name, value).second) << name << " twice";
  }
  EXPECT_EQ(values.at("production"), OptionValue{std::string{"linear"}});
  EXPECT_EQ(values.at("rationing"), OptionValue{std::string{"random"}});
  EXPECT_EQ(values.at("rationing_seed"), OptionValue{std::int64_t{7}});
  EXPECT_EQ(values.at("orders"), OptionValue{std::string{"production"}});
  EXPECT_EQ(values.at("switching_speed"), OptionValue{0.02});
  EXPECT_EQ(values.at("overproduction.goods"), OptionValue{1.1});
  EXPECT_EQ(values.at("overproduction.s4"), OptionValue{1.5});
  EXPECT_EQ(values.at("resourcing_elasticity.s0"), OptionValue{2.0});
  EXPECT_EQ(values.at("delays.30"), OptionValue{std::string{"R0>R1, R1>R0"}});
  EXPECT_EQ(values.at("substitutions.s0"), OptionValue{std::string{"s1 0.3"}});
  EXPECT_EQ(values.at("labour.hire_days"), OptionValue{40.0});
  EXPECT_EQ(values.at("capital_per_value_added"), OptionValue{3.0});
}

}  // namespace
}  // namespace linchpin::study
