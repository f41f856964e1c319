// SPDX-License-Identifier: Apache-2.0
#include "linchpin/core/byte_count.h"

#include <gtest/gtest.h>

namespace linchpin {
namespace {

TEST(ByteCount, TakesTheUnitThatFits) {
  EXPECT_EQ(byte_count(0), "0 bytes");
  EXPECT_EQ(byte_count(1023), "1023 bytes");
  EXPECT_EQ(byte_count(1536), "1.5 KiB");
  EXPECT_EQ(byte_count(20.0 * (1 << 20)), "20 MiB");
  EXPECT_EQ(byte_count(8.0 * (1 << 30)), "8 GiB");
  EXPECT_EQ(byte_count(8.0 * (1 << 30) + (1 << 23)), "8.008 GiB");
  EXPECT_EQ(byte_count(3e12), "2.728 TiB");
}

TEST(ByteCount, SizesOfHostileFilesStayReadable) { EXPECT_EQ(byte_count(1e30), "8.882e+14 PiB"); }

}  // namespace
}  // namespace linchpin
