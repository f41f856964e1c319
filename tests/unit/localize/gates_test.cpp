// SPDX-License-Identifier: Apache-2.0
#include "linchpin/localize/gates.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace linchpin::localize {
namespace {

using ::testing::ElementsAre;

std::vector<Step> const ladder{
    {"28 nm", 0.3, {"scanner"}}, {"7 nm", 0.6, {"scanner", "etcher"}}, {"3 nm", 1, {"euv"}}};

TEST(Gates, AStepNeedsAllToolsOfItAndOfThoseBelow) {
  std::vector<Tool> tools{{"scanner", 1, 0}, {"etcher", 0, 7}, {"euv", 0.4, 3}};
  auto found = reach(ladder, tools, {});
  EXPECT_EQ(found.steps, 2U);
  EXPECT_DOUBLE_EQ(found.ceiling, 0.6);
  EXPECT_THAT(found.missing, ElementsAre("euv"));
  tools[0].access = 0;
  found = reach(ladder, tools, {});
  EXPECT_EQ(found.steps, 0U) << "later steps stand on the first";
  EXPECT_THAT(found.missing, ElementsAre("scanner"));
  for (auto& tool : tools) tool.readiness = 9;
  found = reach(ladder, tools, {});
  EXPECT_EQ(found.steps, 3U);
  EXPECT_TRUE(found.missing.empty());
}

TEST(Gates, LeakageUndoesAControl) {
  EXPECT_DOUBLE_EQ(access_under_control(0.8, 1, 1), 0.8);
  EXPECT_DOUBLE_EQ(access_under_control(0.8, 1, 0), 0);
  EXPECT_DOUBLE_EQ(access_under_control(1, 0.5, 0.2), 0.6);
  EXPECT_DOUBLE_EQ(next_readiness(5, 0.5, 4), 7);
  EXPECT_DOUBLE_EQ(next_readiness(5, 3, 4), 9);
}

TEST(Gates, ChecksReportEverything) {
  std::vector<Step> const bad{{"a", 0.5, {"scaner"}}, {"a", 0.4, {}}};
  std::vector<Tool> const tools{{"scanner", 1.5, 0}, {"scanner", 1, 12}};
  auto const result = check(bad, tools, {2, 7}, "lithography");
  ASSERT_FALSE(result);
  // two names, access, readiness, the second step's name and level, the unknown tool, the rule
  EXPECT_EQ(result.error().further.size() + 1, 7U);
  EXPECT_TRUE(check(ladder, std::vector<Tool>{{"scanner"}, {"etcher"}, {"euv"}}, {}, "x"));
  EXPECT_FALSE(check({}, tools, {}, "x"));
}

}  // namespace
}  // namespace linchpin::localize
