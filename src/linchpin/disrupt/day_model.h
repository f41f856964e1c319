// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <vector>

#include "linchpin/core/dense.h"
#include "linchpin/core/run_control.h"
#include "linchpin/disrupt/baseline.h"
#include "linchpin/disrupt/cut_schedule.h"

namespace linchpin::disrupt {

/// The state of the inventory model and one day of it. Stocks and orders are counted in days of
/// baseline use, output as a share of baseline, flows in yearly rates of the table's unit.
///
/// An order cell is never stored: with g = R q / D (R base purchases of a product, q orders, D
/// what the suppliers' weights add up to) it is M(f', f) w(f') g(p, f), M being what is booked.
class DayModel {
 public:
  DayModel(Economy const& economy, Scenario const& scenario, ModelOptions const& options,
           Baseline baseline);

  /// Steps 1 to 8 of docs/methods/disrupt.md for `day`; call with 0, 1, 2 … in this order.
  /// \error cancelled  while blocks were computed on several threads
  [[nodiscard]] Result<void> advance(int day, RunControl const& control);

  [[nodiscard]] Baseline const& baseline() const noexcept { return baseline_; }
  /// Yearly flow that each cut of the scenario can touch [unit per year].
  [[nodiscard]] DenseVector cut_reach() const { return cuts_.reach(economy_, baseline_); }
  /// x^a / x(0) of the day, by industry; 1 where baseline output is zero.
  [[nodiscard]] DenseVector const& output() const noexcept { return output_; }
  /// x^Opt / x(0) of the day: what capacity and orders allowed.
  [[nodiscard]] DenseVector const& optimal_output() const noexcept { return optimal_; }
  /// True if stocks kept output of the day below what capacity and orders allowed.
  [[nodiscard]] bool short_of_input(std::size_t industry) const noexcept {
    return output_[industry] < optimal_[industry] * (1 - 1e-9);
  }
  /// Product whose stock at the start of the day allowed the least output.
  [[nodiscard]] std::size_t binding_product(std::size_t industry) const noexcept;
  /// Deliveries of the day to final users, products x regions.
  [[nodiscard]] DenseMatrix const& delivered() const noexcept { return delivered_; }
  /// The same in the baseline.
  [[nodiscard]] DenseMatrix const& baseline_final_use() const noexcept { return base_delivered_; }
  /// Stocks after the last day advanced (before the first: at the start), products x industries, in
  /// days of baseline use; infinite where none is needed (an input not bought).
  [[nodiscard]] DenseMatrix const& stock() const noexcept { return stock_; }
  /// Orders and final use booked for the day, by industry [unit per year].
  [[nodiscard]] DenseVector const& demand() const noexcept { return demand_; }

 private:
  /// An industry that some capacity loss hits, and the courses of these losses.
  struct Damaged {
    std::size_t industry;
    std::vector<Course> courses;
  };

  void find_damaged(Scenario const& scenario);
  void set_base_sums();

  void apply_cuts(int day);
  void split_final_use();
  void book_final_use(CutSchedule::FinalPair const& pair, bool touched);
  void sum_final_use(std::size_t product);
  void set_capacity(int day);
  void run_product(std::size_t product);
  void produce(std::size_t row);
  void deliver_final_use(std::size_t product);
  void restock(std::size_t product);
  void set_limits();
  void adapt_overproduction();
  void check_balance(std::size_t product) const;

  Economy economy_;
  ModelOptions options_;
  Baseline baseline_;
  CutSchedule cuts_;
  std::vector<Damaged> damaged_;
  DenseVector ones_;
  std::vector<double> cover_;  ///< per product: days of use in stock below which output falls

  // By seller, in the order of the rows of the blocks.
  DenseVector weight_;  ///< w: output of the day before as a share of baseline; 1 if fixed
  DenseVector next_weight_;
  DenseVector sent_;    ///< w · ration
  DenseVector ration_;  ///< share of its orders a seller delivers
  DenseVector final_booked_;
  DenseMatrix booked_;  ///< final use booked, rows x regions

  // By industry.
  DenseVector output_, optimal_, demand_, overproduction_, capacity_share_;
  DenseVector limit_;  ///< output stocks allow, as a share of baseline

  // Products x industries (buyers).
  DenseMatrix base_use_;   ///< R: purchases in the baseline; 1 where there are none
  DenseMatrix reachable_;  ///< D: Σ M w over sellers of the product
  DenseMatrix orders_;     ///< q
  DenseMatrix placed_;     ///< g
  DenseMatrix received_;   ///< Σ M w r, then in days of baseline use
  DenseMatrix stock_, start_stock_;
  std::vector<bool> was_touched_;  ///< per final pair: a cut was in force the day before
  std::vector<bool> stale_;        ///< per product: reachable_ must be summed again

  DenseMatrix delivered_, base_delivered_;  ///< products x regions
};

}  // namespace linchpin::disrupt
