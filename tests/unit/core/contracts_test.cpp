// SPDX-License-Identifier: Apache-2.0
#include "linchpin/core/contracts.h"

#include <gtest/gtest.h>

namespace linchpin {
namespace {

#if defined(LINCHPIN_CHECKED)

TEST(ContractsDeathTest, EndTheProgramWithTheCondition) {
  EXPECT_DEATH(LINCHPIN_EXPECTS(1 > 2), "broken precondition: 1 > 2 .*contracts_test.cpp");
  EXPECT_DEATH(LINCHPIN_ENSURES(1 > 2), "broken postcondition: 1 > 2");
  EXPECT_DEATH(LINCHPIN_ASSERT(1 > 2), "broken invariant: 1 > 2");
}

TEST(Contracts, PassWhenTheyHold) {
  LINCHPIN_EXPECTS(2 > 1);
  LINCHPIN_ENSURES(2 > 1);
  LINCHPIN_ASSERT(2 > 1);
}

#else

TEST(Contracts, CostNothingWhenSwitchedOff) {
  int calls = 0;
  [[maybe_unused]] auto const condition = [&] { return ++calls > 0; };
  LINCHPIN_EXPECTS(condition());
  EXPECT_EQ(calls, 0);
}

#endif

}  // namespace
}  // namespace linchpin
