// SPDX-License-Identifier: Apache-2.0
#include "fuzz/support.h"

#include <sys/mman.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <string>

namespace linchpin::fuzz {

void require(bool condition, char const* what) {
  if (condition) return;
  std::fprintf(stderr, "broken promise: %s\n", what);
  std::abort();
}

void require_sound(Error const& error) {
  require(!error.what.empty() && !error.where.empty() && !error.hint.empty(),
          "an error says what, where and what to try");
  require(is_input_error(error.code), "bad input is an input error");
  for (auto const& each : error.further) require_sound(each);
}

InputAsFile::InputAsFile(Bytes input) : descriptor_(::memfd_create("input", MFD_CLOEXEC)) {
  require(descriptor_ >= 0, "the system gives a file in memory");
  auto const count = ::write(descriptor_, input.data(), input.size());
  require(count == static_cast<ssize_t>(input.size()), "the file takes the input");
  path_ = "/proc/self/fd/" + std::to_string(descriptor_);
}

InputAsFile::~InputAsFile() { ::close(descriptor_); }

}  // namespace linchpin::fuzz
