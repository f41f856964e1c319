// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>

#include "linchpin/core/error.h"
#include "linchpin/table/table.h"

namespace linchpin {

/// What a table of some size takes in memory.
struct MemoryNeed {
  std::size_t industries = 0;
  std::size_t final_columns = 0;
  std::size_t value_added_rows = 0;
  std::size_t bytes_per_flow = sizeof(double);

  [[nodiscard]] double bytes() const noexcept;
};

/// \error too_large  it needs more than `memory_limit`; says how much and what to do
[[nodiscard]] Result<void> check_memory(MemoryNeed const& need, std::uint64_t memory_limit,
                                        std::string const& where);
/// The error for a table within the limit that the machine could not give room to.
[[nodiscard]] tl::unexpected<Error> out_of_memory(MemoryNeed const& need, std::string const& where);
/// The three ways out of a table too large, for hints.
[[nodiscard]] std::string memory_ways_out();

/// Gives `table` arrays of the shapes its labels ask for, all zero and dense.
/// \error too_large  they would need more than `memory_limit` bytes, or more than there is
[[nodiscard]] Result<void> allocate(Table& table, std::uint64_t memory_limit,
                                    std::string const& where);

}  // namespace linchpin
