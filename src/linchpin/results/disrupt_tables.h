// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <string>
#include <vector>

#include "linchpin/disrupt/model.h"
#include "linchpin/economy/economy.h"
#include "linchpin/results/result_set.h"

namespace linchpin {

/// A path of another model variant: other order rule, other inventories …
struct PathVariant {
  std::string name;
  disrupt::Path const* path = nullptr;
};

/// What `disrupt` found for one scenario. Paths are borrowed.
struct DisruptAnswer {
  std::string scenario;
  disrupt::Path const* path = nullptr;  ///< the central one
  std::vector<PathVariant> variants;    ///< may be empty: then there is no range
};

/// The answers of `disrupt` as tidy tables. Names of tables and columns are a contract with
/// machines and the report: fields may be added, never renamed.
///
///   loss_by_region     one row per region, then WORLD
///   range              lowest and highest loss over the variants, all of them and those without
///                      shortages; only if there are variants
///   loss_over_time     per region and day, then WORLD
///   sectors_hit        the 20 industries with the largest loss in money
///   shortages          the first 200 of each scenario, in the order of shortages_by_weight
///   all_shortages      every one of them; files only, and only if there are more than 200
///   loss_by_industry   every industry: output, value added, unmet demand; files only
///   industry_over_time, final_use_over_time, inventories   files only
[[nodiscard]] std::vector<ResultTable> disrupt_tables(Economy const& economy,
                                                      std::span<DisruptAnswer const> answers);

/// Shortages by first day; within a day the industry that loses most output first, then by label.
/// The first one is "the first shortage" wherever one is told.
[[nodiscard]] std::vector<disrupt::Shortage> shortages_by_weight(IndustrySpace const& space,
                                                                 disrupt::Path const& path);

/// The path of the whole world as a share of baseline, one entry per day.
/// `shares` is regions x days, `baseline` one entry per region.
[[nodiscard]] DenseVector world_over_time(DenseMatrix const& shares, DenseVector const& baseline);

/// Money that one unit of losses means: the unit of the table.
[[nodiscard]] std::string loss_unit(Economy const& economy);

}  // namespace linchpin
