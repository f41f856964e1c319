// SPDX-License-Identifier: Apache-2.0
// The entry point libFuzzer calls; LINCHPIN_FUZZ_TARGET names the function of targets.h.
#include <cstddef>
#include <cstdint>

#include "fuzz/targets.h"

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
  linchpin::fuzz::LINCHPIN_FUZZ_TARGET({data, size});
  return 0;
}
