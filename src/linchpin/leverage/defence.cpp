// SPDX-License-Identifier: Apache-2.0
#include "linchpin/leverage/defence.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
#include <numeric>

#include "linchpin/core/contracts.h"

namespace linchpin::leverage {
namespace {

using Places = std::vector<std::size_t>;

class Planner {
 public:
  Planner(std::span<DefenceMeasure const> measures, WorstCaseEvaluator const& attack,
          DefenceOptions const& options)
      : measures_(measures), attack_(attack), options_(options) {}

  [[nodiscard]] bool allowed(Places const& set) const {
    return set.size() <= options_.k && (!options_.budget || cost(set) <= *options_.budget);
  }

  [[nodiscard]] double cost(Places const& set) const {
    double sum = 0;
    for (std::size_t const m : set) sum += measures_[m].cost;
    return sum;
  }

  /// Worst case with these measures, each set solved once; null after an error.
  WorstCase const* solve(Places set) {
    std::sort(set.begin(), set.end());
    if (auto const known = solved_.find(set); known != solved_.end()) return &known->second;
    auto worst = attack_(set);
    ++evaluations;
    if (!worst) {
      error = worst.error();
      return nullptr;
    }
    return &(solved_[set] = *worst);
  }

  /// Adds measures by loss avoided per cost; each step is a rung.
  bool climb(std::vector<DefencePlan>& ladder) {
    Places set;
    WorstCase current = *solve({});
    while (set.size() < options_.k) {
      std::optional<std::size_t> best;
      double best_rate = 0;
      WorstCase best_worst;
      for (std::size_t m = 0; m < measures_.size(); ++m) {
        if (std::find(set.begin(), set.end(), m) != set.end()) continue;
        Places trial = set;
        trial.push_back(m);
        if (!allowed(trial)) continue;
        auto const* worst = solve(trial);
        if (worst == nullptr) return false;
        double const avoided = current.loss - worst->loss;
        double const price = measures_[m].cost;
        double const rate = avoided <= 0 ? 0
                            : price > 0  ? avoided / price
                                         : std::numeric_limits<double>::infinity();
        if (rate > best_rate) {
          best = m;
          best_rate = rate;
          best_worst = *worst;
        }
      }
      if (!best) return true;
      set.insert(std::lower_bound(set.begin(), set.end(), *best), *best);
      current = best_worst;
      ladder.push_back({set, cost(set), current});
    }
    return true;
  }

  /// Replaces one measure by another as long as the worst case falls.
  bool swap(DefencePlan start) {
    for (bool better = true; better;) {
      better = false;
      DefencePlan const base = start;
      for (std::size_t out = 0; out < base.measures.size(); ++out) {
        for (std::size_t m = 0; m < measures_.size(); ++m) {
          if (std::find(base.measures.begin(), base.measures.end(), m) != base.measures.end()) {
            continue;
          }
          Places trial = base.measures;
          trial[out] = m;
          std::sort(trial.begin(), trial.end());
          if (!allowed(trial)) continue;
          auto const* worst = solve(trial);
          if (worst == nullptr) return false;
          if (worst->loss < start.worst.loss - 1e-15) {
            start = {trial, cost(trial), *worst};
            better = true;
          }
        }
      }
    }
    return true;
  }

  /// All allowed sets, or false: too many (or an error).
  bool try_all(Places& set, std::size_t first, std::size_t limit) {
    if (evaluations >= limit || solve(set) == nullptr) return false;
    if (set.size() >= options_.k) return true;
    for (std::size_t m = first; m < measures_.size(); ++m) {
      set.push_back(m);
      bool const done = !allowed(set) || try_all(set, m + 1, limit);
      set.pop_back();
      if (!done) return false;
    }
    return true;
  }

