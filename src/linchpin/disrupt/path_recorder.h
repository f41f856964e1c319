// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "linchpin/disrupt/day_model.h"
#include "linchpin/disrupt/model.h"

namespace linchpin::disrupt {

/// Watches a DayModel and writes down the Path: shares of baseline, losses, shortages, least
/// stocks.
class PathRecorder {
 public:
  PathRecorder(Economy const& economy, DayModel const& model, ModelOptions const& options);

  void before_day(DayModel const& model, int day);
  void after_day(DayModel const& model, int day);
  /// The path; call once, after the last day.
  [[nodiscard]] Path finish();

 private:
  void record_regions(DayModel const& model, std::size_t day);
  void find_shortages(DayModel const& model, int day);
  void sum_losses();
  void find_recovery();
  void find_least_stocks();

  IndustrySpace const* space_;
  double recovery_threshold_;
  Path path_;
  DenseMatrix base_use_;              // final use of the baseline, products x regions
  DenseVector value_added_;           // by industry
  DenseMatrix least_stock_;           // products x industries
  std::vector<int> least_stock_day_;  // the same shape, row-major
  std::vector<bool> was_short_;       // by industry
};

}  // namespace linchpin::disrupt
