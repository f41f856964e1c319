// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "linchpin/economy/scenario.h"
#include "linchpin/study/placed.h"

namespace linchpin::study {

// The events of a scenario file before their labels are looked up.

/// Part of a delivery under a cut that goes on: licences = [{for = "CHN:c33", share = 0.2}].
struct LicenceSpec {
  Placed<std::string> target;  ///< written like an exemption
  double share = 0;
};

/// One step of phases = [[0, 0.3], [60, 1.0]]: from `day` on the share is `share`.
struct PhaseSpec {
  int day = 0;
  double share = 0;
};

/// A [[cut]] (sellers refuse) or an [[import_ban]] (buyers refuse): the same keys.
struct CutSpec {
  std::string where;
  std::vector<Placed<std::string>> sellers, buyers, sectors, exempt;
  bool intermediate = true;
  bool final_use = true;
  Course course;
  std::vector<LicenceSpec> licences;
  std::vector<PhaseSpec> phases;  ///< ascending; empty: `course` alone
  CutKind kind = CutKind::export_stop;
};

/// Two sides of a route: between = [["CHN"], ["DEU", "NLD"]] or pairs = ["CHN>DEU"].
struct RouteSpec {
  std::vector<Placed<std::string>> one, other;
  std::string where;
};

/// A [[closure]]: deliveries both ways along all routes stop.
struct ClosureSpec {
  std::string where;
  std::vector<RouteSpec> routes;
  std::vector<Placed<std::string>> sectors, exempt;
  Course course;
};

/// A [[retaliation]]: once a region of the left side of `when` cuts one of the right side, the
/// right side cuts what it delivers to the left.
struct RetaliationSpec {
  std::string where;
  Placed<std::string> when;  ///< "USA>CHN"
  std::vector<Placed<std::string>> sectors, exempt;
  int after_days = 0;
  Course course;            ///< from_day is unused: the trigger says when
  bool bans = false;        ///< the answer is an import ban instead of a cut
  bool until_lifted = false;  ///< ends with the cut that triggered it
};

/// A [[capacity_loss]] or a [[labour_shock]].
struct CapacityLossSpec {
  std::string where;
  std::vector<Placed<std::string>> industries;
  Course course;
};

struct CapitalLossSpec {
  std::string where;
  std::vector<Placed<std::string>> industries, rebuilding_sectors, rebuilding_regions;
  double share = 0;
  int day = 0;
  double rebuild_days = 60;
};

struct DemandShiftSpec {
  std::string where;
  std::vector<Placed<std::string>> regions, sectors;
  bool rises = false;
  Course course;
};

/// A [[reserve]]: every product named, in every region named.
struct ReserveSpec {
  std::string where;
  std::vector<Placed<std::string>> regions, products;
  double days = 0;
  double release_per_day = 1;
  int from_day = 0;
};

/// All events of one scenario, each family in the order of the file.
struct EventSpecs {
  std::vector<CutSpec> cuts;  ///< [[cut]], then [[import_ban]]
  std::vector<ClosureSpec> closures;
  std::vector<RetaliationSpec> retaliations;
  std::vector<CapacityLossSpec> capacity_losses, labour_shocks;
  std::vector<CapitalLossSpec> capital_losses;
  std::vector<DemandShiftSpec> demand_shifts;
  std::vector<ReserveSpec> reserves;
};

}  // namespace linchpin::study
