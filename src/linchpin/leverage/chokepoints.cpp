// SPDX-License-Identifier: Apache-2.0
#include "linchpin/leverage/chokepoints.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
#include <numeric>

#include "linchpin/core/contracts.h"
#include "linchpin/leverage/chokepoint_screen.h"
#include "linchpin/leverage/cost_power.h"

namespace linchpin::leverage {
namespace {

using Set = std::vector<std::size_t>;

Result<void> check(Screen const& screen) {
  ErrorList errors;
  std::size_t const groups = screen.theta.size();
  if (screen.weight.size() != groups ||
      (!screen.ceiling.empty() && screen.ceiling.size() != groups)) {
    errors.add(ErrorCode::size_mismatch, "weights for another number of groups", "screen",
               "one weight per group");
  }
  for (Candidate const& candidate : screen.candidates) {
    if (errors.size() >= 20) break;
    bool const fine = candidate.group < groups && candidate.share >= 0 && candidate.share <= 1;
    if (fine) continue;
    errors.add(ErrorCode::bad_value,
               fmt::format("group {} and share {}", candidate.group, candidate.share),
               candidate.label, "a group that exists and a share between 0 and 1");
  }
  auto const bad_weight = [](double w) { return !(w >= 0) || !std::isfinite(w); };
  if (std::any_of(screen.weight.begin(), screen.weight.end(), bad_weight) ||
      std::any_of(screen.ceiling.begin(), screen.ceiling.end(), bad_weight) ||
      std::any_of(screen.theta.begin(), screen.theta.end(), [](double t) { return !(t > 0); })) {
    errors.add(ErrorCode::bad_value, "a weight below 0, or an elasticity that is not above 0",
               "screen", "weights ≥ 0, elasticities > 0, all finite");
  }
  if (!errors.empty()) return fail(errors.joined());
  return {};
}

/// Solves sets in full, each once, and keeps what came of it.
class Ledger {
 public:
  Ledger(Screen const& screen, DenialEvaluator const& full, ChokepointOptions const& options,
         RunControl const& control)
      : screen_(screen), full_(full), options_(options), control_(control) {}

  /// Loss of a set within the limit; none if it is beyond it or no number. False: look at `error`.
  bool solve(Set set, std::optional<double>& loss) {
    std::sort(set.begin(), set.end());
    loss.reset();
    if (auto const known = solved_.find(set); known != solved_.end()) {
      if (known->second) loss = (*known->second).loss;
      return true;
    }
    if (control_.cancel.cancelled()) {
      error = Error{ErrorCode::cancelled, "the search was stopped", "chokepoints", ""};
      return false;
    }
    auto outcome = full_(set);
    ++answer.evaluations;
    if (!outcome) {
      error = outcome.error();
      return false;
    }
    auto& entry = solved_[set];
    if (!outcome->failed.empty()) {
      if (answer.failed++ == 0) answer.first_failure = std::move(outcome->failed);
      return true;
    }
    if (outcome->lost) {
      answer.monopolies.push_back(std::move(set));
      return true;
    }
    for (auto const& [owner, own_loss] : outcome->sender_losses) {
      if (options_.sender_limit && own_loss > *options_.sender_limit) {
        ++answer.over_limit;
        return true;
      }
    }
    entry = ChokepointSet{set, additive_loss(screen_, screen_.weight, set), outcome->target_loss,
                          std::move(outcome->sender_losses)};
    loss = entry->loss;
    if (!best_ || *loss > best_->loss) best_ = *entry;
    return true;
  }

  [[nodiscard]] std::optional<ChokepointSet> const& best() const noexcept { return best_; }

  ChokepointAnswer finish() {
    for (auto& [set, entry] : solved_) {
      if (entry) answer.sets.push_back(std::move(*entry));
    }
    std::stable_sort(answer.sets.begin(), answer.sets.end(),
                     [](auto const& a, auto const& b) { return a.loss > b.loss; });
    if (answer.sets.size() > options_.reported) answer.sets.resize(options_.reported);
    return std::move(answer);
  }

  ChokepointAnswer answer;
  std::optional<Error> error;

