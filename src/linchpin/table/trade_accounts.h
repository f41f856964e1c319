// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "linchpin/core/contracts.h"
#include "linchpin/core/dense.h"
#include "linchpin/table/table.h"

namespace linchpin {

/// What a multi-sector trade model is calibrated from: who sells how much of what to whom, and what
/// each industry is made with. Purchases of a region are one number per product and origin, whoever
/// in the region buys (all buyers of a region share its origins).
///
/// With N regions and J sectors; all arrays dense, the last index fastest.
struct TradeAccounts {
  std::string title;
  std::string source;
  std::string licence;
  int year = 0;
  MonetaryUnit unit;
  std::vector<std::string> regions;
  std::vector<std::string> sectors;
  DenseVector trade;    ///< [sector][importer][exporter], >= 0, net of tariffs [unit per year]
  DenseVector tariffs;  ///< [sector][importer][exporter], share of the value; empty: none
  DenseVector value_added_share;  ///< [region][sector], of output, 0…1
  /// [region][using sector][input sector]: share of the input in the materials of the user, tariffs
  /// included; sums to 1 over inputs, or to 0 where there are no materials.
  DenseVector input_shares;
  DenseVector theta;  ///< [sector] trade elasticity; empty: the user names a set
  /// What was mended on the way here, in words: cells clipped, outputs raised, labels missing.
  std::vector<std::string> adjustments;

  [[nodiscard]] std::size_t cell(std::size_t sector, std::size_t importer,
                                 std::size_t exporter) const noexcept {
    LINCHPIN_EXPECTS(sector < sectors.size() && importer < regions.size());
    LINCHPIN_EXPECTS(exporter < regions.size());
    return (sector * regions.size() + importer) * regions.size() + exporter;
  }
};

}  // namespace linchpin
