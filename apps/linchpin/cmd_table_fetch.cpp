// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <cstdlib>
#include <memory>
#include <nlohmann/json.hpp>

#include "apps/linchpin/table_commands.h"
#include "apps/linchpin/terminal.h"
#include "linchpin/table/fetch/fetch.h"

namespace linchpin::app {
namespace {

struct FetchCommand {
  std::string name;
  std::filesystem::path output;
  std::filesystem::path sources;
  std::filesystem::path cache;
  bool accept_licence = false;
  bool again = false;
  unsigned stall_seconds = 60;
};

/// Where downloads are kept: the folder the user names, else the one the system has for such
/// things.
Result<std::filesystem::path> cache_folder(FetchCommand const& options) {
  if (!options.cache.empty()) return options.cache;
  auto const* cache = std::getenv("XDG_CACHE_HOME");
  if (cache != nullptr && std::filesystem::path(cache).is_absolute()) {
    return std::filesystem::path(cache) / "linchpin";
  }
  auto const* home = std::getenv("HOME");
  if (home != nullptr && std::filesystem::path(home).is_absolute()) {
    return std::filesystem::path(home) / ".cache" / "linchpin";
  }
  return fail(ErrorCode::missing_value, "there is no folder for downloads", "XDG_CACHE_HOME, HOME",
              "name one with --cache");
}

nlohmann::json to_json(TableSource const& source) {
  return {{"name", source.name},
          {"title", source.title},
          {"year", source.year},
          {"status", to_string(source.status)},
          {"url", source.url},
          {"page", source.page},
          {"licence", source.licence},
          {"licence_url", source.licence_url},
          {"attribution", source.attribution},
          {"note", source.note}};
}

Result<void> list(SourceList const& sources, Context const& context) {
  if (context.json) {
    auto document = nlohmann::json{{"sources", nlohmann::json::array()}};
    for (auto const& source : sources.sources) document["sources"].push_back(to_json(source));
    print_line(document.dump(2));
    return {};
  }
  std::vector<std::vector<std::string>> rows;
  for (auto const& source : sources.sources) {
    rows.push_back({source.name, source.year == 0 ? "" : std::to_string(source.year),
                    std::string{to_string(source.status)}});
  }
  print(text_table({"source", "year", "status"}, rows));
  print_line();
  print(
      wrap("open: `linchpin table fetch NAME -o WORLD.nc` downloads and imports it. login, manual: "
           "the error for that name says what to do by hand."));
  return {};
}

/// Shown before the first download, never asked about: whoever goes on agrees with the publisher.
Result<void> show_licence(TableSource const& source, std::filesystem::path const& cache,
                          FetchCommand const& options, Context const& context) {
  if (!licence_is_new(source, cache)) return {};
  // A program does not read it: whoever runs the command next shall still see it.
  if (context.json && !options.accept_licence) return {};
  if (!options.accept_licence) {
    print_line(bold(source.title));
    print(wrap("licence: " + source.licence));
    if (!source.licence_url.empty()) print(wrap("see " + source.licence_url));
    print(wrap("please cite: " + source.attribution));
    print_line();
  }
  return record_licence(source, cache);
}

Result<void> fetch(FetchCommand const& options, Context const& context) {
  auto const path = options.sources.empty() ? context.data_dir / "sources.toml" : options.sources;
  auto const sources = read_sources(path);
  if (!sources) return fail(sources.error());
  if (options.name.empty()) return list(*sources, context);
  auto const source = find_source(*sources, options.name);
  if (!source) return fail(source.error());
  if (options.output.empty()) {
    return fail(ErrorCode::bad_usage, "the world to write is missing", "command line",
                fmt::format("linchpin table fetch {} -o {}.nc", source->name, source->name));
  }
  if (auto const fine = check_output(options.output, {path.string()}, true); !fine) return fine;
  auto const cache = cache_folder(options);
  if (!cache) return fail(cache.error());
  if (source->status == TableSource::Status::open) {
    if (auto const shown = show_licence(*source, *cache, options, context); !shown) return shown;
  }
  auto const file = fetch_file(*source,
                               {.cache = *cache,
                                .loopback_http = sources->loopback_http,
                                .again = options.again,
                                .stall_seconds = options.stall_seconds},
                               run_control(context));
  finish_progress();
  if (!file) return fail(file.error());
  if (!context.json && !context.quiet) {
    print_line(fmt::format("{} {} ({} bytes, SHA-256 {})", file->from_cache ? "kept:" : "fetched",
                           file->path.string(), file->bytes,
                           file->verified ? "as published" : file->sha256));
  }
  auto const table = read_fetched(*file, *source, {.reader_program = context.reader_program},
                                  run_control(context));
  finish_progress();
  if (!table) return fail(table.error());
  // As `table import` does: stored as it is, faults said.
  bool const sound = judge_table(*table, options.name, false, context, false).has_value();
  auto const written = write_table(*table, options.output, context,
                                   {{"source", to_json(*source)},
                                    {"file",
                                     {{"path", file->path.string()},
                                      {"bytes", file->bytes},
                                      {"resumed_bytes", file->resumed},
                                      {"from_cache", file->from_cache},
                                      {"sha256", file->sha256},
                                      {"verified", file->verified}}}});
  if (written && !sound) print_holds_errors(false, context);
  return written;
}

}  // namespace

void add_table_fetch(CLI::App& table, Context& context, Action& action) {
  auto const options = std::make_shared<FetchCommand>();
  auto& command = add_table_command(table, context, action, "fetch",
                                    "Download a release from its publisher and import it",
                                    [options](Context const& c) { return fetch(*options, c); });
  command.add_option("name", options->name, "Release; without it, all are listed");
  command.add_option("-o,--output", options->output, "World to write (.nc)");
  command.add_flag("--again", options->again, "Download even if the cache holds it");
  command.add_flag("--accept-licence", options->accept_licence,
                   "Do not show the publisher's licence the first time");
  command.add_option("--cache", options->cache,
                     "Folder for downloads (default: $XDG_CACHE_HOME/linchpin or "
                     "~/.cache/linchpin)");
  command.add_option("--sources", options->sources,
                     "Own list of releases (TOML) instead of the shipped one");
  command
      .add_option("--timeout", options->stall_seconds,
                  "Give up when nothing comes for so many seconds")
      ->check(CLI::Range(1, 3600))
      ->capture_default_str();
}

}  // namespace linchpin::app
