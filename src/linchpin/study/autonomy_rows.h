// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "linchpin/results/row_writer.h"
#include "linchpin/study/autonomy_run.h"

namespace linchpin::study {

// What tables of autonomy have in common.

/// A table whose rows begin with technology and region, code and name of each.
[[nodiscard]] ResultTable autonomy_table(char const* name, char const* title, char const* note,
                                         char const* region_title = "Region",
                                         char const* region_description = "Who makes it at home.");

/// Writes these for the region of the answer, or for region `place` of its world.
RowWriter& begin_row(RowWriter& row, AutonomyAnswer const& answer);
RowWriter& begin_row(RowWriter& row, AutonomyAnswer const& answer, std::size_t place);

/// "learning rate (all stages)": a number's name as people read it.
[[nodiscard]] std::string number_words(std::string_view name);

/// "purchase subsidy".
[[nodiscard]] std::string instrument_words(localize::InstrumentKind kind);

/// Times a hundred; empty stays empty.
[[nodiscard]] inline std::optional<double> in_percent(std::optional<double> share) {
  return share ? std::optional<double>{100 * *share} : std::nullopt;
}

}  // namespace linchpin::study
