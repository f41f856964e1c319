// SPDX-License-Identifier: Apache-2.0
#include "linchpin/serve/open_world.h"

#include <fmt/format.h>

#include "linchpin/economy/trade_accounts_of.h"
#include "linchpin/study/trade_resolver.h"

namespace linchpin::serve {

Result<depend::LeontiefSystem> OpenWorld::system(depend::SystemOptions const& options,
                                                 RunControl const& control) const {
  auto chosen = options;
  if (chosen.method == depend::SolveMethod::automatic) {
    chosen.method = depend::cheaper_method(economy.space(), options.expected_right_hand_sides);
  }
  if (chosen.method == depend::SolveMethod::iterative) {
    return depend::LeontiefSystem::make(economy, chosen, control);
  }
  std::scoped_lock const lock(system_mutex_);
  if (!direct_) {
    auto made = depend::LeontiefSystem::make(economy, chosen, control);
    if (!made) return made;
    direct_ = *std::move(made);
  }
  return *direct_;
}

Result<std::shared_ptr<study::TradeGround const>> OpenWorld::trade(
    RunControl const& control) const {
  std::scoped_lock const lock(trade_mutex_);
  if (trade_) return trade_;
  auto accounts = trade_accounts_of(economy, {}, control);
  if (!accounts) return fail(accounts.error());
  auto const& labels = economy.space().labels();
  auto space = study::trade_space(labels.regions, labels.sectors);
  if (!space) return fail(space.error());
  auto const year = origin.world.year;
  auto const vintage =
      year == 0 ? origin.world_name : fmt::format("{} ({})", origin.world_name, year);
  trade_ = std::make_shared<study::TradeGround const>(
      study::TradeGround{*std::move(accounts), *std::move(space), vintage});
  return trade_;
}

std::size_t OpenWorld::bytes() const noexcept {
  constexpr std::size_t matrices = 4;  // flows, factors, inverse, and the rest
  return matrices * sizeof(double) * economy.size() * economy.size();
}

}  // namespace linchpin::serve
