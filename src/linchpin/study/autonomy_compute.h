// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <vector>

#include "linchpin/core/error.h"
#include "linchpin/core/run_control.h"
#include "linchpin/localize/compute_path.h"
#include "linchpin/results/result_set.h"
#include "linchpin/study/autonomy_run.h"
#include "linchpin/study/parameter_source.h"

namespace linchpin::study {

/// The years of a path as the block of computing power needs them: units made and bought, and what
/// a new chip does, with quality relative to a frontier that grows. All over the first year.
[[nodiscard]] std::vector<localize::AcceleratorYear> accelerators_of(
    std::vector<localize::PathYear> const& path, double frontier_growth, double demand_growth);

/// The technology whose paths feed computing power: the one that the study names, else the first
/// with a list of accelerators (hardware.csv) among its files; empty: none of them is computing
/// power, or the one named was left out.
[[nodiscard]] std::optional<std::size_t> compute_technology(AutonomyStudy const& study,
                                                            ParameterSource const& files);

/// \error bad_value  the study names a technology without a list of accelerators
[[nodiscard]] Result<void> check_compute(AutonomyStudy const& study, ParameterSource const& files);

/// What the study asks about computing power: its numbers in the first year, what limits it, which
/// accelerators meet which limit, one scale-up system against another, and computing power along
/// both central paths, over draws of the same numbers and of the shipped growth of means
/// (compute_path.csv).
/// \error of `files`, of its readers, of answer_compute and of localize::compute_path_ensemble
/// \pre study.asks.compute_draws
[[nodiscard]] Result<void> add_compute(AutonomyAnswer& answer, AutonomyStudy const& study,
                                       ParameterSource const& files, RunControl const& control);

/// compute, compute_limits, compute_thresholds, scale_up, compute_years, diffusion,
/// diffusion_sectors: those with rows.
[[nodiscard]] std::vector<ResultTable> autonomy_compute_tables(
    std::span<AutonomyAnswer const> answers, AutonomyStudy const& study);

}  // namespace linchpin::study
