// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <memory>
#include <string>
#include <system_error>
#include <vector>

#include "apps/linchpin/context.h"
#include "apps/linchpin/terminal.h"
#include "linchpin/core/lowercase.h"
#include "linchpin/results/json.h"
#include "linchpin/serve/app.h"
#include "linchpin/serve/http_server.h"

namespace linchpin::app {
namespace {

struct ServeOptions {
  std::string host = "127.0.0.1";
  int port = 8080;
  std::filesystem::path folder = "out/serve";
  std::filesystem::path token_file;
  std::vector<std::string> worlds, names, origins;
  std::vector<std::filesystem::path> results;
  std::size_t queue = 16;
  int run_seconds = serve::QueueLimits::usual_run_seconds;
  std::uint64_t keep_mib = serve::QueueLimits::usual_keep_mib;
};

/// A token is a line of a file, because other users can read a command line.
Result<std::string> read_token(std::filesystem::path const& file) {
  auto text = read_text(file);
  if (!text) return text;
  while (!text->empty() && (text->back() == '\n' || text->back() == '\r')) text->pop_back();
  bool const plain = std::all_of(text->begin(), text->end(), [](char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '-' ||
           c == '_';
  });
  if (plain && text->size() >= 16 && text->size() <= 200) return text;
  return fail(ErrorCode::bad_value, "a token is 16 to 200 letters, digits, '-' and '_' in one line",
              file.string(), "make one: openssl rand -hex 24 > token; chmod 600 token");
}

Result<serve::Guard> guard_of(ServeOptions const& options) {
  serve::Guard guard;
  guard.loopback = serve::is_loopback(options.host);
  for (auto const& name : options.names) guard.names.push_back(lowercase(name));
  if (!guard.loopback) guard.names.push_back(lowercase(options.host));
  for (auto const& origin : options.origins) {
    if (!serve::is_origin(origin)) {
      return fail(ErrorCode::bad_usage, "this is no origin", "--allow-origin " + origin,
                  "give scheme and host without a path: https://analysis.example");
    }
    guard.origins.push_back(lowercase(origin));
  }
  if (options.token_file.empty() && !guard.origins.empty()) {
    return fail(ErrorCode::bad_usage, "others come in through the proxy, and no token is named",
                "--allow-origin " + options.origins.front(),
                "add --token-file FILE (make one: openssl rand -hex 24 > token)");
  }
  if (options.token_file.empty() && !guard.loopback) {
    return fail(
        ErrorCode::bad_usage, "others can reach this address, and no token is named",
        "--host " + options.host,
        "add --token-file FILE (make one: openssl rand -hex 24 > token), or leave out --host");
  }
  if (options.token_file.empty()) return guard;
  auto token = read_token(options.token_file);
  if (!token) return fail(token.error());
  guard.token = *std::move(token);
  return guard;
}

Result<void> run_serve(ServeOptions const& options, Context const& context) {
  std::error_code ignored;
  if (!std::filesystem::is_directory(context.data_dir / "parameters", ignored)) {
    return fail(ErrorCode::file_not_found, "the shipped data are missing",
                context.data_dir.string(),
                "keep share/linchpin beside the folder of the program, as it was installed");
  }
  auto guard = guard_of(options);
  if (!guard) return fail(guard.error());
  serve::AppSettings settings;
  settings.folder = options.folder;
  settings.data = context.data_dir;
  settings.reader_program = context.reader_program;
  settings.worlds = options.worlds;
  settings.results = options.results;
  settings.guard = *std::move(guard);
  settings.queue.capacity = options.queue;
  settings.queue.run_seconds = options.run_seconds;
  settings.queue.keep_bytes = options.keep_mib << 20;
  settings.queue.threads = context.threads;
  settings.on_guessing = [](std::string const& address, std::size_t wrong) {
    auto const line = fmt::format("{} wrong tokens came from {}; it has to wait\n", wrong, address);
    std::fputs(line.c_str(), stderr);
  };
  auto const app = serve::App::open(std::move(settings));
  if (!app) return fail(app.error());
  auto const server = serve::HttpServer::bind(**app, options.host, options.port);
  if (!server) return fail(server.error());
  bool const wide = options.host.find(':') != std::string::npos;
  auto const host = wide ? "[" + options.host + "]" : options.host;
  auto const address = fmt::format("http://{}:{}/", host, (*server)->port());
  if (context.json) {
    print_line(to_text(Json{{"schema", json_schema("linchpin.serve")}, {"address", address}}));
  } else {
    print_line(
        fmt::format("Serving {} from {}; stop with Ctrl-C.", address, options.folder.string()));
    if (!options.token_file.empty()) {
      print_line(
          "A browser is asked for the token once; ?token= and the token after the address will do, "
          "too.");
    }
  }
  if (flush_output() == Output::lost) {
    return fail(ErrorCode::unwritable_output, "the address could not be written", "standard output",
                "write it elsewhere");
  }
  (*server)->run(context.cancel);
  return {};
}

}  // namespace

void add_serve(CLI::App& app, Context& context, Action& action) {
  auto options = std::make_shared<ServeOptions>();
  auto& command =
      *app.add_subcommand("serve", "Answer questions over HTTP, with a history of runs");
  command
      .add_option("--host", options->host, "Address to listen at; all but loopback asks a token")
      ->capture_default_str();
  command.add_option("--port", options->port, "Port to listen at (0: any that is free)")
      ->check(CLI::Range(0, 65535))
      ->capture_default_str();
  command.add_option("-o,--output", options->folder, "Folder for history, results and uploads")
      ->capture_default_str();
  command.add_option("--world", options->worlds, "World file to serve besides the built-in ones")
      ->allow_extra_args(false);
  command
      .add_option("--results", options->results, "Folder of a `linchpin run` to show; repeatable")
      ->allow_extra_args(false);
  command.add_option("--token-file", options->token_file, "File with the token clients must send");
  command
      .add_option("--allow-host", options->names, "Name the server may be called by; repeatable")
      ->allow_extra_args(false);
  command
      .add_option("--allow-origin", options->origins,
                  "Origin of a TLS proxy in front, https://analysis.example; repeatable")
      ->allow_extra_args(false);
  command.add_option("--queue", options->queue, "Runs that may wait; as many short ones besides")
      ->check(CLI::Range(1, 1000))
      ->capture_default_str();
  command.add_option("--run-seconds", options->run_seconds, "Seconds a run may take [s]")
      ->check(CLI::Range(1, 30 * 24 * 3600))
      ->capture_default_str();
  command
      .add_option("--keep-mib", options->keep_mib,
                  "What results of ended runs may take; the oldest go first [MiB]")
      ->check(CLI::Range(1, 16 << 20))
      ->capture_default_str();
  add_json_option(command, context);
  command.callback([options, &context, &action] {
    action = [options, &context] { return run_serve(*options, context); };
  });
}

}  // namespace linchpin::app
