// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "linchpin/core/error.h"
#include "linchpin/core/run_control.h"
#include "linchpin/table/files/bundle.h"
#include "linchpin/table/read.h"
#include "linchpin/table/table.h"

namespace linchpin {

/// Members of a table that lies in several matrices with two levels of names (region and sector, or
/// region and kind of final demand), as pymrio and EXIOBASE 3 store them. Empty: not there.
struct TwoLevelFiles {
  struct Extension {
    std::string name = {};  ///< of its folder
    std::string F = {};     ///< of industries
    std::string F_Y = {};   ///< of final users
    std::string unit = {};
  };
  std::string folder;  ///< where they are: "IOT_2011_pxp/", or empty
  std::string Z;
  std::string A;
  std::string Y;
  std::string x;
  std::string unit;
  std::string metadata;
  std::vector<Extension> extensions;
  std::vector<std::string> left_out;  ///< extensions that are results, not accounts
};

/// Finds them by their usual names, and by those that file_parameters.json gives. Where there are
/// several such folders, options.member chooses one.
/// \error missing_value    no Y, neither Z nor A, or several tables
/// \error bad_value        no folder of the name in options.member
/// \error bad_format       a file_parameters.json that is not JSON, or a table in a binary format
/// \error unreadable_file  see ByteSource
[[nodiscard]] Result<TwoLevelFiles> find_two_level(Bundle const& bundle,
                                                   ReadOptions const& options);

/// True if the bundle seems to hold such a table.
[[nodiscard]] bool has_two_level_table(Bundle const& bundle);

struct TwoLevelRules {
  /// Adds what the publisher says about its labels and our schemes do not know. May be empty.
  std::function<void(TableLabels& labels)> describe = {};
  /// Where there is no extension "factor_inputs" (whose rows are value added): the extension whose
  /// rows in the unit of the table are. Empty: none.
  std::string_view value_added_in = {};
};

/// Reads the table: first names, final demand and output, then the flows row by row, then the
/// accounts. With A but no Z, the flows are Z = A x̂.
///
/// The currency and its scale come from unit.txt, whatever `info` says.
///
/// \error bad_format, missing_value, unknown_label, duplicate_label, bad_value  up to 20 at once
/// \error too_large, unreadable_file, cancelled
[[nodiscard]] Result<Table> read_two_level(Bundle const& bundle, TwoLevelFiles const& files,
                                           TwoLevelRules const& rules, TableInfo info,
                                           ReadOptions const& options, RunControl const& control);

/// "M.EUR", "Mill USD", "USD million" … as a unit; any other text becomes the currency.
[[nodiscard]] MonetaryUnit parse_two_level_unit(std::string_view text);

}  // namespace linchpin
