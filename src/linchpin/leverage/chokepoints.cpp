// SPDX-License-Identifier: Apache-2.0
#include "linchpin/leverage/chokepoints.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
#include <numeric>
#include <span>

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
      (!screen.ceiling.empty() && screen.ceiling.size() != groups) ||
      (!screen.most.empty() && screen.most.size() != groups)) {
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
      if (!known->second) return true;
      loss = known->second->loss;
      keep_best(*known->second);
      return true;
    }
    if (is_lost(set)) return true;
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
      solved_.erase(set);
      std::erase_if(answer.monopolies, [&](Set const& known) { return contains(known, set); });
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
    keep_best(*entry);
    return true;
  }

  /// The set is known to be lost: it contains one that is.
  [[nodiscard]] bool is_lost(Set const& sorted) const {
    return std::any_of(answer.monopolies.begin(), answer.monopolies.end(),
                       [&](Set const& lost) { return contains(sorted, lost); });
  }

  /// Best set met since `forget_best`.
  [[nodiscard]] std::optional<ChokepointSet> const& best() const noexcept { return best_; }
  void forget_best() noexcept { best_.reset(); }
  void keep_best(ChokepointSet const& set) {
    if (!best_ || set.loss > best_->loss) best_ = set;
  }
  /// Sets that a search within bounds passes over were met: more candidates may find less.
  [[nodiscard]] bool passed_over() const noexcept {
    return answer.over_limit > 0 || answer.failed > 0 || !answer.monopolies.empty();
  }

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
  static bool contains(Set const& sorted, Set const& part) {
    return std::includes(sorted.begin(), sorted.end(), part.begin(), part.end());
  }

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
    if (ledger.is_lost({candidate})) continue;
    if (options.sender_limit && !ledger.solve({candidate}, loss)) return false;
    if (loss) pool.push_back(candidate);
  }
  return true;
}

/// The best set with one member replaced (or one added), until that stops helping; without any set
/// so far from the single candidates on.
bool improve_by_swaps(Screen const& screen, ChokepointOptions const& options, Ledger& ledger) {
  Set pool;
  if (!swap_pool(screen, options, ledger, pool)) return false;
  bool better = true;
  while (better) {
    Set const base = ledger.best() ? ledger.best()->members : Set{};
    double const last = ledger.best() ? ledger.best()->loss : -INFINITY;
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
    better = ledger.best() && ledger.best()->loss > last;
  }
  return true;
}

