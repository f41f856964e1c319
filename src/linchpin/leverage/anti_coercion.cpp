// SPDX-License-Identifier: Apache-2.0
#include "linchpin/leverage/anti_coercion.h"

#include <fmt/format.h>

#include <Eigen/Dense>
#include <algorithm>
#include <cmath>

#include "linchpin/core/contracts.h"
#include "linchpin/leverage/cost_power.h"

namespace linchpin::leverage {
namespace {

using Eigen::Index;
using Eigen::VectorXd;

constexpr double near_enough = 1e-12;
constexpr std::size_t max_steps = 500;

Result<void> check(SourcingSector const& sector, std::span<Rival const> rivals, double price) {
  ErrorList errors;
  auto const bad = [&](std::string what, std::string where, char const* hint) {
    errors.add(ErrorCode::bad_value, std::move(what), std::move(where), hint);
  };
  if (!std::isfinite(sector.weight) || sector.weight <= 0) {
    // Weights through the network of inputs may be above 1.
    bad(fmt::format("a weight of {}", sector.weight), sector.name, "a finite number above 0");
  }
  if (!std::isfinite(sector.sigma) || sector.sigma <= 1) {
    bad(fmt::format("σ = {}", sector.sigma), sector.name,
        "an elasticity above 1: below, a lost supplier has no finite price");
  }
  double sum = 0;
  for (double const share : sector.shares) sum += share >= 0 ? share : NAN;
  if (!(std::abs(sum - 1) <= 1e-6)) {
    bad("shares below 0 or with a sum that is not 1", sector.name, "divide by their total");
  }
  if (!std::isfinite(price) || price < 0) bad(fmt::format("{}", price), "μ", "0 or above");
  std::vector<char> taken(sector.shares.size(), 0);
  for (Rival const& rival : rivals) {
    if (!std::isfinite(rival.weight) || rival.weight < 0) {
      bad(fmt::format("a weight of {}", rival.weight), rival.name, "0 or above");
    }
    for (std::size_t const supplier : rival.suppliers) {
      if (supplier < taken.size() && taken[supplier]++ == 0) continue;
      bad(fmt::format("supplier {} does not exist or is in two rivals", supplier + 1), rival.name,
          "each supplier at most once");
    }
  }
  if (!errors.empty()) return fail(errors.joined());
  return {};
}

/// Suppliers put together: within a rival (and among all others) nothing but the private shares
/// tells them apart, so a plan keeps their proportions.
struct Groups {
  VectorXd base;   // private shares, > 0
  VectorXd price;  // q × weight/(σ − 1), 0 for those outside rivals
  double sigma;

  /// What all other groups hold, added up: 1 − x would lose the digits of a near-monopoly.
  [[nodiscard]] static double others(VectorXd const& x, Index g) {
    double sum = 0;
    for (Index h = 0; h < x.size(); ++h) sum += h == g ? 0.0 : x(h);
    return sum;
  }

