// SPDX-License-Identifier: Apache-2.0
#include "linchpin/disrupt/day_adjoint.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

#include "linchpin/core/parallel.h"

namespace linchpin::disrupt {
namespace {

constexpr double least_scarcity = 1e-12;  // as in the day itself

}  // namespace

DayRecord DayRecord::before(DayModel const& model) {
  DayRecord record;
  record.stock = model.stock();
  record.weight = model.weight();
  record.overproduction = model.overproduction();
  record.before_optimal = model.orders_from();
  record.before_output = model.orders_used();
  record.before_demand = model.orders_demand();
  return record;
}

void DayRecord::after(DayModel const& model) {
  optimal = model.optimal_output();
  output = model.output();
  demand = model.demand();
  capacity = model.capacity_share();
}

DayAdjoint::DayAdjoint(Economy const& economy, Baseline const& baseline,
                       ModelOptions const& options, DenseVector output_weight,
                       DenseMatrix final_weight)
    : economy_(economy),
      baseline_(&baseline),
      options_(options),
      weighted_(options.order_rule != OrderRule::fixed),
      numbers_(economy.space(), std::vector<Run>{{nullptr, &options_}}),
      output_weight_(std::move(output_weight)),
      final_weight_(std::move(final_weight)) {
  auto const n = economy.size();
  auto const products = economy.space().sectors();
  for (auto* each : {&stock_, &placed_, &sums_, &reach_, &d_placed_, &d_sums_, &d_reach_}) {
    *each = DenseMatrix(products, n);
  }
  for (auto* each :
       {&weight_, &overproduction_, &optimal_, &output_, &demand_, &ration_, &d_ration_, &d_demand_,
        &d_weight_, &d_output_, &before_optimal_, &before_output_, &before_demand_, &capacity_}) {
    each->assign(n, 0.0);
  }
  links_ = DenseMatrix(n, n);
}

void DayAdjoint::take(bool branch) noexcept {
  branches_ = (branches_ ^ (branch ? 2U : 1U)) * 1099511628211ULL;
}

void DayAdjoint::step_back(DayModel const& model, DayRecord const& record,
                           RunControl const& control) {
  RunControl const quiet{control.threads, {}, {}};
  auto const products = baseline_->rows.products();
  auto const each_product = [&](auto&& body) {
    // A step is never left half-done: whoever wants to stop it asks between two days.
    auto const done = parallel_for(products, quiet, "gradient", body);
    LINCHPIN_ASSERT(done.has_value());
  };
  std::fill(d_weight_.begin(), d_weight_.end(), 0.0);
  std::fill(d_demand_.begin(), d_demand_.end(), 0.0);
  d_output_ = output_;
  before_demand_.assign(before_demand_.size(), 0.0);
  before_optimal_.assign(before_optimal_.size(), 0.0);
  before_output_.assign(before_output_.size(), 0.0);
  for (std::size_t i = 0; i < d_output_.size(); ++i) d_output_[i] -= output_weight_[i];

  each_product([&](std::size_t p) { again(model, p, record); });
  settle_back(record);
  each_product([&](std::size_t p) { deliver_back(model, p, record); });
  for (std::size_t row = 0; row < baseline_->rows.size(); ++row) produce_back(row, record);
  each_product([&](std::size_t p) { place_back(model, p, record); });
  final_use_back(model, record);
  for (std::size_t p = 0; p < products; ++p) order_back(p, record);
  each_product([&](std::size_t p) { count_links(model, p, record); });
  std::swap(weight_, d_weight_);
  std::swap(optimal_, before_optimal_);
  std::swap(output_, before_output_);
  std::swap(demand_, before_demand_);
}

/// D, g and S of the day once more, and the shares sellers delivered.
void DayAdjoint::again(DayModel const& model, std::size_t product, DayRecord const& record) {
  auto const n = economy_.size();
  auto const first = baseline_->rows.first(product);
  auto const last = baseline_->rows.last(product);
  auto const use = baseline_->use.row(product);
  auto const reach = reach_.row(product);
  if (weighted_) model.column_sums(product, record.weight, reach.data());
  ProductNumbers const numbers{numbers_.days.data() + product, numbers_.cover.data() + product,
                               numbers_.restock.data()};
  place_orders(n, 1, numbers, options_.order_base == OrderBase::demand,
               record.stock.row(product).data(), record.before_optimal.data(),
               record.before_output.data(), record.before_demand.data(), use.data(),
               weighted_ ? reach.data() : nullptr, placed_.row(product).data());
  DenseVector sent(n, 0.0);
  for (auto row = first; row < last; ++row) {
    auto const k = baseline_->rows.industry_of(row);
    double const made = record.output[k] * baseline_->output[k];
    ration_[row] = record.demand[k] > 0 ? made / record.demand[k] : 1.0;
    sent[row] = (weighted_ ? record.weight[row] : 1.0) * ration_[row];
  }
  model.column_sums(product, sent, sums_.row(product).data());
}

/// Stocks of the evening: max(0, stock + received − output).
void DayAdjoint::settle_back(DayRecord const& record) {
  for (std::size_t p = 0; p < stock_.rows(); ++p) {
    for (std::size_t f = 0; f < stock_.columns(); ++f) {
      double& d_stock = stock_(p, f);
      double const stock = record.stock(p, f);
      double const use = baseline_->use(p, f);
      double const received = placed_(p, f) * (sums_(p, f) / use);
      bool const kept = std::isfinite(stock) && stock + (received - record.output[f]) > 0;
      take(kept);
      if (!kept) d_stock = 0;
      d_placed_(p, f) = d_stock * sums_(p, f) / use;
      d_sums_(p, f) = d_stock * placed_(p, f) / use;
      d_output_[f] -= d_stock;
    }
  }
}

/// Deliveries to industries and final users, by what each seller delivers of its orders.
void DayAdjoint::deliver_back(DayModel const& model, std::size_t product, DayRecord const& record) {
  auto const first = baseline_->rows.first(product);
  auto const last = baseline_->rows.last(product);
  DenseVector d_sent(last - first, 0.0);
  model.row_sums(product, d_sums_.row(product).data(), d_sent.data());
  for (auto row = first; row < last; ++row) {
    double const weight = weighted_ ? record.weight[row] : 1.0;
    d_ration_[row] = weight * d_sent[row - first];
    d_weight_[row] += ration_[row] * d_sent[row - first];
    for (std::size_t r = 0; r < final_weight_.columns(); ++r) {
      d_ration_[row] -= final_weight_(product, r) * model.final_use_booked(row, product, r);
    }
  }
}

void DayAdjoint::produce_back(std::size_t row, DayRecord const& record) {
  auto const k = baseline_->rows.industry_of(row);
  double const base = baseline_->output[k];
  if (base <= 0) {
    overproduction_[k] = 0;
    return;
  }
  auto const product = economy_.space().sector_of(IndustryId{k}).index();
  double const demand = record.demand[k];
  double const made = record.output[k] * base;
  double const alpha = record.overproduction[k];
  double const able = alpha * record.capacity[k];
  double d_demand = 0, d_able = 0, d_limit = 0;
  double d_output = d_output_[k];
  double d_optimal = optimal_[k];

  // Overproduction.
  double const scarcity = demand > 0 ? (demand - made) / demand : 0.0;
  bool const scarce = scarcity > least_scarcity;
  take(scarce);
  double const pace = numbers_.pace[0];
  double d_alpha = overproduction_[k] * (1 - pace);
  if (scarce) {
    double const d_scarcity = overproduction_[k] * (numbers_.ceiling[product] - alpha) * pace;
    d_alpha = overproduction_[k] * (1 - scarcity * pace);
    d_demand += d_scarcity * made / (demand * demand);
    d_output -= d_scarcity * base / demand;
  }
  // Share delivered.
  if (demand > 0) {
    d_output += d_ration_[row] * base / demand;
    d_demand -= d_ration_[row] * ration_[row] / demand;
  }
  if (options_.order_base == OrderBase::demand) d_demand += demand_[k] / base;

  // Output: the smaller of what is wanted and possible, and of what stocks allow.
  double limit = std::numeric_limits<double>::infinity();
  std::size_t binding = 0;
  for (std::size_t p = 0; p < record.stock.rows(); ++p) {
    double const allowed = record.stock(p, k) / numbers_.cover[p];
    if (allowed < limit) {
      limit = allowed;
      binding = p;
    }
  }
  if (options_.order_rule == OrderRule::reweighted) d_output += weight_[row];
  if (options_.order_rule == OrderRule::available) {
    (able <= limit ? d_able : d_limit) += weight_[row];
  }
  bool const stocks_bind = record.output[k] < record.optimal[k];
  take(stocks_bind);
  if (stocks_bind) {
    d_limit += d_output;
  } else {
    d_optimal += d_output;
  }
  bool const capacity_binds = record.optimal[k] * base < demand;
  take(capacity_binds);
  if (capacity_binds) {
    d_able += d_optimal;
  } else {
    d_demand += d_optimal / base;
  }
  if (std::isfinite(limit)) {
    branches_ = (branches_ ^ (binding + 3)) * 1099511628211ULL;
    stock_(binding, k) += d_limit / numbers_.cover[binding];
  }
  d_alpha += d_able * record.capacity[k];
  capacity_[k] -= d_able * able;
  overproduction_[k] = d_alpha;
  d_demand_[row] = d_demand;
}

/// Orders placed, by the demand they make.
void DayAdjoint::place_back(DayModel const& model, std::size_t product, DayRecord const& record) {
  auto const n = economy_.size();
  auto const first = baseline_->rows.first(product);
  auto const last = baseline_->rows.last(product);
  DenseVector money(placed_.row(product).begin(), placed_.row(product).end());
  for (std::size_t f = 0; f < n; ++f) money[f] *= baseline_->input_scale[f];
  DenseVector ordered(last - first, 0.0);
  if (weighted_) model.row_sums(product, money.data(), ordered.data());
  DenseVector d_booked(n, 0.0);
  for (auto row = first; row < last; ++row) {
    double const weight = weighted_ ? record.weight[row] : 1.0;
    d_booked[row] = d_demand_[row] * weight;
    d_weight_[row] += d_demand_[row] * ordered[row - first];
  }
  DenseVector d_money(n, 0.0);
  model.column_sums(product, d_booked, d_money.data());
  for (std::size_t f = 0; f < n; ++f) {
    d_placed_(product, f) += d_money[f] * baseline_->input_scale[f];
  }
  if (!weighted_) return;
  auto const d_reach = d_reach_.row(product);
  for (std::size_t f = 0; f < n; ++f) {
    double const reach = reach_(product, f);
    d_reach[f] = reach > 0 ? -d_placed_(product, f) * placed_(product, f) / reach : 0.0;
    // From g to q: the share of base use an order turns into.
    d_placed_(product, f) *= reach > 0 ? baseline_->use(product, f) / reach : 0.0;
  }
  DenseVector d_counts(last - first, 0.0);
  model.row_sums(product, d_reach.data(), d_counts.data());
  for (auto row = first; row < last; ++row) d_weight_[row] += d_counts[row - first];
}

/// Final use under a cut is split by the suppliers' weights.
void DayAdjoint::final_use_back(DayModel const& model, DayRecord const& record) {
  if (!weighted_) return;
  for (auto const& pair : model.active_pairs()) {
    auto const first = baseline_->rows.first(pair.product);
    double reachable = 0;
    double total = 0;
    double d_total = 0;  // Σ derivative · order
    DenseVector order(pair.open.size(), 0.0);
    for (std::size_t k = 0; k < pair.open.size(); ++k) {
      reachable += pair.open[k] * record.weight[first + k];
      total += baseline_->final_use(first + k, pair.region);
    }
    if (reachable <= 0) continue;
    auto const derivative = [&](std::size_t k) {
      return pair.wanted *
             (d_demand_[first + k] - ration_[first + k] * final_weight_(pair.product, pair.region));
    };
    for (std::size_t k = 0; k < pair.open.size(); ++k) {
      order[k] = pair.open[k] * record.weight[first + k] * total / reachable;
      d_total += derivative(k) * order[k];
    }
    for (std::size_t k = 0; k < pair.open.size(); ++k) {
      d_weight_[first + k] +=
          derivative(k) * pair.open[k] * total / reachable - d_total * pair.open[k] / reachable;
    }
  }
}

/// Orders, by yesterday's output and the stock of this morning.
void DayAdjoint::order_back(std::size_t product, DayRecord const& record) {
  double const days = numbers_.days[product];
  double const pace = numbers_.restock[0];
  for (std::size_t f = 0; f < economy_.size(); ++f) {
    double const d_order = d_placed_(product, f);
    double const stock = record.stock(product, f);
    if (options_.order_base == OrderBase::demand) {
      double const gap = std::isfinite(stock) ? days - stock : 0.0;
      bool const orders = record.before_demand[f] + gap * pace > 0;
      take(orders);
      if (!orders) continue;
      before_demand_[f] += d_order;
      if (std::isfinite(stock)) stock_(product, f) -= d_order * pace;
      continue;
    }
    bool const gap = days * record.before_optimal[f] > stock;
    take(gap);
    if (gap) {
      before_optimal_[f] += d_order * days * pace;
      stock_(product, f) -= d_order * pace;
    }
    before_output_[f] += d_order;
  }
}

/// Cells of the matrix: deliveries, orders and what suppliers add up to.
void DayAdjoint::count_links(DayModel const& model, std::size_t product, DayRecord const& record) {
  auto const n = economy_.size();
  DenseVector booked(n);
  for (auto row = baseline_->rows.first(product); row < baseline_->rows.last(product); ++row) {
    auto const k = baseline_->rows.industry_of(row);
    double const weight = weighted_ ? record.weight[row] : 1.0;
    double const by_sum = weight * ration_[row];
    double const by_order = weight * d_demand_[row];
    auto const flows = economy_.flows().row(IndustryId{k});
    auto const links = links_.row(k);
    model.booked_shares(row, product, booked.data());
    for (std::size_t f = 0; f < n; ++f) {
      double change =
          by_sum * d_sums_(product, f) + by_order * placed_(product, f) * baseline_->input_scale[f];
      if (weighted_) change += weight * d_reach_(product, f);
      links[f] -= flows[f] * booked[f] * change;
    }
  }
}

}  // namespace linchpin::disrupt
