// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <map>
#include <stdexcept>
#include <string>

#include "linchpin/disrupt/day_model.h"
#include "property/disrupt_random.h"
#include "reference/ario_plain.h"

/// The kernel with all options and events against the plain equations, day by day.
namespace linchpin::test {
namespace {

using disrupt::DayModel;
using disrupt::ModelOptions;

constexpr int days = 60;
constexpr std::uint64_t worlds = 200;

/// Every second world tells households from other final users, in shares that differ by cell.
Economy world_of(std::uint64_t seed) {
  auto economy = small_world(seed);
  if (seed % 2 == 0) return economy;
  auto table = economy.table();
  Rng rng(Seed{seed}, 21);
  table.labels.categories = {{"HH", "Final consumption of households", false},
                             {"GOV", "Final consumption of government", false}};
  DenseMatrix split(table.Y.rows(), 2 * table.Y.columns());
  for (std::size_t i = 0; i < table.Y.rows(); ++i) {
    for (std::size_t r = 0; r < table.Y.columns(); ++r) {
      double const households = rng.uniform() * table.Y(i, r);
      split(i, 2 * r) = households;
      split(i, 2 * r + 1) = table.Y(i, r) - households;
    }
  }
  table.Y = std::move(split);
  auto result = Economy::make(std::move(table));
  if (!result) throw std::runtime_error(result.error().what);
  return *std::move(result);
}

Scenario scenario_of(IndustrySpace const& space, std::uint64_t seed) {
  auto scenario = random_scenario(space, days, Seed{seed});
  add_random_events(scenario, space, days, Seed{seed});
  return scenario;
}

DayModel day_model(Economy const& economy, Scenario const& scenario, ModelOptions const& options) {
  auto baseline = disrupt::make_baseline(economy);
  if (!baseline) throw std::runtime_error(baseline.error().what);
  return {economy, scenario, options, *std::move(baseline)};
}

/// The largest difference of a day between the kernel and the plain model, against the baseline and
/// the size of the number itself, and where it is.
struct Difference {
  double size = 0;
  std::string where = {};

  void see(double fast, double plain, double scale, std::string const& what) {
    double const here = std::abs(fast - plain) / (scale + std::abs(plain));
    if (here <= size) return;
    size = here;
    where = what + " " + std::to_string(fast) + " for " + std::to_string(plain);
  }
};

Difference compare(DayModel const& model, reference::PlainPath const& plain, std::size_t t,
                   IndustrySpace const& space, DenseVector const& inventory_days) {
  Difference worst;
  auto const& day = plain.days[t];
  for (std::size_t f = 0; f < space.size(); ++f) {
    double const base = plain.base_output[f];
    if (base <= 0) continue;
    auto const name = space.label(IndustryId{f});
    worst.see(model.output()[f], day.output[f] / base, 1, "output " + name);
    worst.see(model.demand()[f] / base, day.demand[f] / base, 1, "demand " + name);
    for (std::size_t p = 0; p < space.sectors(); ++p) {
      double const use = plain.base_use[p][f];
      if (use <= 0 || std::isinf(inventory_days[p])) continue;
      worst.see(model.stock()(p, f), day.stock_after[p][f] / use, 1,
                "stock of " + std::to_string(p) + " in " + name);
    }
  }
  for (std::size_t p = 0; p < space.sectors(); ++p) {
    for (std::size_t r = 0; r < space.regions(); ++r) {
      double delivered = 0;
      for (auto const i : space.industries_of(SectorId{p})) delivered += day.final_use[i.index()][r];
      double const base = model.baseline_final_use()(p, r);
      if (base <= 0) continue;
      worst.see(model.delivered()(p, r) / base, delivered / base, 1,
                "final use of " + std::to_string(p) + " in " + std::to_string(r));
    }
  }
  return worst;
}

std::string describe(ModelOptions const& options) {
  auto const flag = [](bool on, char const* word) { return on ? std::string(" ") + word : ""; };
  return std::string(to_string(options.production)) + " " + to_string(options.rationing) + " " +
         to_string(options.order_base) + " " + to_string(options.order_rule) +
         flag(!options.delays.empty(), "delays") +
         flag(std::isfinite(options.switching_speed), "slow") +
         flag(options.labour.active, "labour") + flag(options.consumption.active, "households") +
         flag(!options.resourcing_elasticity.empty(), "by_product");
}

TEST(DisruptFullPlain, Agrees) {
  for (std::uint64_t seed = 1; seed <= worlds; ++seed) {
    auto const economy = world_of(seed);
    auto const& space = economy.space();
    auto const options = random_full_options(space, days, Seed{seed});
    auto const scenario = scenario_of(space, seed);
    auto const plain = reference::simulate_plainly(economy, scenario, options);
    auto model = day_model(economy, scenario, options);
    for (int t = 0; t < days; ++t) {
      ASSERT_TRUE(model.advance(t, {})) << "seed " << seed << " day " << t;
      auto const worst =
          compare(model, plain, static_cast<std::size_t>(t), space, options.inventory_days);
      if (worst.size > 1e-9) {
        ADD_FAILURE() << "seed " << seed << " day " << t << " " << worst.size << " " << worst.where
                      << " | " << describe(options);
        break;
      }
    }
  }
}

}  // namespace
}  // namespace linchpin::test
