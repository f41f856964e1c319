// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "linchpin/core/error.h"
#include "linchpin/localize/adoption.h"
#include "linchpin/localize/quality.h"
#include "linchpin/parameters/sourced_numbers.h"

namespace linchpin::localize {

/// A past control by one supplier country on one product, and what is assumed about the product.
/// Three offers: the controlling country's, of quality 1; other countries' and home makers', both
/// of `alternative_quality` when the control begins.
struct ControlCase {
  std::string product;
  double origin_share = 0;  ///< of the controlling country in imports, before
  double home_share = 0;    ///< of home makers in use, before
  double years = 1;         ///< from the control to the observation
  double alternative_quality = 0.8;
  double catch_up = 0.1;       ///< φ of the alternatives [per year]
  double frontier_growth = 0;  ///< g* [per year]
  double strictness = 0;       ///< of the control, [0, 1]
  double leakage = 0;
  Choice choice;  ///< with the fear that the control raises
};

/// What the model says about it.
struct ControlOutcome {
  double origin_share = 0;  ///< of the controlling country in imports, after
  double home_share = 0;    ///< of home makers in use, after
  double unmet = 0;         ///< share of use that nothing serves
  bool localises = false;   ///< the origin's share in imports has more than halved
};

/// Whether a share has more than halved: what "localises" means here.
[[nodiscard]] bool more_than_halved(double before, double after);

/// Preferences are set so that the shares before the control come out exactly. Then alternatives
/// catch up (exponential, no own growth) for `years`, the control takes access and raises fear,
/// and users choose anew.
/// \error bad_value  numbers out of range, or no preferences give the shares before
[[nodiscard]] Result<ControlOutcome> outcome_of(ControlCase const& control);

/// One product of a case file, with what was observed.
struct ControlBacktest {
  ControlCase control;
  double observed_before = 0, observed_after = 0;
  [[nodiscard]] bool observed_localises() const {
    return more_than_halved(observed_before, observed_after);
  }
};

/// The products of a case file (docs/methods/localize.md): keys <product>.<number>, and
/// common.<number> for all of them. `values` has one per number, the file's own or draws.
/// \error missing_value, unknown_key  all problems at once
[[nodiscard]] Result<std::vector<ControlBacktest>> control_backtests(
    std::span<parameters::SourcedNumber const> numbers, std::span<double const> values);

}  // namespace linchpin::localize
