// SPDX-License-Identifier: Apache-2.0
#include "linchpin/localize/compute_case.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <fstream>
#include <iterator>
#include <stdexcept>

namespace linchpin::localize {
namespace {

std::vector<parameters::SourcedNumber> shipped() {
  std::ifstream stream(fmt::format("{}/data/parameters/compute.csv", LINCHPIN_SOURCE_DIR));
  std::string const text{std::istreambuf_iterator<char>(stream), {}};
  auto numbers = parameters::read_sourced_numbers(text, "compute.csv");
  if (!numbers) throw std::runtime_error(numbers.error().what);
  return *std::move(numbers);
}

parameters::SourcedNumber number(double value, double low, double high) {
  parameters::SourcedNumber result;
  result.value = value;
  result.low = low;
  result.high = high;
  return result;
}

TEST(ComputeCase, DrawsKeepTheirQuantiles) {
  auto const smuggled = number(140'000, 10'000, 500'000);
  EXPECT_NEAR(drawn(smuggled, 0.5), 140'000, 1e-6);
  EXPECT_NEAR(drawn(smuggled, 0.05), 10'000, 1e-6);
  EXPECT_NEAR(drawn(smuggled, 0.95), 500'000, 1e-6);
  auto const triangle = number(0.3, 0.2, 0.4);
  EXPECT_NEAR(drawn(triangle, 0.5), 0.3, 1e-12);
  EXPECT_GT(drawn(triangle, 1e-9), 0.2);
  EXPECT_LT(drawn(triangle, 1 - 1e-9), 0.4);
  EXPECT_DOUBLE_EQ(drawn(number(2, 2, 2), 0.9), 2);
}

TEST(ComputeCase, TheShippedNumbersGiveAnAnswer) {
  auto const numbers = shipped();
  auto const ensemble = compute_ensemble(numbers, 1'024, Seed{1});
  ASSERT_TRUE(ensemble) << ensemble.error().what;
  EXPECT_EQ(ensemble->failed_draws, 0U);
  EXPECT_EQ(ensemble->binding, Constraint::memory) << "as most reports say, at the values assumed";
  double sum = 0;
  for (auto const each : ensemble->binding_probability) sum += each;
  EXPECT_NEAR(sum, 1, 1e-12);
  EXPECT_LT(ensemble->total.p05, ensemble->total.p50);
  EXPECT_LT(ensemble->total.p50, ensemble->total.p95);
  ASSERT_TRUE(ensemble->gap_months);
  EXPECT_GT(ensemble->gap_months->p50, 0);
  EXPECT_GT(ensemble->shadow_values[1].p50, 0);
  // Soft: smuggled chips are put at 1 to 40 % of training compute, 10 % in the middle (Grunewald &
  // Fist 2025).
  auto const smuggled = ensemble->by_source[1].p50 / ensemble->total.p50;
  EXPECT_GT(smuggled, 0.01);
  EXPECT_LT(smuggled, 0.4);
  EXPECT_GT(ensemble->assumptions, 0.3);
  EXPECT_LT(ensemble->assumptions, 1);
}

TEST(ComputeCase, TheSameSeedGivesTheSameBits) {
  auto const numbers = shipped();
  auto const one = compute_ensemble(numbers, 256, Seed{3});
  auto const two = compute_ensemble(numbers, 256, Seed{3});
  auto const other = compute_ensemble(numbers, 256, Seed{4});
  EXPECT_EQ(one->total.p95, two->total.p95);
  EXPECT_NE(one->total.p95, other->total.p95);
}

TEST(ComputeCase, StopsWhenItIsTold) {
  RunControl control;
  control.cancel.cancel();
  auto const ensemble = compute_ensemble(shipped(), 1'000'000, Seed{1}, control);
  ASSERT_FALSE(ensemble);
  EXPECT_EQ(ensemble.error().code, ErrorCode::cancelled);
}

TEST(ComputeCase, NamesMustBeKnownAndComplete) {
  auto numbers = shipped();
  numbers.front().key = "legal_import.chips";
  auto const ensemble = compute_ensemble(numbers, 16, Seed{1});
  ASSERT_FALSE(ensemble);
  EXPECT_EQ(ensemble.error().what, "legal_imports.chips is missing");
  ASSERT_EQ(ensemble.error().further.size(), 1U);
  EXPECT_EQ(ensemble.error().further[0].hint, "did you mean 'legal_imports.chips'?");
  EXPECT_FALSE(compute_ensemble(shipped(), 0, Seed{1}));
}

}  // namespace
}  // namespace linchpin::localize
