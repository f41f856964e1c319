// SPDX-License-Identifier: Apache-2.0
#include "linchpin/depend/paths.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdint>
#include <limits>
#include <queue>
#include <utility>

#include "linchpin/core/parallel.h"

namespace linchpin::depend {
namespace {

/// Final use of one region or all: positive and negative cells apart.
struct FinalUse {
  DenseVector positive;
  DenseVector negative;
};

FinalUse final_use(Economy const& economy, std::optional<RegionId> region) {
  auto const n = economy.size();
  auto const categories = economy.table().labels.categories.size();
  std::size_t const first = region ? region->index() * categories : 0;
  std::size_t const last = region ? first + categories : economy.final_demand().columns();
  FinalUse result{DenseVector(n, 0.0), DenseVector(n, 0.0)};
  for (std::size_t i = 0; i < n; ++i) {
    for (auto c = first; c < last; ++c) {
      double const cell = economy.final_demand()(IndustryId{i}, FinalColumnId{c});
      (cell > 0 ? result.positive : result.negative)[i] += cell;
    }
  }
  return result;
}

double weight_of(LeontiefSystem const& system, IndustryId supplier, PathTerms terms) {
  return terms == PathTerms::output ? 1.0 : system.value_added_share()[supplier];
}

Result<std::vector<IndustryId>> checked_suppliers(LeontiefSystem const& system,
                                                  PathQuestion const& question) {
  auto suppliers = question.suppliers;
  std::sort(suppliers.begin(), suppliers.end());
  suppliers.erase(std::unique(suppliers.begin(), suppliers.end()), suppliers.end());
  if (suppliers.empty()) {
    return fail(ErrorCode::missing_value, "no supplier is given", "paths",
                "name a region or an industry as supplier");
  }
  bool const any = std::any_of(suppliers.begin(), suppliers.end(),
                               [&](IndustryId id) { return system.economy().output()[id] > 0; });
  if (any) return suppliers;
  return fail(ErrorCode::missing_value, "the supplier has no output, so no path begins there",
              system.space().label(suppliers.front()), "choose another industry");
}

/// h(j) = max(f_j, max_k A_jk h_k), by rounds until nothing changes.
Result<DenseVector> heaviest_continuations(LeontiefSystem const& system, DenseVector const& f,
                                           RunControl const& control) {
  auto const n = system.size();
  auto const inverse_output = system.inverse_output();
  DenseVector h = f, per_flow(n), next(n);
  RunControl const quiet{.threads = control.threads, .cancel = control.cancel};
  for (std::size_t round = 0; round <= n; ++round) {
    for (std::size_t k = 0; k < n; ++k) per_flow[k] = inverse_output[k] * h[k];
    auto const done = parallel_for(n, quiet, "paths", [&](std::size_t j) {
      auto const flows = system.economy().flows().row(IndustryId{j});
      double best = h[j];
      for (std::size_t k = 0; k < n; ++k) best = std::max(best, flows[k] * per_flow[k]);
      next[j] = best;
    });
    if (!done) return fail(done.error());
    bool const settled = next == h;
    h.swap(next);
    if (settled) break;
  }
  return h;
}

constexpr std::uint32_t no_parent = std::numeric_limits<std::uint32_t>::max();
constexpr double above_rounding = 1 + 1e-12;

/// The beginning of a path: an industry and the beginning before it.
struct Beginning {
  std::uint32_t parent;
  std::uint32_t industry;
  std::uint32_t length;
  double value;  // w A … A
};

/// The buyers of an industry, best continuation first; sorted only as far as asked.
class Buyers {
 public:
  struct Entry {
    double value;  // A_jk h_k
    std::uint32_t industry;
    bool operator<(Entry const& other) const {  // worse
      return value != other.value ? value < other.value : industry > other.industry;
    }
  };

  Buyers() = default;
  Buyers(LeontiefSystem const& system, DenseVector const& h, std::size_t seller) {
    auto const flows = system.economy().flows().row(IndustryId{seller});
    auto const inverse_output = system.inverse_output();
    for (std::size_t k = 0; k < flows.size(); ++k) {
      double const value = flows[k] * (inverse_output[k] * h[k]);
      if (value > 0) rest_.push_back({value, static_cast<std::uint32_t>(k)});
    }
    std::make_heap(rest_.begin(), rest_.end());
    known_ = true;
  }

  [[nodiscard]] bool known() const { return known_; }
  /// The buyer of that rank, or none.
  [[nodiscard]] Entry const* at(std::size_t rank) {
    while (sorted_.size() <= rank && !rest_.empty()) {
      std::pop_heap(rest_.begin(), rest_.end());
      sorted_.push_back(rest_.back());
      rest_.pop_back();
    }
    return rank < sorted_.size() ? &sorted_[rank] : nullptr;
  }

 private:
  std::vector<Entry> sorted_;
  std::vector<Entry> rest_;  // a heap
  bool known_ = false;
};

class Search {
 public:
  Search(LeontiefSystem const& system, DenseVector const& f, DenseVector const& h)
      : system_(system), f_(f), h_(h), buyers_(system.size()), queue_(Behind{this}) {}

  void begin(IndustryId supplier, double weight) {
    if (weight * h_[supplier.index()] > 0) {
      add({no_parent, static_cast<std::uint32_t>(supplier.index()), 0, weight});
    }
  }

  /// The next path in order of value, if there is one.
  [[nodiscard]] std::optional<SupplyPath> next() {
    while (!queue_.empty()) {
      auto const entry = queue_.top();
      queue_.pop();
      if (entry.complete) return SupplyPath{industries(entry.beginning), entry.bound};
      expand(entry);
    }
    return std::nullopt;
  }

