// SPDX-License-Identifier: Apache-2.0
#include "linchpin/depend/lu.h"

#include <cblas.h>

#include <algorithm>

#include "linchpin/core/blas.h"
#include "linchpin/core/parallel.h"
#include "linchpin/depend/lu_parts.h"

namespace linchpin::depend {
namespace {

constexpr std::size_t leaf = 32;         // eliminated by plain loops
constexpr std::size_t triangle = 96;     // solved with as it stands
constexpr std::size_t strip = 384;       // right-hand sides of one triangular solve
constexpr std::size_t tile = 576;        // rows and columns of one product
constexpr std::size_t sequential = 192;  // below this a block stays on one thread

/// Recursive elimination of diagonal blocks: most work is products of large blocks.
class Elimination {
 public:
  Elimination(DenseMatrix& matrix, RunControl const& control)
      : data_(matrix.data()), n_(matrix.rows()), control_(control) {
    quiet_.threads = control.threads;
    quiet_.cancel = control.cancel;
  }

  Result<std::optional<std::size_t>> block(std::size_t first, std::size_t size) {
    if (size <= leaf) return leaf_block(first, size);
    std::size_t const head = (size / 2 + leaf - 1) / leaf * leaf;
    std::size_t const tail = size - head;
    auto const bad = block(first, head);
    if (!bad || bad->has_value()) return bad;
    if (auto const done = eliminate(first, head, tail); !done) return fail(done.error());
    return block(first + head, tail);
  }

 private:
  [[nodiscard]] double* at(std::size_t row, std::size_t column) const {
    return data_ + row * n_ + column;
  }

  Result<std::optional<std::size_t>> leaf_block(std::size_t first, std::size_t size) {
    std::size_t const end = first + size;
    for (std::size_t k = first; k < end; ++k) {
      double const* const pivot_row = at(k, 0);
      double const pivot = pivot_row[k];
      if (!(pivot > smallest_pivot)) return std::optional{k};
      for (std::size_t i = k + 1; i < end; ++i) {
        double* const row = at(i, 0);
        double const factor = row[k] /= pivot;
        for (std::size_t j = k + 1; j < end; ++j) row[j] -= factor * pivot_row[j];
      }
    }
    control_.report("factorise", end, n_);
    return std::optional<std::size_t>{};
  }

  /// With the head block factorised: U12 = L11^-1 M12, L21 = M21 U11^-1, M22 -= L21 U12.
  Result<void> eliminate(std::size_t first, std::size_t head, std::size_t tail) {
    std::size_t const next = first + head;
    auto const stride = as_int(n_);
    bool const small = head + tail <= sequential;
    Parts const strips(tail, small ? tail : strip);
    RunControl const control = small ? one_thread() : quiet_;
    auto const solve = [&](std::size_t task) {
      auto const part = task / 2;
      auto const start = next + strips.start(part);
      auto const size = as_int(strips.size(part));
      if (task % 2 == 0) {
        lower(first, head, start, size);
      } else {
        upper(first, head, start, size);
      }
    };
    if (auto const done = parallel_for(2 * strips.count, control, "factorise", solve); !done) {
      return done;
    }
    Parts const tiles(tail, small ? tail : tile);
    auto const multiply = [&](std::size_t task) {
      auto const row = task / tiles.count;
      auto const column = task % tiles.count;
      auto const i = next + tiles.start(row);
      auto const j = next + tiles.start(column);
      cblas_dgemm(CblasRowMajor, CblasNoTrans, CblasNoTrans, as_int(tiles.size(row)),
                  as_int(tiles.size(column)), as_int(head), -1.0, at(i, first), stride,
                  at(first, j), stride, 1.0, at(i, j), stride);
    };
    return parallel_for(tiles.count * tiles.count, control, "factorise", multiply);
  }

  /// Columns [column, column + width) of the rows of a head block, by L^-1 from the left. Halved until
  /// the triangle is small, because most of a large one is a product, which runs faster.
  void lower(std::size_t first, std::size_t size, std::size_t column, int width) const {
    auto const stride = as_int(n_);
    if (size <= triangle) {
      cblas_dtrsm(CblasRowMajor, CblasLeft, CblasLower, CblasNoTrans, CblasUnit, as_int(size), width,
                  1.0, at(first, first), stride, at(first, column), stride);
      return;
    }
    auto const half = size / 2, next = first + half;
    lower(first, half, column, width);
    cblas_dgemm(CblasRowMajor, CblasNoTrans, CblasNoTrans, as_int(size - half), width, as_int(half),
                -1.0, at(next, first), stride, at(first, column), stride, 1.0, at(next, column),
                stride);
    lower(next, size - half, column, width);
  }
  /// Rows [row, row + height) of the columns of a head block, by U^-1 from the right.
  void upper(std::size_t first, std::size_t size, std::size_t row, int height) const {
    auto const stride = as_int(n_);
    if (size <= triangle) {
      cblas_dtrsm(CblasRowMajor, CblasRight, CblasUpper, CblasNoTrans, CblasNonUnit, height,
                  as_int(size), 1.0, at(first, first), stride, at(row, first), stride);
      return;
    }
    auto const half = size / 2, next = first + half;
    upper(first, half, row, height);
    cblas_dgemm(CblasRowMajor, CblasNoTrans, CblasNoTrans, height, as_int(size - half), as_int(half),
                -1.0, at(row, first), stride, at(first, next), stride, 1.0, at(row, next), stride);
    upper(next, size - half, row, height);
  }

  [[nodiscard]] RunControl one_thread() const {
    RunControl result = quiet_;
    result.threads = 1;
    return result;
  }

  double* data_;
  std::size_t n_;
  RunControl const& control_;
  RunControl quiet_;  // inner loops do not report: the unit of progress is a column
};

}  // namespace

Result<std::optional<std::size_t>> factorise(DenseMatrix& matrix, RunControl const& control) {
  LINCHPIN_EXPECTS(matrix.rows() == matrix.columns());
  use_single_threaded_blas();
  return Elimination(matrix, control).block(0, matrix.rows());
}

}  // namespace linchpin::depend
