// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "linchpin/core/error.h"
#include "linchpin/core/ids.h"
#include "linchpin/economy/industry_space.h"

namespace linchpin {

/// When and how strongly an event acts: nothing before `from_day`, then a linear rise over
/// `ramp_days`, then the full share up to and including the day before `to_day`.
struct Course {
  double share = 1.0;  ///< at full strength, 0…1
  int from_day = 0;    ///< first day with an effect, counted from 0
  int to_day = -1;     ///< first day without effect again; -1: never ends
  int ramp_days = 0;  ///< 0: full strength at once; else day from_day + k has share (k+1)/ramp_days

  /// Share in force on `day`: share · min(1, (day − from_day + 1) / ramp_days) inside the window.
  [[nodiscard]] double at(int day) const noexcept;
};

/// A flow left out of a cut: every cell whose seller matches `sellers` and whose buyer matches
/// `buyers`. An empty list matches everything. Final use of region r counts as bought by r.
struct Exemption {
  std::vector<IndustryId> seller_industries = {};
  std::vector<RegionId> seller_regions = {};
  std::vector<IndustryId> buyer_industries = {};
  std::vector<RegionId> buyer_regions = {};
};

/// `sellers` stop delivering a share of `sectors` to `buyers`.
struct Cut {
  std::vector<RegionId> sellers = {};
  std::vector<RegionId> buyers = {};   ///< a seller's own deliveries at home are never cut
  std::vector<IndustryId> buyer_industries = {};  ///< single industries cut off besides
  std::vector<SectorId> sectors = {};  ///< empty: all sectors
  bool intermediate = true;            ///< deliveries to industries
  bool final_use = true;               ///< deliveries to final users
  Course course = {};
  std::vector<Exemption> exemptions = {};
};

/// `industries` lose a share of their capacity.
struct CapacityLoss {
  std::vector<IndustryId> industries = {};
  Course course = {};
};

/// Shocks over time, in the numbering of one IndustrySpace. Plain data: a question reads it.
struct Scenario {
  std::string name = {};
  std::vector<Cut> cuts = {};
  std::vector<CapacityLoss> capacity_losses = {};
};

/// True if `exemption` covers the delivery from `seller` to industry `buyer`.
[[nodiscard]] bool covers(Exemption const& exemption, IndustrySpace const& space, IndustryId seller,
                          IndustryId buyer);
/// True if `exemption` covers the delivery from `seller` to final users in `buyer`.
[[nodiscard]] bool covers(Exemption const& exemption, IndustrySpace const& space, IndustryId seller,
                          RegionId buyer);

}  // namespace linchpin
