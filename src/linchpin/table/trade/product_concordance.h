// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <filesystem>
#include <string>
#include <vector>

#include "linchpin/core/error.h"
#include "linchpin/table/trade/product_trade.h"

namespace linchpin {

/// Which sectors products belong to, by the beginnings of their codes: the longest that fits
/// counts.
struct ProductConcordance {
  struct Part {
    std::size_t sector = 0;  ///< position in `sectors`
    double share = 1;        ///< of the product's value, > 0; those of one prefix sum to one
  };
  struct Line {
    std::string prefix;  ///< "8542", "01"
    std::vector<Part> parts;
  };
  std::string file;                  ///< name for messages
  std::vector<std::string> sectors;  ///< in the order of first appearance
  std::vector<Line> lines;           ///< sorted by prefix

  /// The line of `product`; null if no prefix fits.
  [[nodiscard]] Line const* find(std::string const& product) const;
};

/// Reads a CSV with the columns `hs` (or `prefix`, `product`), `sector` and optionally `share`.
/// \error file_not_found, unreadable_file
/// \error bad_format       columns missing, ragged lines, text in a number
/// \error bad_value        unfit labels, a share that is not in (0, 1], shares that do not sum to
/// one
/// \error duplicate_label  the same pair twice
[[nodiscard]] Result<ProductConcordance> read_product_concordance(
    std::filesystem::path const& path);

/// Trade by sector instead of by product, and what found no sector.
struct SectorTrade {
  ProductTrade trade;                  ///< `products` are the sectors
  std::vector<std::string> unmatched;  ///< products without a sector, left out of `trade`
  double unmatched_exports = 0;        ///< their world trade in all years
  double all_exports = 0;              ///< world trade of all products in all years
};

/// Adds products up to sectors.
/// \error missing_value  no product has a sector
[[nodiscard]] Result<SectorTrade> trade_by_sector(ProductTrade const& trade,
                                                  ProductConcordance const& concordance);

}  // namespace linchpin
