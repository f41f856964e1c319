// SPDX-License-Identifier: Apache-2.0
#include "linchpin/uncertainty/ensemble.h"

#include <gtest/gtest.h>

#include <cmath>
#include <numbers>
#include <vector>

#include "unit/uncertainty/memory_sink.h"

namespace linchpin::uncertainty {
namespace {

using sampling::DesignKind;
using sampling::DistributionKind;
using test::MemorySink;

constexpr std::size_t steps = 3;

/// Ishigami's function of three uniform numbers, and a band that rises with the first.
Outcome ishigami(std::span<double const> x) {
  double const f = std::sin(x[0]) + 7 * std::pow(std::sin(x[1]), 2) +
                   0.1 * std::pow(x[2], 4) * std::sin(x[0]);
  Outcome outcome{{f, x[0]}, DenseMatrix(1, steps)};
  for (std::size_t day = 0; day < steps; ++day) {
    outcome.series(0, day) = 1 + 0.1 * static_cast<double>(day) * x[0];
  }
  return outcome;
}

Result<std::vector<Result<Outcome>>> plain(DenseMatrix const& values, RunControl const& control) {
  if (control.cancel.cancelled()) return fail(ErrorCode::cancelled, "stopped", "test", "again");
  std::vector<Result<Outcome>> outcomes;
  for (std::size_t k = 0; k < values.rows(); ++k) outcomes.emplace_back(ishigami(values.row(k)));
  return outcomes;
}

EnsembleRequest request(std::size_t draws) {
  double const pi = std::numbers::pi;
  EnsembleRequest result{.seed = Seed{1}};
  for (char const* name : {"x1", "x2", "x3"}) {
    result.uncertain.push_back({name, {DistributionKind::uniform, -pi, pi}});
  }
  result.draws = draws;
  result.scalars = 2;
  result.series = 1;
  result.steps = steps;
  return result;
}

void expect_same(Ensemble const& a, Ensemble const& b) {
  ASSERT_EQ(a.scalars.size(), b.scalars.size());
  for (std::size_t s = 0; s < a.scalars.size(); ++s) {
    EXPECT_EQ(a.scalars[s].p05, b.scalars[s].p05);
    EXPECT_EQ(a.scalars[s].p95, b.scalars[s].p95);
    EXPECT_EQ(a.scalars[s].mean, b.scalars[s].mean);
  }
  EXPECT_EQ(a.band_p05, b.band_p05);
  EXPECT_EQ(a.band_p95, b.band_p95);
  EXPECT_EQ(a.failed, b.failed);
  ASSERT_EQ(a.sensitivity.has_value(), b.sensitivity.has_value());
  if (!a.sensitivity) return;
  for (std::size_t f = 0; f < a.sensitivity->factors.size(); ++f) {
    EXPECT_EQ(a.sensitivity->factors[f].total.value, b.sensitivity->factors[f].total.value);
    EXPECT_EQ(a.sensitivity->factors[f].total.low, b.sensitivity->factors[f].total.low);
  }
}

TEST(Ensemble, QuantilesBandsAndIndicesOfAKnownFunction) {
  auto const found = run_ensemble(request(5 * 4096), plain);
  ASSERT_TRUE(found) << found.error().what;
  EXPECT_EQ(found->design, DesignKind::saltelli);
  EXPECT_EQ(found->independent, 2U * 4096);
  EXPECT_EQ(found->failed, 0U);
  // x1 is uniform on (−π, π); Ishigami's mean is a/2 = 3.5 (models, section 7).
  double const pi = std::numbers::pi;
  EXPECT_NEAR(found->scalars[1].p05, -0.9 * pi, 0.01);
  EXPECT_NEAR(found->scalars[1].p50, 0, 0.01);
  EXPECT_NEAR(found->scalars[1].p95, 0.9 * pi, 0.01);
  EXPECT_NEAR(found->scalars[0].mean, 3.5, 0.05);
  EXPECT_NEAR(found->band_p05(0, 2), 1 - 0.2 * 0.9 * pi, 0.003);
  EXPECT_NEAR(found->band_p95(0, 2), 1 + 0.2 * 0.9 * pi, 0.003);
  EXPECT_NEAR(found->band_p50(0, 0), 1, 1e-4);
  ASSERT_TRUE(found->sensitivity);
  auto const& indices = found->sensitivity->factors;
  EXPECT_NEAR(indices[1].first.value, 0.44241114, 3 * indices[1].first.standard_error);
  EXPECT_NEAR(indices[2].total.value, 0.24368366, 3 * indices[2].total.standard_error);
}

TEST(Ensemble, BatchesChangeNothing) {
  auto one = request(500);
  auto const whole = run_ensemble(one, plain);
  one.batch = 7;
  auto const pieces = run_ensemble(one, plain);
  ASSERT_TRUE(whole && pieces);
  expect_same(*whole, *pieces);
}

TEST(Ensemble, StoppedHalfWayAndResumedIsTheSameToTheLastBit) {
  auto asked = request(1000);
  asked.batch = 16;
  auto const whole = run_ensemble(asked, plain);
  ASSERT_TRUE(whole);
  MemorySink sink;
  asked.checkpoint = &sink;
  RunControl control;
  std::size_t asked_for = 0;
  auto const half = run_ensemble(
      asked,
      [&](DenseMatrix const& values, RunControl const& inner) {
        auto outcomes = plain(values, inner);
        if ((asked_for += values.rows()) >= 500) control.cancel.cancel();
        return outcomes;
      },
      control);
  ASSERT_FALSE(half);
  EXPECT_EQ(half.error().code, ErrorCode::cancelled);
  ASSERT_TRUE(sink.kept);
  EXPECT_EQ(sink.kept->done, 512U);
  asked_for = 0;
  auto const resumed = run_ensemble(asked, [&](DenseMatrix const& values, RunControl const& inner) {
    asked_for += values.rows();
    return plain(values, inner);
  });
  ASSERT_TRUE(resumed) << resumed.error().what;
  EXPECT_EQ(asked_for, 1000U - 512);
  expect_same(*whole, *resumed);
  // Once more: everything is there.
  asked_for = 0;
  auto const again = run_ensemble(asked, [&](DenseMatrix const& values, RunControl const& inner) {
    asked_for += values.rows();
    return plain(values, inner);
  });
  ASSERT_TRUE(again);
  EXPECT_EQ(asked_for, 0U);
  expect_same(*whole, *again);
}

TEST(Ensemble, ACheckpointOfAnotherEnsembleIsRefused) {
  auto asked = request(200);
  MemorySink sink;
  asked.checkpoint = &sink;
  ASSERT_TRUE(run_ensemble(asked, plain));
  auto const refused = [&](EnsembleRequest const& other, char const* says) {
    auto const found = run_ensemble(other, plain);
    ASSERT_FALSE(found);
    EXPECT_EQ(found.error().code, ErrorCode::bad_value);
    EXPECT_NE(found.error().what.find(says), std::string::npos) << found.error().what;
  };
  auto other = asked;
  other.seed = Seed{2};
  refused(other, "seed: 1 there, 2 here");
  other = asked;
  other.draws = 201;
  refused(other, "draws: 200 there, 201 here");
  other = asked;
  other.uncertain[0].distribution.low = -3;
  refused(other, "uncertain x1");
  other = asked;
  other.fingerprint.emplace_back("world", "abc");
  refused(other, "world: nothing there, abc here");
}

TEST(Ensemble, FailedDrawsAreCountedAndNamed) {
  auto const some = [](DenseMatrix const& values, RunControl const&) {
    std::vector<Result<Outcome>> outcomes;
    for (std::size_t k = 0; k < values.rows(); ++k) {
      if (values(k, 0) > 2.5) {
        outcomes.emplace_back(tl::unexpected(Error{ErrorCode::not_finite, "it broke", "day 3", ""}));
      } else {
        outcomes.emplace_back(ishigami(values.row(k)));
        if (values(k, 0) < -3.0) outcomes.back()->scalars[0] = std::nan("");
      }
    }
    return Result<std::vector<Result<Outcome>>>{std::move(outcomes)};
  };
  auto const found = run_ensemble(request(1000), some);
  ASSERT_TRUE(found);
  // Shares of a uniform number on (−π, π): (π − 2.5 + π − 3) / 2π = 0.125; the two halves of a
  // Saltelli group repeat the first number, so only about that.
  EXPECT_NEAR(static_cast<double>(found->failed), 125, 15);
  EXPECT_EQ(found->failures.size(), 5U);
  ASSERT_EQ(found->warnings.size(), 1U);
  EXPECT_NE(found->warnings[0].find("of 1000 draws failed"), std::string::npos);
  EXPECT_GT(found->sensitivity->dropped, 0U);
  EXPECT_EQ(found->sensitivity->dropped + found->sensitivity->groups, 200U);
  EXPECT_LT(found->scalars[1].p95, 2.5);
  auto const none = run_ensemble(request(10), [](DenseMatrix const& values, RunControl const&) {
    Result<std::vector<Result<Outcome>>> outcomes{std::vector<Result<Outcome>>{}};
    for (std::size_t k = 0; k < values.rows(); ++k) {
      outcomes->emplace_back(tl::unexpected(Error{ErrorCode::not_finite, "it broke", "", ""}));
    }
    return outcomes;
  });
  ASSERT_FALSE(none);
  EXPECT_NE(none.error().what.find("it broke"), std::string::npos);
}

TEST(Ensemble, NumbersOfAGroupMoveTogether) {
  auto asked = request(64);
  asked.uncertain[0].correlation_group = "pair";
  asked.uncertain[2].correlation_group = "pair";
  auto const factors = factors_of(asked.uncertain);
  ASSERT_EQ(factors.size(), 2U);
  EXPECT_EQ(factors[0].name, "pair");
  EXPECT_EQ(factors[0].members, (std::vector<std::size_t>{0, 2}));
  auto const found = run_ensemble(asked, [](DenseMatrix const& values, RunControl const& control) {
    for (std::size_t k = 0; k < values.rows(); ++k) {
      EXPECT_EQ(values(k, 0), values(k, 2));
      EXPECT_NE(values(k, 0), values(k, 1));
    }
    return plain(values, control);
  });
  ASSERT_TRUE(found);
  EXPECT_EQ(found->design, DesignKind::sobol);
  EXPECT_FALSE(found->sensitivity);
}

// Source: as in the test of the points: mean 1.03041745, deviation 0.25502048 for n = 3.
TEST(Ensemble, StroudGivesMeanAndDeviation) {
  EnsembleRequest asked{.seed = Seed{1}};
  double const sd = std::sqrt(3.0);  // a uniform number on (−√3, √3) has deviation 1
  for (char const* name : {"g1", "g2", "g3"}) {
    asked.uncertain.push_back({name, {DistributionKind::uniform, -sd, sd}});
  }
  asked.design = DesignKind::stroud;
  asked.draws = 6;
  asked.scalars = 1;
  auto const found = run_ensemble(asked, [](DenseMatrix const& values, RunControl const&) {
    Result<std::vector<Result<Outcome>>> outcomes{std::vector<Result<Outcome>>{}};
    for (std::size_t k = 0; k < values.rows(); ++k) {
      auto const g = values.row(k);
      outcomes->push_back(Outcome{{std::exp(0.1 * g[0] + 0.2 * g[1] - 0.1 * g[2])}, {}});
    }
    return outcomes;
  });
  ASSERT_TRUE(found) << found.error().what;
  EXPECT_FALSE(found->has_quantiles);
  EXPECT_NEAR(found->scalars[0].mean, 1.03041745, 5e-9);
  EXPECT_NEAR(found->scalars[0].standard_deviation, 0.25502048, 5e-9);
}

TEST(Ensemble, WhatDoesNotFitIsRefusedBeforeItBegins) {
  auto asked = request(10);
  asked.draws = sampling::most_draws;
  asked.scalars = 100;
  auto const many = run_ensemble(asked, plain);
  ASSERT_FALSE(many);
  EXPECT_EQ(many.error().code, ErrorCode::too_large);
  asked = request(10);
  asked.steps = 100'000;
  auto const long_run = run_ensemble(asked, plain);
  ASSERT_FALSE(long_run);
  EXPECT_EQ(long_run.error().hint, "simulate fewer days");
}

TEST(Ensemble, ProgressNeverGoesBack) {
  std::size_t last = 0, total = 0;
  RunControl control;
  control.progress = [&](std::string_view, std::size_t done, std::size_t all) {
    if (all != total) last = 0;
    EXPECT_GE(done, last);
    EXPECT_LE(done, all);
    last = done;
    total = all;
  };
  auto const found = run_ensemble(
      request(300),
      [](DenseMatrix const& values, RunControl const& inner) {
        for (std::size_t day = 1; day <= 10; ++day) inner.report("simulating", day, 10);
        return plain(values, inner);
      },
      control);
  ASSERT_TRUE(found);
  EXPECT_EQ(last, total);
}

}  // namespace
}  // namespace linchpin::uncertainty
