// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "linchpin/core/error.h"

namespace linchpin::parameters {

/// One accelerator of a table of hardware. What the table does not say is empty.
struct Accelerator {
  std::string name, maker, released;
  std::optional<double> performance_16bit;  ///< dense [FLOP/s]
  std::optional<double> performance_8bit;   ///< dense [operations/s]
  std::optional<double> memory;             ///< [byte]
  std::optional<double> memory_bandwidth;   ///< [byte/s]
  std::optional<double> power;              ///< [W]
  std::optional<double> die_area;           ///< [mm²]
  std::optional<double> price;              ///< [USD]
  std::optional<double> tpp;                ///< total processing performance
  std::string source, date;
};

/// Reads a table of accelerators: a header with the names above (performance_density and status may
/// stand there too and are not read), one accelerator per line.
/// \error bad_format, bad_value, missing_value, unknown_key  all problems at once, with their lines
[[nodiscard]] Result<std::vector<Accelerator>> read_accelerators(std::string_view text,
                                                                 std::string const& name);

}  // namespace linchpin::parameters
