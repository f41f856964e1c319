// SPDX-License-Identifier: Apache-2.0
#include "apps/linchpin/data_dir.h"

namespace linchpin::app {

std::filesystem::path data_dir() {
  std::error_code failure;
  auto const binary = std::filesystem::read_symlink("/proc/self/exe", failure);
  if (failure) return "share/linchpin";
  return binary.parent_path().parent_path() / "share" / "linchpin";
}

}  // namespace linchpin::app
