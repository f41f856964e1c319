// SPDX-License-Identifier: Apache-2.0
// Third countries that buy more from one country and sell more to another, on worlds made by hand.
#include "linchpin/equilibrium/transshipment.h"

#include <gtest/gtest.h>

#include <limits>
#include <vector>

namespace linchpin::equilibrium {
namespace {

constexpr std::size_t A = 0, B = 1, V = 2, W = 3;
constexpr std::size_t electronics = 0, other = 1;

/// Two sectors and these regions; everyone sells 100 of the other good to everyone.
Flows quiet(int year, std::size_t regions = 4) {
  Flows flows{year, regions, 2, {}};
  flows.trade.assign(2 * regions * regions, 0.0);
  for (std::size_t n = 0; n < regions; ++n) {
    for (std::size_t i = 0; i < regions; ++i) flows.trade[flows.cell(other, n, i)] = 100;
  }
  return flows;
}

void set(Flows& flows, std::size_t from, std::size_t to, double value) {
  flows.trade[flows.cell(electronics, to, from)] = value;
}

/// The direct way from A to B, and two that lead over V.
Flows world(int year, double direct, double in, double out) {
  auto flows = quiet(year);
  set(flows, A, B, direct);
  set(flows, A, V, in);
  set(flows, V, B, out);
  return flows;
}

TransshipmentFindings findings(std::vector<Flows> const& years,
                               TransshipmentOptions const& options = {}) {
  auto result = find_transshipment(years, {electronics, A, B}, options);
  if (!result) throw std::runtime_error(result.error().what);
  return *std::move(result);
}

TEST(Transshipment, BothLegsRise) {
  auto const found = findings({world(2018, 100, 10, 10), world(2019, 60, 40, 30)});
  ASSERT_EQ(found.candidates.size(), 1U);
  auto const& via = found.candidates.front();
  EXPECT_EQ(via.via, V);
  EXPECT_DOUBLE_EQ(via.imports_rise, 30);  // nothing else V imports grew
  EXPECT_DOUBLE_EQ(via.exports_rise, 20);
  EXPECT_DOUBLE_EQ(via.score, 20);
  EXPECT_DOUBLE_EQ(via.persistence, 1);
  EXPECT_EQ(via.lag, 0U);
  // B imports 200 of the other good from V and W, and 10, then 30 of electronics.
  EXPECT_DOUBLE_EQ(found.direct_before, 100);
  EXPECT_DOUBLE_EQ(found.direct_after, 60);
  EXPECT_DOUBLE_EQ(found.direct_expected, 100 * 230.0 / 210);
  EXPECT_DOUBLE_EQ(via.share_of_fall, 20 / (100 * 230.0 / 210 - 60));
  EXPECT_TRUE(found.absent.empty());
}

TEST(Transshipment, OneLegIsNotEnough) {
  EXPECT_TRUE(findings({world(2018, 100, 10, 10), world(2019, 60, 40, 10)}).candidates.empty());
  EXPECT_TRUE(findings({world(2018, 100, 10, 10), world(2019, 60, 10, 40)}).candidates.empty());
}

TEST(Transshipment, GrowthOfTheCountryItselfExplainsIt) {
  auto const before = world(2018, 100, 10, 10);
  auto after = before;
  after.year = 2019;
  for (std::size_t j = 0; j < 2; ++j) {
    for (std::size_t k = 0; k < 4; ++k) {
      if (k == V) continue;
      after.trade[after.cell(j, V, k)] *= 3;  // all it imports
      after.trade[after.cell(j, k, V)] *= 3;  // all it exports
    }
  }
  EXPECT_TRUE(findings({before, after}).candidates.empty());
  // A little more than that is a rise of that little.
  set(after, A, V, 35);
  set(after, V, B, 32);
  auto const found = findings({before, after});
  ASSERT_EQ(found.candidates.size(), 1U);
  EXPECT_NEAR(found.candidates.front().score, 2, 1e-12);
}

TEST(Transshipment, SalesMayFollowPurchases) {
  std::vector<Flows> const years = {world(2018, 100, 10, 10), world(2019, 60, 50, 10),
                                    world(2020, 60, 10, 50)};
  EXPECT_TRUE(findings(years, {.last_before = 0, .longest_lag = 0}).candidates.empty());
  auto const found = findings(years);
  ASSERT_EQ(found.candidates.size(), 1U);
  EXPECT_EQ(found.candidates.front().lag, 1U);
  EXPECT_DOUBLE_EQ(found.candidates.front().score, 40);
  // A lag longer than the sequence finds nothing new.
  EXPECT_DOUBLE_EQ(findings(years, {.longest_lag = 9}).candidates.front().score, 40);
}

TEST(Transshipment, TheShortestOfEqualLags) {
  std::vector<Flows> const years = {world(2018, 100, 10, 10), world(2019, 60, 30, 30),
                                    world(2020, 60, 30, 30)};
  EXPECT_EQ(findings(years).candidates.front().lag, 0U);
}

TEST(Transshipment, YearsBeforeDoNotCount) {
  std::vector<Flows> const years = {world(2016, 100, 1, 1), world(2018, 100, 10, 10),
                                    world(2019, 60, 10, 10)};
  EXPECT_TRUE(findings(years, {.last_before = 1}).candidates.empty());
  EXPECT_FALSE(findings(years, {.last_before = 0}).candidates.empty());
}

TEST(Transshipment, PartOfTheYears) {
  auto const found =
      findings({world(2018, 100, 10, 10), world(2019, 60, 30, 30), world(2020, 60, 5, 30)},
               {.last_before = 0, .longest_lag = 0});
  EXPECT_DOUBLE_EQ(found.candidates.front().score, 10);
  EXPECT_DOUBLE_EQ(found.candidates.front().persistence, 0.5);
}

TEST(Transshipment, RankedAndTiesByPlace) {
  auto before = quiet(2018, 6);
  auto after = quiet(2019, 6);
  set(before, A, B, 100);
  set(after, A, B, 50);
  for (std::size_t const via : {W, V, std::size_t{5}, std::size_t{4}}) {
    auto const rise = via == 5 ? 30.0 : 20.0;
    set(after, A, via, rise);
    set(after, via, B, rise);
  }
  auto const found = findings({before, after});
  std::vector<std::size_t> order;
  for (auto const& each : found.candidates) order.push_back(each.via);
  EXPECT_EQ(order, (std::vector<std::size_t>{5, V, W, 4}));
  // From nothing: all of it is a rise, though other exports stay as they are.
  EXPECT_DOUBLE_EQ(found.candidates.front().score, 30);
}

TEST(Transshipment, RegionsWithoutTradeAreListed) {
  auto before = world(2018, 100, 10, 10);
  auto after = world(2019, 60, 30, 30);
  for (std::size_t j = 0; j < 2; ++j) {
    for (std::size_t k = 0; k < 4; ++k) {
      if (k == V) continue;
      before.trade[before.cell(j, V, k)] = before.trade[before.cell(j, k, V)] = 0;
    }
  }
  auto const found = findings({before, after});
  EXPECT_TRUE(found.candidates.empty());
  EXPECT_EQ(found.absent, std::vector<std::size_t>{V});
}

TEST(Transshipment, NothingFellDirectly) {
  auto const found = findings({world(2018, 100, 10, 10), world(2019, 200, 30, 30)});
  EXPECT_LT(found.direct_fall, 0);
  ASSERT_EQ(found.candidates.size(), 1U);
  EXPECT_DOUBLE_EQ(found.candidates.front().share_of_fall, 0);
}

TEST(Transshipment, EverySectorAtOnce) {
  std::vector<Flows> const years = {world(2018, 100, 10, 10), world(2019, 60, 40, 30)};
  auto const all = find_transshipment_by_sector(years, A, B);
  ASSERT_TRUE(all);
  ASSERT_EQ(all->size(), 2U);
  EXPECT_DOUBLE_EQ((*all)[electronics].candidates.front().score, 20);
  EXPECT_TRUE((*all)[other].candidates.empty());
}

TEST(Transshipment, WrongRequests) {
  std::vector<Flows> years = {world(2018, 100, 10, 10), world(2019, 60, 40, 30)};
  auto const code = [&](TransshipmentQuery const& query, TransshipmentOptions const& options) {
    auto const result = find_transshipment(years, query, options);
    return result ? ErrorCode::internal : result.error().code;
  };
  EXPECT_EQ(code({electronics, A, A}, {}), ErrorCode::bad_value);
  EXPECT_EQ(code({2, A, B}, {}), ErrorCode::unknown_label);
  EXPECT_EQ(code({electronics, A, 4}, {}), ErrorCode::unknown_label);
  EXPECT_EQ(code({electronics, A, B}, {.last_before = 1}), ErrorCode::missing_value);
  years[1].year = 2018;
  EXPECT_EQ(code({electronics, A, B}, {}), ErrorCode::bad_value);
  years[1] = quiet(2019, 5);
  EXPECT_EQ(code({electronics, A, B}, {}), ErrorCode::size_mismatch);
  years[1] = world(2019, 60, std::numeric_limits<double>::quiet_NaN(), 30);
  EXPECT_EQ(code({electronics, A, B}, {}), ErrorCode::bad_value);
}

}  // namespace
}  // namespace linchpin::equilibrium
