// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <functional>
#include <string_view>

#include "linchpin/core/error.h"
#include "linchpin/core/run_control.h"

namespace linchpin {

/// Calls `body(i)` for every i in [0, count), on `control.threads` threads (at most as many as the
/// machine has), in no particular order.
///
/// The answer must not depend on the order: each call writes only its own place; sums over calls
/// are added afterwards, in index order. Reports progress under the name `what`.
///
/// \error cancelled  `control.cancel` was set; some calls were not made
/// \error internal   a body threw; the first message is passed on
[[nodiscard]] Result<void> parallel_for(std::size_t count, RunControl const& control,
                                        std::string_view what,
                                        std::function<void(std::size_t)> const& body);

}  // namespace linchpin
