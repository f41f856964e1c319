// SPDX-License-Identifier: Apache-2.0
#include "linchpin/core/byte_count.h"

#include <fmt/format.h>

#include <array>
#include <cstddef>

#include "linchpin/core/contracts.h"

namespace linchpin {

std::string byte_count(double bytes) {
  LINCHPIN_EXPECTS(bytes >= 0);
  constexpr std::array units{"bytes", "KiB", "MiB", "GiB", "TiB", "PiB"};
  constexpr double step = 1024;
  std::size_t unit = 0;
  while (bytes >= step && unit + 1 < units.size()) {
    bytes /= step;
    ++unit;
  }
  return fmt::format("{:.4g} {}", bytes, units[unit]);
}

}  // namespace linchpin
