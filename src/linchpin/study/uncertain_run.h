// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <string>
#include <vector>

#include "linchpin/results/ensemble_summary.h"
#include "linchpin/results/result_set.h"
#include "linchpin/study/answers.h"
#include "linchpin/study/study_file.h"

namespace linchpin::study {

/// The ensemble of every scenario, in their order; empty if the study asks for none. All scenarios
/// get the same draws, so that they can be compared.
/// \error as uncertainty::disrupt_ensemble, with the scenario it happened in
[[nodiscard]] Result<std::vector<EnsembleSummary>> run_ensembles(
    ResolvedStudy const& study, Economy const& economy, std::span<ScenarioAnswer const> answers,
    RunControl const& control);

/// "Over 1000 draws of what is uncertain, China's final use loses between 0.7 % and 1.2 % …", and
/// what moves that most.
[[nodiscard]] std::string ensemble_headline(EnsembleSummary const& ensemble,
                                            IndustrySpace const& space, int days);

/// What was uncertain and where its ranges come from.
[[nodiscard]] ResultNote ensemble_note(EnsembleSummary const& ensemble);

}  // namespace linchpin::study
