// SPDX-License-Identifier: Apache-2.0
// The kernels of leverage against the plain version, on random worlds and games.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <map>

#include "../unit/leverage/random_price_world.h"
#include "leverage_plain.h"
#include "linchpin/leverage/chokepoints.h"
#include "linchpin/leverage/game.h"
#include "linchpin/leverage/pair_power.h"
#include "linchpin/leverage/price_chokepoints.h"

namespace linchpin::leverage {
namespace {

test::PlainPrices plain_of(PriceWorldData const& data) {
  std::size_t const regions = data.regions.size(), sectors = data.sectors.size();
  test::PlainPrices plain;
  plain.theta.assign(data.theta.begin(), data.theta.end());
  for (std::size_t j = 0; j < sectors; ++j) {
    auto& importers = plain.share.emplace_back();
    for (std::size_t n = 0; n < regions; ++n) {
      auto const at =
          data.shares.begin() + static_cast<std::ptrdiff_t>((j * regions + n) * regions);
      importers.emplace_back(at, at + static_cast<std::ptrdiff_t>(regions));
    }
  }
  for (std::size_t n = 0; n < regions; ++n) {
    auto& users = plain.input.emplace_back();
    for (std::size_t j = 0; j < sectors; ++j) {
      auto const at =
          data.input_weights.begin() + static_cast<std::ptrdiff_t>((n * sectors + j) * sectors);
      users.emplace_back(at, at + static_cast<std::ptrdiff_t>(sectors));
    }
    auto const row = [&](DenseVector const& values) {
      auto const at = values.begin() + static_cast<std::ptrdiff_t>(n * sectors);
      return std::vector<double>(at, at + static_cast<std::ptrdiff_t>(sectors));
    };
    plain.final_share.push_back(row(data.final_shares));
    plain.spending.push_back(row(data.spending));
  }
  return plain;
}

/// Ten random worlds of 4 regions and 3 sectors: cost indices to 1e-10, first order to 1e-14.
TEST(PlainLeverage, PowerOfEveryPairIsThatOfThePlainVersion) {
  Rng rng(Seed{41}, 0);
  for (int world = 0; world < 10; ++world) {
    auto const data = random_price_data(4, 3, rng);
    auto const plain = plain_of(data);
    auto const prices = PriceWorld::make(data).value();
    for (std::size_t sender = 0; sender < 4; ++sender) {
      for (std::size_t target = 0; target < 4; ++target) {
        if (sender == target) continue;
        auto const power = power_over(prices, std::span(&sender, 1), target).value();
        test::PlainDenial denied;
        for (std::size_t j = 0; j < 3; ++j) denied.insert({j, target, sender});
        EXPECT_NEAR(power.network.log_cost,
                    std::log(test::plain_cost_of_living(plain, denied, target)), 1e-10);
        EXPECT_NEAR(power.first_order.net(), test::plain_liu_yang(plain, sender, target), 1e-14);
      }
    }
  }
}

/// Ten random worlds of 4 regions and 3 sectors: every set of at most 3 of 9 links tried plainly.
TEST(PlainLeverage, ChokepointsAreThoseOfTryingEverySet) {
  Rng rng(Seed{42}, 0);
  for (int world = 0; world < 10; ++world) {
    auto const data = random_price_data(4, 3, rng);
    auto const prices = PriceWorld::make(data).value();
    auto const best = test::plain_chokepoint(plain_of(data), 0, 3);
    PriceScreenOptions ask;
    ask.k = 3;
    auto const screen = price_screen(prices, 0, ask).value();
    ChokepointOptions options;
    options.k = 3;
    auto const found =
        find_chokepoints(screen, price_evaluator(prices, screen, 0), options).value();
    ASSERT_FALSE(found.sets.empty());
    EXPECT_TRUE(found.optimal);
    EXPECT_NEAR(found.sets.front().loss, best.log_cost, 1e-10) << world;
    std::set<std::pair<std::size_t, std::size_t>> links;
    for (auto const member : found.sets.front().members) {
      auto const& candidate = screen.candidates[member];
      links.insert({candidate.owners.front(), candidate.group});
    }
    EXPECT_EQ(links, best.links) << world;
  }
}

/// Forty random games of 3 x 3 actions: the same equilibria to 1e-8.
TEST(PlainLeverage, EquilibriaAreThoseOfAllSupports) {
  Rng rng(Seed{43}, 0);
  for (int trial = 0; trial < 40; ++trial) {
    Game game{{{"A", {"a", "b", "c"}}, {"B", {"x", "y", "z"}}}, {}};
    std::vector<std::vector<double>> row(3, std::vector<double>(3)), column = row;
    game.payoffs.assign(2, std::vector<double>(9));
    for (std::size_t r = 0; r < 3; ++r) {
      for (std::size_t c = 0; c < 3; ++c) {
        game.payoffs[0][3 * r + c] = row[r][c] = rng.uniform();
        game.payoffs[1][3 * r + c] = column[r][c] = rng.uniform();
      }
    }
    auto const found = nash_equilibria(game).value();
    auto const plain = test::plain_nash(row, column);
    ASSERT_EQ(found.equilibria.size(), plain.size()) << trial;
    for (auto const& expected : plain) {
      bool const there =
          std::any_of(found.equilibria.begin(), found.equilibria.end(), [&](auto const& each) {
            double distance = 0;
            for (std::size_t p = 0; p < 2; ++p) {
              for (std::size_t x = 0; x < 3; ++x) {
                distance = std::max(distance, std::abs(each.strategies[p][x] - expected[p][x]));
              }
            }
            return distance < 1e-8;
          });
      EXPECT_TRUE(there) << trial;
    }
  }
}

}  // namespace
}  // namespace linchpin::leverage
