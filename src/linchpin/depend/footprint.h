// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "linchpin/core/dense.h"
#include "linchpin/core/error.h"
#include "linchpin/core/run_control.h"
#include "linchpin/depend/leontief_system.h"

namespace linchpin::depend {

/// One satellite account (or value added) followed from producers to final users, each in the
/// account's own unit per year.
struct FootprintAccount {
  std::string label;
  std::string unit;
  DenseVector multiplier;    ///< n: M = S L, along the whole chain per unit of final use
  DenseMatrix by_origin;     ///< G x G: row = where it arises, column = whose final use it serves
  DenseVector of_final_users;  ///< G: arises with final users themselves (F_Y)

  [[nodiscard]] double production_based(RegionId region) const;   ///< arises there
  [[nodiscard]] double consumption_based(RegionId region) const;  ///< arises for its final use
  [[nodiscard]] double imported(RegionId region) const;  ///< part of the latter, arises elsewhere
  [[nodiscard]] double exported(RegionId region) const;  ///< part of the former, for others
};

/// All satellite accounts of the table, value added first. D = S diag(.) L Y summed over regions: G
/// solves from the right and one from the left per account; the inverse is not made.
///
/// Source: Miller & Blair (2009), chapter 10; the accounts are those of pymrio (Stadler 2021).
/// \error bad_value  an account of an industry without output is not zero: it has no intensity
/// \error cancelled  `control.cancel` was set
[[nodiscard]] Result<std::vector<FootprintAccount>> footprints(LeontiefSystem const& system,
                                                               RunControl const& control = {});

}  // namespace linchpin::depend