  /// Best plans of all that were solved and are allowed.
  void choose(DefenceAnswer& answer) const {
    double best_rate = 0;
    answer.best = {{}, 0, answer.undefended};
    answer.best_per_cost = answer.best;
    for (auto const& [set, worst] : solved_) {
      if (!allowed(set)) continue;
      double const price = cost(set);
      double const avoided = answer.undefended.loss - worst.loss;
      if (worst.loss < answer.best.worst.loss ||
          (worst.loss == answer.best.worst.loss && price < answer.best.cost)) {
        answer.best = {set, price, worst};
      }
      double const rate = price > 0 ? avoided / price : std::numeric_limits<double>::infinity();
      // Among sets that cost nothing the one that avoids most is the best.
      bool const more = rate > best_rate || (std::isinf(rate) && rate == best_rate &&
                                             worst.loss < answer.best_per_cost.worst.loss);
      if (avoided > 0 && more) {
        best_rate = rate;
        answer.best_per_cost = {set, price, worst};
      }
    }
  }

  std::optional<Error> error;
  std::size_t evaluations = 0;

 private:
  std::span<DefenceMeasure const> measures_;
  WorstCaseEvaluator const& attack_;
  DefenceOptions const& options_;
  std::map<Places, WorstCase> solved_;
};

}  // namespace

Result<DefenceAnswer> plan_defence(std::span<DefenceMeasure const> measures,
                                   WorstCaseEvaluator const& attack,
                                   DefenceOptions const& options) {
  ErrorList errors;
  for (DefenceMeasure const& measure : measures) {
    if (std::isfinite(measure.cost) && measure.cost >= 0) continue;
    errors.add(ErrorCode::bad_value, fmt::format("a cost of {}", measure.cost), measure.label,
               "a finite number, 0 or above");
  }
  if (!errors.empty()) return fail(errors.joined());
  Planner planner(measures, attack, options);
  DefenceAnswer answer;
  auto const* undefended = planner.solve({});
  if (undefended == nullptr) return fail(*planner.error);
  answer.undefended = *undefended;
  if (!planner.climb(answer.ladder)) return fail(*planner.error);
  if (!answer.ladder.empty() && !planner.swap(answer.ladder.back())) return fail(*planner.error);
  Places set;
  answer.exhaustive = planner.try_all(set, 0, planner.evaluations + options.evaluations);
  if (planner.error) return fail(*planner.error);
  planner.choose(answer);
  if (answer.exhaustive) {
    answer.least_possible = answer.best.worst.loss;
  } else {
    Places all(measures.size());
    std::iota(all.begin(), all.end(), std::size_t{0});
    auto const* worst = planner.solve(all);
    if (worst == nullptr) return fail(*planner.error);
    answer.all_at_once = worst->loss;
  }
  answer.evaluations = planner.evaluations;
  return answer;
}

Result<PriceWorld> brought_home(PriceWorld const& world, DeniedLink const& link, double factor) {
  LINCHPIN_EXPECTS(factor >= 0 && factor <= 1);
  PriceWorldData data = world.data();
  std::size_t const n = world.regions();
  double* row = data.shares.data() + (link.sector * n + link.importer) * n;
  double const moved = (1 - factor) * row[link.exporter];
  row[link.exporter] -= moved;
  row[link.importer] += moved;
  return PriceWorld::make(std::move(data));
}

Result<PriceWorld> diversified(PriceWorld const& world, DeniedLink const& link, double factor) {
  LINCHPIN_EXPECTS(factor >= 0 && factor <= 1);
  PriceWorldData data = world.data();
  std::size_t const n = world.regions();
  double* row = data.shares.data() + (link.sector * n + link.importer) * n;
  double const moved = (1 - factor) * row[link.exporter];
  double others = 0;
  for (std::size_t i = 0; i < n; ++i) others += i == link.exporter ? 0 : row[i];
  for (std::size_t i = 0; i < n && others > 0; ++i) {
    if (i != link.exporter) row[i] += moved * row[i] / others;
  }
  row[link.exporter] -= moved;
  if (others == 0) row[link.importer] += moved;
  return PriceWorld::make(std::move(data));
}

}  // namespace linchpin::leverage
