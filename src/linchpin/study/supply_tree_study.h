// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "linchpin/core/error.h"
#include "linchpin/core/run_control.h"
#include "linchpin/results/result_set.h"
#include "linchpin/results/supply_tree_answer.h"
#include "linchpin/study/leverage_spec.h"
#include "linchpin/study/parameter_source.h"

namespace linchpin::study {

class TomlReader;

/// Reads one [[leverage.supply_tree]] table.
[[nodiscard]] SupplyTreeSpec read_supply_tree(TomlReader& reader);

/// Answers them in their order. \error of run_supply_tree, with the study's line
[[nodiscard]] Result<std::vector<SupplyTreeAnswer>> ask_supply_trees(
    std::span<SupplyTreeSpec const> specs, std::optional<EnsembleSpec> const& ensemble,
    ParameterSource const& source, RunControl const& control);

/// Headlines, tables, notes and warnings. Nothing without answers.
void add_supply_trees(ResultSet& results, std::span<SupplyTreeAnswer const> answers);

}  // namespace linchpin::study
