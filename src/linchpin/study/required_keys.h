// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "linchpin/study/toml_reader.h"

namespace linchpin::study {

// Keys that have to be there, and values that may be.

/// Reports that `key` is missing, with an example of it.
void missing(TomlReader& reader, std::string_view key, std::string_view example);

/// The texts of a key that must be there.
[[nodiscard]] std::vector<Placed<std::string>> required_texts(TomlReader& reader,
                                                              std::string_view key,
                                                              std::string_view example);

/// A number that must be there; 0 after a problem.
[[nodiscard]] double required_number(TomlReader& reader, std::string_view key, Range const& range,
                                     std::string_view example);

/// A name that must be there; empty after a problem.
[[nodiscard]] Placed<std::string> needed_name(TomlReader& reader, std::string_view key,
                                              std::string_view example);

/// Puts a value that was given into `place`, which stays what it is where none was.
template <class Value, class Place>
void take(std::optional<Placed<Value>> const& given, Place& place) {
  if (given) place = given->value;
}

}  // namespace linchpin::study
