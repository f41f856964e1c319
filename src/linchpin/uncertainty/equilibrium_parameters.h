// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <vector>

#include "linchpin/core/dense.h"
#include "linchpin/core/error.h"
#include "linchpin/equilibrium/closure.h"
#include "linchpin/equilibrium/trade_base.h"
#include "linchpin/uncertainty/ensemble.h"

namespace linchpin::uncertainty {

/// A number of the trade model that can be uncertain.
///   theta_scale          a factor on the trade elasticities of all sectors
///   theta.<sector>       the trade elasticity of one sector
///   nest.value_added, nest.materials, nest.final_use   elasticities of substitution
struct EquilibriumParameter {
  enum class Kind { theta_scale, theta_sector, value_added, materials, final_use };
  Kind kind = Kind::theta_scale;
  std::size_t sector = 0;
};

/// Looks up all of them and checks their ranges; all problems at once.
/// \error unknown_key, bad_value, duplicate_label
[[nodiscard]] Result<std::vector<EquilibriumParameter>> find_equilibrium_parameters(
    std::vector<Uncertain> const& uncertain, std::vector<std::string> const& sectors);

/// Sets all of them: single sectors first, then the factor on all of them.
void apply(std::vector<EquilibriumParameter> const& parameters, std::span<double const> values,
           DenseVector& theta, equilibrium::Closure& closure);

/// What is taken to be uncertain where nobody said so: the factor on trade elasticities and the
/// three nests, each between half and one and a half times the number in force (nests at 0 stay).
/// Assumptions, not estimates (docs/methods/uncertainty.md).
[[nodiscard]] std::vector<Uncertain> default_equilibrium_uncertain(
    equilibrium::Closure const& closure);

/// "how readily buyers change origins, all sectors alike".
[[nodiscard]] std::string equilibrium_parameter_words(std::string const& name);

}  // namespace linchpin::uncertainty
