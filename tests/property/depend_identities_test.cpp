// SPDX-License-Identifier: Apache-2.0
// Identities of input-output accounting on made-up worlds of several shapes and seeds.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <numeric>
#include <string>
#include <vector>

#include "linchpin/depend/position.h"
#include "linchpin/depend/reliance.h"
#include "support/random_economy.h"

namespace linchpin::depend {
namespace {

LeontiefSystem system_of(Economy economy) {
  auto system = LeontiefSystem::make(std::move(economy));
  if (!system) throw std::runtime_error(system.error().what);
  return *std::move(system);
}

DenseMatrix leontief_inverse(LeontiefSystem const& system) {
  auto const n = system.economy().size();
  DenseMatrix result(n, n);
  for (std::size_t i = 0; i < n; ++i) result(i, i) = 1.0;
  system.solve(result);
  return result;
}

struct Shape {
  std::string name;
  std::size_t regions;
  std::size_t sectors;
  double zero_share;
  std::size_t zero_output;
  double inventory_change;
};

class RandomWorlds : public testing::TestWithParam<std::tuple<Shape, std::uint64_t>> {
 protected:
  static test::RandomWorld options() {
    auto const& [shape, seed] = GetParam();
    return {.regions = shape.regions,
            .sectors = shape.sectors,
            .seed = Seed{seed},
            .zero_share = shape.zero_share,
            .zero_output = shape.zero_output,
            .inventory_change = shape.inventory_change};
  }

