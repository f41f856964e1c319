// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "linchpin/disrupt/model.h"
#include "linchpin/table/store.h"

namespace linchpin::disrupt {
namespace {

/// No shock, 1,000 days, both rules: every quantity at baseline to 1e-12 on the built-in world.
TEST(World, StaysAtBaselineWithoutShock) {
  auto table = read_world(LINCHPIN_SOURCE_DIR "/data/worlds/world-2011/world-2011.nc");
  ASSERT_TRUE(table) << table.error().what;
  auto const economy = Economy::make(*std::move(table));
  ASSERT_TRUE(economy) << economy.error().what;
  ASSERT_EQ(economy->size(), 700U);
  for (auto const rule : {OrderRule::fixed, OrderRule::reweighted}) {
    ModelOptions options;
    options.inventory_days = default_inventory_days(economy->space());
    options.order_rule = rule;
    options.days = 1000;
    auto const path = simulate(*economy, {}, options, {.threads = 1});
    ASSERT_TRUE(path) << path.error().what;
    double worst = 0;
    for (auto const* shares :
         {&path->output_relative, &path->region_output, &path->region_value_added,
          &path->region_final_use, &path->final_use_relative}) {
      for (double const share : shares->values()) worst = std::max(worst, std::abs(share - 1));
    }
    EXPECT_LE(worst, 1e-12);
    auto const& space = economy->space();
    for (std::size_t r = 0; r < space.regions(); ++r) {
      for (std::size_t p = 0; p < space.sectors(); ++p) {
        double const least = path->inventory_days_left(r, p);
        if (std::isinf(least)) continue;  // nobody there uses the product
        EXPECT_NEAR(least / options.inventory_days[p], 1.0, 1e-12);
      }
    }
    EXPECT_TRUE(path->shortages.empty());
    EXPECT_GT(path->baseline.total_moved, 0.0);
    EXPECT_LT(path->baseline.share_of_output, 0.05);
    RecordProperty("share_of_output_moved", std::to_string(path->baseline.share_of_output));
  }
}

}  // namespace
}  // namespace linchpin::disrupt
