// SPDX-License-Identifier: Apache-2.0
#include "linchpin/leverage/price_chokepoints.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <optional>

#include "linchpin/core/contracts.h"
#include "linchpin/core/parallel.h"
#include "linchpin/leverage/cost_power.h"

namespace linchpin::leverage {
namespace {

bool chosen(std::vector<std::size_t> const& list, std::size_t item) {
  return list.empty() || std::find(list.begin(), list.end(), item) != list.end();
}

/// A part of a purchase that can be taken away: its share and its mean cost (ln).
struct Removable {
  double share;
  double cost;
};

/// Sellers nobody can take away: their shares, and shares times ln costs.
struct Fixed {
  double share = 0;
  double sum = 0;
};

/// Largest mean of ln costs over the sellers left when at most k parts are removed. Fractional
/// programme by Dinkelbach's method: take away what lowers the mean most, until it stops rising.
/// Where next to nothing would be left the dearest seller stands for all: never too low.
double dearest_mean(Fixed const& fixed, std::vector<Removable>& parts, std::size_t k,
                    double dearest) {
  auto const mean_without = [&](std::size_t removed) {
    double share = fixed.share, sum = fixed.sum;  // only sums of what is left: nothing cancels
    for (std::size_t p = removed; p < parts.size(); ++p) {
      share += parts[p].share;
      sum += parts[p].share * parts[p].cost;
    }
    return share > 1 - monopoly_share ? sum / share : dearest;
  };
  double best = mean_without(0);
  for (int round = 0; round < 100; ++round) {
    auto const gain = [&](Removable const& part) { return part.share * (best - part.cost); };
    std::size_t const count = std::min(k, parts.size());
    std::partial_sort(parts.begin(), parts.begin() + static_cast<std::ptrdiff_t>(count),
                      parts.end(), [&](auto const& a, auto const& b) { return gain(a) > gain(b); });
    std::size_t removed = 0;
    while (removed < count && gain(parts[removed]) > 0) ++removed;
    double const mean = mean_without(removed);
    if (mean <= best) return best;
    best = mean;
  }
  return dearest;
}

/// Largest network weight of each cell of the target over all removals: one dynamic programme.
class Ceiling {
 public:
  Ceiling(PriceWorld const& world, Screen const& screen, std::size_t target, std::size_t k)
      : world_(world),
        screen_(screen),
        target_(target),
        k_(k),
        of_group_(world.sectors()),
        removable_(world.sectors() * world.regions(), 0) {
    for (std::size_t c = 0; c < screen.candidates.size(); ++c) {
      Candidate const& candidate = screen.candidates[c];
      of_group_[candidate.group].push_back(c);
      for (std::size_t const owner : candidate.owners) {
        removable_[candidate.group * world.regions() + owner] = 1;
      }
    }
  }

  /// λ̄ of (target, sector); none if it does not converge.
  [[nodiscard]] std::optional<double> of(std::size_t sector) const {
    std::size_t const n = world_.regions(), sectors = world_.sectors();
    double const shrink = world_.contraction();
    DenseMatrix values(n, sectors), costs(sectors, n);
    for (std::size_t pass = 0; pass < 100'000; ++pass) {
      unit_costs(world_.data(), values, costs);
      double change = 0;
      for (std::size_t j = 0; j < sectors; ++j) {
        for (std::size_t m = 0; m < n; ++m) {
          auto const sellers = world_.sellers(j, m);
          double mean = 0;
          for (std::size_t i = 0; i < n; ++i) mean += sellers[i] * costs(j, i);
          if (m == target_) mean = worst(j, sellers, costs.row(j));
          double const value = mean + (m == target_ && j == sector ? 1 : 0);
          change = std::max(change, std::abs(value - values(m, j)));
          values(m, j) = value;
        }
      }
      double const error = change * shrink / (1 - shrink);
      if (error > 1e-10) continue;
      double weight = error + 1e-12;  // so that the answer is above the fixed point
      for (std::size_t j = 0; j < sectors; ++j) {
        weight += world_.final_share(target_, j) * values(target_, j);
      }
      return weight;
    }
    return std::nullopt;
  }

 private:
  [[nodiscard]] double worst(std::size_t sector, std::span<double const> sellers,
                             std::span<double const> costs) const {
    Fixed fixed;
    double dearest = 0;
    for (std::size_t i = 0; i < sellers.size(); ++i) {
      if (sellers[i] == 0) continue;
      dearest = std::max(dearest, costs[i]);
      if (removable_[sector * sellers.size() + i] != 0) continue;
      fixed.share += sellers[i];
      fixed.sum += sellers[i] * costs[i];
    }
    std::vector<Removable> parts;
    for (std::size_t const c : of_group_[sector]) {
      double share = 0, cost = 0;
      for (std::size_t const owner : screen_.candidates[c].owners) {
        share += sellers[owner];
        cost += sellers[owner] * costs[owner];
      }
      if (share > 0) parts.push_back({share, cost / share});
    }
    if (fixed.share == 0 && parts.empty()) return 0;  // buys nothing of the sector
    return dearest_mean(fixed, parts, k_, dearest);
  }

