// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "linchpin/core/error.h"
#include "linchpin/disrupt/model.h"
#include "linchpin/economy/scenario.h"
#include "linchpin/results/result_set.h"
#include "linchpin/study/placed.h"
#include "linchpin/study/uncertain_spec.h"

namespace linchpin::study {

/// What a [model] table sets; everything it leaves out keeps its default.
struct ModelSpec {
  std::optional<Placed<double>> psi;
  std::optional<Placed<double>> tau_inventory_days;
  std::optional<Placed<double>> overproduction_max;
  std::optional<Placed<double>> tau_overproduction_days;
  std::optional<Placed<disrupt::OrderRule>> order_rule;
  std::optional<Placed<double>> inventory_days;  ///< one number for every product
  /// "goods", "services" or a sector's label, with days.
  std::vector<Placed<std::pair<std::string, double>>> inventory_days_by_product;
};

/// A [[cut]] before its labels are looked up.
struct CutSpec {
  std::string where;
  std::vector<Placed<std::string>> sellers, buyers, sectors, exempt;
  bool intermediate = true;
  bool final_use = true;
  Course course;
};

/// A [[capacity_loss]] before its labels are looked up.
struct CapacityLossSpec {
  std::string where;
  std::vector<Placed<std::string>> industries;
  Course course;
};

struct ScenarioSpec {
  std::string name;
  std::string title;
  ModelSpec model;
  std::vector<CutSpec> cuts;
  std::vector<CapacityLossSpec> capacity_losses;
  UncertainSpecs uncertain;
};

/// A scenario in the numbering of one economy, with the parameters of the model to run it with.
struct ResolvedScenario {
  std::string title;
  Scenario scenario;
  disrupt::ModelOptions options;
  std::optional<RegionId> first_buyer;  ///< of the first cut, in the order of the file
  UncertainSpecs uncertain;  ///< numbers that are not known exactly; all of them exist
};

/// Reads a scenario document (docs/formats/study.md). Problems go to `errors`, each with its line;
/// what could be read is returned, so that its labels can be checked in the same pass.
[[nodiscard]] ScenarioSpec parse_scenario(std::string_view text, std::string const& source,
                                          ErrorList& errors);

/// Looks up the labels of `spec`; unknown ones go to `errors` with the nearest match. `defaults`
/// are applied before the scenario's own [model].
[[nodiscard]] ResolvedScenario resolve_scenario(ScenarioSpec const& spec,
                                                IndustrySpace const& space,
                                                ModelSpec const& defaults, ErrorList& errors);

/// Both in one go: all problems of the document at once.
///
/// \param source  name of the document for messages ("cutoff.toml")
/// \error bad_format, unknown_key, bad_value, unknown_label, duplicate_label, missing_value
[[nodiscard]] Result<ResolvedScenario> read_scenario(std::string_view text,
                                                     std::string const& source,
                                                     IndustrySpace const& space);

/// The parameters of a run for its Origin, under the names of a [model] table. Inventories are
/// given per kind where all its products share one number, per product where they do not.
[[nodiscard]] std::vector<std::pair<std::string, OptionValue>> origin_options(
    disrupt::ModelOptions const& options, IndustrySpace const& space);

}  // namespace linchpin::study
