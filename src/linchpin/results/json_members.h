// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>

#include "linchpin/results/equilibrium_answer.h"
#include "linchpin/results/json.h"

namespace linchpin {

// Members that documents of several questions have.

/// Sets `name` to `value`, or to null with the reason why there is none beside it.
inline void set_number(Json& object, std::string const& name, std::optional<double> value,
                       std::string const& reason) {
  object[name] = value ? Json(*value) : Json(nullptr);
  if (!value) object[name + "_reason"] = reason;
}

/// What numbers of settled trade rest on.
[[nodiscard]] inline Json settled_trade_to_json(EquilibriumSetting const& setting) {
  return {{"closure", setting.closure}, {"theta", setting.theta},
          {"horizon", setting.horizon}, {"deficits", setting.deficits},
          {"vintage", setting.vintage}, {"tariffs_of_the_base", setting.tariffs}};
}

}  // namespace linchpin
