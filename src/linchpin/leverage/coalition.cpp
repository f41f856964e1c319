// SPDX-License-Identifier: Apache-2.0
#include "linchpin/leverage/coalition.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <optional>

#include "linchpin/core/contracts.h"

namespace linchpin::leverage {
namespace {

using Members = std::vector<std::size_t>;

/// Unknown losses count as more than any that are known.
double total_loss(CoalitionOutcome const& outcome) {
  if (outcome.lost) return std::numeric_limits<double>::infinity();
  double sum = 0;
  for (auto const& [member, loss] : outcome.member_losses) sum += loss;
  return sum;
}

/// Moves `places` to the next combination of n in lexical order; false after the last.
bool next_combination(std::vector<std::size_t>& places, std::size_t n) {
  std::size_t const size = places.size();
  for (std::size_t i = size; i-- > 0;) {
    if (places[i] + size - i >= n) continue;
    ++places[i];
    for (std::size_t later = i + 1; later < size; ++later) places[later] = places[later - 1] + 1;
    return true;
  }
  return false;
}

struct Search {
  std::span<std::size_t const> candidates;
  double wanted;
  CoalitionEvaluator const& evaluate;
  std::function<double(std::span<std::size_t const>)> const& ceiling;
  CoalitionAnswer answer;

  [[nodiscard]] bool enough(CoalitionOutcome const& outcome) const {
    return !outcome.failed && (outcome.lost || outcome.target_loss >= wanted);
  }

  Result<CoalitionOutcome> solve(Members const& members) {
    ++answer.evaluations;
    auto outcome = evaluate(members);
    if (outcome && outcome->failed) ++answer.failed;
    return outcome;
  }

  /// Adds who helps most until the loss is reached.
  Result<void> greedy() {
    Members members;
    while (members.size() < candidates.size()) {
      std::optional<Members> best;
      CoalitionOutcome best_outcome;
      for (std::size_t const candidate : candidates) {
        if (std::find(members.begin(), members.end(), candidate) != members.end()) continue;
        Members trial = members;
        trial.insert(std::lower_bound(trial.begin(), trial.end(), candidate), candidate);
        auto outcome = solve(trial);
        if (!outcome) return fail(outcome.error());
        auto const value = [](CoalitionOutcome const& o) {
          if (o.failed) return -std::numeric_limits<double>::infinity();
          return o.lost ? std::numeric_limits<double>::infinity() : o.target_loss;
        };
        if (best && value(*outcome) <= value(best_outcome)) continue;
        best = std::move(trial);
        best_outcome = std::move(*outcome);
      }
      members = std::move(*best);
      answer.members = members;
      answer.outcome = std::move(best_outcome);
      if (enough(answer.outcome)) {
        answer.reached = true;
        return {};
      }
    }
    return {};
  }

  /// The cheapest coalition of this size that is enough; false: out of evaluations.
  Result<bool> all_of_size(std::size_t size, std::size_t allowed, bool& found) {
    std::vector<std::size_t> places(size);
    for (std::size_t i = 0; i < size; ++i) places[i] = i;
    double cheapest = std::numeric_limits<double>::infinity();
    do {
      Members members;
      for (std::size_t const place : places) members.push_back(candidates[place]);
      if (ceiling && ceiling(members) < wanted) continue;
      if (answer.evaluations >= allowed) return false;
      auto outcome = solve(members);
      if (!outcome) return fail(outcome.error());
      if (!enough(*outcome)) continue;
      if (double const loss = total_loss(*outcome); !found || loss < cheapest) {
        cheapest = loss;
        answer.members = std::move(members);
        answer.outcome = std::move(*outcome);
        found = true;
      }
    } while (next_combination(places, candidates.size()));
    return true;
  }
};

}  // namespace

Result<CoalitionAnswer> who_must_join(
    std::span<std::size_t const> candidates, double wanted, CoalitionEvaluator const& evaluate,
    std::function<double(std::span<std::size_t const>)> const& ceiling,
    CoalitionOptions const& options) {
  LINCHPIN_EXPECTS(wanted > 0 && std::is_sorted(candidates.begin(), candidates.end()));
  Search search{candidates, wanted, evaluate, ceiling, {}};
  if (auto const run = search.greedy(); !run) return fail(run.error());
  if (!search.answer.reached) return search.answer;
  std::size_t const allowed = search.answer.evaluations + options.evaluations;
  std::size_t const known = search.answer.members.size();
  bool found = false, whole = true;
  for (std::size_t size = 1; size <= known && !found && whole; ++size) {
    auto const done = search.all_of_size(size, allowed, found);
    if (!done) return fail(done.error());
    // The greedy coalition shows that its size is enough: only smaller ones must be ruled out.
    whole = *done || size == known;
  }
  search.answer.smallest = (whole || found) && search.answer.failed == 0;
  return search.answer;
}

}  // namespace linchpin::leverage
