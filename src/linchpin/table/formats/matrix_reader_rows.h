// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <span>
#include <string_view>
#include <vector>

#include "linchpin/core/dense.h"
#include "linchpin/core/error.h"
#include "linchpin/core/run_control.h"
#include "linchpin/table/files/csv.h"
#include "linchpin/table/problem_list.h"

namespace linchpin {

/// The rows of a matrix in a text file: fields that name the row, then numbers. A row that is not
/// as it should be is reported with its place, and reading goes on. Long rows that are in memory
/// already are parsed ahead on all threads; what is found does not depend on it.
///
///     LabelledRows rows(csv, {.labels = 1, .numbers = n}, problems, control);
///     for (;;) {
///       auto const more = rows.next();
///       … rows.labels() says what to do with it; rows.parse() before rows.numbers()
///     }
class LabelledRows {
 public:
  struct Shape {
    std::size_t labels = 0;
    std::size_t numbers = 0;
  };
  enum class EmptyCells { fault, zero };

  LabelledRows(CsvReader& csv, Shape shape, ProblemList& problems, RunControl const& control);

  /// Moves to the next row and splits off its labels; false at the end of the file and when the
  /// problem list is full.
  /// \error unreadable_file, bad_format  see CsvReader::next
  /// \error cancelled                    `control` asked to stop
  [[nodiscard]] Result<bool> next();
  /// Live until the next call of `next`.
  [[nodiscard]] std::span<std::string_view const> labels() const noexcept { return labels_; }
  /// Parses the numbers of the row; false if something is wrong with it, which then stands in the
  /// problem list. A row that is not asked for may hold anything behind its labels.
  [[nodiscard]] bool parse(EmptyCells empty = EmptyCells::fault);
  [[nodiscard]] std::span<double const> numbers() const noexcept { return numbers_; }
  /// True if all fields behind the labels are empty: a line of names, as pandas writes them.
  [[nodiscard]] bool blank() const noexcept;

  [[nodiscard]] CsvReader const& csv() const noexcept { return csv_; }

 private:
  /// A row parsed before it is asked for.
  struct Ahead {
    std::string_view line;
    DenseVector numbers;
    bool good = false;  // plain labels and numbers; else the row is parsed when asked for
  };

  void look_ahead();
  [[nodiscard]] bool parse_ahead(Ahead& row) const;
  [[nodiscard]] bool take_labels();
  [[nodiscard]] bool split_labels();
  [[nodiscard]] bool parse_fields(EmptyCells empty);
  void report(Error const& error);

  CsvReader& csv_;
  Shape shape_;
  ProblemList& problems_;
  RunControl const& control_;
  std::vector<std::string_view> labels_;
  std::string_view rest_;  // the line behind the labels
  bool split_ = false;     // the reader holds all fields of the line
  std::size_t lines_ = 0;
  DenseVector numbers_;
  std::vector<Ahead> ahead_;  // reused from batch to batch
  std::size_t next_ahead_ = 0, end_ahead_ = 0;
  Ahead* current_ = nullptr;  // the row of this line, if it was parsed ahead
  std::vector<std::string_view> at_hand_;
};

}  // namespace linchpin
