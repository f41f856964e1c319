// SPDX-License-Identifier: Apache-2.0
// Vectors of the instruction set being compiled, for the kernels of the daily model; read once per
// instruction set, as Highway's own -inl.h files are.
#if defined(LINCHPIN_DISRUPT_LANE_VECTORS_INL_H) == defined(HWY_TARGET_TOGGLE)
#ifdef LINCHPIN_DISRUPT_LANE_VECTORS_INL_H
#undef LINCHPIN_DISRUPT_LANE_VECTORS_INL_H
#else
#define LINCHPIN_DISRUPT_LANE_VECTORS_INL_H
#endif

#include <algorithm>
#include <cstddef>
#include <cstdint>

#include "hwy/highway.h"
#include "linchpin/disrupt/lane_kernels.h"

HWY_BEFORE_NAMESPACE();
namespace linchpin::disrupt::HWY_NAMESPACE {

namespace hn = hwy::HWY_NAMESPACE;
using Tag = hn::CappedTag<double, 8>;
using Vector = hn::Vec<Tag>;
constexpr std::size_t width =
    HWY_MAX_BYTES / sizeof(double) < 8 ? HWY_MAX_BYTES / sizeof(double) : 8;
/// Vectors of lanes per tile.
constexpr std::size_t tile_vectors = 2;
constexpr std::size_t tile_lanes = tile_vectors * width;

/// One cell with the rounding of the vectors: a true fused multiply-add where they have one.
HWY_INLINE double fused(double cell, double order, double sum) {
  hn::CappedTag<double, 1> const d;
  return hn::GetLane(hn::MulAdd(hn::Set(d, cell), hn::Set(d, order), hn::Set(d, sum)));
}

/// Calls f(row number, column, cell) for the cells of the rows in [first, last), ascending.
template <class F>
HWY_INLINE void each_cell(Rows const& rows, std::size_t first, std::size_t last, F&& f) {
  auto const& cells = *rows.sparse;
  for (std::size_t k = 0; k < rows.of.size(); ++k) {
    auto const* const begin = cells.column.data() + cells.row_start[rows.of[k]];
    auto const* const end = cells.column.data() + cells.row_start[rows.of[k] + 1];
    auto const* at = std::lower_bound(begin, end, static_cast<std::uint32_t>(first));
    for (; at != end && *at < last; ++at) {
      f(k, std::size_t{*at}, cells.value[static_cast<std::size_t>(at - cells.column.data())]);
    }
  }
}

}  // namespace linchpin::disrupt::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#endif
