// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "linchpin/core/error.h"
#include "linchpin/core/run_control.h"
#include "linchpin/depend/leontief_system.h"
#include "linchpin/depend/reliance.h"
#include "linchpin/results/result_set.h"

namespace linchpin::study {

/// What the user asks of one measure of `depend`. A measure takes what it needs and refuses what
/// it cannot honour.
struct MeasureRequest {
  std::vector<depend::Buyer> buyers;     ///< regions or industries; empty: all
  std::vector<depend::Buyer> suppliers;  ///< regions or industries; empty: all
  std::size_t top = 10;                  ///< rows of rankings
  double share = 1.0;   ///< of a flow that is taken away (extraction), 0 to 1
  double rise = 0.10;   ///< of a price (prices)
  bool by_third_country = false;  ///< split of WWZ terms
};

/// A way to look at dependence: its answer is a list of tidy tables.
struct Measure {
  std::string_view name;     ///< as typed after --measure
  std::string_view meaning;  ///< one sentence
  std::string_view not_for;  ///< one sentence: what it must not be used for
  std::size_t worlds = 1;    ///< how many systems one answer takes; 1: one, a panel repeats it
  Result<std::vector<ResultTable>> (*run)(std::span<depend::LeontiefSystem const> systems,
                                          MeasureRequest const& request,
                                          RunControl const& control) = nullptr;
};

/// All measures, in the order of the method page.
[[nodiscard]] std::span<Measure const> measures();

/// \error unknown_label  no measure of that name; the nearest one as hint
[[nodiscard]] Result<Measure const*> find_measure(std::string_view name);

/// Asks `measure` of one system or, where it is about one, of each system of a panel. The tables of
/// a panel begin with the columns `world` and `year`.
/// \error incompatible_tables  the worlds of a panel have other labels than the first
/// \error missing_value, bad_value, too_large, cancelled  of the measure
[[nodiscard]] Result<std::vector<ResultTable>> ask_measure(
    Measure const& measure, std::span<depend::LeontiefSystem const> systems,
    MeasureRequest const& request, RunControl const& control = {});

}  // namespace linchpin::study