  [[nodiscard]] double value(VectorXd const& x) const {
    double sum = 0, power = 0;
    for (Index g = 0; g < x.size(); ++g) {
      sum += std::pow(base(g), 1 / sigma) * std::pow(x(g), 1 - 1 / sigma);
      if (price(g) > 0) power -= price(g) * std::log(others(x, g));
    }
    return -sigma / (sigma - 1) * std::log(sum) + power;
  }
};

struct Derivatives {
  VectorXd gradient;
  VectorXd cost;          // the part of the gradient from efficiency
  VectorXd diagonal;      // the Hessian is this plus (1 − 1/σ) cost cost'
  double multiplier = 0;  // ν
  double residual = 0;
};

Derivatives derivatives(Groups const& groups, VectorXd const& x) {
  double const s = groups.sigma;
  VectorXd const a = (groups.base.array() / x.array()).pow(1 / s).matrix();
  double const sum = a.dot(x);
  Derivatives d;
  VectorXd const cost = -a / sum;
  // Those outside rivals may hold everything; nothing is divided by what is left of them.
  VectorXd left = VectorXd::Ones(x.size());
  for (Index g = 0; g < x.size(); ++g) {
    if (groups.price(g) > 0) left(g) = Groups::others(x, g);
  }
  VectorXd const power = groups.price.cwiseQuotient(left);
  d.gradient = cost + power;
  d.cost = cost;
  d.diagonal = a.cwiseQuotient(x) / (s * sum) + power.cwiseQuotient(left);
  d.multiplier = -d.gradient.dot(x);
  d.residual = (d.gradient.array() + d.multiplier).abs().maxCoeff() /
               std::max(1.0, power.maxCoeff() + a.maxCoeff() / sum);
  return d;
}

/// H⁻¹ right for H = diagonal + factor cost cost' (Sherman & Morrison): shares of 1e-30 next to
/// shares of 1 leave no digits to a general solver.
VectorXd solved(Derivatives const& d, double factor, VectorXd const& right) {
  VectorXd const plain = right.cwiseQuotient(d.diagonal);
  VectorXd const along = d.cost.cwiseQuotient(d.diagonal);
  return plain - along * (factor * d.cost.dot(plain) / (1 + factor * d.cost.dot(along)));
}

/// The step that solves H s + λ 1 = −gradient with Σ s = 0.
VectorXd newton_step(Derivatives const& d, double factor) {
  VectorXd const one = solved(d, factor, VectorXd::Ones(d.gradient.size()));
  VectorXd const down = solved(d, factor, -d.gradient);
  return down - one * (down.sum() / one.sum());
}

/// Newton's method along Σ x = 1 with steps that stay inside.
Result<VectorXd> minimise(Groups const& groups, std::string const& name, SectorPlan& plan) {
  Index const n = groups.base.size();
  VectorXd x = groups.base;
  for (plan.steps = 0; plan.steps < max_steps; ++plan.steps) {
    Derivatives const d = derivatives(groups, x);
    plan.residual = d.residual;
    if (d.residual <= near_enough) return x;
    VectorXd const step = newton_step(d, 1 - 1 / groups.sigma);
    double length = 1;
    for (Index g = 0; g < n; ++g) {
      if (step(g) < 0) length = std::min(length, -0.9 * x(g) / step(g));
      if (step(g) > 0 && groups.price(g) > 0) {
        length = std::min(length, 0.9 * Groups::others(x, g) / step(g));
      }
    }
    double const before = groups.value(x);
    double const slope = d.gradient.dot(step);
    // What tiny shares do to the value is lost in its rounding: there the full step is the right
    // one.
    double const rounding = 1e-14 * (1 + std::abs(before) + groups.price.maxCoeff());
    while (length > 1e-12 &&
           groups.value(x + length * step) > before + 1e-4 * length * slope + rounding) {
      length /= 2;
    }
    x += length * step;
    x /= x.sum();
  }
  return fail(ErrorCode::not_converged,
              fmt::format("optimality is off by {:.3g} after {} steps", plan.residual, max_steps),
              name, "a smaller price of power");
}

}  // namespace

Result<SectorPlan> planned_sourcing(SourcingSector const& sector, std::span<Rival const> rivals,
                                    double price_of_power) {
  if (auto const checked = check(sector, rivals, price_of_power); !checked) {
    return fail(checked.error());
  }
  std::size_t const count = rivals.size();
  SectorPlan plan;
  plan.shares = sector.shares;
  plan.power.assign(count, 0.0);
  plan.wedge.assign(count, 0.0);
  plan.tariff.assign(count, 0.0);
  plan.captive.assign(count, false);
  std::vector<std::size_t> group_of(sector.shares.size(), count);  // rivals, then all others
  std::vector<double> base(count + 1, 0.0);
  for (std::size_t m = 0; m < count; ++m) {
    for (std::size_t const supplier : rivals[m].suppliers) group_of[supplier] = m;
  }
  for (std::size_t i = 0; i < group_of.size(); ++i) base[group_of[i]] += sector.shares[i];
  for (std::size_t m = 0; m < count; ++m) {
    plan.captive[m] = base[m] > monopoly_share;
    if (plan.captive[m]) return plan;
  }
  std::vector<std::size_t> bought;  // groups with some share: the others have no variety to buy
  for (std::size_t g = 0; g <= count; ++g) {
    if (base[g] > 0) bought.push_back(g);
  }
  auto const n = static_cast<Index>(bought.size());
  Groups groups{VectorXd(n), VectorXd::Zero(n), sector.sigma};
  for (Index g = 0; g < n; ++g) {
    std::size_t const m = bought[static_cast<std::size_t>(g)];
    groups.base(g) = base[m];
    if (m < count) groups.price(g) = price_of_power * rivals[m].weight / (sector.sigma - 1);
  }
  groups.base /= groups.base.sum();
  auto const x = minimise(groups, sector.name, plan);
  if (!x) return fail(x.error());
  double const multiplier = derivatives(groups, *x).multiplier;
  for (Index g = 0; g < n; ++g) {
    std::size_t const m = bought[static_cast<std::size_t>(g)];
    for (std::size_t i = 0; i < group_of.size(); ++i) {
      if (group_of[i] == m) plan.shares[i] = sector.shares[i] / base[m] * (*x)(g);
    }
    if (m == count) continue;
    plan.power[m] = log_price_of_denial((*x)(g), sector.sigma - 1);
    plan.wedge[m] = groups.price(g) > 0 ? groups.price(g) / Groups::others(*x, g) : 0;
    plan.tariff[m] = plan.wedge[m] / multiplier;
  }
  Groups const free{groups.base, VectorXd::Zero(n), sector.sigma};
  plan.efficiency_loss = std::max(0.0, free.value(*x));
  return plan;
}

double optimality_residual(SourcingSector const& sector, std::span<Rival const> rivals,
                           double price_of_power, std::span<double const> shares) {
  LINCHPIN_EXPECTS(shares.size() == sector.shares.size());
  std::size_t const count = shares.size();
  std::vector<double> tax(count, 0.0);
  for (Rival const& rival : rivals) {
    std::vector<char> in(count, 0);
    for (std::size_t const supplier : rival.suppliers) in[supplier] = 1;
    double others = 0;
    for (std::size_t i = 0; i < count; ++i) others += in[i] != 0 ? 0.0 : shares[i];
    for (std::size_t const supplier : rival.suppliers) {
      if (sector.shares[supplier] <= 0) continue;
      tax[supplier] = price_of_power * rival.weight / (sector.sigma - 1) / others;
    }
  }
  double sum = 0, total = 0, multiplier = 0, scale = 1;
  std::vector<double> marginal(count, 0.0);
  for (std::size_t i = 0; i < count; ++i) {
    total += shares[i];
    if (sector.shares[i] <= 0) continue;
    marginal[i] = std::pow(sector.shares[i] / shares[i], 1 / sector.sigma);
    sum += marginal[i] * shares[i];
  }
  for (std::size_t i = 0; i < count; ++i) {
    marginal[i] /= sum;
    multiplier += shares[i] * (marginal[i] - tax[i]);
    scale = std::max(scale, marginal[i] + tax[i]);
  }
  double residual = std::abs(total - 1);
  for (std::size_t i = 0; i < count; ++i) {
    if (sector.shares[i] <= 0) continue;
    residual = std::max(residual, std::abs(marginal[i] - tax[i] - multiplier) / scale);
  }
  return residual;
}

Result<std::vector<FrontierPoint>> efficient_frontier(std::span<SourcingSector const> sectors,
                                                      std::span<Rival const> rivals,
                                                      std::span<double const> mus) {
  std::vector<FrontierPoint> frontier;
  for (double const mu : mus) {
    FrontierPoint point;
    point.mu = mu;
    for (SourcingSector const& sector : sectors) {
      auto plan = planned_sourcing(sector, rivals, mu);
      if (!plan) return fail(plan.error());
      point.efficiency_loss += sector.weight * plan->efficiency_loss;
      point.residual = std::max(point.residual, plan->residual);
      for (std::size_t m = 0; m < rivals.size(); ++m) {
        point.exposure += sector.weight * rivals[m].weight * plan->power[m];
        point.captive += plan->captive[m] ? 1 : 0;
      }
      point.plans.push_back(std::move(*plan));
    }
    frontier.push_back(std::move(point));
  }
  return frontier;
}

Result<FrontierPoint> sourcing_within(std::span<SourcingSector const> sectors,
                                      std::span<Rival const> rivals, double limit) {
  if (!std::isfinite(limit) || limit <= 0) {
    return fail(ErrorCode::bad_value, fmt::format("a limit of {}", limit), "exposure",
                "above 0: nobody buys nothing from a rival for any finite price");
  }
  auto const at = [&](double mu) -> Result<FrontierPoint> {
    double const one[] = {mu};
    auto points = efficient_frontier(sectors, rivals, one);
    if (!points) return fail(points.error());
    return std::move(points->front());
  };
  auto best = at(0);
  if (!best || best->exposure <= limit) return best;
  double low = 0, high = 1e-3;
  for (best = at(high); best && best->exposure > limit; best = at(high)) {
    low = high;
    high *= 4;
    if (high > 1e9) {
      return fail(
          ErrorCode::bad_value,
          fmt::format("an exposure of {} is not reached, only {:.6g}", limit, best->exposure),
          "exposure", "a higher limit");
    }
  }
  for (int half = 0; best && half < 100 && high - low > 1e-14 * high; ++half) {
    double const middle = (low + high) / 2;
    auto point = at(middle);
    if (!point) return point;
    if (point->exposure > limit) {
      low = middle;
    } else {
      high = middle;
      best = std::move(point);
    }
  }
  return best;
}

}  // namespace linchpin::leverage
