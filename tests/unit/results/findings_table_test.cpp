// SPDX-License-Identifier: Apache-2.0
#include "linchpin/results/findings_table.h"

#include <gtest/gtest.h>

#include <limits>

namespace linchpin {
namespace {

TEST(FindingsTable, ErrorsFirstAndNoInfinity) {
  auto const table =
      findings_table({{"empty_region", Severity::warning, "R0", 2.5, "R0 is empty", "leave it out"},
                      {"not_finite", Severity::error, "R1:s0",
                       std::numeric_limits<double>::infinity(), "Inf", "correct the cell"}});
  EXPECT_EQ(table.name, "findings");
  ASSERT_EQ(table.rows(), 2U);
  std::vector<std::string> names;
  for (auto const& column : table.columns) names.push_back(column.name);
  EXPECT_EQ(names,
            (std::vector<std::string>{"rule", "severity", "where", "value", "hint", "what"}));
  EXPECT_EQ(std::get<TextColumn>(table.columns[0].data)[0], "not_finite");
  EXPECT_EQ(std::get<TextColumn>(table.columns[1].data), (TextColumn{"error", "warning"}));
  auto const& values = std::get<NumberColumn>(table.columns[3].data);
  EXPECT_EQ(values.missing, (std::vector<bool>{true, false}));
  EXPECT_EQ(values.values[1], 2.5);
  EXPECT_FALSE(table.columns[3].undefined.empty());
}

}  // namespace
}  // namespace linchpin
