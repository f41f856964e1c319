// SPDX-License-Identifier: Apache-2.0
#include "linchpin/localize/adoption.h"

#include <fmt/format.h>

#include <algorithm>
#include <boost/math/special_functions/beta.hpp>
#include <cmath>
#include <limits>

#include "linchpin/core/contracts.h"
#include "linchpin/localize/number_check.h"

namespace linchpin::localize {
namespace {

double utility(Choice const& choice, Offer const& offer) {
  auto const price = offer.foreign ? offer.price * (1 + choice.fear) : offer.price;
  auto const quality = std::min(offer.quality / choice.enough, 1.0);
  auto const discouraged = offer.foreign ? choice.discouragement : 0;
  return -choice.price_coefficient * std::log(price) + choice.quality_coefficient * quality -
         discouraged + offer.appeal;
}

/// Users of one kind: what they may buy, and how many they are.
struct Segment {
  std::vector<bool> allowed;
  double mass = 0;
};

class Market {
 public:
  Market(Choice const& choice, std::span<Offer const> offers) : choice_(choice), offers_(offers) {
    for (auto const& each : offers) utilities_.push_back(utility(choice, each));
    adoption_.shares.assign(offers.size(), 0);
  }

  /// All users who can get the offers with access above `access`, `mass` of them.
  void serve(double access, double mass) {
    auto const segments = by_threshold(access);
    for (auto const& segment : segments) {
      auto const free = mass * segment.mass * (1 - choice_.mandate);
      auto const bound = mass * segment.mass * choice_.mandate;
      give(segment.allowed, free);
      if (bound > 0) give(allowed_by_mandate(segment.allowed), bound);
    }
  }

  Adoption finish() && {
    for (std::size_t k = 0; k < offers_.size(); ++k) {
      (offers_[k].foreign ? adoption_.foreign : adoption_.home) += adoption_.shares[k];
    }
    return std::move(adoption_);
  }

 private:
  /// Users by the offers that are good enough for them.
  std::vector<Segment> by_threshold(double access) const {
    std::vector<double> qualities;
    for (auto const& each : offers_) {
      if (each.access > access) qualities.push_back(each.quality);
    }
    std::sort(qualities.begin(), qualities.end());
    qualities.erase(std::unique(qualities.begin(), qualities.end()), qualities.end());
    std::vector<Segment> segments;
    double before = 0;
    for (auto const quality : qualities) {
      auto const upto = choice_.thresholds.addressable(quality);
      segments.push_back({allowed(access, quality), upto - before});
      before = upto;
    }
    segments.push_back({std::vector<bool>(offers_.size(), false), 1 - before});
    return segments;
  }

  std::vector<bool> allowed(double access, double least_quality) const {
    std::vector<bool> result;
    for (auto const& each : offers_) {
      result.push_back(each.access > access && each.quality >= least_quality);
    }
    return result;
  }

  std::vector<bool> allowed_by_mandate(std::vector<bool> const& allowed) const {
    auto result = allowed;
    bool any = false;
    for (std::size_t k = 0; k < offers_.size(); ++k) {
      if (offers_[k].foreign) result[k] = false;
      any = any || result[k];
    }
    return any || choice_.mandate_without_waiver ? result : allowed;
  }

  void give(std::vector<bool> const& allowed, double mass) {
    auto best = -std::numeric_limits<double>::infinity();
    for (std::size_t k = 0; k < offers_.size(); ++k) {
      if (allowed[k]) best = std::max(best, utilities_[k]);
    }
    if (std::isinf(best)) {
      adoption_.unmet += mass;
      return;
    }
    // Relative to the best, so that no power of a large coefficient overflows.
    double sum = 0;
    for (std::size_t k = 0; k < offers_.size(); ++k) {
      if (allowed[k]) sum += std::exp(utilities_[k] - best);
    }
    for (std::size_t k = 0; k < offers_.size(); ++k) {
      if (allowed[k]) adoption_.shares[k] += mass * std::exp(utilities_[k] - best) / sum;
    }
  }

