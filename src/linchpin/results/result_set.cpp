// SPDX-License-Identifier: Apache-2.0
#include "linchpin/results/result_set.h"

#include <cmath>

#include "linchpin/core/contracts.h"

namespace linchpin {
namespace {

// `missing` stays empty until the first undefined entry: most columns never have one.
template <class Column>
void push_to(Column& column, bool defined, typename decltype(Column::values)::value_type value) {
  if (!defined && column.missing.empty()) column.missing.assign(column.values.size(), false);
  column.values.push_back(value);
  if (!defined || !column.missing.empty()) column.missing.push_back(!defined);
}

}  // namespace

void NumberColumn::push(std::optional<double> value) {
  LINCHPIN_EXPECTS(!value || std::isfinite(*value));
  bool const defined = value && std::isfinite(*value);
  push_to(*this, defined, defined ? *value : 0.0);
}

void IntegerColumn::push(std::optional<std::int64_t> value) {
  push_to(*this, value.has_value(), value.value_or(0));
}

std::size_t ResultColumn::size() const noexcept {
  if (auto const* text = std::get_if<TextColumn>(&data)) return text->size();
  if (auto const* integers = std::get_if<IntegerColumn>(&data)) return integers->values.size();
  if (auto const* numbers = std::get_if<NumberColumn>(&data)) return numbers->values.size();
  return 0;
}

}  // namespace linchpin
