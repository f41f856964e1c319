// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <span>
#include <string>

#include "linchpin/core/error.h"

namespace linchpin {

/// Bytes of a file, decompressed on the way, in order and without looking back.
class ByteSource {
 public:
  virtual ~ByteSource() = default;
  /// Fills the front of `buffer`; 0 means the end of the data.
  /// \error unreadable_file  the disk or the compressed data is damaged or ends early
  [[nodiscard]] virtual Result<std::size_t> read(std::span<char> buffer) = 0;
  /// Bytes of the file (not of the text) taken so far, for progress.
  [[nodiscard]] virtual std::uint64_t consumed() const noexcept = 0;
  [[nodiscard]] virtual std::uint64_t file_size() const noexcept = 0;
};

/// `source` itself, or what it holds if it starts like gzip or zstd data.
/// \param name  of the source, for messages
/// \error unreadable_file  the first bytes cannot be read
/// \error bad_format       they are those of xz or bzip2, which is read around a tar archive only
[[nodiscard]] Result<std::unique_ptr<ByteSource>> decompressed(std::unique_ptr<ByteSource> source,
                                                               std::string name);

/// Bytes held in memory.
[[nodiscard]] std::unique_ptr<ByteSource> source_of(std::string bytes);

/// Opens a plain, gzip or zstd file; the first bytes decide, not the name.
/// \error file_not_found   there is no such file
/// \error unreadable_file  it is a folder, or reading is not allowed
/// \error bad_format       xz or bzip2 data
[[nodiscard]] Result<std::unique_ptr<ByteSource>> open_bytes(std::filesystem::path const& path);

}  // namespace linchpin