  Choice const& choice_;
  std::span<Offer const> offers_;
  std::vector<double> utilities_;
  Adoption adoption_;
};

}  // namespace

double Thresholds::addressable(double quality) const {
  auto const place = (quality - lowest) / (highest - lowest);
  if (place <= 0) return 0;
  if (place >= 1) return 1;
  return boost::math::ibeta(alpha, beta, place);
}

double Adoption::home_among_served() const {
  auto const served = home + foreign;
  return served > 0 ? home / served : 0;
}

Result<void> check(Choice const& choice, std::span<Offer const> offers, std::string const& where) {
  constexpr double unbounded = std::numeric_limits<double>::infinity();
  NumberCheck numbers(where);
  numbers.between("price_coefficient", choice.price_coefficient, 0, unbounded);
  numbers.between("quality_coefficient", choice.quality_coefficient, 0, unbounded);
  numbers.above("enough", choice.enough, 0);
  // Beyond these shapes the distribution is a single step to more digits than anybody knows.
  numbers.between("thresholds.alpha", choice.thresholds.alpha, 1e-3, 1e6);
  numbers.between("thresholds.beta", choice.thresholds.beta, 1e-3, 1e6);
  if (numbers.between("thresholds.lowest", choice.thresholds.lowest, -1e12, 1e12)) {
    numbers.above("thresholds.highest", choice.thresholds.highest, choice.thresholds.lowest);
  }
  numbers.share("mandate", choice.mandate);
  numbers.between("discouragement", choice.discouragement, 0, unbounded);
  numbers.between("fear", choice.fear, 0, unbounded);
  numbers.require(!offers.empty(), "nobody offers the product", "add an offer");
  for (auto const& each : offers) {
    numbers.above("price", each.price, 0);
    numbers.between("quality", each.quality, 0, unbounded);
    numbers.share("access", each.access);
    numbers.between("appeal", each.appeal, -1e6, 1e6);
  }
  return numbers.result();
}

Adoption adopt(Choice const& choice, std::span<Offer const> offers) {
  LINCHPIN_EXPECTS(check(choice, offers, "adopt").has_value());
  std::vector<double> levels{0, 1};
  for (auto const& each : offers) levels.push_back(each.access);
  std::sort(levels.begin(), levels.end());
  levels.erase(std::unique(levels.begin(), levels.end()), levels.end());
  Market market(choice, offers);
  for (std::size_t k = 0; k + 1 < levels.size(); ++k) {
    market.serve(levels[k], levels[k + 1] - levels[k]);
  }
  return std::move(market).finish();
}

Result<double> calibrated_appeal(Choice const& choice, std::span<Offer const> offers,
                                 std::size_t which, double share) {
  LINCHPIN_EXPECTS(which < offers.size());
  std::vector<Offer> trial{offers.begin(), offers.end()};
  auto const share_at = [&](double appeal) {
    trial[which].appeal = appeal;
    return adopt(choice, trial).shares[which];
  };
  constexpr double widest = 1000;  // e^1000 leaves nothing to the others
  double low = -widest;
  double high = widest;
  auto const least = share_at(low);
  auto const most = share_at(high);
  constexpr double tolerance = 1e-12;
  if (!(share >= least - tolerance && share <= most + tolerance)) {
    return fail(ErrorCode::bad_value, fmt::format("no preference gives a share of {}", share),
                "calibration of adoption",
                fmt::format("the thresholds, access and mandates allow {} to {}", least, most));
  }
  constexpr int most_halvings = 200;
  for (int k = 0; k < most_halvings && high - low > 1e-13; ++k) {
    auto const middle = (low + high) / 2;
    (share_at(middle) < share ? low : high) = middle;
  }
  return (low + high) / 2;
}

double fear_premium(double probability, double loss) { return probability * loss; }

}  // namespace linchpin::localize
