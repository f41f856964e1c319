// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <functional>
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
/// with less value added than `least_value_added` get that much; `raised` counts them, `clipped`
/// says what of final demand was cut away.
[[nodiscard]] Result<leverage::PriceWorld> price_world_of(
    equilibrium::TradeBase const& base, DenseVector const& theta, std::size_t* raised = nullptr,
    leverage::ClippedDemand* clipped = nullptr);

/// Where the trade elasticities of a world may lie.
struct ThetaRanges {
  DenseVector low, high;  ///< one per sector
  DenseVector value;      ///< the central number, where it lies between them: the likeliest
  std::string words;      ///< where they come from
};

/// The world at the numbers of a draw, where more than elasticities is drawn: its elasticities are
/// its own. With it no ranges are looked up.
struct DrawnGround {
  std::function<Result<TradeGround>(std::size_t draw)> ground;
  std::string words;  ///< what is drawn
};

/// Ranges of the set in force, at its horizon: those of its file; half to one and a half times the
/// number where it states none (an assumption).
[[nodiscard]] Result<ThetaRanges> theta_ranges(TradeGround const& ground,
                                               TradeModelSpec const& model,
                                               ParameterSource const& source,
                                               DenseVector const& theta);

/// Every sector triangular in its range with the peak at its central number (uniform where that
/// lies outside), sectors independent of each other.
[[nodiscard]] DenseVector draw_theta(ThetaRanges const& ranges, Seed seed, std::size_t draw);

/// "nine draws of ten" is no more than this says: how draws are made, for warnings.
[[nodiscard]] std::string draw_words(ThetaRanges const& ranges);

/// The number a share `u` of draws lies below: triangular from low to high with its peak at value,
/// uniform where that is not between them.
[[nodiscard]] double peaked(double low, double value, double high, double u);

/// Sectors that are no services; all where every one is.
[[nodiscard]] std::vector<std::size_t> goods_of(IndustrySpace const& space);

/// Places of labels in the order given; unknown ones and repetitions go to `errors`. Empty: all.
[[nodiscard]] std::vector<std::size_t> region_places(std::vector<std::string> const& labels,
                                                     char const* where, IndustrySpace const& space,
                                                     ErrorList& errors);
[[nodiscard]] std::vector<std::size_t> sector_places(std::vector<std::string> const& labels,
                                                     char const* where, IndustrySpace const& space,
                                                     ErrorList& errors);

}  // namespace linchpin::study
