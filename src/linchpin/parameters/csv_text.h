// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "linchpin/core/error.h"

namespace linchpin::parameters {

/// A line of a CSV text, split.
struct CsvLine {
  std::vector<std::string> fields;
  std::string where;  ///< "my.csv:12"
};

/// All lines; the first is the header. Parameter files are small: at most 100,000 lines.
/// \error as CsvReader; missing_value if there is no line, too_large if there are too many
[[nodiscard]] Result<std::vector<CsvLine>> split_csv(std::string_view text, std::string const& name);

}  // namespace linchpin::parameters
