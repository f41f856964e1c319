// SPDX-License-Identifier: Apache-2.0
// The trade equilibrium kernel against its plain version, whose author did not read the kernel.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <cmath>
#include <map>
#include <string>

#include "linchpin/equilibrium/outcome.h"
#include "linchpin/equilibrium/solve.h"
#include "property/equilibrium_bridge.h"
#include "reference/equilibrium_random.h"

namespace linchpin {
namespace {

using namespace equilibrium_tests;
using plain::Hardness;

struct Case {
  plain::World world;
  plain::Policy policy;
  plain::Model model;
};

Case random_case(std::uint64_t number, Hardness hardness) {
  Rng rng{Seed{20261129}, number};
  Case made;
  auto const regions = 2 + static_cast<std::size_t>(rng.uniform() * 4);
  auto const sectors = 1 + static_cast<std::size_t>(rng.uniform() * 4);
  made.world = plain::random_world(rng, regions, sectors, hardness);
  made.policy = plain::random_policy(rng, made.world, hardness);
  made.model = plain::random_model(rng, made.world, hardness);
  simplify(made.world, made.policy, made.model);
  return made;
}

/// Largest difference of what both models say, relative; only where it means something.
double difference(Case const& c, plain::Outcome const& plain, equilibrium::Equilibrium const& fast,
                  std::string& where) {
  equilibrium::Grid const grid{c.world.regions, c.world.sectors};
  double largest = 0;
  auto const compare = [&](double a, double b, std::string const& what) {
    auto const scale = std::max({std::abs(a), std::abs(b), 1e-300});
    auto const gap = std::abs(a - b) / scale;
    if (gap > largest) {
      largest = gap;
      where = fmt::format("{}: plain {:.12g}, kernel {:.12g}", what, a, b);
    }
  };
  auto const& now = fast.numbers;
  for (std::size_t n = 0; n < c.world.regions; ++n) {
    compare(plain.income[n], now.spending_power[n], fmt::format("income {}", n));
    compare(plain.final_price[n], std::exp(now.log_final[n]), fmt::format("final price {}", n));
    compare(plain.employment[n], fast.employment[n], fmt::format("employment {}", n));
    auto const income = c.world.income[n];
    compare(plain.welfare[n], now.spending_power[n] / income / std::exp(now.log_final[n]),
            fmt::format("welfare {}", n));
    for (std::size_t j = 0; j < c.world.sectors; ++j) {
      auto const good = grid.good(j, n);
      if (c.world.spending[n][j] > 0 && std::isfinite(plain.price[n][j])) {
        compare(plain.price[n][j], std::exp(now.log_price[grid.industry(n, j)]),
                fmt::format("price {} {}", n, j));
      }
      if (plain.spending[n][j] > 1e-9) {
        compare(plain.spending[n][j], fast.state.spending[good], fmt::format("X {} {}", n, j));
      }
      if (plain.output[n][j] > 1e-9) {
        compare(plain.output[n][j], now.output[good], fmt::format("Y {} {}", n, j));
      }
      for (std::size_t i = 0; i < c.world.regions; ++i) {
        if (plain.share[j][n][i] < 1e-9 || c.world.spending[n][j] <= 0) continue;
        compare(plain.share[j][n][i], now.share[grid.pair(j, n, i)],
                fmt::format("share {} {} {}", j, n, i));
      }
    }
  }
  return largest;
}

/// Without hard cases every world must be solved, and to the digits of the plain version.
TEST(EquilibriumPlain, AgreesOnMildWorlds) {
  for (std::uint64_t number = 0; number < 100; ++number) {
    auto const c = random_case(number, Hardness::mild);
    auto const plain = plain::solve(c.world, c.policy, c.model);
    ASSERT_EQ(plain.status, plain::Status::solved) << number;
    auto const base = base_of(c.world);
    auto const policy = policy_of(c.world, c.policy, c.model);
    auto const closure = closure_of(c.world, c.model);
    auto const fast = equilibrium::solve(base, policy, closure);
    ASSERT_TRUE(fast) << number << ": " << fast.error().what;
    std::string where;
    EXPECT_LE(difference(c, plain, *fast, where), 1e-8) << number << ": " << where;
  }
}

/// Hard cases: both solve and agree, or both say why not. What only the plain version solves is
/// counted and bounded (none to two of 150 when this was written: specific factors).
TEST(EquilibriumPlain, AgreesOnHardWorlds) {
  std::map<std::string, int> counts;
  int missed = 0;
  for (std::uint64_t number = 0; number < 150; ++number) {
    auto const c = random_case(1000 + number, Hardness::hard);
    auto const plain = plain::solve(c.world, c.policy, c.model);
    auto const base = base_of(c.world);
    auto const policy = policy_of(c.world, c.policy, c.model);
    auto const closure = closure_of(c.world, c.model);
    equilibrium::SolveOptions options;
    options.tolerance = 1e-12;
    auto const fast = equilibrium::solve(base, policy, closure, options);
    auto const solved = plain.status == plain::Status::solved;
    ++counts[fmt::format("plain {}, kernel {}", static_cast<int>(plain.status),
                         fast ? "solved" : std::string{to_string(fast.error().code)})];
    if (solved && !fast) {
      ++missed;
      fmt::print("  case {}: only the plain version solves it: {}\n", number, fast.error().what);
    }
    if (!solved || !fast) continue;
    std::string where;
    auto const gap = difference(c, plain, *fast, where);
    EXPECT_LE(gap, 1e-6) << number << ": " << where;
  }
  for (auto const& [what, count] : counts) fmt::print("  {}: {}\n", what, count);
  EXPECT_LE(missed, 2);
}

}  // namespace
}  // namespace linchpin