/// Depth-first branch and bound over the candidates in order: take one or leave it.
class Proof {
 public:
  Proof(Screen const& screen, ChokepointOptions const& options, Ledger& ledger, bool bounded,
        std::span<double const> most)
      : screen_(screen), options_(options), ledger_(ledger), bounded_(bounded), most_(most) {
    if (bounded_) {
      order_ = branch_order(screen, options.k, most);
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
  /// No set with these members has a loss that is a number.
  [[nodiscard]] bool lost() const {
    if (ledger_.answer.monopolies.empty()) return false;
    Set sorted = chosen_;
    std::sort(sorted.begin(), sorted.end());
    return ledger_.is_lost(sorted);
  }

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
      double const here = additive_loss(screen_, screen_.ceiling, set, most_);
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
    if (!bounded_ || additive_loss(screen_, screen_.ceiling, chosen_, most_) > best()) {
      std::optional<double> loss;
      fine = ledger_.solve(chosen_, loss);
    }
    if (fine && !lost()) fine = visit(position + 1);
    chosen_.pop_back();
    return fine && visit(position + 1);
  }

  Screen const& screen_;
  ChokepointOptions const& options_;
  Ledger& ledger_;
  bool bounded_;
  std::span<double const> most_;
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

/// [group] most of it that a set with a loss can deny: above, the smallest set is lost. Empty if
/// nothing can be lost. False after an error of the evaluator.
bool find_most(Screen const& screen, std::size_t k, Ledger& ledger, std::vector<double>& most) {
  for (Set const& stop : smallest_stops(screen, k)) {
    std::optional<double> loss;
    if (!ledger.solve(stop, loss)) return false;
    if (!ledger.is_lost(stop)) continue;
    if (most.empty()) most.assign(screen.theta.size(), 1);
    std::size_t const group = screen.candidates[stop.front()].group;
    // Something must stay: at the least the smallest candidate, if all together are too much.
    double all = 0, smallest = 1;
    for (Candidate const& candidate : screen.candidates) {
      if (candidate.group != group || candidate.share <= 0) continue;
      all += candidate.share;
      smallest = std::min(smallest, candidate.share);
    }
    double const limit = screen.most.empty() ? monopoly_share : screen.most[group];
    most[group] = std::min(limit, all - smallest);
    // A set that sums to the limit but for rounding is within it.
    most[group] = std::clamp(most[group] + 1e-12, 0.0, 1.0);
  }
  return true;
}

/// Search for sets of at most `options.k`, from nothing but what is known already. `proven` only if
/// `ledger.best()` is the best there is.
Result<void> search(Screen const& screen, ChokepointOptions const& options, Ledger& ledger,
                    RunControl const& control, bool& proven) {
  std::vector<double> most;
  if (!find_most(screen, options.k, ledger, most)) return fail(*ledger.error);
  for (Set& set : best_screened(screen, options.k, options.resolved, most)) {
    std::optional<double> loss;
    if (!ledger.solve(std::move(set), loss)) return fail(*ledger.error);
    control.report("chokepoints", ledger.answer.evaluations, options.resolved);
  }
  for (Set const& set : options.also) {
    if (set.size() > options.k) continue;  // of a search for more
    std::optional<double> loss;
    if (!ledger.solve(set, loss)) return fail(*ledger.error);
  }
  if (!improve_by_swaps(screen, options, ledger)) return fail(*ledger.error);
  bool const dominates = !screen.ceiling.empty() && options.k <= screen.k_proven;
  std::size_t const all = sets_of(screen.candidates.size(), options.k, options.proof_evaluations);
  ledger.answer.bound.reset();
  if (options.proof_evaluations > 0 && (dominates || all <= options.proof_evaluations)) {
    Proof proof(screen, options, ledger, dominates, most);
    if (!proof.run()) return fail(*ledger.error);
    double const found = ledger.best() ? ledger.best()->loss : 0;
    proven = std::isinf(proof.open()) && proof.open() < 0;
    ledger.answer.bound = std::max(found, proof.open());
    if (ledger.answer.failed > 0) {
      proven = false;
      ledger.answer.bound.reset();
    }
  } else if (dominates) {
    ledger.answer.bound = branch_order(screen, options.k, most).most;
  }
  return {};
}

}  // namespace

Result<ChokepointAnswer> find_chokepoints(Screen const& screen, DenialEvaluator const& full,
                                          ChokepointOptions const& options,
                                          RunControl const& control) {
  if (auto const checked = check(screen); !checked) return fail(checked.error());
  LINCHPIN_EXPECTS(std::all_of(options.also.begin(), options.also.end(),
                               [&](Set const& set) { return set.size() <= options.k; }));
  Ledger ledger(screen, full, options, control);
  if (screen.candidates.empty() || options.k == 0) {
    ledger.answer.bound = 0;
    ledger.answer.optimal = true;
    return ledger.finish();
  }
  bool proven = false;
  auto done = search(screen, options, ledger, control, proven);
  if (!done) return fail(done.error());
  ledger.answer.optimal = proven;
  auto const bound = ledger.answer.bound;
  // What a search for fewer finds must be found here, too: the same steps, until one is proven.
  auto best = ledger.best();
  auto fewer = options;
  while (!proven && ledger.passed_over() && --fewer.k > 0) {
    ledger.forget_best();
    done = search(screen, fewer, ledger, control, proven);
    if (!done) return fail(done.error());
    if (best && (!ledger.best() || ledger.best()->loss <= best->loss)) continue;
    best = ledger.best();
  }
  if (fewer.k < options.k) {
    ledger.forget_best();
    if (best) ledger.keep_best(*best);
    if (!improve_by_swaps(screen, options, ledger)) return fail(*ledger.error);
    ledger.answer.bound = bound;
    if (bound && ledger.best()) ledger.answer.bound = std::max(*bound, ledger.best()->loss);
  }
  return ledger.finish();
}

}  // namespace linchpin::leverage
