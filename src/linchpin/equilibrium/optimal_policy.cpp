// SPDX-License-Identifier: Apache-2.0
#include "linchpin/equilibrium/optimal_policy.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <optional>

#include "linchpin/core/parallel.h"

namespace linchpin::equilibrium {
namespace {

/// Ends this close in value count as one.
constexpr double same_value = 1e-9;

/// Random starts move trade by at most about this in logs, at given costs.
constexpr double widest_start = 2.0;

/// First the given rates, then random ones.
std::vector<double> start_rates(Instruments const& instruments, PolicyOptions const& options,
                                std::vector<double> const& given, std::size_t first,
                                std::size_t last, std::size_t start) {
  auto rates = given;
  if (start == 0) return rates;
  Rng rng{options.seed, start};
  for (auto k = first; k < last; ++k) {
    auto const& instrument = instruments.list()[k];
    // Where a rate stops nearly all trade welfare is flat, and a search would end at once.
    auto const widest = widest_start / instrument.theta;
    auto const within = [&](double rate) {
      return std::clamp(rate, std::log1p(instrument.least), std::log1p(instrument.most));
    };
    auto const least = within(-widest);
    auto const most = within(std::min(widest, std::log1p(options.most_start)));
    rates[k] = least + (most - least) * rng.uniform();
  }
  return rates;
}

Result<void> check_all(TradeBase const& base, TradePolicy const& given, Closure const& closure,
                       PolicyOptions const& options, ErrorList errors) {
  if (auto const checked = check(given, base); !checked) errors.add(checked.error());
  if (auto const checked = check(closure, base); !checked) errors.add(checked.error());
  if (options.starts == 0) {
    errors.add(ErrorCode::bad_value, "no starts", "search options", "ask for at least one");
  }
  if (!errors.empty()) return fail(errors.joined());
  return {};
}

Result<OptimalPolicy> maximise(TradeBase const& base, TradePolicy const& given,
                               Instruments const& instruments, Target const& target,
                               PolicyOptions const& options, Closure const& closure,
                               RunControl const& control) {
  PolicySearch search{base, given, closure, instruments, options, control};
  OptimalPolicy best;
  auto end = best_of_starts(search, instruments, options, instruments.rates_of(given), target, 0,
                            instruments.size(), best.report, control);
  if (!end) return fail(end.error());
  // What the given policy itself is worth; its rates may lie outside the bounds.
  auto const before = solve(base, given, closure, options.solve, nullptr, control);
  if (!before) return fail(before.error());
  best.gain = end->value;
  for (auto const& [region, weight] : target) {
    best.gain -= weight * log_welfare(base, *before, region);
  }
  best.rates = chosen_rates(instruments, end->trial.rates, end->slopes);
  best.policy = std::move(end->trial.policy);
  best.found = std::move(end->trial.found);
  for (std::size_t n = 0; n < base.grid.regions; ++n) {
    best.log_welfare.push_back(log_welfare(base, best.found, n));
  }
  return best;
}

}  // namespace

double free_slope(Instruments const& instruments, std::vector<double> const& rates,
                  std::vector<double> const& slopes, std::size_t first, std::size_t last) {
  double largest = 0;
  for (auto k = first; k < last; ++k) {
    auto const& instrument = instruments.list()[k];
    auto const stopped = slopes[k] > 0 ? rates[k] >= std::log1p(instrument.most)
                                       : rates[k] <= std::log1p(instrument.least);
    if (!stopped) largest = std::max(largest, std::abs(slopes[k]));
  }
  return largest;
}

std::vector<ChosenRate> chosen_rates(Instruments const& instruments,
                                     std::vector<double> const& rates,
                                     std::vector<double> const& slopes) {
  LINCHPIN_EXPECTS(rates.size() == instruments.size() && slopes.size() == rates.size());
  std::vector<ChosenRate> chosen;
  for (std::size_t k = 0; k < rates.size(); ++k) {
    auto const& instrument = instruments.list()[k];
    auto const at_bound =
        rates[k] <= std::log1p(instrument.least) || rates[k] >= std::log1p(instrument.most);
    chosen.push_back({instrument, std::expm1(rates[k]), slopes[k], at_bound});
  }
  return chosen;
}

Result<SearchEnd> best_of_starts(PolicySearch const& prototype, Instruments const& instruments,
                                 PolicyOptions const& options, std::vector<double> const& rates,
                                 Target const& target, std::size_t first, std::size_t last,
                                 SearchReport& report, RunControl const& control) {
  struct End {
    std::optional<SearchEnd> found;
    std::optional<Error> error;
    std::size_t evaluations = 0, gradients = 0;
  };
  std::vector<End> ends(options.starts);
  auto const ran = parallel_for(options.starts, control, "starts", [&](std::size_t start) {
    auto search = prototype;
    auto& end = ends[start];
    auto const begin = start_rates(instruments, options, rates, first, last, start);
    auto found = search.climb(begin, target, first, last, options.tolerance);
    if (found) {
      end.found = std::move(*found);
    } else {
      end.error = found.error();
    }
    end.evaluations = search.evaluations() - prototype.evaluations();
    end.gradients = search.gradients() - prototype.gradients();
  });
  if (!ran) return fail(ran.error());

  SearchEnd* best = nullptr;
  for (auto& end : ends) {
    report.evaluations += end.evaluations;
    report.gradients += end.gradients;
    report.starts.push_back(end.found ? StartReport{end.found->value, end.found->gap, false}
                                      : StartReport{0, 0, true});
    if (!end.found) {
      if (end.error->code == ErrorCode::cancelled) return fail(*end.error);
      ++report.failed;
      continue;
    }
    // Among equals the one that meets the first-order conditions best.
    if (best == nullptr || end.found->value > best->value + same_value ||
        (end.found->value > best->value - same_value && end.found->gap < best->gap)) {
      best = &*end.found;
    }
  }
  if (best == nullptr) return fail(*ends.front().error);
  for (auto const& end : ends) {
    if (end.found && std::abs(end.found->value - best->value) <= same_value) ++report.agreed;
  }
  report.gap = best->gap;
  report.slope = free_slope(instruments, best->trial.rates, best->slopes, first, last);
  if (!(best->gap <= options.tolerance)) {
    return fail(ErrorCode::not_converged,
                fmt::format("the best of {} searches ended {:.3g} from first-order conditions "
                            "(largest step of ln(1 + rate); {:.3g} allowed) after {} equilibria",
                            ends.size(), best->gap, options.tolerance, report.evaluations),
                "search for rates", "more starts or evaluations, or narrower bounds");
  }
  return std::move(*best);
}

Result<OptimalPolicy> optimal_policy(TradeBase const& base, TradePolicy const& given,
                                     Player const& player, PolicyOptions const& options,
                                     Closure const& closure, RunControl const& control) {
  ErrorList errors;
  auto const instruments = Instruments::make(base, {player});
  if (!instruments) errors.add(instruments.error());
  if (auto ok = check_all(base, given, closure, options, std::move(errors)); !ok) {
    return fail(ok.error());
  }
  return maximise(base, given, *instruments, {{player.region, 1.0}}, options, closure, control);
}

Result<OptimalPolicy> cooperative_policy(TradeBase const& base, TradePolicy const& given,
                                         std::vector<Player> const& players,
                                         PolicyOptions const& options,
                                         std::vector<double> const& weights, Closure const& closure,
                                         RunControl const& control) {
  ErrorList errors;
  auto const instruments = Instruments::make(base, players);
  if (!instruments) errors.add(instruments.error());
  if (!weights.empty() && weights.size() != players.size()) {
    errors.add(ErrorCode::size_mismatch,
               fmt::format("{} weights for {} players", weights.size(), players.size()), "weights",
               "give one weight per player");
  }
  for (auto const weight : weights) {
    if (weight > 0 && std::isfinite(weight)) continue;
    errors.add(ErrorCode::bad_value, fmt::format("a weight of {:.6g}", weight), "weights",
               "weights must be above 0");
  }
  if (auto ok = check_all(base, given, closure, options, std::move(errors)); !ok) {
    return fail(ok.error());
  }
  Target target;
  double total = 0;
  for (auto const& player : players) total += base.final_spending(player.region);
  for (std::size_t p = 0; p < players.size(); ++p) {
    auto const region = players[p].region;
    target.emplace_back(region, weights.empty() ? base.final_spending(region) / total : weights[p]);
  }
  return maximise(base, given, *instruments, target, options, closure, control);
}

}  // namespace linchpin::equilibrium
