// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "linchpin/core/dense.h"
#include "linchpin/core/run_control.h"
#include "linchpin/disrupt/baseline.h"
#include "linchpin/disrupt/cut_schedule.h"
#include "linchpin/disrupt/households.h"
#include "linchpin/disrupt/lane_events.h"
#include "linchpin/disrupt/lane_kernels.h"
#include "linchpin/disrupt/lane_numbers.h"
#include "linchpin/disrupt/supplier_shares.h"
#include "linchpin/disrupt/transport.h"

namespace linchpin::disrupt {

/// The state of some runs (lanes) of the model and one day of them. Stocks and orders are counted
/// in days of baseline use, output as a share of baseline, flows in yearly rates of the table's
/// unit. Arrays keep the lanes of a cell side by side.
///
/// The matrix of flows is the economy's own, read and never copied. An order cell is never stored:
/// with g = q R / D (q orders in days of base use R, D what the suppliers' weights add up to) it is
/// Z(f', f) b(f', f) w(f') g(p, f), b being the share still booked and w the supplier's weight.
class DayModel {
 public:
  /// All runs share production, rationing, order base and rule, delays and switching speed.
  DayModel(Economy const& economy, std::span<Run const> lanes,
           std::shared_ptr<Baseline const> baseline);
  /// One run.
  DayModel(Economy const& economy, Scenario const& scenario, ModelOptions const& options,
           Baseline baseline);

  /// The steps of docs/methods/disrupt.md for `day`; call with 0, 1, 2 … in this order.
  /// \error cancelled  while products were computed on several threads
  [[nodiscard]] Result<void> advance(int day, RunControl const& control);

  [[nodiscard]] std::size_t lanes() const noexcept { return lanes_; }
  [[nodiscard]] Baseline const& baseline() const noexcept { return *baseline_; }
  /// Yearly flow that each cut of the first lane can touch [unit per year].
  [[nodiscard]] DenseVector cut_reach() const { return cuts_.reach(economy_, *baseline_); }
  /// x^a / x(0) of the day, industries x lanes; 1 where baseline output is zero.
  [[nodiscard]] DenseVector const& output() const noexcept { return output_; }
  /// x^Opt / x(0) of the day: what capacity and orders allowed.
  [[nodiscard]] DenseVector const& optimal_output() const noexcept { return optimal_; }
  /// True if stocks kept output of the day below what capacity and orders allowed.
  [[nodiscard]] bool short_of_input(std::size_t cell) const noexcept {
    return output_[cell] < optimal_[cell] * (1 - 1e-9);
  }
  /// Product whose stock at the start of the day allowed the least output, of an industry that is
  /// short_of_input today; of a single run.
  [[nodiscard]] std::size_t binding_product(std::size_t industry) const noexcept {
    return binding_[industry];
  }
  /// Deliveries of the day to final users, products x (regions x lanes).
  [[nodiscard]] DenseMatrix const& delivered() const noexcept { return delivered_; }
  /// The same in the baseline, products x regions.
  [[nodiscard]] DenseMatrix const& baseline_final_use() const noexcept { return base_delivered_; }
  /// Stocks after the last day advanced (before the first: at the start), products x (industries x
  /// lanes), in days of baseline use; infinite where none is needed (an input not bought).
  [[nodiscard]] DenseMatrix const& stock() const noexcept { return stock_; }
  /// Orders, final use and rebuilding booked for the day, industries x lanes [unit per year].
  [[nodiscard]] DenseVector const& demand() const noexcept { return demand_; }
  /// Cost of switching suppliers on the day, by region; empty without a switching cost.
  [[nodiscard]] DenseVector const& switching_cost() const noexcept { return shares_.cost(); }
  /// What is left of the reserves, in days of baseline use, lane by lane.
  [[nodiscard]] std::vector<double> reserves_left() const { return reserves_.left(); }

