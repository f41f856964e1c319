// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "linchpin/core/error.h"
#include "linchpin/table/trade/label_index.h"
#include "linchpin/table/trade/product_trade.h"

namespace linchpin {

/// Adds up lines of trade as they pass.
class TradeAccumulator {
 public:
  /// Precondition: the buyers of `options` have been checked.
  explicit TradeAccumulator(ProductTradeOptions const& options);

  /// Number of a country or product, a new one if it is new.
  std::size_t country(std::string_view label);
  std::size_t product(std::string_view label);
  std::size_t year(int value);

  void add(std::size_t year, std::size_t exporter, std::size_t importer, std::size_t product,
           double value) {
    ++trade_.rows;
    if (exporter == importer) {
      ++trade_.own_rows;
      return;
    }
    auto& all = trade_.years[year];
    all.exports.slot(exporter, product, bytes_) += value;
    auto const sells = buyers_of_[exporter];
    auto const buys = buyers_of_[importer];
    for (auto left = sells | buys; left != 0; left &= left - 1) {
      auto const bit = left & (~left + 1);
      auto& buyer = all.buyers[static_cast<std::size_t>(std::countr_zero(bit))];
      if ((sells & bit) == 0) {
        buyer.imports.slot(exporter, product, bytes_) += value;
      } else {
        ((buys & bit) == 0 ? buyer.exports : buyer.inside).slot(0, product, bytes_) += value;
      }
    }
  }

  [[nodiscard]] bool too_large() const noexcept { return bytes_ > limit_; }
  [[nodiscard]] Error memory_error(std::string const& file) const;

  /// Everything that was added; years ascending.
  /// \error missing_value  nothing was added
  /// \error unknown_label  a buyer's member never traded; the nearest country as hint
  [[nodiscard]] Result<ProductTrade> finish(std::string const& file);

 private:
  ProductTrade trade_;
  LabelIndex countries_, products_;
  std::vector<std::uint32_t> buyers_of_;  // by country, one bit for each buyer it belongs to
  std::size_t bytes_ = 0;
  std::size_t limit_;
};

/// \error bad_usage  see read_product_trade
[[nodiscard]] Result<void> check_buyers(std::vector<TradeBuyer> const& buyers);

}  // namespace linchpin
