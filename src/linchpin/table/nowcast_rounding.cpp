// SPDX-License-Identifier: Apache-2.0
#include "linchpin/table/nowcast_rounding.h"

#include <cmath>
#include <span>
#include <utility>

#include "linchpin/core/contracts.h"

namespace linchpin {
namespace {

void round_all(std::span<double> values, int bits) {
  for (auto& value : values) {
    int exponent = 0;
    double const mantissa = std::frexp(value, &exponent);
    value = std::ldexp(std::nearbyint(std::ldexp(mantissa, bits)), exponent - bits);
  }
}

}  // namespace

Table rounded_flows(Table table, int bits) {
  LINCHPIN_EXPECTS(bits >= 1 && bits <= 53);
  LINCHPIN_EXPECTS(table.value_added.rows() == 1);
  round_all(table.Z.values(), bits);
  round_all(table.Y.values(), bits);
  auto const value_added = table.value_added.row(0);
  for (std::size_t i = 0; i < table.size(); ++i) {
    double sum = 0;
    for (double const flow : std::as_const(table.Z).row(i)) sum += flow;
    for (double const use : std::as_const(table.Y).row(i)) sum += use;
    table.output[i] = sum;
    value_added[i] = sum;
  }
  for (std::size_t i = 0; i < table.size(); ++i) {
    auto const flows = std::as_const(table.Z).row(i);
    for (std::size_t j = 0; j < table.size(); ++j) value_added[j] -= flows[j];
  }
  return table;
}

}  // namespace linchpin
