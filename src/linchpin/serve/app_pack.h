// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <string>
#include <string_view>

#include "linchpin/core/error.h"
#include "linchpin/serve/message.h"

namespace linchpin::serve {

/// The files of the web application (web/), as they were built into the program.
///
/// The first line of a pack is a JSON array of {path, type, offset, size, gzip_offset, gzip_size,
/// etag}; offsets count from the byte after that line. `path` is "/" or "/assets/NAME".
class AppPack {
 public:
  /// \param pack  outlives this object and its responses
  /// \error bad_format
  [[nodiscard]] static Result<AppPack> read(std::string_view pack);

  /// The file at `request.path`: gzipped for those who take that, 304 for those who have it.
  /// The page itself is asked for anew every time; files under /assets have their content in their
  /// name and never change.
  [[nodiscard]] Response answer(Request const& request) const;

 private:
  struct File {
    std::string type, etag;
    std::string_view bytes, gzipped;
  };
  std::map<std::string, File, std::less<>> files_;
};

/// The pack that was built into the program (CMake: LINCHPIN_APP_PACK).
[[nodiscard]] std::string_view embedded_app() noexcept;

/// True if the Accept-Encoding of a request lets gzip in.
[[nodiscard]] bool takes_gzip(std::string_view accept_encoding);

}  // namespace linchpin::serve
