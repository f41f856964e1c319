// SPDX-License-Identifier: Apache-2.0
#include "linchpin/disrupt/transport.h"

#include <algorithm>

namespace linchpin::disrupt {

Transport::Transport(IndustrySpace const& space, ModelOptions const& options, std::size_t lanes)
    : regions_(space.regions()), days_(regions_ * regions_, 0) {
  for (auto const& delay : options.delays) {
    days_[delay.seller.index() * regions_ + delay.buyer.index()] = delay.days;
  }
  values_ = days_;
  std::sort(values_.begin(), values_.end());
  values_.erase(std::unique(values_.begin(), values_.end()), values_.end());
  longest_ = values_.empty() ? 0 : values_.back();
  if (longest_ == 0) return;
  for (int slot = 0; slot <= longest_; ++slot) {
    industry_ring_.emplace_back(space.sectors(), space.size() * lanes);
    final_ring_.emplace_back(space.sectors(), regions_ * lanes);
  }
}

double Transport::bytes(IndustrySpace const& space, int longest, std::size_t lanes) {
  if (longest <= 0) return 0;
  auto const cells =
      static_cast<double>(space.sectors() * (space.size() + space.regions()) * lanes);
  return 8.0 * cells * (longest + 1);
}

}  // namespace linchpin::disrupt
