// SPDX-License-Identifier: Apache-2.0
#include "linchpin/table/worlds.h"

#include <fmt/format.h>

#include <algorithm>
#include <system_error>
#include <utility>

#include "linchpin/core/nearest.h"
#include "linchpin/table/label_text.h"

namespace linchpin {
namespace fs = std::filesystem;

std::vector<BuiltInWorld> list_worlds(fs::path const& data_folder) {
  std::vector<BuiltInWorld> worlds;
  std::error_code problem;
  for (fs::directory_iterator entry(data_folder / "worlds", problem), end; !problem && entry != end;
       entry.increment(problem)) {
    auto const name = entry->path().filename().string();
    auto path = entry->path() / (name + ".nc");
    std::error_code ignored;
    if (fs::is_regular_file(path, ignored)) worlds.push_back({name, std::move(path)});
  }
  std::sort(worlds.begin(), worlds.end(),
            [](BuiltInWorld const& a, BuiltInWorld const& b) { return a.name < b.name; });
  return worlds;
}

Result<fs::path> find_world(std::string const& name_or_path, fs::path const& data_folder) {
  auto const worlds = list_worlds(data_folder);
  auto const world = std::find_if(worlds.begin(), worlds.end(), [&](BuiltInWorld const& each) {
    return each.name == name_or_path;
  });
  if (world != worlds.end()) return world->path;
  std::error_code ignored;
  fs::path const path(name_or_path);
  if (!name_or_path.empty() && fs::exists(path, ignored)) return path;

  std::vector<std::string> names;
  for (auto const& each : worlds) names.push_back(each.name);
  auto const listed = names.empty() ? std::string{"there are no built-in worlds"}
                                    : fmt::format("built-in worlds: {}", fmt::join(names, ", "));
  return fail(ErrorCode::file_not_found,
              fmt::format("there is no file and no built-in world '{}'", printable(name_or_path)),
              name_or_path, did_you_mean(name_or_path, names, listed));
}

Result<LoadedTable> load_table(std::string const& name_or_path, fs::path const& data_folder,
                               ReadOptions const& options, RunControl const& control) {
  auto path = find_world(name_or_path, data_folder);
  if (!path) return fail(path.error());
  bool const built_in = *path != fs::path(name_or_path);
  auto how = options;
  if (built_in) how.reader_program.clear();  // our own file needs no child process
  auto table = read_table(*path, how, control);
  if (!table) return fail(table.error());
  auto name = built_in ? name_or_path : path->filename().string();
  return LoadedTable{std::move(*table), std::move(name), std::move(*path)};
}

}  // namespace linchpin
