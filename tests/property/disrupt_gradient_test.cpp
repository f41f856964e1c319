// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <vector>

#include "linchpin/disrupt/gradient.h"
#include "linchpin/sampling/ranks.h"
#include "property/disrupt_random.h"

/// The discrete adjoint against finite differences, and its ranking against cutting links one by
/// one.
namespace linchpin::test {
namespace {

using disrupt::Gradient;
using disrupt::LossKind;
using disrupt::LossTarget;

Gradient gradient_of(Economy const& economy, Scenario const& scenario,
                     disrupt::ModelOptions const& options, LossTarget const& target) {
  auto gradient = disrupt::loss_gradient(economy, scenario, options, target, {.threads = 1});
  if (!gradient) throw std::runtime_error(gradient.error().what + " at " + gradient.error().where);
  return *std::move(gradient);
}

disrupt::ModelOptions covered_options(IndustrySpace const& space, int days, Seed seed) {
  auto options = random_options(space, days, seed);
  Rng rng(seed, 21);
  options.production =
      rng.uniform() < 0.7 ? disrupt::Production::ario : disrupt::Production::leontief;
  options.order_base = static_cast<disrupt::OrderBase>(rng.below(2));
  options.order_rule = static_cast<disrupt::OrderRule>(rng.below(3));
  return options;
}

Cut single_link(IndustrySpace const& space, IndustryId seller, IndustryId buyer, double share) {
  Cut cut;
  cut.sellers = {space.region_of(seller)};
  cut.sectors = {space.sector_of(seller)};
  cut.buyer_industries = {buyer};
  cut.final_use = false;
  cut.course.share = share;
  return cut;
}

LossTarget target_of(std::uint64_t seed) {
  LossTarget target{static_cast<LossKind>(seed % 3), {}};
  if (seed % 2 == 0) target.regions = {RegionId{0}};
  return target;
}

struct Agreement {
  int compared = 0, switched = 0;
  double worst = 0;
};

/// (L(x + h) − L(x − h)) / 2h where no branch switches between; the tolerance is relative to the
/// larger of the two, with an absolute floor at the rounding of the difference.
void compare(Gradient const& below, Gradient const& above, std::uint64_t branches, double h,
             double derivative, Agreement& agreement) {
  if (below.branches != branches || above.branches != branches) {
    ++agreement.switched;
    return;
  }
  double const difference = (above.loss - below.loss) / (2 * h);
  double const floor = 1e-9 * (1 + std::abs(above.loss));
  double const scale = std::max(std::abs(difference), std::abs(derivative));
  ++agreement.compared;
  double const error = std::abs(difference - derivative);
  if (error > floor) agreement.worst = std::max(agreement.worst, error / scale);
}

TEST(DisruptGradient, LinksAgreeWithFiniteDifferences) {
  Agreement agreement;
  constexpr int days = 40;
  constexpr double h = 1e-4;
  for (std::uint64_t seed = 1; seed <= 150; ++seed) {
    auto const economy = small_world(seed);
    auto const& space = economy.space();
    auto const options = covered_options(space, days, Seed{seed});
    auto scenario = random_scenario(space, days, Seed{seed});
    auto const target = target_of(seed);
    Rng rng(Seed{seed}, 22);
    IndustryId const seller{rng.below(space.size())};
    IndustryId buyer{rng.below(space.size())};
    if (space.region_of(seller) == space.region_of(buyer)) continue;
    double const at = 0.3;
    scenario.cuts.push_back(single_link(space, seller, buyer, at));
    auto const here = gradient_of(economy, scenario, options, target);
    scenario.cuts.back().course.share = at - h;
    auto const below = gradient_of(economy, scenario, options, target);
    scenario.cuts.back().course.share = at + h;
    auto const above = gradient_of(economy, scenario, options, target);
    // links is per unit of what is still delivered, 1 − 0.3 of the flow.
    double const derivative = here.links(seller.index(), buyer.index()) / (1 - at);
    compare(below, above, here.branches, h, derivative, agreement);
    EXPECT_LE(agreement.worst, 1e-6) << "seed " << seed;
  }
  RecordProperty("compared", agreement.compared);
  RecordProperty("switched", agreement.switched);
  EXPECT_GT(agreement.compared, 40);
}

TEST(DisruptGradient, CapacityAgreesWithFiniteDifferences) {
  Agreement agreement;
  constexpr int days = 40;
  constexpr double h = 1e-4;
  for (std::uint64_t seed = 1; seed <= 150; ++seed) {
    auto const economy = small_world(seed);
    auto const& space = economy.space();
    auto const options = covered_options(space, days, Seed{seed});
    auto scenario = random_scenario(space, days, Seed{seed});
    auto const target = target_of(seed);
    Rng rng(Seed{seed}, 23);
    IndustryId const industry{rng.below(space.size())};
    double const at = 0.2;
    scenario.capacity_losses.push_back({{industry}, {.share = at}});
    auto const here = gradient_of(economy, scenario, options, target);
    scenario.capacity_losses.back().course.share = at - h;
    auto const below = gradient_of(economy, scenario, options, target);
    scenario.capacity_losses.back().course.share = at + h;
    auto const above = gradient_of(economy, scenario, options, target);
    double const derivative = here.capacity[industry.index()] / (1 - at);
    compare(below, above, here.branches, h, derivative, agreement);
    EXPECT_LE(agreement.worst, 1e-6) << "seed " << seed;
  }
  EXPECT_GT(agreement.compared, 40);
}

/// The loss of the gradient is the loss of the path.
TEST(DisruptGradient, KnowsTheLoss) {
  for (std::uint64_t seed = 1; seed <= 20; ++seed) {
    auto const economy = small_world(seed);
    auto const options = covered_options(economy.space(), 50, Seed{seed});
    auto const scenario = random_scenario(economy.space(), 50, Seed{seed});
    auto const path = path_of(economy, scenario, options);
    auto const world = gradient_of(economy, scenario, options, {LossKind::output, {}});
    EXPECT_NEAR(world.loss, path.world_output_loss_pct, 1e-10);
    auto const region =
        gradient_of(economy, scenario, options, {LossKind::final_use, {RegionId{1}}});
    EXPECT_NEAR(region.loss, path.region_final_use_loss_pct[1], 1e-10);
  }
}

TEST(DisruptGradient, RefusesWhatItDoesNotCover) {
  auto const economy = small_world(3);
  auto options = covered_options(economy.space(), 10, Seed{3});
  options.production = disrupt::Production::linear;
  options.rationing = disrupt::Rationing::random;
  options.labour.active = true;
  auto const refused = disrupt::loss_gradient(economy, {}, options, {});
  ASSERT_FALSE(refused);
  std::vector<std::string> named{refused.error().where};
  for (auto const& more : refused.error().further) named.push_back(more.where);
  EXPECT_EQ(named, (std::vector<std::string>{"production", "rationing", "labour"}));
}

std::size_t overlap(std::vector<double> const& a, std::vector<double> const& b, std::size_t top) {
  auto const best = [&](std::vector<double> const& values) {
    std::vector<std::size_t> order(values.size());
    for (std::size_t k = 0; k < order.size(); ++k) order[k] = k;
    std::stable_sort(order.begin(), order.end(),
                     [&](auto x, auto y) { return values[x] > values[y]; });
    order.resize(top);
    std::sort(order.begin(), order.end());
    return order;
  };
  auto const x = best(a), y = best(b);
  std::vector<std::size_t> common;
  std::set_intersection(x.begin(), x.end(), y.begin(), y.end(), std::back_inserter(common));
  return common.size();
}

/// Which of the links between regions matters most: one gradient against 2,250 runs that cut every
/// fourth link, on a world of 100 industries with a cut under way. The figures of the method page.
/// A full cut of a link is no small change: where nobody re-sources the ranking is rough.
TEST(DisruptGradient, RanksLinksAsCuttingThemOneByOneDoes) {
  auto const economy = random_economy({.regions = 10, .sectors = 10, .seed = Seed{2}});
  auto const& space = economy.space();
  disrupt::ModelOptions options;
  options.inventory_days = disrupt::default_inventory_days(space, 30, 30);
  options.days = 120;
  Scenario base{.name = "base"};
  base.cuts.push_back({.sellers = {RegionId{1}}, .buyers = {RegionId{0}}});
  base.cuts.back().course.share = 0.5;
  for (auto const rule : {disrupt::OrderRule::fixed, disrupt::OrderRule::available}) {
    options.order_rule = rule;
    auto const gradient =
        gradient_of(economy, base, options, {LossKind::value_added, {RegionId{0}}});
    for (double const share : {0.01, 1.0}) {
      std::vector<Scenario> scenarios;
      std::vector<double> ranked;
      for (std::size_t i = 0; i < space.size(); ++i) {
        for (std::size_t j = 0; j < space.size(); ++j) {
          IndustryId const seller{i}, buyer{j};
          if (space.region_of(seller) == space.region_of(buyer) || (i + 3 * j) % 4 != 0) continue;
          auto scenario = base;
          scenario.cuts.push_back(single_link(space, seller, buyer, share));
          scenarios.push_back(std::move(scenario));
          ranked.push_back(gradient.links(i, j));
        }
      }
      std::vector<disrupt::Run> runs;
      for (auto const& scenario : scenarios) runs.push_back({&scenario, &options});
      auto const results = disrupt::simulate_block(economy, runs);
      ASSERT_TRUE(results);
      std::vector<double> found;
      for (auto const& result : *results) {
        ASSERT_TRUE(result);
        found.push_back(result->value_added_loss_pct[0] - gradient.loss);
      }
      double const tau = sampling::kendall_tau(ranked, found).a;
      auto const common = overlap(ranked, found, 20);
      std::printf("%s, cut of %.2f: Kendall's tau %.3f, %zu of the top 20\n", to_string(rule),
                  share, tau, common);
      EXPECT_GT(tau, share < 0.1 ? 0.9 : 0.6);
      EXPECT_GE(common, share < 0.1 ? 17U : 5U);
    }
  }
}

}  // namespace
}  // namespace linchpin::test
