// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "linchpin/core/dense.h"
#include "linchpin/core/error.h"
#include "linchpin/table/nowcast/concordance.h"
#include "linchpin/table/table.h"

namespace linchpin {

/// A table of one country, as the readers of national tables give it: the country's industries buy
/// from themselves and from abroad.
struct NationalTable {
  std::string region;  ///< label of the country, in this table and in the cube
  Table const* table = nullptr;
  Concordance const* sectors = nullptr;  ///< sectors of `table` -> sectors of the result
};

/// Value added per unit of output of a region's industries; empty where not known.
struct KnownShares {
  std::string region;
  std::vector<std::optional<double>> shares;  ///< one per sector of the result
};

/// What a national table says about value added.
struct Anchor {
  KnownShares known;
  int year = 0;
  MonetaryUnit unit;
  double value_added = 0;  ///< of all industries [unit]
};

/// Output less all inputs, per unit of output, of the sectors that `sectors` (labels of the result)
/// names. A national sector that covers several counts for each of them with an equal part.
/// \error unknown_label  the country or a sector is not there
/// \error missing_value  a sector of the table is not in its concordance
/// \error bad_value      inputs above output
[[nodiscard]] Result<Anchor> anchor_of(NationalTable const& national,
                                       std::vector<std::string> const& sectors);

/// Use of products by industries and by final users of the country, from home and abroad together,
/// in sectors of the result.
struct NationalUse {
  MonetaryUnit unit;
  DenseMatrix inputs;     ///< product x industry [unit per year]
  DenseVector final_use;  ///< by product, changes in inventories left out, >= 0
};

/// \param purchases  weights for products of one national sector: what the country buys of each
/// \param output     weights for industries of one national sector
/// \error unknown_label, missing_value  as anchor_of
[[nodiscard]] Result<NationalUse> national_use(NationalTable const& national,
                                               std::vector<std::string> const& sectors,
                                               DenseVector const& purchases,
                                               DenseVector const& output);

}  // namespace linchpin
