// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "linchpin/study/event_spec.h"
#include "linchpin/study/toml_reader.h"

namespace linchpin::study {

// Keys that several events have.

inline constexpr Range share_range{
    .lowest = 0, .highest = 1, .hint = "shares are fractions between 0 and 1: write 0.3 for 30 %"};

/// Reports that `key` is missing, with an example of it.
void missing(TomlReader& reader, std::string_view key, std::string_view example);

/// The texts of a key that must be there.
[[nodiscard]] std::vector<Placed<std::string>> required_texts(TomlReader& reader,
                                                              std::string_view key,
                                                              std::string_view example);

/// A number that must be there; 0 after a problem.
[[nodiscard]] double required_number(TomlReader& reader, std::string_view key, Range const& range,
                                     std::string_view example);

/// recovery_days and recovery; `ends`: there is an end to recover from.
void read_recovery(TomlReader& reader, Course& course, bool ends);

/// When an event acts; its strength is read by the caller.
[[nodiscard]] Course read_times(TomlReader& reader);

/// When and how strongly: read_times and `share`.
[[nodiscard]] Course read_course(TomlReader& reader);

}  // namespace linchpin::study
