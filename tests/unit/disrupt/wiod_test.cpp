// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <filesystem>

#include "linchpin/disrupt/model.h"
#include "linchpin/table/read.h"

namespace linchpin::disrupt {
namespace {

/// No shock, 1,000 days, both rules: every quantity, stocks too, at baseline to 1e-10 on the full
/// WIOD 2011 (1435 industries). Source of the table: World Input-Output Database, release 2013.
TEST(Wiod2011, StaysAtBaselineWithoutShock) {
  std::filesystem::path const file = LINCHPIN_REFERENCE_DATA "/wiod2013/wiot_2011.csv.gz";
  if (!std::filesystem::exists(file)) GTEST_SKIP() << "needs " << file;
  auto table = read_table(file);
  ASSERT_TRUE(table) << table.error().what;
  auto const economy = Economy::make(*std::move(table));
  ASSERT_TRUE(economy) << economy.error().what;
  for (auto const rule : {OrderRule::fixed, OrderRule::reweighted}) {
    ModelOptions options;
    options.inventory_days = default_inventory_days(economy->space());
    options.order_rule = rule;
    options.days = 1000;
    auto const path = simulate(*economy, {}, options);
    ASSERT_TRUE(path) << path.error().what;
    double worst = 0;
    for (auto const* shares :
         {&path->output_relative, &path->region_output, &path->region_value_added,
          &path->region_final_use, &path->final_use_relative}) {
      for (double const share : shares->values()) worst = std::max(worst, std::abs(share - 1));
    }
    EXPECT_LE(worst, 1e-10) << to_string(rule);
    auto const& space = economy->space();
    for (std::size_t r = 0; r < space.regions(); ++r) {
      for (std::size_t p = 0; p < space.sectors(); ++p) {
        double const least = path->inventory_days_left(r, p);
        if (std::isinf(least)) continue;  // nobody there uses the product
        EXPECT_NEAR(least / options.inventory_days[p], 1.0, 1e-10);
      }
    }
    EXPECT_TRUE(path->shortages.empty());
    auto const& baseline = path->baseline;
    EXPECT_GT(baseline.inventory_changes_moved, 0.0);
    EXPECT_LT(baseline.share_of_output, 0.05);
    RecordProperty("share_of_output_moved", std::to_string(baseline.share_of_output));
    RecordProperty("industries_scaled", static_cast<int>(baseline.industries_scaled));
  }
}

}  // namespace
}  // namespace linchpin::disrupt
