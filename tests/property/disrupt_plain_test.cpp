// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <limits>
#include <vector>

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

/// What was booked with an industry and not delivered, and the value added it lost, added up over
/// the plain model's days.
TEST(DisruptKernel, AgreesOnUnmetDemandAndValueAddedByIndustry) {
  std::size_t unmet = 0;
  for (std::uint64_t seed = 1; seed <= worlds; ++seed) {
    auto const economy = small_world(seed);
    auto const& space = economy.space();
    auto const scenario = random_scenario(space, days, Seed{seed});
    auto const options = random_options(space, days, Seed{seed});
    auto const plain = reference::simulate_plainly(economy, scenario, options);
    auto const fast = path_of(economy, scenario, options);
    std::vector<double> inputs(space.size(), 0.0);
    for (auto const& product : plain.base_use) {
      for (std::size_t i = 0; i < space.size(); ++i) inputs[i] += product[i];
    }
    std::vector<double> lost(space.regions(), 0.0), base(space.regions(), 0.0);
    for (std::size_t i = 0; i < space.size(); ++i) {
      double missing = 0, not_made = 0;
      for (auto const& day : plain.days) {
        missing += std::max(0.0, day.demand[i] - day.output[i]) / 365;
        not_made += (plain.base_output[i] - day.output[i]) / 365;
      }
      double const share = plain.base_output[i] > 0 ? 1 - inputs[i] / plain.base_output[i] : 0.0;
      double const scale = 1e-9 * (1 + days * plain.base_output[i] / 365);
      ASSERT_NEAR(fast.unmet_demand[i], missing, scale) << "seed " << seed << " industry " << i;
      ASSERT_NEAR(fast.value_added_loss[i], not_made * share, scale) << "seed " << seed;
      lost[space.region_of(IndustryId{i}).index()] += not_made * share;
      base[space.region_of(IndustryId{i}).index()] += plain.base_output[i] * share * days / 365;
      unmet += missing > 1e-6 * plain.base_output[i] ? 1 : 0;
    }
    for (std::size_t r = 0; r < space.regions(); ++r) {
      if (base[r] <= 0) continue;
      ASSERT_NEAR(fast.region_value_added_loss_pct[r], 100 * lost[r] / base[r], 1e-7)
          << "seed " << seed << " region " << r;
    }
  }
  EXPECT_GT(unmet, 100U);
}

/// Ω in days of baseline use, as the plain model had it on the morning of a day; infinite where
/// none is needed.
double stock_days(reference::PlainPath const& plain, std::size_t day, std::size_t product,
                  std::size_t industry) {
  double const use = plain.base_use[product][industry];
  return use > 0 ? plain.days[day].stock_before[product][industry] / use
                 : std::numeric_limits<double>::infinity();
}

/// The first day on which the industry made less than it could have with full stocks, or -1.
int first_short_day(reference::PlainPath const& plain, std::size_t industry) {
  for (std::size_t t = 0; t < plain.days.size(); ++t) {
    auto const& day = plain.days[t];
    if (day.output[industry] < day.optimal[industry] * (1 - 1e-9)) return static_cast<int>(t);
  }
  return -1;
}

/// The least stock of each region and product over the path, of the worst user there.
TEST(DisruptKernel, AgreesOnLeastStocks) {
  std::size_t drained = 0;
  for (std::uint64_t seed = 1; seed <= worlds; ++seed) {
    auto const economy = small_world(seed);
    auto const& space = economy.space();
    auto const scenario = random_scenario(space, days, Seed{seed});
    auto const options = random_options(space, days, Seed{seed});
    auto const plain = reference::simulate_plainly(economy, scenario, options);
    auto const fast = path_of(economy, scenario, options);
    DenseMatrix expected(space.regions(), space.sectors());
    for (double& each : expected.values()) each = std::numeric_limits<double>::infinity();
    for (std::size_t i = 0; i < space.size(); ++i) {
      for (std::size_t p = 0; p < space.sectors(); ++p) {
        double& least = expected(space.region_of(IndustryId{i}).index(), p);
        for (std::size_t t = 0; t < days; ++t) least = std::min(least, stock_days(plain, t, p, i));
      }
    }
    for (std::size_t r = 0; r < space.regions(); ++r) {
      for (std::size_t p = 0; p < space.sectors(); ++p) {
        if (std::isinf(expected(r, p))) {
          ASSERT_EQ(fast.inventory_days_left(r, p), expected(r, p)) << "seed " << seed;
          continue;
        }
        ASSERT_NEAR(fast.inventory_days_left(r, p), expected(r, p), 1e-9)
            << "seed " << seed << " region " << r << " product " << p;
        drained += expected(r, p) < 0.5 * options.inventory_days[p] ? 1 : 0;
      }
    }
  }
  EXPECT_GT(drained, 50U);  // the scenarios do bite
}

