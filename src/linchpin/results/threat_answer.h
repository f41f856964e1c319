// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "linchpin/core/quantities.h"
#include "linchpin/results/equilibrium_answer.h"
#include "linchpin/results/leverage_answer.h"
#include "linchpin/results/standoff_answer.h"

namespace linchpin {

/// One side of a bargain over a full break.
struct BargainSide {
  std::vector<std::string> regions;  ///< labels, or the name in a file
  Band income;                       ///< real final spending with trade [unit per year]
  Band at_stake;                     ///< lost by the break [unit per year]; below 0: gained
  Band loss_pct;                     ///< the same, per cent of income
  /// Most it would hand over each year rather than see the break: what the other can demand of it
  /// if its threat is believed [unit per year].
  double accepts = 0;
  double resolve_pct = 0;                ///< what carrying out its threat is worth to it besides
  bool credible = false;                 ///< the break costs it no more than that
  std::optional<double> credible_share;  ///< of the draws; empty: no draws
  double demand = 0;                     ///< enforced: what the other accepts, if credible, else 0
  double gain_pct = 0;                   ///< agreement over break, per cent of income
  std::optional<Band> ratio;             ///< the other's loss over its own; empty: costless
  bool costless = false;                 ///< loses less than 0.01 % by the break
  std::vector<Labelled> members_loss_pct = {};  ///< where several act together
};

/// What two sides would agree on with a full break of their trade as threat point.
struct BargainAnswer {
  std::string title;
  BargainSide first, second;
  std::vector<std::string> sectors = {};  ///< whose trade breaks; empty: all
  double weight = 0.5;                    ///< bargaining weight of the first
  bool trade = true;                      ///< they trade something of it
  bool agreement = false;
  std::optional<double> agreement_share = {};  ///< of the draws; empty: no draws
  Band surplus;   ///< both stakes added up, less what the break is worth to them [unit per year]
  Band transfer;  ///< each year from the first to the second; below 0: the other way
  std::string no_answer;  ///< why there are no numbers; empty: there are
  MonetaryUnit unit;
  std::string unit_words;  ///< "USD million", "units of the file"
  std::size_t draws = 0, failed_draws = 0;
  std::string first_failure = {};
  std::uint64_t seed = 0;
  std::optional<EquilibriumSetting> setting;  ///< empty: numbers of a file
  std::vector<std::string> warnings;
};

/// A point of what discouraging purchases costs a type of the target.
struct SignalCost {
  bool resilient = false;
  double wedge_pct = 0;  ///< on what the sender's goods cost the target
  double given_up = 0;   ///< share of these purchases, by value
  double cost_pct = 0;   ///< of real final spending
};

/// A range of signals; empty optionals: there is none.
struct SignalRange {
  std::optional<Band> low, high;
  std::optional<double> share;  ///< of the draws that have one; empty: no draws
};

/// What a target can show by buying less from a sender beforehand.
struct SignalAnswer {
  std::string title;
  std::string target;
  std::vector<std::string> senders, sectors;
  std::string instrument;                ///< "wedge", "tariff"; "file": costs as given
  std::string size_words;                ///< what a signal of 1 is
  double belief = 0;                     ///< that the target is resilient, of the sender
  std::optional<Band> deterring_belief;  ///< from which a threat does not pay; empty: none does it
  double resilient_loss = 0, dependent_loss = 0;  ///< by the denial, per cent; in a file: as given
  double demand = 0;  ///< what a dependent target gives in to, per cent; in a file: its loss
  double gain = 0, penalty = 0;  ///< of the sender [unit per year, of the file]
  double signal_years = 1, threat_years = 1;
  SignalRange separating, pooling, mixing;
  double mixing_share = 0;  ///< of dependent targets that send the signal, too
  /// What the cheapest separating signal costs a resilient target.
  std::optional<double> signal_cost;
  bool silence_deters = false, silence_threatened = false, silence_survives_intuition = false;
  std::string no_answer;   ///< why signals say nothing here; empty: they can
  bool unsettled = false;  ///< ... because the denial itself has no settled answer
  std::vector<SignalCost> costs;
  MonetaryUnit unit;
  std::string unit_words;
  std::size_t draws = 0, failed_draws = 0;
  std::uint64_t seed = 0;
  std::optional<EquilibriumSetting> setting;
  std::vector<std::string> warnings;
};

/// How a plan sources one sector.
struct FrontierSector {
  std::string sector;
  double weight = 0;                    ///< in the cost of living
  double private_share = 0, share = 0;  ///< of the rivals together
  double wedge = 0, tariff = 0;         ///< shadow tax, ad valorem tax that makes buyers do it
  double private_exposure = 0, exposure = 0;  ///< weighted terms, ln
  double cost = 0;                            ///< weighted, ln
  bool captive = false;                       ///< the rivals hold it alone: nothing can be planned
};

/// One way to trade efficiency against exposure.
struct FrontierAnswerPoint {
  std::string kind;  ///< "private", "swept", "limit"
  double mu = 0;
  double cost_pct = 0;      ///< dearer living by the plan
  double exposure_pct = 0;  ///< dearer living by a denial on top of it
  double removed = 0;       ///< share of the private exposure
  double rival_share = 0;   ///< of the rivals in all spending
  double residual = 0;      ///< of the optimality conditions, computed anew
  std::size_t captive = 0;
  std::vector<FrontierSector> sectors;
};

struct FrontierAnswer {
  std::string buyer;
  std::vector<std::string> rivals, sectors;
  bool network = false;  ///< sectors weigh what they weigh through the network, not in final use
  std::vector<FrontierAnswerPoint> points;
  std::vector<std::string> theta_assumed = {};  ///< sectors whose elasticity is an assumption
  bool services = false;                        ///< services were planned, too
  double residual = 0;                          ///< largest of the points
  EquilibriumSetting setting;
  std::vector<std::string> warnings;
};

}  // namespace linchpin
