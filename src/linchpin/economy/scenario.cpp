// SPDX-License-Identifier: Apache-2.0
#include "linchpin/economy/scenario.h"

#include <algorithm>
#include <cmath>

namespace linchpin {
namespace {

template <class T>
bool contains(std::vector<T> const& values, T value) {
  return std::find(values.begin(), values.end(), value) != values.end();
}

bool matches(std::vector<IndustryId> const& industries, std::vector<RegionId> const& regions,
             IndustrySpace const& space, IndustryId industry) {
  if (industries.empty() && regions.empty()) return true;
  return contains(industries, industry) || contains(regions, space.region_of(industry));
}

}  // namespace

namespace {

/// Share of an effect that is left when the part `gone` of its recovery has passed.
double left_after(RecoveryCurve curve, double gone) noexcept {
  switch (curve) {
    case RecoveryCurve::linear:
      return 1 - gone;
    case RecoveryCurve::convex:
      return (1 - gone) * (1 - gone);
    case RecoveryCurve::concave:
      return 1 - gone * gone;
    case RecoveryCurve::exponential:
      return std::exp(-5 * gone);
  }
  return 0;
}

}  // namespace

double Course::at(int day) const noexcept {
  if (day < from_day) return 0.0;
  if (to_day >= 0 && day >= to_day) {
    if (recovery_days <= 0 || day - to_day + 1 >= recovery_days) return 0.0;
    double const gone = static_cast<double>(day - to_day + 1) / recovery_days;
    return at(to_day - 1) * left_after(recovery, gone);
  }
  if (ramp_days <= 0) return share;
  return share * std::min(1.0, static_cast<double>(day - from_day + 1) / ramp_days);
}

bool covers(Exemption const& exemption, IndustrySpace const& space, IndustryId seller,
            IndustryId buyer) {
  return matches(exemption.seller_industries, exemption.seller_regions, space, seller) &&
         matches(exemption.buyer_industries, exemption.buyer_regions, space, buyer);
}

bool covers(Exemption const& exemption, IndustrySpace const& space, IndustryId seller,
            RegionId buyer) {
  bool const anyone = exemption.buyer_industries.empty() && exemption.buyer_regions.empty();
  return matches(exemption.seller_industries, exemption.seller_regions, space, seller) &&
         (anyone || contains(exemption.buyer_regions, buyer));
}

}  // namespace linchpin
