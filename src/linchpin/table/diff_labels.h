// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "linchpin/table/diff.h"
#include "linchpin/table/table.h"

namespace linchpin::diffing {

/// Place in the second table of each line of the first; nothing where it has none.
using Matches = std::vector<std::optional<std::size_t>>;

struct Matching {
  Matches regions;
  Matches industries;
  Matches final_columns;
  Matches value_added_rows;
};

/// Matches lines by label, and says what is missing on either side.
[[nodiscard]] Matching match(Table const& a, Table const& b, std::vector<LabelDiff>& labels);

}  // namespace linchpin::diffing
