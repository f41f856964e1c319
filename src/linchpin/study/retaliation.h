// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "linchpin/economy/industry_space.h"
#include "linchpin/economy/scenario.h"

namespace linchpin::study {

/// "If `attacker` cuts `victim`, the victim answers after n days."
struct RetaliationRule {
  RegionId attacker;
  RegionId victim;
  Cut answer;                 ///< without its first day, which the trigger gives
  int after_days = 0;
  bool until_lifted = false;  ///< ends on the day the trigger ends
  std::string where;
};

/// An answer in force.
struct Retaliation {
  std::size_t rule = 0;
  Cut cut;
};

struct Retaliations {
  std::vector<Retaliation> fired;     ///< in the order of their triggers
  std::vector<std::size_t> idle;      ///< rules that nothing triggers
  std::vector<std::size_t> silenced;  ///< rules that would answer again and do not
};

/// Turns rules into cuts, from the first day of `cuts` on. A cut of deliveries is an act of the
/// seller, an import ban one of the buyer; a closure is nobody's. Answers trigger rules, too. Each
/// rule fires at most once, at its earliest trigger; on one day in the order of `rules`. So a loop
/// of rules ends, and says so in `silenced`.
[[nodiscard]] Retaliations retaliate(std::vector<RetaliationRule> const& rules,
                                     std::vector<Cut> const& cuts, IndustrySpace const& space);

}  // namespace linchpin::study
