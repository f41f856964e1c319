// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <vector>

#include "linchpin/results/equilibrium_answer.h"
#include "linchpin/results/result_set.h"

namespace linchpin {

/// The answers of `equilibrium` as tidy tables. Names of tables and columns are a contract with
/// machines and the report: fields may be added, never renamed. Numbers of outliers and of
/// scenarios in which an essential input is lost are left out, with the reason.
///
///   equilibrium_regions   one row per scenario and region, then WORLD
///   equilibrium_sectors   output, cost, price and market share of every industry; files only
///   equilibrium_undercut  the 20 industries that gain most of the market abroad
///   equilibrium_flows     trade of every pair of regions; files only
///   equilibrium_setting   what the numbers rest on, one row per scenario
///   equilibrium_bands     quantiles over draws; only if there are some
[[nodiscard]] std::vector<ResultTable> equilibrium_tables(
    std::span<EquilibriumAnswer const> answers);

}  // namespace linchpin
