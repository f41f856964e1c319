// SPDX-License-Identifier: Apache-2.0
#include "reference/ario_plain.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace linchpin::reference {
namespace {

using Vector = std::vector<double>;
using Matrix = std::vector<Vector>;

Matrix zeros(std::size_t rows, std::size_t columns) { return Matrix(rows, Vector(columns, 0.0)); }

bool has(auto const& ids, auto id) { return std::find(ids.begin(), ids.end(), id) != ids.end(); }

/// c of `cut` on `day`, written anew from the definition of a course.
double share_on(Course const& course, int day) {
  if (day < course.from_day) return 0;
  if (course.to_day >= 0 && day >= course.to_day) return 0;
  if (course.ramp_days == 0) return course.share;
  double const rise = static_cast<double>(day - course.from_day + 1) / course.ramp_days;
  return rise < 1 ? course.share * rise : course.share;
}

class PlainModel {
 public:
  PlainModel(Economy const& economy, Scenario const& scenario, disrupt::ModelOptions const& options)
      : economy_(economy),
        space_(economy.space()),
        scenario_(scenario),
        options_(options),
        n_(space_.size()),
        products_(space_.sectors()),
        regions_(space_.regions()) {}

  PlainPath run() {
    calibrate();
    for (int t = 0; t < options_.days; ++t) step(t);
    return path_;
  }

 private:
  std::size_t product(std::size_t i) const { return space_.sector_of(IndustryId{i}).index(); }
  std::size_t region(std::size_t i) const { return space_.region_of(IndustryId{i}).index(); }

  void calibrate() {
    auto const& labels = economy_.table().labels;
    Z_ = zeros(n_, n_);
    y_ = zeros(n_, regions_);
    x0_ = Vector(n_, 0.0);
    for (std::size_t i = 0; i < n_; ++i) {
      for (std::size_t j = 0; j < n_; ++j) {
        Z_[i][j] = economy_.flows()(IndustryId{i}, IndustryId{j});
        x0_[i] += Z_[i][j];
      }
      for (std::size_t r = 0; r < regions_; ++r) {
        for (std::size_t c = 0; c < labels.categories.size(); ++c) {
          auto const column = labels.final_column(RegionId{r}, CategoryId{c});
          double const cell = economy_.final_demand()(IndustryId{i}, column);
          if (!labels.categories[c].inventory_change && cell > 0) y_[i][r] += cell;
        }
        x0_[i] += y_[i][r];
      }
    }
    A_product_ = zeros(products_, n_);
    for (std::size_t i = 0; i < n_; ++i) {
      for (std::size_t f = 0; f < n_; ++f) {
        if (x0_[f] > 0) A_product_[product(i)][f] += Z_[i][f] / x0_[f];
      }
    }
    stock_ = zeros(products_, n_);
    path_.base_use = zeros(products_, n_);
    for (std::size_t p = 0; p < products_; ++p) {
      for (std::size_t f = 0; f < n_; ++f) {
        path_.base_use[p][f] = A_product_[p][f] * x0_[f];
        stock_[p][f] = options_.inventory_days[p] * path_.base_use[p][f];
      }
    }
    path_.base_output = x0_;
    path_.base_final = y_;
    product_orders_ = path_.base_use;
    x_before_ = x0_;
    alpha_ = Vector(n_, 1.0);
  }

  /// c_{f'f}(t): overlapping cuts multiply what is left.
  double cut(std::size_t seller, std::size_t buyer, int t) const {
    if (region(seller) == region(buyer)) return 0;
    double left = 1;
    for (auto const& each : scenario_.cuts) {
      if (!each.intermediate || !reaches(each, seller, RegionId{region(buyer)})) continue;
      bool exempt = false;
      for (auto const& exemption : each.exemptions) {
        exempt = exempt || covers(exemption, space_, IndustryId{seller}, IndustryId{buyer});
      }
      if (!exempt) left *= 1 - share_on(each.course, t);
    }
    return 1 - left;
  }

  double final_cut(std::size_t seller, std::size_t r, int t) const {
    if (region(seller) == r) return 0;
    double left = 1;
    for (auto const& each : scenario_.cuts) {
      if (!each.final_use || !reaches(each, seller, RegionId{r})) continue;
      bool exempt = false;
      for (auto const& exemption : each.exemptions) {
        exempt = exempt || covers(exemption, space_, IndustryId{seller}, RegionId{r});
      }
      if (!exempt) left *= 1 - share_on(each.course, t);
    }
    return 1 - left;
  }

  bool reaches(Cut const& each, std::size_t seller, RegionId buyer) const {
    bool const sector = each.sectors.empty() || has(each.sectors, SectorId{product(seller)});
    return sector && has(each.sellers, RegionId{region(seller)}) && has(each.buyers, buyer);
  }

  /// Booked orders of day t: O split over suppliers, less what is cut.
  Matrix book_orders(int t) const {
    Matrix booked = zeros(n_, n_);
    bool const reweighted = options_.order_rule == disrupt::OrderRule::reweighted;
    for (std::size_t f = 0; f < n_; ++f) {
      Vector weight(n_, 0.0), total(products_, 0.0);
      for (std::size_t i = 0; i < n_; ++i) {
        if (Z_[i][f] <= 0) continue;
        double const relative = x_before_[i] / x0_[i];
        weight[i] = reweighted ? Z_[i][f] * relative * (1 - cut(i, f, t)) : Z_[i][f];
        total[product(i)] += weight[i];
      }
      for (std::size_t i = 0; i < n_; ++i) {
        if (total[product(i)] <= 0) continue;
        double const share = weight[i] / total[product(i)];
        double const kept = reweighted ? 1.0 : 1 - cut(i, f, t);
        booked[i][f] = product_orders_[product(i)][f] * share * kept;
      }
    }
    return booked;
  }

