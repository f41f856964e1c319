// SPDX-License-Identifier: Apache-2.0
#include "linchpin/depend/lu.h"

#include <cblas.h>

#include <algorithm>

#include "linchpin/core/blas.h"
#include "linchpin/core/parallel.h"

namespace linchpin::depend {
namespace {

constexpr std::size_t leaf = 64;         // eliminated by plain loops
constexpr std::size_t strip = 192;       // right-hand sides of one triangular solve
constexpr std::size_t tile = 384;        // rows and columns of one product
constexpr std::size_t sequential = 192;  // below this a block stays on one thread
constexpr std::size_t solve_block = 32;  // right-hand sides of one solve

constexpr int as_int(std::size_t value) { return static_cast<int>(value); }

/// [0, length) in equal parts of about `wanted`; depends on the length alone.
struct Parts {
  Parts(std::size_t length_, std::size_t wanted)
      : length(length_), count((length_ + wanted - 1) / wanted) {}
  [[nodiscard]] std::size_t start(std::size_t part) const { return part * length / count; }
  [[nodiscard]] std::size_t size(std::size_t part) const { return start(part + 1) - start(part); }

  std::size_t length;
  std::size_t count;
};

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
        cblas_dtrsm(CblasRowMajor, CblasLeft, CblasLower, CblasNoTrans, CblasUnit, as_int(head),
                    size, 1.0, at(first, first), stride, at(first, start), stride);
      } else {
        cblas_dtrsm(CblasRowMajor, CblasRight, CblasUpper, CblasNoTrans, CblasNonUnit, size,
                    as_int(head), 1.0, at(first, first), stride, at(start, first), stride);
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

/// Runs `body` on fixed blocks of right-hand sides. Not to be cancelled: half a solution in place
/// would look like a whole one.
template <class Body>
void over_blocks(std::size_t count, unsigned threads, Body const& body) {
  use_single_threaded_blas();
  RunControl control;
  control.threads = threads;
  Parts const blocks(count, solve_block);
  [[maybe_unused]] auto const done = parallel_for(
      blocks.count, control, "solve",
      [&](std::size_t b) { body(blocks.start(b), as_int(blocks.size(b))); });
  LINCHPIN_ENSURES(done.has_value());  // BLAS throws nothing and nobody can cancel
}

}  // namespace

Result<std::optional<std::size_t>> factorise(DenseMatrix& matrix, RunControl const& control) {
  LINCHPIN_EXPECTS(matrix.rows() == matrix.columns());
  use_single_threaded_blas();
  return Elimination(matrix, control).block(0, matrix.rows());
}

void solve_factorised(DenseMatrix const& factors, DenseMatrix& right_hand_sides, unsigned threads) {
  auto const n = as_int(factors.rows());
  auto const stride = as_int(right_hand_sides.columns());
  LINCHPIN_EXPECTS(right_hand_sides.rows() == factors.rows());
  over_blocks(right_hand_sides.columns(), threads, [&](std::size_t start, int width) {
    double* const block = right_hand_sides.data() + start;
    cblas_dtrsm(CblasRowMajor, CblasLeft, CblasLower, CblasNoTrans, CblasUnit, n, width, 1.0,
                factors.data(), n, block, stride);
    cblas_dtrsm(CblasRowMajor, CblasLeft, CblasUpper, CblasNoTrans, CblasNonUnit, n, width, 1.0,
                factors.data(), n, block, stride);
  });
}

void solve_left_factorised(DenseMatrix const& factors, DenseMatrix& right_hand_sides,
                           unsigned threads) {
  auto const n = as_int(factors.rows());
  LINCHPIN_EXPECTS(right_hand_sides.columns() == factors.rows());
  over_blocks(right_hand_sides.rows(), threads, [&](std::size_t start, int height) {
    double* const block = right_hand_sides.row(start).data();
    cblas_dtrsm(CblasRowMajor, CblasRight, CblasUpper, CblasNoTrans, CblasNonUnit, height, n, 1.0,
                factors.data(), n, block, n);
    cblas_dtrsm(CblasRowMajor, CblasRight, CblasLower, CblasNoTrans, CblasUnit, height, n, 1.0,
                factors.data(), n, block, n);
  });
}

DenseMatrix inverse_block(DenseMatrix const& factors, std::size_t first, std::size_t size) {
  LINCHPIN_EXPECTS(first + size <= factors.rows());
  use_single_threaded_blas();
  auto const n = factors.rows(), rest = n - first;
  DenseMatrix columns(rest, size), block(size, size);
  if (size == 0) return block;
  for (std::size_t i = 0; i < size; ++i) columns(i, i) = 1.0;
  auto const* const corner = factors.data() + first * n + first;
  auto const stride = as_int(n), width = as_int(size);
  cblas_dtrsm(CblasRowMajor, CblasLeft, CblasLower, CblasNoTrans, CblasUnit, as_int(rest), width, 1.0,
              corner, stride, columns.data(), width);
  cblas_dtrsm(CblasRowMajor, CblasLeft, CblasUpper, CblasNoTrans, CblasNonUnit, as_int(rest), width,
              1.0, corner, stride, columns.data(), width);
  std::copy_n(columns.data(), size * size, block.data());
  return block;
}

Result<void> invert_factorised(DenseMatrix const& factors, DenseMatrix& inverse,
                               RunControl const& control) {
  LINCHPIN_EXPECTS(inverse.rows() == factors.rows() && inverse.columns() == factors.columns());
  use_single_threaded_blas();
  auto const n = factors.rows();
  auto const stride = as_int(n);
  Parts const blocks(n, strip);
  return parallel_for(blocks.count, control, "invert", [&](std::size_t b) {
    auto const start = blocks.start(b);
    auto const width = as_int(blocks.size(b));
    for (std::size_t i = 0; i < n; ++i) {
      auto const row = inverse.row(i).subspan(start, blocks.size(b));
      std::fill(row.begin(), row.end(), 0.0);
      if (i >= start && i - start < row.size()) row[i - start] = 1.0;
    }
    double* const lower = inverse.data() + start * n + start;
    cblas_dtrsm(CblasRowMajor, CblasLeft, CblasLower, CblasNoTrans, CblasUnit, as_int(n - start),
                width, 1.0, factors.data() + start * n + start, stride, lower, stride);
    cblas_dtrsm(CblasRowMajor, CblasLeft, CblasUpper, CblasNoTrans, CblasNonUnit, stride, width, 1.0,
                factors.data(), stride, inverse.data() + start, stride);
  });
}

}  // namespace linchpin::depend
