// SPDX-License-Identifier: Apache-2.0
#include "linchpin/table/formats/supply_use.h"

#include "linchpin/core/contracts.h"

namespace linchpin {

MarketShares::MarketShares(DenseMatrix const& supply)
    : shares_(supply.rows(), supply.columns()),
      industry_output_(supply.rows(), 0.0),
      product_output_(supply.columns(), 0.0) {
  for (std::size_t industry = 0; industry < supply.rows(); ++industry) {
    auto const made = supply.row(industry);
    for (std::size_t product = 0; product < made.size(); ++product) {
      industry_output_[industry] += made[product];
      product_output_[product] += made[product];
    }
  }
  for (std::size_t product = 0; product < supply.columns(); ++product) {
    if (product_output_[product] == 0) unmade_products_.push_back(product);
  }
  for (std::size_t industry = 0; industry < supply.rows(); ++industry) {
    auto const made = supply.row(industry);
    auto const share = shares_.row(industry);
    for (std::size_t product = 0; product < made.size(); ++product) {
      if (product_output_[product] != 0) share[product] = made[product] / product_output_[product];
    }
  }
}

DenseMatrix MarketShares::transform(DenseMatrix const& by_product) const {
  LINCHPIN_EXPECTS(by_product.rows() == shares_.columns());
  DenseMatrix by_industry(shares_.rows(), by_product.columns());
  auto const columns = by_product.columns();
  for (std::size_t industry = 0; industry < shares_.rows(); ++industry) {
    auto const share = shares_.row(industry);
    auto* const sold = by_industry.row(industry).data();
    for (std::size_t product = 0; product < share.size(); ++product) {
      if (share[product] == 0) continue;  // most industries make few products
      auto const* const used = by_product.row(product).data();
      for (std::size_t column = 0; column < columns; ++column) {
        sold[column] += share[product] * used[column];
      }
    }
  }
  return by_industry;
}

double MarketShares::lost(DenseMatrix const& by_product) const {
  LINCHPIN_EXPECTS(by_product.rows() == shares_.columns());
  double sum = 0;
  for (auto const product : unmade_products_) {
    for (double const used : by_product.row(product)) sum += used;
  }
  return sum;
}

}  // namespace linchpin
