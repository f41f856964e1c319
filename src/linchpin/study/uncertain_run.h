// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "linchpin/results/ensemble_summary.h"
#include "linchpin/results/result_set.h"
#include "linchpin/results/swings.h"
#include "linchpin/sampling/checkpoint.h"
#include "linchpin/study/answers.h"
#include "linchpin/study/study_file.h"

namespace linchpin::study {

/// Where the draws of a study are saved to while they are made, and gone on from.
struct DrawStore {
  /// Of the k-th scenario; null: nowhere.
  std::function<sampling::CheckpointSink*(std::size_t)> sink;
  /// What determines the draws besides the uncertain numbers, as (name, value): asked for once,
  /// after all files of the study have been read.
  std::function<Result<std::vector<std::pair<std::string, std::string>>>()> fingerprint;
};

/// The ensemble of every scenario, in their order; empty if the study asks for none. All scenarios
/// get the same draws, so that they can be compared.
/// \error as uncertainty::disrupt_ensemble, with the scenario it happened in
[[nodiscard]] Result<std::vector<EnsembleSummary>> run_ensembles(
    ResolvedStudy const& study, Economy const& economy, std::span<ScenarioAnswer const> answers,
    RunControl const& control, DrawStore const& store = {});

/// The ensemble of one scenario beside its central `path`; with an empty `focus` the region is
/// chosen as for headlines.
/// \param fingerprint, sink  as of DrawStore
/// \error as uncertainty::disrupt_ensemble
[[nodiscard]] Result<EnsembleSummary> scenario_ensemble(
    Economy const& economy, ResolvedScenario const& scenario, disrupt::Path const& path,
    EnsembleSpec const& spec, std::optional<RegionId> focus, RunControl const& control,
    std::vector<std::pair<std::string, std::string>> fingerprint = {},
    sampling::CheckpointSink* sink = nullptr);

/// What one uncertain number at a time does to the headline of `scenario`, beside its central path.
/// \error as uncertainty::disrupt_swings
[[nodiscard]] Result<SwingSummary> scenario_swings(Economy const& economy,
                                                   ResolvedScenario const& scenario,
                                                   disrupt::Path const& path,
                                                   std::optional<RegionId> focus,
                                                   RunControl const& control);

/// True if the draws tell what moves the headline most, so that swings need not.
[[nodiscard]] bool has_ledger(EnsembleSummary const& ensemble);

/// "Over 1000 draws of what is uncertain, China's final use loses between 0.7 % and 1.2 % …", and
/// what moves that most.
[[nodiscard]] std::string ensemble_headline(EnsembleSummary const& ensemble,
                                            IndustrySpace const& space, int days);

/// What was uncertain and where its ranges come from.
[[nodiscard]] ResultNote ensemble_note(EnsembleSummary const& ensemble);

}  // namespace linchpin::study
