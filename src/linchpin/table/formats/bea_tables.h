// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "linchpin/core/dense.h"
#include "linchpin/core/error.h"
#include "linchpin/core/run_control.h"
#include "linchpin/table/files/bundle.h"
#include "linchpin/table/read.h"
#include "linchpin/table/table.h"

namespace linchpin {

/// The files of one year, level of detail and treatment of redefinitions.
struct BeaFiles {
  std::string level;  ///< "Summary", "Detail", "Sector"
  int year = 0;
  bool after_redefinitions = false;
  std::string make, use, imports;  ///< members of the bundle; empty: not there
  std::string use_before;  ///< use table the import matrix belongs to; the same as `use` if before

  /// "Summary_2022" or "Summary_2022_AfterRedef": for --member.
  [[nodiscard]] std::string key() const;
  [[nodiscard]] bool complete() const noexcept {
    return !make.empty() && !use.empty() && !imports.empty() && !use_before.empty();
  }
};

/// Every set of files in `bundle` of which at least the make or the use table is there, by key.
[[nodiscard]] std::vector<BeaFiles> find_bea_files(Bundle const& bundle);
/// Key of the set a file belongs to, by its name; empty if it is none of BEA's.
[[nodiscard]] std::string bea_key_of(std::string_view file_name);

/// Make, use and import matrices of one year, in the order of the make table, with i industries,
/// p products and f kinds of final use.
struct BeaTables {
  std::vector<std::string> industries, products, finals, value_added_codes;
  DenseMatrix make;                ///< i x p
  DenseMatrix use;                 ///< p x i, producer prices, imports included
  DenseMatrix use_final;           ///< p x f; imports as negative numbers in F050
  DenseMatrix imports;             ///< p x i
  DenseMatrix imports_final;       ///< p x f
  DenseMatrix value_added;         ///< k x i
  DenseVector output;              ///< i, as published
  bool imports_estimated = false;  ///< moved to the use table after redefinitions by us
};

/// \error unknown_label, missing_value  rows and columns of the three files do not fit together
/// \error everything LabelledGrid::read reports
[[nodiscard]] Result<BeaTables> read_bea_tables(Bundle const& bundle, BeaFiles const& files,
                                                ReadOptions const& options,
                                                RunControl const& control);

/// "code","BEA_…_Code","BEA_…_Name" lists of one level: names of codes, in any order.
[[nodiscard]] std::vector<std::pair<std::string, std::string>> read_bea_names(
    Bundle const& bundle, std::string_view level);

}  // namespace linchpin
