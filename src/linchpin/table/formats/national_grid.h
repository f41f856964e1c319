// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "linchpin/core/dense.h"
#include "linchpin/core/error.h"
#include "linchpin/core/run_control.h"
#include "linchpin/table/files/bundle.h"
#include "linchpin/table/problem_list.h"
#include "linchpin/table/read.h"

namespace linchpin {

/// A small rectangular file as national offices print them: one line of column names, then rows
/// with some columns of text in front and numbers behind, totals among them. Held whole.
///
/// Cells may be blank, since offices leave corners without meaning empty; a reader that needs a
/// cell asks for it with `block`, which reports blanks.
class LabelledGrid {
 public:
  struct Row {
    std::vector<std::string> texts;
    std::size_t line = 0;
  };
  struct Layout {
    /// Names of the columns of text in front, in any case; a file may have fewer of them.
    std::vector<std::string_view> text_columns;
    /// Positions among them that together tell one row from another.
    std::vector<std::size_t> key_columns{0};
  };

  /// \error bad_format       empty, ragged, no column of numbers, text in a number
  /// \error bad_value        a number that is not finite; a label that cannot be one
  /// \error duplicate_label  a column or a row twice
  /// \error too_large        more numbers than options.memory_limit holds
  /// \error unreadable_file, file_not_found, cancelled
  [[nodiscard]] static Result<LabelledGrid> read(Bundle const& bundle, std::string const& member,
                                                 Layout const& layout, ReadOptions const& options,
                                                 RunControl const& control);

  [[nodiscard]] std::string const& name() const noexcept { return name_; }
  [[nodiscard]] std::vector<std::string> const& columns() const noexcept { return columns_; }
  [[nodiscard]] std::vector<Row> const& rows() const noexcept { return rows_; }
  [[nodiscard]] std::optional<std::size_t> find_column(std::string_view name) const;
  /// The row with these texts in the key columns.
  [[nodiscard]] std::optional<std::size_t> find_row(std::string_view first,
                                                    std::string_view second = {}) const;
  /// "make.csv:12"
  [[nodiscard]] std::string where(std::size_t row) const;

  /// Numbers at the crossings of `rows` and `columns`; blanks become zeros and problems.
  [[nodiscard]] DenseMatrix block(std::span<std::size_t const> rows,
                                  std::span<std::size_t const> columns,
                                  ProblemList& problems) const;
  [[nodiscard]] DenseVector column(std::span<std::size_t const> rows, std::size_t column,
                                   ProblemList& problems) const;
  [[nodiscard]] DenseVector row(std::size_t row, std::span<std::size_t const> columns,
                                ProblemList& problems) const;

 private:
  using Key = std::pair<std::string, std::string>;
  class Parser;

  [[nodiscard]] double number(std::size_t row, std::size_t column, ProblemList& problems) const;

  std::string name_;
  std::size_t text_columns_ = 0;
  std::vector<std::string> columns_;
  std::vector<Row> rows_;
  std::vector<double> values_;  // rows x columns
  std::vector<bool> blank_;     // the same shape
  std::map<std::string, std::size_t, std::less<>> column_numbers_;
  std::map<Key, std::size_t> row_numbers_;
};

/// First line of a file without its quotes, in lower case, with commas for its separators: for
/// recognising layouts.
[[nodiscard]] std::string plain_header(std::string_view first_line);

}  // namespace linchpin
