// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <nlohmann/json.hpp>

#include "linchpin/disrupt/gradient.h"
#include "linchpin/economy/economy.h"
#include "linchpin/results/result_set.h"

namespace linchpin {

/// The largest entries of a gradient as tidy tables; names of tables and columns are a contract
/// with machines. Links of a region with itself are left out: they are not cut.
///
///   sensitive_links       per cent of the loss that cutting 1 % of a link for the whole horizon
///   adds sensitive_capacities  the same for 1 % of an industry's capacity sensitive_stocks what
///   one day of stock more at the start takes off the loss
[[nodiscard]] std::vector<ResultTable> gradient_tables(IndustrySpace const& space,
                                                       disrupt::LossTarget const& target,
                                                       disrupt::Gradient const& gradient,
                                                       std::size_t top);

/// {"loss": {"measure", "regions", "pct"}, "links": [{"seller", "buyer", "per_percent_cut"}], …}
[[nodiscard]] nlohmann::ordered_json gradient_to_json(IndustrySpace const& space,
                                                      disrupt::LossTarget const& target,
                                                      disrupt::Gradient const& gradient,
                                                      std::size_t top);

}  // namespace linchpin
