// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <stdexcept>

#include "linchpin/disrupt/day_model.h"
#include "linchpin/disrupt/options.h"
#include "support/fixtures.h"

/// One critical input that another can stand in for, by hand.
namespace linchpin::test {
namespace {

using disrupt::DayModel;

/// Gas and oil are made of nothing; steel needs 10 of gas and 20 of oil, so a day's gas in money is
/// half a day's oil.
Economy two_fuels() {
  auto economy = Economy::make(
      balanced_table("two fuels", full_labels({"A"}, {"gas", "oil", "steel"}),
                     matrix({{0, 0, 10}, {0, 0, 20}, {0, 0, 0}}), matrix({{10}, {30}, {100}})));
  if (!economy) throw std::runtime_error(economy.error().what);
  return *std::move(economy);
}

constexpr std::size_t oil = 1, steel = 2;

disrupt::ModelOptions fuel_options(double gas_days, double share) {
  disrupt::ModelOptions options;
  options.production = disrupt::Production::leontief;
  options.order_rule = disrupt::OrderRule::fixed;
  options.overproduction_max = 1;
  options.days = 20;
  options.inventory_days = {gas_days, 40, 1};
  if (share > 0) options.substitutions = {{SectorId{0}, SectorId{1}, share}};
  return options;
}

/// Gas stops on day 0; runs to the end of day `last`.
DayModel run_to(Economy const& economy, disrupt::ModelOptions const& options, int last) {
  Scenario scenario;
  scenario.capacity_losses.push_back({{IndustryId{0}}, {}});
  auto baseline = disrupt::make_baseline(economy);
  if (!baseline) throw std::runtime_error(baseline.error().what);
  DayModel model(economy, scenario, options, *std::move(baseline));
  for (int day = 0; day <= last; ++day) {
    if (!model.advance(day, {})) throw std::runtime_error("stopped");
  }
  return model;
}

TEST(Substitution, NoneStopsWithTheStock) {
  auto const economy = two_fuels();
  EXPECT_EQ(run_to(economy, fuel_options(5, 0), 4).output()[steel], 1.0);
  EXPECT_EQ(run_to(economy, fuel_options(5, 0), 5).output()[steel], 0.0);
}

/// All gas can be replaced: steel goes on; on day 5 it uses 1 + 10 / 20 days of oil and gets one.
TEST(Substitution, FullUsesTheOtherFuel) {
  auto const economy = two_fuels();
  auto const model = run_to(economy, fuel_options(5, 1), 5);
  EXPECT_EQ(model.output()[steel], 1.0);
  EXPECT_NEAR(model.stock()(oil, steel), 39.5, 1e-12);
  EXPECT_NEAR(model.stock()(0, steel), 0.0, 1e-12);
  // The other fuel ends too: its stock beside steel's own use is what can be burnt.
  auto scarce = fuel_options(5, 1);
  scarce.inventory_days[oil] = 1.2;
  EXPECT_NEAR(run_to(economy, scarce, 5).output()[steel], 1.2 / 1.5, 1e-12);
}

/// Half a day of gas left and a quarter of it replaceable: 0.5 / 0.75.
TEST(Substitution, PartStretchesTheStock) {
  auto const economy = two_fuels();
  auto const model = run_to(economy, fuel_options(5.5, 0.25), 5);
  EXPECT_NEAR(model.output()[steel], 0.5 / 0.75, 1e-12);
  EXPECT_NEAR(model.stock()(oil, steel), 40 + 1 - 0.5 / 0.75 - 0.5 * (0.5 / 0.75 - 0.5), 1e-12);
}

TEST(Substitution, BadPairsAreNamed) {
  auto const economy = two_fuels();
  auto options = fuel_options(5, 0);
  options.substitutions = {{SectorId{0}, SectorId{0}, 0.5}, {SectorId{0}, SectorId{1}, 1.5}};
  auto const checked = disrupt::check_request(economy.space(), {}, options);
  ASSERT_FALSE(checked);
  EXPECT_EQ(checked.error().further.size(), 2U);  // itself, a share of 1.5, gas named twice
}

}  // namespace
}  // namespace linchpin::test
