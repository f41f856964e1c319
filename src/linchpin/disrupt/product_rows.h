// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "linchpin/economy/industry_space.h"

namespace linchpin::disrupt {

/// Industries as sellers, product by product: the order in which a day of the model takes the rows
/// of the matrix of flows. A "row" below is a place in this order.
class ProductRows {
 public:
  explicit ProductRows(IndustrySpace const& space) : row_of_(space.size()) {
    starts_.reserve(space.sectors() + 1);
    industry_of_.reserve(space.size());
    for (std::size_t p = 0; p < space.sectors(); ++p) {
      starts_.push_back(industry_of_.size());
      for (auto const industry : space.industries_of(SectorId{p})) {
        row_of_[industry.index()] = industry_of_.size();
        industry_of_.push_back(static_cast<std::uint32_t>(industry.index()));
      }
    }
    starts_.push_back(industry_of_.size());
  }

  [[nodiscard]] std::size_t size() const noexcept { return industry_of_.size(); }
  [[nodiscard]] std::size_t products() const noexcept { return starts_.size() - 1; }
  /// Rows of one product: [first, last).
  [[nodiscard]] std::size_t first(std::size_t product) const noexcept { return starts_[product]; }
  [[nodiscard]] std::size_t last(std::size_t product) const noexcept {
    return starts_[product + 1];
  }
  [[nodiscard]] std::size_t industry_of(std::size_t row) const noexcept {
    return industry_of_[row];
  }
  [[nodiscard]] std::size_t row_of(std::size_t industry) const noexcept {
    return row_of_[industry];
  }
  /// Industries of rows [from, to).
  [[nodiscard]] std::span<std::uint32_t const> industries(std::size_t from,
                                                          std::size_t to) const noexcept {
    return std::span(industry_of_).subspan(from, to - from);
  }

 private:
  std::vector<std::size_t> starts_;
  std::vector<std::uint32_t> industry_of_;
  std::vector<std::size_t> row_of_;
};

}  // namespace linchpin::disrupt
