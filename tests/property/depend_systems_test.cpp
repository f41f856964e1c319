// SPDX-License-Identifier: Apache-2.0
// Both ways to solve a system, and what is made of its solutions for all industries at once, on
// made-up worlds.
#include <gtest/gtest.h>

#include <Eigen/Dense>
#include <array>
#include <cmath>

#include "linchpin/depend/change.h"
#include "linchpin/depend/exports/export_base.h"
#include "linchpin/depend/footprint.h"
#include "linchpin/depend/reliance.h"
#include "linchpin/depend/reliance_matrix.h"
#include "support/random_economy.h"

namespace linchpin::depend {
namespace {

test::RandomWorld options(std::uint64_t seed) {
  return {.regions = 5,
          .sectors = 7,
          .seed = Seed{seed},
          .domestic_share = 0.5 + 0.05 * static_cast<double>(seed),
          .zero_share = 0.2,
          .zero_output = 2,
          .inventory_change = 0.1};
}

LeontiefSystem solved(Economy const& economy, SolveMethod method) {
  return LeontiefSystem::make(economy, {.method = method}).value();
}

class Systems : public testing::TestWithParam<std::uint64_t> {
 protected:
  Economy economy_ = test::random_economy(options(GetParam()));
  LeontiefSystem direct_ = solved(economy_, SolveMethod::direct);
  LeontiefSystem iterative_ = solved(economy_, SolveMethod::iterative);
  std::size_t n_ = economy_.size(), G_ = economy_.space().regions();

