// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <vector>

#include "linchpin/core/error.h"

namespace linchpin {

/// Makes `folder` and the folders above it where they do not exist yet.
///
/// \return the folders that were made, outermost first, so that a failed run can remove them
/// \error unwritable_output  something on the way is a file, or may not be written
[[nodiscard]] Result<std::vector<std::filesystem::path>> make_output_folder(
    std::filesystem::path const& folder);

}  // namespace linchpin
