// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

#include "linchpin/core/error.h"
#include "linchpin/core/run_control.h"
#include "linchpin/table/files/bundle.h"
#include "linchpin/table/files/csv.h"
#include "linchpin/table/problem_list.h"

namespace linchpin {

/// Eora and GLORIA publish a table as three matrices of bare numbers and files of labels.
enum class TableBlock { flows, final_demand, value_added };

/// Members that hold `block` at basic prices, by the names both projects use:
/// `Eora26_2015_bp_T.txt`, `…_T-Results_2019_059_Markup001(full).csv`, `T.csv`. Neither labels nor
/// standard deviations nor the sheets of margins and taxes (Markup002 to 005) are blocks.
[[nodiscard]] std::vector<std::string> block_members(Bundle const& bundle, TableBlock block);

/// The only member that holds `block`; if there is none or several, an empty text and a problem.
/// \param of  one of the files wanted (ReadOptions::member): only those of its folder and year
///            count; empty: all do
[[nodiscard]] std::string only_block_member(Bundle const& bundle, TableBlock block,
                                            std::string const& of, ProblemList& problems);

/// Opens a matrix of bare numbers, with the separator its first line has.
/// \error unreadable_file  see ByteSource
[[nodiscard]] Result<CsvReader> open_numbers(Bundle const& bundle, std::string const& member);

/// The separator of a file without a header that tells: a tab if the line has one, else a
/// semicolon, else a comma. The most frequent would mislead: "1,5;2,5" has two decimal commas.
[[nodiscard]] CsvDialect separator_of(std::string_view line) noexcept;

/// True if `line` holds numbers and separators only, and at least one digit.
[[nodiscard]] bool looks_like_numbers(std::string_view line) noexcept;

/// Last path component in lower case, without .gz and .zst.
[[nodiscard]] std::string lower_file_name(std::string_view member);

/// Where the files of labels are: in the bundle, in an `indices.zip` in it, or beside it, again
/// perhaps in an `indices.zip`.
class LabelFiles {
 public:
  explicit LabelFiles(Bundle const& bundle);
  /// True if one of `names` exists.
  [[nodiscard]] bool has(std::initializer_list<std::string_view> names) const;
  /// Opens the first of `names` that exists, with the separator its first line has.
  /// \error missing_value  there is none
  [[nodiscard]] Result<CsvReader> open(std::initializer_list<std::string_view> names) const;

 private:
  struct Found {
    Bundle const* bundle = nullptr;
    std::string member;
  };
  [[nodiscard]] Found find(std::initializer_list<std::string_view> names) const;

  Bundle const& bundle_;
  std::vector<Bundle> others_;
};

}  // namespace linchpin
