// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "linchpin/core/error.h"
#include "linchpin/leverage/supply_tree.h"
#include "linchpin/parameters/providers.h"
#include "linchpin/parameters/technology.h"
#include "linchpin/study/leverage_spec.h"
#include "linchpin/study/parameter_source.h"
#include "linchpin/study/supply_tree_run.h"

namespace linchpin::study {

// Pieces of run_supply_tree.

/// What a tree is made from, central and drawn.
struct TreeInputs {
  parameters::Technology technology;
  std::vector<parameters::Provider> providers;  ///< empty: the technology's countries
  RangedNumber theta;
  std::vector<char> gates;  ///< [stage]
  double needed = 0.5;
  std::vector<std::string> countries;
  std::size_t target = 0;
};

/// Reads the technology, its makers and the elasticity between them.
[[nodiscard]] Result<TreeInputs> open_tree_inputs(SupplyTreeRequest const& request,
                                                  ParameterSource const& source);

/// The tree at the given numbers of the technology. Makers of a stage are in the same order at all.
[[nodiscard]] Result<leverage::SupplyTree> tree_of(TreeInputs const& inputs,
                                                   std::vector<double> const& values, double theta);

}  // namespace linchpin::study
