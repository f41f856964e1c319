// SPDX-License-Identifier: Apache-2.0
#include "linchpin/disrupt/product_blocks.h"

#include <algorithm>
#include <array>

namespace linchpin::disrupt {
namespace {

constexpr std::size_t lanes = 8;
/// Buyers taken at a time, so that the running sums stay in the first-level cache.
constexpr std::size_t tile = 512;

/// Adds rows [row, row + 4) with their weights to sum(begin … end); left to right, so that the bits
/// are those of adding one row after the other.
void add_four(DenseMatrix const& flows, std::size_t row, double const* weight, std::size_t begin,
              std::size_t end, double* __restrict sum) noexcept {
  double const* __restrict m0 = flows.data() + row * flows.columns();
  double const* __restrict m1 = m0 + flows.columns();
  double const* __restrict m2 = m1 + flows.columns();
  double const* __restrict m3 = m2 + flows.columns();
  double const w0 = weight[row], w1 = weight[row + 1], w2 = weight[row + 2], w3 = weight[row + 3];
  for (std::size_t j = begin; j < end; ++j) {
    sum[j] = (((sum[j] + m0[j] * w0) + m1[j] * w1) + m2[j] * w2) + m3[j] * w3;
  }
}

void add_one(DenseMatrix const& flows, std::size_t row, double const* weight, std::size_t begin,
             std::size_t end, double* __restrict sum) noexcept {
  double const* __restrict m = flows.data() + row * flows.columns();
  double const w = weight[row];
  for (std::size_t j = begin; j < end; ++j) sum[j] += m[j] * w;
}

}  // namespace

double dot(double const* a, double const* b, std::size_t count) noexcept {
  std::array<double, lanes> sums{};
  std::size_t j = 0;
  for (; j + lanes <= count; j += lanes) {
    for (std::size_t k = 0; k < lanes; ++k) sums[k] += a[j + k] * b[j + k];
  }
  for (std::size_t k = 0; j < count; ++j, ++k) sums[k] += a[j] * b[j];
  return ((sums[0] + sums[4]) + (sums[2] + sums[6])) + ((sums[1] + sums[5]) + (sums[3] + sums[7]));
}

ProductBlocks::ProductBlocks(IndustrySpace const& space)
    : row_of_(space.size()), flows_(space.size(), space.size()) {
  starts_.reserve(space.sectors() + 1);
  industry_of_.reserve(space.size());
  for (std::size_t p = 0; p < space.sectors(); ++p) {
    starts_.push_back(industry_of_.size());
    for (auto const industry : space.industries_of(SectorId{p})) {
      row_of_[industry.index()] = industry_of_.size();
      industry_of_.push_back(industry.index());
    }
  }
  starts_.push_back(industry_of_.size());
}

void ProductBlocks::weighted_sum(std::size_t product, double const* weight,
                                 double* sum) const noexcept {
  std::fill_n(sum, size(), 0.0);
  for (std::size_t begin = 0; begin < size(); begin += tile) {
    auto const end = std::min(begin + tile, size());
    auto row = first(product);
    for (; row + 4 <= last(product); row += 4) add_four(flows_, row, weight, begin, end, sum);
    for (; row < last(product); ++row) add_one(flows_, row, weight, begin, end, sum);
  }
}

void ProductBlocks::weighted_sums(std::size_t product, double const* weight_a, double* sum_a,
                                  double const* weight_b, double* sum_b) const noexcept {
  std::fill_n(sum_a, size(), 0.0);
  std::fill_n(sum_b, size(), 0.0);
  for (std::size_t begin = 0; begin < size(); begin += tile) {
    auto const end = std::min(begin + tile, size());
    auto row = first(product);
    for (; row + 4 <= last(product); row += 4) {
      add_four(flows_, row, weight_a, begin, end, sum_a);  // a tile of four rows is 16 KiB:
      add_four(flows_, row, weight_b, begin, end, sum_b);  // the second reading is from L1
    }
    for (; row < last(product); ++row) {
      add_one(flows_, row, weight_a, begin, end, sum_a);
      add_one(flows_, row, weight_b, begin, end, sum_b);
    }
  }
}

}  // namespace linchpin::disrupt
