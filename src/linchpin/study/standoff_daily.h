// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <string>
#include <vector>

#include "linchpin/core/error.h"
#include "linchpin/core/run_control.h"
#include "linchpin/disrupt/model.h"
#include "linchpin/economy/economy.h"
#include "linchpin/study/standoff_parts.h"

namespace linchpin::study {

/// Losses of a stand-off by the daily model, per cent of real final use over the days simulated.
struct StandoffDaily {
  int days = 0;
  /// By set of actions, in force from the first day on: [player, then other]. Sets with a tariff or
  /// a tax are missing, for the model has no prices.
  std::map<unsigned, std::vector<double>> losses;
  /// [rung][move] of moves that end the ladder, the sets in force one after the other as long as
  /// rungs take: [player, then other]. Empty where rungs take no time.
  std::vector<std::vector<std::vector<double>>> ends;
  std::string model;  ///< which one, in words
  std::vector<std::string> warnings;
};

/// Days of the horizon, a year at most.
[[nodiscard]] int standoff_days(StandoffSpec const& spec);

/// \param economy  with the lines of the study as sectors of their own (carved_economy); they have
///                 the stocks and ratings of their hosts
/// \param world    sectors without the lines
/// \param model    of short_run_models over standoff_days, for the sectors of `world`
/// \error of simulate_block; of the first run without an answer
[[nodiscard]] Result<StandoffDaily> standoff_daily(StandoffCase const& each, Economy const& economy,
                                                   std::vector<CarveLineSpec> const& lines,
                                                   IndustrySpace const& world,
                                                   disrupt::ModelOptions const& model,
                                                   RunControl const& control);

}  // namespace linchpin::study
