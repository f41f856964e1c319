// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <span>
#include <string>
#include <vector>

#include "linchpin/study/measures/measure.h"

namespace linchpin::study {

struct PanelWorld {
  std::string name;
  Economy economy;
};

/// How one world was solved; part of the Origin.
struct SolvedWorld {
  std::string name;
  depend::SolveMethod method = depend::SolveMethod::direct;
  double residual = 0;     ///< LeontiefSystem::residual after all answers
  double error_bound = 0;  ///< LeontiefSystem::error_bound after all answers
};

struct MeasureAnswers {
  std::vector<ResultTable> tables;
  std::vector<SolvedWorld> solved;
};

/// Makes the system of a world, or takes one that was made before.
using SystemMaker = std::function<Result<depend::LeontiefSystem>(
    PanelWorld const& world, depend::SystemOptions const& options, RunControl const& control)>;

/// Asks `measures` of every world. A panel (two worlds or more) has the columns `world` and `year`
/// before the others, and one table for all worlds. Worlds are factorised one after the other and
/// forgotten, but for measures that take several at once, unless `make` keeps them.
///
/// \error invalid_table  the worlds of a panel have other labels than the first: all differences
/// \error size_mismatch  a measure takes another number of worlds
/// \error missing_value, bad_value, too_large, unproductive_table, cancelled  of a measure
[[nodiscard]] Result<MeasureAnswers> ask_measures(std::span<Measure const* const> measures,
                                                  std::span<PanelWorld const> worlds,
                                                  MeasureRequest const& request,
                                                  depend::SolveMethod method,
                                                  RunControl const& control = {},
                                                  SystemMaker const& make = {});

}  // namespace linchpin::study
