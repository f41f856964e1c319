// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <filesystem>

namespace linchpin::serve {

/// True if at least `bytes` are free where `folder` is, or the system does not say.
[[nodiscard]] inline bool has_room(std::filesystem::path const& folder,
                                   std::uint64_t bytes) noexcept {
  std::error_code unknown;
  auto const space = std::filesystem::space(folder, unknown);
  return unknown || space.available >= bytes;
}

}  // namespace linchpin::serve
