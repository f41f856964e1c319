// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <span>
#include <string>

#include "linchpin/core/dense.h"
#include "linchpin/depend/paths.h"
#include "linchpin/depend/propagation.h"
#include "linchpin/results/result_set.h"

namespace linchpin {

/// The heaviest paths to the final use of one region, or of the world.
struct PathsAnswer {
  std::optional<RegionId> final_region;
  depend::SupplyPaths found;
};

/// Supply chains as tidy tables; names of tables and columns are a contract with machines.
///
///   paths         one row per path: "TWN:c14 -> CHN:c14 -> final use USA", heaviest first
///   paths_total   one row per region of final use: all paths, those shown, the heaviest left out
///   paths_layers  one row per region of final use and number of deliveries between industries
/// `supplier` is the text of who was asked for; values in the unit of the world per year.
[[nodiscard]] ResultTable paths_table(Economy const& economy, std::string const& supplier,
                                      std::span<PathsAnswer const> answers);
[[nodiscard]] ResultTable paths_total_table(Economy const& economy, std::string const& supplier,
                                            std::span<PathsAnswer const> answers);
/// `layers`: supply_layers of each answer.
[[nodiscard]] ResultTable paths_layers_table(Economy const& economy, std::string const& supplier,
                                             std::span<PathsAnswer const> answers,
                                             std::span<DenseMatrix const> layers);

/// A seller, a buyer and the chains between them.
struct PropagationPair {
  IndustryId supplier;
  IndustryId buyer;
  double strength = 0;
  double length = 0;
};

///   propagation   one row per pair of industries, in the order given; ranked within each buyer if
///                 `by_buyer`
[[nodiscard]] ResultTable propagation_table(Economy const& economy,
                                            std::span<PropagationPair const> pairs, bool by_buyer);

}  // namespace linchpin
