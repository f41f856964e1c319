// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "linchpin/results/ensemble_summary.h"
#include "linchpin/results/json.h"

namespace linchpin {

/// Adds what an ensemble found to a document "linchpin.disrupt": draws, design, uncertain,
/// quantiles, failed_draws, sensitivity, bands and ledger (docs/formats/json.md). What a design
/// does not give is null beside a text `<name>_reason`.
void add_ensemble(Json& document, EnsembleSummary const& ensemble);

}  // namespace linchpin
