// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "linchpin/core/error.h"
#include "linchpin/economy/scenario.h"
#include "linchpin/equilibrium/policy.h"
#include "linchpin/equilibrium/trade_base.h"
#include "linchpin/study/leverage_spec.h"

namespace linchpin::study {

/// Actions of that name as bits: 1 << place in `spec.actions`.
[[nodiscard]] unsigned action_mask(StandoffSpec const& spec,
                                   std::vector<Placed<std::string>> const& in_force);
/// Names of the actions in `mask`, in the order of the study.
[[nodiscard]] std::vector<std::string> action_names(StandoffSpec const& spec, unsigned mask);

/// The actions in `mask` together. Deliveries at home are never touched. Where several touch the
/// same delivery rates add up, and of bans and licences the strictest counts; a part of a ban that
/// stops only a share is a quota on real deliveries whose rents nobody receives.
/// \param kinds  sectors of the base: "goods" and "services" stand for the sectors of that kind
/// \error too_large  more quotas than the solver takes
[[nodiscard]] Result<equilibrium::TradePolicy> policy_of(StandoffSpec const& spec, unsigned mask,
                                                         equilibrium::TradeBase const& base,
                                                         std::vector<SectorLabel> const& kinds);

/// Deliveries with trade in the base that the action touches: (sector, importer, exporter).
[[nodiscard]] std::size_t touched_cells(StandoffActionSpec const& action,
                                        equilibrium::TradeBase const& base,
                                        std::vector<SectorLabel> const& kinds);

/// The same for the daily model; \pre no rates, for that model has no prices.
[[nodiscard]] Scenario daily_scenario(StandoffSpec const& spec, unsigned mask,
                                      IndustrySpace const& space);
[[nodiscard]] bool is_rate(StandoffInstrument const& instrument);

/// Regions that must go along with an action: its sellers, or the buyers of a tariff.
[[nodiscard]] std::vector<Placed<std::string>> const& members_of(StandoffActionSpec const& action);

/// "ban", "tariff", "export tax", "licences".
[[nodiscard]] char const* kind_words(StandoffInstrument::Kind kind);
/// "no CHIPS from USA and TWN to CHN", "CHN levies 25 % on goods from USA".
[[nodiscard]] std::string action_words(StandoffActionSpec const& action);

}  // namespace linchpin::study
