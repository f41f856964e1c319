// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>
#include <utility>
#include <variant>
#include <vector>

#include "linchpin/core/contracts.h"
#include "linchpin/core/dense.h"

namespace linchpin {

/// Compressed sparse rows: the cells of row i are [row_start[i], row_start[i + 1]) of `column` and
/// `value`, columns ascending within a row.
struct CsrMatrix {
  std::size_t rows = 0;
  std::size_t columns = 0;
  std::vector<std::size_t> row_start;  ///< rows + 1
  std::vector<std::uint32_t> column;
  DenseVector value;

  CsrMatrix() : row_start(1, 0) {}
  CsrMatrix(std::size_t row_count, std::size_t column_count)
      : rows(row_count), columns(column_count), row_start(row_count + 1, 0) {}

  [[nodiscard]] std::size_t cells() const noexcept { return value.size(); }
  [[nodiscard]] std::span<std::uint32_t const> columns_of(std::size_t row) const noexcept {
    return {column.data() + row_start[row], row_start[row + 1] - row_start[row]};
  }
  [[nodiscard]] std::span<double const> values_of(std::size_t row) const noexcept {
    return {value.data() + row_start[row], row_start[row + 1] - row_start[row]};
  }
  friend bool operator==(CsrMatrix const&, CsrMatrix const&) = default;
};

/// A matrix of flows that is dense, dense in single precision, or sparse, behind one view.
///
/// Reading works on any storage: `row(i, scratch)`, `for_each(i, f)`, `(i, j)`. Writing single cells
/// and the views without scratch are for dense storage only (a contract), which is what a matrix
/// has unless it was made from something else.
class FlowMatrix {
 public:
  enum class Storage { dense, dense32, sparse };
  using FloatVector = std::vector<float, CacheLineAllocator<float>>;

  FlowMatrix() = default;
  FlowMatrix(std::size_t rows, std::size_t columns)
      : rows_(rows), columns_(columns), cells_(DenseMatrix(rows, columns)) {}
  FlowMatrix(DenseMatrix cells)  // NOLINT: a dense matrix is a matrix of flows
      : rows_(cells.rows()), columns_(cells.columns()), cells_(std::move(cells)) {}
  FlowMatrix(CsrMatrix cells)  // NOLINT: so is a sparse one
      : rows_(cells.rows), columns_(cells.columns), cells_(std::move(cells)) {}
  FlowMatrix(std::size_t rows, std::size_t columns, FloatVector cells)
      : rows_(rows), columns_(columns), cells_(std::move(cells)) {
    LINCHPIN_EXPECTS(std::get<FloatVector>(cells_).size() == rows * columns);
  }

  [[nodiscard]] Storage storage() const noexcept { return static_cast<Storage>(cells_.index()); }
  [[nodiscard]] std::size_t rows() const noexcept { return rows_; }
  [[nodiscard]] std::size_t columns() const noexcept { return columns_; }
  [[nodiscard]] bool empty() const noexcept { return rows_ == 0 || columns_ == 0; }
  /// Memory of the cells [bytes].
  [[nodiscard]] std::size_t bytes() const noexcept;
  /// Cells that are not zero.
  [[nodiscard]] std::size_t non_zeros() const noexcept;

  /// Row `i` in full; expanded into `scratch` unless storage is dense. Valid until `scratch` is used
  /// again.
  [[nodiscard]] std::span<double const> row(std::size_t i, DenseVector& scratch) const;
  /// Calls f(column, value) for the cells of row `i` that are not zero, columns ascending.
  template <class F>
  void for_each(std::size_t i, F&& f) const;
  [[nodiscard]] double operator()(std::size_t i, std::size_t j) const noexcept;

  [[nodiscard]] DenseMatrix to_dense() const;
  /// Cells of the upper kind of storage, for writers. Precondition: that is the storage.
  [[nodiscard]] CsrMatrix const& sparse() const noexcept { return std::get<CsrMatrix>(cells_); }
  [[nodiscard]] FloatVector const& floats() const noexcept { return std::get<FloatVector>(cells_); }

  // Dense storage only.
  [[nodiscard]] bool is_dense() const noexcept { return storage() == Storage::dense; }
  [[nodiscard]] DenseMatrix& dense() noexcept {
    LINCHPIN_EXPECTS(is_dense());
    return std::get<DenseMatrix>(cells_);
  }
  [[nodiscard]] DenseMatrix const& dense() const noexcept {
    LINCHPIN_EXPECTS(is_dense());
    return std::get<DenseMatrix>(cells_);
  }
  [[nodiscard]] double& operator()(std::size_t i, std::size_t j) noexcept { return dense()(i, j); }
  [[nodiscard]] std::span<double> row(std::size_t i) noexcept { return dense().row(i); }
  [[nodiscard]] std::span<double const> row(std::size_t i) const noexcept { return dense().row(i); }
  [[nodiscard]] std::span<double> values() noexcept { return dense().values(); }
  [[nodiscard]] std::span<double const> values() const noexcept { return dense().values(); }
  [[nodiscard]] double* data() noexcept { return dense().data(); }
  [[nodiscard]] double const* data() const noexcept { return dense().data(); }

  /// Equal cells, whatever the storage.
  friend bool operator==(FlowMatrix const& a, FlowMatrix const& b);

 private:
  std::size_t rows_ = 0;
  std::size_t columns_ = 0;
  std::variant<DenseMatrix, FloatVector, CsrMatrix> cells_;  // in the order of Storage
};

/// The cells of `matrix` that are not zero.
[[nodiscard]] CsrMatrix to_sparse(FlowMatrix const& matrix);

template <class F>
void FlowMatrix::for_each(std::size_t i, F&& f) const {
  LINCHPIN_EXPECTS(i < rows_);
  if (auto const* matrix = std::get_if<DenseMatrix>(&cells_)) {
    auto const* cells = matrix->data() + i * columns_;
    for (std::size_t j = 0; j < columns_; ++j) {
      if (cells[j] != 0) f(j, cells[j]);
    }
  } else if (auto const* floats = std::get_if<FloatVector>(&cells_)) {
    auto const* cells = floats->data() + i * columns_;
    for (std::size_t j = 0; j < columns_; ++j) {
      if (cells[j] != 0) f(j, static_cast<double>(cells[j]));
    }
  } else {
    auto const& csr = std::get<CsrMatrix>(cells_);
    for (auto k = csr.row_start[i]; k < csr.row_start[i + 1]; ++k) {
      if (csr.value[k] != 0) f(static_cast<std::size_t>(csr.column[k]), csr.value[k]);
    }
  }
}

}  // namespace linchpin
