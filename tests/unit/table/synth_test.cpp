// SPDX-License-Identifier: Apache-2.0
#include "linchpin/table/synth.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <utility>

#include "linchpin/table/check.h"
#include "support/fixtures.h"
#include "support/table_fixtures.h"

namespace linchpin {
namespace {

using test::text_of;

TEST(Synth, MakesABalancedWorldWithoutErrors) {
  for (std::uint64_t seed = 1; seed <= 5; ++seed) {
    auto const table = synthesise_world({.regions = 8, .sectors = 12, .seed = Seed{seed}});
    ASSERT_TRUE(table) << text_of(table.error());
    auto const findings = check_table(*table);
    for (auto const& finding : findings) {
      EXPECT_NE(finding.severity, Severity::error) << finding.rule << ' ' << finding.what;
    }
    auto const n = table->size();
    DenseVector columns(n, 0.0);
    for (std::size_t i = 0; i < n; ++i) {
      double row = 0;
      for (std::size_t j = 0; j < n; ++j) {
        row += std::as_const(table->Z)(i, j);
        columns[j] += std::as_const(table->Z)(i, j);
      }
      for (double const use : table->Y.row(i)) row += use;
      EXPECT_NEAR(row / table->output[i], 1, 1e-12);
    }
    for (std::size_t j = 0; j < n; ++j) {
      EXPECT_NEAR((columns[j] + table->value_added(0, j)) / table->output[j], 1, 1e-12);
      EXPECT_GT(table->value_added(0, j), 0);
    }
  }
}

/// Shares near what was asked for, empty cells, inventories of both signs, a heavy tail.
TEST(Synth, LooksLikeAWorld) {
  auto const table = synthesise_world({.regions = 20, .sectors = 30, .seed = Seed{1}});
  ASSERT_TRUE(table);
  auto const n = table->size();
  double home = 0, inputs = 0, zeros = 0, output = 0, added = 0, down = 0, up = 0;
  for (std::size_t i = 0; i < n; ++i) {
    for (std::size_t j = 0; j < n; ++j) {
      double const flow = std::as_const(table->Z)(i, j);
      inputs += flow;
      if (i / 30 == j / 30) home += flow;
      zeros += flow == 0;
    }
    output += table->output[i];
    added += table->value_added(0, i);
    for (std::size_t r = 0; r < 20; ++r) {
      double const change = table->Y(i, r * 4 + 3);
      (change < 0 ? down : up) += std::abs(change);
    }
  }
  EXPECT_NEAR(home / inputs, 0.8, 0.06);
  EXPECT_NEAR(added / output, 0.5, 0.06);
  EXPECT_NEAR(zeros / static_cast<double>(n * n), 0.3, 0.05);
  EXPECT_GT(down, 0);
  EXPECT_GT(up, 0);
  EXPECT_TRUE(table->labels.categories.back().inventory_change);
  auto sizes = table->output;
  std::sort(sizes.begin(), sizes.end());
  double top = 0;
  for (std::size_t k = 0; k < n / 10; ++k) top += sizes[n - 1 - k];
  EXPECT_GT(top / output, 0.5) << "the largest tenth of industries makes most of the output";
}

TEST(Synth, DependsOnTheSeedAndNotOnThreads) {
  SynthesisOptions options{.regions = 12, .sectors = 25, .seed = Seed{7}};
  auto const one = synthesise_world(options, {.threads = 1});
  auto const two = synthesise_world(options, {.threads = 2});
  ASSERT_TRUE(one && two);
  EXPECT_EQ(*one, *two);
  options.seed = Seed{8};
  EXPECT_NE(synthesise_world(options)->output, one->output);
}

TEST(Synth, TakesTheSmallestWorlds) {
  for (auto const& [regions, sectors] : {std::pair{1, 1}, {1, 5}, {2, 1}}) {
    auto const table = synthesise_world({.regions = static_cast<std::size_t>(regions),
                                         .sectors = static_cast<std::size_t>(sectors),
                                         .seed = Seed{1}});
    ASSERT_TRUE(table) << text_of(table.error());
    EXPECT_FALSE(has_errors(check_table(*table)));
  }
}

TEST(Synth, RefusesNonsense) {
  auto const failed = synthesise_world({.regions = 0, .seed = Seed{1}, .domestic_share = 1.5});
  ASSERT_FALSE(failed);
  EXPECT_EQ(failed.error().further.size(), 1U);
  auto const large = synthesise_world({.regions = 500, .sectors = 500, .seed = Seed{1}});
  ASSERT_FALSE(large);
  EXPECT_EQ(large.error().code, ErrorCode::too_large);
}

}  // namespace
}  // namespace linchpin
