// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>

#include "linchpin/core/error.h"

namespace linchpin::serve {

/// Held while a server uses a folder. The system lets go of it when the process ends, however it
/// ends.
class FolderLock {
 public:
  /// Makes the folder if needed.
  /// \error unwritable_output  another server uses it, or it cannot be made
  [[nodiscard]] static Result<FolderLock> take(std::filesystem::path const& folder);
  FolderLock(FolderLock&& other) noexcept;
  FolderLock& operator=(FolderLock&&) = delete;
  ~FolderLock();

 private:
  explicit FolderLock(int descriptor) : descriptor_(descriptor) {}
  int descriptor_ = -1;
};

}  // namespace linchpin::serve
