// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "linchpin/core/error.h"
#include "linchpin/economy/industry_space.h"
#include "linchpin/equilibrium/trade_base.h"
#include "linchpin/results/equilibrium_answer.h"
#include "linchpin/study/parameter_source.h"
#include "linchpin/study/trade_resolver.h"
#include "linchpin/study/trade_spec.h"
#include "linchpin/table/trade_accounts.h"

namespace linchpin::study {

/// Where trade scenarios of one world start from.
struct TradeGround {
  TradeAccounts accounts;
  IndustrySpace space;  ///< of trade_space: every sector in every region
  std::string vintage;  ///< name and year of the world
};

/// The labels of bare accounts; regions and sectors are called as their labels.
[[nodiscard]] Result<TradeGround> trade_ground(TradeAccounts accounts, std::string vintage);

/// A base in equilibrium and a scenario on it, ready to be solved.
struct TradeQuestion {
  equilibrium::TradeBase base;
  TradeScenario scenario;
  EquilibriumSetting setting;
  std::vector<std::string> warnings;
};

/// What a command line adds to a scenario.
struct TradeAdditions {
  std::vector<TariffCell> tariffs;  ///< new ones, in labels of the accounts
  std::vector<RegionId> among;      ///< only between these; empty: everywhere
};

/// Reads the trade elasticities that `model` names for the sectors of a world without its own: a
/// set nobody has is told before anything is computed.
/// \error of `source`, read_trade_elasticities and trade_elasticities_of; missing_value ("own")
[[nodiscard]] Result<void> check_elasticities(TradeModelSpec const& model,
                                              IndustrySpace const& space,
                                              ParameterSource const& source);

/// Elasticities, closure and labels of `spec`, then the base: shares of the accounts, in
/// equilibrium with deficits as the scenario says (none, unless it asks for them).
///
/// \param source    where sets of trade elasticities come from: "default" is the shipped one
/// \param problems  found before, reported together with those found here
/// \error of labels, elasticities and policies, all at once; of calibrate and consistent_base
[[nodiscard]] Result<TradeQuestion> open_trade_question(TradeGround const& ground,
                                                        TradeScenarioSpec const& spec,
                                                        TradeAdditions const& additions,
                                                        ParameterSource const& source,
                                                        ErrorList problems = {});

}  // namespace linchpin::study
