// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "linchpin/results/json.h"

namespace linchpin {

/// A seller of a product to the target.
struct ProductLink {
  std::string seller, product;
  double imports_share_pct = 0;  ///< of the product in all the target imports (or spends)
  double seller_share_pct = 0;   ///< of the seller in the target's imports of the product
  double theta = 0;
  bool theta_own = false;  ///< an estimate of its own, not the median of all
  double loss_pct = 0;     ///< rise of the cost of all imports (of spending) without it
};

struct ProductLinkSet {
  std::vector<std::string> links;  ///< "CHN:850440"
  double loss_pct = 0;
};

/// What a few sellers could cut the target off from altogether.
struct CutOffProduct {
  std::string product;
  std::vector<std::string> sellers;  ///< all there are
  double imports_share_pct = 0;
};

/// Where a country can be hurt most, by products and sellers.
struct ProductLinksAnswer {
  std::string target;
  int year = 0;
  std::size_t k = 0;
  bool of_spending = false;            ///< losses are of all spending, else of the cost of imports
  std::vector<ProductLink> links;      ///< one by one, largest loss first
  std::vector<ProductLinkSet> sets;    ///< exact, largest first
  std::size_t cut_off_count = 0;       ///< products with at most k sellers
  std::vector<CutOffProduct> cut_off;  ///< the largest of them
  std::size_t products = 0, candidates = 0;
  std::size_t without_theta = 0;  ///< products that got the median
  double median_theta = 0;
  std::vector<std::string> warnings;
};

/// The document linchpin.leverage-products (docs/formats/json.md).
[[nodiscard]] Json product_links_to_json(ProductLinksAnswer const& answer, Json origin);

}  // namespace linchpin
