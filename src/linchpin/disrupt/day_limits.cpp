// SPDX-License-Identifier: Apache-2.0
// What the stocks of inputs allow an industry to make, by production function.
#include <algorithm>
#include <cmath>
#include <limits>

#include "linchpin/disrupt/day_model.h"

namespace linchpin::disrupt {

/// How a stock of `product` limits industries of `sector`: not at all, half of output, or all of it.
DayModel::Need DayModel::need(std::size_t product, std::size_t sector) const noexcept {
  double const rating = options_.criticality.empty() ? 1.0 : options_.criticality(product, sector);
  switch (options_.production) {
    case Production::ario:
    case Production::leontief:
      return Need::all;
    case Production::strongly_critical:
      return rating > 0 ? Need::all : Need::none;
    case Production::half_critical:
      return rating >= 1 ? Need::all : rating > 0 ? Need::half : Need::none;
    case Production::weakly_critical:
      return rating >= 1 ? Need::all : Need::none;
    case Production::linear:
      return Need::none;
  }
  return Need::none;
}

void DayModel::set_limits(std::size_t first, std::size_t last) {
  auto const& space = economy_.space();
  std::fill(limit_.begin() + static_cast<std::ptrdiff_t>(first * lanes_),
            limit_.begin() + static_cast<std::ptrdiff_t>(last * lanes_),
            std::numeric_limits<double>::infinity());
  if (options_.production == Production::linear) {
    set_linear_limits(first, last);
    return;
  }
  bool const alike = options_.production == Production::ario ||
                     options_.production == Production::leontief || options_.criticality.empty();
  for (std::size_t p = 0; p < stock_.rows(); ++p) {
    double const* const cover = numbers_.cover.data() + p * lanes_;
    for (auto from = first; from < last;) {
      auto const kind = need(p, space.sector_of(IndustryId{from}).index());
      auto to = alike ? last : from + 1;
      while (to < last && need(p, space.sector_of(IndustryId{to}).index()) == kind) ++to;
      if (kind != Need::none) {
        lower_limit(to - from, lanes_, kind == Need::half ? Limit::half : Limit::cover, cover,
                    stock_.row(p).data() + from * lanes_, limit_.data() + from * lanes_);
      }
      from = to;
    }
  }
}

/// Inputs replace each other: Σ S / Σ A, over the inputs that are stocked.
void DayModel::set_linear_limits(std::size_t first, std::size_t last) {
  auto const n = economy_.size();
  for (auto f = first; f < last; ++f) {
    for (std::size_t s = 0; s < lanes_; ++s) {
      double held = 0;
      double needed = 0;
      for (std::size_t p = 0; p < stock_.rows(); ++p) {
        double const stock = stock_(p, f * lanes_ + s);
        if (!baseline_->bought[p * n + f] || std::isinf(stock)) continue;
        held += stock * baseline_->use(p, f);
        needed += baseline_->use(p, f);
      }
      if (needed > 0) limit_[f * lanes_ + s] = held / needed;
    }
  }
}

/// Product whose stock of this morning allows the least output; of a single run.
void DayModel::find_binding(std::size_t industry) {
  auto const sector = economy_.space().sector_of(IndustryId{industry}).index();
  double least = std::numeric_limits<double>::infinity();
  for (std::size_t p = 0; p < stock_.rows(); ++p) {
    auto const kind = need(p, sector);
    double allowed = stock_(p, industry) / numbers_.cover[p];
    if (kind == Need::half) allowed = (stock_(p, industry) + 1) / 2;
    // Where inputs replace each other, the one furthest below its target is named.
    if (options_.production == Production::linear) {
      allowed = stock_(p, industry) / std::max(1.0, numbers_.days[p]);
    } else if (kind == Need::none) {
      continue;
    }
    if (allowed < least) {
      least = allowed;
      binding_[industry] = static_cast<std::uint32_t>(p);
    }
  }
}

}  // namespace linchpin::disrupt
