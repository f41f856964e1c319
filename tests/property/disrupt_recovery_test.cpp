// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstdint>

#include "linchpin/disrupt/day_model.h"
#include "property/disrupt_random.h"

/// What happens long after an event that ended: nothing any more.
namespace linchpin::test {
namespace {

using disrupt::DayModel;
using disrupt::ModelOptions;

constexpr int days = 1500;

/// Capital destroyed and rebuilt, capacity lost for a while and coming back along a curve, workers
/// away, a cut that ends: all over by day 120.
Scenario passing_shocks(IndustrySpace const& space, Seed seed) {
  Rng rng(seed, 31);
  auto const industry = [&] { return IndustryId{rng.below(space.size())}; };
  Scenario scenario{.name = "passing"};
  scenario.capital_losses.push_back({{industry(), industry()}, 0.02 + 0.1 * rng.uniform(), 5, 40});
  auto const curve = static_cast<RecoveryCurve>(rng.below(4));
  scenario.capacity_losses.push_back({{industry()},
                                      {.share = 0.3 * rng.uniform(),
                                       .from_day = 10,
                                       .to_day = 40,
                                       .recovery_days = 60,
                                       .recovery = curve}});
  scenario.labour_shocks.push_back(
      {{industry()}, {.share = 0.2 * rng.uniform(), .from_day = 0, .to_day = 90}});
  Cut cut;
  cut.sellers = {RegionId{0}};
  cut.buyers = {RegionId{1}};
  cut.course = {.share = rng.uniform(), .from_day = 20, .to_day = 60};
  scenario.cuts.push_back(cut);
  return scenario;
}

struct Deviations {
  double early = 0, middle = 0, late = 0;  ///< of demand from the baseline, largest of any industry
  double least_output_at_end = 1;
  bool shortage = false;
};

Deviations deviations(Economy const& economy, Scenario const& scenario,
                      ModelOptions const& options) {
  DayModel model(economy, scenario, options, disrupt::make_baseline(economy).value());
  Deviations found;
  for (int t = 0; t < days; ++t) {
    EXPECT_TRUE(model.advance(t, {}));
    double& part = t < 500 ? found.early : t < 1000 ? found.middle : found.late;
    for (std::size_t i = 0; i < economy.size(); ++i) {
      double const base = model.baseline().output[i];
      if (base <= 0) continue;
      part = std::max(part, std::abs(model.demand()[i] / base - 1));
      found.shortage = found.shortage || model.short_of_input(i);
      if (t + 1 == days) {
        found.least_output_at_end = std::min(found.least_output_at_end, model.output()[i]);
      }
    }
  }
  return found;
}

/// Where stocks lasted, demand comes back to the baseline and stays there: no wave of orders for
/// rebuilding or restocking long after the event. So does output, whatever the curve.
TEST(DisruptProperty, NoDemandReturnsLongAfterTheEvent) {
  std::size_t supplied = 0;
  double largest_middle = 0, largest_late = 0, largest_early = 0, least_output = 1;
  for (std::uint64_t seed = 1; seed <= 150; ++seed) {
    auto const economy = small_world(seed);
    auto const& space = economy.space();
    ModelOptions options;
    options.inventory_days = DenseVector(space.sectors(), 90.0);
    options.psi = 0.5;
    options.tau_inventory_days = 30;
    options.tau_overproduction_days = 60;
    options.order_rule = disrupt::OrderRule::fixed;
    options.days = days;
    auto const found = deviations(economy, passing_shocks(space, Seed{seed}), options);
    if (found.shortage) continue;
    ++supplied;
    largest_early = std::max(largest_early, found.early);
    largest_middle = std::max(largest_middle, found.middle);
    largest_late = std::max(largest_late, found.late);
    least_output = std::min(least_output, found.least_output_at_end);
    EXPECT_LE(found.late, found.middle + 1e-9) << "seed " << seed;
  }
  EXPECT_EQ(supplied, 150U);
  EXPECT_GT(largest_early, 1.0);      // the shocks do bite; measured: 3.2
  EXPECT_LT(largest_middle, 1e-3);    // days 500 to 999; measured: 2.4e-4
  EXPECT_LT(largest_late, 1e-8);      // from day 1,000 on; measured: 7.5e-10
  EXPECT_GT(least_output, 1 - 1e-9);  // on the last day; measured: 1
}

}  // namespace
}  // namespace linchpin::test
