// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

namespace linchpin {

/// A number of bytes for people: "512 bytes", "1.5 KiB", "20 MiB", "8 GiB". Four digits, so that a
/// need a little above a limit does not look like the limit.
/// Precondition: `bytes` is not negative.
[[nodiscard]] std::string byte_count(double bytes);

}  // namespace linchpin
