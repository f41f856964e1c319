// SPDX-License-Identifier: Apache-2.0
// What final users order and get. Baseline orders are one matrix for all lanes; what cuts, shifts
// of demand and households change of it is kept beside, for the pairs they touch.
#include <algorithm>
#include <cmath>

#include "linchpin/disrupt/day_model.h"

namespace linchpin::disrupt {

/// Books final use where a cut is in force, and takes back what was booked when it ended.
void DayModel::book_pairs() {
  auto const& pairs = cuts_.final_pairs();
  for (std::size_t k = 0; k < pairs.size(); ++k) {
    bool const was_active =
        std::any_of(pair_active_.begin() + static_cast<std::ptrdiff_t>(k * lanes_),
                    pair_active_.begin() + static_cast<std::ptrdiff_t>((k + 1) * lanes_),
                    [](char active) { return active != 0; });
    bool active = false;
    for (std::size_t s = 0; s < lanes_; ++s) {
      bool const cut =
          std::any_of(pairs[k].links.begin(), pairs[k].links.end(),
                      [&](auto const& link) { return cuts_.booked(link.group)[s] < 1; });
      pair_active_[k * lanes_ + s] = cut ? 1 : 0;
      active = active || cut;
    }
    // Shares that move slowly go on moving back after the cut.
    if (shares_.active() && was_active) pair_active_[k * lanes_] = 1;
    active = active || (shares_.active() && was_active);
    if (active) book_pair(k);
    if (active || was_active) changed_use_[pairs[k].product] = true;
  }
}

/// The fixed rule loses the cut share; the others split the region's whole use of the product over
/// those who still book, unless orders move slowly: then what the cut stops today is lost today.
void DayModel::book_pair(std::size_t number) {
  auto const& pair = cuts_.final_pairs()[number];
  auto const first = baseline_->rows.first(pair.product);
  auto const last = baseline_->rows.last(pair.product);
  double* const booked = pair_booked_.data() + pair_start_[number] * lanes_;
  for (auto row = first; row < last; ++row) {
    double use = baseline_->final_use(row, pair.region);
    if (shares_.active()) {
      double& kept = pair_share_[pair_start_[number] + row - first];
      if (kept < 0) kept = use;
      use = kept;
    }
    std::fill_n(booked + (row - first) * lanes_, lanes_, use);
  }
  for (auto const& link : pair.links) {
    double const* const share = cuts_.booked(link.group);
    for (std::size_t s = 0; s < lanes_; ++s) booked[(link.row - first) * lanes_ + s] *= share[s];
  }
  if (options_.order_rule == OrderRule::fixed || shares_.active()) return;
  for (std::size_t s = 0; s < lanes_; ++s) {
    double total = 0;
    double reachable = 0;
    for (auto row = first; row < last; ++row) {
      total += baseline_->final_use(row, pair.region);
      reachable += booked[(row - first) * lanes_ + s] * weight_[row * lanes_ + s];
    }
    for (auto row = first; row < last; ++row) {
      double& order = booked[(row - first) * lanes_ + s];
      order = reachable > 0 ? order * weight_[row * lanes_ + s] * (total / reachable) : 0.0;
    }
  }
}

/// Final users who cannot move their orders overnight, in the evening, as industries do: towards
/// what the order rule wants under the cuts of the day, or back where no cut is in force any more.
void DayModel::move_pair(std::size_t number) {
  auto const& pair = cuts_.final_pairs()[number];
  auto const first = baseline_->rows.first(pair.product);
  auto const count = baseline_->rows.last(pair.product) - first;
  double* const kept = pair_share_.data() + pair_start_[number];
  DenseVector wanted(count);
  double total = 0;
  for (std::size_t k = 0; k < count; ++k) {
    wanted[k] = baseline_->final_use(first + k, pair.region);
    total += wanted[k];
  }
  bool const cut = std::any_of(pair.links.begin(), pair.links.end(),
                               [&](auto const& link) { return cuts_.booked(link.group)[0] < 1; });
  if (cut) {
    for (std::size_t k = 0; k < count; ++k) wanted[k] *= next_weight_[first + k];
    for (auto const& link : pair.links) wanted[link.row - first] *= cuts_.booked(link.group)[0];
  }
  double reachable = 0;
  for (double const each : wanted) reachable += each;
  if (reachable <= 0) return;  // nobody to go to: stay
  double far = 0;
  for (std::size_t k = 0; k < count; ++k) {
    wanted[k] *= total / reachable;
    far += 0.5 * std::abs(wanted[k] - kept[k]) / total;
  }
  if (far <= 1e-12) return;  // rounding is no move
  double const step = far > options_.switching_speed ? options_.switching_speed / far : 1.0;
  for (std::size_t k = 0; k < count; ++k) kept[k] += step * (wanted[k] - kept[k]);
}

/// True if what `region` orders of `product` is not the baseline's today.
bool DayModel::changed_order(std::size_t product, std::size_t region,
                             std::size_t lane) const noexcept {
  auto const place = product * base_delivered_.columns() + region;
  if (households_.active()) return true;
  if (!wanted_.empty() && wanted_[place * lanes_ + lane] != 1) return true;
  auto const pair = pair_of_[place];
  return pair > 0 && pair_active_[(pair - 1) * lanes_ + lane] != 0;
}

double DayModel::final_order(std::size_t row, std::size_t product, std::size_t region,
                             std::size_t lane) const noexcept {
  auto const place = product * base_delivered_.columns() + region;
  double order = baseline_->final_use(row, region);
  auto const pair = pair_of_[place];
  if (pair > 0 && pair_active_[(pair - 1) * lanes_ + lane] != 0) {
    auto const in_pair = pair_start_[pair - 1] + row - baseline_->rows.first(product);
    order = pair_booked_[in_pair * lanes_ + lane];
  }
  if (!wanted_.empty()) order *= wanted_[place * lanes_ + lane];
  if (households_.active()) order *= households_.factor(row, region, lane);
  return order;
}

/// What governments order of an order of final users: what households order less for want of income
/// is not theirs.
double DayModel::government_part(std::size_t row, std::size_t region, std::size_t lane,
                                 double order) const noexcept {
  double const factor = households_.active() ? households_.factor(row, region, lane) : 1.0;
  double const share = government_(row, region);
  return factor > 0 ? std::min(order, share * order / factor) : 0.0;
}

/// What the final users of a region get of a seller today, unless clients are served one by one.
double DayModel::final_delivery(std::size_t row, std::size_t product, std::size_t region,
                                std::size_t lane) const noexcept {
  auto const at = row * lanes_ + lane;
  double const order = final_order(row, product, region, lane);
  if (home_first_ && region_of_row(row) == region) return order * ration_home_[at];
  // The same to all where there is enough, so that a baseline keeps its last bit.
  bool const alike = !government_first_ || ration_government_[at] == ration_[at];
  if (alike) return order * ration_[at];
  double const first = government_part(row, region, lane, order);
  return first * ration_government_[at] + (order - first) * ration_[at];
}

void DayModel::sum_final_use(std::size_t product) {
  auto const regions = base_delivered_.columns();
  DenseVector orders(regions);
  for (auto row = baseline_->rows.first(product); row < baseline_->rows.last(product); ++row) {
    auto const home = region_of_row(row);
    for (std::size_t s = 0; s < lanes_; ++s) {
      auto const k = row * lanes_ + s;
      for (std::size_t r = 0; r < regions; ++r) orders[r] = final_order(row, product, r, s);
      final_sum_[k] = ordered_sum(orders.data(), regions);
      final_booked_[k] = rebuilding_.empty() ? final_sum_[k] : final_sum_[k] + rebuilding_[k];
      if (home_first_) home_booked_[k] = orders[home];
      if (!government_first_) continue;
      for (std::size_t r = 0; r < regions; ++r) orders[r] = government_part(row, r, s, orders[r]);
      government_booked_[k] = ordered_sum(orders.data(), regions);
    }
  }
}

/// Deliveries of one product to the final users of each region.
void DayModel::deliver_final_use(std::size_t product) {
  auto const regions = base_delivered_.columns();
  auto const first = baseline_->rows.first(product);
  auto const last = baseline_->rows.last(product);
  auto const delivered = delivered_.row(product);
  std::fill(delivered.begin(), delivered.end(), 0.0);
  bool const by_pair = home_first_ || government_first_;
  if (!by_pair) {
    Rows const uses{baseline_->final_use.data(), regions,
                    std::span(all_rows_).subspan(first, last - first)};
    add_deliveries(uses, 0, regions, lanes_, ration_.data() + first * lanes_, delivered.data(),
                   nullptr, nullptr);
  }
  auto const& served = served_final_[product];
  for (std::size_t r = 0; r < regions; ++r) {
    for (std::size_t s = 0; s < lanes_; ++s) {
      double& sum = delivered[r * lanes_ + s];
      if (by_pair || changed_order(product, r, s)) {
        sum = 0;
        for (auto row = first; row < last; ++row) sum += final_delivery(row, product, r, s);
      }
      if (!served.empty()) sum += served[r * lanes_ + s];
    }
  }
}

}  // namespace linchpin::disrupt
