// SPDX-License-Identifier: Apache-2.0
// What must hold for any world: the plain trade equilibrium on random ones.
#include "reference/equilibrium_random.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>

namespace linchpin::reference::trade {
namespace {

constexpr std::size_t few = 3'000;  ///< price systems before a hard case is given up

struct Case {
  World world;
  Policy policy;
  Model model;
};

Case random_case(std::uint64_t number, Hardness hardness) {
  Rng rng(Seed{20260}, number);
  std::size_t const regions = 2 + rng.below(3), sectors = 1 + rng.below(4);
  Case result;
  result.world = random_world(rng, regions, sectors, hardness);
  result.policy = random_policy(rng, result.world, hardness);
  result.model = random_model(rng, result.world, hardness);
  return result;
}

void expect_same(Outcome const& a, Outcome const& b, double tolerance) {
  ASSERT_EQ(a.status, b.status);
  for (std::size_t n = 0; n < a.welfare.size(); ++n) {
    EXPECT_NEAR(a.welfare[n] / b.welfare[n], 1, tolerance);
    EXPECT_NEAR(a.wage[n] / b.wage[n], 1, tolerance);
  }
}

TEST(PlainEquilibriumRandom, WorldsAreConsistentAndStayWithoutAChange) {
  for (std::uint64_t k = 0; k < 60; ++k) {
    SCOPED_TRACE(k);
    Case c = random_case(k, Hardness::hard);
    ASSERT_EQ(inconsistency(c.world), "");
    for (double& floor : c.model.wage_floor) floor = std::min(floor, 1.0);
    if (c.model.deficits == Deficits::zero) c.model.deficits = Deficits::keep;
    Outcome const o = solve(c.world, no_change(c.world), c.model);
    ASSERT_EQ(o.status, Status::solved);
    for (std::size_t n = 0; n < c.world.regions; ++n) {
      EXPECT_NEAR(o.welfare[n], 1, 1e-12);
      EXPECT_NEAR(o.wage[n], 1, 1e-12);
      EXPECT_NEAR(o.income[n] / c.world.income[n], 1, 1e-12);
    }
  }
}

TEST(PlainEquilibriumRandom, BudgetsCloseAndQuotasBindOrAreFree) {
  std::map<Status, int> count;
  for (std::uint64_t k = 0; k < 60; ++k) {
    SCOPED_TRACE(k);
    Case const c = random_case(k, Hardness::hard);
    Outcome const o = solve(c.world, c.policy, c.model, few);
    ++count[o.status];
    if (o.status != Status::solved) continue;
    double const before = std::accumulate(c.world.wages.begin(), c.world.wages.end(), 0.0);
    double const after = std::accumulate(o.value_added.begin(), o.value_added.end(), 0.0);
    EXPECT_NEAR(after / before, 1, 1e-12);
    for (std::size_t n = 0; n < c.world.regions; ++n) {
      EXPECT_NEAR(o.imports[n] - o.exports[n], o.deficit[n], 1e-10 * 100);
      EXPECT_GE(o.wage[n], c.model.wage_floor[n]);
      EXPECT_LE(o.employment[n], 1 + 1e-15);
      EXPECT_TRUE(o.employment[n] == 1 || o.wage[n] == c.model.wage_floor[n]);
      double spent = 0;
      for (std::size_t j = 0; j < c.world.sectors; ++j) {
        spent += o.final_share[n][j];
        EXPECT_GE(o.spending[n][j], -1e-12);
      }
      EXPECT_NEAR(spent, 1, 1e-12);
    }
    for (std::size_t q = 0; q < c.policy.quotas.size(); ++q) {
      EXPECT_LE(o.quota_quantity[q], c.policy.quotas[q].limit * (1 + 1e-11));
      EXPECT_TRUE(o.quota_wedge[q] == 0 ||
                  std::abs(o.quota_quantity[q] / c.policy.quotas[q].limit - 1) < 1e-11);
    }
  }
  for (auto const& [status, number] : count) {
    RecordProperty("status_" + std::to_string(static_cast<int>(status)), number);
  }
  EXPECT_GE(count[Status::solved], 42);
  EXPECT_LE(count[Status::not_converged], 3);
}

TEST(PlainEquilibriumRandom, MildCasesAllHaveAnEquilibrium) {
  for (std::uint64_t k = 0; k < 60; ++k) {
    SCOPED_TRACE(k);
    Case const c = random_case(k, Hardness::mild);
    EXPECT_EQ(solve(c.world, c.policy, c.model).status, Status::solved);
  }
}

TEST(PlainEquilibriumRandom, UnitOfMoneyDoesNotMatter) {
  for (std::uint64_t k = 0; k < 20; ++k) {
    SCOPED_TRACE(k);
    Case const c = random_case(k, Hardness::mild);
    World scaled = c.world;
    double const factor = 1234.5;
    auto const scale = [&](Vector& values) {
      for (double& value : values) value *= factor;
    };
    for (auto* values : {&scaled.deficit, &scaled.wages, &scaled.income}) scale(*values);
    for (auto* values : {&scaled.spending, &scaled.output}) {
      for (Vector& line : *values) scale(line);
    }
    expect_same(solve(c.world, c.policy, c.model), solve(scaled, c.policy, c.model), 1e-12);
  }
}

TEST(PlainEquilibriumRandom, OrderOfRegionsAndSectorsDoesNotMatter) {
  for (std::uint64_t k = 0; k < 25; ++k) {
    SCOPED_TRACE(k);
    Case const c = random_case(k, Hardness::hard);
    std::vector<std::size_t> regions(c.world.regions), sectors(c.world.sectors);
    std::iota(regions.rbegin(), regions.rend(), 0U);
    std::iota(sectors.begin(), sectors.end(), 0U);
    std::rotate(sectors.begin(), sectors.begin() + 1, sectors.end());
    Outcome a = solve(c.world, c.policy, c.model, few);
    Outcome const b =
        solve(relabelled(c.world, regions, sectors), relabelled(c.policy, regions, sectors),
              relabelled(c.model, regions, sectors), few);
    if (a.status == Status::not_converged || b.status == Status::not_converged) continue;
    ASSERT_EQ(a.status, b.status);
    if (a.status != Status::solved) continue;
    std::reverse(a.welfare.begin(), a.welfare.end());
    std::reverse(a.wage.begin(), a.wage.end());
    expect_same(a, b, 1e-10);
  }
}

struct Walk {
  Vector logs;         ///< exact log welfare, step by step
  Vector first_order;  ///< the same from first-order changes at the moving base
};

/// From the world to the target tariffs in equal steps, each a new base.
Walk walk(World const& world, Policy const& target, Model const& model, int steps) {
  std::size_t const N = world.regions;
  World moving = world;
  Walk result{Vector(N, 0), Vector(N, 0)};
  for (int s = 1; s <= steps; ++s) {
    Policy step = no_change(moving);
    for (std::size_t j = 0; j < world.sectors; ++j) {
      for (std::size_t n = 0; n < N; ++n) {
        for (std::size_t i = 0; i < N; ++i) {
          double const from = world.tariff[j][n][i], to = target.tariff[j][n][i];
          step.tariff[j][n][i] = from + (to - from) * s / steps;
        }
      }
    }
    Outcome const there = solve(moving, step, model);
    World const next = rebased(moving, step, there);
    EXPECT_EQ(inconsistency(next, 1e-11), "");
    Outcome const back = solve(next, no_change(moving), model);  // trapezoid: there and back
    for (std::size_t n = 0; n < N; ++n) {
      EXPECT_NEAR(there.welfare[n] * back.welfare[n], 1, 1e-12);
      result.logs[n] += static_cast<double>(there.log_welfare[n]);
      result.first_order[n] += (there.logs.welfare[n] - back.logs.welfare[n]) / 2;
    }
    moving = next;
  }
  return result;
}

/// Steps of a change are the whole change, and terms and volume of trade along the way add up to
/// exact welfare, with an error that falls with the square of the step.
TEST(PlainEquilibriumRandom, StepsAddUp) {
  for (std::uint64_t k = 0; k < 4; ++k) {
    SCOPED_TRACE(k);
    Rng rng(Seed{77}, k);
    World world = random_world(rng, 3, 2, Hardness::mild);
    world.deficit = Vector(3, 0);
    ASSERT_TRUE(complete(world));
    Policy target = no_change(world);
    for (Matrix& sector : target.tariff) {
      for (std::size_t n = 0; n < 3; ++n) {
        for (std::size_t i = 0; i < 3; ++i) sector[n][i] = n == i ? 0 : 0.3 * rng.uniform();
      }
    }
    Model model = random_model(rng, world, Hardness::mild);
    model.deficits = Deficits::keep;
    Outcome const whole = solve(world, target, model);
    ASSERT_EQ(whole.status, Status::solved);
    Walk const coarse = walk(world, target, model, 8), fine = walk(world, target, model, 16);
    for (std::size_t n = 0; n < 3; ++n) {
      double const exact = static_cast<double>(whole.log_welfare[n]);
      EXPECT_NEAR(coarse.logs[n], exact, 1e-12);
      EXPECT_NEAR(fine.logs[n], exact, 1e-12);
      EXPECT_NEAR((4 * fine.first_order[n] - coarse.first_order[n]) / 3, exact, 1e-6);
    }
  }
}

}  // namespace
}  // namespace linchpin::reference::trade
