// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "linchpin/core/error.h"
#include "linchpin/parameters/parameter_file.h"

namespace linchpin::parameters {

/// The end of its range that speaks against whoever hopes for the thing described.
enum class Side { none, low, high };

[[nodiscard]] char const* to_string(Side side) noexcept;

/// A number with a name, a range and where it is from.
struct SourcedNumber {
  std::string key;
  double value = 0;
  double low = 0, high = 0;  ///< low <= value <= high; the value itself where the file has no range
  std::string unit, source, licence, date, note;
  Status status = Status::user;
  Side sceptic = Side::none;
  std::string where;  ///< "my.csv:12"
};

/// Reads key,value[,low,high,unit,source,licence,date,status,sceptic,note], one number per line,
/// keys as they stand: what they mean is up to the caller.
/// \error bad_format, bad_value, missing_value, unknown_key, duplicate_label  all problems at once,
///        with their lines
[[nodiscard]] Result<std::vector<SourcedNumber>> read_sourced_numbers(std::string_view text,
                                                                      std::string const& name);

/// The number of that key; null if there is none.
[[nodiscard]] SourcedNumber const* find_number(std::span<SourcedNumber const> numbers,
                                               std::string_view key);

/// The number as the sceptic ("sceptic": that end of its range) or the optimist (the other end)
/// puts it; its value under any other name and where no end is the sceptic's.
[[nodiscard]] double at_preset(SourcedNumber const& number, std::string_view preset) noexcept;

/// Share of numbers that are assumptions, 0 to 1; 0 without numbers.
[[nodiscard]] double assumption_share(std::span<SourcedNumber const> numbers);

}  // namespace linchpin::parameters
