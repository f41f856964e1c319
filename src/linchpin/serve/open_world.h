// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <utility>

#include "linchpin/core/error.h"
#include "linchpin/core/run_control.h"
#include "linchpin/depend/leontief_system.h"
#include "linchpin/economy/economy.h"
#include "linchpin/results/result_set.h"
#include "linchpin/study/trade_world.h"

namespace linchpin::serve {

/// A world clients may name.
struct WorldEntry {
  std::string id;
  std::filesystem::path file;
  std::string kind;  ///< "built-in", "named" on the command line, "uploaded"
};

/// A world, opened and calibrated; never changes. What questions make of it is made when first
/// asked for and kept. Members may be called from any thread.
class OpenWorld {
 public:
  OpenWorld(WorldEntry from, Economy calibrated, Origin known)
      : entry(std::move(from)), economy(std::move(calibrated)), origin(std::move(known)) {}

  /// The Leontief system; factors are kept. One that is solved iteratively is made anew, because
  /// what it says about itself depends on what it was asked.
  [[nodiscard]] Result<depend::LeontiefSystem> system(depend::SystemOptions const& options,
                                                      RunControl const& control) const;
  /// Where trade scenarios start from.
  [[nodiscard]] Result<std::shared_ptr<study::TradeGround const>> trade(
      RunControl const& control) const;

  /// What it takes with everything kept, about [bytes].
  [[nodiscard]] std::size_t bytes() const noexcept;

  WorldEntry const entry;
  Economy const economy;
  Origin const origin;  ///< world_name and world filled in

 private:
  mutable std::mutex system_mutex_, trade_mutex_;
  mutable std::optional<depend::LeontiefSystem> direct_;
  mutable std::shared_ptr<study::TradeGround const> trade_;
};

}  // namespace linchpin::serve
