// SPDX-License-Identifier: Apache-2.0
#include "linchpin/leverage/equilibrium_power.h"

#include <algorithm>
#include <cmath>
#include <set>
#include <utility>

#include "linchpin/core/parallel.h"
#include "linchpin/equilibrium/trade_system.h"

namespace linchpin::leverage {
namespace {

using equilibrium::Equilibrium;
using equilibrium::TradeBase;
using equilibrium::TradePolicy;

void deny(TradeBase const& base, TradePolicy& policy, std::size_t j, std::size_t importer,
          std::size_t exporter, double kept, bool& any) {
  auto const cell = base.grid.pair(j, importer, exporter);
  if (base.share[cell] <= 0 || base.expenditure[base.grid.good(j, importer)] <= 0) return;
  any = true;
  policy.availability[cell] = kept;
}

}  // namespace

bool essential_input_lost(TradeBase const& base, TradePolicy const& policy,
                          equilibrium::Closure const& closure) {
  return !equilibrium::TradeSystem{base, policy, closure}.lost_goods().empty();
}

double final_spending_loss(TradeBase const& base, Equilibrium const& found, std::size_t region) {
  auto const log_welfare =
      std::log(found.numbers.spending_power[region] / base.final_spending(region)) -
      found.numbers.log_final[region];
  return -std::expm1(log_welfare);
}

Result<EquilibriumPower> equilibrium_power(TradeBase const& base,
                                           std::span<std::size_t const> senders, std::size_t target,
                                           EquilibriumPowerOptions const& options,
                                           RunControl const& control) {
  auto const& grid = base.grid;
  LINCHPIN_EXPECTS(target < grid.regions && !senders.empty());
  EquilibriumPower power;
  power.senders.assign(senders.begin(), senders.end());
  power.target = target;
  power.sender_loss_pct.assign(senders.size(), 0.0);
  power.target_loss_pct = 0;
  power.same = std::find(senders.begin(), senders.end(), target) != senders.end();
  if (power.same) return power;

  TradePolicy policy;
  equilibrium::fill_pairs(policy.availability, grid, 1);
  bool back = false;
  auto const deny_sector = [&](std::size_t j) {
    for (auto const sender : senders) {
      deny(base, policy, j, target, sender, options.kept, power.trade);
      if (options.full_break) deny(base, policy, j, sender, target, options.kept, back);
    }
  };
  if (options.sectors.empty()) {
    for (std::size_t j = 0; j < grid.sectors; ++j) deny_sector(j);
  } else {
    for (auto const j : options.sectors) deny_sector(j);
  }
  power.costless = true;
  if (!power.trade && !back) return power;

  auto const found = equilibrium::solve(base, policy, options.closure, {}, nullptr, control);
  if (!found) {
    if (found.error().code == ErrorCode::cancelled) return fail(found.error());
    // A good without another seller is an answer; other refusals say nothing about losses.
    bool const lost = essential_input_lost(base, policy, options.closure);
    (lost ? power.lost : power.failed) = found.error().what;
    power.target_loss_pct.reset();
    power.sender_loss_pct.clear();
    power.costless = false;
    return power;
  }
  power.target_loss_pct = 100 * final_spending_loss(base, *found, target);
  double largest = 0;
  for (std::size_t k = 0; k < senders.size(); ++k) {
    power.sender_loss_pct[k] = 100 * final_spending_loss(base, *found, senders[k]);
    largest = std::max(largest, power.sender_loss_pct[k]);
  }
  power.costless = largest <= costless_pct;
  if (!power.costless) power.ratio = *power.target_loss_pct / largest;
  return power;
}

Result<std::vector<EquilibriumPower>> all_equilibrium_pairs(TradeBase const& base,
                                                            EquilibriumPowerOptions const& options,
                                                            RunControl const& control) {
  auto const regions = base.grid.regions;
  std::vector<EquilibriumPower> all(regions * regions);
  std::vector<std::optional<Error>> failed(all.size());
  auto const done = parallel_for(all.size(), control, "pairs", [&](std::size_t k) {
    std::size_t const sender = k / regions;
    auto found = equilibrium_power(base, std::span(&sender, 1), k % regions, options, control);
    if (found) {
      all[k] = *std::move(found);
    } else {
      failed[k] = found.error();
    }
  });
  if (!done) return fail(done.error());
  for (auto& error : failed) {
    if (error) return fail(*std::move(error));
  }
  return all;
}

DenialEvaluator equilibrium_evaluator(TradeBase const& base,
                                      std::vector<std::vector<DeniedLink>> links,
                                      std::vector<Candidate> candidates, std::size_t target,
                                      equilibrium::Closure closure) {
  return [&base, links = std::move(links), candidates = std::move(candidates), target,
          closure =
              std::move(closure)](std::span<std::size_t const> members) -> Result<DenialOutcome> {
    TradePolicy policy;
    equilibrium::fill_pairs(policy.availability, base.grid, 1);
    std::set<std::size_t> owners;
    bool any = false;
    for (auto const member : members) {
      for (auto const& link : links[member]) {
        deny(base, policy, link.sector, link.importer, link.exporter, link.kept, any);
      }
      owners.insert(candidates[member].owners.begin(), candidates[member].owners.end());
    }
    DenialOutcome outcome;
    auto const found = equilibrium::solve(base, policy, closure);
    if (!found) {
      if (found.error().code == ErrorCode::cancelled) return fail(found.error());
      outcome.lost = essential_input_lost(base, policy, closure);
      if (!outcome.lost) outcome.failed = found.error().what;
      return outcome;
    }
    outcome.target_loss = final_spending_loss(base, *found, target);
    for (auto const owner : owners) {
      outcome.sender_losses.emplace_back(owner, final_spending_loss(base, *found, owner));
    }
    return outcome;
  };
}

}  // namespace linchpin::leverage
