// SPDX-License-Identifier: Apache-2.0
#include "linchpin/table/allocate.h"

#include <fmt/format.h>

#include <new>

namespace linchpin {

Result<void> allocate(Table& table, std::uint64_t memory_limit, std::string const& where) {
  auto const n = table.labels.industries.size();
  auto const columns = table.labels.final_columns();
  auto const rows = table.labels.value_added_rows.size();
  // In doubles, because the product of hostile sizes overflows an integer.
  double const cells =
      static_cast<double>(n) *
      (static_cast<double>(n) + static_cast<double>(columns) + static_cast<double>(rows) + 1.0);
  double const bytes = cells * static_cast<double>(sizeof(double));
  auto const refuse = [&](char const* limit, double amount) {
    return fail(
        ErrorCode::too_large,
        fmt::format("{} industries and {} final-demand columns need {:.1f} GiB, {} {:.1f} GiB", n,
                    columns, bytes / 1073741824.0, limit, amount / 1073741824.0),
        where, "aggregate the table first, or use a machine with more memory");
  };
  if (bytes > static_cast<double>(memory_limit)) {
    return refuse("the limit is", static_cast<double>(memory_limit));
  }
  try {
    table.Z = DenseMatrix(n, n);
    table.Y = DenseMatrix(n, columns);
    table.value_added = DenseMatrix(rows, n);
    table.output.assign(n, 0.0);
  } catch (std::bad_alloc const&) {
    return refuse("more than this machine gives; asked for", bytes);
  }
  return {};
}

}  // namespace linchpin
