// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "linchpin/core/error.h"
#include "linchpin/core/run_control.h"
#include "linchpin/economy/economy.h"
#include "linchpin/results/leverage_tables.h"
#include "linchpin/results/result_set.h"
#include "linchpin/results/supply_tree_answer.h"
#include "linchpin/study/leverage_spec.h"
#include "linchpin/study/leverage_threats.h"
#include "linchpin/study/parameter_source.h"

namespace linchpin::study {

/// Opens a world by its name as written in a study: this stage reads no files.
using WorldSource = std::function<Result<Economy>(std::string const& name)>;

/// What came of a [leverage] table.
struct LeverageStudyAnswer {
  std::vector<PowerYear> power;
  std::vector<ChokepointsAnswer> chokepoints;
  std::vector<SupplyTreeAnswer> supply_trees;
  std::vector<StandoffAnswer> standoffs;
  std::vector<PowerAfter> after;  ///< all others together
  std::vector<PowerAfter> path;   ///< the same points, each sender alone
  std::vector<StandoffAfter> standoff_after;
  ThreatAnswers threats;
  EquilibriumSetting setting;             ///< of the study's own world
  std::vector<std::string> region_words;  ///< of the study's world, as they stand in a sentence
  std::vector<std::string> regions;
  std::map<std::string, std::string> sector_names;  ///< label_words of sectors and industries
  std::vector<std::pair<std::string, std::string>> carved;  ///< lines and their hosts
  std::vector<std::string> warnings;
};

/// Answers a [leverage] table: power on the worlds it names, chokepoints and stand-offs on
/// `economy`, with its lines carved out.
/// \param worlds  not set: worlds besides the study's own are an error
/// \error unknown_label   a region another world does not have
/// \error of run_power, run_chokepoints, run_standoff; cancelled
[[nodiscard]] Result<LeverageStudyAnswer> run_leverage(
    LeverageSpec const& spec, Economy const& economy, std::string const& world_name,
    ParameterSource const& source, WorldSource const& worlds, RunControl const& control);

/// Headlines, tables, notes, warnings and options of the answer, added to `results`.
void add_leverage(ResultSet& results, LeverageStudyAnswer const& answer, LeverageSpec const& spec);

}  // namespace linchpin::study
