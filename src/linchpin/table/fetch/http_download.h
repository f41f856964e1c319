// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>

#include "linchpin/core/error.h"
#include "linchpin/core/run_control.h"

namespace linchpin {

struct DownloadOptions {
  std::string url;
  std::filesystem::path target;     ///< appears complete or not at all
  std::uint64_t largest_bytes = 0;  ///< more is refused
  std::uint64_t bytes = 0;          ///< exact size, if known
  std::string sha256;               ///< lower-case hexadecimal, if known
  bool loopback_http = false;       ///< allow http:// to this machine itself (tests)
  unsigned stall_seconds = 60;      ///< give up when next to nothing comes for so long
};

struct DownloadReport {
  std::string sha256;         ///< of the file as it is
  std::uint64_t bytes = 0;    ///< of the whole file
  std::uint64_t resumed = 0;  ///< of these, there already from an earlier attempt
};

/// Downloads a file over HTTPS. What has come is kept beside the target as `<target>.part`; the
/// next attempt asks for the rest, provided the server can tell that the file is still the same.
/// Redirects: at most five, each to an address that would be allowed itself.
///
/// \error bad_value          the address is not https
/// \error file_not_found     the server has no such file
/// \error unreadable_file    no network, another refusal, cut off, or not the file it should be
/// \error too_large          larger than `largest_bytes`
/// \error unwritable_output  the disk is full, or another program downloads the same file
/// \error cancelled          `control` asked to stop
[[nodiscard]] Result<DownloadReport> download(DownloadOptions const& options,
                                              RunControl const& control = {});

}  // namespace linchpin
