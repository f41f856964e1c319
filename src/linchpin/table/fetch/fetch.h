// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>

#include "linchpin/core/error.h"
#include "linchpin/core/run_control.h"
#include "linchpin/table/read.h"
#include "linchpin/table/fetch/sources_file.h"
#include "linchpin/table/table.h"

namespace linchpin {

struct FetchOptions {
  std::filesystem::path cache;  ///< folder for downloads; made if missing
  bool loopback_http = false;   ///< see SourceList
  bool again = false;           ///< download even if the cache holds the file
  unsigned stall_seconds = 60;  ///< give up when next to nothing comes for so long
};

/// A release as it lies in the cache.
struct FetchedFile {
  std::filesystem::path path;
  std::string sha256;
  std::uint64_t bytes = 0;
  std::uint64_t resumed = 0;  ///< bytes that an earlier attempt had brought
  bool from_cache = false;
  bool verified = false;  ///< against a hash in the list of sources, not only against the cache
};

/// Brings the file of `source` into the cache, unless it is there already and unchanged.
///
/// \error missing_value  it cannot be fetched without a person (login, other form): the hint says
/// how
/// \error those of download
[[nodiscard]] Result<FetchedFile> fetch_file(TableSource const& source, FetchOptions const& options,
                                             RunControl const& control = {});

/// Reads a fetched release; what the file does not say about itself is taken from `source`.
/// \error those of read_table
[[nodiscard]] Result<Table> read_fetched(FetchedFile const& file, TableSource const& source,
                                         ReadOptions const& options,
                                         RunControl const& control = {});

/// True until `record_licence` was called for this text of the licence.
[[nodiscard]] bool licence_is_new(TableSource const& source, std::filesystem::path const& cache);
/// Remembers in the cache that the licence was shown.
/// \error unwritable_output  see AtomicFile
[[nodiscard]] Result<void> record_licence(TableSource const& source,
                                          std::filesystem::path const& cache);

}  // namespace linchpin
