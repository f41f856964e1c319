// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "linchpin/core/error.h"
#include "linchpin/leverage/price_world.h"

namespace linchpin::leverage {

/// Something a target can do before an attack: a second supplier, a stockpile, a plant of its own.
struct DefenceMeasure {
  std::string label;
  double cost = 0;  ///< ≥ 0, one unit for all measures
};

/// What the attacker's best answer does to the target once these measures stand.
struct WorstCase {
  double loss = 0;   ///< of the best attack found
  double bound = 0;  ///< no attack does more; infinite: not known
};

/// The inner two levels of defender, attacker, defender: the attack that hurts most, and what the
/// target makes of it. Measures by place, ascending.
using WorstCaseEvaluator = std::function<Result<WorstCase>(std::span<std::size_t const>)>;

struct DefenceOptions {
  std::size_t k = 3;                  ///< measures at most
  std::optional<double> budget = {};  ///< on the sum of costs
  std::size_t evaluations = 5'000;    ///< of attacks, before trying all sets gives up
};

struct DefencePlan {
  std::vector<std::size_t> measures;  ///< places, ascending; may be empty
  double cost = 0;
  WorstCase worst;
};

struct DefenceAnswer {
  WorstCase undefended;
  DefencePlan best;           ///< least worst-case loss found, then least cost
  DefencePlan best_per_cost;  ///< most loss avoided per unit of cost; empty if none avoids any
  std::vector<DefencePlan> ladder;  ///< greedy: each adds the measure that avoids most per cost
  bool exhaustive = false;          ///< all allowed sets were tried
  /// No allowed plan brings the worst case below this: the least loss of an attack found, where all
  /// allowed sets were tried. Else not proven, for a measure may help another attack: what is no
  /// longer bought here is bought there, and inputs come from somewhere, too.
  std::optional<double> least_possible;
  /// The worst case found with all measures at once, allowed or not; only where not all sets were
  /// tried. No bound.
  std::optional<double> all_at_once;
  std::size_t evaluations = 0;
};

/// Which measures lower the worst case most, in total and per unit of cost. All sets are tried if
/// the evaluations allow, else greedy with pairwise swaps (a heuristic without a bound). A measure
/// that costs nothing counts as infinitely cheap: it comes first in the ladder. Without measures or
/// with k = 0: the undefended case, exhaustive.
[[nodiscard]] Result<DefenceAnswer> plan_defence(std::span<DefenceMeasure const> measures,
                                                 WorstCaseEvaluator const& attack,
                                                 DefenceOptions const& options = {});

/// The same world where `importer` buys only `factor` of the share it bought from one exporter and
/// the rest from its other sellers, in proportion (a diversification). Where there is no other
/// seller the importer itself becomes one. Preconditions: 0 ≤ factor ≤ 1, ids exist.
[[nodiscard]] Result<PriceWorld> diversified(PriceWorld const& world, DeniedLink const& link,
                                             double factor);

/// The same world where `importer` makes (1 − factor) of what it bought from one exporter itself,
/// or has it in stock when the denial comes. Preconditions as of `diversified`.
[[nodiscard]] Result<PriceWorld> brought_home(PriceWorld const& world, DeniedLink const& link,
                                              double factor);

}  // namespace linchpin::leverage
