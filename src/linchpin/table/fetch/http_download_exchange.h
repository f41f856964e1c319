// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "linchpin/core/error.h"
#include "linchpin/core/run_control.h"
#include "linchpin/table/fetch/http_download_part.h"

namespace linchpin {

/// One request for the rest of a file.
struct HttpRequest {
  std::string url;
  std::uint64_t largest_bytes = 0;
  unsigned stall_seconds = 60;
};

/// How it went.
struct HttpAnswer {
  long status = 0;             ///< 0: there was no answer
  std::string location;        ///< of a redirect, absolute
  std::string problem;         ///< what broke off the exchange, if anything
  std::uint64_t received = 0;  ///< bytes of the file, before the problem or the end
  bool too_large = false;
  bool cancelled = false;
  std::optional<Error> write_error;  ///< what the disk said
};

/// True address checks: https; or http to this machine itself where `loopback_http`; no password.
/// \error bad_value
[[nodiscard]] Result<void> check_url(std::string const& url, bool loopback_http);

/// Asks for what `part` lacks and appends it; starts it anew if the server sends the whole.
/// Never follows a redirect.
/// \error internal  the library refused to start
[[nodiscard]] Result<HttpAnswer> exchange(HttpRequest const& request, PartFile& part,
                                          RunControl const& control);

}  // namespace linchpin
