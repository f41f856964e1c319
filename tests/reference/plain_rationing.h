// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "linchpin/core/random.h"
#include "linchpin/disrupt/model.h"

namespace linchpin::reference {

/// One client of a seller on a day.
struct Client {
  enum class Kind { industry, final_user, rebuilding };
  Kind kind = Kind::industry;
  bool at_home = false;   ///< in the seller's region; never true of rebuilding
  double base = 0;        ///< purchases from this seller in the baseline
  double government = 0;  ///< part of the order that is a government's
  double order = 0;
  double delivered = 0;  ///< the answer
};

/// Shares out what a seller made over its clients: all industries in their order, then the final
/// users by region, then rebuilding. `random` serves draws of Rationing::random.
/// Source: docs/methods/disrupt-options.md, 5.
void ration(disrupt::Rationing rule, double made, std::vector<Client>& clients, Rng random);

}  // namespace linchpin::reference
