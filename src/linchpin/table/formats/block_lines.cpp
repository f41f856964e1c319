// SPDX-License-Identifier: Apache-2.0
#include "linchpin/table/formats/block_lines.h"

#include <fmt/format.h>

#include <deque>
#include <utility>

#include "linchpin/table/files/csv.h"
#include "linchpin/table/formats/eora_files.h"
#include "linchpin/table/formats/matrix_reader_rows.h"

namespace linchpin {
namespace {

/// `control` for a file read beside the one that reports.
RunControl without_progress(RunControl control) {
  control.progress = {};
  return control;
}

class BlockLines {
 public:
  BlockLines(LineCount const& count, ProblemList& problems, RunControl const& control)
      : count_(count), problems_(problems), control_(control), quiet_(without_progress(control)) {}

  Result<void> open(Bundle const& bundle, std::vector<BlockFile> const& files) {
    for (auto const& file : files) {
      auto csv = open_numbers(bundle, file.member);
      if (!csv) return fail(csv.error());
      files_.push_back(std::move(*csv));
      rows_.emplace_back(files_.back(), LabelledRows::Shape{0, file.columns}, problems_,
                         rows_.empty() ? control_ : quiet_);
    }
    numbers_.resize(rows_.size());
    return {};
  }

  Result<void> read(TakeLine const& take) {
    for (std::size_t line = 0; line < count_.lines && !problems_.full(); ++line) {
      auto const there = move_to(line);
      if (!there) return fail(there.error());
      if (!*there) return {};
      if (!parse()) continue;
      if (auto const done = take(line, numbers_); !done) return done;
    }
    return expect_end();
  }

 private:
  /// False if a file has no such line, which then stands in the problem list.
  Result<bool> move_to(std::size_t line) {
    bool there = true;
    for (auto& rows : rows_) {
      auto const more = rows.next();
      if (!more) return fail(more.error());
      there = there && *more;
      if (*more || problems_.full()) continue;
      problems_.add(
          ErrorCode::size_mismatch,
          fmt::format("the file ends after {} lines, {} make {}", line, count_.from, count_.lines),
          rows.csv().name(), "it may be cut off: compare its size with the original");
    }
    return there;
  }

  /// All files, so that the faults of all are reported.
  bool parse() {
    bool good = true;
    for (std::size_t k = 0; k < rows_.size(); ++k) {
      good = rows_[k].parse() && good;
      numbers_[k] = rows_[k].numbers();
    }
    return good;
  }

  Result<void> expect_end() {
    for (auto& rows : rows_) {
      if (problems_.full()) return {};
      auto const more = rows.next();
      if (!more) return fail(more.error());
      if (!*more) continue;
      problems_.add(ErrorCode::size_mismatch,
                    fmt::format("the file has more lines than the {} that {} make", count_.lines,
                                count_.from),
                    rows.csv().where(), "the numbers and the labels must be of one release");
    }
    return {};
  }

  LineCount const& count_;
  ProblemList& problems_;
  RunControl const& control_;
  RunControl quiet_;
  std::deque<CsvReader> files_;  // rows refer to them: they must not move
  std::deque<LabelledRows> rows_;
  std::vector<std::span<double const>> numbers_;
};

}  // namespace

Result<void> read_lines(Bundle const& bundle, std::vector<BlockFile> const& files,
                        LineCount const& count, ProblemList& problems, RunControl const& control,
                        TakeLine const& take) {
  BlockLines lines(count, problems, control);
  if (auto const done = lines.open(bundle, files); !done) return done;
  return lines.read(take);
}

}  // namespace linchpin
