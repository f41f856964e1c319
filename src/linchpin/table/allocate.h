// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>

#include "linchpin/core/error.h"
#include "linchpin/table/table.h"

namespace linchpin {

/// Gives `table` arrays of the shapes its labels ask for, all zero.
/// \error too_large  they would need more than `memory_limit` bytes, or more than there is
[[nodiscard]] Result<void> allocate(Table& table, std::uint64_t memory_limit,
                                    std::string const& where);

}  // namespace linchpin