  PriceWorld const& world_;
  Screen const& screen_;
  std::size_t target_;
  std::size_t k_;
  std::vector<std::vector<std::size_t>> of_group_;
  std::vector<char> removable_;  // [sector][seller]
};

void add_candidates(PriceWorld const& world, std::size_t target, PriceScreenOptions const& options,
                    Screen& screen) {
  PriceWorldData const& data = world.data();
  double const denied = options.cut;
  for (std::size_t j = 0; j < world.sectors(); ++j) {
    if (!chosen(options.sectors, j)) continue;
    Candidate product{data.sectors[j], j, 0, {}};
    for (std::size_t i = 0; i < world.regions(); ++i) {
      double const share = world.share(j, target, i);
      if (i == target || share == 0 || !chosen(options.sellers, i)) continue;
      product.share += denied * share;
      product.owners.push_back(i);
      if (options.unit == DenialUnit::link) {
        screen.candidates.push_back(
            {fmt::format("{}:{}", data.regions[i], data.sectors[j]), j, denied * share, {i}});
      }
    }
    product.share = std::min(1.0, product.share);
    if (options.unit == DenialUnit::product && !product.owners.empty()) {
      screen.candidates.push_back(std::move(product));
    }
  }
}

}  // namespace

Result<Screen> price_screen(PriceWorld const& world, std::size_t target,
                            PriceScreenOptions const& options, RunControl const& control) {
  LINCHPIN_EXPECTS(target < world.regions() && options.cut > 0 && options.cut <= 1);
  Screen screen;
  screen.kept = 1 - options.cut;
  screen.theta.assign(world.data().theta.begin(), world.data().theta.end());
  auto const weights = world.network_weights(target);
  if (!weights) return fail(weights.error());
  for (std::size_t j = 0; j < world.sectors(); ++j) screen.weight.push_back((*weights)(target, j));
  add_candidates(world, target, options, screen);
  std::vector<std::optional<double>> ceilings(world.sectors());
  Ceiling const ceiling(world, screen, target, options.k);
  auto const run = parallel_for(world.sectors(), control, "bounds",
                                [&](std::size_t j) { ceilings[j] = ceiling.of(j); });
  if (!run) return fail(run.error());
  for (auto const& value : ceilings) {
    if (!value) {
      return fail(ErrorCode::not_converged, "the bound on network weights still moves",
                  "chokepoint screen", "raise the value-added share of the industries without any");
    }
    screen.ceiling.push_back(*value);
  }
  screen.k_proven = options.k;
  return screen;
}

std::vector<DeniedLink> denied_links(Screen const& screen, std::size_t target,
                                     std::span<std::size_t const> set) {
  std::vector<DeniedLink> links;
  for (std::size_t const c : set) {
    Candidate const& candidate = screen.candidates[c];
    for (std::size_t const owner : candidate.owners) {
      links.push_back({candidate.group, target, owner, screen.kept});
    }
  }
  return links;
}

DenialEvaluator price_evaluator(PriceWorld const& world, Screen const& screen, std::size_t target,
                                SenderCost cost) {
  return [&world, &screen, target,
          cost](std::span<std::size_t const> set) -> Result<DenialOutcome> {
    auto const links = denied_links(screen, target, set);
    auto const prices = world.prices_without(links);
    if (!prices) return fail(prices.error());
    PriceWorldData const& data = world.data();
    std::size_t const sectors = world.sectors();
    std::vector<double> sales(world.regions(), 0.0);
    std::vector<char> owns(world.regions(), 0);
    for (DeniedLink const& link : links) {
      owns[link.exporter] = 1;
      sales[link.exporter] += (1 - link.kept) * world.share(link.sector, target, link.exporter) *
                              data.spending[target * sectors + link.sector];
    }
    DenialOutcome outcome;
    outcome.target_loss = world.log_cost_of_living(*prices, target);
    outcome.lost = !prices->lost.empty();
    for (std::size_t owner = 0; owner < world.regions(); ++owner) {
      if (owns[owner] == 0) continue;
      double loss = world.log_cost_of_living(*prices, owner);
      if (cost == SenderCost::sales) {
        double spending = 0;
        for (std::size_t j = 0; j < sectors; ++j) spending += data.spending[owner * sectors + j];
        loss = spending > 0 ? sales[owner] / spending : 0;
      }
      outcome.sender_losses.emplace_back(owner, loss);
    }
    return outcome;
  };
}

}  // namespace linchpin::leverage
