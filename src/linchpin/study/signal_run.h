// SPDX-License-Identifier: Apache-2.0
#pragma once

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

/// How purchases are discouraged beforehand.
enum class SignalInstrument {
  wedge,   ///< obstacles that use up resources; nobody earns anything
  tariff,  ///< the target keeps the revenue and may gain from better terms of trade
};

/// A target that may buy less from senders today to show them that it could do without them.
struct SignalRequest {
  std::string target;
  std::vector<std::string> senders, sectors;  ///< labels; no sectors: all
  SignalInstrument instrument = SignalInstrument::wedge;
  double belief = 0.5;  ///< of the senders, that the target is resilient
  /// What senders demand instead of the denial, per cent of the target's real final spending;
  /// empty: half-way between what the denial costs the two types.
  std::optional<double> demand_pct;
  double signal_years = 1, threat_years = 1;  ///< how long each lasts
  TradeModelSpec model;
  std::optional<ThetaRanges> ranges = {};  ///< of a world with lines of its own; else looked up
};

/// What needs no world: who is named, and the ranges of numbers; all findings at once.
/// \error missing_value, bad_value
[[nodiscard]] Result<void> check_signal(SignalRequest const& request);

/// Two types of target, who differ in how easily they replace suppliers: the resilient one has the
/// upper ends of the ranges of all trade elasticities, the dependent one the lower ends; senders do
/// not know which it is. Threatened with a denial of all they sell it, unless it meets a demand, a
/// dependent target gives in and a resilient one does not. Costs of discouraging, of the denial and
/// of carrying it out are those of the settled model; nothing is assumed linear.
/// \error unknown_label, duplicate_label, bad_value  all at once
/// \error of open_leverage_world, of the models; cancelled
[[nodiscard]] Result<SignalAnswer> run_signal(TradeGround const& ground,
                                              SignalRequest const& request,
                                              ParameterSource const& source,
                                              RunControl const& control = {});

/// A signalling game whose numbers are given, each a number or the range it lies in: costs per unit
/// of signal and losses of both types, in one unit; what the sender gains and loses, in another.
struct SignalFile {
  std::string title, target, sender, unit;
  RangedNumber resilient_cost, dependent_cost, resilient_loss, dependent_loss, gain, penalty,
      belief;
  std::optional<EnsembleSpec> ensemble;  ///< needed where something is a range
};

/// \error as signal_ranges, of the central numbers
[[nodiscard]] Result<SignalAnswer> answer_signal(SignalFile const& file);

}  // namespace linchpin::study
