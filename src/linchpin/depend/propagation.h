// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "linchpin/core/dense.h"
#include "linchpin/core/run_control.h"
#include "linchpin/depend/leontief_system.h"

namespace linchpin::depend {

/// Average propagation lengths, row = seller, column = buyer.
struct Propagation {
  /// L - I: output of the seller that the buyer needs along the whole chain, per unit.
  DenseMatrix strength;
  /// [L(L - I)]_ij / (L - I)_ij: steps such a need takes on average, >= 1; 0 where strength is 0,
  /// because then there is no chain to measure.
  DenseMatrix length;
};

/// Lengths of the chains that end at each of the `buyers`; n x buyers. Two solves of a column each:
/// L - I = L A, so nothing cancels.
///
/// Cost push (forward) and demand pull (backward) take the same number of steps: with G = x^-1 L x
/// the ratio is the same, because the hats cancel.
/// Source: Dietzenbacher, Romero & Bosma (2005), "Using average propagation lengths to identify
/// production chains in the Andalusian economy", Estudios de Economia Aplicada 23(2).
[[nodiscard]] Propagation propagation_to(LeontiefSystem const& system,
                                         std::vector<IndustryId> const& buyers,
                                         RunControl const& control = {});

/// Of all industries, n x n twice: two solves with n right-hand sides each.
[[nodiscard]] Propagation propagation(LeontiefSystem const& system, RunControl const& control = {});

}  // namespace linchpin::depend
