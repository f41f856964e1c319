// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "linchpin/economy/scenario.h"

namespace linchpin::uncertainty {

/// A number of an event, called by the event's place in its list of the file:
///   cut.<k>.share, import_ban.<k>.share, closure.<k>.share, retaliation.<k>.share,
///   capacity_loss.<k>.share, labour_shock.<k>.share, capital_loss.<k>.share,
///   demand_shift.<k>.change (-1 … 1), reserve.<k>.days
struct EventNumber {
  enum class Family { cut, capacity_loss, labour_shock, capital_loss, demand_shift, reserve };
  Family family = Family::cut;
  /// Places in the scenario's list of the family: a cut in phases and a closure are several cuts, a
  /// reserve of several products several reserves.
  std::vector<std::size_t> places;
};

/// The number called `name`; empty if the scenario has none of that name.
[[nodiscard]] std::optional<EventNumber> find_event_number(std::string_view name,
                                                           Scenario const& scenario);

/// What `name` means if it has the form of an event's number; else empty.
[[nodiscard]] std::string event_number_words(std::string_view name);

/// Sets it. Of a cut in phases `value` is the largest share, and the others move in proportion.
void set_event_number(EventNumber const& number, double value, Scenario& scenario);

/// The names of all of them.
[[nodiscard]] std::vector<std::string> event_number_names(Scenario const& scenario);

}  // namespace linchpin::uncertainty
