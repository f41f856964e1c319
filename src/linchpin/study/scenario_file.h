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
#include "linchpin/study/event_spec.h"
#include "linchpin/study/model_spec.h"
#include "linchpin/study/parameter_source.h"
#include "linchpin/study/placed.h"
#include "linchpin/study/uncertain_spec.h"

namespace linchpin::study {

struct ScenarioSpec {
  std::string name;
  std::string title;
  ModelSpec model;
  EventSpecs events;
  UncertainSpecs uncertain;
};

/// What users call a cut of a scenario: "Import ban 2", and the part of it, like ", phase 1".
struct CutName {
  std::string event;
  std::string part;
};

/// A scenario in the numbering of one economy, with the parameters of the model to run it with.
struct ResolvedScenario {
  std::string title;
  Scenario scenario;
  disrupt::ModelOptions options;
  std::optional<RegionId> first_buyer;  ///< of the first cut, in the order of the file
  std::vector<CutName> cut_names;       ///< of each cut of the scenario
  std::vector<std::string> warnings;    ///< about the file: rules that never act, loops
  bool orders_given = false;            ///< else they follow the production function
  bool stocks_from_files = false;       ///< targets of stocks come from files of parameters
  UncertainSpecs uncertain;  ///< numbers that are not known exactly; all of them exist
};

/// The name of cut `k`: as in the file, or by its number where a scenario was not read from one.
[[nodiscard]] CutName cut_name(ResolvedScenario const& scenario, std::size_t k);

/// Reads a scenario document (docs/formats/study.md). Problems go to `errors`, each with its line;
/// what could be read is returned, so that its labels can be checked in the same pass.
[[nodiscard]] ScenarioSpec parse_scenario(std::string_view text, std::string const& source,
                                          ErrorList& errors);

/// Looks up the labels of `spec`; unknown ones go to `errors` with the nearest match. `defaults`
/// are applied before the scenario's own [model].
/// `variants` are the production functions that variants of the scenario use besides.
[[nodiscard]] ResolvedScenario resolve_scenario(
    ScenarioSpec const& spec, IndustrySpace const& space, ModelSpec const& defaults,
    ErrorList& errors, ParameterSource const& source = {},
    std::vector<disrupt::Production> const& variants = {});

/// Both in one go: all problems of the document at once.
///
/// \param source  name of the document for messages ("cutoff.toml")
/// \error bad_format, unknown_key, bad_value, unknown_label, duplicate_label, missing_value
[[nodiscard]] Result<ResolvedScenario> read_scenario(std::string_view text,
                                                     std::string const& source,
                                                     IndustrySpace const& space,
                                                     ParameterSource const& parameters = {});

/// The parameters of a run for its Origin, under the names of a [model] table. Inventories are
/// given per kind where all its products share one number, per product where they do not.
[[nodiscard]] std::vector<std::pair<std::string, OptionValue>> origin_options(
    disrupt::ModelOptions const& options, IndustrySpace const& space);

}  // namespace linchpin::study
