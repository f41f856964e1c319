// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "linchpin/core/dense.h"
#include "linchpin/core/error.h"
#include "linchpin/core/random.h"
#include "linchpin/equilibrium/trade_base.h"
#include "linchpin/leverage/price_world.h"
#include "linchpin/results/equilibrium_answer.h"
#include "linchpin/study/trade_world.h"

namespace linchpin::study {

/// One world as the measures of leverage see it, all from the same base without trade deficits.
struct LeverageWorld {
  equilibrium::TradeBase base;
  leverage::PriceWorld prices;
  equilibrium::Closure closure;
  EquilibriumSetting setting;
  std::vector<std::string> warnings;
};

/// \param model  theta, horizon and closure, as of a trade scenario
/// \error as open_trade_question; of PriceWorld
[[nodiscard]] Result<LeverageWorld> open_leverage_world(TradeGround const& ground,
                                                        TradeModelSpec const& model,
                                                        ParameterSource const& source);

/// Least share of value added in a cost: prices at fixed wages hang on it.
inline constexpr double least_value_added = 0.02;

/// The price side of `base` with other trade elasticities: shares do not depend on them. Industries
/// with less value added than `least_value_added` get that much; `raised` counts them.
[[nodiscard]] Result<leverage::PriceWorld> price_world_of(equilibrium::TradeBase const& base,
                                                          DenseVector const& theta,
                                                          std::size_t* raised = nullptr);

/// Where the trade elasticities of a world may lie.
struct ThetaRanges {
  DenseVector low, high;  ///< one per sector
  std::string words;      ///< where they come from
};

/// Ranges of the set in force, at its horizon: those of its file; half to one and a half times the
/// number where it states none (an assumption).
[[nodiscard]] Result<ThetaRanges> theta_ranges(TradeGround const& ground,
                                               TradeModelSpec const& model,
                                               ParameterSource const& source,
                                               DenseVector const& theta);

/// Every sector uniform in its range, sectors independent of each other.
[[nodiscard]] DenseVector draw_theta(ThetaRanges const& ranges, Seed seed, std::size_t draw);

/// Places of labels in the order given; unknown ones and repetitions go to `errors`. Empty: all.
[[nodiscard]] std::vector<std::size_t> region_places(std::vector<std::string> const& labels,
                                                     char const* where, IndustrySpace const& space,
                                                     ErrorList& errors);
[[nodiscard]] std::vector<std::size_t> sector_places(std::vector<std::string> const& labels,
                                                     char const* where, IndustrySpace const& space,
                                                     ErrorList& errors);

}  // namespace linchpin::study
