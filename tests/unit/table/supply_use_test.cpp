// SPDX-License-Identifier: Apache-2.0
#include "linchpin/table/formats/supply_use.h"

#include <gtest/gtest.h>

#include <initializer_list>
#include <numeric>

#include "linchpin/core/random.h"

namespace linchpin {
namespace {

DenseMatrix matrix(std::initializer_list<std::initializer_list<double>> rows) {
  DenseMatrix result(rows.size(), rows.begin()->size());
  std::size_t i = 0;
  for (auto const& row : rows) std::copy(row.begin(), row.end(), result.row(i++).begin());
  return result;
}

/// Two industries, two products: industry 1 makes 90 of product 1 and 10 of product 2, industry 2
/// makes 90 of product 2. Worked by hand: D = [1, 0.1; 0, 0.9].
TEST(MarketShares, MatchHandCalculation) {
  MarketShares const market(matrix({{90, 10}, {0, 90}}));
  EXPECT_EQ(market.shares(), matrix({{1, 0.1}, {0, 0.9}}));
  EXPECT_EQ(market.industry_output(), (DenseVector{100, 90}));
  EXPECT_EQ(market.product_output(), (DenseVector{90, 100}));
  EXPECT_TRUE(market.unmade_products().empty());
  auto const use = matrix({{20, 10, 60}, {30, 20, 50}});
  auto const by_industry = market.transform(use);
  EXPECT_DOUBLE_EQ(by_industry(0, 0), 20 + 3);
  EXPECT_DOUBLE_EQ(by_industry(0, 1), 10 + 2);
  EXPECT_DOUBLE_EQ(by_industry(0, 2), 60 + 5);
  EXPECT_DOUBLE_EQ(by_industry(1, 0), 27);
  EXPECT_DOUBLE_EQ(by_industry(1, 1), 18);
  EXPECT_DOUBLE_EQ(by_industry(1, 2), 45);
  EXPECT_EQ(market.lost(use), 0);
}

TEST(MarketShares, UseOfUnmadeProductsIsLostAndSaid) {
  MarketShares const market(matrix({{50, 0, 5}, {0, 0, 5}}));
  EXPECT_EQ(market.unmade_products(), (std::vector<std::size_t>{1}));
  auto const use = matrix({{1}, {7}, {2}});
  EXPECT_EQ(market.lost(use), 7);
  EXPECT_DOUBLE_EQ(market.transform(use)(0, 0), 1 + 1);
  EXPECT_DOUBLE_EQ(market.transform(use)(1, 0), 1);
}

/// If supply meets use product by product, what industries sell is what they make, and every buyer
/// pays the same as before, whatever the numbers.
TEST(MarketShares, KeepOutputsAndColumnSums) {
  Rng rng(Seed{11}, 0);
  for (int trial = 0; trial < 20; ++trial) {
    auto const industries = 1 + static_cast<std::size_t>(rng.below(7));
    auto const products = industries + static_cast<std::size_t>(rng.below(5));
    auto const buyers = 1 + static_cast<std::size_t>(rng.below(9));
    DenseMatrix supply(industries, products);
    for (double& cell : supply.values()) cell = rng.below(3) == 0 ? 0 : rng.uniform() * 100;
    MarketShares const market(supply);
    DenseMatrix use(products, buyers);
    for (std::size_t p = 0; p < products; ++p) {
      double weight = 0;
      for (double& cell : use.row(p)) weight += cell = 0.01 + rng.uniform();
      for (double& cell : use.row(p)) cell *= market.product_output()[p] / weight;
    }
    auto const sold = market.transform(use);
    for (std::size_t i = 0; i < industries; ++i) {
      auto const row = sold.row(i);
      EXPECT_NEAR(std::accumulate(row.begin(), row.end(), 0.0), market.industry_output()[i], 1e-9);
      for (double const cell : row) EXPECT_GE(cell, 0);
    }
    for (std::size_t b = 0; b < buyers; ++b) {
      double before = 0;
      double after = 0;
      for (std::size_t p = 0; p < products; ++p) before += use(p, b);
      for (std::size_t i = 0; i < industries; ++i) after += sold(i, b);
      EXPECT_NEAR(after, before, 1e-9);
    }
  }
}

}  // namespace
}  // namespace linchpin