  Economy economy_ = test::random_economy(options());
  LeontiefSystem system_ = system_of(economy_);
  std::size_t n_ = economy_.size();
};

/// v_c L = u': all value added of one unit of final demand is found again.
TEST_P(RandomWorlds, ValueAddedAddsUpToOne) {
  DenseMatrix share(1, n_);
  for (std::size_t j = 0; j < n_; ++j) share(0, j) = system_.value_added_share()[IndustryId{j}];
  system_.solve_left(share);
  for (std::size_t j = 0; j < n_; ++j) {
    EXPECT_NEAR(share(0, j), 1.0, 1e-12) << j;
  }
}

/// x = L Y u.
TEST_P(RandomWorlds, FinalDemandNeedsAllOutput) {
  DenseMatrix x(n_, 1);
  for (std::size_t i = 0; i < n_; ++i) {
    for (std::size_t r = 0; r < economy_.space().regions(); ++r) {
      x(i, 0) += economy_.final_by_region()(IndustryId{i}, RegionId{r});
    }
  }
  system_.solve(x);
  for (std::size_t i = 0; i < n_; ++i) {
    double const expected = economy_.output()[IndustryId{i}];
    EXPECT_NEAR(x(i, 0), expected, 1e-11 * expected) << i;
  }
}

/// Sum of v U = sum of x = sum of f D: weighted by value added or by final demand, the average
/// length of chains is output over GDP. Source: Antras, Chor, Fally & Hillberry (2012).
TEST_P(RandomWorlds, PositionsAverageToOutputOverGdp) {
  auto const where = position(system_);
  double output = 0, up = 0, down = 0;
  for (std::size_t i = 0; i < n_; ++i) {
    IndustryId const id{i};
    output += economy_.output()[id];
    up += economy_.value_added()[id] * where.upstreamness[i];
    for (std::size_t r = 0; r < economy_.space().regions(); ++r) {
      down += economy_.final_by_region()(id, RegionId{r}) * where.downstreamness[i];
    }
    EXPECT_GE(where.upstreamness[i], 1.0 - 1e-14);
    EXPECT_GE(where.downstreamness[i], 1.0 - 1e-14);
  }
  EXPECT_NEAR(up, output, 1e-12 * output);
  EXPECT_NEAR(down, output, 1e-12 * output);
}

/// The account of every buyer against its definition with the full inverse: face value A, look-
/// through L - I, value-added origin v_c L.
TEST_P(RandomWorlds, AccountsMatchTheFullInverse) {
  auto const L = leontief_inverse(system_);
  auto const& space = economy_.space();
  for (std::size_t j = 0; j < n_; ++j) {
    IndustryId const buyer{j};
    if (economy_.output()[buyer] == 0) continue;
    auto const account = buyer_account(system_, {space.region_of(buyer), buyer}).value();
    double origin = 0;
    for (std::size_t i = 0; i < n_; ++i) {
      auto const& reliance = account.by_industry[i];
      double const face_value = system_.coefficient(IndustryId{i}, buyer);
      double const look_through = L(i, j) - (i == j ? 1.0 : 0.0);
      ASSERT_EQ(reliance.face_value, face_value);
      ASSERT_NEAR(reliance.look_through, look_through, 1e-13 * L(i, j));
      ASSERT_NEAR(reliance.value_added_origin, system_.value_added_share()[IndustryId{i}] * L(i, j),
                  1e-13 * L(i, j));
      ASSERT_GE(reliance.hidden, 0.0);
      ASSERT_EQ(reliance.look_through, reliance.face_value + reliance.hidden);
      origin += reliance.value_added_origin;
    }
    EXPECT_NEAR(origin, 1.0, 1e-12);
  }
}

TEST_P(RandomWorlds, RegionsAddUpTheirIndustries) {
  auto const& space = economy_.space();
  for (std::size_t r = 0; r < space.regions(); ++r) {
    auto const account = buyer_account(system_, {RegionId{r}}).value();
    double by_region = 0, by_industry = 0, origin = 0;
    for (auto const& reliance : account.by_region) {
      by_region += reliance.look_through;
      origin += reliance.value_added_origin;
    }
    for (auto const& reliance : account.by_industry) by_industry += reliance.look_through;
    EXPECT_NEAR(by_region, by_industry, 1e-12 * by_industry);
    EXPECT_NEAR(origin, 1.0, 1e-12);
    auto const& measure = account.look_through;
    EXPECT_GE(measure.hhi, 1.0 / static_cast<double>(space.regions()) - 1e-12);
    EXPECT_LE(measure.hhi, 1.0 + 1e-12);
    EXPECT_LE(measure.largest_foreign_share, 1.0);
  }
}

/// Other units (a power of two, so that rounding stays the same) change no share by a bit.
TEST_P(RandomWorlds, DoNotDependOnTheUnit) {
  auto table = test::random_table(options());
  for (auto& value : table.Z.values()) value *= 1024;
  for (auto& value : table.Y.values()) value *= 1024;
  for (auto& value : table.value_added.values()) value *= 1024;
  for (auto& value : table.output) value *= 1024;
  auto const scaled = system_of(Economy::make(std::move(table)).value());
  auto const ours = position(system_);
  auto const theirs = position(scaled);
  EXPECT_EQ(ours.upstreamness, theirs.upstreamness);
  EXPECT_EQ(ours.downstreamness, theirs.downstreamness);
}

/// Renaming and reordering regions and sectors moves the answers along and changes nothing else.
TEST_P(RandomWorlds, DoNotDependOnTheOrder) {
  auto const original = test::random_table(options());
  auto const& [shape, seed] = GetParam();
  auto const turned = [&](std::size_t i) {  // both orders reversed
    return n_ - 1 - i;
  };
  auto const categories = original.labels.categories.size();
  auto table = original;
  for (std::size_t i = 0; i < n_; ++i) {
    for (std::size_t j = 0; j < n_; ++j) table.Z(turned(i), turned(j)) = original.Z(i, j);
    for (std::size_t r = 0; r < shape.regions; ++r) {
      for (std::size_t c = 0; c < categories; ++c) {
        table.Y(turned(i), (shape.regions - 1 - r) * categories + c) =
            original.Y(i, r * categories + c);
      }
    }
    table.output[turned(i)] = original.output[i];
    table.value_added(0, turned(i)) = original.value_added(0, i);
  }
  auto const other = system_of(Economy::make(std::move(table)).value());
  for (std::size_t r = 0; r < shape.regions; ++r) {
    auto const ours = buyer_account(system_, {RegionId{r}}).value();
    auto const theirs = buyer_account(other, {RegionId{shape.regions - 1 - r}}).value();
    for (std::size_t i = 0; i < n_; ++i) {
      auto const& a = ours.by_industry[i];
      auto const& b = theirs.by_industry[turned(i)];
      ASSERT_NEAR(a.look_through, b.look_through, 1e-12 * a.look_through);
      ASSERT_NEAR(a.value_added_origin, b.value_added_origin, 1e-12);
    }
    EXPECT_NEAR(ours.look_through.hhi, theirs.look_through.hhi, 1e-12);
  }
}

INSTANTIATE_TEST_SUITE_P(Depend, RandomWorlds,
                         testing::Combine(testing::Values(Shape{"OneRegion", 1, 9, 0, 0, 0},
                                                          Shape{"TwoLarge", 2, 40, 0, 0, 0},
                                                          Shape{"ManySmall", 25, 3, 0.5, 0, 0.2},
                                                          Shape{"Holes", 6, 12, 0.8, 7, 0.5}),
                                          testing::Values(1U, 2U, 3U)),
                         [](auto const& each) {
                           return std::get<0>(each.param).name +
                                  std::to_string(std::get<1>(each.param));
                         });

/// Spectral radius of a positive matrix by power iteration: a plain second opinion.
double spectral_radius(DenseMatrix const& A) {
  std::vector<double> x(A.rows(), 1.0), y(A.rows());
  double radius = 0;
  for (int round = 0; round < 5000; ++round) {
    double norm = 0;
    for (std::size_t i = 0; i < A.rows(); ++i) {
      y[i] = std::inner_product(x.begin(), x.end(), A.row(i).begin(), 0.0);
      norm = std::max(norm, y[i]);
    }
    for (std::size_t i = 0; i < x.size(); ++i) x[i] = y[i] / norm;
    if (std::abs(norm - radius) < 1e-13 * norm) return norm;
    radius = norm;
  }
  return radius;
}

/// A is accepted if and only if its spectral radius is below one, negative value added or not.
TEST(Productivity, IsTheSpectralRadiusBelowOne) {
  for (std::uint64_t seed = 0; seed < 20; ++seed) {
    Rng rng{Seed{seed}, 0};
    std::size_t const n = 2 + rng.below(90);
    DenseMatrix A(n, n);
    for (auto& value : A.values()) value = std::exp(1.5 * rng.normal());
    double const radius = spectral_radius(A);
    for (double const target : {0.5, 0.999, 1.001, 1.5}) {
      auto Z = A;  // output is one everywhere, so Z = A; final demand is what is left, or missing
      for (auto& value : Z.values()) value *= target / radius;
      DenseMatrix Y(n, 1);
      std::vector<std::string> sectors;
      for (std::size_t i = 0; i < n; ++i) {
        auto const row = Z.row(i);
        Y(i, 0) = 1.0 - std::accumulate(row.begin(), row.end(), 0.0);
        sectors.push_back(std::to_string(i));
      }
      auto const economy = Economy::make(
          test::balanced_table("t", test::full_labels({"A"}, sectors), std::move(Z), std::move(Y)));
      ASSERT_TRUE(economy.has_value());
      auto const system = LeontiefSystem::make(*economy);
      EXPECT_EQ(system.has_value(), target < 1) << "seed " << seed << ", radius " << target;
      if (!system) {
        EXPECT_EQ(system.error().code, ErrorCode::unproductive_table);
      } else {
        EXPECT_LT(system->residual(), 1e-11);  // multipliers of some of them are in the thousands
      }
    }
  }
}

}  // namespace
}  // namespace linchpin::depend
