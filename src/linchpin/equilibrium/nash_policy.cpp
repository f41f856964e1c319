// SPDX-License-Identifier: Apache-2.0
#include "linchpin/equilibrium/nash_policy.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <optional>

namespace linchpin::equilibrium {
namespace {

constexpr auto infinity = std::numeric_limits<double>::infinity();
/// Best responses need not be more exact than `rough` while others still move, nor ever than
/// `finest`.
constexpr double rough = 1e-4;
constexpr double finest = 1e-8;
/// Changes in a round below which the first-order conditions are tried; a tenth of it after each
/// failure.
constexpr double small_change = 0.03;
constexpr std::size_t most_settling = 60;
constexpr std::size_t most_deviations = 3;

class NashSearch {
 public:
  NashSearch(TradeBase const& base, TradePolicy const& given, Closure const& closure,
             std::vector<Player> const& players, Instruments const& instruments,
             NashOptions const& options, RunControl const& control)
      : base_(base),
        players_(players),
        instruments_(instruments),
        options_(options),
        control_(control),
        search_(base, given, closure, instruments, options.search, control),
        rates_(instruments.rates_of(given)) {}

  Result<NashPolicy> run() {
    for (std::size_t attempt = 0; attempt <= most_deviations; ++attempt) {
      if (auto const reached = respond(); !reached) return fail(reached.error());
      auto deviates = certify();
      if (!deviates) return fail(deviates.error());
      if (!*deviates) return finish();
    }
    auto const worst = std::max_element(out_.gains.begin(), out_.gains.end());
    auto const player = static_cast<std::size_t>(worst - out_.gains.begin());
    return fail(ErrorCode::not_converged,
                fmt::format("first-order conditions hold, but {} gains {:.3g} of ln welfare by "
                            "another policy",
                            base_.regions[players_[player].region], *worst),
                "Nash equilibrium", "narrower bounds, or another policy to start from");
  }

 private:
  [[nodiscard]] Target target_of(std::size_t player) const {
    return {{players_[player].region, 1.0}};
  }

  /// Rounds of best responses until all first-order conditions hold together.
  Result<void> respond() {
    auto threshold = small_change;
    auto part = options_.damping;
    auto last_change = infinity;
    for (std::size_t round = 0; round < options_.most_rounds; ++round) {
      // Best responses ten times as exact as they still move.
      auto const change = one_round(part, std::clamp(0.1 * last_change, finest, rough));
      if (!change) return fail(change.error());
      ++out_.rounds;
      out_.history.push_back(*change);
      if (*change > 0.9 * last_change) part = std::max(0.2, 0.7 * part);
      last_change = *change;
      if (*change > threshold) continue;
      auto const settled = settle();
      if (!settled) return fail(settled.error());
      if (*settled) return {};
      threshold *= 0.1;
    }
    std::string changes;
    for (auto k = out_.history.size() > 6 ? out_.history.size() - 6 : 0; k < out_.history.size();
         ++k) {
      changes += fmt::format("{}{:.3g}", changes.empty() ? "" : ", ", out_.history[k]);
    }
    return fail(ErrorCode::not_converged,
                fmt::format("best responses do not come to rest in {} rounds; changes of "
                            "ln(1 + rate) at the end: {}",
                            out_.rounds, changes),
                "Nash equilibrium", "stronger damping, narrower bounds, or fewer players");
  }

  Result<double> one_round(double part, double tolerance) {
    double largest = 0;
    for (std::size_t p = 0; p < players_.size(); ++p) {
      auto const first = instruments_.first(p);
      auto const last = instruments_.last(p);
      auto const end = search_.climb(rates_, target_of(p), first, last, tolerance);
      if (!end) return fail(end.error());
      for (auto k = first; k < last; ++k) {
        auto const way = end->trial.rates[k] - rates_[k];
        largest = std::max(largest, std::abs(way));
        rates_[k] += part * way;
      }
      control_.report("best responses", p + 1, players_.size());
    }
    instruments_.clamp(rates_);
    return largest;
  }

  /// Slopes and curvatures of everyone's own welfare.
  Result<Incline> own_incline(Trial const& trial) {
    Incline own;
    for (std::size_t p = 0; p < players_.size(); ++p) {
      auto const all = search_.incline(trial, target_of(p));
      if (!all) return fail(all.error());
      for (auto k = instruments_.first(p); k < instruments_.last(p); ++k) {
        own.slopes.push_back(all->slopes[k]);
        own.curvatures.push_back(all->curvatures[k]);
      }
    }
    return own;
  }