  DenseMatrix random(std::size_t rows, std::size_t columns) const {
    DenseMatrix result(rows, columns);
    Rng rng{Seed{GetParam()}, 7};
    for (double& value : result.values()) value = 2 * rng.uniform() - 1;
    return result;
  }
};

/// 70 right-hand sides: more than one block of them. The bound is the one printed with results.
TEST_P(Systems, SweepsFindTheDirectSolutionWithinTheirBound) {
  auto right = random(n_, 70), left = random(70, n_);
  auto right_swept = right, left_swept = left;
  direct_.solve(right);
  iterative_.solve(right_swept);
  direct_.solve_left(left);
  iterative_.solve_left(left_swept);
  EXPECT_EQ(iterative_.method(), SolveMethod::iterative);
  EXPECT_LE(iterative_.residual(), 1e-12);
  double const bound = iterative_.error_bound() + direct_.error_bound();
  EXPECT_LT(bound, 1e-9);
  for (std::size_t k = 0; k < right.values().size(); ++k) {
    ASSERT_NEAR(right_swept.values()[k], right.values()[k], bound);
    ASSERT_NEAR(left_swept.values()[k], left.values()[k], bound);
  }
}

TEST_P(Systems, ALooseToleranceIsHonouredAndReported) {
  auto const loose =
      LeontiefSystem::make(economy_, {.method = SolveMethod::iterative, .tolerance = 1e-4}).value();
  auto exact = random(n_, 3);
  auto swept = exact;
  direct_.solve(exact);
  loose.solve(swept);
  EXPECT_LE(loose.residual(), 1e-4);
  double largest = 0;
  for (std::size_t k = 0; k < exact.values().size(); ++k) {
    largest = std::max(largest, std::abs(exact.values()[k] - swept.values()[k]));
  }
  EXPECT_GT(largest, 1e-12) << "the tolerance makes no difference: the case says nothing";
  EXPECT_LE(largest, loose.error_bound());
}

TEST_P(Systems, SolutionsDoNotDependOnThreads) {
  auto one = random(n_, 70);
  auto two = one;
  iterative_.solve(one, {.threads = 1});
  iterative_.solve(two, {.threads = 2});
  EXPECT_EQ(one, two);
}

TEST_P(Systems, ProductsAndBlocksAreThoseOfA) {
  auto const X = random(n_, 3), W = random(3, n_);
  auto const AX = direct_.multiply(X), WA = direct_.multiply_left(W);
  for (std::size_t i = 0; i < n_; ++i) {
    for (std::size_t c = 0; c < 3; ++c) {
      double right = 0, left = 0;
      for (std::size_t j = 0; j < n_; ++j) {
        right += direct_.coefficient(IndustryId{i}, IndustryId{j}) * X(j, c);
        left += W(c, j) * direct_.coefficient(IndustryId{j}, IndustryId{i});
      }
      ASSERT_NEAR(AX(i, c), right, 1e-13);
      ASSERT_NEAR(WA(c, i), left, 1e-13);
    }
  }
}

TEST_P(Systems, InverseAndItsDiagonalBlocksAreThoseOfTheSolutions) {
  DenseMatrix L(n_, n_);
  for (std::size_t i = 0; i < n_; ++i) L(i, i) = 1.0;
  direct_.solve(L);
  auto const before = direct_.diagonal_blocks().value();
  auto const inverse = direct_.inverse().value();
  auto const after = direct_.diagonal_blocks().value();  // copies of the inverse
  for (std::size_t k = 0; k < L.values().size(); ++k) {
    ASSERT_NEAR(inverse->values()[k], L.values()[k], 1e-13 * (1 + L.values()[k]));
  }
  for (std::size_t r = 0; r < G_; ++r) {
    auto const first = economy_.space().first_of(RegionId{r}).index();
    auto const local = direct_.local_inverse(RegionId{r});
    auto const A = direct_.block(RegionId{r}, RegionId{r});
    for (std::size_t i = 0; i < before[r].rows(); ++i) {
      for (std::size_t j = 0; j < before[r].columns(); ++j) {
        ASSERT_NEAR(before[r](i, j), L(first + i, first + j), 1e-13 * (1 + before[r](i, j)));
        ASSERT_EQ(after[r](i, j), (*inverse)(first + i, first + j));
        double product = local(i, j);  // (I - A_rr) L_rr = I
        for (std::size_t k = 0; k < A.columns(); ++k) product -= A(i, k) * local(k, j);
        ASSERT_NEAR(product, i == j ? 1.0 : 0.0, 1e-13);
      }
    }
  }
}

TEST_P(Systems, WithoutFactorsWholeInversesAreRefused) {
  auto const inverse = iterative_.inverse();
  ASSERT_FALSE(inverse.has_value());
  EXPECT_EQ(inverse.error().code, ErrorCode::bad_value);
  EXPECT_FALSE(iterative_.diagonal_blocks().has_value());
}

TEST_P(Systems, RelianceOfAllAtOnceIsThatOfEachBuyer) {
  for (auto const* system : {&direct_, &iterative_}) {
    auto const all = reliance_matrix(*system);
    for (std::size_t j = 0; j < n_; ++j) {
      IndustryId const buyer{j};
      if (economy_.output()[buyer] == 0) continue;
      auto const account = buyer_account(*system, {economy_.space().region_of(buyer), buyer}).value();
      double origins = 0;
      for (std::size_t r = 0; r < G_; ++r) {
        ASSERT_NEAR(all.face_value(r, j), account.by_region[r].face_value, 1e-12);
        ASSERT_NEAR(all.look_through(r, buyer), account.by_region[r].look_through, 1e-10);
        ASSERT_NEAR(all.value_added_origin(r, j), account.by_region[r].value_added_origin, 1e-10);
        ASSERT_GE(all.hidden(r, j), 0);
        origins += all.value_added_origin(r, j);
      }
      ASSERT_NEAR(origins, 1, 1e-10);
    }
  }
}

TEST_P(Systems, RelianceOnIndustriesAddsUpToThatOnTheirRegion) {
  auto const& space = economy_.space();
  std::vector<Buyer> suppliers{{RegionId{1}, {}}};
  for (auto i = space.first_of(RegionId{1}).index(); i < space.last_of(RegionId{1}).index(); ++i) {
    suppliers.push_back({RegionId{1}, IndustryId{i}});
  }
  auto const all = reliance_matrix(direct_, suppliers);
  for (std::size_t j = 0; j < n_; ++j) {
    double face = 0, look = 0, origin = 0;
    for (std::size_t k = 1; k < suppliers.size(); ++k) {
      face += all.face_value(k, j);
      look += all.look_through(k, IndustryId{j});
      origin += all.value_added_origin(k, j);
    }
    ASSERT_NEAR(face, all.face_value(0, j), 1e-14);
    ASSERT_NEAR(look, all.look_through(0, IndustryId{j}), 1e-12 * (1 + look));
    ASSERT_NEAR(origin, all.value_added_origin(0, j), 1e-12);
  }
}

/// The sales side is the purchase side of the transposed table; final uses add up to output.
TEST_P(Systems, MarketsTakeAllOutputAndMatchGhosh) {
  auto const markets = market_reliance(direct_);
  auto const inverse = direct_.inverse().value();
  for (std::size_t i = 0; i < n_; ++i) {
    double const x = economy_.output()[IndustryId{i}];
    if (x == 0) continue;
    double uses = 0;
    for (std::size_t s = 0; s < G_; ++s) {
      double ghosh = 0;  // sum over j in s of x_i^-1 (L - I)_ij x_j
      for (std::size_t j = 0; j < n_; ++j) {
        if (economy_.space().region_of(IndustryId{j}).index() != s) continue;
        ghosh += ((*inverse)(i, j) - (i == j ? 1.0 : 0.0)) * economy_.output()[IndustryId{j}] / x;
      }
      ASSERT_NEAR(markets.look_through(IndustryId{i}, RegionId{s}), ghosh, 1e-10 * (1 + ghosh));
      ASSERT_GE(markets.hidden(i, s), 0);
      uses += markets.final_use(i, s);
    }
    ASSERT_NEAR(uses, 1, 1e-10);
  }
}

/// Value added is an account like any other: what arises is GDP, what is used is final demand.
TEST_P(Systems, FootprintsOfValueAddedAreGdpAndFinalUse) {
  for (auto const* system : {&direct_, &iterative_}) {
    auto const accounts = footprints(*system).value();
    auto const& value_added = accounts.front();
    double const world = [&] {
      double sum = 0;
      for (double const v : economy_.value_added().raw()) sum += v;
      return sum;
    }();
    for (std::size_t r = 0; r < G_; ++r) {
      double gdp = 0, used = 0;
      for (std::size_t i = 0; i < n_; ++i) {
        if (economy_.space().region_of(IndustryId{i}).index() == r) {
          gdp += economy_.value_added()[IndustryId{i}];
        }
        used += economy_.final_by_region()(IndustryId{i}, RegionId{r});
      }
      RegionId const region{r};
      EXPECT_NEAR(value_added.production_based(region), gdp, 1e-10 * world);
      EXPECT_NEAR(value_added.consumption_based(region), used, 1e-10 * world);
      EXPECT_NEAR(value_added.production_based(region) - value_added.exported(region),
                  value_added.consumption_based(region) - value_added.imported(region),
                  1e-10 * world);
    }
  }
}

/// Effects add up; between a table and itself with doubled final demand only that factor works.
TEST_P(Systems, StructuralChangeAddsUpAndFindsItsCause) {
  auto const other = solved(test::random_economy(options(GetParam() + 10)), SolveMethod::direct);
  auto const change = structural_change(direct_, other).value();
  for (std::size_t k = 0; k < change.before.values().size(); ++k) {
    double sum = 0;
    for (auto const& effect : change.effects) sum += effect.values()[k];
    double const difference = change.after.values()[k] - change.before.values()[k];
    double const scale = std::abs(change.after.values()[k]) + std::abs(change.before.values()[k]);
    ASSERT_NEAR(sum, difference, 1e-11 * (1 + scale));
  }
  auto doubled = economy_.table();
  for (double& flow : doubled.Z.dense().values()) flow *= 2;
  for (double& use : doubled.Y.values()) use *= 2;
  for (double& value : doubled.value_added.values()) value *= 2;
  for (double& output : doubled.output) output *= 2;
  auto const twice =
      structural_change(direct_, solved(Economy::make(doubled).value(), SolveMethod::direct)).value();
  for (std::size_t k = 0; k < twice.before.values().size(); ++k) {
    double const before = twice.before.values()[k];
    for (std::size_t f = 0; f < change_factors; ++f) {
      bool const demand = f == static_cast<std::size_t>(ChangeFactor::final_demand);
      ASSERT_NEAR(twice.effects[f].values()[k], demand ? before : 0.0, 1e-10 * (1 + std::abs(before)));
    }
  }
}

/// Every factor's effect against a plain transcription: both polar decompositions with a fresh
/// inverse for each mix (tables without negative final use, so that all sourcing can be split).
TEST(StructuralChanges, EffectsAreThoseOfThePlainDecomposition) {
  using Matrix = Eigen::MatrixXd;
  auto const world = [](std::uint64_t seed) {
    return Economy::make(test::random_table({.regions = 3, .sectors = 4, .seed = Seed{seed}})).value();
  };
  Economy const years[2] = {world(1), world(2)};
  auto const change = structural_change(solved(years[0], SolveMethod::direct),
                                        solved(years[1], SolveMethod::direct))
                          .value();
  constexpr int n = 12, G = 3, N = 4;
  Matrix A[2], Y[2];
  Eigen::VectorXd v[2];
  for (int t = 0; t < 2; ++t) {
    auto const& e = years[t];
    A[t].setZero(n, n), Y[t].setZero(n, G), v[t].setZero(n);
    for (std::size_t j = 0; j < n; ++j) {
      double const x = e.output()[IndustryId{j}];
      v[t](static_cast<int>(j)) = e.value_added()[IndustryId{j}] / x;
      for (std::size_t i = 0; i < n; ++i) {
        A[t](static_cast<int>(i), static_cast<int>(j)) = e.flows()(IndustryId{i}, IndustryId{j}) / x;
      }
      for (std::size_t r = 0; r < G; ++r) {
        Y[t](static_cast<int>(j), static_cast<int>(r)) = e.final_by_region()(IndustryId{j}, RegionId{r});
      }
    }
  }
  // Amounts of each product by one year's buyers, shares of its sellers of another year.
  auto const mix = [&](Matrix const& amounts, Matrix const& shares) {
    Matrix result(amounts.rows(), amounts.cols());
    for (int c = 0; c < amounts.cols(); ++c) {
      for (int p = 0; p < N; ++p) {
        double wanted = 0, sold = 0;
        for (int r = 0; r < G; ++r) {
          wanted += amounts(r * N + p, c);
          sold += shares(r * N + p, c);
        }
        for (int r = 0; r < G; ++r) {
          result(r * N + p, c) = wanted * shares(r * N + p, c) / sold;
        }
      }
    }
    return result;
  };
  auto const value = [&](std::array<int, change_factors> const& year) {
    Matrix const L =
        (Matrix::Identity(n, n) - mix(A[year[1]], A[year[2]])).inverse();
    Matrix const by_industry = v[year[0]].asDiagonal() * L * mix(Y[year[4]], Y[year[3]]);
    Matrix sums = Matrix::Zero(G, G);
    for (int i = 0; i < n; ++i) sums.row(i / N) += by_industry.row(i);
    return sums;
  };
  std::array<Matrix, change_factors> effects;
  for (auto& effect : effects) effect = Matrix::Zero(G, G);
  for (bool const reversed : {false, true}) {
    std::array<int, change_factors> year{};
    for (std::size_t step = 0; step < change_factors; ++step) {
      auto const factor = reversed ? change_factors - 1 - step : step;
      Matrix const before = value(year);
      year[factor] = 1;
      effects[factor] += 0.5 * (value(year) - before);
    }
  }
  double const scale = change.before.values()[0] + change.after.values()[0];
  for (std::size_t f = 0; f < change_factors; ++f) {
    for (int r = 0; r < G; ++r) {
      for (int s = 0; s < G; ++s) {
        EXPECT_NEAR(change.effects[f](static_cast<std::size_t>(r), static_cast<std::size_t>(s)),
                    effects[f](r, s), 1e-11 * scale)
            << change_factor_names[f];
      }
    }
  }
}

TEST(SolveMethods, SmallTablesAreSolvedDirectly) {
  auto const economy = test::random_economy(options(1));
  EXPECT_EQ(cheaper_method(economy.space(), 1), SolveMethod::direct);
  EXPECT_EQ(LeontiefSystem::make(economy, SystemOptions{}).value().method(), SolveMethod::direct);
}

INSTANTIATE_TEST_SUITE_P(Depend, Systems, testing::Range<std::uint64_t>(1, 7));

}  // namespace
}  // namespace linchpin::depend
