// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "linchpin/disrupt/model.h"
#include "linchpin/economy/industry_space.h"
#include "linchpin/results/ensemble_summary.h"
#include "linchpin/uncertainty/disrupt_ensemble.h"

namespace linchpin::uncertainty {

/// An ensemble in labels and words, beside the central path of the same scenario.
[[nodiscard]] EnsembleSummary summarise(IndustrySpace const& space, std::string const& scenario,
                                        disrupt::Path const& central,
                                        DisruptEnsembleRequest const& request,
                                        Ensemble const& ensemble);

}  // namespace linchpin::uncertainty
