// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "linchpin/core/error.h"
#include "linchpin/core/run_control.h"
#include "linchpin/localize/autonomy.h"
#include "linchpin/localize/compute_case.h"
#include "linchpin/sampling/checkpoint.h"
#include "linchpin/study/autonomy_denial.h"
#include "linchpin/study/autonomy_drivers.h"
#include "linchpin/study/autonomy_optimal.h"
#include "linchpin/study/autonomy_presets.h"
#include "linchpin/study/autonomy_subsidy.h"
#include "linchpin/study/autonomy_world.h"
#include "linchpin/uncertainty/ensemble.h"

namespace linchpin::study {

/// A year of the autonomy curve over all draws. Percentages are of real final use.
struct AutonomyYear {
  int year = 0;
  uncertainty::Spread domestic_share, unit_cost_relative, quality_relative;
  uncertainty::Spread programme_cost_pct, loss_pct, loss_without_pct;
};

/// Over draws, from which year on a cut-off stays below the threshold.
struct ManageableYear {
  /// Quantiles of the year; empty where so many draws never get there that the quantile is one.
  std::optional<double> p05, p50, p95;
  double probability = 0;  ///< that it happens by the end
};

/// The insurance view over draws.
struct BreakEven {
  /// Quantiles of the yearly hazard, 0 where the programme pays without any cut-off; empty: never.
  std::optional<double> p05, p50, p95;
  double pays_without_cut_off = 0, never = 0;  ///< shares of draws
};

/// Everything about one technology.
struct AutonomyAnswer {
  std::string technology, title, region;
  std::string region_name;  ///< for sentences; the label until somebody knows better
  localize::AutonomyCurve central;
  localize::Insurance central_insurance;
  std::optional<std::size_t> central_manageable;
  std::vector<std::string> regions, sectors;  ///< of the carved world, in the order of competitors
  /// What the programme does to every region of the world, by year of the central paths.
  std::vector<std::vector<localize::CompetitorLoss>> competitors;
  std::vector<std::string> region_names;  ///< for sentences; empty: the labels
  /// Value at first prices that makers of the line lose to the programme, as a share of what the
  /// world made in the first year; by year and region.
  std::vector<std::vector<double>> line_lost;
  std::vector<bool> makes_line;     ///< by region: whether anything is made there
  std::vector<DenialPath> denials;  ///< "does denial backfire?"
  std::vector<AutonomyYear> years;
  ManageableYear manageable;
  BreakEven break_even;
  std::size_t draws = 0, failed = 0;
  std::vector<std::string> failures;  ///< the first few
  std::vector<AutonomyParameter> parameters;
  localize::LossTable first_year;
  std::vector<PresetPath> presets;  ///< empty unless asked for
  std::optional<SubsidyTest> subsidies;
  std::optional<Drivers> drivers;
  std::optional<OptimalProgramme> optimal;
  std::optional<localize::ComputeEnsemble> compute;  ///< computing power and what limits it
  double assumptions = 0;                            ///< share of all numbers that are assumptions
  std::vector<std::string> warnings;
};

/// Where the draws of one technology are saved to while they are made, and gone on from.
struct AutonomyDraws {
  sampling::CheckpointSink* checkpoint = nullptr;
  /// What determines the draws besides the numbers that are drawn, as (name, value).
  std::vector<std::pair<std::string, std::string>> fingerprint = {};
};

/// The central path and `study.draws` draws of all numbers (triangles over their ranges,
/// independent; all paths of a draw share its numbers).
/// \error of the central path; of the ensemble (cancelled: what is done stays in the checkpoint)
[[nodiscard]] Result<AutonomyAnswer> run_autonomy(AutonomyGround const& ground,
                                                  RunControl const& control,
                                                  AutonomyDraws const& draws = {});

/// The answer in sentences.
[[nodiscard]] std::vector<std::string> autonomy_sentences(AutonomyAnswer const& answer,
                                                          AutonomyStudy const& study);

}  // namespace linchpin::study