  // For the way back of a gradient (a single run): the state, and sums over the matrix as booked.
  [[nodiscard]] DenseVector const& weight() const noexcept { return weight_; }
  [[nodiscard]] DenseVector const& overproduction() const noexcept { return overproduction_; }
  [[nodiscard]] DenseVector const& capacity_share() const noexcept { return capacity_share_; }
  [[nodiscard]] DenseVector const& orders_from() const noexcept { return orders_from_; }
  [[nodiscard]] DenseVector const& orders_used() const noexcept { return orders_used_; }
  [[nodiscard]] DenseVector const& orders_demand() const noexcept { return orders_demand_; }
  /// Sets what is booked to that of `day`, with the suppliers' weights of its morning.
  void show_day(int day, DenseVector const& weight);
  /// sum(row − first row) = Σ_f Z b g over the buyers, for the sellers of `product`.
  void row_sums(std::size_t product, double const* g, double* sum) const;
  /// sum(f) = Σ_k Z b weight(row k) over the sellers of `product`.
  void column_sums(std::size_t product, DenseVector const& weight, double* sum) const;
  /// Shares of the deliveries of `row` that are booked, by buyer.
  void booked_shares(std::size_t row, std::size_t product, double* booked) const;
  [[nodiscard]] double final_use_booked(std::size_t row, std::size_t product,
                                        std::size_t region) const noexcept {
    return final_order(row, product, region, 0);
  }
  /// Final use that is split by weights today: use times booked share by maker of the product.
  struct ActivePair {
    std::size_t product, region;
    DenseVector open;
    double wanted;  ///< factor on final use
  };
  [[nodiscard]] std::vector<ActivePair> active_pairs() const;

 private:
  struct Scratch;
  enum class Need { none, half, all };

  // Start (day_model.cpp).
  void add_events();
  void start_stocks();
  void start_final_use();
  void start_transport();
  // A day.
  void begin_day(int day);
  void move_workers();
  void settle(std::size_t first, std::size_t last);
  void adapt_overproduction(std::size_t first, std::size_t last);
  void remember(std::size_t first, std::size_t last);
  [[nodiscard]] std::size_t region_of_row(std::size_t row) const noexcept;
  // What stocks allow (day_limits.cpp).
  [[nodiscard]] Need need(std::size_t product, std::size_t sector) const noexcept;
  void set_limits(std::size_t first, std::size_t last);
  void set_linear_limits(std::size_t first, std::size_t last);
  void find_binding(std::size_t industry);
  [[nodiscard]] Substitution const* substitution_of(std::size_t product) const noexcept;
  [[nodiscard]] double allowed_by(std::size_t product, std::size_t f,
                                  std::size_t lane) const noexcept;
  [[nodiscard]] bool can_replace(Substitution const& swap, std::size_t f) const noexcept;
  void limit_with_substitute(Substitution const& swap, std::size_t first, std::size_t last);
  void use_substitutes(std::size_t first, std::size_t last);
  // Final use (day_final_use.cpp).
  void book_pairs();
  void book_pair(std::size_t pair);
  void move_pair(std::size_t pair);
  void sum_final_use(std::size_t product);
  [[nodiscard]] bool changed_order(std::size_t product, std::size_t region,
                                   std::size_t lane) const noexcept;
  [[nodiscard]] double final_order(std::size_t row, std::size_t product, std::size_t region,
                                   std::size_t lane) const noexcept;
  [[nodiscard]] double government_part(std::size_t row, std::size_t region, std::size_t lane,
                                       double order) const noexcept;
  [[nodiscard]] double final_delivery(std::size_t row, std::size_t product, std::size_t region,
                                      std::size_t lane) const noexcept;
  void deliver_final_use(std::size_t product);
  // One product (day_product.cpp).
  void find_bands();
  void run_product(std::size_t product, int day);
  void start_sums(std::size_t product, Scratch& scratch);
  void receive_product(std::size_t product, int day, Scratch& scratch);
  void place(std::size_t product, Scratch& scratch) const;
  void sum_orders(std::size_t product, std::size_t from, std::size_t to, Scratch& scratch) const;
  void sum_home_orders(std::size_t from, std::size_t to, Scratch& scratch) const;
  void produce(std::size_t row, std::size_t product, double const* ordered,
               double const* ordered_home);
  void deliver(std::size_t product, std::size_t from, std::size_t to, double* sum, double* next,
               Scratch& scratch) const;
  void weigh(std::size_t product, DenseVector const& weight, double* sum, Scratch& scratch) const;
  [[nodiscard]] double const* matrix() const noexcept;
  [[nodiscard]] Rows rows_of(std::span<std::uint32_t const> industries) const noexcept;
  void check_balance(std::size_t product, Scratch const& scratch) const;
  [[nodiscard]] double rebuilt_share(std::size_t row, std::size_t lane) const noexcept {
    auto const at = row * lanes_ + lane;
    return rebuilt_[at] >= 0 ? rebuilt_[at] : ration_[at];
  }
  // Pairs of seller and buyer (day_pairs.cpp).
  void deliver_later(std::size_t product, Scratch& scratch);
  void delay_final_use(std::size_t product, int day);
  void move_shares(std::size_t product, Scratch& scratch);
  void serve_one_by_one(std::size_t product, int day, Scratch& scratch);
  void serve_row(std::size_t row, std::size_t product, std::size_t lane, int day, Scratch& scratch);

