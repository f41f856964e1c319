// SPDX-License-Identifier: Apache-2.0
#include "linchpin/table/files/plain_numbers.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <vector>

namespace linchpin {
namespace {

using ::testing::ElementsAre;

TEST(PlainNumbers, TakesNumbersBetweenSeparators) {
  std::vector<double> values(5);
  ASSERT_TRUE(parse_plain_numbers("0,-1.5,2e3,0.0,1234567.125", ',', values));
  EXPECT_THAT(values, ElementsAre(0, -1.5, 2000, 0, 1234567.125));
  ASSERT_TRUE(parse_plain_numbers("1;2;3;4;5;", ';', values)) << "a separator at the end";
  EXPECT_THAT(values, ElementsAre(1, 2, 3, 4, 5));
  values.resize(1);
  ASSERT_TRUE(parse_plain_numbers("-0", '\t', values));
  EXPECT_TRUE(std::signbit(values[0]));
  EXPECT_TRUE(parse_plain_numbers("", ',', {}));
}

TEST(PlainNumbers, LeavesAllElseToTheSlowWay) {
  std::vector<double> values(2);
  for (auto const* text : {"", "1", "1,", "1,2,3", "1,2,,", "1,,2", ",1", "1, 2", "+1,2", "1,\"2\"",
                           "1,x", "nan,1", "1,inf", "1e999,1", "1;2", "1,2 ", "0x1,2", "1,5;2"}) {
    EXPECT_FALSE(parse_plain_numbers(text, ',', values)) << text;
  }
  EXPECT_FALSE(parse_plain_numbers("1,5;2", ';', values)) << "a decimal comma";
}

}  // namespace
}  // namespace linchpin
