// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>

#include "linchpin/core/dense.h"
#include "linchpin/core/error.h"
#include "linchpin/core/run_control.h"
#include "linchpin/depend/leontief_system.h"
#include "linchpin/depend/reliance.h"

namespace linchpin::depend {

/// Reliance of every industry on k suppliers, k x n: row = supplier, column = buyer. Per unit of the
/// buyer's output; see `Reliance` for what the measures are.
struct RelianceMatrix {
  DenseMatrix face_value;          ///< sums of A over the supplier's industries
  DenseMatrix hidden;              ///< of L A A, >= 0
  DenseMatrix value_added_origin;  ///< of v_c L; over all regions columns sum to one

  /// face value and hidden: sums of L - I.
  [[nodiscard]] double look_through(std::size_t supplier, IndustryId buyer) const noexcept {
    return face_value(supplier, buyer.index()) + hidden(supplier, buyer.index());
  }
};

/// All buyers at once: U A with U the k x n indicator of the suppliers (regions or industries), then
/// 2 k solves from the left; the inverse is not made. The same numbers as `buyer_account` of every
/// industry.
///
/// Source: Baldwin, Freeman & Theodorakopoulos (2022), NBER 30525.
[[nodiscard]] RelianceMatrix reliance_matrix(LeontiefSystem const& system,
                                             std::span<Buyer const> suppliers,
                                             RunControl const& control = {});
/// On all regions, in their order.
[[nodiscard]] RelianceMatrix reliance_matrix(LeontiefSystem const& system,
                                             RunControl const& control = {});

/// Reliance of every industry on every market, n x G: row = seller, column = buying region. Per unit
/// of the seller's output; zero for industries without output.
struct MarketReliance {
  DenseMatrix face_value;  ///< sales to industries of the market, Z / x
  DenseMatrix hidden;      ///< output that reaches them through others on top, >= 0
  DenseMatrix final_use;   ///< output that ends in final use of the market, L Y / x; sums to one

  [[nodiscard]] double look_through(IndustryId seller, RegionId market) const noexcept {
    return face_value(seller.index(), market.index()) + hidden(seller.index(), market.index());
  }
};

/// The sales side: look-through is x_i^-1 sum over j in the market of (L - I)_ij x_j, the sums of
/// G_h - I of Ghosh's inverse G_h = x^-1 L x. Accounting, not a supply model.
///
/// Two times G solves from the right.
/// Source: Baldwin, Freeman & Theodorakopoulos (2022), NBER 30525 (foreign market reliance).
[[nodiscard]] MarketReliance market_reliance(LeontiefSystem const& system,
                                             RunControl const& control = {});

}  // namespace linchpin::depend
