// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <CLI/CLI.hpp>
#include <filesystem>
#include <functional>
#include <string>

#include "linchpin/core/error.h"
#include "linchpin/core/run_control.h"

namespace linchpin::app {

/// What every command gets: the options all commands share, and where the shipped data is.
struct Context {
  unsigned threads = 0;
  bool quiet = false;
  bool json = false;  ///< one JSON document on stdout and nothing else; errors as JSON on stderr
  std::filesystem::path data_dir;
  std::filesystem::path reader_program;  ///< this program, to read untrusted files in a child process
  CancelToken cancel;
};

/// What a command does once its words are understood.
using Action = std::function<Result<void>()>;

// Each command adds its subcommand to `app`; parsing sets `action`.
void add_table(CLI::App& app, Context& context, Action& action);
void add_depend(CLI::App& app, Context& context, Action& action);
void add_disrupt(CLI::App& app, Context& context, Action& action);
void add_equilibrium(CLI::App& app, Context& context, Action& action);
void add_compute(CLI::App& app, Context& context, Action& action);
void add_localize(CLI::App& app, Context& context, Action& action);
void add_leverage(CLI::App& app, Context& context, Action& action);
void add_run(CLI::App& app, Context& context, Action& action);  ///< run and demo
void add_serve(CLI::App& app, Context& context, Action& action);

/// Adds `--json` to a command.
void add_json_option(CLI::App& command, Context& context);

/// The text of a file the user named, with errors in the user's terms.
[[nodiscard]] Result<std::string> read_text(std::filesystem::path const& path);

}  // namespace linchpin::app
