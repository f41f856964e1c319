// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "linchpin/disrupt/model.h"
#include "linchpin/study/placed.h"

namespace linchpin::study {

/// "goods", "services" or a sector's label, with a number.
using NumbersByProduct = std::vector<Placed<std::pair<std::string, double>>>;

/// One entry of delays = [...]: {between = ["CHN", "DEU"], days = 30}, or {from = …, to = …}.
struct DelaySpec {
  std::vector<Placed<std::string>> from, to;
  bool both_ways = false;
  int days = 0;
  std::string where;
};

/// One entry of substitutions = [{product = "c8", by = "c17", share = 0.3}].
struct SubstitutionSpec {
  Placed<std::string> product, by;
  double share = 0;
};

/// What a [model] table sets; everything it leaves out keeps its default.
struct ModelSpec {
  std::optional<Placed<double>> psi;
  std::optional<Placed<double>> tau_inventory_days;
  std::optional<Placed<double>> overproduction_max;
  std::optional<Placed<double>> tau_overproduction_days;
  std::optional<Placed<disrupt::OrderRule>> order_rule;
  std::optional<Placed<double>> inventory_days;  ///< one number for every product
  NumbersByProduct inventory_days_by_product;
  std::optional<Placed<disrupt::Production>> production;
  std::optional<Placed<disrupt::Rationing>> rationing;
  std::optional<Placed<std::uint64_t>> rationing_seed;
  std::optional<Placed<disrupt::OrderBase>> orders;
  NumbersByProduct overproduction;  ///< ceilings by product, over `overproduction_max`
  std::optional<Placed<double>> resourcing_elasticity;  ///< one number for every product
  NumbersByProduct resourcing_elasticity_by_product;
  std::optional<Placed<double>> switching_speed;
  std::optional<Placed<double>> switching_cost;
  std::vector<DelaySpec> delays;
  std::vector<SubstitutionSpec> substitutions;
  std::optional<disrupt::LabourOptions> labour;
  std::optional<disrupt::ConsumptionOptions> consumption;
  std::optional<Placed<double>> capital_per_value_added;
  std::vector<Placed<std::string>> parameters;     ///< files, or "default"
  std::optional<Placed<std::string>> criticality;  ///< a file of ratings, or "default"
};

}  // namespace linchpin::study
