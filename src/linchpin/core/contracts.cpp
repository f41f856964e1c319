// SPDX-License-Identifier: Apache-2.0
#include "linchpin/core/contracts.h"

#include <cstdio>
#include <cstdlib>

namespace linchpin::detail {

// The one place where the library writes to a stream: the program is about to abort.
void contract_failed(char const* kind, char const* condition, char const* file, int line) {
  std::fprintf(stderr, "linchpin: broken %s: %s (%s:%d)\n", kind, condition, file, line);
  std::abort();
}

}  // namespace linchpin::detail
