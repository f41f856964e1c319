// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <utility>

#include "linchpin/core/dense.h"
#include "linchpin/core/run_control.h"
#include "linchpin/disrupt/day_model.h"

namespace linchpin::disrupt {

/// What the way back needs of one day of a single run.
struct DayRecord {
  DenseMatrix stock;                                         ///< in the morning
  DenseVector weight;                                        ///< by row, in the morning
  DenseVector overproduction;                                ///< in the morning
  DenseVector before_optimal, before_output, before_demand;  ///< what orders come from
  DenseVector optimal, output, demand, capacity;  ///< of the day, by industry; share of capacity

  [[nodiscard]] static DayRecord before(DayModel const& model);
  void after(DayModel const& model);
};

/// The transpose of one day: takes the derivatives of the loss by the state of the evening to those
/// by the state of the morning, and adds up those by links and capacities.
class DayAdjoint {
 public:
  DayAdjoint(Economy const& economy, Baseline const& baseline, ModelOptions const& options,
             DenseVector output_weight, DenseMatrix final_weight);

  /// `model` must show what is booked on the day (DayModel::set_cuts).
  void step_back(DayModel const& model, DayRecord const& record, RunControl const& control);

  /// −dL/db: per unit of share cut.
  [[nodiscard]] DenseMatrix take_links() { return std::move(links_); }
  [[nodiscard]] DenseVector const& capacity() const noexcept { return capacity_; }
  [[nodiscard]] DenseMatrix const& stock() const noexcept { return stock_; }
  [[nodiscard]] std::uint64_t branches() const noexcept { return branches_; }

 private:
  void take(bool branch) noexcept;
  void again(DayModel const& model, std::size_t product, DayRecord const& record);
  void settle_back(DayRecord const& record);
  void deliver_back(DayModel const& model, std::size_t product, DayRecord const& record);
  void produce_back(std::size_t row, DayRecord const& record);
  void place_back(DayModel const& model, std::size_t product, DayRecord const& record);
  void final_use_back(DayModel const& model, DayRecord const& record);
  void order_back(std::size_t product, DayRecord const& record);
  void count_links(DayModel const& model, std::size_t product, DayRecord const& record);

  Economy economy_;
  Baseline const* baseline_;
  ModelOptions options_;
  bool weighted_;
  LaneNumbers numbers_;
  DenseVector output_weight_;
  DenseMatrix final_weight_;

  // Derivatives by the state: of the evening before a step back, of the morning after it.
  DenseMatrix stock_;                      ///< products x industries
  DenseVector weight_;                     ///< by row
  DenseVector overproduction_;             ///< by industry
  DenseVector optimal_, output_, demand_;  ///< of the day before, through tomorrow's orders

  // Within a step.
  DenseMatrix placed_, sums_, reach_;                    ///< g, S, D of the day
  DenseMatrix d_placed_, d_sums_, d_reach_;              ///< derivatives by them
  DenseVector ration_, d_ration_, d_demand_, d_weight_;  ///< by row
  DenseVector d_output_;
  DenseVector before_optimal_, before_output_, before_demand_;

  DenseMatrix links_;
  DenseVector capacity_;
  std::uint64_t branches_ = 1469598103934665603ULL;
};

}  // namespace linchpin::disrupt
