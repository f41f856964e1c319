// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <span>
#include <type_traits>

#include "linchpin/core/contracts.h"

namespace linchpin {

/// A span that is indexed only by its own id type. Kernels take `.raw()` once, at the top.
template <class IdT, class T>
class VectorView {
 public:
  constexpr VectorView() noexcept = default;
  constexpr explicit VectorView(std::span<T> values) noexcept : values_(values) {}

  [[nodiscard]] constexpr T& operator[](IdT id) const noexcept {
    LINCHPIN_EXPECTS(id.index() < values_.size());
    return values_[id.index()];
  }
  [[nodiscard]] constexpr std::size_t size() const noexcept { return values_.size(); }
  [[nodiscard]] constexpr std::span<T> raw() const noexcept { return values_; }

 private:
  std::span<T> values_;
};

/// A dense row-major matrix seen through the ids of its rows and columns (stands in for mdspan,
/// which g++ 12 does not have).
template <class RowId, class ColumnId, class T>
class MatrixView {
 public:
  constexpr MatrixView() noexcept = default;
  constexpr MatrixView(T* data, std::size_t rows, std::size_t columns) noexcept
      : data_(data), rows_(rows), columns_(columns) {}

  [[nodiscard]] constexpr T& operator()(RowId row, ColumnId column) const noexcept {
    LINCHPIN_EXPECTS(row.index() < rows_ && column.index() < columns_);
    return data_[row.index() * columns_ + column.index()];
  }
  [[nodiscard]] constexpr std::span<T> row(RowId row) const noexcept {
    LINCHPIN_EXPECTS(row.index() < rows_);
    return {data_ + row.index() * columns_, columns_};
  }
  [[nodiscard]] constexpr std::size_t rows() const noexcept { return rows_; }
  [[nodiscard]] constexpr std::size_t columns() const noexcept { return columns_; }
  [[nodiscard]] constexpr T* raw() const noexcept { return data_; }

 private:
  T* data_ = nullptr;
  std::size_t rows_ = 0;
  std::size_t columns_ = 0;
};

}  // namespace linchpin
