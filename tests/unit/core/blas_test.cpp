// SPDX-License-Identifier: Apache-2.0
#include "linchpin/core/blas.h"

#include <gtest/gtest.h>

namespace linchpin {
namespace {

/// The library is loaded through the system's alternatives: either OpenBLAS names itself and its
/// kernel, or it is the slow reference BLAS and says so.
TEST(BlasInfo, NamesTheLibraryInUse) {
  use_single_threaded_blas();
  auto const info = blas_info();
  if (info.optimised) {
    EXPECT_EQ(info.library.rfind("OpenBLAS ", 0), 0U) << info.library;
    EXPECT_EQ(info.library.find(' ', 9), std::string::npos) << info.library;
    EXPECT_FALSE(info.kernel.empty());
  } else {
    EXPECT_EQ(info.library, "reference BLAS");
  }
}

}  // namespace
}  // namespace linchpin
