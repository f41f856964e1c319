// SPDX-License-Identifier: Apache-2.0
#include "linchpin/table/allocate.h"

#include <fmt/format.h>

#include <new>

#include "linchpin/core/byte_count.h"

namespace linchpin {
namespace {

std::string wording(MemoryNeed const& need) {
  return fmt::format("{} industries and {} final-demand columns need {}", need.industries,
                     need.final_columns, byte_count(need.bytes()));
}

}  // namespace

double MemoryNeed::bytes() const noexcept {
  // In doubles, because the product of hostile sizes overflows an integer.
  auto const n = static_cast<double>(industries);
  auto const others =
      static_cast<double>(final_columns) + static_cast<double>(value_added_rows) + 1.0;
  return n *
         (n * static_cast<double>(bytes_per_flow) + others * static_cast<double>(sizeof(double)));
}

std::string memory_ways_out() {
  return "add up regions or sectors while reading (--regions, --sectors), leave out small flows "
         "(--threshold, then `linchpin table resum`), or hold flows in single precision "
         "(--float32)";
}

Result<void> check_memory(MemoryNeed const& need, std::uint64_t memory_limit,
                          std::string const& where) {
  if (need.bytes() <= static_cast<double>(memory_limit)) return {};
  return fail(ErrorCode::too_large,
              fmt::format("{}, the limit is {}", wording(need),
                          byte_count(static_cast<double>(memory_limit))),
              where, memory_ways_out());
}

tl::unexpected<Error> out_of_memory(MemoryNeed const& need, std::string const& where) {
  return fail(ErrorCode::too_large, fmt::format("{}, more than this machine gives", wording(need)),
              where, memory_ways_out());
}

Result<void> allocate(Table& table, std::uint64_t memory_limit, std::string const& where) {
  MemoryNeed const need{.industries = table.labels.industries.size(),
                        .final_columns = table.labels.final_columns(),
                        .value_added_rows = table.labels.value_added_rows.size()};
  if (auto const enough = check_memory(need, memory_limit, where); !enough) return enough;
  auto const n = need.industries;
  try {
    table.Z = FlowMatrix(n, n);
    table.Y = DenseMatrix(n, need.final_columns);
    table.value_added = DenseMatrix(need.value_added_rows, n);
    table.output.assign(n, 0.0);
  } catch (std::bad_alloc const&) {
    return out_of_memory(need, where);
  }
  return {};
}

}  // namespace linchpin
