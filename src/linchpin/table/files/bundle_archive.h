// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "linchpin/core/error.h"
#include "linchpin/table/files/byte_source.h"

namespace linchpin {

/// True if the file is a zip or tar archive by its first bytes; a compressed tar counts.
/// \error file_not_found, unreadable_file
[[nodiscard]] Result<bool> looks_like_archive(std::filesystem::path const& path);

struct ArchiveMember {
  std::string name;
  std::string start;  ///< first bytes of the content, at most 64 KiB, for recognising formats
};

/// The regular files in an archive, in its order, at most `most`, in one pass over it. All starts
/// together stay below 80 MiB: those of the last members of a very large archive are shorter.
/// \error unreadable_file  damaged, or encrypted
/// \error bad_format       a name that is absolute or climbs, the same name twice, too many
/// members,
///                         data that grow too much when unpacked
[[nodiscard]] Result<std::vector<ArchiveMember>> archive_members(std::filesystem::path const& path,
                                                                 std::size_t most);

/// The bytes of one member, as a stream.
/// \error unreadable_file  damaged, or no such member
[[nodiscard]] Result<std::unique_ptr<ByteSource>> open_archive_member(
    std::filesystem::path const& path, std::string const& member);

}  // namespace linchpin
