// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <span>
#include <utility>
#include <vector>

#include "linchpin/core/dense.h"
#include "linchpin/disrupt/baseline.h"
#include "linchpin/economy/scenario.h"

namespace linchpin::disrupt {

/// Which deliveries the cuts of some scenarios (one per lane) touch, and what share of them is
/// still booked each day.
///
/// Cells under the same set of cuts form a group, so that a day costs one product per group and
/// lane. Cuts of different lanes that touch the same cells are one cut with a course per lane.
class CutSchedule {
 public:
  CutSchedule(Economy const& economy, std::span<Scenario const* const> lanes,
              Baseline const& baseline);

  /// Deliveries of one seller to neighbouring industries, all under the same cuts.
  struct Link {
    std::size_t row;          ///< seller, in the order of the baseline's rows
    std::size_t first, last;  ///< buyers [first, last)
    std::size_t group;
  };
  /// Deliveries of one seller to the final users of one region; never an empty flow.
  struct FinalLink {
    std::size_t row;
    std::size_t region;
    std::size_t group;
  };
  /// (product, buyer region) whose final use some cut can touch.
  struct FinalPair {
    std::size_t product;
    std::size_t region;
    std::vector<FinalLink> links;
  };

  /// Yearly flow that each cut of lane 0 can touch, exemptions taken out [unit per year].
  [[nodiscard]] DenseVector reach(Economy const& economy, Baseline const& baseline) const;

  /// Sets the booked shares to those of `day`: Π (1 − c_e(day) · (1 − licence)) over the cuts e of
  /// each group.
  void set_day(int day);
  /// Shares of the deliveries that are booked on the day set, one per lane.
  [[nodiscard]] double const* booked(std::size_t group) const noexcept {
    return booked_.data() + group * lanes_;
  }
  /// True if the share of the group differs from the day before in some lane.
  [[nodiscard]] bool changed(std::size_t group) const noexcept { return changed_[group]; }
  /// True if any group changed.
  [[nodiscard]] bool any_change() const noexcept { return any_change_; }
  /// True if the share of the group is below one in some lane.
  [[nodiscard]] bool in_force(std::size_t group) const noexcept { return in_force_[group]; }

  [[nodiscard]] std::vector<Link> const& links() const noexcept { return links_; }
  [[nodiscard]] std::vector<FinalPair> const& final_pairs() const noexcept { return pairs_; }
  [[nodiscard]] std::size_t groups() const noexcept { return groups_.size(); }
  [[nodiscard]] std::size_t lanes() const noexcept { return lanes_; }

 private:
  /// A cut, and the share of the delivery that a licence lets through.
  using Member = std::pair<std::size_t, double>;
  /// A course of one lane.
  struct LaneCourse {
    std::size_t lane;
    Course course;
  };

  std::size_t lanes_;
  std::vector<std::vector<LaneCourse>> courses_;  // of each distinct cut
  std::vector<std::size_t> cuts_of_first_lane_;   // distinct cut of each cut of lane 0
  std::vector<std::vector<Member>> groups_;       // cuts of each group
  DenseVector booked_;                            // groups x lanes
  std::vector<bool> changed_, in_force_;
  bool any_change_ = false;
  std::vector<Link> links_;
  std::vector<FinalPair> pairs_;
};

}  // namespace linchpin::disrupt
