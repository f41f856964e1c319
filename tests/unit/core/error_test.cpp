// SPDX-License-Identifier: Apache-2.0
#include "linchpin/core/error.h"

#include <gtest/gtest.h>

namespace linchpin {
namespace {

TEST(ErrorCode, HasANameAndAFamily) {
  EXPECT_EQ(to_string(ErrorCode::unknown_label), "unknown_label");
  EXPECT_EQ(to_string(ErrorCode::bad_usage), "bad_usage");
  EXPECT_EQ(to_string(ErrorCode::internal), "internal");
  EXPECT_TRUE(is_input_error(ErrorCode::bad_usage));
  EXPECT_TRUE(is_input_error(ErrorCode::too_large));
  EXPECT_FALSE(is_input_error(ErrorCode::not_converged));
  EXPECT_FALSE(is_input_error(ErrorCode::internal));
}

TEST(ErrorList, JoinsAllProblemsInOrder) {
  ErrorList errors;
  EXPECT_TRUE(errors.empty());
  errors.add(ErrorCode::bad_value, "one", "line 1", "try a");
  errors.add(ErrorCode::unknown_key, "two", "line 2", "try b");
  errors.add(ErrorCode::bad_format, "three", "line 3", "try c");
  EXPECT_EQ(errors.size(), 3U);
  auto const joined = errors.joined();
  EXPECT_EQ(joined.code, ErrorCode::bad_value);
  EXPECT_EQ(joined.what, "one");
  EXPECT_EQ(joined.where, "line 1");
  EXPECT_EQ(joined.hint, "try a");
  ASSERT_EQ(joined.further.size(), 2U);
  EXPECT_EQ(joined.further[0].what, "two");
  EXPECT_EQ(joined.further[1].what, "three");
}

TEST(ErrorList, FlattensJoinedErrors) {
  ErrorList inner;
  inner.add(ErrorCode::bad_value, "one", "", "");
  inner.add(ErrorCode::bad_value, "two", "", "");
  ErrorList outer;
  outer.add(ErrorCode::bad_value, "zero", "", "");
  outer.add(inner.joined());
  ASSERT_EQ(outer.size(), 3U);
  auto const joined = outer.joined();
  EXPECT_EQ(joined.further[0].what, "one");
  EXPECT_EQ(joined.further[1].what, "two");
  EXPECT_TRUE(joined.further[0].further.empty());
}

TEST(Result, CarriesAnError) {
  Result<int> const result = fail(ErrorCode::bad_value, "what", "where", "hint");
  ASSERT_FALSE(result.has_value());
  EXPECT_EQ(result.error().where, "where");
}

}  // namespace
}  // namespace linchpin
