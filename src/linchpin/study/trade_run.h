// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "linchpin/core/error.h"
#include "linchpin/core/run_control.h"
#include "linchpin/economy/industry_space.h"
#include "linchpin/results/equilibrium_answer.h"
#include "linchpin/study/trade_world.h"

namespace linchpin::study {

/// What is asked besides the outcome.
struct TradeAsked {
  /// Whose imports from each other are reported; empty: all imports.
  std::vector<RegionId> bloc = {};
  std::optional<RegionId> gradient = {};  ///< whose welfare is differentiated
  std::size_t top = 20;                   ///< rows of rankings
  /// Steps of the path along which welfare is split into its parts, even; 0: it is not.
  std::size_t parts = 0;
  std::optional<EnsembleSpec> ensemble = {};
  UncertainSpecs uncertain = {};  ///< empty: the default set
};

/// Solves the question and puts the outcome into labels. Bans that leave a good without a seller
/// are an answer (`lost`), not an error.
///
/// \error those of equilibrium::solve but for lost inputs; of the ensemble
[[nodiscard]] Result<EquilibriumAnswer> run_trade_question(TradeQuestion const& question,
                                                           IndustrySpace const& space,
                                                           TradeAsked const& asked,
                                                           RunControl const& control = {});

/// How much a policy touches a region at once, in per cent of its final spending: what its
/// purchases become dearer with origins free to change and costs of makers unchanged, what its
/// exports are hit by, and what it buys from, and sells to, industries that productivity or
/// subsidies change, times that change and the rounds it makes among makers of their region. In
/// logs.
[[nodiscard]] std::vector<double> policy_exposure(equilibrium::TradeBase const& base,
                                                  equilibrium::TradePolicy const& policy);

/// Why the number of a region is not to be taken as a result: welfare moves by more than 15 %, and
/// by more than three times what the policy touches (a gain as a log). Empty: it is.
[[nodiscard]] std::string outlier_reason(equilibrium::TradeBase const& base, std::size_t region,
                                         double welfare_pct, double exposure_pct);

}  // namespace linchpin::study
