// SPDX-License-Identifier: Apache-2.0
#include <cblas.h>

#include <algorithm>

#include "linchpin/core/blas.h"
#include "linchpin/core/parallel.h"
#include "linchpin/depend/lu.h"
#include "linchpin/depend/lu_parts.h"

namespace linchpin::depend {
namespace {

constexpr std::size_t panel = 192;  // unknowns found at a time
constexpr std::size_t tile = 384;   // unknowns brought up to date by one product
constexpr std::size_t strip = 192;  // right-hand sides of one product
constexpr std::size_t few = 4;      // right-hand sides that are cheaper one by one: no packing

/// A matrix inside a row-major array.
struct Block {
  double* data;
  std::size_t stride;

  [[nodiscard]] Block at(std::size_t row, std::size_t column) const {
    return {data + row * stride + column, stride};
  }
};

/// C -= A B, of rows x columns and `inner` terms.
void subtract_product(Block C, std::size_t rows, std::size_t columns, std::size_t inner, Block A,
                      Block B) {
  if (rows == 0 || columns == 0 || inner == 0) return;
  if (columns < few) {
    for (std::size_t c = 0; c < columns; ++c) {
      cblas_dgemv(CblasRowMajor, CblasNoTrans, as_int(rows), as_int(inner), -1.0, A.data,
                  as_int(A.stride), B.data + c, as_int(B.stride), 1.0, C.data + c,
                  as_int(C.stride));
    }
  } else if (rows < few) {
    for (std::size_t r = 0; r < rows; ++r) {
      cblas_dgemv(CblasRowMajor, CblasTrans, as_int(inner), as_int(columns), -1.0, B.data,
                  as_int(B.stride), A.at(r, 0).data, 1, 1.0, C.at(r, 0).data, 1);
    }
  } else {
    cblas_dgemm(CblasRowMajor, CblasNoTrans, CblasNoTrans, as_int(rows), as_int(columns),
                as_int(inner), -1.0, A.data, as_int(A.stride), B.data, as_int(B.stride), 1.0,
                C.data, as_int(C.stride));
  }
}

/// Not to be cancelled: half a solution in place would look like a whole one.
template <class Body>
void tasks(std::size_t count, unsigned threads, Body const& body) {
  RunControl control;
  control.threads = threads;
  [[maybe_unused]] auto const done = parallel_for(count, control, "solve", body);
  LINCHPIN_ENSURES(done.has_value());  // BLAS throws nothing and nobody can cancel
}

/// Unknowns that are still to be brought up to date once those of a panel are found.
struct Rest {
  std::size_t start, length;
};

/// Solves with the factors of the unknowns [first, n) for `count` right-hand sides: columns of X
/// (from the left) or rows of X (from the right). Panel after panel, work split over fixed tiles.
class Solver {
 public:
  Solver(DenseMatrix const& factors, std::size_t first, Block X, std::size_t count, bool columns,
         unsigned threads)
      : factors_{const_cast<double*>(factors.data()), factors.columns()},  // BLAS only reads them
        first_(first),
        X_(X),
        count_(count),
        columns_(columns),
        threads_(threads),
        panels_(factors.rows() - first, panel),
        sides_(count, strip) {}

  /// L^-1 X, or X U^-1: unknowns in ascending order.
  void ascending() const {
    for (std::size_t p = 0; p < panels_.count; ++p) {
      auto const start = panels_.start(p), end = start + panels_.size(p);
      triangle(start, panels_.size(p), columns_);
      update(start, panels_.size(p), {end, panels_.length - end});
    }
  }
  /// U^-1 X, or X L^-1: unknowns in descending order.
  void descending() const {
    for (std::size_t p = panels_.count; p-- > 0;) {
      auto const start = panels_.start(p);
      triangle(start, panels_.size(p), !columns_);
      update(start, panels_.size(p), {0, start});
    }
  }

 private:
  [[nodiscard]] Block factors_at(std::size_t row, std::size_t column) const {
    return factors_.at(first_ + row, first_ + column);
  }

