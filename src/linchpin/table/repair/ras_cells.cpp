// SPDX-License-Identifier: Apache-2.0
#include "linchpin/table/repair/ras_cells.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace linchpin::scaling {
namespace {

constexpr std::size_t cells_per_tile = 32'768;
constexpr std::size_t most_tiles = 32;

// A sum in several lanes can be vectorised without changing the order of additions.
constexpr std::size_t lanes = 4;
using Lanes = std::array<double, lanes>;

double total(Lanes const& lane) noexcept { return (lane[0] + lane[1]) + (lane[2] + lane[3]); }

/// Rows handled together, so that the column sums are read and written once for all of them.
constexpr std::size_t block = 4;

/// Sum of z(i,j) s(j) of `block` rows from `first` on, each n long.
std::array<double, block> weighted_sums(double const* first, std::size_t n,
                                        double const* s) noexcept {
  std::array<Lanes, block> lane{};
  std::size_t j = 0;
  for (; j + lanes <= n; j += lanes) {
    for (std::size_t b = 0; b < block; ++b) {
      for (std::size_t l = 0; l < lanes; ++l) lane[b][l] += first[b * n + j + l] * s[j + l];
    }
  }
  std::array<double, block> result{};
  for (std::size_t b = 0; b < block; ++b) {
    result[b] = total(lane[b]);
    for (std::size_t k = j; k < n; ++k) result[b] += first[b * n + k] * s[k];
  }
  return result;
}

void add_block(double const* first, std::size_t n, std::array<double, block> const& r,
               double* sums) noexcept {
  auto const* const a = first;
  auto const* const b = first + n;
  auto const* const c = first + 2 * n;
  auto const* const d = first + 3 * n;
  for (std::size_t j = 0; j < n; ++j) {
    sums[j] += (r[0] * a[j] + r[1] * b[j]) + (r[2] * c[j] + r[3] * d[j]);
  }
}

/// Rows of cells of both signs handled together: as many as keep their sums in registers.
constexpr std::size_t pair = 2;

struct SignedSums {
  std::array<double, pair> positive{};
  std::array<double, pair> negative{};
};

/// Sums of z(i,j) s(j) over positive cells, and of -z(i,j) / s(j) over negative ones, of two rows.
SignedSums signed_sums(double const* first, double const* second, std::size_t n,
                       Multipliers const& s) noexcept {
  auto const* const value = s.value.data();
  auto const* const inverse = s.inverse.data();
  std::array<Lanes, pair> positive{}, negative{};
  auto const add = [&](std::size_t j, std::size_t l) {
    double const a = first[j], b = second[j];
    positive[0][l] += (a > 0 ? a : 0.0) * value[j];
    negative[0][l] -= (a < 0 ? a : 0.0) * inverse[j];
    positive[1][l] += (b > 0 ? b : 0.0) * value[j];
    negative[1][l] -= (b < 0 ? b : 0.0) * inverse[j];
  };
  std::size_t j = 0;
  for (; j + lanes <= n; j += lanes) {
    for (std::size_t l = 0; l < lanes; ++l) add(j + l, l);
  }
  for (; j < n; ++j) add(j, 0);
  return {{total(positive[0]), total(positive[1])}, {total(negative[0]), total(negative[1])}};
}

/// Adds two rows, scaled, to the column sums; a second multiplier of zero adds nothing.
void add_pair(double const* first, double const* second, std::size_t n,
              std::array<Multiplier, pair> const& r, ColumnSums& sums) noexcept {
  auto* const gains = sums.positive.data();
  auto* const losses = sums.negative.data();
  for (std::size_t j = 0; j < n; ++j) {
    double const a = first[j], b = second[j];
    gains[j] += (a > 0 ? a : 0.0) * r[0].value + (b > 0 ? b : 0.0) * r[1].value;
    losses[j] -= (a < 0 ? a : 0.0) * r[0].inverse + (b < 0 ? b : 0.0) * r[1].inverse;
  }
}

}  // namespace

Multiplier solve_multiplier(double target, double positive, double negative) noexcept {
  if (positive == 0 && negative == 0) return {target == 0 ? 0.0 : -1.0, 0};
  double value = 0;
  if (negative == 0) {
    value = target / positive;
  } else if (positive == 0) {
    if (target == 0) return {};
    value = -negative / target;
  } else {
    double const root = std::sqrt(target * target + 4 * positive * negative);
    // The form that does not cancel.
    value = target > 0 ? (target + root) / (2 * positive) : 2 * negative / (root - target);
  }
  return {value, value > 0 ? 1 / value : 0.0};
}

std::vector<std::size_t> tile_bounds(std::size_t rows, std::size_t cells) {
  auto const wanted = std::clamp<std::size_t>(cells / cells_per_tile, 1, most_tiles);
  auto const count = std::min(wanted, std::max<std::size_t>(rows, 1));
  std::vector<std::size_t> bounds;
  for (std::size_t t = 0; t <= count; ++t) bounds.push_back(t * rows / count);
  return bounds;
}

