// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

namespace linchpin {

enum class Severity { warning, error };

/// One thing a check found in a table.
struct Finding {
  std::string rule;  ///< short name of the check: "row_column_balance"
  Severity severity = Severity::warning;
  std::string where;  ///< "CHN:c14", "CHN:c14 -> USA:c15", "whole table"
  double value = 0;   ///< size of the fault, in the unit the text names
  std::string what;   ///< one sentence with the numbers
  std::string hint;   ///< what to try
};

using Findings = std::vector<Finding>;

}  // namespace linchpin
