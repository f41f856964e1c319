// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "linchpin/core/error.h"
#include "linchpin/table/files/bundle.h"
#include "linchpin/table/files/csv.h"
#include "linchpin/table/formats/matrix_reader_rows.h"

namespace linchpin {

/// One matrix whose first line names the region and whose second the sector (or the kind of final
/// demand) of each column; fields before the first region are labels of rows. Below may stand a
/// line of names of the labels without numbers (LabelledRows::blank).
class TwoLevelMatrix {
 public:
  /// Opens a member and reads its two lines.
  /// \error bad_format  no two lines of the same length
  [[nodiscard]] static Result<TwoLevelMatrix> open(Bundle const& bundle, std::string const& member);

  /// (region, sector) or (region, kind of final demand) of each column of numbers.
  [[nodiscard]] std::vector<std::pair<std::string, std::string>> const& columns() const noexcept {
    return columns_;
  }
  [[nodiscard]] LabelledRows::Shape shape() const noexcept { return {labels_, columns_.size()}; }
  [[nodiscard]] CsvReader& csv() noexcept { return csv_; }
  [[nodiscard]] CsvReader const& csv() const noexcept { return csv_; }
  /// Place of the name of a column.
  [[nodiscard]] std::string where(std::size_t column) const;

  /// The labels of a row as one name: "CO2 - air".
  [[nodiscard]] static std::string row_name(std::span<std::string_view const> labels,
                                            std::string_view between = " - ");

 private:
  explicit TwoLevelMatrix(CsvReader csv) : csv_(std::move(csv)) {}
  Result<void> read_header();

  CsvReader csv_;
  std::size_t labels_ = 0;
  std::vector<std::pair<std::string, std::string>> columns_;
};

}  // namespace linchpin
