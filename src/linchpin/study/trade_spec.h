// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "linchpin/equilibrium/policy.h"
#include "linchpin/study/placed.h"
#include "linchpin/study/uncertain_spec.h"

namespace linchpin::study {

/// A policy on deliveries between regions as the user wrote it, labels not looked up.
struct TradeMeasureSpec {
  enum class Kind { tariff, tariff_add, iceberg, ban, export_tax, quota };
  Kind kind = Kind::tariff;
  std::string where;
  std::vector<Placed<std::string>> sellers, buyers, sectors;  ///< an empty list: all
  /// A rate, a rise, a factor, what is left, or a limit, by `kind`.
  double number = 0;
  equilibrium::QuotaRents rents = equilibrium::QuotaRents::exporter;  ///< of a quota
};

/// A policy on industries.
struct IndustryMeasureSpec {
  enum class Kind { subsidy, productivity, quality };
  Kind kind = Kind::subsidy;
  std::string where;
  std::vector<Placed<std::string>> industries;
  double number = 0;
};

/// Goods that go by way of third regions.
struct DetourSpec {
  std::string where;
  std::vector<Placed<std::string>> sellers, buyers, sectors, via;
  double cost = 1;
  double share = 0;
};

/// Everything about the model that is not a policy; what is empty was not said.
struct TradeModelSpec {
  std::optional<Placed<std::string>> model;  ///< "cp" or "ces"
  std::optional<Placed<std::string>> theta;  ///< name of a set of trade elasticities
  std::optional<double> horizon_years;       ///< empty: the long run
  std::optional<equilibrium::DeficitRule> deficits;
  std::optional<double> nest_value_added, nest_materials, nest_final_use;
  std::optional<bool> specific;        ///< nothing moves between industries
  std::optional<double> mobile_share;  ///< of value added in every industry
  std::optional<double> wage_floor;    ///< of every region
  std::vector<Placed<std::pair<std::string, double>>> wage_floors;  ///< by region
  std::optional<double> entrant_cost;
};

/// A scenario of `linchpin equilibrium` before its labels are looked up.
struct TradeScenarioSpec {
  std::string name, title;
  std::map<std::string, std::vector<Placed<std::string>>> groups;  ///< of regions
  std::vector<TradeMeasureSpec> measures;  ///< in the order in which they act
  std::vector<IndustryMeasureSpec> industries;
  std::vector<DetourSpec> detours;
  TradeModelSpec model;
  UncertainSpecs uncertain;

  [[nodiscard]] bool does_nothing() const noexcept {
    return measures.empty() && industries.empty() && detours.empty();
  }
};

/// The [equilibrium] table of a study.
struct EquilibriumSpec {
  std::vector<TradeScenarioSpec> scenarios;
  TradeModelSpec model;  ///< of every scenario, unless it says otherwise
  std::map<std::string, std::vector<Placed<std::string>>> groups;  ///< of every scenario
  UncertainSpecs uncertain;                                        ///< likewise
  std::optional<EnsembleSpec> ensemble;
  int top = 20;  ///< rows of rankings
};

}  // namespace linchpin::study
