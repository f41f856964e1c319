// SPDX-License-Identifier: Apache-2.0
#include "linchpin/equilibrium/gradient.h"

#include <cmath>

#include "linchpin/equilibrium/wedges.h"

namespace linchpin::equilibrium {
namespace {

double at(DenseVector const& array, std::size_t place, double otherwise) noexcept {
  return array.empty() ? otherwise : array[place];
}

/// Writes the derivatives of one pair.
class PairGradient {
 public:
  PairGradient(TradeSystem const& system, Adjoint const& adjoint, Gradient& out)
      : system_(system), adjoint_(adjoint), out_(out) {}

  void write(std::size_t j, std::size_t n, std::size_t i) {
    auto const& base = system_.base();
    auto const& policy = system_.policy();
    auto const cell = base.grid.pair(j, n, i);
    auto const theta = base.theta[j];
    auto const by_weight = adjoint_.by_log_weight(j, n, i);
    auto by_cost = -theta * by_weight;
    // A quota is a quantity: at given spending a dearer good is less of it.
    for (std::size_t q = 0; q < policy.quotas.size(); ++q) {
      auto const& quota = policy.quotas[q];
      if (quota.sector == j && quota.importer == n && quota.exporter == i) {
        by_cost += adjoint_.by_log_limit(q);
      }
    }
    auto const kept = system_.wedges().kept[cell];
    auto const exported =
        system_.wedges().export_part.empty() ? 0.0 : system_.wedges().export_part[cell];
    auto const by_kept = kept * adjoint_.by_kept(j, n, i);
    auto const by_exported = adjoint_.by_export_part(j, n, i);
    if (!out_.trade_cost.empty()) out_.trade_cost[cell] = by_cost;
    if (!out_.tariff.empty()) out_.tariff[cell] = by_cost - by_kept - exported * by_exported;
    if (!out_.export_tax.empty()) out_.export_tax[cell] = by_cost - by_kept + kept * by_exported;
    if (!out_.availability.empty()) {
      auto const available = at(policy.availability, cell, 1.0);
      out_.availability[cell] = available > 0
                                    ? by_weight / available
                                    : first_share(cell, j, n, i) * adjoint_.by_share(j, n, i);
    }
    by_quality_ += theta * by_weight;
  }
  [[nodiscard]] double by_quality() const noexcept { return by_quality_; }

 private:
  /// π' per unit of availability of a banned pair.
  [[nodiscard]] double first_share(std::size_t cell, std::size_t j, std::size_t n,
                                   std::size_t i) const {
    auto const& base = system_.base();
    auto const& now = system_.numbers();
    if (base.share[cell] <= 0) return 0;
    auto const theta = base.theta[j];
    auto const log_weight =
        std::log(base.share[cell]) - theta * log_cost(base, system_.policy(), cell) +
        theta * std::log(at(system_.policy().quality, base.grid.good(j, i), 1.0));
    return std::exp(log_weight - theta * (now.log_cost[base.grid.good(j, i)] -
                                          now.log_price[base.grid.industry(n, j)]));
  }

  TradeSystem const& system_;
  Adjoint const& adjoint_;
  Gradient& out_;
  double by_quality_ = 0;
};

}  // namespace

Seeds welfare_seeds(TradeBase const& base, Equilibrium const& found, std::size_t n) {
  Seeds seeds;
  seeds.spending_power.assign(base.grid.region_stride, 0.0);
  seeds.log_final.assign(base.grid.region_stride, 0.0);
  seeds.spending_power[n] = 1 / found.numbers.spending_power[n];
  seeds.log_final[n] = -1;
  return seeds;
}

Result<Gradient> gradient(TradeBase const& base, TradePolicy const& policy, Closure const& closure,
                          Equilibrium const& found, Seeds const& seeds,
                          GradientRequest const& request) {
  if (!policy.routes.empty()) {
    return fail(ErrorCode::bad_value, "a policy with detours has no gradient here", "detours",
                "leave the detours out, or compare two solutions");
  }
  auto const& grid = base.grid;
  TradeSystem system{base, policy, closure};
  system.take_outer(found.state.outer);
  system.take_shares(found.state.log_price);
  std::vector<double> residual;
  system.excess(found.state.spending, residual);
  Adjoint adjoint{system, found.state.spending};
  if (auto const solved = adjoint.solve(seeds); !solved) return fail(solved.error());

  Gradient out;
  out.sweeps = adjoint.sweeps();
  if (request.trade_cost) out.trade_cost.assign(grid.pairs(), 0.0);
  if (request.tariff) out.tariff.assign(grid.pairs(), 0.0);
  if (request.export_tax) out.export_tax.assign(grid.pairs(), 0.0);
  if (request.availability) out.availability.assign(grid.pairs(), 0.0);
  if (request.goods) {
    out.productivity.assign(grid.goods(), 0.0);
    out.quality.assign(grid.goods(), 0.0);
    out.subsidy.assign(grid.goods(), 0.0);
    for (std::size_t q = 0; q < policy.quotas.size(); ++q) {
      out.quota_limit.push_back(adjoint.by_log_limit(q));
    }
  }
  for (std::size_t j = 0; j < grid.sectors; ++j) {
    for (std::size_t i = 0; i < grid.regions; ++i) {
      PairGradient pair{system, adjoint, out};
      for (std::size_t n = 0; n < grid.regions; ++n) pair.write(j, n, i);
      if (!request.goods) continue;
      auto const good = grid.good(j, i);
      out.productivity[good] = -adjoint.by_log_cost(good);
      out.quality[good] = pair.by_quality();
      out.subsidy[good] =
          -adjoint.by_log_cost(good) / (1 - system.subsidy(good)) + adjoint.by_outlay_subsidy(good);
    }
  }
  return out;
}

}  // namespace linchpin::equilibrium
