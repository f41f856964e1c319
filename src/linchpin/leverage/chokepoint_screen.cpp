// SPDX-License-Identifier: Apache-2.0
#include "linchpin/leverage/chokepoint_screen.h"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "linchpin/core/contracts.h"
#include "linchpin/leverage/cost_power.h"

namespace linchpin::leverage {
namespace {

double group_loss(double weight, double share, double theta) {
  return weight * log_price_of_denial(std::clamp(share, 0.0, monopoly_share), theta);
}

/// Candidates of each group, largest share first, ties in order of place.
std::vector<std::vector<std::size_t>> by_group(Screen const& screen) {
  std::vector<std::vector<std::size_t>> groups(screen.theta.size());
  for (std::size_t c = 0; c < screen.candidates.size(); ++c) {
    groups[screen.candidates[c].group].push_back(c);
  }
  for (auto& group : groups) {
    std::stable_sort(group.begin(), group.end(), [&](std::size_t a, std::size_t b) {
      return screen.candidates[a].share > screen.candidates[b].share;
    });
  }
  return groups;
}

double most_of(std::span<double const> most, std::size_t group) {
  return most.empty() ? 1 : most[group];
}

/// [t] bound on the loss when t candidates of a group join that deny at most `most` together.
std::vector<double> prefix_losses(Screen const& screen, std::span<std::size_t const> group,
                                  double weight, std::size_t k, double most) {
  std::vector<double> losses{0.0};
  double share = 0;
  for (std::size_t t = 0; t < std::min(k, group.size()); ++t) {
    auto const& candidate = screen.candidates[group[t]];
    share += candidate.share;
    losses.push_back(group_loss(weight, std::min(share, most), screen.theta[candidate.group]));
  }
  return losses;
}

/// So many candidates of a group next to each other in order of share, from the largest that fit.
struct Window {
  std::size_t group = 0, start = 0, count = 0;
  double loss = 0;
};

std::vector<Window> windows(Screen const& screen, std::vector<std::size_t> const& group,
                            std::size_t place, std::size_t k, double most) {
  std::vector<Window> found;
  for (std::size_t t = 1; t <= std::min(k, group.size()); ++t) {
    for (std::size_t start = 0; start + t <= group.size(); ++start) {
      double share = 0;
      for (std::size_t i = start; i < start + t; ++i) share += screen.candidates[group[i]].share;
      if (share > most) continue;
      found.push_back(
          {place, start, t, group_loss(screen.weight[place], share, screen.theta[place])});
      break;
    }
  }
  return found;
}

struct Partial {
  double loss = 0;
  std::vector<Window> taken;
};

}  // namespace

double additive_loss(Screen const& screen, std::span<double const> weights,
                     std::span<std::size_t const> set, std::span<double const> most) {
  std::vector<double> shares(screen.theta.size(), 0.0);
  for (std::size_t const c : set) shares[screen.candidates[c].group] += screen.candidates[c].share;
  double loss = 0;
  for (std::size_t g = 0; g < shares.size(); ++g) {
    if (shares[g] <= 0) continue;
    loss += group_loss(weights[g], std::min(shares[g], most_of(most, g)), screen.theta[g]);
  }
  return loss;
}

std::vector<std::vector<std::size_t>> best_screened(Screen const& screen, std::size_t k,
                                                    std::size_t count,
                                                    std::span<double const> most) {
  auto const groups = by_group(screen);
  // [budget] the best partial sets that use exactly so many candidates.
  std::vector<std::vector<Partial>> best(k + 1);
  best[0].push_back({});
  auto const better = [](Partial const& a, Partial const& b) { return a.loss > b.loss; };
  for (std::size_t g = 0; g < groups.size(); ++g) {
    // Without a bound the first window of each width: candidates join in order of share.
    auto const choices = windows(screen, groups[g], g, k, most.empty() ? INFINITY : most[g]);
    for (std::size_t budget = k; budget > 0; --budget) {
      std::vector<Partial> merged = best[budget];
      for (Window const& window : choices) {
        if (window.count > budget) break;
        for (Partial const& partial : best[budget - window.count]) {
          merged.push_back({partial.loss + window.loss, partial.taken});
          merged.back().taken.push_back(window);
        }
      }
      std::stable_sort(merged.begin(), merged.end(), better);
      if (merged.size() > count) merged.resize(count);
      best[budget] = std::move(merged);
    }
  }
  std::vector<Partial> all;
  for (std::size_t budget = 1; budget <= k; ++budget) {
    all.insert(all.end(), best[budget].begin(), best[budget].end());
  }
  std::stable_sort(all.begin(), all.end(), better);
  if (all.size() > count) all.resize(count);
  std::vector<std::vector<std::size_t>> sets;
  for (Partial const& partial : all) {
    std::vector<std::size_t> set;
    for (Window const& window : partial.taken) {
      auto const first = groups[window.group].begin() + static_cast<std::ptrdiff_t>(window.start);
      set.insert(set.end(), first, first + static_cast<std::ptrdiff_t>(window.count));
    }
    std::sort(set.begin(), set.end());
    sets.push_back(std::move(set));
  }
  return sets;
}

std::vector<std::vector<std::size_t>> smallest_stops(Screen const& screen, std::size_t k) {
  std::vector<std::vector<std::size_t>> stops;
  auto const groups = by_group(screen);
  for (std::size_t g = 0; g < groups.size(); ++g) {
    double const most = screen.most.empty() ? monopoly_share : screen.most[g];
    std::vector<std::size_t> set;
    double share = 0;
    for (std::size_t const candidate : groups[g]) {
      if (share > most || set.size() == k) break;
      set.push_back(candidate);
      share += screen.candidates[candidate].share;
    }
    if (share <= most) continue;
    std::sort(set.begin(), set.end());
    stops.push_back(std::move(set));
  }
  return stops;
}

BranchOrder branch_order(Screen const& screen, std::size_t k, std::span<double const> most) {
  LINCHPIN_EXPECTS(screen.ceiling.size() == screen.theta.size());
  auto const groups = by_group(screen);
  std::vector<std::vector<double>> losses;
  std::vector<std::size_t> order;
  for (std::size_t g = 0; g < groups.size(); ++g) {
    losses.push_back(prefix_losses(screen, groups[g], screen.ceiling[g], k, most_of(most, g)));
    if (!groups[g].empty()) order.push_back(g);
  }
  std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
    return losses[a].back() > losses[b].back();
  });
  // [i][budget]: most that order[i], order[i + 1], … can add with at most `budget` candidates.
  std::vector<std::vector<double>> from(order.size() + 1, std::vector<double>(k + 1, 0.0));
  for (std::size_t i = order.size(); i-- > 0;) {
    auto const& own = losses[order[i]];
    for (std::size_t budget = 0; budget <= k; ++budget) {
      for (std::size_t t = 0; t < own.size() && t <= budget; ++t) {
        from[i][budget] = std::max(from[i][budget], own[t] + from[i + 1][budget - t]);
      }
    }
  }
  BranchOrder answer;
  answer.most = from[0][k];
  for (std::size_t i = 0; i < order.size(); ++i) {
    auto const& group = groups[order[i]];
    std::size_t const end = answer.candidates.size() + group.size();
    for (std::size_t const c : group) {
      answer.candidates.push_back(c);
      answer.group_end.push_back(end);
      answer.later.push_back(from[i + 1]);
    }
  }
  return answer;
}

}  // namespace linchpin::leverage
