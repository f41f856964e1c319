// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include "linchpin/table/rules/rule.h"
#include "linchpin/table/spectral_bound.h"

namespace linchpin::rules {

/// The radius of A = Z / row sums must be below one, or making one unit would need, directly and
/// indirectly, more than one unit of itself.
void check_spectral_radius(Table const& table, Sums const& sums, Findings& findings) {
  auto const bound = bound_spectral_radius(table.Z, sums.row);
  if (bound.productive()) return;
  auto const text =
      bound.lower >= 1
          ? fmt::format(
                "the spectral radius of A is {:.6g} or more: the economy uses up more than "
                "it makes",
                bound.lower)
          : fmt::format(
                "the spectral radius of A could not be shown to be below one: it lies "
                "between {:.6g} and {:.6g} after {} steps",
                bound.lower, bound.upper, bound.steps);
  findings.push_back({"spectral_radius", Severity::error, "whole table", bound.upper, text,
                      "look for industries with negative or no value added and correct them"});
}

}  // namespace linchpin::rules
