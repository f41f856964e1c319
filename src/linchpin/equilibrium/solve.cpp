// SPDX-License-Identifier: Apache-2.0
#include "linchpin/equilibrium/solve.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "linchpin/equilibrium/search.h"

namespace linchpin::equilibrium {
namespace {

constexpr double shortest_move = 1e-4;  ///< along the path

Error lost(std::vector<std::string> const& goods) {
  std::string list;
  constexpr std::size_t most = 12;
  for (std::size_t k = 0; k < std::min(most, goods.size()); ++k) {
    list += (k > 0 ? ", " : "") + goods[k];
  }
  if (goods.size() > most) list += fmt::format(" and {} more", goods.size() - most);
  return Error{
      ErrorCode::bad_value,
      fmt::format("essential input lost: {} {} no seller left, and final users cannot do "
                  "without what depends on {}",
                  list, goods.size() == 1 ? "has" : "have", goods.size() == 1 ? "it" : "them"),
      "bans",
      "leave an exemption, let a maker at home step in (an entrant's cost multiple), "
      "or ask `disrupt` what happens before prices adjust"};
}

Error one_way(TradeParts const& parts) {
  std::string list;
  constexpr std::size_t most = 6;
  for (std::size_t k = 0; k < std::min(most, parts.one_way.size()); ++k) {
    list += (k > 0 ? ", " : "") + parts.one_way[k];
  }
  return Error{ErrorCode::bad_value,
               fmt::format("bans leave trade that flows one way only ({}{}); no wages balance it",
                           list, parts.one_way.size() > most ? ", …" : ""),
               "bans", "ban that way too, or leave a part of the way back open"};
}

/// A part that sells abroad without buying, or whose transfers come from another part.
Result<void> balanced(TradeSystem const& system) {
  auto const& parts = system.parts();
  auto const& deficits = system.base().deficit;
  auto const none = system.policy().deficits == DeficitRule::zero ||
                    std::all_of(deficits.begin(), deficits.end(), [&](double deficit) {
                      return std::abs(deficit) <= 1e-9 * system.base().world_income();
                    });
  if (!parts.one_way.empty() && none) return fail(one_way(parts));
  if (parts.count == 1 || system.policy().deficits == DeficitRule::zero) return {};
  std::vector<double> transfers(parts.count, 0.0);
  for (std::size_t n = 0; n < parts.of.size(); ++n) {
    transfers[parts.of[n]] += system.base().deficit[n];
  }
  for (std::size_t n = 0; n < parts.of.size(); ++n) {
    if (std::abs(transfers[parts.of[n]]) <= 1e-9 * system.base().factor_income[n]) continue;
    return fail(ErrorCode::bad_value,
                fmt::format("bans split the world, and the part of {} has a trade deficit with the "
                            "rest that nothing can pay for",
                            system.base().regions[n]),
                "deficits", "start from a zero-deficit base");
  }
  return {};
}

/// True if costs feed on themselves: from the wages of the base, prices rise (or, where inputs are
/// substitutes, fall) without end. If they do at these wages, they do at any.
bool unproductive(TradeSystem& system) {
  constexpr double without_end = 300;  // of a log
  auto state = system.start();
  system.take_outer(state.outer);
  DenseVector next = state.log_price;
  constexpr std::size_t sweeps = 4000;
  for (std::size_t k = 0; k < sweeps; ++k) {
    system.price_sweep(state.log_price, next);
    std::swap(state.log_price, next);
    for (auto const price : state.log_price) {
      if (!(std::abs(price) < without_end)) return true;
    }
  }
  return false;
}

Error no_prices() {
  return Error{ErrorCode::bad_value,
               "no finite prices: under this policy the cost of some good, as an input of its own "
               "inputs, feeds on itself without end",
               "productivity, trade costs and bans",
               "a smaller loss of productivity, or nests in which materials can be replaced"};
}

Error stuck(SolverReport const& report) {
  std::string history;
  auto const count = report.history.size();
  for (std::size_t k = count > 6 ? count - 6 : 0; k < count; ++k) {
    history += fmt::format("{}{:.3g}", history.empty() ? "" : ", ", report.history[k]);
  }
  return Error{ErrorCode::not_converged,
               fmt::format("no equilibrium found in {} steps on {} points of the path; excess "
                           "demand over income at the end: {}",
                           report.iterations, report.path_points, history),
               "solver", "a smaller shock, or other elasticities"};
}

Equilibrium packed(TradeSystem& system, TradeState state, SolverReport report) {
  Equilibrium found;
  auto const& grid = system.base().grid;
  found.employment.assign(grid.regions, 1.0);
  if (system.mobile_factors() > 0) {
    for (std::size_t n = 0; n < grid.regions; ++n) {
      found.employment[n] = std::exp(state.outer[n] - system.numbers().log_wage[n]);
    }
  }
  found.numbers = system.numbers();
  found.state = std::move(state);
  found.report = std::move(report);
  return found;
}

}  // namespace

Result<Equilibrium> solve(TradeBase const& base, TradePolicy const& policy, Closure const& closure,
                          SolveOptions const& options, TradeState const* from,
                          RunControl const& control) {
  ErrorList errors;
  if (auto const checked = check(policy, base); !checked) errors.add(checked.error());
  if (auto const checked = check(closure, base); !checked) errors.add(checked.error());
  if (!errors.empty()) return fail(errors.joined());

  SolverReport report;
  TradeSystem system{base, policy, closure};
  if (!system.lost_goods().empty()) return fail(lost(system.lost_goods()));
  if (auto const possible = balanced(system); !possible) return fail(possible.error());
  {
    auto state = system.start();
    if (from != nullptr && from->outer.size() == state.outer.size() &&
        from->spending.size() == state.spending.size()) {
      state = *from;
    }
    Derivatives derivatives;
    if (Search{system, options, report, derivatives}.run(state)) {
      return packed(system, std::move(state), std::move(report));
    }
  }
  auto const reason = [&] {
    if (unproductive(system)) return fail(no_prices());
    return fail(system.parts().one_way.empty() ? stuck(report) : one_way(system.parts()));
  };
  if (!options.follow_path) return reason();

  // Along the path from the base: longer moves after successes, shorter ones after failures.
  auto state = system.start();
  double done = 0;
  double move = 0.25;
  while (report.path_points < options.most_points) {
    if (control.cancel.cancelled()) {
      return fail(ErrorCode::cancelled, "stopped on request", "solver", "");
    }
    auto const target = std::min(1.0, done + move);
    auto const last = target >= 1.0;
    auto const partial = last ? policy : part_of(policy, base, target);
    TradeSystem there{base, partial, closure};
    auto trial = state;
    ++report.path_points;
    // On the way a rough point is good enough to go on from.
    auto way = options;
    if (!last) way.tolerance = std::max(options.tolerance, 1e-6);
    Derivatives derivatives;
    if (Search{there, way, report, derivatives}.run(trial)) {
      if (last) return packed(there, std::move(trial), std::move(report));
      state = std::move(trial);
      done = target;
      move *= 1.7;
    } else {
      move *= 0.4;
      if (move < shortest_move) break;
    }
  }
  return reason();
}

Result<TradeBase> consistent_base(TradeBase const& base, DeficitRule rule) {
  TradePolicy policy;
  policy.deficits = rule;
  // More exactly than counterfactuals are solved, so that no shock is the identity; where rounding
  // does not allow it, as exactly as they are.
  auto found = solve(base, policy, {}, {.tolerance = 1e-12, .follow_path = false});
  if (!found) found = solve(base, policy);
  if (!found) return fail(found.error());
  auto const& grid = base.grid;
  auto const& now = found->numbers;
  TradeBase fresh = base;
  fresh.share = now.share;
  // Shares of goods nobody has stay as they were; padding stays zero.
  fresh.expenditure = found->state.spending;
  std::fill(fresh.output.begin(), fresh.output.end(), 0.0);
  for (std::size_t j = 0; j < grid.sectors; ++j) {
    for (std::size_t n = 0; n < grid.regions; ++n) {
      fresh.output[grid.good(j, n)] = now.output[grid.good(j, n)];
    }
  }
  for (std::size_t n = 0; n < grid.regions; ++n) {
    fresh.factor_income[n] = now.factor_income[n];
    fresh.deficit[n] = now.deficit[n];
  }
  fresh.inconsistency = 0;
  return fresh;
}

}  // namespace linchpin::equilibrium
