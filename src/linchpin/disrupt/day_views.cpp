// SPDX-License-Identifier: Apache-2.0
// What a gradient asks of the model on its way back.
#include <algorithm>

#include "linchpin/disrupt/day_model.h"
#include "linchpin/disrupt/day_scratch.h"

namespace linchpin::disrupt {

void DayModel::show_day(int day, DenseVector const& weight) {
  LINCHPIN_EXPECTS(lanes_ == 1);
  weight_ = weight;
  begin_day(day);
}

void DayModel::row_sums(std::size_t product, double const* g, double* sum) const {
  static thread_local Scratch scratch;
  scratch.money = g;
  auto const first = baseline_->rows.first(product);
  sum_orders(product, first, baseline_->rows.last(product), scratch);
  std::copy(scratch.sales.begin(), scratch.sales.end(), sum);
}

void DayModel::column_sums(std::size_t product, DenseVector const& weight, double* sum) const {
  static thread_local Scratch scratch;
  weigh(product, weight, sum, scratch);
}

void DayModel::booked_shares(std::size_t row, std::size_t product, double* booked) const {
  std::fill_n(booked, economy_.size(), 1.0);
  for (auto const& band : bands_[product]) {
    for (auto const& [touched, group] : band.touched) {
      if (touched != row - baseline_->rows.first(product)) continue;
      std::fill(booked + band.first, booked + band.last, cuts_.booked(group)[0]);
    }
  }
}

std::vector<DayModel::ActivePair> DayModel::active_pairs() const {
  std::vector<ActivePair> result;
  auto const& pairs = cuts_.final_pairs();
  for (std::size_t k = 0; k < pairs.size(); ++k) {
    if (pair_active_[k] == 0) continue;
    auto const& pair = pairs[k];
    auto const first = baseline_->rows.first(pair.product);
    ActivePair active{pair.product, pair.region, {}, 1};
    for (auto row = first; row < baseline_->rows.last(pair.product); ++row) {
      active.open.push_back(baseline_->final_use(row, pair.region));
    }
    for (auto const& link : pair.links)
      active.open[link.row - first] *= cuts_.booked(link.group)[0];
    if (!wanted_.empty()) {
      active.wanted = wanted_[pair.product * base_delivered_.columns() + pair.region];
    }
    result.push_back(std::move(active));
  }
  return result;
}

}  // namespace linchpin::disrupt
