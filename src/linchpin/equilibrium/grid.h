// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>

#include "linchpin/core/contracts.h"

namespace linchpin::equilibrium {

/// Where a number of the trade model stands in its array. Rows are padded to whole cache lines with
/// zeros, so that kernels run over full vectors.
///
/// | array               | place                                             |
/// |---------------------|---------------------------------------------------|
/// | pair (j, n, i)      | sector j, importer n, exporter i: exporters along |
/// | good (j, n)         | sector j in region n: regions along               |
/// | industry (n, j)     | the same pair, sectors along                      |
/// | input (n, j, k)     | input k of industry (n, j): inputs along          |
struct Grid {
  static constexpr std::size_t line = 8;  ///< doubles of a cache line
  std::size_t regions = 0;
  std::size_t sectors = 0;
  std::size_t region_stride = 0;
  std::size_t sector_stride = 0;

  Grid() = default;
  Grid(std::size_t n_regions, std::size_t n_sectors)
      : regions(n_regions),
        sectors(n_sectors),
        region_stride((n_regions + line - 1) / line * line),
        sector_stride((n_sectors + line - 1) / line * line) {}

  [[nodiscard]] std::size_t pair(std::size_t j, std::size_t n, std::size_t i = 0) const noexcept {
    LINCHPIN_EXPECTS(j < sectors && n < regions && i < regions);
    return (j * regions + n) * region_stride + i;
  }
  [[nodiscard]] std::size_t good(std::size_t j, std::size_t n = 0) const noexcept {
    LINCHPIN_EXPECTS(j < sectors && n < regions);
    return j * region_stride + n;
  }
  [[nodiscard]] std::size_t industry(std::size_t n, std::size_t j = 0) const noexcept {
    LINCHPIN_EXPECTS(j < sectors && n < regions);
    return n * sector_stride + j;
  }
  [[nodiscard]] std::size_t input(std::size_t n, std::size_t j, std::size_t k = 0) const noexcept {
    LINCHPIN_EXPECTS(j < sectors && n < regions && k < sectors);
    return (n * sectors + j) * sector_stride + k;
  }
  [[nodiscard]] std::size_t pairs() const noexcept { return sectors * regions * region_stride; }
  [[nodiscard]] std::size_t goods() const noexcept { return sectors * region_stride; }
  [[nodiscard]] std::size_t industries() const noexcept { return regions * sector_stride; }
  [[nodiscard]] std::size_t inputs() const noexcept { return regions * sectors * sector_stride; }
  friend bool operator==(Grid const&, Grid const&) = default;
};

}  // namespace linchpin::equilibrium
