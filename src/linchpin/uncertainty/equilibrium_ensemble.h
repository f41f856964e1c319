// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <optional>
#include <vector>

#include "linchpin/equilibrium/solve.h"
#include "linchpin/results/equilibrium_answer.h"
#include "linchpin/uncertainty/ensemble.h"

namespace linchpin::uncertainty {

struct EquilibriumEnsembleRequest {
  std::vector<Uncertain> uncertain = {};  ///< empty: default_equilibrium_uncertain
  std::optional<sampling::DesignKind> design = std::nullopt;
  std::size_t draws = 0;
  Seed seed;
  std::size_t focus = 0;  ///< region whose welfare the sensitivity is about
  /// Regions left out of the world in every draw; the focus is none of them, unless all are. Empty:
  /// no region.
  std::vector<bool> outlier = {};
};

/// Welfare of every region, then of the world, under `request.draws` draws of elasticities. Each is
/// solved from the central solution; those that do not converge, or lose an essential input, are
/// counted as failed. The base stays the same: an equilibrium without a policy does not depend on
/// elasticities.
///
/// \param central          the solution with the numbers in force
/// \param central_welfare  of every region, then of the world without outliers [%]
/// \error as find_equilibrium_parameters and run_ensemble
[[nodiscard]] Result<EquilibriumBands> equilibrium_ensemble(
    equilibrium::TradeBase const& base, equilibrium::TradePolicy const& policy,
    equilibrium::Closure const& closure, equilibrium::Equilibrium const& central,
    std::vector<double> const& central_welfare, EquilibriumEnsembleRequest const& request,
    RunControl const& control = {});

}  // namespace linchpin::uncertainty
