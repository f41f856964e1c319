// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <vector>

#include "linchpin/core/dense.h"
#include "linchpin/core/error.h"
#include "linchpin/table/nowcast/nowcast.h"

namespace linchpin::nowcasting {

/// Base table and cube laid over each other.
///
/// Sectors of the base table and of the result that belong together, directly or through others,
/// form a group; the base table has structure by group, the cube has levels by sector of the
/// result.
struct Frame {
  // Regions of the result are those of the cube.
  std::vector<std::string> regions;
  std::vector<std::size_t> technology_of;  ///< region of the result -> region of the base table
  std::vector<char> own;                   ///< … which stands for it alone

  std::vector<std::string> sectors, sector_names;  ///< of the result
  std::vector<char> service;
  std::vector<std::size_t> group_of;  ///< sector of the result -> group
  std::size_t groups = 0;
  std::size_t base_regions = 0;

  // Base table by group: rows (region, group).
  DenseMatrix Z;          ///< x (region, group)
  DenseMatrix final_use;  ///< x region; changes in inventories left out, >= 0
  DenseMatrix purchases;  ///< x region: Z and final use added up
  DenseMatrix world_use;  ///< group x (groups + 1): of all regions and sources, last column final
  DenseMatrix category_shares;  ///< (buying region, product group) x category: shares of final use
  DenseVector value_added_share;     ///< by (region, group)
  std::vector<char> share_borrowed;  ///< … is the world's: the region has no output

  // Cube by sector of the result.
  DenseVector sales;       ///< [exporter][importer][sector]
  DenseMatrix output;      ///< region x sector
  DenseMatrix absorption;  ///< region x sector

  [[nodiscard]] std::span<double const> sales_to(std::size_t exporter,
                                                 std::size_t importer) const noexcept {
    return std::span{sales}.subspan((exporter * regions.size() + importer) * sectors.size(),
                                    sectors.size());
  }
  [[nodiscard]] std::size_t base_row(std::size_t region, std::size_t group) const noexcept {
    return region * groups + group;
  }
  /// "CHN:C26"
  [[nodiscard]] std::string industry(std::size_t region, std::size_t sector) const {
    return regions[region] + ":" + sectors[sector];
  }
};

/// \error see nowcast()
[[nodiscard]] Result<Frame> lay_out(NowcastInputs const& inputs);

}  // namespace linchpin::nowcasting
