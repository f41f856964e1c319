// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <vector>

#include "linchpin/core/error.h"
#include "linchpin/depend/concentration.h"
#include "linchpin/depend/leontief_system.h"

namespace linchpin::depend {

/// Who buys: one industry, or all industries of a region taken together (weighted by output).
struct Buyer {
  RegionId region;
  std::optional<IndustryId> industry = {};
};

/// Weights of the buyer's industries by output, which sum to one; n entries, others 0.
/// \error missing_value  the buyer has no output
[[nodiscard]] Result<DenseVector> buyer_weights(Economy const& economy, Buyer const& buyer);

/// How much a buyer relies on a supplier, per unit of the buyer's gross output.
struct Reliance {
  double face_value = 0;          ///< A: direct purchases
  double look_through = 0;        ///< L - I: purchases along the whole chain (gross, double counts)
  double hidden = 0;              ///< look_through - face_value >= 0
  double value_added_origin = 0;  ///< v_c L: where the value of the output was added; sums to 1
};

/// The dependence account of one buyer.
struct BuyerAccount {
  Buyer buyer;
  std::vector<Reliance> by_region;            ///< regions entries, the buyer's own included
  std::vector<Reliance> by_industry;          ///< n entries
  std::vector<IndustryId> largest_suppliers;  ///< by look-through reliance, largest first
  Concentration face_value;
  Concentration look_through;
};

struct AccountOptions {
  std::size_t top = 10;  ///< number of largest supplying industries
};

/// Reliance of `buyer` on every region and industry: one solve with the factorised system.
///
/// For industry (s,j): face value FV_r = sum_i A[(r,i),(s,j)]; look-through = sum_i (L - I);
/// hidden = the difference; value-added origin = sum_i v_c(r,i) L[(r,i),(s,j)]. For a region the
/// average over its industries, weighted by output.
///
/// Source: Baldwin, Freeman & Theodorakopoulos (2022), "Horses for courses: measuring foreign
/// supply chain exposure", NBER 30525.
/// \error missing_value  the buyer has no output
[[nodiscard]] Result<BuyerAccount> buyer_account(LeontiefSystem const& system, Buyer const& buyer,
                                                 AccountOptions const& options = {});

}  // namespace linchpin::depend
