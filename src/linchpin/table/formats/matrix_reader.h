// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "linchpin/core/dense.h"
#include "linchpin/core/error.h"
#include "linchpin/core/run_control.h"
#include "linchpin/table/assembler.h"
#include "linchpin/table/files/csv.h"
#include "linchpin/table/formats/label_builder.h"
#include "linchpin/table/formats/matrix_reader_rows.h"
#include "linchpin/table/problem_list.h"
#include "linchpin/table/read.h"
#include "linchpin/table/table.h"

namespace linchpin {

/// What one column or one row of a matrix is, as its label says.
struct MatrixRole {
  enum class Kind {
    industry,     ///< region and sector
    final_use,    ///< columns only: region and kind of final demand
    output,       ///< gross output
    value_added,  ///< rows only: `part` is one of MatrixLayout::value_added_rows
    ignored,      ///< a total, a discrepancy
    unknown       ///< not a label of the format; `part` says what is wrong with it
  };
  Kind kind = Kind::unknown;
  std::string region = {};
  std::string part = {};  ///< sector or kind of final demand
  /// The region as the file has it, where several of them make up one (CN1 and CN2 are parts of
  /// CHN); else empty. Rows and columns of the parts are added up.
  std::string part_of_region = {};
};

/// Layout of one matrix with everything in it: rows of sellers over columns of industries, final
/// demand and perhaps output; rows of value added, totals and output anywhere between or below.
struct MatrixLayout {
  std::size_t label_fields = 1;  ///< fields in front of the numbers of each row
  std::function<MatrixRole(std::string_view label)> column;
  std::function<MatrixRole(std::span<std::string_view const> labels)> row;
  /// Rows of value added the file must have; several lines may name the same one and are added up.
  /// Empty: value added is output less all inputs.
  std::vector<std::string> value_added_rows = {};
  std::string example = "AUS_A01";  ///< a good column name, for hints
  std::string output_column = {};   ///< name of the column of output, where there must be one
  /// What an empty cell in a seller's row is; in other rows it is zero.
  LabelledRows::EmptyCells empty_cells = LabelledRows::EmptyCells::fault;
  /// Adds what the publisher says about its labels and our schemes do not know. May be empty.
  std::function<void(TableLabels& labels)> describe = {};
};

/// Reads such a matrix into a table, row by row and in any order of rows. Only the rows of
/// industries that come in parts are kept until all parts have come. Output is the column of that
/// role, else the row, else the row sum.
class MatrixReader {
 public:
  MatrixReader(CsvReader csv, MatrixLayout layout, ReadOptions const& options,
               RunControl const& control);

  /// Reads a header of one line: its role of each column is layout.column(label).
  /// \error bad_format, missing_value, duplicate_label, too_large, unreadable_file
  [[nodiscard]] Result<void> read_header();
  /// For headers of several lines, which the caller has read: one role and one name (for messages)
  /// per number of a row.
  /// \error as read_header
  [[nodiscard]] Result<void> set_columns(std::span<MatrixRole const> roles,
                                         std::span<std::string const> names);
  /// Reads all rows below the header.
  /// \error bad_format, missing_value, unknown_label, duplicate_label, bad_value  up to 20 at once
  /// \error too_large, unreadable_file, cancelled
  [[nodiscard]] Result<Table> read_rows(TableInfo info);

  /// For reading headers of several lines.
  [[nodiscard]] CsvReader& csv() noexcept { return csv_; }

 private:
  struct Target {
    MatrixRole::Kind kind = MatrixRole::Kind::ignored;
    std::size_t region = 0;  // of final demand
    std::size_t index = 0;   // industry or category by first appearance
  };
  struct Source {  // an industry as the file has it: whole, or a part of one
    std::size_t industry = 0;
    std::size_t line = 0;  // of its row; 0: not seen yet
  };
  struct Pending {  // what has come of an industry in parts
    std::size_t parts = 0;
    DenseVector row;
  };

  void add_column(MatrixRole const& role, std::string_view name, std::size_t field);
  void report_second_column(std::string_view name, std::size_t field);
  void check_columns();
  void check_final_columns();
  [[nodiscard]] Result<void> lay_out();
  void number_slots();
  void read_row(LabelledRows& rows);
  void read_seller(LabelledRows& rows, MatrixRole const& role);
  void read_value_added(LabelledRows& rows, MatrixRole const& role);
  void read_output_row(LabelledRows& rows);
  void spread(std::span<double const> numbers);
  void hand_over(std::size_t seller, std::span<double const> row);
  void check_all_rows_seen();
  void settle_output();

  CsvReader csv_;
  MatrixLayout layout_;
  ReadOptions const& options_;
  RunControl const& control_;
  ProblemList problems_;
  LabelBuilder builder_;
  std::vector<Target> targets_;       // one per column of numbers
  std::vector<std::uint32_t> slots_;  // per column: place in row_
  struct FinalColumn {
    std::string name;
    std::string region;
  };
  std::map<std::pair<std::size_t, std::size_t>, FinalColumn> final_names_;  // region, category
  std::unordered_map<std::string, Source> sources_;  // by "REGION:SECTOR" as the file has them
  std::map<std::string, std::string> parts_;         // part of a region -> region
  std::vector<std::size_t> parts_of_;                // per industry
  std::unordered_map<std::size_t, Pending> pending_;
  std::optional<TableAssembler> assembler_;
  std::vector<bool> value_added_seen_;
  DenseVector row_;         // flows, final uses, output, and one place for what is left out
  DenseVector row_sums_;    // output where the file has no column of it
  DenseVector output_row_;  // empty until such a row has come
  std::size_t final_columns_ = 0;
  bool has_output_column_ = false;
  bool in_order_ = false;  // numbers of the file are already in the order of row_
};

/// Reads a table whose header is one line.
/// \error as the methods of MatrixReader
[[nodiscard]] Result<Table> read_matrix(CsvReader csv, MatrixLayout layout, TableInfo info,
                                        ReadOptions const& options, RunControl const& control);

}  // namespace linchpin
