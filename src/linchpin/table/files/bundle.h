// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "linchpin/core/error.h"
#include "linchpin/table/files/byte_source.h"
#include "linchpin/table/files/csv.h"

namespace linchpin {

/// What a publisher hands out: one file, a folder of files, or a zip or tar archive of them, as named
/// members that are read as streams. Nothing is ever unpacked to disk, so an archive can neither
/// climb out of a folder nor fill it.
class Bundle {
 public:
  /// A plain, gzip or zstd file is a bundle of one member: itself.
  /// \error file_not_found   there is no such file or folder
  /// \error unreadable_file  not readable; a damaged archive
  /// \error bad_format       an archive with a member whose name is absolute or climbs (`..`), or with
  ///                         more than 10,000 members; a folder with as many
  [[nodiscard]] static Result<Bundle> open(std::filesystem::path const& path);
  /// Members held in memory: for tests and fuzzing.
  [[nodiscard]] static Bundle of_texts(std::string name,
                                       std::vector<std::pair<std::string, std::string>> members);
  Bundle(Bundle&&) noexcept;
  Bundle& operator=(Bundle&&) noexcept;
  ~Bundle();

  /// What the user named: path of the file, folder or archive.
  [[nodiscard]] std::string const& name() const noexcept;
  /// Last part of that name, for titles and years.
  [[nodiscard]] std::string file_name() const;
  /// Names of the members in alphabetical order, '/' between folders.
  [[nodiscard]] std::vector<std::string> const& members() const noexcept;
  [[nodiscard]] bool single_file() const noexcept;

  /// The only member whose last path component is `file_name` (any case), with or without one of
  /// .gz and .zst behind it; nothing if there is none. Prefers the one nearest the top.
  [[nodiscard]] std::optional<std::string> find(std::string_view file_name) const;

  /// \error unreadable_file, file_not_found  see ByteSource
  [[nodiscard]] Result<std::unique_ptr<ByteSource>> open_bytes(std::string const& member) const;
  [[nodiscard]] Result<CsvReader> open_csv(std::string const& member, CsvDialect dialect = {}) const;
  /// The whole of a small member (JSON, a list of labels).
  /// \error too_large  over `most` bytes
  [[nodiscard]] Result<std::string> read_text(std::string const& member,
                                              std::size_t most = std::size_t{16} << 20) const;
  /// First non-blank line of a member, at most 64 KiB of it; empty if it has none or cannot be read
  /// as text. For recognising formats.
  [[nodiscard]] std::string first_line(std::string const& member) const;

 private:
  struct Contents;
  struct FileContents;
  struct FolderContents;
  struct ArchiveContents;
  struct MemoryContents;
  explicit Bundle(std::unique_ptr<Contents> contents) noexcept;
  std::unique_ptr<Contents> contents_;
};

}  // namespace linchpin
