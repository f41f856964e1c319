// SPDX-License-Identifier: Apache-2.0
#include "linchpin/localize/bill.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <fstream>
#include <iterator>
#include <stdexcept>
#include <tuple>

#include "linchpin/depend/leontief_system.h"
#include "support/fixtures.h"

namespace linchpin::localize {
namespace {

BillLine line(std::string name, double own_cost, std::vector<double> origin,
              std::vector<BillLine::Input> inputs = {}) {
  BillLine result;
  result.name = std::move(name);
  result.own_cost = own_cost;
  result.origin = std::move(origin);
  result.inputs = std::move(inputs);
  return result;
}

TEST(Bill, RollsCostAndOriginUp) {
  Bill bill{{"HOM", "FOR"},
            {line("car", 10, {1, 0}, {{1, 2}, {2, 1}}), line("motor", 4, {0.5, 0}, {{2, 3}}),
             line("steel", 2, {0, 1})}};
  bill.lines[1].yield = 0.5;
  bill.lines[2].surcharge = 0.1;
  auto const cost = roll_up(bill);
  ASSERT_TRUE(cost) << cost.error().what;
  EXPECT_NEAR(cost->unit_cost[2], 2.2, 1e-14);
  EXPECT_NEAR(cost->unit_cost[1], (4 + 6.6) / 0.5, 1e-13);
  EXPECT_NEAR(cost->unit_cost[0], 10 + 2 * 21.2 + 2.2, 1e-13);
  EXPECT_NEAR(cost->origin[1][0], 2 / 10.6, 1e-14);
  EXPECT_NEAR(cost->origin[1][1], 6.6 / 10.6, 1e-14) << "2 of 10.6 arise in neither region";
  EXPECT_NEAR(cost->foreign_content(0, 0), 1 - (10 + 42.4 * 2 / 10.6) / 54.6, 1e-14);
}

/// What own cost of each line adds to a unit is the unit's cost, with waste and surcharges on the
/// way.
TEST(Bill, PartsAddUp) {
  Bill bill{{"HOM", "FOR"},
            {line("car", 10, {1, 0}, {{1, 2}, {2, 1}}), line("motor", 4, {0.5, 0}, {{2, 3}}),
             line("steel", 2, {0, 1})}};
  bill.lines[0].surcharge = 0.2;
  bill.lines[1].yield = 0.5;
  bill.lines[2].surcharge = 0.1;
  auto const parts = parts_of(bill, 0);
  EXPECT_NEAR(parts[0], 12, 1e-13);
  EXPECT_NEAR(parts[1], 2 * 4 / 0.5 * 1.2, 1e-13);
  EXPECT_NEAR(parts[2], (2 * 3 / 0.5 + 1) * 2.2 * 1.2, 1e-13);
  EXPECT_NEAR(parts[0] + parts[1] + parts[2], roll_up(bill)->unit_cost[0], 1e-12);
  auto const motor = parts_of(bill, 1);
  EXPECT_EQ(motor[0], 0);
}

TEST(Bill, LoopsArePrinted) {
  Bill const bill{
      {"A"},
      {line("x", 1, {1}, {{1, 1}}), line("y", 1, {1}, {{2, 1}}), line("z", 1, {1}, {{1, 0.1}})}};
  auto const cost = roll_up(bill);
  ASSERT_FALSE(cost);
  EXPECT_EQ(cost.error().what, "inputs run in a circle: y > z > y");
}

TEST(Bill, ProblemsComeAtOnce) {
  Bill const bill{{"A"}, {line("x", -1, {1}, {{7, 1}}), line("y", 1, {1, 2})}};
  auto const cost = roll_up(bill);
  ASSERT_FALSE(cost);
  EXPECT_EQ(cost.error().further.size() + 1, 4U);
}

TEST(Bill, DepthDoesNotMatter) {
  Bill bill{{"A", "B"}, {}};
  constexpr std::size_t depth = 100'000;
  for (std::size_t k = 0; k < depth; ++k) {
    bill.lines.push_back(line("l", 1, {k % 2 == 0 ? 1.0 : 0.0, k % 2 == 0 ? 0.0 : 1.0}));
    if (k + 1 < depth) bill.lines[k].inputs.push_back({k + 1, 1});
  }
  auto const cost = roll_up(bill);
  ASSERT_TRUE(cost);
  EXPECT_NEAR(cost->unit_cost[0], depth, 1e-6);
  EXPECT_NEAR(cost->origin[0][0], 0.5, 1e-9);
}

/// Two regions, three sectors; goods are made of parts, parts of ore: a tree of two levels as an
/// input-output table.
Economy layers() {
  DenseMatrix Z(6, 6), Y(6, 2);
  // sectors: 0 ore, 1 part, 2 good; industries: A 0-2, B 3-5
  Z(0, 1) = 12;
  Z(3, 1) = 7;
  Z(0, 4) = 5;
  Z(3, 4) = 20;
  Z(1, 2) = 30;
  Z(4, 2) = 11;
  Z(1, 5) = 6;
  Z(4, 5) = 25;
  Z(0, 2) = 3;  // goods take some ore directly
  Z(3, 5) = 2;
  for (std::size_t r = 0; r < 2; ++r) {
    Y(3 * r, r) = 4;
    Y(3 * r + 1, r) = 9;
    Y(3 * r + 2, 0) = 60 + 10.0 * static_cast<double>(r);
    Y(3 * r + 2, 1) = 25;
  }
  auto economy = Economy::make(
      test::balanced_table("layers", test::full_labels({"A", "B"}, {"ore", "part", "good"}),
                           std::move(Z), std::move(Y)));
  if (!economy) throw std::runtime_error(economy.error().what);
  return *std::move(economy);
}

/// Content of the tree equals value added by origin of the input-output system, v_c L, to 1e-10.
TEST(Bill, EqualsTheInputOutputResult) {
  auto const system = depend::LeontiefSystem::make(layers());
  ASSERT_TRUE(system) << system.error().what;
  auto const inverse = system->inverse();
  ASSERT_TRUE(inverse);
  auto const value_added = system->value_added_share();
  Bill bill{{"A", "B"}, {}};
  for (std::size_t j = 0; j < 6; ++j) {
    auto const home = j / 3;
    auto each = line(std::to_string(j), value_added[IndustryId{j}],
                     {home == 0 ? 1.0 : 0.0, home == 1 ? 1.0 : 0.0});
    for (std::size_t i = 0; i < 6; ++i) {
      auto const a = system->coefficient(IndustryId{i}, IndustryId{j});
      if (a > 0) each.inputs.push_back({i, a});
    }
    bill.lines.push_back(std::move(each));
  }
  auto const cost = roll_up(bill);
  ASSERT_TRUE(cost) << cost.error().what;
  for (std::size_t j = 0; j < 6; ++j) {
    EXPECT_NEAR(cost->unit_cost[j], 1, 1e-10);
    for (std::size_t r = 0; r < 2; ++r) {
      double content = 0;
      for (std::size_t i = 3 * r; i < 3 * r + 3; ++i) {
        content += value_added[IndustryId{i}] * (**inverse)(i, j);
      }
      EXPECT_NEAR(cost->origin[j][r], content, 1e-10);
    }
  }
}

TEST(Bill, HomeProductionMovesContentHome) {
  Bill const bill{{"HOM", "FOR"},
                  {line("car", 10, {0.2, 0.8}, {{1, 1}}), line("steel", 10, {0, 1})}};
  auto const none = roll_up(with_home_made(bill, 0, std::vector{0.0, 0.0}));
  auto const some = roll_up(with_home_made(bill, 0, std::vector{0.5, 0.5}));
  auto const all = roll_up(with_home_made(bill, 0, std::vector{1.0, 1.0}));
  EXPECT_NEAR(none->foreign_content(0, 0), 0.9, 1e-14);
  EXPECT_NEAR(some->foreign_content(0, 0), 0.45, 1e-14);
  EXPECT_NEAR(all->foreign_content(0, 0), 0, 1e-14);
}

TEST(Bill, ALineMovesHomeWhenTheRiskOutweighsTheCost) {
  LineChoice choice{.home_cost = 1.2, .rate = 0, .years = 10, .foreign_price = 1};
  EXPECT_NEAR(choice.advantage_of_home(), -0.2, 1e-14);
  choice.ban_probability = 0.1;
  choice.loss = 5;
  EXPECT_NEAR(choice.advantage_of_home(), 0.3, 1e-14);
  choice.switching_cost = 4;
  EXPECT_NEAR(choice.advantage_of_home(), -0.1, 1e-14);
}

parameters::Technology shipped(std::string const& name) {
  auto const text = [&](char const* file) {
    std::ifstream stream(
        fmt::format("{}/data/parameters/technologies/{}/{}", LINCHPIN_SOURCE_DIR, name, file));
    return std::string{std::istreambuf_iterator<char>(stream), {}};
  };
  auto technology = parameters::read_technology(text("technology.toml"), "technology.toml",
                                                text("numbers.csv"), "numbers.csv");
  if (!technology) throw std::runtime_error(technology.error().what);
  return *std::move(technology);
}

/// Costs of a unit of the shipped technologies are of the size of what is sold: an accelerator in
/// its server some 10,000 USD to make, an arm 20,000, a car 25,000. Soft: the numbers are mostly
/// assumptions.
TEST(Bill, ShippedTechnologiesRollUp) {
  for (auto const& [name, low, high] : {std::tuple{"ai-chips", 6'000.0, 16'000.0},
                                        std::tuple{"industrial-robots", 17'000.0, 24'000.0},
                                        std::tuple{"electric-vehicles", 20'000.0, 30'000.0}}) {
    auto const technology = shipped(name);
    for (auto const& preset : technology.presets) {
      auto const bill = bill_of(technology, preset.values);
      auto const cost = roll_up(bill);
      ASSERT_TRUE(cost) << cost.error().what;
      EXPECT_GT(cost->unit_cost[technology.product], low) << name;
      EXPECT_LT(cost->unit_cost[technology.product], high) << name;
      double sum = 0;
      for (auto const share : cost->origin[technology.product]) sum += share;
      EXPECT_LE(sum, 1 + 1e-12);
      EXPECT_GT(sum, 0.8) << name << ": most suppliers are named";
    }
  }
}

}  // namespace
}  // namespace linchpin::localize
