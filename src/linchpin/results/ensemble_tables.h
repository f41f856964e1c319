// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <vector>

#include "linchpin/results/ensemble_summary.h"
#include "linchpin/results/result_set.h"

namespace linchpin {

/// What ensembles found, as tidy tables; none if there are no ensembles.
///
///   ensemble         per scenario, region (then WORLD) and measure: central, quantiles, mean
///   sensitivity      per scenario and uncertain number: first and total indices; only if there are any
///   uncertain        per scenario and uncertain number: its distribution
///   ensemble_draws   per scenario: design, seed, draws, how many failed
///   bands            per scenario and day, of the region in focus; files only, and only with quantiles
[[nodiscard]] std::vector<ResultTable> ensemble_tables(std::span<EnsembleSummary const> ensembles);

}  // namespace linchpin
