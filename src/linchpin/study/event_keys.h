// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "linchpin/study/event_spec.h"
#include "linchpin/study/required_keys.h"
#include "linchpin/study/toml_reader.h"

namespace linchpin::study {

// Keys that several events have.

inline constexpr Range share_range{
    .lowest = 0, .highest = 1, .hint = "shares are fractions between 0 and 1: write 0.3 for 30 %"};

/// recovery_days and recovery; `ends`: there is an end to recover from.
void read_recovery(TomlReader& reader, Course& course, bool ends);

/// When an event acts; its strength is read by the caller.
[[nodiscard]] Course read_times(TomlReader& reader);

/// When and how strongly: read_times and `share`.
[[nodiscard]] Course read_course(TomlReader& reader);

}  // namespace linchpin::study
