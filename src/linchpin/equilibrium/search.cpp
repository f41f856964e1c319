// SPDX-License-Identifier: Apache-2.0
#include "linchpin/equilibrium/search.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace linchpin::equilibrium {
namespace {

constexpr std::size_t depth = 6;
constexpr std::size_t kept_history = 40;
/// A search whose residual has not halved in this many steps gets a new response.
constexpr std::size_t patience = 5;

}  // namespace

bool Search::run(TradeState& state) {
  Anderson anderson{system_.unknowns(), depth};
  std::vector<double> residual;
  std::vector<double> step(system_.unknowns());
  double best = std::numeric_limits<double>::infinity();
  double reference = best;
  std::size_t since = 0;
  std::size_t renewals = 0;
  TradeState best_state = state;
  double accuracy = inner_.first;
  for (std::size_t iteration = 0; iteration < options_.most_steps; ++iteration) {
    auto const gap = evaluate(state, accuracy, residual);
    ++report_.iterations;
    note(gap);
    if (gap <= options_.tolerance) {
      // Inner solutions must be as good as the outer one.
      if (accuracy <= inner_.finest * 1.01) return true;
      accuracy = inner_.finest;
      continue;
    }
    if (!std::isfinite(gap) || gap > 1e3 * best) {
      if (!std::isfinite(best) || ++renewals > 4) return false;
      // Back to the best point, with a shorter way.
      state = best_state;
      limit_ *= 0.3;
      anderson.restart();
      derivatives_.response = {};
      accuracy = std::min(accuracy, 1e-2 * best);
      best = std::numeric_limits<double>::infinity();
      continue;
    }
    if (gap < best) {
      best = gap;
      best_state = state;
    }
    if (gap < 0.3 * reference) {
      reference = gap;
      since = 0;
    } else if (++since >= patience) {
      if (++renewals > 8) return false;
      derivatives_.response = {};
      anderson.restart();
      since = 0;
    }
    if (!derivatives_.response.ready() || derivatives_.slopes != system_.wage_slopes()) {
      // A floor that begins or ends to bind makes another system of it.
      if (derivatives_.response.ready()) anderson.restart();
      derivatives_.response.compute(system_, state.spending, derivatives_.accuracy);
      // Where one was not good enough, the next is better.
      derivatives_.accuracy = std::max(0.1 * derivatives_.accuracy, 1e-8);
      derivatives_.slopes = system_.wage_slopes();
    }
    accuracy = std::clamp(1e-4 * gap, inner_.finest, 1e-4);
    move(state, residual, step, anderson);
  }
  return false;
}

double Search::evaluate(TradeState& state, double accuracy, std::vector<double>& residual) {
  constexpr auto failed = std::numeric_limits<double>::infinity();
  system_.take_outer(state.outer);
  auto const prices = system_.solve_prices(state.log_price, accuracy);
  if (prices == 0) return failed;
  system_.take_shares(state.log_price);
  auto const spending = system_.solve_spending(state.spending, accuracy);
  if (spending == 0) return failed;
  report_.sweeps += prices + spending;
  system_.excess(state.spending, residual);
  return system_.gap(residual);
}

void Search::move(TradeState& state, std::vector<double> const& residual, std::vector<double>& step,
                  Anderson& anderson) {
  auto const first_quota = system_.mobile_unknowns() + system_.specific_unknowns();
  auto const& quotas = system_.policy().quotas;
  derivatives_.response.step(system_, residual, step);
  auto const before = state.outer;
  anderson.step(state.outer.data(), step.data());
  // Mobile incomes keep the direction of their step; a specific factor that falls without end
  // must not hold up the others.
  auto const mobile = system_.mobile_unknowns();
  double largest = 0;
  for (std::size_t k = 0; k < mobile; ++k) {
    largest = std::max(largest, std::abs(state.outer[k] - before[k]));
  }
  for (std::size_t k = 0; k < before.size(); ++k) {
    auto const wanted = state.outer[k] - before[k];
    state.outer[k] =
        before[k] + (k < mobile ? (largest > limit_ ? wanted * limit_ / largest : wanted)
                                : std::clamp(wanted, -limit_, limit_));
  }
  for (std::size_t q = 0; q < quotas.size(); ++q) {
    auto& wedge = state.outer[first_quota + q];
    wedge = std::max(wedge, 0.0);
  }
  for (std::size_t k = 0; k < before.size(); ++k) step[k] = state.outer[k] - before[k];
  auto const spending = state.spending;
  derivatives_.response.predict(system_, step, state.log_price, state.spending);
  // A long step can promise negative spending; then what was known is the better guess.
  for (std::size_t k = 0; k < spending.size(); ++k) {
    if (!(state.spending[k] >= 0)) state.spending[k] = spending[k];
  }
}

void Search::note(double gap) {
  report_.residual = gap;
  report_.history.push_back(gap);
  if (report_.history.size() > kept_history) report_.history.erase(report_.history.begin());
}

}  // namespace linchpin::equilibrium
