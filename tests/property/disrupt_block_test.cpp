// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "linchpin/disrupt/baseline.h"
#include "linchpin/disrupt/day_model.h"
#include "linchpin/disrupt/model.h"
#include "property/disrupt_random.h"

/// Many runs at once: the answers of one run do not depend on the runs beside it.
namespace linchpin::test {
namespace {

constexpr int days = 50;
constexpr std::uint64_t worlds = 120;

std::vector<Result<disrupt::Summary>> block_of(Economy const& economy,
                                               std::vector<disrupt::Run> const& runs,
                                               std::size_t block, unsigned threads) {
  auto results = disrupt::simulate_block(economy, runs, {.threads = threads}, block);
  if (!results) throw std::runtime_error(results.error().what);
  return *std::move(results);
}

void expect_same(disrupt::Summary const& a, disrupt::Summary const& b, std::string const& what) {
  EXPECT_EQ(a.region_output, b.region_output) << what;
  EXPECT_EQ(a.region_value_added, b.region_value_added) << what;
  EXPECT_EQ(a.region_final_use, b.region_final_use) << what;
  EXPECT_EQ(a.output_loss_pct, b.output_loss_pct) << what;
  EXPECT_EQ(a.final_use_loss_pct, b.final_use_loss_pct) << what;
}

/// Every option of the model, 19 runs with different scenarios and numbers: alone, in blocks of 8
/// and of 16, on one thread and two, the same bits.
TEST(DisruptBlock, ARunHasTheBitsItWouldHaveAlone) {
  std::size_t moved = 0;
  for (std::uint64_t seed = 1; seed <= worlds; ++seed) {
    auto const economy = small_world(seed);
    auto const& space = economy.space();
    auto const first = random_full_options(space, days, Seed{seed});
    constexpr std::size_t count = 19;
    std::vector<disrupt::ModelOptions> options(count, first);
    std::vector<Scenario> scenarios(count);
    std::vector<disrupt::Run> runs;
    for (std::size_t k = 0; k < count; ++k) {
      // Half of the runs differ in the strength of one scenario, half are other scenarios.
      scenarios[k] = random_scenario(space, days, Seed{k % 2 == 0 ? seed : seed + 1000 * k});
      add_random_events(scenarios[k], space, days, Seed{k % 2 == 0 ? seed : seed + 1000 * k});
      for (auto& cut : scenarios[k].cuts) {
        if (k % 2 == 0) cut.course.share *= static_cast<double>(k + 1) / count;
      }
      Rng rng(Seed{seed}, 100 + k);
      options[k].psi = rng.uniform();
      options[k].tau_inventory_days = 1 + 60 * rng.uniform();
      for (double& target : options[k].inventory_days) {
        if (std::isfinite(target)) target = 1 + 30 * rng.uniform();
      }
      options[k].overproduction_max = 1 + 0.3 * rng.uniform();
      runs.push_back({&scenarios[k], &options[k]});
    }
    auto const alone = block_of(economy, runs, 1, 1);
    auto const eight = block_of(economy, runs, 8, 2);
    auto const sixteen = block_of(economy, runs, 16, 1);
    for (std::size_t k = 0; k < count; ++k) {
      auto const what = "seed " + std::to_string(seed) + " run " + std::to_string(k);
      ASSERT_TRUE(alone[k] && eight[k] && sixteen[k]) << what;
      expect_same(*alone[k], *eight[k], what);
      expect_same(*alone[k], *sixteen[k], what);
      for (double const loss : alone[k]->output_loss_pct) {
        ASSERT_TRUE(std::isfinite(loss)) << what;
        moved += std::abs(loss) > 0.01 ? 1 : 0;
      }
    }
    if (HasFailure()) return;
  }
  EXPECT_GT(moved, 1000U);
}

/// The summaries of a block are those of the single path.
TEST(DisruptBlock, SummarisesThePath) {
  for (std::uint64_t seed = 1; seed <= 30; ++seed) {
    auto const economy = small_world(seed);
    auto const& space = economy.space();
    auto const options = random_full_options(space, days, Seed{seed});
    auto scenario = random_scenario(space, days, Seed{seed});
    add_random_events(scenario, space, days, Seed{seed});
    auto const path = path_of(economy, scenario, options);
    auto const block = block_of(economy, {{&scenario, &options}, {&scenario, &options}}, 0, 1);
    ASSERT_TRUE(block[1]);
    for (std::size_t r = 0; r < space.regions(); ++r) {
      EXPECT_NEAR(block[1]->output_loss_pct[r], path.region_output_loss_pct[r], 1e-10);
      EXPECT_NEAR(block[1]->value_added_loss_pct[r], path.region_value_added_loss_pct[r], 1e-10);
      EXPECT_NEAR(block[1]->final_use_loss_pct[r], path.region_final_use_loss_pct[r], 1e-10);
    }
    EXPECT_NEAR(block[1]->output_loss_pct.back(), path.world_output_loss_pct, 1e-10);
  }
}

/// Without a shock nothing moves: exactly where no pair of regions is treated on its own, to
/// rounding where deliveries are under way or shares are kept.
TEST(DisruptBlock, NothingMovesWithoutShock) {
  for (std::uint64_t seed = 1; seed <= worlds; ++seed) {
    auto const economy = small_world(seed);
    auto const options = random_full_options(economy.space(), 200, Seed{seed});
    Scenario const quiet{.name = "quiet"};
    auto const path = path_of(economy, quiet, options);
    bool const exact = options.delays.empty() && std::isinf(options.switching_speed);
    for (double const share : path.output_relative.values()) {
      if (exact) {
        ASSERT_EQ(share, 1.0) << "seed " << seed;
      } else {
        ASSERT_NEAR(share, 1.0, 1e-10) << "seed " << seed;
      }
    }
    for (double const share : path.region_final_use.values()) ASSERT_NEAR(share, 1.0, 1e-10);
  }
}

/// Reading only the cells that are not zero gives the same bits, one lane or many.
TEST(DisruptBlock, SparseFlowsGiveTheSameBits) {
  for (std::uint64_t seed = 1; seed <= 60; ++seed) {
    auto const economy = random_economy(
        {.regions = 2 + seed % 4, .sectors = 2 + seed % 5, .seed = Seed{seed}, .zero_share = 0.5});
    auto const& space = economy.space();
    auto const options = random_full_options(space, days, Seed{seed});
    auto scenario = random_scenario(space, days, Seed{seed});
    add_random_events(scenario, space, days, Seed{seed});
    for (std::size_t const lanes : {1U, 8U}) {
      if (lanes > 1 && !std::isinf(options.switching_speed)) continue;
      std::vector<disrupt::Run> const runs(lanes, {&scenario, &options});
      auto const model = [&](disrupt::FlowStorage storage) {
        auto baseline = disrupt::make_baseline(economy, storage);
        if (!baseline) throw std::runtime_error(baseline.error().what);
        EXPECT_EQ(baseline->sparse.has_value(), storage == disrupt::FlowStorage::sparse);
        return disrupt::DayModel(economy, runs,
                                 std::make_shared<disrupt::Baseline const>(*std::move(baseline)));
      };
      auto dense = model(disrupt::FlowStorage::dense);
      auto sparse = model(disrupt::FlowStorage::sparse);
      for (int day = 0; day < days; ++day) {
        ASSERT_TRUE(dense.advance(day, {}));
        ASSERT_TRUE(sparse.advance(day, {}));
        ASSERT_EQ(dense.output(), sparse.output()) << "seed " << seed << " day " << day;
        ASSERT_EQ(dense.demand(), sparse.demand()) << "seed " << seed << " day " << day;
        ASSERT_EQ(dense.stock(), sparse.stock()) << "seed " << seed << " day " << day;
      }
    }
  }
}

/// One run's fault is its own.
TEST(DisruptBlock, AFaultStaysWithItsRun) {
  auto const economy = small_world(4);
  disrupt::ModelOptions good;
  good.inventory_days = disrupt::default_inventory_days(economy.space());
  good.days = 10;
  auto bad = good;
  bad.psi = 7;
  Scenario const quiet{.name = "quiet"};
  auto const results = block_of(economy, {{&quiet, &good}, {&quiet, &bad}, {&quiet, &good}}, 0, 1);
  EXPECT_TRUE(results[0]);
  ASSERT_FALSE(results[1]);
  EXPECT_EQ(results[1].error().where, "psi");
  EXPECT_TRUE(results[2]);
  auto other = good;
  other.days = 11;
  auto const refused = disrupt::simulate_block(economy, {{&quiet, &good}, {&quiet, &other}});
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, ErrorCode::size_mismatch);
}

}  // namespace
}  // namespace linchpin::test
