// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <span>
#include <string>

#include "linchpin/core/error.h"

namespace linchpin {

/// A regular file open for reading, with errors that say what is wrong with it.
class InputFile {
 public:
  /// \error file_not_found   there is no such file
  /// \error unreadable_file  it is a folder, a device, or reading is not allowed
  [[nodiscard]] static Result<InputFile> open(std::filesystem::path const& path);
  InputFile(InputFile&& other) noexcept;
  InputFile& operator=(InputFile&& other) noexcept;
  ~InputFile();

  /// Fills the front of `buffer`; 0 at the end.
  /// \error unreadable_file  the system reported an error
  [[nodiscard]] Result<std::size_t> read(std::span<char> buffer);
  [[nodiscard]] std::uint64_t size() const noexcept { return size_; }
  [[nodiscard]] std::uint64_t position() const noexcept { return position_; }
  [[nodiscard]] std::string const& name() const noexcept { return name_; }

 private:
  InputFile(int descriptor, std::uint64_t size, std::string name) noexcept;

  int descriptor_ = -1;
  std::uint64_t size_ = 0;
  std::uint64_t position_ = 0;
  std::string name_;
};

}  // namespace linchpin
