// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <CLI/CLI.hpp>
#include <filesystem>
#include <functional>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "apps/linchpin/context.h"
#include "linchpin/core/error.h"
#include "linchpin/table/findings.h"
#include "linchpin/table/mapping.h"
#include "linchpin/table/table.h"

namespace linchpin::app {

// Shared by the commands under `linchpin table`.

/// A subcommand of `table` with --json; `run` is called once the words are understood. What it
/// needs from its options it holds by shared pointer.
CLI::App& add_table_command(CLI::App& table, Context& context, Action& action, char const* name,
                            char const* help, std::function<Result<void>(Context const&)> run);

/// Opens a built-in world or any table file, with progress on the terminal.
[[nodiscard]] Result<Table> open_table(std::string const& name_or_path, Context const& context);

/// Refuses to write over one of the files that were read, into a folder that does not exist (a
/// slip of the pen, found before hours of work), and (`world`) a world under a name that says it is
/// something else.
[[nodiscard]] Result<void> check_output(std::filesystem::path const& output,
                                        std::vector<std::string> const& inputs, bool world);

/// Writes `table` as a world and says so: a line, or with --json the table's info document with
/// `output`, the number of `errors` its check finds, and the members of `more`.
[[nodiscard]] Result<void> write_table(Table const& table, std::filesystem::path const& output,
                                       Context const& context,
                                       nlohmann::json const& more = nlohmann::json::object());

/// A mapping file named on the command line; null without a name. Problems go to `errors`.
[[nodiscard]] Mapping const* read_mapping_option(std::string const& path, Mapping& mapping,
                                                 ErrorList& errors);

/// Number of findings that are errors.
[[nodiscard]] std::size_t errors_of(Findings const& findings);


/// Prints what is wrong with a table (with `as_json`, as the check document); fails if anything is
/// an error, warnings included if `strict_checks`.
[[nodiscard]] Result<void> judge_table(Table const& table, std::string const& name,
                                       bool strict_checks, Context const& context, bool as_json);

/// Says, after a table with errors was stored, what follows from them; `thresholded`: and that a
/// threshold may be their cause.
void print_holds_errors(bool thresholded, Context const& context);

/// "USD 15.16 tn"
[[nodiscard]] std::string money(double value, MonetaryUnit const& unit);

// Each adds its subcommand to `table`; parsing sets `action`.
void add_table_import(CLI::App& table, Context& context, Action& action);
void add_table_export(CLI::App& table, Context& context, Action& action);
void add_table_nowcast(CLI::App& table, Context& context, Action& action);
void add_table_backcast(CLI::App& table, Context& context, Action& action);
void add_table_sourcing(CLI::App& table, Context& context, Action& action);
void add_table_split(CLI::App& table, Context& context, Action& action);
void add_table_resum(CLI::App& table, Context& context, Action& action);
void add_table_fetch(CLI::App& table, Context& context, Action& action);
void add_table_balance(CLI::App& table, Context& context, Action& action);
void add_table_synth(CLI::App& table, Context& context, Action& action);
void add_table_diff(CLI::App& table, Context& context, Action& action);

}  // namespace linchpin::app
