// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <variant>

#include "apps/linchpin/depend_commands.h"
#include "apps/linchpin/table_commands.h"
#include "linchpin/core/contracts.h"
#include "linchpin/results/csv.h"
#include "linchpin/table/files/text_sink.h"

namespace linchpin::app {

Result<void> refuse_depend_options(CLI::App const& depend, std::string const& command) {
  ErrorList errors;
  for (auto const* option : depend.get_options()) {
    if (option->count() == 0 || option->check_lname("json")) continue;
    auto const name = option->get_name(option->get_positional());
    errors.add(
        ErrorCode::bad_usage, fmt::format("'{}' is not for `linchpin depend {}`", name, command),
        "command line",
        fmt::format("leave it out; `linchpin depend {} --help` lists what there is", command));
  }
  if (!errors.empty()) return fail(errors.joined());
  return {};
}

Result<void> write_csv_file(ResultTable const& table, std::filesystem::path const& path,
                            std::vector<std::string> const& inputs) {
  if (auto const fine = check_output(path, inputs, false); !fine) return fine;
  auto sink = TextSink::create(path);
  if (!sink) return fail(sink.error());
  if (auto const written = sink->write(csv_text(table)); !written) return written;
  return sink->commit();
}

std::string column_text(ResultColumn const& column, std::size_t row, int digits,
                        char const* undefined) {
  if (auto const* texts = std::get_if<TextColumn>(&column.data)) return (*texts)[row];
  if (auto const* integers = std::get_if<IntegerColumn>(&column.data)) {
    bool const missing = !integers->missing.empty() && integers->missing[row];
    return missing ? undefined : std::to_string(integers->values[row]);
  }
  auto const& numbers = std::get<NumberColumn>(column.data);
  bool const missing = !numbers.missing.empty() && numbers.missing[row];
  return missing ? undefined : fmt::format("{:.{}g}", numbers.values[row], digits);
}

std::string cell_text(ResultTable const& table, std::string const& column, std::size_t row) {
  auto const found = std::find_if(table.columns.begin(), table.columns.end(),
                                  [&](ResultColumn const& each) { return each.name == column; });
  LINCHPIN_EXPECTS(found != table.columns.end());
  return column_text(*found, row, 4, "");
}

}  // namespace linchpin::app
