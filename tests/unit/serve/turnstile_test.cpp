// SPDX-License-Identifier: Apache-2.0
#include "linchpin/serve/turnstile.h"

#include <gtest/gtest.h>

#include <atomic>
#include <thread>
#include <vector>

namespace linchpin::serve {
namespace {

using namespace std::chrono_literals;

TEST(Turnstile, LetsAFewInAtATime) {
  Turnstile turnstile(2);
  std::atomic<int> inside = 0, most = 0, passed = 0;
  std::vector<std::jthread> threads;
  for (int k = 0; k < 8; ++k) {
    threads.emplace_back([&] {
      Turnstile::Pass const pass(turnstile, 10s);
      if (!pass.mine()) return;
      int const now = ++inside;
      int seen = most;
      while (seen < now && !most.compare_exchange_weak(seen, now)) {
      }
      std::this_thread::sleep_for(5ms);
      --inside;
      ++passed;
    });
  }
  threads.clear();
  EXPECT_EQ(passed, 8);
  EXPECT_LE(most, 2);
}

TEST(Turnstile, DoesNotLetAnybodyWaitForEver) {
  Turnstile turnstile(1);
  {
    Turnstile::Pass const first(turnstile, 0ms);
    EXPECT_TRUE(first.mine());
    EXPECT_FALSE(Turnstile::Pass(turnstile, 10ms).mine());
  }
  EXPECT_TRUE(Turnstile::Pass(turnstile, 0ms).mine());
}

}  // namespace
}  // namespace linchpin::serve
