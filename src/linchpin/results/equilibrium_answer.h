// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "linchpin/equilibrium/decomposition.h"
#include "linchpin/equilibrium/outcome.h"
#include "linchpin/equilibrium/solve.h"
#include "linchpin/results/ensemble_summary.h"

namespace linchpin {

/// What every number of an answer rests on, in words.
struct EquilibriumSetting {
  std::string model;     ///< "cp" or "ces"
  std::string closure;   ///< nests, factors, entrants
  std::string theta;     ///< the set of trade elasticities
  std::string horizon;   ///< "long run", "3 years after the change"
  std::string deficits;  ///< rule: "zero", "keep", "scale_to_world_income"
  std::string tariffs;   ///< of the base
  std::string vintage;   ///< the world and its year
  std::string imports;   ///< whose deliveries `imports_change_pct` counts
  bool has_wage = true;  ///< some factor moves between industries and earns a wage
};

/// What a policy does to one region.
struct RegionEffect {
  std::string region;  ///< label
  std::string name;    ///< as it stands in a sentence
  equilibrium::RegionOutcome outcome;
  /// Change of imports [%], of those that setting.imports says; empty where there were none.
  std::optional<double> imports_change_pct;
  std::string outlier;  ///< why the numbers are not to be taken as a result; empty: they are
  std::optional<equilibrium::WelfareParts> parts;  ///< along the path, where asked for
};

/// What a policy does to an industry. Per cent of the base.
struct SectorEffect {
  std::string region, sector;
  double output_before = 0;               ///< sales before tariffs [unit per year]
  std::optional<double> real_output_pct;  ///< empty: nothing was made
  std::optional<double> cost_pct;         ///< what its maker asks; empty: cannot be made
  std::optional<double> price_pct;        ///< what buyers of the region pay; empty: none to be had
  double share_abroad_before = 0;         ///< of what all other regions spend on the sector
  double share_abroad_after = 0;
};

/// Trade of one pair of regions, all sectors or one, at the border [unit per year].
struct FlowEffect {
  std::string exporter, importer, sector;  ///< sector empty: all
  double before = 0, after = 0;
};

/// A region's number over the draws of an ensemble.
struct EquilibriumBand {
  std::string region;  ///< label, or WORLD
  std::string measure;
  double central = 0, p05 = 0, p50 = 0, p95 = 0, mean = 0, standard_deviation = 0;
  bool outlier = false;  ///< the central answer of the region is not a result
};

struct EquilibriumBands {
  std::string design;
  std::uint64_t seed = 0;
  std::size_t draws = 0, independent = 0, failed = 0;
  std::vector<std::pair<std::size_t, std::string>> failures;
  bool has_quantiles = true;
  bool assumed = false;  ///< nobody said what is uncertain: the default set
  std::string focus;     ///< region that sensitivity is about; empty: every region is an outlier
  std::vector<EnsembleParameter> parameters;
  /// Regions in order, then WORLD without the outliers (left out if there is nothing else).
  std::vector<EquilibriumBand> bands;
  std::vector<EnsembleSensitivity> sensitivity;
  std::string no_sensitivity;
  std::vector<std::string> warnings;
};

/// One derivative of ln welfare of a region.
struct WelfareDerivative {
  std::string exporter, importer, sector;  ///< importer empty: of an industry
  double value = 0;                        ///< % of welfare per 1 % of the cost, wedge or factor
  double share = 0;  ///< of the importer's spending on the sector, or of the sector's world output
};
struct WelfareGradient {
  std::string region;
  std::vector<WelfareDerivative> trade_cost, tariff, productivity;
};

/// What `equilibrium` found for one scenario.
struct EquilibriumAnswer {
  std::string scenario, title;
  std::vector<std::string> policies;  ///< in words
  EquilibriumSetting setting;
  /// Goods nobody can sell any more and someone cannot do without; nothing else is filled then.
  std::vector<std::string> lost;
  std::string lost_words;
  std::vector<RegionEffect> regions;
  /// Sum of equivalent variations over final spending, without outliers; empty: all are outliers.
  std::optional<double> world_welfare_pct;
  std::vector<SectorEffect> sectors;
  std::vector<FlowEffect> flows;      ///< every pair of regions
  std::vector<FlowEffect> top_flows;  ///< by sector, those that change most
  equilibrium::SolverReport solver;
  double tolerance = 0;
  std::string unit;
  std::vector<std::string> adjustments;  ///< what was mended in the data
  std::vector<std::string> warnings;
  std::vector<std::string> notes;  ///< how to read numbers that look odd
  std::size_t parts_steps = 0;     ///< of the path along which `parts` are summed; 0: none
  std::optional<EquilibriumBands> bands;
  std::optional<WelfareGradient> gradient;
};

inline constexpr char const* welfare_measure = "welfare_exact_pct";

}  // namespace linchpin
