// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <CLI/CLI.hpp>
#include <filesystem>
#include <string>
#include <vector>

#include "apps/linchpin/context.h"
#include "linchpin/core/error.h"
#include "linchpin/results/result_set.h"

namespace linchpin::app {

// Each adds its subcommand to `depend`; parsing sets `action`.
void add_depend_products(CLI::App& depend, Context& context, Action& action);
void add_depend_minerals(CLI::App& depend, Context& context, Action& action);

// Shared by them.

/// Refuses options of `depend` itself before or behind a subcommand, which would be ignored.
/// \error bad_usage  all of them
[[nodiscard]] Result<void> refuse_depend_options(CLI::App const& depend,
                                                 std::string const& command);

/// Writes one table as CSV; the file appears whole or not at all, compressed if its name ends in
/// .gz or .zst.
/// \error bad_usage, unwritable_output  see check_output
[[nodiscard]] Result<void> write_csv_file(ResultTable const& table,
                                          std::filesystem::path const& path,
                                          std::vector<std::string> const& inputs);

/// An entry of a column as text for the terminal; `undefined` where there is none.
[[nodiscard]] std::string column_text(ResultColumn const& column, std::size_t row, int digits,
                                      char const* undefined);

/// A cell of a table as text for the terminal, numbers with four digits; empty if undefined.
/// Precondition: the table has the column.
[[nodiscard]] std::string cell_text(ResultTable const& table, std::string const& column,
                                    std::size_t row);

}  // namespace linchpin::app
