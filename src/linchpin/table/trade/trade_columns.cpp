// SPDX-License-Identifier: Apache-2.0
#include "linchpin/table/trade/trade_columns.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "linchpin/core/lowercase.h"
#include "linchpin/table/label_text.h"

namespace linchpin {

Result<HeaderColumns> read_header(CsvReader& csv, std::vector<WantedColumn> const& wanted,
                                  std::string const& hint) {
  auto const more = csv.next();
  if (!more) return fail(more.error());
  if (!*more) return fail(ErrorCode::bad_format, "the file is empty", csv.name(), hint);
  csv.set_dialect(dialect_of(csv.line()));
  if (auto const done = csv.split(); !done) return fail(done.error());
  HeaderColumns header;
  header.width = csv.fields().size();
  ErrorList errors;
  for (auto const& column : wanted) {
    std::vector<std::size_t> places;
    for (std::size_t field = 0; field < header.width; ++field) {
      auto const name = lowercase(csv.fields()[field]);
      if (std::find(column.spellings.begin(), column.spellings.end(), name) !=
          column.spellings.end()) {
        places.push_back(field);
      }
    }
    if (places.size() == 1) {
      header.field_of.push_back(places.front());
      continue;
    }
    errors.add(ErrorCode::bad_format,
               places.empty() ? fmt::format("there is no column '{}'", column.name)
                              : fmt::format("the columns '{}' and '{}' both are the {}",
                                            printable(csv.fields()[places[0]]),
                                            printable(csv.fields()[places[1]]), column.name),
               csv.where(), hint);
  }
  if (!errors.empty()) return fail(errors.joined());
  return header;
}

bool has_columns(std::string_view line, std::vector<WantedColumn> const& wanted) {
  CsvReader csv("", source_of(std::string{line}));
  return read_header(csv, wanted, "").has_value();
}

std::string ragged_line(std::size_t fields, std::size_t width) {
  return fmt::format("the line has {} fields, the header has {}", fields, width);
}

}  // namespace linchpin
