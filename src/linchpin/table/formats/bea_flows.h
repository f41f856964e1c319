// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <unordered_map>

#include "linchpin/table/formats/bea_tables.h"
#include "linchpin/table/formats/national_flows.h"

namespace linchpin {

/// Names of BEA's codes.
using BeaNames = std::unordered_map<std::string, std::string>;

/// Industry-by-industry flows of the United States and their imports, from make, use and import
/// tables.
///
/// Domestic use, U less the import matrix, goes from products to the industries that make them with
/// the fixed product-sales assumption (MarketShares). Products that no industry is named after
/// (scrap, used goods, rest-of-world adjustment) become sellers of their own, which buy from their
/// makers what they make of them: most of their sales are negative purchases of final users.
[[nodiscard]] NationalFlows bea_flows(BeaTables tables, BeaNames names);

}  // namespace linchpin
