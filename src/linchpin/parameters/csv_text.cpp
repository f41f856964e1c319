// SPDX-License-Identifier: Apache-2.0
#include "linchpin/parameters/csv_text.h"

#include "linchpin/table/files/csv.h"

namespace linchpin::parameters {

Result<std::vector<CsvLine>> split_csv(std::string_view text, std::string const& name) {
  constexpr std::size_t most_lines = 100'000;
  CsvReader reader(name, source_of(std::string{text}));
  std::vector<CsvLine> lines;
  while (true) {
    auto const more = reader.next();
    if (!more) return fail(more.error());
    if (!*more) break;
    if (lines.empty()) reader.set_dialect(dialect_of(reader.line()));
    if (auto const split = reader.split(); !split) return fail(split.error());
    if (lines.size() >= most_lines) {
      return fail(ErrorCode::too_large, "more than 100000 lines", name,
                  "is this really a file of parameters?");
    }
    auto const& fields = reader.fields();
    lines.push_back({{fields.begin(), fields.end()}, reader.where()});
  }
  if (lines.empty()) {
    return fail(ErrorCode::missing_value, "the file is empty", name,
                "write key,value and a line like inventory_days.C26,45");
  }
  return lines;
}

}  // namespace linchpin::parameters
