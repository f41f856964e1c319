// SPDX-License-Identifier: Apache-2.0
#include "linchpin/localize/quality.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

#include "linchpin/localize/diffusion_curves.h"

namespace linchpin::localize {
namespace {

constexpr double no_ceiling = std::numeric_limits<double>::infinity();

CatchUp slow_follower(CatchUpKind kind) {
  CatchUp parameters;
  parameters.kind = kind;
  parameters.own_growth = 0.01;
  parameters.frontier_growth = 0.02;
  parameters.absorption.base_speed = 0.05;
  return parameters;
}

/// g = 1 %, g* = 2 %, φ = 5 %: A*/A = 1.2 in the long run (computed independently).
TEST(Quality, SteadyGap) {
  auto const parameters = slow_follower(CatchUpKind::exponential);
  EXPECT_NEAR(1 / *steady_relative_quality(parameters), 1.2, 1e-14);
  Quality quality{0.1, 1};
  for (int year = 0; year < 400; ++year)
    quality = next_quality(quality, parameters, 1, 0, no_ceiling);
  EXPECT_NEAR(quality.frontier / quality.level, 1.2, 1e-9);
}

TEST(Quality, LogisticFollowersMayBeLeftBehind) {
  auto parameters = slow_follower(CatchUpKind::logistic);
  EXPECT_NEAR(*steady_relative_quality(parameters), 0.8, 1e-14);
  parameters.absorption.base_speed = 0.005;
  EXPECT_EQ(steady_relative_quality(parameters), 0.0);
  auto const later = next_quality({0.5, 1}, parameters, 100, 0, no_ceiling);
  EXPECT_LT(later.relative(), 0.4);
  EXPECT_GT(later.level, 0);
}

/// Closed forms against small Euler steps of the equations, and against themselves in pieces.
TEST(Quality, ClosedFormsSolveTheEquations) {
  for (auto const kind : {CatchUpKind::exponential, CatchUpKind::logistic}) {
    auto const parameters = slow_follower(kind);
    auto const whole = next_quality({0.3, 1}, parameters, 5, 0, no_ceiling);
    Quality pieces{0.3, 1};
    for (int k = 0; k < 20; ++k) pieces = next_quality(pieces, parameters, 0.25, 0, no_ceiling);
    EXPECT_NEAR(pieces.level, whole.level, 1e-13);
    EXPECT_NEAR(pieces.frontier, whole.frontier, 1e-13);
    double level = 0.3, frontier = 1;
    constexpr int steps = 500'000;
    for (int k = 0; k < steps; ++k) {
      auto const a = level / frontier;
      auto const pull = kind == CatchUpKind::exponential ? 1 / a - 1 : 1 - a;
      level *= 1 + (0.01 + 0.05 * pull) * 5.0 / steps;
      frontier *= 1 + 0.02 * 5.0 / steps;
    }
    EXPECT_NEAR(level, whole.level, 1e-6);
  }
}

TEST(Quality, ControlsSlowCatchUp) {
  auto parameters = slow_follower(CatchUpKind::exponential);
  parameters.control_effect = 0.6;
  EXPECT_NEAR(catch_up_speed(parameters, 0.5), 0.05 * 0.7, 1e-15);
  auto const free = next_quality({0.5, 1}, parameters, 10, 0, no_ceiling);
  auto const denied = next_quality({0.5, 1}, parameters, 10, 1, no_ceiling);
  EXPECT_LT(denied.level, free.level);
  EXPECT_NEAR(1 / *steady_relative_quality(parameters, 1), 1.5, 1e-12);
}

TEST(Quality, ACeilingStopsButTakesNothing) {
  auto const parameters = slow_follower(CatchUpKind::exponential);
  EXPECT_DOUBLE_EQ(next_quality({0.5, 1}, parameters, 20, 0, 0.55).level, 0.55);
  EXPECT_DOUBLE_EQ(next_quality({0.5, 1}, parameters, 20, 0, 0.2).level, 0.5);
}

TEST(Quality, AbsorptionMultiplies) {
  Absorption const absorption{
      .base_speed = 0.1, .human_capital = 0.5, .exponent = 2, .research_share = 0.8};
  EXPECT_NEAR(absorption.speed(), 0.02, 1e-15);
}

TEST(Quality, NoGapAndEqualGrowthStayAtTheFrontier) {
  CatchUp parameters;
  parameters.own_growth = parameters.frontier_growth = 0.03;
  for (auto const kind : {CatchUpKind::exponential, CatchUpKind::logistic}) {
    parameters.kind = kind;
    auto const later = next_quality({1, 1}, parameters, 7, 0, no_ceiling);
    EXPECT_NEAR(later.relative(), 1, 1e-14);
  }
}

TEST(Quality, ChecksReportEverything) {
  CatchUp parameters;
  parameters.absorption.base_speed = -1;
  parameters.control_effect = 2;
  auto const result = check(parameters, "x");
  ASSERT_FALSE(result);
  EXPECT_EQ(result.error().further.size(), 1U);
}

/// Bass with p = 0.03, q = 0.38: computed independently, to all digits given.
TEST(DiffusionCurves, Bass) {
  Diffusion const bass{0.03, 0.38};
  EXPECT_NEAR(bass_peak_time(bass), 6.192619, 5e-7);
  EXPECT_NEAR(bass_rate(bass, bass_peak_time(bass)), 0.11059211, 5e-9);
  EXPECT_NEAR(bass_share(bass, bass_peak_time(bass)), 0.460526, 5e-7);
  EXPECT_NEAR(bass_share(bass, 5), 0.33119864, 5e-9);
  EXPECT_NEAR(bass_share(bass, 10), 0.81280322, 5e-9);
}

/// Δt from 10 % to 90 % = 4.39444915 / a (computed independently).
TEST(DiffusionCurves, FisherPryIsBassWithoutInnovation) {
  EXPECT_NEAR(takeover_time(1), 4.39444915, 5e-9);
  EXPECT_NEAR(fisher_pry_share(0.4, 3, 3), 0.5, 1e-15);
  Diffusion const substitution{0, 0.4};
  EXPECT_NEAR(next_reach(0.1, 1, substitution, takeover_time(0.4)), 0.9, 1e-12);
  EXPECT_NEAR(next_reach(fisher_pry_share(0.4, 3, 1), 1, substitution, 5),
              fisher_pry_share(0.4, 3, 6), 1e-12);
}

TEST(DiffusionCurves, SaturationMayMove) {
  Diffusion const bass{0.03, 0.38};
  EXPECT_NEAR(next_reach(0, 0.5, bass, 5), 0.5 * bass_share(bass, 5), 1e-14);
  EXPECT_NEAR(next_reach(0.6, 0.5, bass, 2), 0.5 + 0.1 * std::exp(-0.82), 1e-14);
  EXPECT_DOUBLE_EQ(next_reach(0, 1, {0, 0.4}, 10), 0) << "no example to follow";
  EXPECT_DOUBLE_EQ(next_reach(0, 0, bass, 10), 0);
  auto const halves = next_reach(next_reach(0.1, 0.7, bass, 1.5), 0.7, bass, 1.5);
  EXPECT_NEAR(halves, next_reach(0.1, 0.7, bass, 3), 1e-14);
}

}  // namespace
}  // namespace linchpin::localize
