// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>

namespace linchpin::depend {

/// BLAS counts in int.
constexpr int as_int(std::size_t value) { return static_cast<int>(value); }

/// [0, length) in equal parts of about `wanted`; depends on the length alone.
struct Parts {
  Parts(std::size_t length_, std::size_t wanted)
      : length(length_), count((length_ + wanted - 1) / wanted) {}
  [[nodiscard]] std::size_t start(std::size_t part) const { return part * length / count; }
  [[nodiscard]] std::size_t size(std::size_t part) const { return start(part + 1) - start(part); }

  std::size_t length;
  std::size_t count;
};

}  // namespace linchpin::depend