  /// True: the first-order conditions of all players hold at `rates_`.
  Result<bool> settle() {
    auto rates = rates_;
    auto const gap = search_.settle(rates, 0, instruments_.size(), 0.5 * options_.search.tolerance,
                                    most_settling, [&](auto const& now) -> Result<Incline> {
                                      auto const trial = search_.at(now);
                                      if (!trial) return fail(trial.error());
                                      return own_incline(*trial);
                                    });
    if (!gap) {
      // A policy without an equilibrium on the way: best responses go on.
      if (gap.error().code == ErrorCode::cancelled) return fail(gap.error());
      search_.start_from({});
      return false;
    }
    if (!(*gap <= options_.search.tolerance)) return false;
    rates_ = std::move(rates);
    return true;
  }

  /// Looks for a deviation that pays; the best one is adopted. \return whether there is one
  Result<bool> certify() {
    auto trial = search_.at(rates_);
    if (!trial) return fail(trial.error());
    trial_ = std::move(*trial);
    out_.gains.clear();
    out_.check = {};
    std::optional<std::vector<double>> deviation;
    auto most = options_.most_gain;
    for (std::size_t p = 0; p < players_.size(); ++p) {
      auto const target = target_of(p);
      SearchReport report;
      auto const end =
          best_of_starts(search_, instruments_, options_.search, rates_, target,
                         instruments_.first(p), instruments_.last(p), report, control_);
      out_.evaluations += report.evaluations;
      out_.check.evaluations += report.evaluations;
      out_.check.gradients += report.gradients;
      out_.check.starts.insert(out_.check.starts.end(), report.starts.begin(), report.starts.end());
      out_.check.agreed += report.agreed;
      out_.check.failed += report.failed;
      if (!end) return fail(end.error());
      out_.check.gap = std::max(out_.check.gap, report.gap);
      out_.check.slope = std::max(out_.check.slope, report.slope);
      auto const gain = end->value - search_.value(trial_, target);
      out_.gains.push_back(gain);
      if (gain <= most) continue;
      most = gain;
      deviation = end->trial.rates;
    }
    if (!deviation) return false;
    rates_ = std::move(*deviation);
    return true;
  }

  Result<NashPolicy> finish() {
    auto const incline = own_incline(trial_);
    if (!incline) return fail(incline.error());
    out_.gap = search_.gap(rates_, *incline, 0, instruments_.size());
    out_.rates = chosen_rates(instruments_, rates_, incline->slopes);
    out_.slope = free_slope(instruments_, rates_, incline->slopes, 0, instruments_.size());
    for (std::size_t n = 0; n < base_.grid.regions; ++n) {
      out_.log_welfare.push_back(log_welfare(base_, trial_.found, n));
    }
    out_.evaluations += search_.evaluations();
    out_.policy = std::move(trial_.policy);
    out_.found = std::move(trial_.found);
    return std::move(out_);
  }

  TradeBase const& base_;
  std::vector<Player> const& players_;
  Instruments const& instruments_;
  NashOptions const& options_;
  RunControl const& control_;
  PolicySearch search_;
  std::vector<double> rates_;
  Trial trial_;
  NashPolicy out_;
};

}  // namespace

Result<NashPolicy> nash_policy(TradeBase const& base, TradePolicy const& given,
                               std::vector<Player> const& players, NashOptions const& options,
                               Closure const& closure, RunControl const& control) {
  ErrorList errors;
  auto const instruments = Instruments::make(base, players);
  if (!instruments) errors.add(instruments.error());
  if (auto const checked = check(given, base); !checked) errors.add(checked.error());
  if (auto const checked = check(closure, base); !checked) errors.add(checked.error());
  if (!(options.damping > 0 && options.damping <= 1)) {
    errors.add(ErrorCode::bad_value, fmt::format("a damping of {:.6g}", options.damping),
               "search options", "choose a part of the way above 0, at most 1");
  }
  if (options.search.starts == 0 || options.most_rounds == 0) {
    errors.add(ErrorCode::bad_value, "no starts or no rounds", "search options",
               "ask for at least one of each");
  }
  if (!errors.empty()) return fail(errors.joined());
  return NashSearch{base, given, closure, players, *instruments, options, control}.run();
}

}  // namespace linchpin::equilibrium
