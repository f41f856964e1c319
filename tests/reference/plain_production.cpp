// SPDX-License-Identifier: Apache-2.0
// What stocks allow, and how capacity comes back: rebuilding and hiring.
#include <algorithm>
#include <cmath>
#include <limits>

#include "reference/plain_model.h"

namespace linchpin::reference {

constexpr double endless = std::numeric_limits<double>::infinity();

/// C_p of product p for the sector of f.
double PlainModel::rating(std::size_t p, std::size_t f) const {
  return options_.criticality.empty() ? 1.0 : options_.criticality(p, world_.product(f));
}

/// χ that the stock of product p lets f make; infinite where it does not bind.
double PlainModel::allowed_by(std::size_t p, std::size_t f) const {
  using disrupt::Production;
  double const target = options_.inventory_days[p];
  if (world_.R[p][f] <= 0 || std::isinf(target)) return endless;
  double const days = stock_[p][f] / world_.R[p][f];
  double const critical = rating(p, f);
  switch (options_.production) {
    case Production::ario:
      return days / std::max(1.0, options_.psi * target);
    case Production::leontief:
      return days;
    case Production::strongly_critical:
      return critical >= 0.5 ? days : endless;
    case Production::half_critical: {
      if (critical == 1) return days;
      return critical == 0.5 ? 0.5 * (days + 1) : endless;
    }
    case Production::weakly_critical:
      return critical == 1 ? days : endless;
    case Production::linear:
      return endless;
  }
  return endless;
}

/// min(a/(1 − σ), max(a, (ω_q + κ a)/(1 + κ))), κ = R_p/R_q, if f buys both.
double PlainModel::with_substitute(std::size_t p, std::size_t f, double alone) const {
  double most = alone;
  for (auto const& swap : options_.substitutions) {
    auto const q = swap.by.index();
    if (swap.product.index() != p || swap.share <= 0 || std::isinf(alone)) continue;
    if (world_.R[p][f] <= 0 || world_.R[q][f] <= 0) continue;
    double const kappa = world_.R[p][f] / world_.R[q][f];
    double const other =
        std::isinf(options_.inventory_days[q]) ? endless : stock_[q][f] / world_.R[q][f];
    most = std::max(alone, (other + kappa * alone) / (1 + kappa));
    if (swap.share < 1) most = std::min(most, alone / (1 - swap.share));
  }
  return most;
}

/// ℓ_f: output that stocks allow, as a share of the baseline.
double PlainModel::stock_limit(std::size_t f) {
  double least = endless;
  double stocks = 0, uses = 0;
  for (std::size_t p = 0; p < products_; ++p) {
    alone_[p][f] = allowed_by(p, f);
    least = std::min(least, with_substitute(p, f, alone_[p][f]));
    if (std::isinf(options_.inventory_days[p])) continue;
    stocks += stock_[p][f];
    uses += world_.R[p][f];
  }
  bool const linear = options_.production == disrupt::Production::linear;
  return linear && uses > 0 ? stocks / uses : least;
}

/// What is used of each product: R χ, but of its substitute for what is made beyond its own stock.
void PlainModel::substitute(PlainDay& day) {
  for (std::size_t f = 0; f < n_; ++f) {
    if (world_.x0[f] <= 0) continue;
    double const made = day.output[f] / world_.x0[f];
    for (std::size_t p = 0; p < products_; ++p) used_[p][f] = world_.R[p][f] * made;
    for (auto const& swap : options_.substitutions) {
      auto const p = swap.product.index();
      if (world_.R[p][f] <= 0 || world_.R[swap.by.index()][f] <= 0) continue;
      double const replaced = world_.R[p][f] * std::max(0.0, made - alone_[p][f]);
      used_[p][f] -= replaced;
      used_[swap.by.index()][f] += replaced;
      day.replaced[f] += replaced;
    }
  }
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
