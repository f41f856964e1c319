// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <cmath>
#include <cstddef>
#include <vector>

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

/// Three industries of the leather world stand still for ten days, with stocks of three: output
/// then decays for ever, by a steady factor a day, and would reach numbers too small to divide by
/// in about 2,250 days. It ends at exactly nothing instead.
TEST(Simulate, ABreakdownFadesToNothing) {
  auto const economy = Economy::make(test::leather());
  ASSERT_TRUE(economy);
  std::vector<IndustryId> hit;
  for (auto const* label : {"TUR:2", "DEU:2", "ARG:2"}) {
    for (std::size_t i = 0; i < economy->size(); ++i) {
      if (economy->space().label(IndustryId{i}) == label) hit.push_back(IndustryId{i});
    }
  }
  ASSERT_EQ(hit.size(), 3U);
  Scenario const scenario{"stop", {}, {{hit, {.share = 1, .from_day = 0, .to_day = 10}}}};
  ModelOptions options;
  options.psi = 1;
  options.inventory_days = {3, 3, 3};
  options.tau_inventory_days = 10;
  options.order_rule = OrderRule::reweighted;
  options.days = 36500;
  auto const path = simulate(*economy, scenario, options);
  ASSERT_TRUE(path) << path.error().what << " at " << path.error().where;
  std::size_t stopped = 0;
  for (double const share : path->output_relative.values()) {
    ASSERT_TRUE(std::isfinite(share));
    ASSERT_TRUE(share == 0 || share >= 1e-100) << share;
  }
  for (auto const* shares : {&path->region_value_added, &path->final_use_relative}) {
    for (double const share : shares->values()) ASSERT_TRUE(std::isfinite(share) && share >= 0);
  }
  for (std::size_t i = 0; i < economy->size(); ++i) {
    stopped += path->output_relative(i, 36499) == 0 ? 1 : 0;
  }
  EXPECT_GT(stopped, 0U);
  EXPECT_TRUE(std::isfinite(path->world_output_loss_pct));
  // The plain model goes the same way.
  options.days = 3000;
  auto const plain = reference::simulate_plainly(*economy, scenario, options);
  for (std::size_t t = 0; t < plain.days.size(); ++t) {
    for (std::size_t i = 0; i < economy->size(); ++i) {
      ASSERT_NEAR(path->output_relative(i, t), plain.days[t].output[i] / plain.base_output[i],
                  1e-10)
          << "industry " << i << " day " << t;
    }
  }
}

}  // namespace

/// A sells parts to C and D and nothing to final users; when C is cut off, A's weight halves every
/// day until nothing is left of it. It wants for no input: that is no shortage.
TEST(Simulate, ASellerNobodyOrdersFromIsNotShort) {
  DenseMatrix Z(8, 8), Y(8, 4);
  Z(0, 5) = Z(0, 7) = 40;
  Z(2, 5) = Z(2, 7) = 40000;
  Y(2, 1) = 20000;
  Y(5, 2) = Y(7, 3) = 160000;
  auto const economy = Economy::make(test::balanced_table(
      "clients", test::full_labels({"A", "B", "C", "D"}, {"part", "good"}), std::move(Z),
      std::move(Y)));
  ASSERT_TRUE(economy);
  Cut cut;
  cut.sellers = {RegionId{0}};
  cut.buyers = {RegionId{2}};
  cut.course = {.share = 1};
  ModelOptions options;
  options.inventory_days = {90, 90};
  options.days = 600;
  options.order_rule = OrderRule::reweighted;
  auto const path = simulate(*economy, {"cut", {cut}, {}}, options);
  ASSERT_TRUE(path) << path.error().what;
  EXPECT_EQ(path->output_relative(0, 599), 0.0);
  EXPECT_TRUE(path->shortages.empty());
}

}  // namespace linchpin::disrupt
