// SPDX-License-Identifier: Apache-2.0
// Compiled once per instruction set (Highway), chosen at run time. Fused multiply-add is written
// where it is wanted; the compiler must not make its own (-ffp-contract=off), or one lane and many
// would round differently.
#include "linchpin/disrupt/lane_kernels.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

// Three steps of x86-64, and NEON on Arm, are enough; vectors without a fixed length are not used.
#define HWY_DISABLED_TARGETS \
  (HWY_SSE4 | HWY_AVX3_DL | HWY_SVE | HWY_SVE2 | HWY_SVE_256 | HWY_SVE2_128)
#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "linchpin/disrupt/lane_kernels.cpp"
#include "hwy/foreach_target.h"
//
#include "hwy/highway.h"

HWY_BEFORE_NAMESPACE();
namespace linchpin::disrupt::HWY_NAMESPACE {

namespace hn = hwy::HWY_NAMESPACE;
using Tag = hn::CappedTag<double, 8>;
using Vector = hn::Vec<Tag>;
constexpr std::size_t width = HWY_MAX_BYTES / sizeof(double) < 8 ? HWY_MAX_BYTES / sizeof(double) : 8;
/// Columns taken at a time, so that orders and a tile of rows stay in the first-level cache.
constexpr std::size_t column_tile = 128;
/// Sums held in registers: 16 of AVX-512's 32, 8 of the 16 of others.
constexpr std::size_t tile_rows = width == 8 ? 8 : 4;
constexpr std::size_t tile_columns = width == 8 ? 4 : 2;
/// Vectors of lanes per tile.
constexpr std::size_t tile_vectors = 2;
constexpr std::size_t tile_lanes = tile_vectors * width;

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

/// One cell with the rounding of the vectors: a true fused multiply-add where they have one.
HWY_INLINE double fused(double cell, double order, double sum) {
  hn::CappedTag<double, 1> const d;
  return hn::GetLane(hn::MulAdd(hn::Set(d, cell), hn::Set(d, order), hn::Set(d, sum)));
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

// ---- sparse rows --------------------------------------------------------------------------------

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

// ---- cell by cell: plain loops that the compiler turns into vectors of this instruction set ------

template <std::size_t L, bool ByDemand, bool Shared>
void place(std::size_t buyers, ProductNumbers const& numbers, double const* HWY_RESTRICT stock,
           double const* HWY_RESTRICT optimal, double const* HWY_RESTRICT output,
           double const* HWY_RESTRICT demand, double const* HWY_RESTRICT use,
           double const* HWY_RESTRICT reachable, double* HWY_RESTRICT placed) {
  constexpr double endless = std::numeric_limits<double>::infinity();
  double days[L];
  double pace[L];
  for (std::size_t s = 0; s < L; ++s) {
    days[s] = numbers.days[s];
    pace[s] = numbers.pace[s];
  }
  for (std::size_t f = 0; f < buyers; ++f) {
    double const used = Shared ? 1.0 : use[f];
    for (std::size_t s = 0; s < L; ++s) {
      auto const i = f * L + s;
      double order;
      if (ByDemand) {
        double const gap = stock[i] < endless ? days[s] - stock[i] : 0.0;
        order = demand[i] + gap * pace[s];
        order = order > 0 ? order : 0.0;
      } else {
        double const gap = days[s] * optimal[i] - stock[i];
        order = (gap > 0 ? gap : 0.0) * pace[s] + output[i];
      }
      if (!Shared) order = reachable[i] > 0 ? order * (used / reachable[i]) : 0.0;
      placed[i] = order;
    }
  }
}

template <std::size_t L>
void place_lanes(std::size_t buyers, ProductNumbers const& numbers, bool by_demand,
                 double const* stock, double const* optimal, double const* output,
                 double const* demand, double const* use, double const* reachable,
                 double* placed) {
  bool const shared = reachable == nullptr;
  auto const run = by_demand ? (shared ? place<L, true, true> : place<L, true, false>)
                             : (shared ? place<L, false, true> : place<L, false, false>);
  run(buyers, numbers, stock, optimal, output, demand, use, reachable, placed);
}

void PlaceOrders(std::size_t buyers, std::size_t lanes, ProductNumbers const& numbers,
                 bool by_demand, double const* stock, double const* optimal, double const* output,
                 double const* demand, double const* use, double const* reachable,
                 double* placed) {
  auto const run = lanes == 1 ? place_lanes<1> : lanes == 8 ? place_lanes<8> : place_lanes<16>;
  run(buyers, numbers, by_demand, stock, optimal, output, demand, use, reachable, placed);
}

/// num / den where 1 / den is at hand: exact where the quotient is (1 for equal numbers), else within
/// a rounding. Infinite numerators give NaN or infinity.
HWY_INLINE Vector quotient(Vector num, Vector den, [[maybe_unused]] Vector inverse) {
#if HWY_NATIVE_FMA
  auto const guess = hn::Mul(num, inverse);
  return hn::MulAdd(hn::NegMulAdd(guess, den, num), inverse, guess);
#else
  return hn::Div(num, den);
#endif
}

/// Denominators whose inverse keeps its digits.
bool plain_size(double value) { return value > 1e-280 && value < 1e280; }

void Receive(std::size_t buyers, std::size_t lanes, double const* HWY_RESTRICT placed,
             double const* HWY_RESTRICT use, double* HWY_RESTRICT sum) {
  Tag const d;
  auto const one = hn::Set(d, 1.0);
  std::size_t f = 0;
  if (lanes == 1) {
    for (; f + width <= buyers; f += width) {
      if (!std::all_of(use + f, use + f + width, plain_size)) {
        for (auto k = f; k < f + width; ++k) sum[k] = placed[k] * (sum[k] / use[k]);
        continue;
      }
      auto const used = hn::LoadU(d, use + f);
      auto const share = quotient(hn::LoadU(d, sum + f), used, hn::Div(one, used));
      hn::StoreU(hn::Mul(hn::LoadU(d, placed + f), share), d, sum + f);
    }
  }
  for (; f < buyers; ++f) {
    double* const to = sum + f * lanes;
    double const* const order = placed + f * lanes;
    bool const plain = plain_size(use[f]);
    auto const used = hn::Set(d, use[f]);
    auto const inverse = hn::Div(one, used);
    if (!plain) {
      for (std::size_t s = 0; s < lanes; ++s) to[s] = order[s] * (to[s] / use[f]);
    } else if (lanes == 1) {
      auto const share = quotient(hn::Set(d, *to), used, inverse);
      *to = *order * hn::GetLane(share);
    } else {
      for (std::size_t s = 0; s < lanes; s += width) {
        auto const share = quotient(hn::LoadU(d, to + s), used, inverse);
        hn::StoreU(hn::Mul(hn::LoadU(d, order + s), share), d, to + s);
      }
    }
  }
}

void Restock(std::size_t cells, double const* HWY_RESTRICT received,
             double const* HWY_RESTRICT output, double* HWY_RESTRICT stock) {
  for (std::size_t i = 0; i < cells; ++i) {
    double const left = stock[i] + (received[i] - output[i]);
    stock[i] = left > 0 ? left : 0.0;
  }
}

/// A vector of stocks: an endless one (a NaN among quotients) does not limit.
HWY_INLINE Vector lowered(Limit kind, Vector stock, Vector cover, Vector inverse, Vector limit) {
  Tag const d;
  auto const allowed = kind == Limit::half
                           ? hn::Mul(hn::Add(stock, hn::Set(d, 1.0)), hn::Set(d, 0.5))
                           : quotient(stock, cover, inverse);
  return hn::IfThenElse(hn::Lt(allowed, limit), allowed, limit);
}

void LowerLimit(std::size_t buyers, std::size_t lanes, Limit kind, double const* cover,
                double const* HWY_RESTRICT stock, double* HWY_RESTRICT limit) {
  Tag const d;
  auto const one = hn::Set(d, 1.0);
  if (lanes == 1) {
    auto const days = hn::Set(d, *cover);
    auto const inverse = hn::Div(one, days);
    std::size_t f = 0;
    for (; f + width <= buyers; f += width) {
      hn::StoreU(lowered(kind, hn::LoadU(d, stock + f), days, inverse, hn::LoadU(d, limit + f)), d,
                 limit + f);
    }
    for (; f < buyers; ++f) {
      limit[f] = hn::GetLane(
          lowered(kind, hn::Set(d, stock[f]), days, inverse, hn::Set(d, limit[f])));
    }
    return;
  }
  for (std::size_t s = 0; s < lanes; s += width) {
    auto const days = hn::LoadU(d, cover + s);
    auto const inverse = hn::Div(one, days);
    for (std::size_t f = 0; f < buyers; ++f) {
      auto const i = f * lanes + s;
      hn::StoreU(lowered(kind, hn::LoadU(d, stock + i), days, inverse, hn::LoadU(d, limit + i)), d,
                 limit + i);
    }
  }
}

void Scale(std::size_t cells, double const* HWY_RESTRICT factor, double* HWY_RESTRICT value) {
  for (std::size_t i = 0; i < cells; ++i) value[i] *= factor[i];
}

void SumPartials(double const* HWY_RESTRICT partial, std::size_t rows, std::size_t lanes,
                 double* HWY_RESTRICT sum) {
  for (std::size_t k = 0; k < rows; ++k) {
    double const* const p = partial + k * partials * lanes;
    for (std::size_t s = 0; s < lanes; ++s) {
      auto const part = [&](std::size_t r) { return p[r * lanes + s]; };
      sum[k * lanes + s] = ((part(0) + part(4)) + (part(2) + part(6))) +
                           ((part(1) + part(5)) + (part(3) + part(7)));
    }
  }
}

char const* TargetName() { return hwy::TargetName(HWY_TARGET); }

}  // namespace linchpin::disrupt::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace linchpin::disrupt {

HWY_EXPORT(AddOrders);
HWY_EXPORT(AddDeliveries);
HWY_EXPORT(PlaceOrders);
HWY_EXPORT(Receive);
HWY_EXPORT(Restock);
HWY_EXPORT(LowerLimit);
HWY_EXPORT(Scale);
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

void add_deliveries(Rows const& rows, std::size_t first, std::size_t last, std::size_t lanes,
                    double const* a, double* sum_a, double const* b, double* sum_b) noexcept {
  HWY_DYNAMIC_DISPATCH(AddDeliveries)(rows, first, last, lanes, a, sum_a, b, sum_b);
}

void place_orders(std::size_t buyers, std::size_t lanes, ProductNumbers const& numbers,
                  bool by_demand, double const* stock, double const* optimal, double const* output,
                  double const* demand, double const* use, double const* reachable,
                  double* placed) noexcept {
  HWY_DYNAMIC_DISPATCH(PlaceOrders)
  (buyers, lanes, numbers, by_demand, stock, optimal, output, demand, use, reachable, placed);
}

void receive(std::size_t buyers, std::size_t lanes, double const* placed, double const* use,
             double* sum) noexcept {
  HWY_DYNAMIC_DISPATCH(Receive)(buyers, lanes, placed, use, sum);
}

void restock(std::size_t cells, double const* received, double const* output,
             double* stock) noexcept {
  HWY_DYNAMIC_DISPATCH(Restock)(cells, received, output, stock);
}

void lower_limit(std::size_t buyers, std::size_t lanes, Limit kind, double const* cover,
                 double const* stock, double* limit) noexcept {
  HWY_DYNAMIC_DISPATCH(LowerLimit)(buyers, lanes, kind, cover, stock, limit);
}

void scale(std::size_t cells, double const* factor, double* value) noexcept {
  HWY_DYNAMIC_DISPATCH(Scale)(cells, factor, value);
}

char const* kernel_target() noexcept { return HWY_DYNAMIC_DISPATCH(TargetName)(); }

}  // namespace linchpin::disrupt
#endif
