// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>

#include "linchpin/table/files/byte_source.h"

namespace linchpin {

/// The same bytes as `source`, read and decompressed in a thread of their own while the caller
/// parses what has come: for files that take longer to decompress than to parse. Memory is bounded
/// (512 KiB); the thread starts only when the first 64 KiB have been read, and ends with this
/// object. Errors come where they would without it.
[[nodiscard]] std::unique_ptr<ByteSource> read_ahead(std::unique_ptr<ByteSource> source);

}  // namespace linchpin
