// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "linchpin/results/ensemble_summary.h"
#include "linchpin/results/json.h"

namespace linchpin {

/// What was drawn: name, meaning, distribution and range of every uncertain number, and whether it
/// was given or is an assumption.
[[nodiscard]] Json uncertain_to_json(std::vector<EnsembleParameter> const& parameters,
                                     bool assumed);

/// Adds what an ensemble found to a document "linchpin.disrupt": draws, design, uncertain,
/// quantiles, failed_draws, sensitivity, bands and ledger (docs/formats/json.md). What a design
/// does not give is null beside a text `<name>_reason`.
void add_ensemble(Json& document, EnsembleSummary const& ensemble);

}  // namespace linchpin
