// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "linchpin/core/error.h"
#include "linchpin/core/run_control.h"
#include "linchpin/results/threat_answer.h"
#include "linchpin/study/leverage_spec.h"
#include "linchpin/study/leverage_world.h"
#include "linchpin/study/uncertain_spec.h"

namespace linchpin::study {

/// Two regions, or coalitions of them, that could stop trading with each other altogether. Labels.
struct BargainRequest {
  std::vector<std::string> first, second, sectors;  ///< no sectors: all
  double weight = 0.5;                              ///< bargaining weight of the first, 0…1
  /// What carrying out its threat is worth to a side besides, per cent of its real final spending.
  RangedNumber first_resolve, second_resolve;
  TradeModelSpec model;
  std::optional<EnsembleSpec> ensemble;
  std::optional<DrawnGround> drawn = {};  ///< worlds of the draws; else elasticities are drawn
};

/// What needs no world: who is named, and the ranges of numbers; all findings at once.
/// \error missing_value, bad_value
[[nodiscard]] Result<void> check_bargain(BargainRequest const& request);

/// What both sides have with trade and without (a full break both ways, once trade has settled),
/// and how they would split the difference: real final spending at prices of the base, added up
/// over members. A transfer is worth to who receives it what it costs who pays it: what it does to
/// prices is left out.
/// \error unknown_label, duplicate_label, bad_value  all at once; a region on both sides is one
/// \error of open_leverage_world; cancelled
[[nodiscard]] Result<BargainAnswer> run_bargain(TradeGround const& ground,
                                                BargainRequest const& request,
                                                ParameterSource const& source,
                                                RunControl const& control = {});

/// A bargain whose numbers are given: incomes in one unit, each a number or the range it lies in.
struct BargainFile {
  std::string title, unit, first, second;
  double weight = 0.5;
  RangedNumber first_with, first_without, second_with, second_without;
  RangedNumber first_resolve, second_resolve;  ///< in the unit
  std::optional<EnsembleSpec> ensemble;        ///< needed where something is a range
};

/// \error as nash_bargain, of the central numbers
[[nodiscard]] Result<BargainAnswer> answer_bargain(BargainFile const& file);

}  // namespace linchpin::study
