// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>
#include <vector>

#include "linchpin/core/error.h"
#include "linchpin/core/run_control.h"
#include "linchpin/table/files/bundle.h"
#include "linchpin/table/read.h"
#include "linchpin/table/table.h"

namespace linchpin {

/// A published layout: how to recognise it by content, and how to read it.
struct TableFormat {
  std::string_view name;     ///< for --format
  std::string_view summary;  ///< one line for lists
  /// Looks at member names and first lines only; never at file names alone where another format
  /// could have the same.
  bool (*matches)(Bundle const& bundle);
  Result<Table> (*read)(Bundle const& bundle, ReadOptions const& options, RunControl const& control);
};

/// Every text format, the most specific first.
[[nodiscard]] std::vector<TableFormat> const& all_formats();

// One function per file of this folder.
[[nodiscard]] TableFormat wiod2013_format() noexcept;
[[nodiscard]] TableFormat wiod2016_format() noexcept;
[[nodiscard]] TableFormat oecd_icio_format() noexcept;
[[nodiscard]] TableFormat exiobase3_format() noexcept;
[[nodiscard]] TableFormat pymrio_format() noexcept;
[[nodiscard]] TableFormat figaro_format() noexcept;
[[nodiscard]] TableFormat gloria_format() noexcept;
[[nodiscard]] TableFormat eora_format() noexcept;    // full Eora and Eora26
[[nodiscard]] TableFormat adb_mrio_format() noexcept;
[[nodiscard]] TableFormat bea_format() noexcept;
[[nodiscard]] TableFormat china_nbs_format() noexcept;
[[nodiscard]] TableFormat oecd_national_format() noexcept;
[[nodiscard]] TableFormat tidy_format() noexcept;

}  // namespace linchpin
