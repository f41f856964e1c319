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
#include "linchpin/localize/backtest.h"
#include "linchpin/localize/compute_case.h"
#include "linchpin/localize/compute_path.h"
#include "linchpin/parameters/accelerators.h"
#include "linchpin/sampling/checkpoint.h"
#include "linchpin/sampling/given_data.h"
#include "linchpin/study/autonomy_abroad.h"
#include "linchpin/study/autonomy_bill.h"
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
  uncertainty::Spread domestic_share_without;
  uncertainty::Spread loss_of_market_pct;  ///< with the programme, of what the region buys of it
};

/// Fewest draws from which what drives a result is said.
inline constexpr std::size_t fewest_draws_for_drivers = 200;

/// What moves one result of the draws that were made anyway, by its share of the variance alone.
/// Intervals hold for all numbers at once (99 %, Bonferroni).
struct GivenDrivers {
  std::string result;  ///< "cut-off loss in the last year"
  struct Driver {
    std::string number;
    sampling::Estimate first;
  };
  std::vector<Driver> drivers;  ///< largest first; empty if the result does not vary
  double mean = 0, standard_deviation = 0;
  std::size_t draws = 0;
  [[nodiscard]] bool too_few() const { return draws < fewest_draws_for_drivers; }
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
  std::string region_name;   ///< the label until somebody knows better
  double threshold_pct = 1;  ///< below it a cut-off is manageable, % of `threshold_of`
  ThresholdOf threshold_of = ThresholdOf::income;
  std::string threshold_note;  ///< why
  double market_pct = 0;       ///< what the region buys in the first year, % of its final use
  localize::AutonomyCurve central;
  localize::Insurance central_insurance;
  std::optional<std::size_t> central_manageable;
  std::vector<std::string> regions, sectors;            ///< of the carved world
  std::vector<std::string> region_names, sector_names;  ///< as people read them
  MonetaryUnit unit;                                    ///< of values of that world
  std::vector<double> home_output;  ///< change of output by the programme in the last year, sectors
  std::vector<AbroadYear> abroad;   ///< what the programme does to others, central paths
  std::vector<std::pair<std::string, std::string>> stages;  ///< of the bill: code, title
  std::vector<BillYear> bill;       ///< unit cost by stage, central path with the programme
  std::vector<GivenDrivers> given;  ///< what drives it, off the draws; empty without enough of them
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
  std::optional<localize::ComputeEnsemble> compute;   ///< computing power and what limits it
  std::vector<parameters::Accelerator> accelerators;  ///< with it: those tested against limits
  std::vector<localize::BacktestLine> scale_up;       ///< with it: one system against another
  /// Computing power along the central paths, by path ("programme", "none"); empty unless asked
  /// for.
  std::vector<std::pair<std::string, std::vector<localize::ComputePathYear>>> compute_paths;
  double frontier_growth = 0;  ///< of quality, central [per year]
  double demand_growth = 0;    ///< of demand for the technology, central [per year]
  std::optional<localize::ComputeUse> diffusion;  ///< central numbers of what it does for others
  double assumptions = 0;                         ///< share of all numbers that are assumptions
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

/// The answer in sentences: what comes first, what was asked for besides, and what else there is to
/// say.
struct AutonomyWords {
  std::vector<std::string> lead, key, more;
};
[[nodiscard]] AutonomyWords autonomy_words(AutonomyAnswer const& answer,
                                           AutonomyStudy const& study);

/// All of them.
[[nodiscard]] std::vector<std::string> autonomy_sentences(AutonomyAnswer const& answer,
                                                          AutonomyStudy const& study);

}  // namespace linchpin::study
