// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "linchpin/core/error.h"
#include "linchpin/core/run_control.h"
#include "linchpin/results/result_set.h"
#include "linchpin/results/threat_answer.h"
#include "linchpin/study/leverage_spec.h"
#include "linchpin/study/leverage_world.h"
#include "linchpin/study/parameter_source.h"
#include "linchpin/study/threat_words.h"

namespace linchpin::study {

/// What came of bargains, signals, frontiers and defences of a study, each in the order asked.
struct ThreatAnswers {
  std::vector<BargainAnswer> bargains;
  std::vector<SignalAnswer> signals;
  std::vector<FrontierAnswer> frontiers;
  std::vector<DefendAnswer> defences;
};

/// The world of a study as they see it, with its lines.
struct ThreatWorld {
  TradeGround const& ground;
  TradeModelSpec model;
  std::optional<DrawnGround> drawn = {};   ///< worlds of the draws where lines are carved out
  std::optional<ThetaRanges> ranges = {};  ///< of its sectors there
};

/// \error of run_bargain, run_signal, run_frontier, run_defend, with the place of the table
[[nodiscard]] Result<ThreatAnswers> ask_threats(ThreatSpec const& spec, ThreatWorld const& world,
                                                std::optional<EnsembleSpec> const& ensemble,
                                                ParameterSource const& source,
                                                RunControl const& control);

/// Headlines, tables, notes and warnings of the answers, added to `results`.
void add_threats(ResultSet& results, ThreatAnswers const& answers, ThreatSpec const& spec,
                 LabelNames const& name);

}  // namespace linchpin::study
