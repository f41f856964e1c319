// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "linchpin/core/error.h"
#include "linchpin/table/byte_source.h"

namespace linchpin {

/// True if the file is a zip or tar archive by its first bytes; a compressed tar counts.
/// \error file_not_found, unreadable_file
[[nodiscard]] Result<bool> looks_like_archive(std::filesystem::path const& path);

/// Names of the regular files in an archive, in its order, at most `most`.
/// \error unreadable_file  damaged, or encrypted
/// \error bad_format       a name that is absolute or climbs, the same name twice, too many members
[[nodiscard]] Result<std::vector<std::string>> archive_members(std::filesystem::path const& path,
                                                               std::size_t most);

/// The bytes of one member, as a stream.
/// \error unreadable_file  damaged, or no such member
[[nodiscard]] Result<std::unique_ptr<ByteSource>> open_archive_member(
    std::filesystem::path const& path, std::string const& member);

}  // namespace linchpin
