// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <string>
#include <string_view>

#include "linchpin/core/error.h"

namespace linchpin {

/// SHA-256 of a file's bytes as 64 lower-case hexadecimal digits; reads in pieces.
/// \error file_not_found, unreadable_file
[[nodiscard]] Result<std::string> sha256_of_file(std::filesystem::path const& path);

/// The same for bytes in memory.
/// \error internal  OpenSSL failed
[[nodiscard]] Result<std::string> sha256_of_bytes(std::string_view bytes);

}  // namespace linchpin
