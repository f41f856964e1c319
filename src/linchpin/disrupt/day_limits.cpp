// SPDX-License-Identifier: Apache-2.0
// What the stocks of inputs allow an industry to make, by production function.
#include <algorithm>
#include <cmath>
#include <limits>

#include "linchpin/disrupt/day_model.h"

namespace linchpin::disrupt {

/// How a stock of `product` limits industries of `sector`: not at all, half of output, or all of
/// it.
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
    // What can be replaced to a share σ limits output at 1 / (1 − σ) of what its stock allows.
    double const* const cover = numbers_.cover.data() + p * lanes_;
    if (auto const* const swap = substitution_of(p); swap != nullptr) {
      limit_with_substitute(*swap, first, last);
      continue;
    }
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

Substitution const* DayModel::substitution_of(std::size_t product) const noexcept {
  for (auto const& each : options_.substitutions) {
    if (each.product.index() == product) return &each;
  }
  return nullptr;
}

/// What the stock of `product` alone lets industry `f` make; infinite where it does not limit.
double DayModel::allowed_by(std::size_t product, std::size_t f, std::size_t lane) const noexcept {
  auto const kind = need(product, economy_.space().sector_of(IndustryId{f}).index());
  double const stock = stock_(product, f * lanes_ + lane);
  if (kind == Need::none || std::isinf(stock)) return std::numeric_limits<double>::infinity();
  return kind == Need::half ? (stock + 1) / 2 : stock / numbers_.cover[product * lanes_ + lane];
}

/// True if industry `f` buys both products, so that one can stand in for the other.
bool DayModel::can_replace(Substitution const& swap, std::size_t f) const noexcept {
  auto const n = economy_.size();
  return baseline_->bought[swap.product.index() * n + f] &&
         baseline_->bought[swap.by.index() * n + f];
}

void DayModel::limit_with_substitute(Substitution const& swap, std::size_t first,
                                     std::size_t last) {
  auto const product = swap.product.index();
  for (auto f = first; f < last; ++f) {
    double const share = can_replace(swap, f) ? swap.share : 0.0;
    for (std::size_t s = 0; s < lanes_; ++s) {
      double const alone = allowed_by(product, f, s);
      // Replaced at once is at most what the other's stock holds beside its own use.
      double const ratio = baseline_->use(product, f) / baseline_->use(swap.by.index(), f);
      double const other = stock_(swap.by.index(), f * lanes_ + s);
      double most = share < 1 ? alone / (1 - share) : std::numeric_limits<double>::infinity();
      if (share > 0) most = std::min(most, std::max(alone, (other + ratio * alone) / (1 + ratio)));
      double& limit = limit_[f * lanes_ + s];
      limit = std::min(limit, most);
    }
  }
}

/// What was made beyond the stock of a product used its substitute instead: moves that use before
/// stocks are settled.
void DayModel::use_substitutes(std::size_t first, std::size_t last) {
  if (options_.production == Production::linear) return;
  for (auto const& swap : options_.substitutions) {
    for (auto f = first; f < last; ++f) {
      if (!can_replace(swap, f)) continue;
      double const ratio =
          baseline_->use(swap.product.index(), f) / baseline_->use(swap.by.index(), f);
      for (std::size_t s = 0; s < lanes_; ++s) {
        auto const k = f * lanes_ + s;
        double const replaced = output_[k] - allowed_by(swap.product.index(), f, s);
        if (!(replaced > 0)) continue;
        received_(swap.product.index(), k) += replaced;
        received_(swap.by.index(), k) -= replaced * ratio;
      }
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
    auto const* const swap = substitution_of(p);
    if (swap != nullptr && can_replace(*swap, industry)) {
      allowed /= std::max(1e-12, 1 - swap->share);
    }
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
