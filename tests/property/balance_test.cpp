// SPDX-License-Identifier: Apache-2.0
// Properties of RAS, GRAS and KRAS on random problems: margins met, signs and zeros kept, nearest
// to the given matrix, the same as the plain versions, and infeasible problems named.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <string>
#include <vector>

#include "linchpin/core/random.h"
#include "linchpin/table/repair/balance.h"
#include "linchpin/table/repair/gras.h"
#include "linchpin/table/repair/kras.h"
#include "linchpin/table/repair/ras.h"
#include "linchpin/table/synth.h"
#include "reference/ras_plain.h"
#include "support/sparse.h"
#include "support/table_fixtures.h"

namespace linchpin {
namespace {

using test::text_of;
using testing::HasSubstr;
using Targets = std::vector<double>;

struct Problem {
  DenseMatrix seed;
  Targets rows, columns;
};

/// Sums of `matrix`.
void sum(DenseMatrix const& matrix, Targets& rows, Targets& columns) {
  rows.assign(matrix.rows(), 0.0);
  columns.assign(matrix.columns(), 0.0);
  for (std::size_t i = 0; i < matrix.rows(); ++i) {
    for (std::size_t j = 0; j < matrix.columns(); ++j) {
      rows[i] += matrix(i, j);
      columns[j] += matrix(i, j);
    }
  }
}

/// A matrix and the margins of another one with the same signs and zeros: feasible by construction.
/// Sizes over several orders of magnitude, empty cells, rows and columns.
Problem random_problem(std::uint64_t number, double negative_share) {
  Rng rng(Seed{2024}, number);
  auto const m = static_cast<std::size_t>(1 + rng.below(12));
  auto const n = static_cast<std::size_t>(1 + rng.below(12));
  double const zeros = 0.7 * rng.uniform();
  Problem problem{DenseMatrix(m, n), {}, {}};
  DenseMatrix goal(m, n);
  for (std::size_t k = 0; k < m * n; ++k) {
    double const size = std::exp(2.5 * rng.normal());
    double const sign = rng.uniform() < negative_share ? -1 : 1;
    bool const empty = rng.uniform() < zeros;
    double const change = std::exp(rng.normal());
    if (empty) continue;
    problem.seed.values()[k] = sign * size;
    goal.values()[k] = sign * size * change;
  }
  sum(goal, problem.rows, problem.columns);
  return problem;
}

void expect_margins(DenseMatrix const& z, Problem const& problem) {
  Targets rows, columns, row_sizes, column_sizes;
  sum(z, rows, columns);
  auto sizes = z;
  for (double& value : sizes.values()) value = std::abs(value);
  sum(sizes, row_sizes, column_sizes);
  for (std::size_t i = 0; i < rows.size(); ++i) {
    EXPECT_LE(std::abs(rows[i] - problem.rows[i]), 1e-10 * row_sizes[i]) << "row " << i;
  }
  for (std::size_t j = 0; j < columns.size(); ++j) {
    EXPECT_LE(std::abs(columns[j] - problem.columns[j]), 1e-10 * column_sizes[j]) << "column " << j;
  }
}

void expect_signs(DenseMatrix const& z, DenseMatrix const& seed) {
  for (std::size_t k = 0; k < seed.values().size(); ++k) {
    double const before = seed.values()[k], after = z.values()[k];
    EXPECT_TRUE(before > 0 ? after > 0 : (before < 0 ? after < 0 : after == 0))
        << before << " became " << after;
  }
}

void expect_near(DenseMatrix const& a, DenseMatrix const& b, double tolerance) {
  for (std::size_t k = 0; k < a.values().size(); ++k) {
    EXPECT_NEAR(a.values()[k], b.values()[k], tolerance * (1 + std::abs(b.values()[k])));
  }
}

/// Margins to 1e-10, signs and zeros kept, the same from sparse storage, and nothing moves the
/// second time.
class Scalings : public testing::TestWithParam<int> {};

TEST_P(Scalings, MeetFeasibleMargins) {
  auto const number = static_cast<std::uint64_t>(GetParam());
  bool const both = number % 2 == 1;
  auto const problem = random_problem(number, both ? 0.2 : 0.0);
  auto z = problem.seed;
  auto const report =
      both ? gras(z, problem.rows, problem.columns) : ras(z, problem.rows, problem.columns);
  ASSERT_TRUE(report) << text_of(report.error());
  EXPECT_LT(report->iterations, 20'000U);
  expect_margins(z, problem);
  expect_signs(z, problem.seed);

  auto sparse = test::sparse(problem.seed);
  ASSERT_TRUE(both ? gras(sparse, problem.rows, problem.columns)
                   : ras(sparse, problem.rows, problem.columns));
  expect_near(FlowMatrix(sparse).to_dense(), z, 1e-8);

  auto again = z;
  auto const second =
      both ? gras(again, problem.rows, problem.columns) : ras(again, problem.rows, problem.columns);
  ASSERT_TRUE(second) << text_of(second.error());
  expect_near(again, z, 1e-9);
}

TEST_P(Scalings, AgreeWithThePlainVersionAndAreNearest) {
  auto const number = static_cast<std::uint64_t>(GetParam());
  bool const both = number % 2 == 1;
  auto const problem = random_problem(number, both ? 0.2 : 0.0);
  auto z = problem.seed;
  ASSERT_TRUE(both ? gras(z, problem.rows, problem.columns)
                   : ras(z, problem.rows, problem.columns));
  constexpr int rounds = 50'000;  // some problems are slow
  expect_near(z,
              both ? plain::gras(problem.seed, problem.rows, problem.columns, rounds)
                   : plain::ras(problem.seed, problem.rows, problem.columns, rounds),
              1e-6);
  // No matrix with the same margins is nearer: move mass around a square of four cells.
  double const least = plain::distance(z, problem.seed);
  Rng rng(Seed{99}, number);
  for (int trial = 0; trial < 50; ++trial) {
    auto const i = rng.below(z.rows()), k = rng.below(z.rows());
    auto const j = rng.below(z.columns()), l = rng.below(z.columns());
    if (i == k || j == l) continue;
    bool const full = z(i, j) != 0 && z(i, l) != 0 && z(k, j) != 0 && z(k, l) != 0;
    if (!full) continue;
    double const room =
        std::min({std::abs(z(i, j)), std::abs(z(i, l)), std::abs(z(k, j)), std::abs(z(k, l))});
    double const mass = 0.2 * room * (rng.uniform() - 0.5);
    auto other = z;
    other(i, j) += mass;
    other(k, l) += mass;
    other(i, l) -= mass;
    other(k, j) -= mass;
    EXPECT_GE(plain::distance(other, problem.seed), least - 1e-9 * (1 + least));
  }
}

/// KRAS with exact margins finds the same matrix by another road.
TEST_P(Scalings, AgreeWithTheConstrainedBalance) {
  auto const number = static_cast<std::uint64_t>(GetParam());
  auto const problem = random_problem(number, number % 2 == 1 ? 0.2 : 0.0);
  auto z = problem.seed;
  ASSERT_TRUE(gras(z, problem.rows, problem.columns));
  auto sparse = test::sparse(problem.seed);
  std::vector<Constraint> constraints;
  for (std::size_t i = 0; i < problem.rows.size(); ++i) {
    constraints.push_back({{{ConstraintTerm::Of::row, i, 0, 1}}, problem.rows[i], 0, "row"});
  }
  for (std::size_t j = 0; j < problem.columns.size(); ++j) {
    constraints.push_back(
        {{{ConstraintTerm::Of::column, 0, j, 1}}, problem.columns[j], 0, "column"});
  }
  auto const report = kras(sparse, constraints);
  ASSERT_TRUE(report) << text_of(report.error());
  expect_near(FlowMatrix(sparse).to_dense(), z, 1e-6);
}

/// Targets that ask more of some rows than their columns take: refused, with the rows by name, and
/// never without an end.
TEST_P(Scalings, NameInfeasibleTargets) {
  auto const number = static_cast<std::uint64_t>(GetParam());
  Rng rng(Seed{7}, number);
  auto const own = static_cast<std::size_t>(1 + rng.below(4)), n = own + 1 + rng.below(5);
  // The first `own` rows have cells in the first `own` columns only.
  DenseMatrix seed(n, n);
  for (std::size_t i = 0; i < n; ++i) {
    for (std::size_t j = 0; j < n; ++j) {
      if (i >= own || j < own) seed(i, j) = std::exp(rng.normal());
    }
  }
  Targets rows, columns;
  sum(seed, rows, columns);
  double own_rows = 0, own_columns = 0, rest = 0;
  for (std::size_t k = 0; k < n; ++k) {
    (k < own ? own_rows : rest) += rows[k];
    if (k < own) own_columns += columns[k];
  }
  // Raise the sales of these rows above what their columns take, at the cost of the others.
  double const total = own_rows + rest, wanted = own_columns + 0.1 * (total - own_columns);
  for (std::size_t k = 0; k < n; ++k) {
    rows[k] *= k < own ? wanted / own_rows : (total - wanted) / rest;
  }
  auto const before = seed;
  auto const failed = number % 2 == 0 ? ras(seed, rows, columns) : gras(seed, rows, columns);
  ASSERT_FALSE(failed);
  EXPECT_EQ(failed.error().code, ErrorCode::bad_value) << text_of(failed.error());
  EXPECT_THAT(failed.error().what, HasSubstr("infeasible"));
  EXPECT_THAT(failed.error().what, HasSubstr("row 1"));
  EXPECT_THAT(failed.error().what, HasSubstr("column " + std::to_string(own)));
  EXPECT_EQ(seed, before);
}

/// Margins without room for some cells: those are emptied, the rest met to the same tolerance.
TEST_P(Scalings, EmptyCellsThatHaveNoRoom) {
  Rng rng(Seed{8}, static_cast<std::uint64_t>(GetParam()));
  auto const own = static_cast<std::size_t>(1 + rng.below(4)), n = own + 1 + rng.below(5);
  DenseMatrix seed(n, n), goal(n, n);
  for (std::size_t i = 0; i < n; ++i) {
    for (std::size_t j = 0; j < n; ++j) {
      if (i < own && j >= own) continue;
      seed(i, j) = std::exp(rng.normal());
      if ((i < own) == (j < own)) goal(i, j) = std::exp(rng.normal());
    }
  }
  Problem problem{seed, {}, {}};
  sum(goal, problem.rows, problem.columns);
  auto const report = ras(seed, problem.rows, problem.columns);
  ASSERT_TRUE(report) << text_of(report.error());
  EXPECT_EQ(report->emptied_cells, own * (n - own));
  expect_margins(seed, problem);
}

INSTANTIATE_TEST_SUITE_P(Random, Scalings, testing::Range(0, 60));

/// One total, stated by several sources: the mean weighted by 1 / sigma^2.
TEST(Kras, FindsTheWeightedMean) {
  for (std::uint64_t number = 0; number < 30; ++number) {
    Rng rng(Seed{11}, number);
    auto const cells = 1 + rng.below(5), sources = 2 + rng.below(4);
    DenseMatrix seed(1, cells);
    for (double& value : seed.values()) value = std::exp(rng.normal());
    std::vector<Constraint> constraints;
    double top = 0, bottom = 0;
    for (std::uint64_t k = 0; k < sources; ++k) {
      double const target = 5 + 5 * rng.uniform(), sigma = 0.1 + rng.uniform();
      constraints.push_back({{{ConstraintTerm::Of::row, 0, 0, 1}}, target, sigma, "total"});
      top += target / (sigma * sigma);
      bottom += 1 / (sigma * sigma);
    }
    auto z = test::sparse(seed);
    auto const report = kras(z, constraints);
    ASSERT_TRUE(report) << text_of(report.error());
    EXPECT_NEAR(report->value[0], top / bottom, 1e-4);
  }
}

/// Whole worlds, knocked off balance and balanced again: nothing is lost but the disturbance.
TEST(BalanceTable, MendsWorlds) {
  for (std::uint64_t number = 0; number < 6; ++number) {
    auto const world = synthesise_world({.regions = 6, .sectors = 8, .seed = Seed{number}});
    ASSERT_TRUE(world) << text_of(world.error());
    auto broken = *world;
    Rng rng(Seed{3}, number);
    for (double& flow : broken.Z.values()) flow *= std::exp(0.1 * rng.normal());
    for (auto const method : {BalanceMethod::gras, BalanceMethod::kras}) {
      auto const mended = balance_table(broken, {.method = method});
      ASSERT_TRUE(mended) << text_of(mended.error());
      EXPECT_LT(mended->report.residual, 1e-10);
      double before = 0, after = 0;
      for (std::size_t k = 0; k < world->Z.values().size(); ++k) {
        before += std::abs(broken.Z.values()[k] - world->Z.values()[k]);
        after += std::abs(mended->table.Z.values()[k] - world->Z.values()[k]);
      }
      EXPECT_LT(after, before);
      for (std::size_t i = 0; i < world->size(); ++i) {
        EXPECT_NEAR(mended->table.output[i], world->output[i], 1e-9 * world->output[i]);
      }
    }
  }
}

}  // namespace
}  // namespace linchpin
