// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "linchpin/core/error.h"
#include "linchpin/core/run_control.h"
#include "linchpin/depend/extraction.h"
#include "linchpin/depend/leontief_system.h"

namespace linchpin::depend {

/// A loss by the regions it falls on [unit per year]; the three parts add up to `world`.
struct PartyLoss {
  double world = 0;
  double supplier = 0;  ///< the supplying region
  double buyer = 0;     ///< the buying region; 0 where there is none
  double others = 0;
};

/// Loss if the industries of a region buy nothing from one foreign industry any more.
struct PairLoss {
  IndustryId supplier;
  RegionId buyer;
  double taken_away = 0;     ///< flow that is extracted [unit per year]
  double not_resourced = 0;  ///< of it, lacking another supplier; 0 unless re-sourcing was asked
  PartyLoss output;
  PartyLoss value_added;
};

/// All pairs of a supplying industry and a buying region other than its own, suppliers first.
///
/// Rank one each: with a the supplier's row of A over the buyer's industries and L_s its column of
/// the inverse, sigma = a x / (1 + a L_s), loss = L_s sigma. Re-sourced: one system of the size of
/// the number of suppliers of the product each. The same as `extract` of every pair.
/// \error bad_value           the share is not between 0 and 1
/// \error unproductive_table  a re-sourced table needs more than it makes
/// \error too_large, cancelled  of LeontiefSystem::inverse
[[nodiscard]] Result<std::vector<PairLoss>> extract_all_pairs(LeontiefSystem const& system,
                                                              double share, bool resourced,
                                                              RunControl const& control = {});

/// Loss if one industry is extracted.
struct IndustryLoss {
  IndustryId industry;
  double taken_away = 0;  ///< flows that are extracted [unit per year]
  double output_own = 0;  ///< the industry's own loss, part of `output.supplier`
  PartyLoss output;       ///< `supplier` is the industry's region; no buyer
  PartyLoss value_added;
};

/// Every industry extracted by itself. With l = L_kk, a = A_kk and f_k the final use of its
/// product, loss = L_k (share f_k + y1 + share (1 - a) y2) - e_k share y2, where (y1, y2) solve (I
/// + V'LU) y = V'(x - Ld) of size two; at share one that is x_k / L_kk times column k of L (total),
/// of L - I (backward), and (x_k - f_k) / L_kk times column k of L (forward). Precondition: `kind`
/// is not `flows`.
/// \error bad_value             the share is not between 0 and 1
/// \error too_large, cancelled  of LeontiefSystem::inverse
[[nodiscard]] Result<std::vector<IndustryLoss>> extract_all_industries(
    LeontiefSystem const& system, ExtractionKind kind, double share,
    RunControl const& control = {});

}  // namespace linchpin::depend
