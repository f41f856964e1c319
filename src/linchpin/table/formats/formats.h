// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <string_view>

#include "linchpin/core/error.h"
#include "linchpin/core/run_control.h"
#include "linchpin/table/read.h"
#include "linchpin/table/table.h"

namespace linchpin {

/// A text format: how to recognise it by its first line, and how to read it.
struct TextFormat {
  std::string_view name;
  bool (*matches)(std::string_view first_line);
  Result<Table> (*read)(std::filesystem::path const& path, ReadOptions const& options,
                        RunControl const& control);
};

/// World Input-Output Tables, 2013 release, as one CSV matrix: `country,sector`, one column per
/// industry (`AUS_c1`), one per region and kind of final demand (`AUS_HH`), and `OUTPUT`.
[[nodiscard]] TextFormat wiod2013_format() noexcept;

/// One cell per line: `seller_region,seller_sector,buyer_region,buyer,kind,value`.
[[nodiscard]] TextFormat tidy_format() noexcept;

}  // namespace linchpin
