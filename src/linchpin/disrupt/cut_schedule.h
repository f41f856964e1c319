// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <vector>

#include "linchpin/core/dense.h"
#include "linchpin/disrupt/baseline.h"
#include "linchpin/economy/scenario.h"

namespace linchpin::disrupt {

/// Which deliveries the cuts of a scenario touch, and what share of them is still booked each day.
///
/// Cells under the same set of cuts form a group, so that a day costs one product per group; only
/// cells of groups whose share changed since the day before are written again.
class CutSchedule {
 public:
  CutSchedule(Economy const& economy, Scenario const& scenario, Baseline const& baseline);

  /// Deliveries of one seller to neighbouring industries, all under the same cuts.
  struct Link {
    std::size_t row;          ///< seller, row of the blocks
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

  /// Yearly flow that each cut of the scenario can touch, exemptions taken out [unit per year].
  [[nodiscard]] DenseVector reach(Economy const& economy, Baseline const& baseline) const;

  /// Sets the booked shares to those of `day`: Π (1 − c_e(day)) over the cuts e of each group.
  void set_day(int day);
  /// Share of the delivery that is booked on the day set.
  [[nodiscard]] double booked(std::size_t group) const noexcept { return booked_[group]; }
  /// True if the share of the group differs from the day before.
  [[nodiscard]] bool changed(std::size_t group) const noexcept { return changed_[group]; }
  /// True if any group changed.
  [[nodiscard]] bool any_change() const noexcept { return any_change_; }

  [[nodiscard]] std::vector<Link> const& links() const noexcept { return links_; }
  [[nodiscard]] std::vector<FinalPair> const& final_pairs() const noexcept { return pairs_; }

 private:
  std::vector<Course> courses_;                   // of each cut
  std::vector<std::vector<std::size_t>> groups_;  // cuts of each group
  std::vector<double> booked_;
  std::vector<bool> changed_;
  bool any_change_ = false;
  std::vector<Link> links_;
  std::vector<FinalPair> pairs_;
};

}  // namespace linchpin::disrupt
