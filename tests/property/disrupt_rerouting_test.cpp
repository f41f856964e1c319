// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdint>
#include <vector>

#include "property/disrupt_random.h"

/// What re-sourcing is worth: orders that move against orders that wait.
namespace linchpin::test {
namespace {

using disrupt::ModelOptions;
using disrupt::OrderRule;

/// One seller stops delivering to a region, another sells the same product and can make more:
/// buyers who turn to it lose less than buyers who wait.
TEST(DisruptProperty, ReroutingLosesLess) {
  auto labels = full_labels({"A", "B", "C"}, {"part", "good"});
  // A and B sell parts to C, which makes goods of them; everybody's final users buy both.
  DenseMatrix Z(6, 6), Y(6, 3);
  Z(0, 5) = 30;
  Z(2, 5) = 30;
  Y(0, 0) = 50;
  Y(2, 1) = 50;
  Y(4, 2) = 5;
  Y(1, 0) = 40;
  Y(3, 1) = 40;
  Y(5, 2) = 120;
  auto const economy = Economy::make(balanced_table("parts", labels, Z, Y));
  ASSERT_TRUE(economy);
  Cut cut;
  cut.sellers = {RegionId{0}};
  cut.buyers = {RegionId{2}};
  cut.sectors = {SectorId{0}};
  Scenario const scenario{"cut", {cut}, {}};
  ModelOptions options;
  options.inventory_days = {20, 20};
  options.overproduction_max = 2;  // capacity to spare, soon to be had
  options.tau_overproduction_days = 30;
  options.days = 200;
  options.order_rule = OrderRule::fixed;
  auto const fixed = path_of(*economy, scenario, options);
  options.order_rule = OrderRule::reweighted;
  auto const reweighted = path_of(*economy, scenario, options);
  EXPECT_GT(fixed.region_value_added_loss_pct[2], 10.0);
  EXPECT_LT(reweighted.region_value_added_loss_pct[2], fixed.region_value_added_loss_pct[2] - 1);
  EXPECT_LT(reweighted.world_output_loss_pct, fixed.world_output_loss_pct);
  EXPECT_GT(reweighted.output_relative(2, 100), 1.05);  // B makes more than before
}

/// One region stops delivering one product to one other region, for good.
struct SingleCut {
  std::size_t seller, buyer, product;

  SingleCut(IndustrySpace const& space, Seed seed) {
    Rng rng(seed, 19);
    seller = rng.below(space.regions());
    buyer = (seller + 1 + rng.below(space.regions() - 1)) % space.regions();
    product = rng.below(space.sectors());
  }

  Scenario scenario() const {
    Cut cut;
    cut.sellers = {RegionId{seller}};
    cut.buyers = {RegionId{buyer}};
    cut.sectors = {SectorId{product}};
    return {"one seller", {cut}, {}};
  }

  std::size_t industry(IndustrySpace const& space) const {
    for (auto const maker : space.industries_of(SectorId{product})) {
      if (space.region_of(maker) == RegionId{seller}) return maker.index();
    }
    return space.first_of(RegionId{seller}).index();
  }

