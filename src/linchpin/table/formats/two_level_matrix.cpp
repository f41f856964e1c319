// SPDX-License-Identifier: Apache-2.0
#include "linchpin/table/formats/two_level_matrix.h"

#include <fmt/format.h>

namespace linchpin {

Result<TwoLevelMatrix> TwoLevelMatrix::open(Bundle const& bundle, std::string const& member) {
  auto csv = bundle.open_csv(member);
  if (!csv) return fail(csv.error());
  TwoLevelMatrix matrix(std::move(*csv));
  if (auto const done = matrix.read_header(); !done) return fail(done.error());
  return matrix;
}

Result<void> TwoLevelMatrix::read_header() {
  std::vector<std::string> regions;
  for (int level = 0; level < 2; ++level) {
    auto const more = csv_.next();
    if (!more) return fail(more.error());
    if (!*more) {
      return fail(ErrorCode::bad_format, "the file ends within its two lines of column names",
                  csv_.name(), "the file may be cut off: compare its size with the original");
    }
    if (level == 0) csv_.set_dialect(dialect_of(csv_.line()));
    if (auto const done = csv_.split(); !done) return done;
    if (level == 0) regions.assign(csv_.fields().begin(), csv_.fields().end());
  }
  auto const& names = csv_.fields();
  if (names.size() != regions.size()) {
    return fail(ErrorCode::bad_format,
                fmt::format("the second line of column names has {} fields, the first has {}",
                            names.size(), regions.size()),
                csv_.where(), "the first two lines name region and sector of every column");
  }
  labels_ = 1;  // the corner may hold the name of the level
  while (labels_ < regions.size() && regions[labels_].empty()) ++labels_;
  for (auto k = labels_; k < regions.size(); ++k) {
    columns_.emplace_back(std::move(regions[k]), std::string{names[k]});
  }
  return {};
}

std::string TwoLevelMatrix::where(std::size_t column) const { return csv_.where(labels_ + column); }

std::string TwoLevelMatrix::row_name(std::span<std::string_view const> labels,
                                     std::string_view between) {
  std::string name;
  for (std::size_t k = 0; k < labels.size(); ++k) {
    if (k > 0) name += between;
    name += labels[k];
  }
  return name;
}

}  // namespace linchpin
