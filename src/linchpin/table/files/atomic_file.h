// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "linchpin/core/error.h"

namespace linchpin {

/// A file that appears complete or not at all: bytes go to a temporary name in the same folder,
/// `commit` makes them durable and renames. Destroyed without commit (or after an error) it leaves
/// nothing behind, neither the temporary file nor folders made for it.
class AtomicFile {
 public:
  /// Makes missing parent folders and the temporary file.
  /// \error unwritable_output  `path` is a folder or a device, lies beneath a regular file, or
  ///                           must not be written
  [[nodiscard]] static Result<AtomicFile> create(std::filesystem::path const& path);
  AtomicFile(AtomicFile&& other) noexcept;
  AtomicFile& operator=(AtomicFile&&) = delete;
  ~AtomicFile();

  /// Appends `bytes`.
  /// \error unwritable_output  disk full, over quota or over the file size limit (the caller must
  ///                           ignore SIGXFSZ to see the latter)
  [[nodiscard]] Result<void> write(std::string_view bytes);
  /// Puts the file in its place. Call once, last.
  /// \error unwritable_output  the system could not store or rename it
  [[nodiscard]] Result<void> commit();

 private:
  explicit AtomicFile(std::filesystem::path target);
  [[nodiscard]] Result<void> make_folders();
  [[nodiscard]] Result<void> open_temporary();
  [[nodiscard]] tl::unexpected<Error> failure(std::string_view action, int code) const;
  void discard() noexcept;

  std::filesystem::path target_;
  std::filesystem::path temporary_;
  std::vector<std::filesystem::path> made_folders_;  // outermost first
  int descriptor_ = -1;
};

/// Writes `bytes` to `path` as a whole; see AtomicFile for the errors.
[[nodiscard]] Result<void> write_text_atomically(std::filesystem::path const& path,
                                                 std::string_view bytes);

}  // namespace linchpin