  /// Columns [first, last) in which the same rows of a product are treated alike.
  struct Band {
    std::size_t first, last;
    std::vector<std::pair<std::size_t, std::size_t>> touched;  ///< row of the product, group
    std::size_t home = none;    ///< row of the product at home here, where that matters
    std::size_t region = none;  ///< of the buyers, where that matters
    static constexpr std::size_t none = static_cast<std::size_t>(-1);
  };

  Economy economy_;
  std::shared_ptr<Baseline const> baseline_;
  std::size_t lanes_;
  ModelOptions options_;  ///< of the first lane: what all lanes share
  LaneNumbers numbers_;
  std::vector<Scenario const*> scenarios_;
  CutSchedule cuts_;
  CourseList capacity_, labour_, demand_shifts_;
  CapitalStock capital_;
  Reserves reserves_;
  Households households_;
  Transport transport_;
  SupplierShares shares_;
  std::vector<std::vector<Band>> bands_;  ///< per product
  bool weighted_ = true;                  ///< suppliers' weights matter
  bool home_first_ = false;
  bool government_first_ = false;
  std::vector<bool> stale_;  ///< per product: reachable_ must be summed again

  // By seller in the order of the rows, x lanes.
  DenseVector weight_;  ///< w: what a supplier counts in the splitting of orders
  DenseVector next_weight_;
  DenseVector sent_;       ///< w · share of orders delivered to industries (abroad)
  DenseVector sent_home_;  ///< the same to industries at home, if they come first
  DenseVector ration_;     ///< share of final and rebuilding orders delivered (abroad)
  DenseVector ration_home_;
  DenseVector final_sum_;          ///< final use ordered
  DenseVector final_booked_;       ///< the same and rebuilding
  DenseVector home_booked_;        ///< final use ordered at home, if that comes first
  DenseVector government_booked_;  ///< final use ordered by governments, if that comes first
  DenseVector ration_government_;  ///< share of it delivered
  DenseMatrix government_;         ///< rows x regions: governments' part of final use
  DenseVector rebuilding_;         ///< rebuilding ordered
  DenseVector rebuilt_;  ///< share of it delivered if clients were served in an order, or -1
  std::vector<char> one_by_one_;  ///< row x lane: clients are served in an order today
  std::vector<std::uint64_t> random_seeds_;
  std::vector<std::uint32_t> all_rows_;

  // Final use where it is not the baseline's.
  std::vector<std::size_t> pair_start_;
  std::vector<std::size_t> pair_of_;  ///< product x region: pair of the cuts + 1, or 0
  DenseVector pair_booked_;           ///< by pair: makers of the product x lanes
  DenseVector pair_share_;  ///< the same without cuts, where orders move slowly; below 0: baseline
  std::vector<char> pair_active_;  ///< pair x lane: a cut is in force
  DenseVector wanted_;             ///< product x region x lane: factor on final use; empty: 1
  std::vector<bool> changed_use_, was_changed_;    ///< per product, today and yesterday
  std::vector<std::vector<double>> served_final_;  ///< per product: regions x lanes

  // By industry x lanes.
  DenseVector output_, optimal_, demand_, overproduction_, capacity_share_, workers_, worker_cap_;
  DenseVector limit_;  ///< output stocks allow, as a share of baseline
  /// Optimal output, output and demand of yesterday, as shares of baseline: what orders come from.
  DenseVector orders_from_, orders_used_, orders_demand_;
  std::vector<std::uint32_t> binding_;

  // Products x (industries x lanes).
  DenseMatrix reachable_;  ///< D: Σ Z b w over sellers of the product
  DenseMatrix received_;   ///< days of baseline use
  DenseMatrix stock_;

  DenseMatrix delivered_, base_delivered_;
};

}  // namespace linchpin::disrupt
