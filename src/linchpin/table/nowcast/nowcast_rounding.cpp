// SPDX-License-Identifier: Apache-2.0
#include "linchpin/table/nowcast/nowcast_rounding.h"

#include <cmath>
#include <span>
#include <utility>

#include "linchpin/core/contracts.h"
#include "linchpin/table/shape.h"

namespace linchpin {
namespace {

void round_all(std::span<double> values, int bits) {
  for (auto& value : values) {
    int exponent = 0;
    double const mantissa = std::frexp(value, &exponent);
    value = std::ldexp(std::nearbyint(std::ldexp(mantissa, bits)), exponent - bits);
  }
}

void add_up(Table& table) {
  auto const value_added = table.value_added.row(0);
  for (std::size_t i = 0; i < table.size(); ++i) {
    double sum = 0;
    table.Z.for_each(i, [&](std::size_t /*j*/, double flow) { sum += flow; });
    for (double const use : std::as_const(table.Y).row(i)) sum += use;
    table.output[i] = sum;
    value_added[i] = sum;
  }
  for (std::size_t i = 0; i < table.size(); ++i) {
    table.Z.for_each(i, [&](std::size_t j, double flow) { value_added[j] -= flow; });
  }
}

}  // namespace

Table rounded_flows(Table table, int bits) {
  LINCHPIN_EXPECTS(bits >= 1 && bits <= 53);
  LINCHPIN_EXPECTS(table.value_added.rows() == 1);
  round_all(table.Z.values(), bits);
  round_all(table.Y.values(), bits);
  add_up(table);
  return table;
}

Result<Table> resummed(Table table) {
  if (auto const fits = check_shapes(table); !fits) return fail(fits.error());
  if (table.value_added.rows() > 1) {
    return fail(ErrorCode::bad_value, "the table has more than one row of value added",
                table.info.title, "balance it instead: `linchpin table balance`");
  }
  if (table.value_added.rows() == 0) {
    table.value_added = DenseMatrix(1, table.size());
    table.labels.value_added_rows = {"VA"};
  }
  add_up(table);
  if (!table.info.history.empty()) table.info.history += '\n';
  table.info.history += "output set to the sum of each row, value added to the residual";
  return table;
}

}  // namespace linchpin
