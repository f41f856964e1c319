// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>

namespace linchpin::app {

/// Folder with the shipped `worlds/` and `studies/`, found relative to the running binary
/// (<prefix>/bin/linchpin -> <prefix>/share/linchpin), so that an installed tree can be moved.
[[nodiscard]] std::filesystem::path data_dir();

/// The running binary; a bare name if the system does not say.
[[nodiscard]] std::filesystem::path program_path();

}  // namespace linchpin::app