DenseCells::DenseCells(DenseMatrix& matrix)
    : matrix_(matrix), bounds_(tile_bounds(matrix.rows(), matrix.rows() * matrix.columns())) {}

void DenseCells::step(std::size_t tile, std::span<double const> targets, Multipliers const& s,
                      Multipliers& r, ColumnSums& sums) const {
  auto const n = columns();
  auto const end = bounds_[tile + 1];
  auto* const column = sums.positive.data();
  std::size_t i = bounds_[tile];
  for (; i + block <= end; i += block) {
    auto const* const first = matrix_.data() + i * n;
    auto const sum = weighted_sums(first, n, s.value.data());
    std::array<double, block> multiplier{};
    for (std::size_t b = 0; b < block; ++b) {
      r.set(i + b, solve_multiplier(targets[i + b], sum[b], 0));
      multiplier[b] = r.value[i + b];
    }
    add_block(first, n, multiplier, column);
  }
  for (; i < end; ++i) {
    auto const* const row = matrix_.data() + i * n;
    double sum = 0;
    for (std::size_t j = 0; j < n; ++j) sum += row[j] * s.value[j];
    r.set(i, solve_multiplier(targets[i], sum, 0));
    for (std::size_t j = 0; j < n; ++j) column[j] += r.value[i] * row[j];
  }
}

void DenseCells::signed_step(std::size_t tile, std::span<double const> targets,
                             Multipliers const& s, Multipliers& r, ColumnSums& sums) const {
  auto const n = columns();
  for (auto i = bounds_[tile]; i < bounds_[tile + 1]; i += pair) {
    bool const both = i + 1 < bounds_[tile + 1];
    auto const* const first = matrix_.data() + i * n;
    auto const* const second = both ? first + n : first;
    auto const sum = signed_sums(first, second, n, s);
    std::array<Multiplier, pair> multiplier{};
    multiplier[0] = solve_multiplier(targets[i], sum.positive[0], sum.negative[0]);
    r.set(i, multiplier[0]);
    if (both) {
      multiplier[1] = solve_multiplier(targets[i + 1], sum.positive[1], sum.negative[1]);
      r.set(i + 1, multiplier[1]);
    }
    add_pair(first, second, n, multiplier, sums);
  }
}

SparseCells::SparseCells(CsrMatrix& matrix) : matrix_(matrix) {
  // Tiles with about the same number of cells.
  auto const count = tile_bounds(matrix.rows, matrix.cells()).size() - 1;
  bounds_.push_back(0);
  for (std::size_t t = 1; t < count; ++t) {
    auto const place = std::lower_bound(matrix.row_start.begin(), matrix.row_start.end(),
                                        t * matrix.cells() / count);
    auto const row = static_cast<std::size_t>(place - matrix.row_start.begin());
    bounds_.push_back(std::clamp(row, bounds_.back(), matrix.rows));
  }
  bounds_.push_back(matrix.rows);
}

void SparseCells::step(std::size_t tile, std::span<double const> targets, Multipliers const& s,
                       Multipliers& r, ColumnSums& sums) const {
  for (auto i = bounds_[tile]; i < bounds_[tile + 1]; ++i) {
    auto const column = matrix_.columns_of(i);
    auto const value = matrix_.values_of(i);
    Lanes lane{};
    std::size_t k = 0;
    for (; k + lanes <= value.size(); k += lanes) {
      for (std::size_t l = 0; l < lanes; ++l) lane[l] += value[k + l] * s.value[column[k + l]];
    }
    for (; k < value.size(); ++k) lane[0] += value[k] * s.value[column[k]];
    auto const multiplier = solve_multiplier(targets[i], total(lane), 0);
    r.set(i, multiplier);
    for (k = 0; k < value.size(); ++k) sums.positive[column[k]] += multiplier.value * value[k];
  }
}

void SparseCells::signed_step(std::size_t tile, std::span<double const> targets,
                              Multipliers const& s, Multipliers& r, ColumnSums& sums) const {
  for (auto i = bounds_[tile]; i < bounds_[tile + 1]; ++i) {
    auto const column = matrix_.columns_of(i);
    auto const value = matrix_.values_of(i);
    double positive = 0, negative = 0;
    for (std::size_t k = 0; k < value.size(); ++k) {
      positive += std::max(value[k], 0.0) * s.value[column[k]];
      negative += std::max(-value[k], 0.0) * s.inverse[column[k]];
    }
    auto const multiplier = solve_multiplier(targets[i], positive, negative);
    r.set(i, multiplier);
    for (std::size_t k = 0; k < value.size(); ++k) {
      sums.positive[column[k]] += std::max(value[k], 0.0) * multiplier.value;
      sums.negative[column[k]] += std::max(-value[k], 0.0) * multiplier.inverse;
    }
  }
}

}  // namespace linchpin::scaling
