// SPDX-License-Identifier: Apache-2.0
#include "linchpin/table/files/plain_numbers.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <bit>
#include <cmath>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <vector>

#include "linchpin/core/random.h"

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

/// strtod of the C library rounds correctly: every bit must agree with it, on whatever side of the
/// bounds of the short way a number lies.
TEST(PlainNumbers, GivesTheNearestDouble) {
  Rng rng(Seed{1}, 0);
  auto const below = [&](double bound) { return static_cast<std::size_t>(bound * rng.uniform()); };
  std::vector<std::string> numbers{"9007199254740992",
                                   "9007199254740993",
                                   "9007199254740993.0",
                                   "90071992547409.93",
                                   "0.9007199254740993",
                                   "18446744073709551616",
                                   "99999999",
                                   "100000000",
                                   "12345678.12345678",
                                   "0.00000000000000000000001",
                                   "0.0000000000000000000000123",
                                   "00000000000000000000000000000007",
                                   "0000000000000000.5",
                                   "5.",
                                   ".5",
                                   "-.5",
                                   "123456789012345678901234567890",
                                   "4.35",
                                   "1e22",
                                   "1.7976931348623157e308",
                                   "2.2250738585072011e-308",
                                   "-0.000",
                                   "8388608.00000001"};
  for (int k = 0; k < 20'000; ++k) {
    std::string number(rng.uniform() < 0.2 ? "-" : "");
    for (auto digits = 1 + below(rng.uniform() < 0.1 ? 24 : 9); digits > 0; --digits) {
      number += static_cast<char>('0' + below(10));
    }
    if (rng.uniform() < 0.7) {
      number += '.';
      for (auto digits = 1 + below(rng.uniform() < 0.1 ? 30 : 12); digits > 0; --digits) {
        number += static_cast<char>('0' + below(10));
      }
    }
    if (rng.uniform() < 0.05) number += "e-7";
    numbers.push_back(number);
  }
  std::string text;
  for (auto const& number : numbers) text += (text.empty() ? "" : ",") + number;
  std::vector<double> values(numbers.size());
  ASSERT_TRUE(parse_plain_numbers(text, ',', values));
  for (std::size_t k = 0; k < numbers.size(); ++k) {
    double const nearest = std::strtod(numbers[k].c_str(), nullptr);
    EXPECT_EQ(std::bit_cast<std::uint64_t>(values[k]), std::bit_cast<std::uint64_t>(nearest))
        << numbers[k];
  }
}

/// What the short way refuses must be refused in the middle of a long line, too.
TEST(PlainNumbers, RefusesTheSameFarFromTheEnd) {
  std::string const rest = ",11111111,22222222,33333333,44444444,55555555,66666666";
  std::vector<double> values(7);
  ASSERT_TRUE(parse_plain_numbers("1" + rest, ',', values));
  for (auto const* text :
       {"",  "-",  "--1",  "+1",    " 1",  "1 ",   "1;2",   "1:2",   "1/2", "x",     "1x",
        ".", "-.", "1..2", "1.2.3", "inf", "-nan", "1e999", "\"1\"", "0x1", "1\xB2", "\xB2"}) {
    EXPECT_FALSE(parse_plain_numbers(text + rest, ',', values)) << text;
  }
}

}  // namespace
}  // namespace linchpin
