// SPDX-License-Identifier: Apache-2.0
#include "fuzz/support.h"
#include "linchpin/table/shape.h"
#include "linchpin/table/store/isolated_read_stream.h"
#include "linchpin/table/store/isolated_trade_stream.h"
#include "linchpin/table/trade/check_accounts.h"

namespace linchpin::fuzz {

void answer(Bytes input) {
  auto const accounts = decode_trade(std::as_bytes(input), memory_limit, "fuzz");
  require(!accounts || check_accounts(*accounts, "fuzz").has_value(),
          "trade accounts that were handed over are sound");
  auto const table = decode_table(std::as_bytes(input), memory_limit, "fuzz");
  if (!table) return;  // errors are the child's own words and may be empty
  require(check_shapes(*table).has_value(), "a table that was handed over fits its labels");
  for (std::size_t i = 0; i < table->Z.rows(); ++i) {
    table->Z.for_each(i, [&](std::size_t j, double) {
      require(j < table->Z.columns(), "every cell is inside the matrix");
    });
  }
}

}  // namespace linchpin::fuzz
