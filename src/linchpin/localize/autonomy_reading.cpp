// SPDX-License-Identifier: Apache-2.0
// What is read off autonomy curves.
#include <algorithm>
#include <cmath>

#include "linchpin/core/contracts.h"
#include "linchpin/localize/autonomy.h"

namespace linchpin::localize {

std::vector<CompetitorLoss> competitor_losses(CoupledCase const& technology,
                                              AutonomyCurve const& curve, std::size_t year) {
  LINCHPIN_EXPECTS(year < curve.with.size() && year < curve.without.size());
  auto const& with = curve.with[year];
  auto const& without = curve.without[year];
  auto const& base = technology.base;
  LINCHPIN_EXPECTS(with.real_output.size() == base.grid.goods());
  std::vector<CompetitorLoss> all(base.grid.regions);
  auto const change = [&](std::size_t good) {
    return without.real_output[good] > 0 ? with.real_output[good] / without.real_output[good] - 1
                                         : 0.0;
  };
  for (std::size_t n = 0; n < base.grid.regions; ++n) {
    auto& region = all[n];
    region.real_income = with.welfare_abroad[n] / without.welfare_abroad[n] - 1;
    region.line_output = change(base.grid.good(technology.line, n));
    region.newcomer = with.newcomer[n];
    region.newcomer_without = without.newcomer[n];
    double worst = 0;
    for (std::size_t j = 0; j < base.grid.sectors; ++j) {
      auto const good = base.grid.good(j, n);
      auto const lost = -change(good) * without.real_output[good] * base.output[good];
      if (lost <= worst) continue;
      worst = lost;
      region.hardest_hit = j;
      region.hardest_hit_output = change(good);
    }
  }
  return all;
}

std::optional<std::size_t> manageable_from(std::span<double const> loss, double threshold) {
  auto first = loss.size();
  while (first > 0 && loss[first - 1] < threshold) --first;
  if (first == loss.size()) return std::nullopt;
  return first;
}

char const* to_string(Insurance::Verdict verdict) noexcept {
  switch (verdict) {
    case Insurance::Verdict::pays_without_cut_off:
      return "pays without any cut-off";
    case Insurance::Verdict::pays_above:
      return "pays above";
    case Insurance::Verdict::changes_nothing:
      return "changes nothing";
    case Insurance::Verdict::never:
      break;
  }
  return "never";
}

Insurance insurance_of(AutonomyCurve const& curve, double discount) {
  double premium = 0, weight = 1;
  for (std::size_t t = 0; t < curve.cost.size(); ++t, weight *= discount) {
    premium += weight * curve.cost[t] * curve.without[t].welfare;
  }
  // Of a year's real final use: less is rounding.
  constexpr double nothing = 1e-10;
  double most_saved = 0;
  for (std::size_t t = 0; t < curve.value_with.size(); ++t) {
    most_saved = std::max(most_saved, std::abs(curve.value_without[t] - curve.value_with[t]));
  }
  if (std::abs(premium) < nothing && most_saved < nothing) {
    return {Insurance::Verdict::changes_nothing, std::nullopt};
  }
  if (premium <= 0) return {Insurance::Verdict::pays_without_cut_off, std::nullopt};
  // The first year is τ = 1: a cut-off can come at once, and waits for nobody's plan.
  auto const saved = [&](double hazard) {
    double sum = 0, factor = discount * hazard;
    for (std::size_t t = 0; t < curve.value_with.size(); ++t) {
      sum += factor * (curve.value_without[t] - curve.value_with[t]);
      factor *= discount * (1 - hazard);
    }
    return sum;
  };
  constexpr int steps = 2000;
  double low = 0;
  for (int k = 1; k <= steps; ++k) {
    // Fine where hazards are small.
    double high = std::pow(static_cast<double>(k) / steps, 2);
    if (saved(high) < premium) {
      low = high;
      continue;
    }
    for (int step = 0; step < 60; ++step) {
      auto const middle = (low + high) / 2;
      (saved(middle) < premium ? low : high) = middle;
    }
    return {Insurance::Verdict::pays_above, high};
  }
  return {Insurance::Verdict::never, std::nullopt};
}

double LossTable::at(double home_share) const {
  LINCHPIN_EXPECTS(!share.empty() && share.size() == loss.size());
  auto const after = std::lower_bound(share.begin(), share.end(), home_share);
  if (share.size() == 1 || after == share.end()) return loss.back();
  auto const k = std::max<std::size_t>(static_cast<std::size_t>(after - share.begin()), 1);
  auto const part = (home_share - share[k - 1]) / (share[k] - share[k - 1]);
  return loss[k - 1] + part * (loss[k] - loss[k - 1]);
}

double LossTable::leave_one_out_error() const {
  return share.empty() ? 0 : error_between(share.front(), share.back());
}

double LossTable::error_between(double low, double high) const {
  double worst = 0;
  if (share.size() >= 3 && low < share.front()) {
    auto less = *this;
    while (less.share.size() > 2 && less.share.front() - share.front() < share.front() - low) {
      less.share.erase(less.share.begin());
      less.loss.erase(less.loss.begin());
    }
    worst = std::abs(less.at(share.front()) - loss.front());
  }
  for (std::size_t k = 1; k + 1 < share.size(); ++k) {
    if (share[k + 1] < low || share[k - 1] > high) continue;
    auto less = *this;
    less.share.erase(less.share.begin() + static_cast<std::ptrdiff_t>(k));
    less.loss.erase(less.loss.begin() + static_cast<std::ptrdiff_t>(k));
    worst = std::max(worst, std::abs(less.at(share[k]) - loss[k]));
  }
  return worst;
}

}  // namespace linchpin::localize
