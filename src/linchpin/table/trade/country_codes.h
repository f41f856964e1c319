// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>

#include "linchpin/core/error.h"
#include "linchpin/table/files/bundle.h"
#include "linchpin/table/files/csv.h"

namespace linchpin {

/// Which label a country code stands for. Leading zeros of codes do not matter.
class CountryCodes {
 public:
  /// Reads a CSV with a column `country_code` (or `code`) and one of `country_iso3`,
  /// `iso_3digit_alpha`, `iso3`; others are ignored. A code without a label stands for itself; two
  /// codes may share a label.
  /// \error bad_format       columns missing, ragged lines
  /// \error bad_value        a code or label that cannot name anything
  /// \error duplicate_label  a code with two labels
  [[nodiscard]] static Result<CountryCodes> read(CsvReader csv);

  /// The list the user `named`; without a name, the one that lies beside the trade in an archive or
  /// folder (`country_codes…csv`), if there is one.
  /// \error file_not_found, unreadable_file, those of read
  [[nodiscard]] static Result<std::optional<CountryCodes>> beside(
      Bundle const& bundle, std::filesystem::path const& named);

  /// The label of `code`; null if there is none.
  [[nodiscard]] std::string const* find(std::string_view code) const;
  [[nodiscard]] std::string const& name() const noexcept { return name_; }  ///< of the file

 private:
  std::string name_;
  std::unordered_map<std::string, std::string> labels_;
};

}  // namespace linchpin
