// SPDX-License-Identifier: Apache-2.0
#include "linchpin/disrupt/day_model.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

#include "linchpin/core/parallel.h"

namespace linchpin::disrupt {
namespace {

/// Below this size a day is so short that handing blocks to threads costs more than it gains.
constexpr std::size_t parallel_from = 1024;
/// The two branches of step 8 do not meet at zero, so rounding must not choose between them.
constexpr double least_scarcity = 1e-12;
/// A breakdown decays for ever; below this share of baseline output it is over, before the weights
/// of suppliers become too small to divide by.
constexpr double vanishing_output = 1e-100;

}  // namespace

DayModel::DayModel(Economy const& economy, Scenario const& scenario, ModelOptions const& options,
                   Baseline baseline)
    : economy_(economy),
      options_(options),
      baseline_(std::move(baseline)),
      cuts_(economy, scenario, baseline_),
      ones_(std::max(economy.size(), economy.space().regions()), 1.0),
      weight_(economy.size(), 1.0),
      next_weight_(economy.size(), 1.0),
      sent_(economy.size(), 1.0),
      ration_(economy.size(), 1.0),
      final_booked_(economy.size(), 0.0),
      booked_(baseline_.final_use),
      output_(economy.size(), 1.0),
      optimal_(economy.size(), 1.0),
      demand_(economy.size(), 0.0),
      overproduction_(economy.size(), 1.0),
      capacity_share_(economy.size(), 1.0),
      limit_(economy.size(), 1.0),
      base_use_(economy.space().sectors(), economy.size()),
      reachable_(base_use_),
      orders_(base_use_),
      placed_(base_use_),
      received_(base_use_),
      stock_(base_use_),
      start_stock_(base_use_),
      was_touched_(cuts_.final_pairs().size(), false),
      stale_(economy.space().sectors(), false),
      delivered_(economy.space().sectors(), economy.space().regions()),
      base_delivered_(delivered_) {
  find_damaged(scenario);
  set_base_sums();
}

void DayModel::find_damaged(Scenario const& scenario) {
  std::vector<std::vector<Course>> courses(economy_.size());
  for (auto const& loss : scenario.capacity_losses) {
    for (auto const industry : loss.industries) courses[industry.index()].push_back(loss.course);
  }
  for (std::size_t i = 0; i < courses.size(); ++i) {
    if (!courses[i].empty()) damaged_.push_back({i, std::move(courses[i])});
  }
}

/// Baseline purchases, stocks, orders and final use; summed by the loops that run every day, so
/// that without a shock every ratio is exactly 1.
void DayModel::set_base_sums() {
  constexpr double never = std::numeric_limits<double>::infinity();
  auto const n = economy_.size();
  for (std::size_t p = 0; p < base_use_.rows(); ++p) {
    double const days = options_.inventory_days[p];
    // Stocks are used before the day's deliveries arrive, so one day of use is always needed.
    cover_.push_back(std::max(1.0, options_.psi * days));
    auto const use = base_use_.row(p);
    baseline_.flows.weighted_sum(p, ones_.data(), use.data());
    std::copy(use.begin(), use.end(), reachable_.row(p).begin());
    for (std::size_t f = 0; f < n; ++f) {
      orders_(p, f) = 1;
      stock_(p, f) = use[f] > 0 ? days : never;
      if (use[f] <= 0) use[f] = 1;
    }
    sum_final_use(p);
    deliver_final_use(p);
  }
  base_delivered_ = delivered_;
  set_limits();
}

Result<void> DayModel::advance(int day, RunControl const& control) {
  apply_cuts(day);
  split_final_use();
  set_capacity(day);
  RunControl quiet{control.threads, control.cancel, {}};
  if (economy_.size() < parallel_from) quiet.threads = 1;
  auto const products = base_use_.rows();
  auto const traded = parallel_for(products, quiet, "simulate", [&](auto p) { run_product(p); });
  if (!traded) return traded;
  auto const stocked = parallel_for(products, quiet, "simulate", [&](auto p) { restock(p); });
  if (!stocked) return stocked;
  std::swap(stock_, start_stock_);  // restock() wrote the new stocks over the ones of yesterday
  std::swap(weight_, next_weight_);
  std::fill(stale_.begin(), stale_.end(), false);
  set_limits();
  adapt_overproduction();
  return {};
}

/// Writes today's booked share into every delivery whose share changed.
void DayModel::apply_cuts(int day) {
  cuts_.set_day(day);
  if (!cuts_.any_change()) return;
  for (auto const& link : cuts_.links()) {
    if (!cuts_.changed(link.group)) continue;
    double const booked = cuts_.booked(link.group);
    auto const industry = baseline_.flows.industry_of(link.row);
    auto const source = economy_.flows().row(IndustryId{industry});
    auto const target = baseline_.flows.row(link.row);
    for (auto j = link.first; j < link.last; ++j) {
      target[j] = source[j] * baseline_.input_scale[j] * booked;
    }
    stale_[economy_.space().sector_of(IndustryId{industry}).index()] = true;
  }
}

/// Books final use where a cut is in force, and restores it the day after the cut ended.
void DayModel::split_final_use() {
  auto const& pairs = cuts_.final_pairs();
  bool product_changed = false;
  for (std::size_t k = 0; k < pairs.size(); ++k) {
    auto const& pair = pairs[k];
    bool const touched = std::any_of(pair.links.begin(), pair.links.end(), [&](auto const& link) {
      return cuts_.booked(link.group) < 1;
    });
    if (touched || was_touched_[k]) book_final_use(pair, touched);
    product_changed = product_changed || touched || was_touched_[k];
    was_touched_[k] = touched;
    bool const last_of_product = k + 1 == pairs.size() || pairs[k + 1].product != pair.product;
    if (last_of_product && product_changed) sum_final_use(pair.product);
    if (last_of_product) product_changed = false;
  }
}

/// The fixed rule loses the cut share; the reweighted one splits the region's whole use of the
/// product over those who still book.
void DayModel::book_final_use(CutSchedule::FinalPair const& pair, bool touched) {
  auto const first = baseline_.flows.first(pair.product);
  auto const last = baseline_.flows.last(pair.product);
  auto const region = pair.region;
  for (auto row = first; row < last; ++row) booked_(row, region) = baseline_.final_use(row, region);
  for (auto const& link : pair.links) booked_(link.row, region) *= cuts_.booked(link.group);
  if (!touched || options_.order_rule == OrderRule::fixed) return;
  double total = 0;
  double reachable = 0;
  for (auto row = first; row < last; ++row) {
    total += baseline_.final_use(row, region);
    reachable += booked_(row, region) * weight_[row];
  }
  for (auto row = first; row < last; ++row) {
    booked_(row, region) =
        reachable > 0 ? booked_(row, region) * weight_[row] * (total / reachable) : 0.0;
  }
}

void DayModel::sum_final_use(std::size_t product) {
  for (auto row = baseline_.flows.first(product); row < baseline_.flows.last(product); ++row) {
    auto const uses = booked_.row(row);
    final_booked_[row] = dot(uses.data(), ones_.data(), uses.size());
  }
}

/// Share of capacity left on `day`: losses of one industry multiply.
void DayModel::set_capacity(int day) {
  for (auto const& damaged : damaged_) {
    double left = 1;
    for (auto const& course : damaged.courses) left *= 1 - course.at(day);
    capacity_share_[damaged.industry] = left;
  }
}

/// Steps 1 to 5 for the sellers of one product, and what their buyers receive.
void DayModel::run_product(std::size_t product) {
  auto& flows = baseline_.flows;
  auto const n = economy_.size();
  bool const reweighted = options_.order_rule == OrderRule::reweighted;
  auto const reachable = reachable_.row(product);
  auto const use = base_use_.row(product);
  auto const orders = orders_.row(product);
  auto const placed = placed_.row(product);
  auto const received = received_.row(product);
  if (reweighted) {
    if (stale_[product]) flows.weighted_sum(product, weight_.data(), reachable.data());
    for (std::size_t f = 0; f < n; ++f) {
      placed[f] = reachable[f] > 0 ? orders[f] * (use[f] / reachable[f]) : 0.0;
    }
  } else {
    std::copy(orders.begin(), orders.end(), placed.begin());
  }
  for (auto row = flows.first(product); row < flows.last(product); ++row) produce(row);
  if (reweighted) {
    // Tomorrow's denominators come with today's deliveries, unless a cut changes them overnight.
    flows.weighted_sums(product, sent_.data(), received.data(), next_weight_.data(),
                        reachable.data());
  } else {
    flows.weighted_sum(product, sent_.data(), received.data());
  }
  check_balance(product);
  for (std::size_t f = 0; f < n; ++f) received[f] = placed[f] * (received[f] / use[f]);
  deliver_final_use(product);
}

/// Steps 1 to 5 for one seller.
void DayModel::produce(std::size_t row) {
  auto const& flows = baseline_.flows;
  auto const f = flows.industry_of(row);
  auto const product = economy_.space().sector_of(IndustryId{f}).index();
  double const base = baseline_.output[f];
  if (base <= 0) return;  // nobody buys from it and it buys nothing: stays at 1
  double const ordered = dot(flows.row(row).data(), placed_.row(product).data(), flows.size());
  demand_[f] = weight_[row] * ordered + final_booked_[row];
  double const capacity = overproduction_[f] * capacity_share_[f] * base;
  double const wanted = std::min(demand_[f], capacity);
  // Nobody orders any more: not short of anything either.
  double const optimal = wanted < vanishing_output * base ? 0.0 : wanted;
  double const allowed = std::min(optimal, limit_[f] * base);
  double const made = allowed < vanishing_output * base ? 0.0 : allowed;
  ration_[row] = demand_[f] > 0 ? made / demand_[f] : 1.0;
  optimal_[f] = optimal / base;
  output_[f] = made / base;
  next_weight_[row] = options_.order_rule == OrderRule::reweighted ? output_[f] : 1.0;
  sent_[row] = weight_[row] * ration_[row];
}

/// Deliveries of one product to the final users of each region.
void DayModel::deliver_final_use(std::size_t product) {
  auto const& flows = baseline_.flows;
  auto const delivered = delivered_.row(product);
  std::fill(delivered.begin(), delivered.end(), 0.0);
  for (auto row = flows.first(product); row < flows.last(product); ++row) {
    auto const booked = booked_.row(row);
    for (std::size_t r = 0; r < delivered.size(); ++r) delivered[r] += booked[r] * ration_[row];
  }
}

/// Steps 6 and 7 for one product: new stocks go into `start_stock_`, which advance() then swaps.
void DayModel::restock(std::size_t product) {
  auto const before = stock_.row(product);
  auto const after = start_stock_.row(product);
  auto const received = received_.row(product);
  auto const orders = orders_.row(product);
  double const days = options_.inventory_days[product];
  if (std::isinf(days)) {
    std::copy(before.begin(), before.end(), after.begin());
    std::copy(output_.begin(), output_.end(), orders.begin());
    return;
  }
  for (std::size_t f = 0; f < after.size(); ++f) {
    double const stock = before[f] + (received[f] - output_[f]);
    LINCHPIN_ASSERT(!(stock < -1e-12 * days));  // use never exceeds the stock of the morning
    after[f] = stock < 0 ? 0 : stock;           // but rounding can, by a digit or so
    double const gap = std::max(0.0, days * optimal_[f] - after[f]);
    orders[f] = gap / options_.tau_inventory_days + output_[f];
  }
}

/// Output that the stocks at the start of the day allow (step 4).
void DayModel::set_limits() {
  std::fill(limit_.begin(), limit_.end(), std::numeric_limits<double>::infinity());
  for (std::size_t p = 0; p < stock_.rows(); ++p) {
    if (std::isinf(options_.inventory_days[p])) continue;
    auto const stock = stock_.row(p);
    double const cover = cover_[p];
    for (std::size_t f = 0; f < stock.size(); ++f) {
      limit_[f] = std::min(limit_[f], stock[f] / cover);
    }
  }
}

std::size_t DayModel::binding_product(std::size_t industry) const noexcept {
  std::size_t binding = 0;
  double least = std::numeric_limits<double>::infinity();
  for (std::size_t p = 0; p < start_stock_.rows(); ++p) {
    if (std::isinf(options_.inventory_days[p])) continue;
    double const limit = start_stock_(p, industry) / cover_[p];
    if (limit < least) {
      least = limit;
      binding = p;
    }
  }
  return binding;
}

/// Step 8.
void DayModel::adapt_overproduction() {
  double const pace = 1 / options_.tau_overproduction_days;
  for (std::size_t f = 0; f < output_.size(); ++f) {
    double const made = output_[f] * baseline_.output[f];
    double const scarcity = demand_[f] > 0 ? (demand_[f] - made) / demand_[f] : 0.0;
    double& alpha = overproduction_[f];
    if (scarcity > least_scarcity) {
      alpha += (options_.overproduction_max - alpha) * scarcity * pace;
    } else {
      alpha += (1 - alpha) * pace;
    }
  }
}

/// In checked builds: what the sellers of a product made is what its buyers and final users get.
void DayModel::check_balance([[maybe_unused]] std::size_t product) const {
#if defined(LINCHPIN_CHECKED)
  auto const& flows = baseline_.flows;
  double base = 0;
  double made = 0;
  double demanded = 0;
  double allocated = 0;
  for (auto row = flows.first(product); row < flows.last(product); ++row) {
    auto const f = flows.industry_of(row);
    base += baseline_.output[f];
    demanded += demand_[f];
    made += demand_[f] > 0 ? output_[f] * baseline_.output[f] : 0.0;
    allocated += final_booked_[row] * ration_[row];
  }
  auto const received = received_.row(product);
  auto const placed = placed_.row(product);
  for (std::size_t f = 0; f < received.size(); ++f) allocated += placed[f] * received[f];
  // Output may fade to numbers too small to keep their digits: measured against the baseline.
  // Numbers that left the finite ones are said by simulate(), with day and industry.
  if (!std::isfinite(demanded + made + allocated)) return;
  LINCHPIN_ASSERT(std::abs(made - allocated) <= 1e-12 * base + 1e-10 * made);
#endif
}

}  // namespace linchpin::disrupt
