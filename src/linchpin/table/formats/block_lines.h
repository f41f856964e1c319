// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <functional>
#include <span>
#include <string>
#include <vector>

#include "linchpin/core/error.h"
#include "linchpin/core/run_control.h"
#include "linchpin/table/files/bundle.h"
#include "linchpin/table/problem_list.h"

namespace linchpin {

/// One matrix of bare numbers and the numbers each of its lines should have.
struct BlockFile {
  std::string member;
  std::size_t columns = 0;
};
/// How many lines such a matrix should have, and what says so: "the labels of T".
struct LineCount {
  std::size_t lines = 0;
  std::string from;
};
/// Takes the numbers of one line of each file.
using TakeLine =
    std::function<Result<void>(std::size_t line, std::span<std::span<double const> const> numbers)>;

/// Reads matrices that have the same lines side by side, so that each line is whole at once. Lines
/// with a fault, and files with too few or too many lines, become problems; the first file reports
/// progress.
/// \error unreadable_file, bad_format, cancelled  see CsvReader::next
/// \error those of `take`
[[nodiscard]] Result<void> read_lines(Bundle const& bundle, std::vector<BlockFile> const& files,
                                      LineCount const& count, ProblemList& problems,
                                      RunControl const& control, TakeLine const& take);

}  // namespace linchpin