  /// No path still to come is heavier.
  [[nodiscard]] double bound() const { return queue_.empty() ? 0.0 : queue_.top().bound; }
  [[nodiscard]] std::size_t beginnings() const { return beginnings_.size(); }

 private:
  /// A whole path, or all paths that go on from a beginning to its buyer of `rank` or a later one.
  struct Entry {
    double bound;
    std::uint32_t beginning;
    std::uint32_t rank;
    bool complete;
  };
  /// Which of two entries comes later. Bounds of unfinished entries win ties, so that all paths of
  /// equal value are in the queue before the first of them leaves it.
  struct Behind {
    Search const* search;
    bool operator()(Entry const& a, Entry const& b) const {
      if (a.bound != b.bound) return a.bound < b.bound;
      if (a.complete != b.complete) return a.complete;
      if (a.beginning == b.beginning) return a.rank > b.rank;
      auto const la = search->beginnings_[a.beginning].length;
      auto const lb = search->beginnings_[b.beginning].length;
      if (la != lb) return la > lb;
      return search->industries(a.beginning) > search->industries(b.beginning);
    }
  };

  void add(Beginning const& beginning) {
    auto const number = static_cast<std::uint32_t>(beginnings_.size());
    beginnings_.push_back(beginning);
    double const ends = beginning.value * f_[beginning.industry];
    if (ends > 0) queue_.push({ends, number, 0, true});
    push_rank(number, 0);
  }

  void push_rank(std::uint32_t number, std::uint32_t rank) {
    auto const& beginning = beginnings_[number];
    auto& buyers = buyers_[beginning.industry];
    if (!buyers.known()) buyers = Buyers(system_, h_, beginning.industry);
    auto const* const buyer = buyers.at(rank);
    if (buyer == nullptr) return;
    double const bound = beginning.value * buyer->value * above_rounding;
    if (bound > 0) queue_.push({bound, number, rank, false});
  }

  void expand(Entry const& entry) {
    auto const from = beginnings_[entry.beginning];
    auto const buyer = buyers_[from.industry].at(entry.rank)->industry;
    push_rank(entry.beginning, entry.rank + 1);
    double const cell = system_.coefficient(IndustryId{from.industry}, IndustryId{buyer});
    add({entry.beginning, buyer, from.length + 1, from.value * cell});
  }

  [[nodiscard]] std::vector<IndustryId> industries(std::uint32_t beginning) const {
    std::vector<IndustryId> result(beginnings_[beginning].length + 1);
    for (auto place = result.rbegin(); place != result.rend(); ++place) {
      *place = IndustryId{beginnings_[beginning].industry};
      beginning = beginnings_[beginning].parent;
    }
    return result;
  }

  LeontiefSystem const& system_;
  DenseVector const& f_;
  DenseVector const& h_;
  std::vector<Buyers> buyers_;
  std::vector<Beginning> beginnings_;
  std::priority_queue<Entry, std::vector<Entry>, Behind> queue_;
};

}  // namespace

Result<SupplyPaths> heaviest_paths(LeontiefSystem const& system, PathQuestion const& question,
                                   RunControl const& control) {
  auto const suppliers = checked_suppliers(system, question);
  if (!suppliers) return fail(suppliers.error());
  if (question.count > most_paths) {
    return fail(ErrorCode::bad_value, fmt::format("{} paths are wanted", question.count), "paths",
                fmt::format("ask for at most {}", most_paths));
  }
  auto const n = system.size();
  auto const use = final_use(system.economy(), question.final_region);
  DenseMatrix output(n, 2);  // L f, positive and negative final use
  for (std::size_t i = 0; i < n; ++i) {
    output(i, 0) = use.positive[i];
    output(i, 1) = use.negative[i];
  }
  system.solve(output, control);
  auto const h = heaviest_continuations(system, use.positive, control);
  if (!h) return fail(h.error());

  SupplyPaths result;
  Search search(system, use.positive, *h);
  for (auto const id : *suppliers) {
    double const weight = weight_of(system, id, question.terms);
    if (weight < 0) {
      result.negative_suppliers += weight * (output(id.index(), 0) + output(id.index(), 1));
      continue;
    }
    result.total += weight * output(id.index(), 0);
    result.negative_final_use += weight * output(id.index(), 1);
    search.begin(id, weight);
  }
  while (result.paths.size() < question.count) {
    if (control.cancel.cancelled()) {
      return fail(ErrorCode::cancelled, "stopped on request", "paths", "");
    }
    auto path = search.next();
    if (!path) break;
    result.shown += path->value;
    result.paths.push_back(*std::move(path));
  }
  result.heaviest_left_out = search.bound();
  result.looked_at = search.beginnings();
  return result;
}

Result<DenseMatrix> supply_layers(LeontiefSystem const& system, PathQuestion const& question,
                                  std::size_t steps, RunControl const& control) {
  auto const suppliers = checked_suppliers(system, question);
  if (!suppliers) return fail(suppliers.error());
  auto const n = system.size();
  auto const f = final_use(system.economy(), question.final_region).positive;
  DenseMatrix carried(1, n);  // w'A^m
  for (auto const id : *suppliers) {
    carried(0, id.index()) = weight_of(system, id, question.terms);
  }
  DenseMatrix layers(steps + 1, n);
  for (std::size_t m = 0; m <= steps; ++m) {
    if (m > 0) carried = system.multiply_left(carried, control);
    for (std::size_t j = 0; j < n; ++j) layers(m, j) = carried(0, j) * f[j];
  }
  return layers;
}

}  // namespace linchpin::depend
