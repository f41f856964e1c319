// SPDX-License-Identifier: Apache-2.0
// What is ordered of each seller: sums over buyers. Compiled once per instruction set and chosen at
// run time. Fused multiply-adds are written where they are wanted; the compiler must not make its
// own
// (-ffp-contract=off), or one lane and many would round differently.
#include "linchpin/disrupt/lane_kernels.h"

#include <algorithm>
#include <array>

// Three steps of x86-64, and NEON on Arm, are enough; vectors without a fixed length are not used.
#define HWY_DISABLED_TARGETS \
  (HWY_SSE4 | HWY_AVX3_DL | HWY_SVE | HWY_SVE2 | HWY_SVE_256 | HWY_SVE2_128)
#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "linchpin/disrupt/order_kernels.cpp"
#include "hwy/foreach_target.h"
//
#include "linchpin/disrupt/lane_vectors-inl.h"

HWY_BEFORE_NAMESPACE();
namespace linchpin::disrupt::HWY_NAMESPACE {

/// Columns taken at a time, so that orders and a tile of rows stay in the first-level cache.
constexpr std::size_t column_tile = 128;
/// Sums held in registers: 16 of AVX-512's 32, 8 of the 16 of others.
constexpr std::size_t tile_rows = width == 8 ? 8 : 4;

// ---- orders: many lanes -------------------------------------------------------------------------

template <std::size_t R, std::size_t V>
HWY_INLINE void orders_tile(double const* const* row, std::size_t first, std::size_t last,
                            double const* g, std::size_t lanes, double* partial) {
  Tag const d;
  for (std::size_t residue = 0; residue < partials; ++residue) {
    std::size_t j = first + ((residue + partials - first % partials) % partials);
    if (j >= last) continue;
    Vector sum[R][V];
    for (std::size_t k = 0; k < R; ++k) {
      for (std::size_t v = 0; v < V; ++v) {
        sum[k][v] = hn::LoadU(d, partial + (k * partials + residue) * lanes + v * width);
      }
    }
    // While one row tile is summed, each residue brings one row of the next column tile nearer.
    double const* const next = row[residue % R] + column_tile;
    for (; j < last; j += partials) {
      __builtin_prefetch(next + j);
      Vector order[V];
      for (std::size_t v = 0; v < V; ++v) order[v] = hn::LoadU(d, g + j * lanes + v * width);
      for (std::size_t k = 0; k < R; ++k) {
        auto const cell = hn::Set(d, row[k][j]);
        for (std::size_t v = 0; v < V; ++v) sum[k][v] = hn::MulAdd(cell, order[v], sum[k][v]);
      }
    }
    for (std::size_t k = 0; k < R; ++k) {
      for (std::size_t v = 0; v < V; ++v) {
        hn::StoreU(sum[k][v], d, partial + (k * partials + residue) * lanes + v * width);
      }
    }
  }
}

template <std::size_t V>
HWY_INLINE void orders_scaled(double const* row, std::size_t first, std::size_t last,
                              double const* g, std::size_t lanes, double const* factor,
                              double* partial) {
  Tag const d;
  for (std::size_t v = 0; v < V; ++v) {
    auto const scale_by = hn::LoadU(d, factor + v * width);
    for (std::size_t j = first; j < last; ++j) {
      double* const place = partial + (j % partials) * lanes + v * width;
      auto const cell = hn::Mul(hn::Set(d, row[j]), scale_by);
      auto const order = hn::LoadU(d, g + j * lanes + v * width);
      hn::StoreU(hn::MulAdd(cell, order, hn::LoadU(d, place)), d, place);
    }
  }
}

/// `count` rows that follow each other, at most tile_rows.
template <std::size_t V, std::size_t R = tile_rows>
void orders_tiles(std::size_t count, double const* const* row, std::size_t first, std::size_t last,
                  double const* g, std::size_t lanes, double* partial) {
  if (count == R) {
    orders_tile<R, V>(row, first, last, g, lanes, partial);
  } else if constexpr (R > 1) {
    orders_tiles<V, R - 1>(count, row, first, last, g, lanes, partial);
  }
}

template <std::size_t V>
void orders_columns(Rows const& rows, std::size_t first, std::size_t last, double const* g,
                    std::size_t lanes, std::size_t lane, double const* const* factors,
                    double* partial) {
  g += lane;
  partial += lane;
  auto const row_of = [&](std::size_t k) { return rows.matrix + rows.of[k] * rows.stride; };
  std::array<double const*, tile_rows> tile{};
  std::size_t filled = 0;
  auto const flush = [&](std::size_t end) {  // the tile holds the rows before `end`
    if (filled == 0) return;
    orders_tiles<V>(filled, tile.data(), first, last, g, lanes,
                    partial + (end - filled) * partials * lanes);
    filled = 0;
  };
  for (std::size_t k = 0; k < rows.of.size(); ++k) {
    if (factors != nullptr && factors[k] != nullptr) {
      flush(k);
      orders_scaled<V>(row_of(k), first, last, g, lanes, factors[k] + lane,
                       partial + k * partials * lanes);
      continue;
    }
    tile[filled++] = row_of(k);
    if (filled == tile_rows) flush(k + 1);
  }
  flush(rows.of.size());
}

// ---- orders: one lane ---------------------------------------------------------------------------

/// Vectors over buyers; sums of column j go to partial j mod 8.
template <std::size_t R>
HWY_INLINE void orders_vectors(double const* const* row, std::size_t first, std::size_t last,
                               double const* g, double const* const* factor, double* partial) {
  Tag const d;
  constexpr std::size_t parts = partials / width;
  Vector sum[R][parts];
  for (std::size_t k = 0; k < R; ++k) {
    for (std::size_t v = 0; v < parts; ++v) {
      sum[k][v] = hn::LoadU(d, partial + k * partials + v * width);
    }
  }
  for (std::size_t j = first; j < last; j += partials) {
    for (std::size_t v = 0; v < parts; ++v) {
      auto const order = hn::LoadU(d, g + j + v * width);
      for (std::size_t k = 0; k < R; ++k) {
        auto cell = hn::LoadU(d, row[k] + j + v * width);
        if (factor[k] != nullptr) cell = hn::Mul(cell, hn::Set(d, *factor[k]));
        sum[k][v] = hn::MulAdd(cell, order, sum[k][v]);
      }
    }
  }
  for (std::size_t k = 0; k < R; ++k) {
    for (std::size_t v = 0; v < parts; ++v) {
      hn::StoreU(sum[k][v], d, partial + k * partials + v * width);
    }
  }
}

template <std::size_t R>
HWY_INLINE void orders_rows(double const* const* row, std::size_t first, std::size_t last,
                            double const* g, double const* const* factor, double* partial) {
  auto const begin = std::min(last, (first + partials - 1) / partials * partials);
  auto const end = std::max(begin, last / partials * partials);
  auto const edge = [&](std::size_t from, std::size_t to) {
    for (std::size_t k = 0; k < R; ++k) {
      for (std::size_t j = from; j < to; ++j) {
        double const cell = factor[k] != nullptr ? row[k][j] * *factor[k] : row[k][j];
        double& sum = partial[k * partials + j % partials];
        sum = fused(cell, g[j], sum);
      }
    }
  };
  edge(first, begin);
  orders_vectors<R>(row, begin, end, g, factor, partial);
  edge(end, last);
}

void orders_single(Rows const& rows, std::size_t first, std::size_t last, double const* g,
                   double const* const* factors, double* partial) {
  constexpr std::size_t at_once = 4;
  std::array<double const*, at_once> row{};
  std::array<double const*, at_once> factor{};
  std::size_t k = 0;
  auto const take = [&](std::size_t count) {
    for (std::size_t v = 0; v < count; ++v) {
      row[v] = rows.matrix + rows.of[k + v] * rows.stride;
      factor[v] = factors != nullptr ? factors[k + v] : nullptr;
    }
  };
  for (; k + at_once <= rows.of.size(); k += at_once) {
    take(at_once);
    orders_rows<at_once>(row.data(), first, last, g, factor.data(), partial + k * partials);
  }
  for (; k < rows.of.size(); ++k) {
    take(1);
    orders_rows<1>(row.data(), first, last, g, factor.data(), partial + k * partials);
  }
}

void orders_sparse(Rows const& rows, std::size_t first, std::size_t last, double const* g,
                   std::size_t lanes, double const* const* factors, double* partial) {
  Tag const d;
  each_cell(rows, first, last, [&](std::size_t k, std::size_t j, double cell) HWY_ATTR {
    double* const sum = partial + (k * partials + j % partials) * lanes;
    double const* const factor = factors != nullptr ? factors[k] : nullptr;
    if (lanes == 1) {
      *sum = fused(factor != nullptr ? cell * *factor : cell, g[j], *sum);
      return;
    }
    for (std::size_t s = 0; s < lanes; s += width) {
      auto scaled = hn::Set(d, cell);
      if (factor != nullptr) scaled = hn::Mul(scaled, hn::LoadU(d, factor + s));
      auto const order = hn::LoadU(d, g + j * lanes + s);
      hn::StoreU(hn::MulAdd(scaled, order, hn::LoadU(d, sum + s)), d, sum + s);
    }
  });
}

void AddOrders(Rows const& rows, std::size_t first, std::size_t last, double const* g,
               std::size_t lanes, double const* const* factors, double* partial) {
  if (rows.sparse != nullptr) {
    orders_sparse(rows, first, last, g, lanes, factors, partial);
    return;
  }
  if (lanes == 1) {
    orders_single(rows, first, last, g, factors, partial);
    return;
  }
  for (std::size_t begin = first; begin < last; begin += column_tile) {
    auto const end = std::min(begin + column_tile, last);
    std::size_t lane = 0;
    for (; lane + tile_lanes <= lanes; lane += tile_lanes) {
      orders_columns<tile_vectors>(rows, begin, end, g, lanes, lane, factors, partial);
    }
    for (; lane < lanes; lane += width) {
      orders_columns<1>(rows, begin, end, g, lanes, lane, factors, partial);
    }
  }
}

void SumPartials(double const* HWY_RESTRICT partial, std::size_t rows, std::size_t lanes,
                 double* HWY_RESTRICT sum) {
  for (std::size_t k = 0; k < rows; ++k) {
    double const* const p = partial + k * partials * lanes;
    for (std::size_t s = 0; s < lanes; ++s) {
      auto const part = [&](std::size_t r) { return p[r * lanes + s]; };
      sum[k * lanes + s] =
          ((part(0) + part(4)) + (part(2) + part(6))) + ((part(1) + part(5)) + (part(3) + part(7)));
    }
  }
}

char const* TargetName() { return hwy::TargetName(HWY_TARGET); }

}  // namespace linchpin::disrupt::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace linchpin::disrupt {

HWY_EXPORT(AddOrders);
HWY_EXPORT(SumPartials);
HWY_EXPORT(TargetName);

void add_orders(Rows const& rows, std::size_t first, std::size_t last, double const* g,
                std::size_t lanes, double const* const* factors, double* partial) noexcept {
  HWY_DYNAMIC_DISPATCH(AddOrders)(rows, first, last, g, lanes, factors, partial);
}

void sum_partials(double const* partial, std::size_t rows, std::size_t lanes,
                  double* sum) noexcept {
  HWY_DYNAMIC_DISPATCH(SumPartials)(partial, rows, lanes, sum);
}

char const* kernel_target() noexcept { return HWY_DYNAMIC_DISPATCH(TargetName)(); }

}  // namespace linchpin::disrupt
#endif