  /// Output of the seller over the output of everybody else who makes the product.
  double weight(Economy const& economy) const {
    double own = 0;
    double others = 0;
    for (auto const maker : economy.space().industries_of(SectorId{product})) {
      bool const cut = economy.space().region_of(maker) == RegionId{seller};
      (cut ? own : others) += economy.output()[maker];
    }
    return own / others;
  }
};

/// Over many random worlds: where the seller that is cut is small beside the other makers of the
/// product (a fifth of them at most), these can make half as much again within weeks, and stocks of
/// 30 days last until then, the buyer region's value added never suffers more for re-sourcing.
/// Without these conditions it can, and its final use can even with them: see the method page.
TEST(DisruptProperty, ReroutingLosesLessWhereOthersCanDeliver) {
  int worlds = 0;
  int hit = 0;
  int final_use_suffers_more = 0;
  for (std::uint64_t seed = 1; seed <= 1000; ++seed) {
    auto const economy =
        random_economy({.regions = 3 + seed % 3, .sectors = 2 + seed % 4, .seed = Seed{seed}});
    SingleCut const cut(economy.space(), Seed{seed});
    if (cut.weight(economy) > 0.2) continue;
    ModelOptions options;
    options.inventory_days.assign(economy.space().sectors(), 30);
    options.tau_inventory_days = 30;
    options.overproduction_max = 1.5;
    options.tau_overproduction_days = 30;
    options.days = 200;
    options.order_rule = OrderRule::fixed;
    auto const fixed = path_of(economy, cut.scenario(), options);
    options.order_rule = OrderRule::reweighted;
    auto const reweighted = path_of(economy, cut.scenario(), options);
    double const waiting = fixed.region_value_added_loss_pct[cut.buyer];
    double const turning = reweighted.region_value_added_loss_pct[cut.buyer];
    ++worlds;
    EXPECT_LE(turning, waiting + 1e-9) << "seed " << seed;
    if (waiting > 0.1) {
      ++hit;
      EXPECT_LT(turning, 0.9 * waiting) << "seed " << seed;
    }
    final_use_suffers_more += reweighted.region_final_use_loss_pct[cut.buyer] >
                              fixed.region_final_use_loss_pct[cut.buyer] + 1e-9;
  }
  RecordProperty("worlds", worlds);
  RecordProperty("worlds_hit", hit);
  RecordProperty("final_use_suffers_more", final_use_suffers_more);
  EXPECT_GT(worlds, 300);
  EXPECT_GT(hit, 30);                    // the cuts do bite
  EXPECT_GT(final_use_suffers_more, 0);  // as the method page says
}

/// "Reweighted orders punish the seller for being cut" (method page): a seller that loses orders
/// looks weak to all its clients, who turn away too, which makes it look weaker still. With f the
/// share it sells to final users and d the share of its output that is cut, a small seller's weight
/// w goes from day to day as w = f + (1 − f − d) w and settles at f / (f + d), a loss of d / (f +
/// d).
TEST(DisruptProperty, ReweightedOrdersPunishTheSellerThatIsCut) {
  // A sells parts to the makers of goods of C and D (40 each) and to final users (20); B sells a
  // thousand times as many, so that what A loses is nothing to B.
  DenseMatrix Z(8, 8), Y(8, 4);
  Z(0, 5) = Z(0, 7) = 40;
  Y(0, 0) = 20;
  Z(2, 5) = Z(2, 7) = 40000;
  Y(2, 1) = 20000;
  Y(5, 2) = Y(7, 3) = 80000;
  auto const economy = Economy::make(balanced_table(
      "clients", full_labels({"A", "B", "C", "D"}, {"part", "good"}), std::move(Z), std::move(Y)));
  ASSERT_TRUE(economy);
  Cut cut;  // 2 % of what A sells to C, 0.8 % of A's output
  cut.sellers = {RegionId{0}};
  cut.buyers = {RegionId{2}};
  cut.course = {.share = 0.02};
  ModelOptions options;
  options.inventory_days = {90, 90};
  options.days = 365;
  options.order_rule = OrderRule::fixed;
  auto const fixed = path_of(*economy, {"cut", {cut}, {}}, options);
  options.order_rule = OrderRule::reweighted;
  auto const reweighted = path_of(*economy, {"cut", {cut}, {}}, options);
  double const f = 0.2;
  double const d = 0.008;
  EXPECT_NEAR(1 - fixed.output_relative(0, 364), d, 1e-4);
  EXPECT_NEAR(1 - reweighted.output_relative(0, 364), d / (f + d), 1e-3);
  // Weighed by what it could make, it loses no client but the one the cut takes.
  options.order_rule = OrderRule::available;
  auto const available = path_of(*economy, {"cut", {cut}, {}}, options);
  EXPECT_NEAR(1 - available.output_relative(0, 364), d, 1e-4);
}

/// A hundredth of one delivery stops: what the seller loses under each rule, over what it loses
/// where nobody re-sources. `available` does not amplify it, `reweighted` does.
TEST(DisruptProperty, AvailableOrdersDoNotPunishTheSeller) {
  std::vector<double> reweighted, available;
  for (std::uint64_t seed = 1; seed <= 300; ++seed) {
    auto const economy = small_world(seed);
    auto const& space = economy.space();
    SingleCut const cut(space, Seed{seed});
    auto scenario = cut.scenario();
    scenario.cuts[0].course.share = 0.01;
    ModelOptions options;
    options.inventory_days = DenseVector(space.sectors(), 30.0);
    options.days = 200;
    auto const loss_under = [&](OrderRule rule) {
      options.order_rule = rule;
      auto const path = path_of(economy, scenario, options);
      return path.output_loss_pct[cut.industry(space)];
    };
    double const fixed = loss_under(OrderRule::fixed);
    if (fixed < 1e-4) continue;
    reweighted.push_back(loss_under(OrderRule::reweighted) / fixed);
    available.push_back(loss_under(OrderRule::available) / fixed);
  }
  std::sort(reweighted.begin(), reweighted.end());
  std::sort(available.begin(), available.end());
  ASSERT_GT(reweighted.size(), 250U);  // measured: 284
  EXPECT_LE(available.back(), 1.0);    // measured: at most 0.999, half of them below 0.89
  EXPECT_GT(reweighted[reweighted.size() / 2], 1.1);
  EXPECT_GT(reweighted.back(), 100.0);  // measured: 1.19 and 183
}

}  // namespace
}  // namespace linchpin::test
