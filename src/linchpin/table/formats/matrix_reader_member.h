// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <string>
#include <string_view>

#include "linchpin/core/error.h"
#include "linchpin/table/files/bundle.h"
#include "linchpin/table/read.h"

namespace linchpin {

/// The year in the name of a file or folder: the last group of exactly four digits from 1900 to
/// 2099 ("ICIO2021_2019.csv" is of 2019); 0 if there is none.
[[nodiscard]] int year_in_name(std::string_view name) noexcept;

/// The member that holds the table: options.member if given, else the only one that `is_table`
/// accepts, else the only one there is.
/// \error bad_value      there is no member of that name
/// \error missing_value  `is_table` accepts none, or several: names them
[[nodiscard]] Result<std::string> choose_member(
    Bundle const& bundle, ReadOptions const& options,
    std::function<bool(std::string const& member)> const& is_table);

/// True for the workbooks of Excel: .xls, .xlsx, .xlsb; by content.
[[nodiscard]] bool is_excel_workbook(Bundle const& bundle);

}  // namespace linchpin
