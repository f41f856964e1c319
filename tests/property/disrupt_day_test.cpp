// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <cmath>
#include <cstdint>
#include <stdexcept>

#include "linchpin/disrupt/day_model.h"
#include "property/disrupt_random.h"
#include "reference/ario_plain.h"

/// The kernel itself, day by day through what it shows in public: stocks, allocations, demand.
namespace linchpin::test {
namespace {

using disrupt::DayModel;

constexpr int days = 60;
constexpr std::uint64_t worlds = 60;

DayModel day_model(Economy const& economy, Scenario const& scenario,
                   disrupt::ModelOptions const& options) {
  auto baseline = disrupt::make_baseline(economy);
  if (!baseline) throw std::runtime_error(baseline.error().what);
  return {economy, scenario, options, *std::move(baseline)};
}

/// Yearly purchases in the baseline, products x industries. `small_world` has no industry in
/// deficit, so no input is scaled.
DenseMatrix purchases(Economy const& economy) {
  auto const& space = economy.space();
  DenseMatrix result(space.sectors(), space.size());
  for (std::size_t i = 0; i < space.size(); ++i) {
    auto const product = space.sector_of(IndustryId{i}).index();
    auto const row = economy.flows().row(IndustryId{i});
    for (std::size_t f = 0; f < space.size(); ++f) result(product, f) += row[f];
  }
  return result;
}

/// What the makers of `product` made on the day, less what final users got [unit per year].
double left_for_industries(DayModel const& model, IndustrySpace const& space, std::size_t product) {
  double left = 0;
  for (auto const maker : space.industries_of(SectorId{product})) {
    left += model.output()[maker.index()] * model.baseline().output[maker.index()];
  }
  for (double const delivered : model.delivered().row(product)) left -= delivered;
  return left;
}

/// (b) and (c): what all stocks of a product gain in a day is what was made of it, less what final
/// users got, less what was used up; nobody makes more than was ordered from him.
TEST(DisruptDay, KeepsMass) {
  std::size_t moved = 0;
  for (std::uint64_t seed = 1; seed <= worlds; ++seed) {
    auto const economy = small_world(seed);
    auto const& space = economy.space();
    auto const options = random_options(space, days, Seed{seed});
    auto model = day_model(economy, random_scenario(space, days, Seed{seed}), options);
    auto const bought = purchases(economy);
    for (int t = 0; t < days; ++t) {
      auto const before = model.stock();
      ASSERT_TRUE(model.advance(t, {}));
      for (std::size_t p = 0; p < space.sectors(); ++p) {
        if (std::isinf(options.inventory_days[p])) continue;
        double gained = 0;
        double used = 0;
        double scale = 0;
        for (std::size_t f = 0; f < space.size(); ++f) {
          if (bought(p, f) <= 0) continue;
          gained += bought(p, f) * (model.stock()(p, f) - before(p, f));
          used += bought(p, f) * model.output()[f];
          scale += bought(p, f) * (1 + before(p, f));
          ASSERT_GE(model.stock()(p, f), 0.0) << "seed " << seed << " day " << t;
        }
        ASSERT_NEAR(gained, left_for_industries(model, space, p) - used, 1e-12 * scale)
            << "seed " << seed << " day " << t << " product " << p;
        moved += std::abs(gained) > 1e-3 * scale ? 1 : 0;
      }
      for (std::size_t i = 0; i < space.size(); ++i) {
        double const made = model.output()[i] * model.baseline().output[i];
        ASSERT_LE(made, model.demand()[i] * (1 + 1e-14)) << "seed " << seed << " day " << t;
      }
    }
  }
  EXPECT_GT(moved, 1000U);  // stocks do move
}

/// Every stock, all demand and every delivery to final users, on every day, as the plain model has
/// them.
TEST(DisruptDay, AgreesWithThePlainModel) {
  for (std::uint64_t seed = 1; seed <= worlds; ++seed) {
    auto const economy = small_world(seed);
    auto const& space = economy.space();
    auto const options = random_options(space, days, Seed{seed});
    auto const scenario = random_scenario(space, days, Seed{seed});
    auto const plain = reference::simulate_plainly(economy, scenario, options);
    auto model = day_model(economy, scenario, options);
    for (int t = 0; t < days; ++t) {
      ASSERT_TRUE(model.advance(t, {}));
      auto const& day = plain.days[static_cast<std::size_t>(t)];
      for (std::size_t f = 0; f < space.size(); ++f) {
        ASSERT_NEAR(model.demand()[f], day.demand[f],
                    1e-10 * (plain.base_output[f] + day.demand[f]))
            << "seed " << seed << " day " << t << " industry " << f;
        for (std::size_t p = 0; p < space.sectors(); ++p) {
          double const use = plain.base_use[p][f];
          if (use <= 0 || std::isinf(options.inventory_days[p])) {
            ASSERT_TRUE(std::isinf(model.stock()(p, f)));
            continue;
          }
          ASSERT_NEAR(model.stock()(p, f), day.stock_after[p][f] / use, 1e-9)
              << "seed " << seed << " day " << t << " product " << p << " industry " << f;
        }
      }
      for (std::size_t p = 0; p < space.sectors(); ++p) {
        for (std::size_t r = 0; r < space.regions(); ++r) {
          double delivered = 0;
          for (auto const i : space.industries_of(SectorId{p})) {
            delivered += day.final_use[i.index()][r];
          }
          ASSERT_NEAR(model.delivered()(p, r), delivered,
                      1e-10 * (1 + model.baseline_final_use()(p, r)))
              << "seed " << seed << " day " << t << " product " << p << " region " << r;
        }
      }
    }
  }
}

}  // namespace
}  // namespace linchpin::test
