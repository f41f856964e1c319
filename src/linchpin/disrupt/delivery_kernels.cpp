// SPDX-License-Identifier: Apache-2.0
// What each buyer receives: sums over sellers. See order_kernels.cpp.
#include "linchpin/disrupt/lane_kernels.h"

#include <algorithm>
#include <array>

// Three steps of x86-64, and NEON on Arm, are enough; vectors without a fixed length are not used.
#define HWY_DISABLED_TARGETS \
  (HWY_SSE4 | HWY_AVX3_DL | HWY_SVE | HWY_SVE2 | HWY_SVE_256 | HWY_SVE2_128)
#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "linchpin/disrupt/delivery_kernels.cpp"
#include "hwy/foreach_target.h"
//
#include "linchpin/disrupt/lane_vectors-inl.h"

HWY_BEFORE_NAMESPACE();
namespace linchpin::disrupt::HWY_NAMESPACE {

/// Sums held in registers: 16 of AVX-512's 32, 8 of the 16 of others.
constexpr std::size_t tile_columns = width == 8 ? 4 : 2;

// ---- deliveries ---------------------------------------------------------------------------------

template <std::size_t J, std::size_t V, bool Both>
HWY_INLINE void deliveries_tile(Rows const& rows, std::size_t j, std::size_t lanes, double const* a,
                                double* sum_a, double const* b, double* sum_b) {
  Tag const d;
  Vector in_a[J][V];
  Vector in_b[J][V];
  for (std::size_t c = 0; c < J; ++c) {
    for (std::size_t v = 0; v < V; ++v) {
      in_a[c][v] = hn::LoadU(d, sum_a + (j + c) * lanes + v * width);
      if (Both) in_b[c][v] = hn::LoadU(d, sum_b + (j + c) * lanes + v * width);
    }
  }
  for (std::size_t k = 0; k < rows.of.size(); ++k) {
    double const* const row = rows.matrix + rows.of[k] * rows.stride + j;
    __builtin_prefetch(row + 8);
    Vector weight_a[V];
    Vector weight_b[V];
    for (std::size_t v = 0; v < V; ++v) {
      weight_a[v] = hn::LoadU(d, a + k * lanes + v * width);
      if (Both) weight_b[v] = hn::LoadU(d, b + k * lanes + v * width);
    }
    for (std::size_t c = 0; c < J; ++c) {
      auto const cell = hn::Set(d, row[c]);
      for (std::size_t v = 0; v < V; ++v) {
        in_a[c][v] = hn::MulAdd(cell, weight_a[v], in_a[c][v]);
        if (Both) in_b[c][v] = hn::MulAdd(cell, weight_b[v], in_b[c][v]);
      }
    }
  }
  for (std::size_t c = 0; c < J; ++c) {
    for (std::size_t v = 0; v < V; ++v) {
      hn::StoreU(in_a[c][v], d, sum_a + (j + c) * lanes + v * width);
      if (Both) hn::StoreU(in_b[c][v], d, sum_b + (j + c) * lanes + v * width);
    }
  }
}

template <std::size_t V, bool Both>
void deliveries_columns(Rows const& rows, std::size_t first, std::size_t last, std::size_t lanes,
                        double const* a, double* sum_a, double const* b, double* sum_b) {
  constexpr std::size_t columns = Both ? tile_columns : 2 * tile_columns;
  std::size_t j = first;
  for (; j + columns <= last; j += columns) {
    deliveries_tile<columns, V, Both>(rows, j, lanes, a, sum_a, b, sum_b);
  }
  for (; j < last; ++j) deliveries_tile<1, V, Both>(rows, j, lanes, a, sum_a, b, sum_b);
}

/// One lane: vectors over buyers, four sellers at a time; sums of a tile stay in the cache.
template <std::size_t R, bool Both>
HWY_INLINE void deliveries_rows(double const* const* row, std::size_t first, std::size_t last,
                                double const* a, double* sum_a, double const* b, double* sum_b) {
  Tag const d;
  std::size_t j = first;
  for (; j + width <= last; j += width) {
    auto in_a = hn::LoadU(d, sum_a + j);
    Vector in_b;
    if (Both) in_b = hn::LoadU(d, sum_b + j);
    for (std::size_t k = 0; k < R; ++k) {
      auto const cell = hn::LoadU(d, row[k] + j);
      in_a = hn::MulAdd(cell, hn::Set(d, a[k]), in_a);
      if (Both) in_b = hn::MulAdd(cell, hn::Set(d, b[k]), in_b);
    }
    hn::StoreU(in_a, d, sum_a + j);
    if (Both) hn::StoreU(in_b, d, sum_b + j);
  }
  for (; j < last; ++j) {
    for (std::size_t k = 0; k < R; ++k) {
      sum_a[j] = fused(row[k][j], a[k], sum_a[j]);
      if (Both) sum_b[j] = fused(row[k][j], b[k], sum_b[j]);
    }
  }
}

template <bool Both>
void deliveries_single(Rows const& rows, std::size_t first, std::size_t last, double const* a,
                       double* sum_a, double const* b, double* sum_b) {
  constexpr std::size_t at_once = 8;
  constexpr std::size_t tile = 1024;
  std::array<double const*, at_once> row{};
  for (std::size_t begin = first; begin < last; begin += tile) {
    auto const end = std::min(begin + tile, last);
    std::size_t k = 0;
    for (; k + at_once <= rows.of.size(); k += at_once) {
      for (std::size_t v = 0; v < at_once; ++v) {
        row[v] = rows.matrix + rows.of[k + v] * rows.stride;
      }
      deliveries_rows<at_once, Both>(row.data(), begin, end, a + k, sum_a, Both ? b + k : nullptr,
                                     sum_b);
    }
    for (; k < rows.of.size(); ++k) {
      row[0] = rows.matrix + rows.of[k] * rows.stride;
      deliveries_rows<1, Both>(row.data(), begin, end, a + k, sum_a, Both ? b + k : nullptr, sum_b);
    }
  }
}

template <bool Both>
void deliveries(Rows const& rows, std::size_t first, std::size_t last, std::size_t lanes,
                double const* a, double* sum_a, double const* b, double* sum_b) {
  if (lanes == 1) {
    deliveries_single<Both>(rows, first, last, a, sum_a, b, sum_b);
    return;
  }
  std::size_t lane = 0;
  auto const at = [&](double const* values) { return Both ? values + lane : nullptr; };
  for (; lane + tile_lanes <= lanes; lane += tile_lanes) {
    deliveries_columns<tile_vectors, Both>(rows, first, last, lanes, a + lane, sum_a + lane, at(b),
                                           Both ? sum_b + lane : nullptr);
  }
  for (; lane < lanes; lane += width) {
    deliveries_columns<1, Both>(rows, first, last, lanes, a + lane, sum_a + lane, at(b),
                                Both ? sum_b + lane : nullptr);
  }
}

void deliveries_sparse(Rows const& rows, std::size_t first, std::size_t last, std::size_t lanes,
                       double const* a, double* sum_a, double const* b, double* sum_b) {
  Tag const d;
  each_cell(rows, first, last, [&](std::size_t k, std::size_t j, double cell) HWY_ATTR {
    auto const add = [&](double const* weight, double* sum) HWY_ATTR {
      if (lanes == 1) {
        sum[j] = fused(cell, weight[k], sum[j]);
        return;
      }
      auto const value = hn::Set(d, cell);
      for (std::size_t s = 0; s < lanes; s += width) {
        double* const to = sum + j * lanes + s;
        auto const weights = hn::LoadU(d, weight + k * lanes + s);
        hn::StoreU(hn::MulAdd(value, weights, hn::LoadU(d, to)), d, to);
      }
    };
    add(a, sum_a);
    if (b != nullptr) add(b, sum_b);
  });
}

void AddDeliveries(Rows const& rows, std::size_t first, std::size_t last, std::size_t lanes,
                   double const* a, double* sum_a, double const* b, double* sum_b) {
  if (rows.sparse != nullptr) {
    deliveries_sparse(rows, first, last, lanes, a, sum_a, b, sum_b);
  } else if (b != nullptr) {
    deliveries<true>(rows, first, last, lanes, a, sum_a, b, sum_b);
  } else {
    deliveries<false>(rows, first, last, lanes, a, sum_a, nullptr, nullptr);
  }
}

}  // namespace linchpin::disrupt::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace linchpin::disrupt {

HWY_EXPORT(AddDeliveries);

void add_deliveries(Rows const& rows, std::size_t first, std::size_t last, std::size_t lanes,
                    double const* a, double* sum_a, double const* b, double* sum_b) noexcept {
  HWY_DYNAMIC_DISPATCH(AddDeliveries)(rows, first, last, lanes, a, sum_a, b, sum_b);
}

}  // namespace linchpin::disrupt
#endif
