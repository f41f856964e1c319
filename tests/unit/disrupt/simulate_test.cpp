// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <cmath>

#include "linchpin/disrupt/model.h"
#include "reference/ario_plain.h"
#include "support/fixtures.h"
#include "support/random_economy.h"

namespace linchpin::disrupt {
namespace {

Economy miller_blair_economy() {
  auto economy = Economy::make(test::miller_blair());
  if (!economy) throw std::runtime_error(economy.error().what);
  return *std::move(economy);
}

ModelOptions reference_options() {
  ModelOptions options;
  options.psi = 0.8;
  options.inventory_days = {90, 90};
  options.tau_inventory_days = 60;
  options.overproduction_max = 1.25;
  options.tau_overproduction_days = 365;
  options.days = 80;
  return options;
}

/// Sector 1 loses 30 % of its capacity on days 0 … 59.
Scenario thirty_per_cent() {
  return {"loss", {}, {{{IndustryId{0}}, {.share = 0.3, .from_day = 0, .to_day = 60}}}};
}

/// Two sectors, one region, orders = gap / 60 + A x^a, stocks of 90 days, psi 0.8, overproduction
/// 1.25 in 365 days. Source: an independent implementation of the equations of
/// docs/methods/disrupt.md on the table of Miller & Blair (2009), chapter 2; 8 decimals.
TEST(Simulate, MatchesTheReferencePath) {
  for (auto const rule : {OrderRule::fixed, OrderRule::reweighted}) {
    auto options = reference_options();
    options.order_rule = rule;
    auto const path = simulate(miller_blair_economy(), thirty_per_cent(), options);
    ASSERT_TRUE(path) << path.error().what;
    auto const& x = path->output_relative;
    struct Printed {
      std::size_t day;
      double first, second;
    };
    for (auto const& printed :
         {Printed{0, 0.7, 1.0}, Printed{1, 0.70014384, 0.97}, Printed{5, 0.70063788, 0.96847474},
          Printed{59, 0.70771742, 0.96921770}, Printed{61, 1.01123818, 1.0}}) {
      EXPECT_NEAR(x(0, printed.day), printed.first, 0.6e-8) << "day " << printed.day;
      EXPECT_NEAR(x(1, printed.day), printed.second, 0.6e-8) << "day " << printed.day;
    }
  }
}

}  // namespace
}  // namespace linchpin::disrupt
