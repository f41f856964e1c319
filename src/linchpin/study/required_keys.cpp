// SPDX-License-Identifier: Apache-2.0
#include "linchpin/study/required_keys.h"

#include <fmt/format.h>

namespace linchpin::study {

void missing(TomlReader& reader, std::string_view key, std::string_view example) {
  reader.problem(ErrorCode::missing_value, fmt::format("'{}' is missing", reader.full_name(key)),
                 reader.where(), fmt::format("add a line like {} = {}", key, example));
}

std::vector<Placed<std::string>> required_texts(TomlReader& reader, std::string_view key,
                                                std::string_view example) {
  if (!reader.has(key)) missing(reader, key, example);
  return reader.texts(key);
}

double required_number(TomlReader& reader, std::string_view key, Range const& range,
                       std::string_view example) {
  if (!reader.has(key)) missing(reader, key, example);
  auto const value = reader.number(key, range);
  return value ? value->value : 0.0;
}

Placed<std::string> needed_name(TomlReader& reader, std::string_view key,
                                std::string_view example) {
  if (!reader.has(key)) missing(reader, key, example);
  return reader.name(key).value_or(Placed<std::string>{});
}

}  // namespace linchpin::study
