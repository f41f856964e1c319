// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <string>
#include <vector>

#include "linchpin/core/error.h"
#include "linchpin/localize/autonomy.h"
#include "linchpin/parameters/technology.h"

namespace linchpin::study {

/// What a unit made at home costs in a year, by stage of the technology's bill of materials, in
/// what a unit cost abroad in the first year. Home, imported and profit add up to the price.
struct BillYear {
  int year = 0;
  std::vector<double> home, imported;  ///< by stage: where its own cost arises
  double profit = 0;                   ///< price less cost
  /// By what the bill's costs were multiplied to be those of the path; over that of the first year.
  double scaled = 1;
  [[nodiscard]] double total() const;  ///< home + imported
};

/// Share of each stage that makers at home take from home in the first year: suppliers at home
/// serve them first, as far as their share in the world's supply goes; the product itself is
/// theirs.
/// \param share_of_world  of the product that home makers make
[[nodiscard]] std::vector<double> first_home_shares(parameters::Technology const& technology,
                                                    std::span<double const> values,
                                                    std::string const& home, double share_of_world);

/// Rolls the bill up for every year of a path. Own cost of a stage at home falls with the makers'
/// experience at the stage's learning rate, down to the makers' floor; what is imported costs what
/// prices abroad do. Odds of home against imported, stage by stage, move as those of all inputs of
/// the home industry do in the economy. One factor per year makes the sum the path's cost.
/// \error as localize::roll_up
[[nodiscard]] Result<std::vector<BillYear>> bill_path(parameters::Technology const& technology,
                                                      std::span<double const> values,
                                                      std::string const& home,
                                                      localize::CoupledCase const& each,
                                                      std::span<localize::PathYear const> path);

}  // namespace linchpin::study