  Matrix book_final_use(int t) const {
    Matrix booked = y_;
    for (std::size_t r = 0; r < regions_; ++r) {
      for (std::size_t p = 0; p < products_; ++p) {
        bool touched = false;
        double total = 0, weights = 0;
        for (std::size_t i = 0; i < n_; ++i) {
          if (product(i) != p || y_[i][r] <= 0) continue;
          double const c = final_cut(i, r, t);
          touched = touched || c > 0;
          total += y_[i][r];
          weights += y_[i][r] * (x_before_[i] / x0_[i]) * (1 - c);
        }
        if (!touched) continue;
        for (std::size_t i = 0; i < n_; ++i) {
          if (product(i) != p || y_[i][r] <= 0) continue;
          double const left = 1 - final_cut(i, r, t);
          if (options_.order_rule == disrupt::OrderRule::fixed) {
            booked[i][r] = left * y_[i][r];
          } else {
            double const weight = y_[i][r] * (x_before_[i] / x0_[i]) * left;
            booked[i][r] = weights > 0 ? total * weight / weights : 0;
          }
        }
      }
    }
    return booked;
  }

  double capacity_loss(std::size_t f, int t) const {
    double left = 1;
    for (auto const& loss : scenario_.capacity_losses) {
      if (has(loss.industries, IndustryId{f})) left *= 1 - share_on(loss.course, t);
    }
    return 1 - left;
  }

  /// x^a = x^Opt · min(1, min_p Ω_p / Ω^Cons_p)
  double produce(std::size_t f, double optimal) const {
    double limit = 1;
    for (std::size_t p = 0; p < products_; ++p) {
      double const days = options_.inventory_days[p];
      if (std::isinf(days) || A_product_[p][f] <= 0 || optimal <= 0) continue;
      double const cover = std::max(1.0, options_.psi * days);
      limit = std::min(limit, stock_[p][f] / (cover * A_product_[p][f] * optimal));
    }
    return optimal * limit;
  }

  void step(int t) {
    auto const orders = book_orders(t);
    auto const final_orders = book_final_use(t);
    PlainDay day{Vector(n_),          Vector(n_), Vector(n_, 0.0), zeros(n_, n_),
                 zeros(n_, regions_), stock_,     stock_};
    auto& demand = day.demand;
    for (std::size_t f = 0; f < n_; ++f) {
      double const capacity = alpha_[f] * (1 - capacity_loss(f, t)) * x0_[f];  // 1
      for (double const order : orders[f]) demand[f] += order;                 // 2
      for (double const order : final_orders[f]) demand[f] += order;
      day.optimal[f] = std::min(demand[f], capacity);  // 3
      day.output[f] = produce(f, day.optimal[f]);      // 4
      if (day.optimal[f] < 1e-100 * x0_[f]) day.optimal[f] = 0;
      if (day.output[f] < 1e-100 * x0_[f]) day.output[f] = 0;               // a breakdown is over
      double const ration = demand[f] > 0 ? day.output[f] / demand[f] : 0;  // 5
      for (std::size_t b = 0; b < n_; ++b) day.received[f][b] = ration * orders[f][b];
      for (std::size_t r = 0; r < regions_; ++r) {
        day.final_use[f][r] = ration * final_orders[f][r];
      }
    }
    for (std::size_t f = 0; f < n_; ++f) {
      for (std::size_t p = 0; p < products_; ++p) {
        double const used = A_product_[p][f] * day.output[f];
        double const days = options_.inventory_days[p];
        if (std::isinf(days)) {
          product_orders_[p][f] = used;
          continue;
        }
        double in = 0;
        for (std::size_t i = 0; i < n_; ++i) in += product(i) == p ? day.received[i][f] : 0;
        stock_[p][f] += in - used;                                     // 6
        double const goal = days * A_product_[p][f] * day.optimal[f];  // 7
        double const gap = std::max(0.0, goal - stock_[p][f]);
        product_orders_[p][f] = gap / options_.tau_inventory_days + used;
      }
      double const scarcity = demand[f] > 0 ? (demand[f] - day.output[f]) / demand[f] : 0;  // 8
      double const pace = 1 / options_.tau_overproduction_days;
      if (scarcity > 1e-12) {  // above rounding
        alpha_[f] += (options_.overproduction_max - alpha_[f]) * scarcity * pace;
      } else {
        alpha_[f] += (1 - alpha_[f]) * pace;
      }
    }
    day.stock_after = stock_;
    x_before_ = day.output;
    path_.days.push_back(std::move(day));
  }

  Economy economy_;
  IndustrySpace const& space_;
  Scenario const& scenario_;
  disrupt::ModelOptions const& options_;
  std::size_t n_, products_, regions_;
  Matrix Z_, y_, A_product_, stock_, product_orders_;
  Vector x0_, x_before_, alpha_;
  PlainPath path_;
};

}  // namespace

PlainPath simulate_plainly(Economy const& economy, Scenario const& scenario,
                           disrupt::ModelOptions const& options) {
  return PlainModel(economy, scenario, options).run();
}

}  // namespace linchpin::reference
