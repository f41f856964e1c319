// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "linchpin/core/error.h"
#include "linchpin/depend/reliance.h"
#include "linchpin/results/outputs.h"
#include "linchpin/study/leverage_spec.h"
#include "linchpin/study/measure_spec.h"
#include "linchpin/study/scenario_file.h"
#include "linchpin/study/trade_spec.h"

namespace linchpin::study {

/// One way to run the model besides the scenario's own: what it changes.
struct Variant {
  std::string name;                              ///< "fixed orders, half the inventories"
  std::optional<disrupt::OrderRule> order_rule;  ///< empty: as the scenario says
  double inventory_factor = 1;  ///< multiplies the targets of goods (at least 1 day)
  std::optional<double> psi;
  std::optional<double> tau_inventory_days;
  std::optional<double> overproduction_max;
  std::optional<double> tau_overproduction_days;
  std::optional<disrupt::Production> production;
  std::optional<disrupt::Rationing> rationing;
  std::optional<std::uint64_t> rationing_seed;
  std::optional<disrupt::OrderBase> orders;  ///< empty: as usual for `production`, if that is set
};

/// A study document before its labels are looked up.
struct Study {
  std::string source;  ///< name of the document for messages
  ErrorList problems;  ///< found while reading; reported together with unknown labels
  std::string title;
  std::string question;
  std::string world;  ///< built-in name, or a path relative to the study file
  ModelSpec model;    ///< of every scenario, unless it says otherwise
  std::vector<ScenarioSpec> scenarios;
  bool asks_depend = false;
  std::vector<Placed<std::string>> buyers;
  std::vector<MeasureSpec> measures;
  int top = 10;
  int days = 365;
  std::optional<Placed<std::string>> focus;
  std::vector<Variant> variants;
  UncertainSpecs uncertain;  ///< of every scenario that does not say otherwise
  std::optional<EnsembleSpec> ensemble;
  std::optional<EquilibriumSpec> equilibrium;
  std::optional<LeverageSpec> leverage;
  OutputFormats formats;
};

struct DependQuestion {
  std::vector<depend::Buyer> buyers;
  depend::AccountOptions options;
  std::vector<MeasureQuestion> measures;
};

struct DisruptQuestion {
  int days = 365;
  std::optional<RegionId> focus;  ///< the region the headline is about
  std::vector<Variant> variants;  ///< besides the central run
};

/// A study in the numbering of one economy, ready to run.
struct ResolvedStudy {
  std::vector<ResolvedScenario> scenarios;
  std::optional<DependQuestion> depend;
  DisruptQuestion disrupt;
  std::optional<EnsembleSpec> ensemble;
};

/// Order rules x inventories (half, as given, double): six ways to run the same scenario.
[[nodiscard]] std::vector<Variant> standard_variants();

/// Reads a study document (docs/formats/study.md).
///
/// Problems are kept in the study as long as it names a world, so that `resolve_study` can report
/// them together with the labels that world does not have: the user sees all of them at once.
/// \error bad_format, unknown_key, bad_value, duplicate_label, missing_value  all problems found,
///        if there is no world to go on with
[[nodiscard]] Result<Study> parse_study(std::string_view text, std::string const& source);

/// Looks up the labels of `study`.
/// \error as parse_study, and unknown_label; all problems at once, in the order of the lines
[[nodiscard]] Result<ResolvedStudy> resolve_study(Study const& study, IndustrySpace const& space,
                                                  ParameterSource const& source = {});

}  // namespace linchpin::study
