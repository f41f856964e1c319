// SPDX-License-Identifier: Apache-2.0
#include "linchpin/sampling/design.h"

#include <gtest/gtest.h>

#include <cmath>
#include <vector>

#include "linchpin/sampling/stroud.h"

namespace linchpin::sampling {
namespace {

TEST(SobolPoints, FirstPointsWithoutScrambling) {
  // Source: Joe & Kuo's program sobol.cc on their numbers, first eight points in three dimensions.
  double const expected[8][3] = {{0, 0, 0},           {0.5, 0.5, 0.5},     {0.75, 0.25, 0.25},
                                 {0.25, 0.75, 0.75},  {0.375, 0.375, 0.625}, {0.875, 0.875, 0.125},
                                 {0.625, 0.125, 0.875}, {0.125, 0.625, 0.375}};
  SobolPoints const points(3, std::nullopt);
  for (std::size_t k = 0; k < 8; ++k) {
    for (std::size_t d = 0; d < 3; ++d) EXPECT_EQ(points.at(k, d), expected[k][d]) << k << ' ' << d;
  }
}

// Of 2^m points one lies in each of 2^m equal intervals of every axis, scrambled or not.
TEST(SobolPoints, EveryAxisIsStratified) {
  constexpr std::size_t dimensions = 40, count = 1024;
  for (auto const seed : {std::optional<Seed>{}, std::optional{Seed{1}}, std::optional{Seed{99}}}) {
    SobolPoints const points(dimensions, seed);
    for (std::size_t d = 0; d < dimensions; ++d) {
      std::vector<int> hits(count, 0);
      for (std::size_t k = 0; k < count; ++k) {
        double const x = points.at(k, d);
        ASSERT_GE(x, 0.0);
        ASSERT_LT(x, 1.0);
        ++hits[static_cast<std::size_t>(x * count)];
      }
      EXPECT_EQ(hits, std::vector<int>(count, 1)) << "dimension " << d;
    }
  }
}

// The first two coordinates are a (0, m, 2)-net: one point in each box of area 1/64, of any shape.
TEST(SobolPoints, ScramblingKeepsTheNet) {
  SobolPoints const points(2, Seed{7});
  for (unsigned a = 0; a <= 6; ++a) {
    auto const wide = 1U << a, high = 64U >> a;
    std::vector<int> hits(64, 0);
    for (std::size_t k = 0; k < 64; ++k) {
      auto const i = static_cast<std::size_t>(points.at(k, 0) * wide);
      auto const j = static_cast<std::size_t>(points.at(k, 1) * high);
      ++hits[i * high + j];
    }
    EXPECT_EQ(hits, std::vector<int>(64, 1)) << wide << " x " << high;
  }
}

// Over seeds each point is uniform: mean 1/2, variance 1/12 (standard errors below 0.005).
TEST(SobolPoints, APointIsUniformOverSeeds) {
  double mean = 0, square = 0;
  constexpr int seeds = 4000;
  for (int s = 0; s < seeds; ++s) {
    double const x = SobolPoints(1, Seed{static_cast<std::uint64_t>(s)}).at(0, 0);
    mean += x / seeds;
    square += x * x / seeds;
  }
  EXPECT_NEAR(mean, 0.5, 0.02);
  EXPECT_NEAR(square - mean * mean, 1.0 / 12, 0.01);
}

TEST(SobolPoints, SeedsDiffer) {
  SobolPoints const one(3, Seed{1}), two(3, Seed{2}), again(3, Seed{1});
  EXPECT_NE(one.at(5, 2), two.at(5, 2));
  EXPECT_EQ(one.at(5, 2), again.at(5, 2));
  EXPECT_NE(one.at(5, 1), one.at(5, 2));
}

// Error of the mean of a smooth function: about 1/N, where independent draws have 1/sqrt(N).
TEST(SobolPoints, IntegratesBetterThanIndependentDraws) {
  SobolPoints const points(5, Seed{3});
  double sum = 0;
  constexpr std::size_t count = 4096;
  for (std::size_t k = 0; k < count; ++k) {
    double product = 1;
    for (std::size_t d = 0; d < 5; ++d) product *= 1 + 0.5 * (points.at(k, d) - 0.5);
    sum += product;
  }
  // Independent draws: standard deviation 0.33, standard error 0.0051.
  EXPECT_NEAR(sum / count, 1.0, 2e-4);
}

TEST(LatinHypercube, OnePointInEachIntervalOfEveryAxis) {
  for (std::uint64_t const draws : {1ULL, 2ULL, 7ULL, 100ULL, 1000ULL, 4097ULL}) {
    LatinHypercube const design(draws, Seed{11});
    for (std::size_t d = 0; d < 4; ++d) {
      std::vector<int> hits(draws, 0);
      for (std::uint64_t k = 0; k < draws; ++k) {
        double const x = design.at(k, d);
        ASSERT_TRUE(x > 0 && x < 1) << x;
        ++hits[static_cast<std::size_t>(x * static_cast<double>(draws))];
      }
      EXPECT_EQ(hits, std::vector<int>(draws, 1)) << draws << " draws, axis " << d;
    }
  }
}

TEST(LatinHypercube, AxesAreNotCorrelated) {
  constexpr std::uint64_t draws = 10'000;
  LatinHypercube const design(draws, Seed{5});
  for (std::size_t d = 0; d < 4; ++d) {
    double product = 0;
    for (std::uint64_t k = 0; k < draws; ++k) {
      product += (design.at(k, d) - 0.5) * (design.at(k, d + 1) - 0.5);
    }
    // Standard error of the correlation: 0.01.
    EXPECT_NEAR(12 * product / draws, 0.0, 0.04) << d;
  }
}

TEST(Stroud, MomentsAreExact) {
  for (std::size_t n : {1U, 2U, 3U, 4U, 5U, 8U, 13U}) {
    auto const points = stroud_points(n);
    ASSERT_EQ(points.rows(), 2 * n);
    double const count = static_cast<double>(points.rows());
    for (std::size_t i = 0; i < n; ++i) {
      double mean = 0;
      for (std::size_t k = 0; k < points.rows(); ++k) mean += points(k, i);
      EXPECT_NEAR(mean / count, 0, 1e-14) << n;
      for (std::size_t j = i; j < n; ++j) {
        double covariance = 0;
        for (std::size_t k = 0; k < points.rows(); ++k) covariance += points(k, i) * points(k, j);
        EXPECT_NEAR(covariance / count, i == j ? 1 : 0, 1e-14) << n << ' ' << i << ' ' << j;
        for (std::size_t l = j; l < n; ++l) {
          double third = 0;
          for (std::size_t k = 0; k < points.rows(); ++k) {
            third += points(k, i) * points(k, j) * points(k, l);
          }
          EXPECT_NEAR(third / count, 0, 1e-14) << n;
        }
      }
    }
  }
}

// Source: an independent implementation (models, section 7): f = exp(0.1 g1 + 0.2 g2 - 0.1 g3) on
// the points of n = 3; eight decimals printed.
TEST(Stroud, MeanAndDeviationOfAnExponential) {
  auto const points = stroud_points(3);
  double mean = 0, square = 0;
  for (std::size_t k = 0; k < 6; ++k) {
    double const f = std::exp(0.1 * points(k, 0) + 0.2 * points(k, 1) - 0.1 * points(k, 2));
    mean += f / 6;
    square += f * f / 6;
  }
  EXPECT_NEAR(mean, 1.03041745, 5e-9);
  EXPECT_NEAR(std::sqrt(square - mean * mean), 0.25502048, 5e-9);
}

TEST(Design, SaltelliGroupsMixAAndB) {
  constexpr std::size_t factors = 3, draws = 5 * 70 + 3;
  auto const design = Design::make(DesignKind::saltelli, draws, factors, Seed{1});
  ASSERT_TRUE(design) << design.error().what;
  EXPECT_EQ(design->groups(), 70U);
  std::vector<double> a(3), b(3), mixed(3);
  std::size_t independent = 0;
  for (std::size_t k = 0; k < draws; ++k) independent += design->independent(k) ? 1 : 0;
  EXPECT_EQ(independent, 2U * 70 + 3);
  for (std::size_t g = 0; g < 70; ++g) {
    design->point(5 * g, a);
    design->point(5 * g + 1, b);
    for (std::size_t i = 0; i < 3; ++i) {
      design->point(5 * g + 2 + i, mixed);
      for (std::size_t d = 0; d < 3; ++d) EXPECT_EQ(mixed[d], d == i ? b[d] : a[d]);
    }
  }
  // What is left over goes on where the groups stop.
  design->point(350, a);
  EXPECT_EQ(a[2], SobolPoints(6, Seed{1}).at(70, 2));
  design->point(351, b);
  EXPECT_EQ(b[2], SobolPoints(6, Seed{1}).at(70, 5));
}

TEST(Design, RefusesWhatItCannotDo) {
  auto const code = [](DesignKind kind, std::size_t draws, std::size_t factors) {
    auto const made = Design::make(kind, draws, factors, Seed{1});
    return made ? std::string{"made"} : std::string{to_string(made.error().code)};
  };
  EXPECT_EQ(code(DesignKind::sobol, 0, 3), "bad_value");
  EXPECT_EQ(code(DesignKind::sobol, 10, 0), "bad_value");
  EXPECT_EQ(code(DesignKind::sobol, most_draws + 1, 1), "bad_value");
  EXPECT_EQ(code(DesignKind::stroud, 7, 3), "bad_value");
  EXPECT_EQ(code(DesignKind::stroud, 6, 3), "made");
  EXPECT_EQ(code(DesignKind::saltelli, 64 * 5 - 1, 3), "bad_value");
  EXPECT_EQ(code(DesignKind::saltelli, 64 * 5, 3), "made");
  EXPECT_EQ(best_design(64 * 5 - 1, 3), DesignKind::sobol);
  EXPECT_EQ(best_design(64 * 5, 3), DesignKind::saltelli);
}

}  // namespace
}  // namespace linchpin::sampling
