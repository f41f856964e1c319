// SPDX-License-Identifier: Apache-2.0
#include "linchpin/serve/guess_limit.h"

#include <gtest/gtest.h>

#include <string>

#include "linchpin/serve/request_guard.h"

namespace linchpin::serve {
namespace {

using std::chrono::milliseconds;

struct GuessLimitTest : testing::Test {
  GuessLimit limit;
  GuessLimit::Clock::time_point now = GuessLimit::Clock::now();

  std::size_t guess(int number, std::string const& address = "10.0.0.1") {
    return limit.wrong(address, "guess" + std::to_string(number), now);
  }
};

TEST_F(GuessLimitTest, TakesTenAtOnceAndOneASecond) {
  for (int k = 0; k < 9; ++k) {
    EXPECT_FALSE(limit.shut("10.0.0.1", now));
    EXPECT_EQ(guess(k), 0U);
  }
  EXPECT_EQ(guess(9), 10U) << "told once, with their number";
  EXPECT_TRUE(limit.shut("10.0.0.1", now));
  EXPECT_FALSE(limit.shut("10.0.0.2", now)) << "others are let in";
  now += milliseconds(999);
  EXPECT_TRUE(limit.shut("10.0.0.1", now));
  int taken = 0;
  for (int k = 0; k < 10'000; ++k, now += milliseconds(1)) {  // a thousand guesses a second
    if (limit.shut("10.0.0.1", now)) continue;
    ++taken;
    EXPECT_EQ(guess(100 + k), 0U) << "told once";
  }
  EXPECT_EQ(taken, 10);
  now += std::chrono::seconds(20);
  EXPECT_FALSE(limit.shut("10.0.0.1", now));
  for (int k = 0; k < 9; ++k) guess(k);
  EXPECT_GT(guess(9), 0U) << "told again, after quiet";
}

TEST_F(GuessLimitTest, TheSameOneAgainIsNoGuess) {
  for (int k = 0; k < 1000; ++k) guess(1);
  EXPECT_FALSE(limit.shut("10.0.0.1", now));
}

TEST_F(GuessLimitTest, HoldsABoundedNumberOfAddresses) {
  for (int k = 0; k < 10; ++k) guess(k);
  now += milliseconds(1);
  for (std::size_t k = 1; k < GuessLimit::most_addresses; ++k) guess(0, std::to_string(k));
  EXPECT_TRUE(limit.shut("10.0.0.1", now));
  guess(0, "one more");
  EXPECT_FALSE(limit.shut("10.0.0.1", now)) << "the oldest made room";
}

TEST(Guesser, IsWhomAProxyOfThisMachineNames) {
  Guard guard{.port = 8080, .origins = {"https://analysis.example"}};
  Request request{
      .headers = {{"host", "analysis.example"}, {"x-forwarded-for", "1.2.3.4, 203.0.113.7"}},
      .client = "127.0.0.1"};
  EXPECT_EQ(guesser(guard, request), "203.0.113.7") << "the last: what the proxy saw";
  request.client = "198.51.100.1";
  EXPECT_EQ(guesser(guard, request), "198.51.100.1") << "no proxy";
  request.client = "127.0.0.1";
  request.headers[1].second = "nonsense";
  EXPECT_EQ(guesser(guard, request), "127.0.0.1");
  request.headers = {{"host", "127.0.0.1:8080"}, {"x-forwarded-for", "203.0.113.7"}};
  EXPECT_EQ(guesser(guard, request), "127.0.0.1");
}

}  // namespace
}  // namespace linchpin::serve
