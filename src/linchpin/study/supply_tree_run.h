// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "linchpin/core/error.h"
#include "linchpin/core/run_control.h"
#include "linchpin/results/supply_tree_answer.h"
#include "linchpin/study/parameter_source.h"
#include "linchpin/study/uncertain_spec.h"

namespace linchpin::study {

/// Who could deny which stages of a technology to a target.
struct SupplyTreeRequest {
  std::string technology;  ///< "ai-chips"
  std::string target;      ///< country by three letters; its own makers deny nothing
  std::size_t k = 5;
  std::string providers;        ///< file of makers; empty: countries of the technology's numbers
  std::optional<double> theta;  ///< σ − 1 between makers of a stage; empty: of its sector
  /// Stages without which nothing is made, besides its tools; "none" alone: not even those.
  std::vector<std::string> gates = {};
  std::optional<double> needed;  ///< share of these that must be left; empty: the technology's, 0.5
  std::size_t top = 10;
  std::size_t proof_evaluations = 200'000;
  std::optional<EnsembleSpec> ensemble;
};

/// Sets of at most k links (maker × stage) that make the product dearest, what stops it, single
/// points of failure and smallest cuts. Shares are those of the world: the target is taken to buy
/// as the world does, and denials to reach what others build in for it.
/// \error unknown_label  technology, stages, target with no maker outside it; all at once
/// \error of read_technology, read_providers, SupplyTree; cancelled
[[nodiscard]] Result<SupplyTreeAnswer> run_supply_tree(SupplyTreeRequest const& request,
                                                       ParameterSource const& source,
                                                       RunControl const& control = {});

}  // namespace linchpin::study
