// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "linchpin/core/error.h"
#include "linchpin/economy/industry_space.h"
#include "linchpin/equilibrium/closure.h"
#include "linchpin/equilibrium/policy.h"
#include "linchpin/equilibrium/trade_base.h"
#include "linchpin/study/trade_spec.h"
#include "linchpin/table/trade/tariff_file.h"

namespace linchpin::study {

/// Every sector in every region, in the order of a trade base: where its labels are looked up.
[[nodiscard]] Result<IndustrySpace> trade_space(std::vector<RegionLabel> regions,
                                                std::vector<SectorLabel> sectors);

/// A scenario in the numbering of one trade base.
struct TradeScenario {
  std::string name, title;
  equilibrium::TradePolicy policy;
  equilibrium::Closure closure;
  bool ces = false;
  std::vector<std::string> words;  ///< what it does, a phrase per policy
  std::vector<std::string> warnings;
  std::size_t cells = 0;  ///< (sector, importer, exporter) and industries that policies touch
};

/// Rules that hold before labels are known: the rule for deficits.
[[nodiscard]] equilibrium::DeficitRule deficit_rule(TradeModelSpec const& model) noexcept;

/// Looks up the labels of `spec` and fills the arrays. Measures act in their order: later rates
/// win, rises and factors come on top of what is there. Trade of a region with itself is left
/// alone. "goods" and "services" stand for the sectors of that kind, names of groups for their
/// regions. Problems go to `errors`.
[[nodiscard]] TradeScenario resolve_trade_scenario(TradeScenarioSpec const& spec,
                                                   equilibrium::TradeBase const& base,
                                                   IndustrySpace const& space, ErrorList& errors);

/// The nests, factors and entrants of `model`; what is not said is Cobb-Douglas, mobile, none; for
/// "ces" the nests are `ces_nests`.
[[nodiscard]] equilibrium::Closure resolve_closure(TradeModelSpec const& model,
                                                   equilibrium::TradeBase const& base,
                                                   IndustrySpace const& space, ErrorList& errors);

/// Nests of --model ces where nothing else is said: an assumption, between Leontief and
/// Cobb-Douglas.
inline constexpr equilibrium::UpperNests ces_nests{
    .value_added = 0.5, .materials = 0.2, .final_use = 0.9};

/// Tariffs of cells with a new rate, where both regions are in `among` (empty: everywhere).
/// \return cells set in which something is traded
std::size_t set_tariffs(std::span<TariffCell const> cells, std::span<RegionId const> among,
                        equilibrium::TradeBase const& base, equilibrium::TradePolicy& policy);

/// The problems that labels of `spec` have, found without a base; `space` as of trade_space.
void check_trade_labels(TradeScenarioSpec const& spec, IndustrySpace const& space,
                        ErrorList& errors);

/// Regions of a list, with names of groups; for --among and the like.
[[nodiscard]] std::vector<RegionId> find_trade_regions(
    std::vector<Placed<std::string>> const& texts, TradeScenarioSpec const& spec,
    IndustrySpace const& space, ErrorList& errors);

}  // namespace linchpin::study
