// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <csignal>
#include <string_view>

#include "apps/linchpin/context.h"
#include "apps/linchpin/data_dir.h"
#include "apps/linchpin/terminal.h"
#include "apps/linchpin/usage.h"
#include "linchpin/core/blas.h"
#include "linchpin/core/version.h"
#include "linchpin/table/store/isolated_read.h"

namespace linchpin::app {
namespace {

constexpr int done = 0;
constexpr int run_failed = 1;
constexpr int bad_input = 2;

std::string version_text() {
  auto const blas = blas_info();
  auto text = fmt::format("linchpin {}\nBLAS: {}", version, blas.library);
  if (!blas.kernel.empty()) text += fmt::format(", kernel {}", blas.kernel);
  if (!blas.optimised) text += " (slow: install OpenBLAS, e.g. Debian's libopenblas0)";
  return text;
}

// A signal handler may only touch lock-free atomics, which is what the token is.
CancelToken interrupted;
extern "C" void on_interrupt(int /*signal*/) { interrupted.cancel(); }

void set_signals() {
  std::signal(SIGINT, on_interrupt);
  std::signal(SIGTERM, on_interrupt);
  // A full disk and a closed pipe are errors to report, not reasons to die half-way.
  std::signal(SIGXFSZ, SIG_IGN);
  std::signal(SIGPIPE, SIG_IGN);
}

void add_common_options(CLI::App& app, Context& context) {
  app.set_version_flag("--version,-V", version_text, "Print version and the BLAS library in use");
  app.add_option("--threads", context.threads,
                 "Threads to use (0: all); changes the time, never the answer")
      ->check(CLI::Range(0, 1024));
  add_json_option(app, context);
  app.add_flag("--quiet,-q", context.quiet, "No progress bar and no summary");
  app.require_subcommand(1);
  app.fallthrough();
  app.footer(
      "Industries are written REGION:SECTOR, e.g. CHN:c14. A <world> is a built-in name\n"
      "(`linchpin table list`) or a file. Exit codes: 0 done, 1 the run failed,\n"
      "2 bad usage, bad input or an output that cannot be written.");
}

/// CLI11's own ranges let NaN pass, and no option means anything with it or with infinity.
void refuse_what_is_no_number(CLI::App& app) {
  for (auto* option : app.get_options()) {
    if (option->get_type_name().starts_with("FLOAT")) option->check(finite_number());
  }
  for (auto* command : app.get_subcommands([](CLI::App*) { return true; })) {
    refuse_what_is_no_number(*command);
  }
}

// Usage errors come before the parser has set the flag.
bool wants_json(int argc, char** argv) {
  return std::any_of(argv + 1, argv + argc,
                     [](char const* argument) { return std::string_view{argument} == "--json"; });
}

int run(int argc, char** argv, Context& context) {
  context.cancel = interrupted;
  context.data_dir = data_dir();
  context.reader_program = program_path();

  CLI::App app{"Linchpin: who depends on whom, and what breaks under a cut-off", "linchpin"};
  Action action;
  add_common_options(app, context);
  add_table(app, context, action);
  add_depend(app, context, action);
  add_disrupt(app, context, action);
  add_equilibrium(app, context, action);
  add_compute(app, context, action);
  add_localize(app, context, action);
  add_leverage(app, context, action);
  add_run(app, context, action);
  add_serve(app, context, action);
  refuse_what_is_no_number(app);
  try {
    app.parse(argc, argv);
  } catch (CLI::ParseError const& problem) {
    if (problem.get_exit_code() == 0) return app.exit(problem);  // --help, --version
    print_error(usage_error(app, {argv + 1, argv + argc}, problem), context);
    return bad_input;
  }

  auto result = action();
  finish_progress();
  auto const output = flush_output();
  if (output == Output::reader_gone) return run_failed;
  if (result && output == Output::lost) {
    result = fail(ErrorCode::unwritable_output, "the answer could not be written",
                  "standard output", "free some space, or write it elsewhere");
  }
  if (result) return done;
  print_error(result.error(), context);
  return is_input_error(result.error().code) ? bad_input : run_failed;
}

/// What escaped as an exception: the last line of defence, in the form of all other errors.
int run_caught(int argc, char** argv) {
  Context context;
  context.json = wants_json(argc, argv);
  try {
    return run(argc, argv, context);
  } catch (std::bad_alloc const&) {
    print_error({ErrorCode::too_large, "out of memory", "this machine",
                 "aggregate the table (`linchpin table aggregate`), or simulate fewer days"},
                context);
    return bad_input;
  } catch (std::exception const& problem) {
    print_error({ErrorCode::internal, problem.what(), "linchpin", "please report this as a bug"},
                context);
    return run_failed;
  }
}

}  // namespace
}  // namespace linchpin::app

int main(int argc, char** argv) {
  if (auto const code = linchpin::serve_isolated_read(argc, argv)) return *code;
  linchpin::app::set_signals();
  return linchpin::app::run_caught(argc, argv);
}
