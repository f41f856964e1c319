// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "linchpin/core/error.h"
#include "linchpin/core/run_control.h"
#include "linchpin/table/read.h"
#include "linchpin/table/table.h"

namespace linchpin {

/// A world that comes with the program: `<data>/worlds/<name>/<name>.nc`.
struct BuiltInWorld {
  std::string name;
  std::filesystem::path path;
};

/// Built-in worlds in alphabetical order; none if `data_folder` has no folder `worlds`.
[[nodiscard]] std::vector<BuiltInWorld> list_worlds(std::filesystem::path const& data_folder);

/// The file behind a built-in name or a path. A bare word is a built-in name first; anything with
/// a folder or an extension is a path.
/// \error file_not_found  neither exists; the hint names the nearest built-in world
[[nodiscard]] Result<std::filesystem::path> find_world(std::string const& name_or_path,
                                                       std::filesystem::path const& data_folder);

/// A table and where it came from.
struct LoadedTable {
  Table table;
  std::string name;            ///< built-in name, or the file name
  std::filesystem::path path;  ///< of the file that was read
};

/// Opens a built-in world, a `.nc` file, or any file `read_table` can import.
/// \error those of find_world and read_table
[[nodiscard]] Result<LoadedTable> load_table(std::string const& name_or_path,
                                             std::filesystem::path const& data_folder,
                                             ReadOptions const& options = {},
                                             RunControl const& control = {});

}  // namespace linchpin
