// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "linchpin/core/error.h"
#include "linchpin/table/repair/ras.h"
#include "linchpin/table/repair/ras_obstruction.h"

namespace linchpin::scaling {

/// Problems named at once.
inline constexpr std::size_t most_named = 20;

/// Sizes, and that every target is a number of an allowed sign.
[[nodiscard]] Result<void> check_targets(std::size_t rows, std::size_t columns, bool both_signs,
                                         std::span<double const> row_targets,
                                         std::span<double const> column_targets,
                                         MarginNames const& names);

[[nodiscard]] Error bad_cell(std::size_t row, std::size_t column, double value,
                             MarginNames const& names);
[[nodiscard]] Error describe_hopeless(std::vector<HopelessLine> const& lines,
                                      MarginNames const& names);
[[nodiscard]] Error describe_totals(Component const& part, bool whole, MarginNames const& names);
[[nodiscard]] Error describe_set(BoundSet const& set, bool both_signs, MarginNames const& names);
[[nodiscard]] Error describe_unfinished(std::size_t iterations, double error,
                                        MarginNames const& names);

}  // namespace linchpin::scaling
