// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>

#include "linchpin/core/error.h"

namespace linchpin {

/// The beginning of a download: `<target>.part`, locked against other programs, and beside it
/// `<target>.part.from` with the address and the server's mark of the version (an ETag or a date).
class PartFile {
 public:
  /// Takes up what an earlier attempt left, if it came from `url` and has a mark; else empty.
  /// \error unwritable_output  it cannot be made, or another program is downloading to it
  [[nodiscard]] static Result<PartFile> open(std::filesystem::path const& target,
                                             std::string const& url);
  PartFile(PartFile&& other) noexcept;
  PartFile& operator=(PartFile&&) = delete;
  ~PartFile();

  [[nodiscard]] std::uint64_t size() const noexcept { return size_; }
  [[nodiscard]] std::string const& mark() const noexcept { return mark_; }
  [[nodiscard]] std::filesystem::path const& path() const noexcept { return path_; }

  /// Empties it: from now on it holds the version with this mark (empty: cannot be resumed).
  [[nodiscard]] Result<void> restart(std::string const& mark = {});
  [[nodiscard]] Result<void> append(std::string_view bytes);
  [[nodiscard]] Result<void> flush();
  /// Renames it to the target.
  [[nodiscard]] Result<void> commit();
  void discard() noexcept;

 private:
  PartFile(std::filesystem::path target, std::string url);
  [[nodiscard]] tl::unexpected<Error> failure(char const* action) const;
  [[nodiscard]] std::filesystem::path origin_path() const;
  /// True if the file that is open still has its name.
  [[nodiscard]] bool is_in_place() const noexcept;
  void take_up();

  std::filesystem::path target_;
  std::filesystem::path path_;
  std::string url_;
  std::string mark_;
  std::uint64_t size_ = 0;
  int descriptor_ = -1;
};

}  // namespace linchpin
