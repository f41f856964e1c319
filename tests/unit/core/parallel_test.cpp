// SPDX-License-Identifier: Apache-2.0
#include "linchpin/core/parallel.h"

#include <gtest/gtest.h>

#include <atomic>
#include <cmath>
#include <stdexcept>
#include <string>
#include <vector>

namespace linchpin {
namespace {

class ParallelFor : public testing::TestWithParam<unsigned> {
 protected:
  static RunControl control() {
    RunControl result;
    result.threads = GetParam();
    return result;
  }
};

TEST_P(ParallelFor, CallsEveryIndexOnce) {
  std::vector<std::atomic<int>> calls(1000);
  auto const done = parallel_for(1000, control(), "test", [&](std::size_t i) { ++calls[i]; });
  ASSERT_TRUE(done.has_value());
  for (auto const& count : calls) EXPECT_EQ(count, 1);
}

TEST_P(ParallelFor, GivesTheSameAnswerAsOneThread) {
  auto const sum = [](RunControl const& how) {
    std::vector<double> values(5000);
    auto const done = parallel_for(values.size(), how, "test", [&](std::size_t i) {
      values[i] = std::sin(static_cast<double>(i));
    });
    EXPECT_TRUE(done.has_value());
    double total = 0;
    for (double const value : values) total += value;
    return total;
  };
  RunControl one;
  one.threads = 1;
  EXPECT_EQ(sum(control()), sum(one));  // to the last bit
}

TEST_P(ParallelFor, AcceptsNoWork) {
  EXPECT_TRUE(parallel_for(0, control(), "test", [](std::size_t) { FAIL(); }).has_value());
}

TEST_P(ParallelFor, PassesAnExceptionOn) {
  auto const done = parallel_for(100, control(), "squaring", [](std::size_t i) {
    if (i == 50) throw std::runtime_error("no square");
  });
  ASSERT_FALSE(done.has_value());
  EXPECT_EQ(done.error().code, ErrorCode::internal);
  EXPECT_EQ(done.error().what, "no square");
  EXPECT_EQ(done.error().where, "squaring");
}

TEST_P(ParallelFor, SurvivesAnExceptionOfAnotherKind) {
  auto const done = parallel_for(3, control(), "test", [](std::size_t) { throw 42; });
  ASSERT_FALSE(done.has_value());
  EXPECT_EQ(done.error().what, "unknown exception");
}

TEST_P(ParallelFor, StopsWhenCancelled) {
  auto how = control();
  std::atomic<int> calls{0};
  auto token = how.cancel;
  auto const done = parallel_for(100'000, how, "test", [&](std::size_t) {
    if (++calls == 10) token.cancel();
  });
  ASSERT_FALSE(done.has_value());
  EXPECT_EQ(done.error().code, ErrorCode::cancelled);
  EXPECT_LT(calls, 100'000);
}

TEST_P(ParallelFor, ReportsEveryStepOnceInOrder) {
  auto how = control();
  std::vector<std::size_t> seen;  // one call at a time: no lock needed
  how.progress = [&](std::string_view what, std::size_t done, std::size_t total) {
    EXPECT_EQ(what, "counting");
    EXPECT_EQ(total, 300U);
    seen.push_back(done);
  };
  ASSERT_TRUE(parallel_for(300, how, "counting", [](std::size_t) {}).has_value());
  ASSERT_EQ(seen.size(), 300U);
  for (std::size_t k = 0; k < 300; ++k) EXPECT_EQ(seen[k], k + 1);
}

TEST_P(ParallelFor, MayBeNested) {
  std::vector<std::atomic<int>> calls(20 * 20);
  auto const done = parallel_for(20, control(), "outer", [&](std::size_t i) {
    auto const inner =
        parallel_for(20, control(), "inner", [&](std::size_t j) { ++calls[i * 20 + j]; });
    if (!inner) throw std::runtime_error(inner.error().what);
  });
  ASSERT_TRUE(done.has_value());
  for (auto const& count : calls) EXPECT_EQ(count, 1);
}

/// oneTBB prints a warning when it is asked for more threads than there are; the library is silent.
TEST_P(ParallelFor, PrintsNothing) {
  testing::internal::CaptureStderr();
  ASSERT_TRUE(parallel_for(100, control(), "test", [](std::size_t) {}).has_value());
  EXPECT_EQ(testing::internal::GetCapturedStderr(), "");
}

INSTANTIATE_TEST_SUITE_P(Threads, ParallelFor, testing::Values(0U, 1U, 2U, 7U, 1000U),
                         testing::PrintToStringParamName());

TEST(CancelToken, IsSharedByItsCopies) {
  CancelToken token;
  auto copy = token;
  EXPECT_FALSE(token.cancelled());
  copy.cancel();
  EXPECT_TRUE(token.cancelled());
  EXPECT_FALSE(CancelToken{}.cancelled());
}

}  // namespace
}  // namespace linchpin
