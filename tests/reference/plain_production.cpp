// SPDX-License-Identifier: Apache-2.0
// What stocks allow, and how capacity comes back: rebuilding and hiring.
#include <algorithm>
#include <cmath>
#include <limits>

#include "reference/plain_model.h"

namespace linchpin::reference {

/// C_p of product p for the sector of f.
double PlainModel::rating(std::size_t p, std::size_t f) const {
  return options_.criticality.empty() ? 1.0 : options_.criticality(p, world_.product(f));
}

/// ℓ_f: output that stocks allow, as a share of the baseline.
double PlainModel::stock_limit(std::size_t f) const {
  using disrupt::Production;
  double least = std::numeric_limits<double>::infinity();
  double stocks = 0, uses = 0;
  for (std::size_t p = 0; p < products_; ++p) {
    double const use = world_.R[p][f];
    double const target = options_.inventory_days[p];
    if (use <= 0 || std::isinf(target)) continue;
    double const days = stock_[p][f] / use;
    double const critical = rating(p, f);
    stocks += stock_[p][f];
    uses += use;
    switch (options_.production) {
      case Production::ario: {
        least = std::min(least, days / std::max(1.0, options_.psi * target));
        break;
      }
      case Production::leontief: least = std::min(least, days); break;
      case Production::strongly_critical: {
        if (critical >= 0.5) least = std::min(least, days);
        break;
      }
      case Production::half_critical: {
        if (critical == 1) least = std::min(least, days);
        if (critical == 0.5) least = std::min(least, 0.5 * (days + 1));
        break;
      }
      case Production::weakly_critical: {
        if (critical == 1) least = std::min(least, days);
        break;
      }
      case Production::linear: break;
    }
  }
  if (options_.production == Production::linear && uses > 0) return stocks / uses;
  return least;
}

/// D ← D (1 − a/τ), a being the share of the loss's orders that was delivered.
void PlainModel::rebuild(PlainDay const& day) {
  for (std::size_t k = 0; k < damage_.size(); ++k) {
    double ordered = 0, delivered = 0;
    for (std::size_t i = 0; i < n_; ++i) {
      if (rebuild_[k][i] <= 0) continue;
      ordered += rebuild_[k][i];
      delivered += rebuild_[k][i] * day.rebuilding_delivered[i] / day.rebuilding_ordered[i];
    }
    if (ordered <= 0) continue;
    double const share = delivered / ordered;
    for (double& each : damage_[k]) each *= 1 - share / scenario_.capital_losses[k].rebuild_days;
  }
}

/// λ += (min(ℓ, d/x(0)) − χ^Cap)/γ
void PlainModel::hire(std::size_t f, double demand, int t) {
  if (!options_.labour.active) return;
  double const lack = std::min(limit_[f], demand) - capacity_[f];
  workers_[f] += lack / (lack > 0 ? options_.labour.hire_days : options_.labour.fire_days);
  workers_[f] = std::clamp(workers_[f], 0.0, events_.workers_left(f, t));
}

}  // namespace linchpin::reference
