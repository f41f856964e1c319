// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <vector>

#include "linchpin/results/json.h"
#include "linchpin/results/result_set.h"
#include "linchpin/results/supply_tree_answer.h"

namespace linchpin {

/// The document linchpin.leverage-supply-tree (docs/formats/json.md).
[[nodiscard]] Json supply_tree_to_json(SupplyTreeAnswer const& answer, Json origin);

/// Tables `supply_tree_sets`, `supply_tree_stages`, `supply_tree_actors`.
/// None without answers.
[[nodiscard]] std::vector<ResultTable> supply_tree_tables(
    std::span<SupplyTreeAnswer const> answers);

}  // namespace linchpin
