// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "linchpin/core/error.h"

namespace linchpin {

/// A release that a publisher hands out: where, under which terms, and how to read it.
struct TableSource {
  /// `open` can be fetched; the others cannot be without a person: the publisher asks for a login,
  /// or hands out a form of the table that Linchpin does not read.
  enum class Status { open, login, manual };

  std::string name;  ///< for the command line: lower-case letters, digits, '-', '.'
  std::string title;
  Status status = Status::open;
  std::string url;                  ///< of the file; empty unless open
  std::string page;                 ///< where people find it
  std::string file;                 ///< name under which it is kept
  std::string member;               ///< of the archive, if it holds more than this table
  std::string sha256;               ///< lower-case hexadecimal; empty: the publisher gives none
  std::uint64_t bytes = 0;          ///< its exact size; 0: not known
  std::uint64_t largest_bytes = 0;  ///< more than this is not the file
  std::string format;               ///< for read_table; empty: recognised by content
  int year = 0;
  std::string licence;
  std::string licence_url;
  std::string attribution;  ///< what to cite
  std::string note;         ///< what to know or do, if it cannot be fetched
};

struct SourceList {
  std::vector<TableSource> sources;
  /// Plain HTTP from this machine itself is allowed: for tests.
  bool loopback_http = false;
};

/// Reads a list of sources (TOML, docs/formats/sources.md). All problems are reported at once.
/// \error bad_format, unknown_key, missing_value, bad_value, duplicate_label
[[nodiscard]] Result<SourceList> parse_sources(std::string_view text, std::string const& file);
/// \error also file_not_found, unreadable_file
[[nodiscard]] Result<SourceList> read_sources(std::filesystem::path const& path);

/// \error unknown_label  no source has this name; the hint names the nearest
[[nodiscard]] Result<TableSource> find_source(SourceList const& list, std::string const& name);

[[nodiscard]] std::string_view to_string(TableSource::Status status) noexcept;

}  // namespace linchpin