 private:
  Screen const& screen_;
  DenialEvaluator const& full_;
  ChokepointOptions const& options_;
  RunControl const& control_;
  std::map<Set, std::optional<ChokepointSet>> solved_;
  std::optional<ChokepointSet> best_;
};

/// Candidates to swap in: the best alone by the screen. Under a limit on senders those who break it
/// alone are passed over, and the others are solved: the sets of the screen may all be beyond it.
bool swap_pool(Screen const& screen, ChokepointOptions const& options, Ledger& ledger, Set& pool) {
  Set order(screen.candidates.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::vector<double> alone;
  for (std::size_t c = 0; c < order.size(); ++c) {
    alone.push_back(additive_loss(screen, screen.weight, std::span(&order[c], 1)));
  }
  std::stable_sort(order.begin(), order.end(),
                   [&](std::size_t a, std::size_t b) { return alone[a] > alone[b]; });
  for (std::size_t const candidate : order) {
    if (pool.size() >= options.swap_candidates) break;
    std::optional<double> loss = 0;
    if (options.sender_limit && !ledger.solve({candidate}, loss)) return false;
    if (loss) pool.push_back(candidate);
  }
  return true;
}

/// The best set with one member replaced (or one added), until that stops helping.
bool improve_by_swaps(Screen const& screen, ChokepointOptions const& options, Ledger& ledger) {
  Set pool;
  if (!swap_pool(screen, options, ledger, pool)) return false;
  double last = -INFINITY;
  while (ledger.best() && ledger.best()->loss > last) {
    Set const base = ledger.best()->members;
    last = ledger.best()->loss;
    for (std::size_t const candidate : pool) {
      if (std::find(base.begin(), base.end(), candidate) != base.end()) continue;
      std::optional<double> loss;
      for (std::size_t out = 0; out < base.size(); ++out) {
        Set set = base;
        set[out] = candidate;
        if (!ledger.solve(std::move(set), loss)) return false;
      }
      if (base.size() >= options.k) continue;
      Set set = base;
      set.push_back(candidate);
      if (!ledger.solve(std::move(set), loss)) return false;
    }
  }
  return true;
}

/// Depth-first branch and bound over the candidates in order: take one or leave it.
class Proof {
 public:
  Proof(Screen const& screen, ChokepointOptions const& options, Ledger& ledger, bool bounded)
      : screen_(screen), options_(options), ledger_(ledger), bounded_(bounded) {
    if (bounded_) {
      order_ = branch_order(screen, options.k);
    } else {
      order_.candidates.resize(screen.candidates.size());
      std::iota(order_.candidates.begin(), order_.candidates.end(), std::size_t{0});
    }
    first_ = ledger.answer.evaluations;
  }

  /// False after an error of the evaluator.
  bool run() { return visit(0); }
  /// Largest bound of a branch nobody looked into; −∞ if none.
  [[nodiscard]] double open() const noexcept { return open_; }

 private:
  [[nodiscard]] double best() const {
    return ledger_.best() ? ledger_.best()->loss : -std::numeric_limits<double>::infinity();
  }

  /// No set that extends `chosen_` by candidates from `position` on loses more.
  [[nodiscard]] double bound(std::size_t position) const {
    if (!bounded_) return std::numeric_limits<double>::infinity();
    std::size_t const left = options_.k - chosen_.size();
    double most = -INFINITY;
    Set set = chosen_;
    std::size_t const end = order_.group_end[position];
    for (std::size_t t = 0; t <= left; ++t) {
      double const here = additive_loss(screen_, screen_.ceiling, set);
      most = std::max(most, here + order_.later[position][left - t]);
      if (position + t >= end) break;
      set.push_back(order_.candidates[position + t]);
    }
    return most;
  }

  bool visit(std::size_t position) {
    if (position >= order_.candidates.size() || chosen_.size() >= options_.k) return true;
    double const most = bound(position);
    // Rounding of the fixed point, not of the bound: a branch that can only tie is dropped.
    if (most <= best() + 1e-12) return true;
    if (ledger_.answer.evaluations - first_ >= options_.proof_evaluations) {
      open_ = std::max(open_, most);
      return true;
    }
    chosen_.push_back(order_.candidates[position]);
    bool fine = true;
    if (!bounded_ || additive_loss(screen_, screen_.ceiling, chosen_) > best()) {
      std::optional<double> loss;
      fine = ledger_.solve(chosen_, loss);
    }
    fine = fine && visit(position + 1);
    chosen_.pop_back();
    return fine && visit(position + 1);
  }

  Screen const& screen_;
  ChokepointOptions const& options_;
  Ledger& ledger_;
  bool bounded_;
  BranchOrder order_;
  std::size_t first_ = 0;
  Set chosen_;
  double open_ = -std::numeric_limits<double>::infinity();
};

/// Number of sets of 1 … k of n, or the limit if it is more.
std::size_t sets_of(std::size_t n, std::size_t k, std::size_t limit) {
  double sum = 0, term = 1;
  for (std::size_t i = 1; i <= std::min(k, n); ++i) {
    term *= static_cast<double>(n - i + 1) / static_cast<double>(i);
    sum += term;
    if (sum > static_cast<double>(limit)) return limit + 1;
  }
  return static_cast<std::size_t>(sum + 0.5);
}

}  // namespace

Result<ChokepointAnswer> find_chokepoints(Screen const& screen, DenialEvaluator const& full,
                                          ChokepointOptions const& options,
                                          RunControl const& control) {
  if (auto const checked = check(screen); !checked) return fail(checked.error());
  Ledger ledger(screen, full, options, control);
  if (screen.candidates.empty() || options.k == 0) {
    ledger.answer.bound = 0;
    ledger.answer.optimal = true;
    return ledger.finish();
  }
  for (Set& set : best_screened(screen, options.k, options.resolved)) {
    std::optional<double> loss;
    if (!ledger.solve(std::move(set), loss)) return fail(*ledger.error);
    control.report("chokepoints", ledger.answer.evaluations, options.resolved);
  }
  for (Set const& set : options.also) {
    LINCHPIN_EXPECTS(set.size() <= options.k);
    std::optional<double> loss;
    if (!ledger.solve(set, loss)) return fail(*ledger.error);
  }
  if (!improve_by_swaps(screen, options, ledger)) return fail(*ledger.error);
  bool const dominates = !screen.ceiling.empty() && options.k <= screen.k_proven;
  std::size_t const all = sets_of(screen.candidates.size(), options.k, options.proof_evaluations);
  if (options.proof_evaluations > 0 && (dominates || all <= options.proof_evaluations)) {
    Proof proof(screen, options, ledger, dominates);
    if (!proof.run()) return fail(*ledger.error);
    double const found = ledger.best() ? ledger.best()->loss : 0;
    ledger.answer.optimal = std::isinf(proof.open()) && proof.open() < 0;
    ledger.answer.bound = std::max(found, proof.open());
    if (ledger.answer.failed > 0) {
      ledger.answer.optimal = false;
      ledger.answer.bound.reset();
    }
  } else if (dominates) {
    ledger.answer.bound = branch_order(screen, options.k).most;
  }
  return ledger.finish();
}

}  // namespace linchpin::leverage