/// Who runs short, on which day, of which product, and how low its stock falls when.
TEST(DisruptKernel, AgreesOnShortages) {
  std::size_t shortages = 0;
  for (std::uint64_t seed = 1; seed <= worlds; ++seed) {
    auto const economy = small_world(seed);
    auto const& space = economy.space();
    auto const scenario = random_scenario(space, days, Seed{seed});
    auto const options = random_options(space, days, Seed{seed});
    auto const plain = reference::simulate_plainly(economy, scenario, options);
    auto const fast = path_of(economy, scenario, options);
    std::vector<int> reported(space.size(), -1);
    for (auto const& shortage : fast.shortages) {
      ++shortages;
      auto const i = shortage.industry.index();
      auto const p = shortage.product.index();
      reported[i] = shortage.first_day;
      // The product that binds has the least stock for what must be there; ties may fall anyhow.
      auto const cover = [&](std::size_t product) {
        if (std::isinf(options.inventory_days[product])) return options.inventory_days[product];
        return stock_days(plain, static_cast<std::size_t>(shortage.first_day), product, i) /
               std::max(1.0, options.psi * options.inventory_days[product]);
      };
      for (std::size_t other = 0; other < space.sectors(); ++other) {
        ASSERT_LE(cover(p), cover(other) + 1e-9) << "seed " << seed << " industry " << i;
      }
      double least = std::numeric_limits<double>::infinity();
      for (std::size_t t = 0; t < days; ++t) least = std::min(least, stock_days(plain, t, p, i));
      ASSERT_NEAR(shortage.lowest_inventory_days, least, 1e-9) << "seed " << seed;
      auto const lowest = static_cast<std::size_t>(shortage.lowest_inventory_day);
      ASSERT_NEAR(stock_days(plain, lowest, p, i), least, 1e-9) << "seed " << seed;
      for (std::size_t t = 0; t < lowest; ++t) {
        ASSERT_GE(stock_days(plain, t, p, i), least - 1e-9) << "seed " << seed << " day " << t;
      }
    }
    for (std::size_t i = 0; i < space.size(); ++i) {
      ASSERT_EQ(reported[i], first_short_day(plain, i)) << "seed " << seed << " industry " << i;
    }
  }
  EXPECT_GT(shortages, 50U);  // the scenarios do bite
}

/// The day after the last on which a region's output was below 99.9 %.
TEST(DisruptKernel, AgreesOnRecovery) {
  std::size_t recovered = 0;
  std::size_t not_recovered = 0;
  for (std::uint64_t seed = 1; seed <= worlds; ++seed) {
    auto const economy = small_world(seed);
    auto const& space = economy.space();
    auto const scenario = random_scenario(space, days, Seed{seed});
    auto const options = random_options(space, days, Seed{seed});
    auto const plain = reference::simulate_plainly(economy, scenario, options);
    auto const fast = path_of(economy, scenario, options);
    for (std::size_t r = 0; r < space.regions(); ++r) {
      int expected = 0;
      for (std::size_t t = 0; t < days; ++t) {
        double made = 0;
        double base = 0;
        for (std::size_t p = 0; p < space.sectors(); ++p) {
          made += plain.days[t].output[r * space.sectors() + p];
          base += plain.base_output[r * space.sectors() + p];
        }
        if (made < 0.999 * base) expected = static_cast<int>(t) + 1;
      }
      if (expected == days) {
        ASSERT_FALSE(fast.region_recovery_day[r].has_value()) << "seed " << seed << " region " << r;
        ++not_recovered;
      } else {
        ASSERT_EQ(fast.region_recovery_day[r], expected) << "seed " << seed << " region " << r;
        recovered += expected > 0 ? 1 : 0;
      }
    }
  }
  EXPECT_GT(recovered, 5U);
  EXPECT_GT(not_recovered, 5U);
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
