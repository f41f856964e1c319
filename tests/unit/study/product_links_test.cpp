// SPDX-License-Identifier: Apache-2.0
#include "linchpin/study/product_links_run.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <set>
#include <string>
#include <vector>

#include "linchpin/core/random.h"
#include "support/each_set.h"

namespace linchpin::study {
namespace {

using linchpin::test::each_set;

ProductTrade random_trade(std::uint64_t draw, std::size_t countries, std::size_t products) {
  Rng rng(Seed{17}, draw);
  ProductTrade trade;
  for (std::size_t c = 0; c < countries; ++c) trade.countries.push_back("C" + std::to_string(c));
  for (std::size_t p = 0; p < products; ++p) trade.products.push_back("P" + std::to_string(p));
  trade.buyers = {{"HOME", {"HOME"}}};
  TradeYear year;
  year.year = 2022;
  year.buyers.resize(1);
  std::size_t bytes = 0;
  for (std::size_t p = 0; p < products; ++p) {
    for (std::size_t c = 0; c < countries; ++c) {
      if (rng.uniform() < 0.3) continue;
      year.buyers[0].imports.slot(c, p, bytes) = rng.uniform() * rng.uniform();
    }
  }
  trade.years.push_back(std::move(year));
  return trade;
}

/// The best set against all sets of at most three links that leave every product, on ten worlds.
TEST(ProductLinks, EqualBruteForce) {
  parameters::ProductElasticities elasticities;
  elasticities.theta = {{"P0", 2}, {"P1", 5}, {"P3", 1.2}};
  elasticities.median = 2;
  for (std::uint64_t draw = 0; draw < 10; ++draw) {
    auto const trade = random_trade(draw, 4, 4);
    auto const& imports = trade.years[0].buyers[0].imports;
    double total = 0;
    std::vector<double> bought(4, 0);
    for (std::size_t p = 0; p < 4; ++p) {
      for (std::size_t c = 0; c < 4; ++c) bought[p] += imports.at(c, p);
      total += bought[p];
    }
    double best = 0;
    each_set(16, 3, [&](std::vector<std::size_t> const& set) {
      double loss = 0;
      for (std::size_t p = 0; p < 4; ++p) {
        double denied = 0;
        for (auto const link : set) {
          if (link / 4 == p) denied += imports.at(link % 4, p);
        }
        if (denied == 0) continue;
        if (bought[p] - denied < 1e-12) return;  // nothing left: no number
        auto const own = elasticities.theta.find("P" + std::to_string(p));
        double const theta = own == elasticities.theta.end() ? 2 : own->second;
        loss += bought[p] / total * -std::log(1 - denied / bought[p]) / theta;
      }
      best = std::max(best, loss);
    });
    auto const answer = product_links(trade, elasticities, {.k = 3, .top = 5, .spending = {}});
    ASSERT_TRUE(answer) << answer.error().what;
    EXPECT_NEAR(answer->sets[0].loss_pct, 100 * std::expm1(best), 1e-9) << draw;
    EXPECT_TRUE(
        std::is_sorted(answer->links.begin(), answer->links.end(),
                       [](auto const& a, auto const& b) { return a.loss_pct > b.loss_pct; }));
    EXPECT_EQ(answer->without_theta, bought[2] > 0 ? 1U : 0U);
  }
}

/// By hand: 80 of 110 are P0 from three sellers; half of it gone at θ = 4 is
/// e^(80/110 · ln 2 / 4) − 1 = 13.4313 % of imports, and 110/1000 of that in logs of spending.
TEST(ProductLinks, AreTheFormula) {
  ProductTrade trade;
  trade.countries = {"CHN", "USA", "JPN"};
  trade.products = {"P0", "P1"};
  trade.buyers = {{"DEU", {"DEU"}}};
  TradeYear year;
  year.year = 2022;
  year.buyers.resize(1);
  std::size_t bytes = 0;
  auto& imports = year.buyers[0].imports;
  imports.slot(0, 0, bytes) = 40;
  imports.slot(1, 0, bytes) = 25;
  imports.slot(2, 0, bytes) = 15;
  imports.slot(1, 1, bytes) = 30;
  trade.years.push_back(year);
  parameters::ProductElasticities elasticities;
  elasticities.theta = {{"P0", 4}};
  elasticities.median = 4;
  auto const one = product_links(trade, elasticities, {.k = 1, .top = 10, .spending = {}}).value();
  EXPECT_EQ(one.sets[0].links, (std::vector<std::string>{"CHN:P0"}));
  EXPECT_NEAR(one.sets[0].loss_pct, 13.431252, 1e-6);
  // P1 has one seller: no number, no candidate.
  EXPECT_EQ(one.cut_off_count, 1U);
  EXPECT_EQ(one.cut_off[0].sellers, (std::vector<std::string>{"USA"}));
  EXPECT_EQ(one.candidates, 3U);
  auto const of = product_links(trade, elasticities, {.k = 1, .top = 10, .spending = 1000}).value();
  EXPECT_NEAR(of.sets[0].loss_pct, 100 * std::expm1(0.08 * std::log(2) / 4), 1e-12);
  // Less than the imports of 110 + 30 cannot be all it spends.
  EXPECT_FALSE(product_links(trade, elasticities, {.k = 1, .top = 10, .spending = 100}));
  EXPECT_FALSE(product_links(trade, elasticities, {.k = 1, .top = 10, .spending = NAN}));
  trade.years[0].buyers[0] = {};
  EXPECT_FALSE(product_links(trade, elasticities, {}));
}

}  // namespace
}  // namespace linchpin::study
