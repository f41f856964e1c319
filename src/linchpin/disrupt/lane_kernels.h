// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

#include "linchpin/core/flow_matrix.h"

namespace linchpin::disrupt {

/// Runs carried side by side. Arrays of a block keep the lanes of one cell next to each other:
/// cell (j) of lane s stands at j · lanes + s.
inline constexpr std::size_t most_lanes = 16;
/// Lanes are padded to 1 or a multiple of this.
inline constexpr std::size_t lane_step = 8;
/// Every sum over buyers is kept in this many interleaved partial sums, so that one lane (vectors
/// over buyers) and many lanes (vectors over lanes) add in the same order and give the same bits.
inline constexpr std::size_t partials = 8;

/// Some rows of a row-major matrix, by their number. With `sparse` its cells are read instead: the
/// same sums, bit for bit, because what is left out adds zero.
struct Rows {
  double const* matrix = nullptr;
  std::size_t stride = 0;
  std::span<std::uint32_t const> of = {};
  CsrMatrix const* sparse = nullptr;
};

/// partial(k, j mod 8, s) += M(k, j) factor(k, s) g(j, s) for j in [first, last), ascending.
/// `factors`, if given, has one pointer per row: null counts as 1.
void add_orders(Rows const& rows, std::size_t first, std::size_t last, double const* g,
                std::size_t lanes, double const* const* factors, double* partial) noexcept;

/// sum(k, s): the eight partial sums of each row as a tree.
void sum_partials(double const* partial, std::size_t rows, std::size_t lanes, double* sum) noexcept;

/// sum_a(j, s) += Σ_k M(k, j) a(k, s) over the rows in their order, for j in [first, last); the
/// same for b in the same reading, unless `b` is null.
void add_deliveries(Rows const& rows, std::size_t first, std::size_t last, std::size_t lanes,
                    double const* a, double* sum_a, double const* b, double* sum_b) noexcept;

/// What one product's orders and stocks need besides cells; a value per lane.
struct ProductNumbers {
  double const* days;   ///< target stock; 0 where stocks are endless
  double const* cover;  ///< days of use below which output falls
  double const* pace;   ///< 1 / days over which a gap is closed
};

/// Orders of one product as multiples of baseline use, and what buyers place with a supplier of
/// weight one:
///   by production: q = max(0, days · optimal − stock) · pace + output
///   by demand:     q = max(0, demand + (days − stock) · pace)
///   g = q · use / reachable (0 where nobody can be reached); g = q where `reachable` is null.
void place_orders(std::size_t buyers, std::size_t lanes, ProductNumbers const& numbers,
                  bool by_demand, double const* stock, double const* optimal, double const* output,
                  double const* demand, double const* use, double const* reachable,
                  double* placed) noexcept;

/// received = placed · (sum / use), in days of baseline use.
void receive(std::size_t buyers, std::size_t lanes, double const* placed, double const* use,
             double* sum) noexcept;

/// stock = max(0, stock + (received − output)).
void restock(std::size_t cells, double const* received, double const* output,
             double* stock) noexcept;

/// How a stock limits output.
enum class Limit {
  cover,  ///< stock / cover
  half,   ///< (stock + 1) / 2
};
/// limit = min(limit, what the stock allows), as a share of baseline output.
void lower_limit(std::size_t buyers, std::size_t lanes, Limit kind, double const* cover,
                 double const* stock, double* limit) noexcept;

/// value(i) *= factor(i).
void scale(std::size_t cells, double const* factor, double* value) noexcept;

/// Name of the instruction set the kernels run on ("AVX3").
[[nodiscard]] char const* kernel_target() noexcept;

}  // namespace linchpin::disrupt