  void triangle(std::size_t start, std::size_t size, bool lower) const {
    tasks(sides_.count, threads_, [&](std::size_t part) {
      auto const side = sides_.start(part);
      auto const width = as_int(sides_.size(part));
      auto const at = columns_ ? X_.at(start, side) : X_.at(side, start);
      cblas_dtrsm(CblasRowMajor, columns_ ? CblasLeft : CblasRight, lower ? CblasLower : CblasUpper,
                  CblasNoTrans, lower ? CblasUnit : CblasNonUnit,
                  columns_ ? as_int(size) : width, columns_ ? width : as_int(size), 1.0,
                  factors_at(start, start).data, as_int(factors_.stride), at.data,
                  as_int(X_.stride));
    });
  }

  void update(std::size_t start, std::size_t size, Rest rest) const {
    if (rest.length == 0) return;
    Parts const tiles(rest.length, tile);
    tasks(tiles.count * sides_.count, threads_, [&](std::size_t task) {
      auto const side = sides_.start(task % sides_.count), width = sides_.size(task % sides_.count);
      auto const other = rest.start + tiles.start(task / sides_.count);
      auto const length = tiles.size(task / sides_.count);
      if (columns_) {
        subtract_product(X_.at(other, side), length, width, size, factors_at(other, start),
                         X_.at(start, side));
      } else {
        subtract_product(X_.at(side, other), width, length, size, X_.at(side, start),
                         factors_at(start, other));
      }
    });
  }

  Block factors_;
  std::size_t first_;
  Block X_;
  std::size_t count_;
  bool columns_;
  unsigned threads_;
  Parts panels_, sides_;
};

}  // namespace

void solve_factorised(DenseMatrix const& factors, DenseMatrix& right_hand_sides, unsigned threads) {
  LINCHPIN_EXPECTS(right_hand_sides.rows() == factors.rows());
  use_single_threaded_blas();
  auto const count = right_hand_sides.columns();
  if (count == 0 || factors.empty()) return;
  Solver const solver(factors, 0, {right_hand_sides.data(), count}, count, true, threads);
  solver.ascending();
  solver.descending();
}

void solve_left_factorised(DenseMatrix const& factors, DenseMatrix& right_hand_sides,
                           unsigned threads) {
  LINCHPIN_EXPECTS(right_hand_sides.columns() == factors.rows());
  use_single_threaded_blas();
  auto const count = right_hand_sides.rows();
  if (count == 0 || factors.empty()) return;
  Solver const solver(factors, 0, {right_hand_sides.data(), factors.rows()}, count, false, threads);
  solver.ascending();
  solver.descending();
}

DenseMatrix inverse_block(DenseMatrix const& factors, std::size_t first, std::size_t size) {
  LINCHPIN_EXPECTS(first + size <= factors.rows());
  use_single_threaded_blas();
  DenseMatrix columns(factors.rows() - first, size), block(size, size);
  if (size == 0) return block;
  for (std::size_t i = 0; i < size; ++i) columns(i, i) = 1.0;
  Solver const solver(factors, first, {columns.data(), size}, size, true, 1);
  solver.ascending();
  solver.descending();
  std::copy_n(columns.data(), size * size, block.data());
  return block;
}

Result<void> invert_factorised(DenseMatrix const& factors, DenseMatrix& inverse,
                               RunControl const& control) {
  LINCHPIN_EXPECTS(inverse.rows() == factors.rows() && inverse.columns() == factors.columns());
  use_single_threaded_blas();
  auto const n = factors.rows();
  Parts const blocks(n, strip);
  return parallel_for(blocks.count, control, "invert", [&](std::size_t b) {
    auto const start = blocks.start(b), width = blocks.size(b);
    for (std::size_t i = 0; i < n; ++i) {
      auto const row = inverse.row(i).subspan(start, width);
      std::fill(row.begin(), row.end(), 0.0);
      if (i >= start && i - start < width) row[i - start] = 1.0;
    }
    Block const X{inverse.data() + start, n};
    Solver(factors, start, X.at(start, 0), width, true, 1).ascending();
    Solver(factors, 0, X, width, true, 1).descending();
  });
}

}  // namespace linchpin::depend
