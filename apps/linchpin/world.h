// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <string>

#include "apps/linchpin/context.h"
#include "linchpin/economy/economy.h"
#include "linchpin/results/result_set.h"

namespace linchpin::app {

/// A world the user named, opened and calibrated.
struct World {
  std::filesystem::path path;
  Economy economy;
  Origin origin;  ///< world_name and world filled in
};

/// Opens a built-in world, a world file or any table Linchpin reads, and calibrates an economy.
[[nodiscard]] Result<World> open_world(std::string const& name, Context const& context);

/// The world a study names: one that is a file beside the study by its path, else as it is written.
[[nodiscard]] std::string world_beside(std::string const& name, std::filesystem::path const& study);

/// One line on where the numbers come from: title, year, unit, balance gap.
[[nodiscard]] std::string world_line(World const& world);

}  // namespace linchpin::app
