// SPDX-License-Identifier: Apache-2.0
#include "linchpin/serve/folder_lock.h"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <utility>

#include "linchpin/results/output_folder.h"

namespace linchpin::serve {

Result<FolderLock> FolderLock::take(std::filesystem::path const& folder) {
  if (auto const made = make_output_folder(folder); !made) return fail(made.error());
  auto const file = folder / ".lock";
  int const descriptor = ::open(file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  if (descriptor < 0) {
    return fail(ErrorCode::unwritable_output, "nothing can be written into the folder",
                folder.string(), "choose a folder you may write to");
  }
  if (::flock(descriptor, LOCK_EX | LOCK_NB) == 0) return FolderLock(descriptor);
  ::close(descriptor);
  return fail(ErrorCode::unwritable_output, "another server uses this folder", folder.string(),
              "stop it, or name another folder with -o");
}

FolderLock::FolderLock(FolderLock&& other) noexcept
    : descriptor_(std::exchange(other.descriptor_, -1)) {}

FolderLock::~FolderLock() {
  if (descriptor_ >= 0) ::close(descriptor_);
}

}  // namespace linchpin::serve
