// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <new>
#include <span>
#include <vector>

#include "linchpin/core/contracts.h"
#include "linchpin/core/large_memory.h"

namespace linchpin {

/// Allocator that starts every array on a cache line, so that kernels see the same alignment (and
/// take the same path) in every run.
template <class T>
struct CacheLineAllocator {
  using value_type = T;
  static constexpr std::align_val_t alignment{64};

  CacheLineAllocator() noexcept = default;
  template <class U>
  CacheLineAllocator(CacheLineAllocator<U> const& /*other*/) noexcept {}

  [[nodiscard]] T* allocate(std::size_t count) {
    return static_cast<T*>(allocate_aligned(count * sizeof(T)));
  }
  void deallocate(T* data, std::size_t count) noexcept {
    release_aligned(data, count * sizeof(T));
  }
  template <class U>
  bool operator==(CacheLineAllocator<U> const& /*other*/) const noexcept {
    return true;
  }
};

using DenseVector = std::vector<double, CacheLineAllocator<double>>;

/// Owning dense row-major matrix of doubles, zero when made. Only a container: arithmetic is done
/// by kernels on `data()`, or through an Eigen map.
class DenseMatrix {
 public:
  DenseMatrix() = default;
  DenseMatrix(std::size_t rows, std::size_t columns)
      : rows_(rows), columns_(columns), values_(rows * columns, 0.0) {}

  [[nodiscard]] std::size_t rows() const noexcept { return rows_; }
  [[nodiscard]] std::size_t columns() const noexcept { return columns_; }
  [[nodiscard]] bool empty() const noexcept { return values_.empty(); }
  [[nodiscard]] double* data() noexcept { return values_.data(); }
  [[nodiscard]] double const* data() const noexcept { return values_.data(); }
  [[nodiscard]] std::span<double> values() noexcept { return values_; }
  [[nodiscard]] std::span<double const> values() const noexcept { return values_; }

  [[nodiscard]] double& operator()(std::size_t row, std::size_t column) noexcept {
    LINCHPIN_EXPECTS(row < rows_ && column < columns_);
    return values_[row * columns_ + column];
  }
  [[nodiscard]] double operator()(std::size_t row, std::size_t column) const noexcept {
    LINCHPIN_EXPECTS(row < rows_ && column < columns_);
    return values_[row * columns_ + column];
  }
  [[nodiscard]] std::span<double> row(std::size_t row) noexcept {
    LINCHPIN_EXPECTS(row < rows_);
    return {values_.data() + row * columns_, columns_};
  }
  [[nodiscard]] std::span<double const> row(std::size_t row) const noexcept {
    LINCHPIN_EXPECTS(row < rows_);
    return {values_.data() + row * columns_, columns_};
  }
  friend bool operator==(DenseMatrix const&, DenseMatrix const&) = default;

 private:
  std::size_t rows_ = 0;
  std::size_t columns_ = 0;
  DenseVector values_;
};

}  // namespace linchpin
