// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>

#include "linchpin/core/error.h"
#include "linchpin/table/table.h"

namespace linchpin {

/// Writes a table, or why there is none, to `descriptor` in the form `decode_table` reads; false if
/// the system refuses. Numbers as this machine holds them: both ends are one program.
[[nodiscard]] bool write_answer(int descriptor, Result<Table> const& answer);

/// Reads what `write_answer` wrote. The writer may have been taken over by a hostile file, so no
/// number in `bytes` is believed: every size is compared with what is there before it is used.
///
/// \error unreadable_file  `bytes` are not a whole answer
/// \error too_large        the table would need more than `memory_limit`
/// \error any              that the answer carries
[[nodiscard]] Result<Table> decode_table(std::span<std::byte const> bytes,
                                         std::uint64_t memory_limit, std::string const& where);

}  // namespace linchpin
