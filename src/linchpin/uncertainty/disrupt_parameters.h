// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <string>
#include <vector>

#include "linchpin/core/error.h"
#include "linchpin/disrupt/model.h"
#include "linchpin/economy/industry_space.h"
#include "linchpin/economy/scenario.h"
#include "linchpin/uncertainty/ensemble.h"
#include "linchpin/uncertainty/event_parameters.h"

namespace linchpin::uncertainty {

/// A number of the daily model that can be uncertain.
///   psi, tau_inventory_days, overproduction_max, tau_overproduction_days   as in [model]
///   inventory_days            a factor on the targets of goods; none falls below one day
///   inventory_days.goods, .services, .<sector>   days
///   resourcing_elasticity     a factor on the exponents of all products (1 where none is given)
///   resourcing_elasticity.<sector>               the exponent of one product
///   cut.<k>.share and the numbers of all other events: see event_parameters.h
struct DisruptParameter {
  enum class Kind {
    psi,
    tau_inventory_days,
    overproduction_max,
    tau_overproduction_days,
    inventory_factor,
    inventory_goods,
    inventory_services,
    inventory_sector,
    resourcing_elasticity,
    resourcing_sector,
    event,
  };
  Kind kind = Kind::psi;
  std::size_t index = 0;   ///< of the sector
  EventNumber event = {};  ///< of Kind::event
};

/// \error unknown_key  there is no such number; with the nearest there is
[[nodiscard]] Result<DisruptParameter> find_parameter(std::string const& name,
                                                      std::string const& where,
                                                      IndustrySpace const& space,
                                                      Scenario const& scenario);

/// Looks up all of them and checks their ranges; all problems at once.
/// \error unknown_key, bad_value, duplicate_label
[[nodiscard]] Result<std::vector<DisruptParameter>> find_parameters(
    std::vector<Uncertain> const& uncertain, IndustrySpace const& space, Scenario const& scenario,
    disrupt::ModelOptions const& options);

/// Sets all of them: numbers first, then factors, so that the order of the list does not matter.
void apply(std::vector<DisruptParameter> const& parameters, std::span<double const> values,
           IndustrySpace const& space, Scenario& scenario, disrupt::ModelOptions& options);

/// What is taken to be uncertain where nobody said so, around the values in force (docs/methods/
/// uncertainty.md). The ranges are assumptions, not estimates.
[[nodiscard]] std::vector<Uncertain> default_uncertain(disrupt::ModelOptions const& options);

/// "how large stocks are (inventory_days)": the parameter in words.
[[nodiscard]] std::string parameter_words(std::string const& name);

/// "triangular from 30 to 120, mode 60".
[[nodiscard]] std::string distribution_words(sampling::Distribution const& distribution);

}  // namespace linchpin::uncertainty
