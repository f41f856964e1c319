// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <vector>

#include "linchpin/depend/product_dependence.h"
#include "linchpin/results/result_set.h"

namespace linchpin {

/// Indicators of one buyer, in any order.
struct BuyerDependence {
  std::string buyer;
  std::vector<depend::ProductDependence> products;
};

/// What the numbers in a ProductDependence stand for.
struct DependenceLabels {
  std::string product;  ///< name of the column: "sector", "product"
  std::string unit;     ///< of amounts, "USD million"
  std::vector<std::string> products;
  std::vector<std::string> names = {};  ///< of products, for people; empty: there are none
  std::vector<std::string> countries;
  std::vector<int> years = {};  ///< empty: a table, whose year is its world's
  /// A table: purchases hold those at home, and regions may stand for several countries.
  bool home_known = false;
};

/// How concentrated imports are, as tidy tables; names of tables and columns are a contract with
/// machines.
///
///   import_concentration  one row per buyer and year: how many products it imports, how many of
///                         them are critical and their share of imports, single points of failure
///   critical_imports      one row per buyer, year and product, rank 1 first: the largest imports
///                         among critical ones, then among possibly critical ones, then among other
///                         single points of failure; with `all`, then every other product as well
/// At most `top` rows per buyer and year; `all` shows every one.
[[nodiscard]] std::vector<ResultTable> concentration_tables(std::span<BuyerDependence const> buyers,
                                                            DependenceLabels const& labels,
                                                            std::size_t top, bool all);

}  // namespace linchpin
