// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "linchpin/core/error.h"
#include "linchpin/core/ids.h"
#include "linchpin/economy/industry_space.h"

namespace linchpin {

/// How an effect fades after the end of its window.
enum class RecoveryCurve {
  linear,       ///< 1 - u
  convex,       ///< (1 - u)^2: fast at first
  concave,      ///< 1 - u^2: slow at first
  exponential,  ///< e^(-5u): fast at first; 0.7 % is left when u = 1, then nothing
};

/// When and how strongly an event acts: nothing before `from_day`, then a linear rise over
/// `ramp_days`, then the full share up to and including the day before `to_day`, from which it
/// fades over `recovery_days` along `recovery`, u being the part of them gone.
struct Course {
  double share = 1.0;  ///< at full strength, 0…1
  int from_day = 0;    ///< first day with an effect, counted from 0
  int to_day = -1;     ///< first day without effect again; -1: never ends
  int ramp_days = 0;  ///< 0: full strength at once; else day from_day + k has share (k+1)/ramp_days
  int recovery_days = 0;  ///< 0: over at once on to_day; day to_day + k has u = (k+1)/recovery_days
  RecoveryCurve recovery = RecoveryCurve::linear;

  /// Share in force on `day`: share · min(1, (day − from_day + 1) / ramp_days) inside the window,
  /// then the share of the last day of the window times the curve.
  [[nodiscard]] double at(int day) const noexcept;
};

/// A flow left out of a cut: every cell whose seller matches `sellers` and whose buyer matches
/// `buyers`. An empty list matches everything. Final use of region r counts as bought by r.
struct Exemption {
  std::vector<IndustryId> seller_industries = {};
  std::vector<RegionId> seller_regions = {};
  std::vector<IndustryId> buyer_industries = {};
  std::vector<RegionId> buyer_regions = {};
  double share = 1;  ///< of the delivery that goes on; 1: all, below: a licence for a part
};

/// Who or what stops a delivery; the flows are the same, the words are not.
enum class CutKind { export_stop, import_ban, closure, retaliation };

/// `sellers` stop delivering a share of `sectors` to `buyers`.
struct Cut {
  std::vector<RegionId> sellers = {};
  std::vector<RegionId> buyers = {};  ///< a seller's own deliveries at home are never cut
  std::vector<IndustryId> buyer_industries = {};  ///< single industries cut off besides
  std::vector<SectorId> sectors = {};             ///< empty: all sectors
  bool intermediate = true;                       ///< deliveries to industries
  bool final_use = true;                          ///< deliveries to final users
  Course course = {};
  std::vector<Exemption> exemptions = {};
  CutKind kind = CutKind::export_stop;
  /// The event of a file that this is, or is a part of: "cut.1", "closure.2"; empty: of no file.
  std::string event = {};
};

/// `industries` lose a share of their capacity.
struct CapacityLoss {
  std::vector<IndustryId> industries = {};
  Course course = {};
};

/// `industries` lose a share of their capital on `day`. Capacity falls by the same share and comes
/// back as rebuilding demand is met (`rebuild`), or along `course` of a CapacityLoss instead.
struct CapitalLoss {
  std::vector<IndustryId> industries = {};
  double share = 0;  ///< of the capital stock, 0…1
  int day = 0;
  double rebuild_days = 60;  ///< what is left of the damage is ordered over this time
  std::vector<SectorId> rebuilding_sectors = {};  ///< who rebuilds; empty: as final use is made up
  std::vector<RegionId> rebuilding_regions = {};  ///< empty: where final users buy from
};

/// Final users in `regions` want more or less of `sectors`: their use times 1 + the course's share.
struct DemandShift {
  std::vector<RegionId> regions = {};
  std::vector<SectorId> sectors = {};  ///< empty: all sectors
  bool rises = false;                  ///< by the course's share; else falls
  Course course = {};
};

/// `industries` lack a share of their workers: a ceiling on labour, and on hiring.
struct LabourShock {
  std::vector<IndustryId> industries = {};
  Course course = {};
};

/// A reserve of `sector` held in `region`. Whatever its industries ordered and did not get is taken
/// from it, at most `release_per_day`, from `from_day` on; what is used is not bought back.
struct Reserve {
  RegionId region;
  SectorId sector;
  double days = 0;             ///< size, in days of baseline use by the industries of the region
  double release_per_day = 1;  ///< most that leaves it, in days of that use
  int from_day = 0;
  std::string event = {};  ///< "reserve.1": the event of a file that this is a part of
};

/// Shocks over time, in the numbering of one IndustrySpace. Plain data: a question reads it.
struct Scenario {
  std::string name = {};
  std::vector<Cut> cuts = {};
  std::vector<CapacityLoss> capacity_losses = {};
  std::vector<CapitalLoss> capital_losses = {};
  std::vector<DemandShift> demand_shifts = {};
  std::vector<LabourShock> labour_shocks = {};
  std::vector<Reserve> reserves = {};
};

/// True if `exemption` covers the delivery from `seller` to industry `buyer`.
[[nodiscard]] bool covers(Exemption const& exemption, IndustrySpace const& space, IndustryId seller,
                          IndustryId buyer);
/// True if `exemption` covers the delivery from `seller` to final users in `buyer`.
[[nodiscard]] bool covers(Exemption const& exemption, IndustrySpace const& space, IndustryId seller,
                          RegionId buyer);

}  // namespace linchpin
