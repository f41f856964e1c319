// SPDX-License-Identifier: Apache-2.0
#include "linchpin/core/flow_matrix.h"

namespace linchpin {

std::size_t FlowMatrix::bytes() const noexcept {
  switch (storage()) {
    case Storage::dense:
      return rows_ * columns_ * sizeof(double);
    case Storage::dense32:
      return rows_ * columns_ * sizeof(float);
    case Storage::sparse:
      return sparse().cells() * (sizeof(double) + sizeof(std::uint32_t)) +
             sparse().row_start.size() * sizeof(std::size_t);
  }
  return 0;
}

std::size_t FlowMatrix::non_zeros() const noexcept {
  std::size_t count = 0;
  for (std::size_t i = 0; i < rows_; ++i) {
    for_each(i, [&](std::size_t, double) { ++count; });
  }
  return count;
}

std::span<double const> FlowMatrix::row(std::size_t i, DenseVector& scratch) const {
  LINCHPIN_EXPECTS(i < rows_);
  if (is_dense()) return dense().row(i);
  scratch.assign(columns_, 0.0);
  for_each(i, [&](std::size_t j, double value) { scratch[j] = value; });
  return scratch;
}

double FlowMatrix::operator()(std::size_t i, std::size_t j) const noexcept {
  LINCHPIN_EXPECTS(i < rows_ && j < columns_);
  switch (storage()) {
    case Storage::dense:
      return dense()(i, j);
    case Storage::dense32:
      return static_cast<double>(floats()[i * columns_ + j]);
    case Storage::sparse:
      break;
  }
  auto const columns = sparse().columns_of(i);
  auto const place = std::lower_bound(columns.begin(), columns.end(), j);
  if (place == columns.end() || *place != j) return 0.0;
  return sparse().values_of(i)[static_cast<std::size_t>(place - columns.begin())];
}

DenseMatrix FlowMatrix::to_dense() const {
  if (is_dense()) return dense();
  DenseMatrix result(rows_, columns_);
  for (std::size_t i = 0; i < rows_; ++i) {
    auto const target = result.row(i);
    for_each(i, [&](std::size_t j, double value) { target[j] = value; });
  }
  return result;
}

CsrMatrix to_sparse(FlowMatrix const& matrix) {
  CsrMatrix result(matrix.rows(), matrix.columns());
  auto const cells = matrix.non_zeros();
  result.column.reserve(cells);
  result.value.reserve(cells);
  for (std::size_t i = 0; i < matrix.rows(); ++i) {
    matrix.for_each(i, [&](std::size_t j, double value) {
      result.column.push_back(static_cast<std::uint32_t>(j));
      result.value.push_back(value);
    });
    result.row_start[i + 1] = result.cells();
  }
  return result;
}

bool operator==(FlowMatrix const& a, FlowMatrix const& b) {
  if (a.rows() != b.rows() || a.columns() != b.columns()) return false;
  if (a.is_dense() && b.is_dense()) return a.dense() == b.dense();
  DenseVector left, right;
  for (std::size_t i = 0; i < a.rows(); ++i) {
    auto const x = a.row(i, left), y = b.row(i, right);
    if (!std::equal(x.begin(), x.end(), y.begin())) return false;
  }
  return true;
}

}  // namespace linchpin
