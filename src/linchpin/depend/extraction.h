// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <string_view>
#include <vector>

#include "linchpin/core/dense.h"
#include "linchpin/core/error.h"
#include "linchpin/core/run_control.h"
#include "linchpin/depend/leontief_system.h"

namespace linchpin::depend {

/// Which flows are taken out of the table.
enum class ExtractionKind {
  total,     ///< the suppliers' sales, purchases and deliveries to final use
  backward,  ///< the suppliers' purchases: their columns of A
  forward,   ///< the suppliers' sales to industries: their rows of A
  flows,     ///< the suppliers' sales to the buyers: a block of A
};

/// What every user of an extraction must be told.
inline constexpr char const* extraction_limits =
    "Hypothetical extraction says how much output and value added hang on the orders that are "
    "taken away: the loss of those who sell. It does not model the buyer running out of the input, "
    "stocks, prices, or a search for other suppliers beyond the one stated. Final use stays as it "
    "was unless the extraction is total.";

/// A question of hypothetical extraction.
struct Extraction {
  ExtractionKind kind = ExtractionKind::flows;
  std::vector<IndustryId> suppliers = {};  ///< the industries extracted; the sellers of `flows`
  std::vector<IndustryId> buyers = {};     ///< of `flows`, none of them a supplier
  double share = 1.0;                 ///< of each flow that is taken away, 0 to 1
  /// `flows` only: each buyer orders what it lost from its other suppliers of the same product, in
  /// proportion to what it buys from them.
  bool resourced = false;
};

/// What is lost, x - x(0), with the rest of the table's coefficients held fixed.
struct ExtractionLoss {
  DenseVector output;        ///< gross output, n entries [unit per year]
  DenseVector value_added;   ///< v_c times it, n entries [unit per year]
  double taken_away = 0;     ///< flows of the table that are extracted [unit per year]
  double resourced = 0;      ///< of them, ordered elsewhere
  double not_resourced = 0;  ///< of them, lacking another supplier; 0 unless `resourced` was asked
};

/// Loss of output and value added by one hypothetical extraction.
///
/// x(0) = (I - A + D)^-1 (f - d) with D and d what is taken away. D has rank m = the smaller
/// number of its rows and columns (both for `total`), D = U V', so m + 1 solves and a system of
/// size m do: (I + V'LU) y = V'(x - Ld), loss = Ld + LU y. No inverse is made.
///
/// Source: Miller & Blair (2009), section 12.2; Dietzenbacher, van Burken & Kondo (2019),
/// "Hypothetical extractions from a global perspective", Economic Systems Research 31(4) (the
/// re-sourced variant).
/// \error bad_value            share outside 0 to 1; an industry that is supplier and buyer, or
///                             given twice; `resourced` of another kind than flows
/// \error missing_value        no supplier or buyer, or none with output
/// \error unproductive_table   the re-sourced table needs more than it makes
/// \error cancelled            `control.cancel` was set
[[nodiscard]] Result<ExtractionLoss> extract(LeontiefSystem const& system,
                                             Extraction const& extraction,
                                             RunControl const& control = {});

/// f: final use of an industry's product in all regions, negative cells included [unit per year].
[[nodiscard]] double final_use_of(Economy const& economy, IndustryId industry);

/// Sums of `by_industry` (n entries) over the industries of each region.
[[nodiscard]] DenseVector sum_by_region(IndustrySpace const& space,
                                        std::span<double const> by_industry);

/// Why `share` cannot be a share, or nothing. `where` says where it was given.
[[nodiscard]] Result<void> check_share(double share, std::string_view where);

}  // namespace linchpin::depend
