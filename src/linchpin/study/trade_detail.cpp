// SPDX-License-Identifier: Apache-2.0
#include "linchpin/study/trade_detail.h"

#include <algorithm>
#include <cmath>
#include <optional>
#include <utility>

#include "linchpin/equilibrium/gradient.h"
#include "linchpin/equilibrium/outcome.h"

namespace linchpin::study {
namespace {

using equilibrium::Equilibrium;

/// 100 (e^log - 1); empty where the log is not finite.
std::optional<double> percent_of_log(double log) {
  auto const value = 100 * std::expm1(log);
  return std::isfinite(value) ? std::optional{value} : std::nullopt;
}

void add_sectors(TradeQuestion const& question, Equilibrium const& found,
                 EquilibriumAnswer& answer) {
  auto const& base = question.base;
  auto const& grid = base.grid;
  auto const real = equilibrium::real_output(base, found);
  auto const undercuts = equilibrium::undercuts(base, found);
  for (std::size_t n = 0; n < grid.regions; ++n) {
    for (std::size_t j = 0; j < grid.sectors; ++j) {
      auto const good = grid.good(j, n);
      SectorEffect effect;
      effect.region = base.regions[n];
      effect.sector = base.sectors[j];
      effect.output_before = base.output[good];
      auto const change = 100 * (real[good] - 1);
      if (base.output[good] > 0 && std::isfinite(change)) effect.real_output_pct = change;
      effect.cost_pct = percent_of_log(found.numbers.log_cost[good]);
      effect.price_pct = percent_of_log(found.state.log_price[good]);
      effect.share_abroad_before = undercuts[good].share_before;
      effect.share_abroad_after = undercuts[good].share_after;
      answer.sectors.push_back(std::move(effect));
    }
  }
}

/// The `top` of `list` by size of what `measure` gives; ties by place.
template <class T, class Measure>
void keep_largest(std::vector<T>& list, std::size_t top, Measure const& measure) {
  std::stable_sort(list.begin(), list.end(),
                   [&](T const& a, T const& b) { return measure(a) > measure(b); });
  if (list.size() > top) list.resize(top);
}

}  // namespace

void add_trade_detail(TradeQuestion const& question, Equilibrium const& found, std::size_t top,
                      EquilibriumAnswer& answer) {
  auto const& base = question.base;
  auto const& grid = base.grid;
  add_sectors(question, found, answer);
  for (std::size_t i = 0; i < grid.regions; ++i) {
    for (std::size_t n = 0; n < grid.regions; ++n) {
      if (i == n) continue;
      FlowEffect all{base.regions[i], base.regions[n], {}, 0, 0};
      for (std::size_t j = 0; j < grid.sectors; ++j) {
        auto const flow = equilibrium::flow_at(base, question.scenario.policy, found, j, n, i);
        all.before += flow.before;
        all.after += flow.after;
        answer.top_flows.push_back(
            {base.regions[i], base.regions[n], base.sectors[j], flow.before, flow.after});
      }
      answer.flows.push_back(std::move(all));
    }
  }
  keep_largest(answer.top_flows, top,
               [](FlowEffect const& flow) { return std::abs(flow.after - flow.before); });
}

Result<WelfareGradient> trade_gradient(TradeQuestion const& question, Equilibrium const& found,
                                       RegionId region, std::size_t top) {
  auto const& base = question.base;
  auto const& grid = base.grid;
  auto const gradient = equilibrium::gradient(
      base, question.scenario.policy, question.scenario.closure, found,
      equilibrium::welfare_seeds(base, found, region.index()), {.tariff = true});
  if (!gradient) return fail(gradient.error());
  WelfareGradient result;
  result.region = base.regions[region.index()];
  for (std::size_t j = 0; j < grid.sectors; ++j) {
    double made = 0;
    for (std::size_t i = 0; i < grid.regions; ++i) made += found.numbers.output[grid.good(j, i)];
    for (std::size_t i = 0; i < grid.regions; ++i) {
      auto const good = grid.good(j, i);
      result.productivity.push_back({base.regions[i],
                                     {},
                                     base.sectors[j],
                                     gradient->productivity[good],
                                     made > 0 ? found.numbers.output[good] / made : 0.0});
      for (std::size_t n = 0; n < grid.regions; ++n) {
        if (n == i) continue;
        auto const cell = grid.pair(j, n, i);
        auto const share = found.numbers.share[cell];
        result.trade_cost.push_back(
            {base.regions[i], base.regions[n], base.sectors[j], gradient->trade_cost[cell], share});
        result.tariff.push_back(
            {base.regions[i], base.regions[n], base.sectors[j], gradient->tariff[cell], share});
      }
    }
  }
  auto const size = [](WelfareDerivative const& each) { return std::abs(each.value); };
  keep_largest(result.trade_cost, top, size);
  keep_largest(result.tariff, top, size);
  keep_largest(result.productivity, top, size);
  return result;
}

}  // namespace linchpin::study
