// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "property/disrupt_random.h"
#include "reference/ario_plain.h"

namespace linchpin::test {
namespace {

constexpr int days = 60;
constexpr std::uint64_t worlds = 60;

double final_use_relative(reference::PlainPath const& plain, IndustrySpace const& space,
                          std::size_t day, std::size_t region, std::size_t product) {
  double used = 0, base = 0;
  for (auto const industry : space.industries_of(SectorId{product})) {
    used += plain.days[day].final_use[industry.index()][region];
    base += plain.base_final[industry.index()][region];
  }
  return base > 0 ? used / base : 1.0;
}

/// Output and final use of every day, 60 random scenarios, to 1e-10 of baseline.
TEST(DisruptKernel, AgreesWithThePlainModel) {
  for (std::uint64_t seed = 1; seed <= worlds; ++seed) {
    auto const economy = small_world(seed);
    auto const& space = economy.space();
    auto const scenario = random_scenario(space, days, Seed{seed});
    auto const options = random_options(space, days, Seed{seed});
    auto const plain = reference::simulate_plainly(economy, scenario, options);
    auto const fast = path_of(economy, scenario, options);
    for (std::size_t t = 0; t < days; ++t) {
      for (std::size_t i = 0; i < space.size(); ++i) {
        double const base = plain.base_output[i];
        double const expected = base > 0 ? plain.days[t].output[i] / base : 1.0;
        ASSERT_NEAR(fast.output_relative(i, t), expected, 1e-10)
            << "seed " << seed << " day " << t << " " << space.label(IndustryId{i});
      }
      for (std::size_t r = 0; r < space.regions(); ++r) {
        for (std::size_t p = 0; p < space.sectors(); ++p) {
          ASSERT_NEAR(fast.final_use_relative(r * space.sectors() + p, t),
                      final_use_relative(plain, space, t, r, p), 1e-10)
              << "seed " << seed << " day " << t << " region " << r << " product " << p;
        }
      }
    }
  }
}

/// Least stocks and the first shortage, against what the plain model saw.
TEST(DisruptKernel, AgreesOnStocksAndShortages) {
  std::size_t shortages = 0;
  for (std::uint64_t seed = 1; seed <= worlds; ++seed) {
    auto const economy = small_world(seed);
    auto const& space = economy.space();
    auto const scenario = random_scenario(space, days, Seed{seed});
    auto const options = random_options(space, days, Seed{seed});
    auto const plain = reference::simulate_plainly(economy, scenario, options);
    auto const fast = path_of(economy, scenario, options);
    std::vector<int> first_short(space.size(), -1);
    for (int t = days - 1; t >= 0; --t) {
      auto const& day = plain.days[static_cast<std::size_t>(t)];
      for (std::size_t i = 0; i < space.size(); ++i) {
        if (day.output[i] < day.optimal[i] * (1 - 1e-9)) first_short[i] = t;
      }
    }
    for (auto const& shortage : fast.shortages) {
      ++shortages;
      auto const i = shortage.industry.index();
      auto const p = shortage.product.index();
      ASSERT_EQ(shortage.first_day, first_short[i]) << "seed " << seed << " industry " << i;
      first_short[i] = -1;
      double least = options.inventory_days[p];
      for (auto const& day : plain.days) {
        least = std::min(least, day.stock_before[p][i] / plain.base_use[p][i]);
      }
      ASSERT_NEAR(shortage.lowest_inventory_days, least, 1e-8) << "seed " << seed;
    }
    EXPECT_EQ(std::count(first_short.begin(), first_short.end(), -1),
              static_cast<std::ptrdiff_t>(space.size()))
        << "seed " << seed << ": a shortage was not reported";
  }
  EXPECT_GT(shortages, 50U);  // the scenarios do bite
}

/// Ω(t+1) − Ω(t) = deliveries − use, for every product and industry on every day; and what a seller
/// makes is what its clients get (properties (b) and (c) of the method page).
TEST(DisruptPlainModel, KeepsMass) {
  for (std::uint64_t seed = 1; seed <= 20; ++seed) {
    auto const economy = small_world(seed);
    auto const& space = economy.space();
    auto const scenario = random_scenario(space, days, Seed{seed});
    auto const options = random_options(space, days, Seed{seed});
    auto const plain = reference::simulate_plainly(economy, scenario, options);
    for (auto const& day : plain.days) {
      for (std::size_t i = 0; i < space.size(); ++i) {
        double allocated = 0;
        for (double const flow : day.received[i]) allocated += flow;
        for (double const flow : day.final_use[i]) allocated += flow;
        ASSERT_NEAR(allocated, day.output[i], 1e-10 * plain.base_output[i]) << "seed " << seed;
      }
      for (std::size_t f = 0; f < space.size(); ++f) {
        for (std::size_t p = 0; p < space.sectors(); ++p) {
          if (std::isinf(options.inventory_days[p]) || plain.base_output[f] <= 0) continue;
          double in = 0;
          for (auto const i : space.industries_of(SectorId{p})) in += day.received[i.index()][f];
          double const used = plain.base_use[p][f] * day.output[f] / plain.base_output[f];
          ASSERT_NEAR(day.stock_after[p][f] - day.stock_before[p][f], in - used,
                      1e-9 * plain.base_use[p][f])
              << "seed " << seed;
          ASSERT_GE(day.stock_after[p][f], -1e-9 * plain.base_use[p][f]) << "seed " << seed;
        }
      }
    }
  }
}

}  // namespace
}  // namespace linchpin::test
