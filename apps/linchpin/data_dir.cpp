// SPDX-License-Identifier: Apache-2.0
#include "apps/linchpin/data_dir.h"

namespace linchpin::app {

std::filesystem::path data_dir() {
  auto const binary = program_path();
  if (binary.is_relative()) return "share/linchpin";
  return binary.parent_path().parent_path() / "share" / "linchpin";
}

std::filesystem::path program_path() {
  std::error_code failure;
  auto const binary = std::filesystem::read_symlink("/proc/self/exe", failure);
  return failure ? "linchpin" : binary;
}

}  // namespace linchpin::app
