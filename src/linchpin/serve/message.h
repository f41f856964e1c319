// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <functional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "linchpin/core/error.h"

namespace linchpin::serve {

/// A request as the endpoints see it: no sockets, so that tests and fuzzers can make one.
struct Request {
  std::string method = {};
  std::string path = {};  ///< without the query, percent signs decoded
  std::vector<std::pair<std::string, std::string>> query = {};
  std::vector<std::pair<std::string, std::string>> headers = {};  ///< names in lower case
  std::string body = {};
  std::filesystem::path body_file = {};  ///< an upload; `body` is then empty
  std::string client = {};               ///< address it came from; of IPv6 the network

  /// The first header of this name (lower case); empty: there is none.
  [[nodiscard]] std::string header(std::string_view name) const;
  [[nodiscard]] std::size_t count(std::string_view name) const;
  /// The first value of this name in the query; empty: there is none.
  [[nodiscard]] std::string parameter(std::string_view name) const;
};

/// Gives the next piece of an endless answer; an empty piece: nothing new. False: that was the end.
using NextPiece = std::function<bool(std::string& piece)>;

struct Response {
  int status = 200;
  std::string content_type = "application/json";
  std::string body = {};
  std::vector<std::pair<std::string, std::string>> headers = {};
  std::string_view fixed = {};      ///< the body is this, which never goes away, if not empty
  std::filesystem::path file = {};  ///< the body is this file, if named
  NextPiece events = {};            ///< the body is a stream of events, if set
};

/// How much of a body a request may bring.
struct BodyRule {
  std::size_t most_bytes = 0;  ///< 0: none
  int seconds = 10;            ///< it must have come by then
  bool to_file = false;
};

/// Status for `error`: 400 malformed, 404 unknown, 413, 422 the data are wrong, 500 the run failed.
[[nodiscard]] int status_of(Error const& error) noexcept;

/// `error` and all that was found with it, as JSON.
[[nodiscard]] Response error_response(Error const& error);
[[nodiscard]] Response error_response(int status, Error const& error);

}  // namespace linchpin::serve
