// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "linchpin/core/error.h"
#include "linchpin/table/files/csv.h"
#include "linchpin/table/problem_list.h"

namespace linchpin {

/// Splits each line that is left and calls `read_line()` for it; a line that cannot be split is a
/// problem like others. Stops when the list is full. For small files; tables cancel and report too.
/// \error those of CsvReader::next
template <class F>
[[nodiscard]] Result<void> for_each_line(CsvReader& csv, ProblemList& problems, F&& read_line) {
  while (!problems.full()) {
    auto const more = csv.next();
    if (!more) return fail(more.error());
    if (!*more) break;
    if (auto const done = csv.split(); !done) {
      auto const& problem = done.error();
      problems.add(problem.code, problem.what, problem.where, problem.hint);
    } else {
      read_line();
    }
  }
  return {};
}

}  // namespace linchpin
