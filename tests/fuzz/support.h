// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <filesystem>
#include <string_view>

#include "fuzz/targets.h"
#include "linchpin/core/error.h"

namespace linchpin::fuzz {

inline constexpr std::uint64_t memory_limit = std::uint64_t{32} << 20;

[[nodiscard]] inline std::string_view text_of(Bytes input) {
  return {reinterpret_cast<char const*>(input.data()), input.size()};
}

/// Aborts unless `condition` holds, contracts or not.
void require(bool condition, char const* what);

/// An error about input must say what, where and what to try.
void require_sound(Error const& error);

/// The input as a file in memory, for entry points that take a path.
class InputAsFile {
 public:
  explicit InputAsFile(Bytes input);
  InputAsFile(InputAsFile const&) = delete;
  InputAsFile& operator=(InputAsFile const&) = delete;
  ~InputAsFile();
  [[nodiscard]] std::filesystem::path const& path() const noexcept { return path_; }

 private:
  int descriptor_ = -1;
  std::filesystem::path path_;
};

}  // namespace linchpin::fuzz
