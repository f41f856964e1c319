// SPDX-License-Identifier: Apache-2.0
#include "linchpin/study/chokepoint_draws.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <utility>

#include "linchpin/core/parallel.h"
#include "linchpin/leverage/adjoint_screen.h"
#include "linchpin/leverage/chokepoint_screen.h"
#include "linchpin/leverage/equilibrium_power.h"
#include "linchpin/sampling/quantiles.h"
#include "linchpin/sampling/ranks.h"

namespace linchpin::study {
namespace {

using leverage::Screen;
using Set = std::vector<std::size_t>;

constexpr std::size_t sets_of_a_draw = 10;  // of its own screen, besides those found

struct OneDraw {
  bool opened = false;
  std::vector<double> alone;                  ///< [candidate] by the screen; empty: none
  std::vector<std::optional<double>> losses;  ///< [set found] per cent
  std::vector<char> lost;                     ///< [set found]
  std::optional<Set> best;
};

/// The candidates of `screen` at the shares, weights and elasticities of another world.
Result<Screen> screen_at(leverage::PriceWorld const& prices, Screen screen, std::size_t target) {
  auto const weights = prices.network_weights(target);
  if (!weights) return fail(weights.error());
  for (std::size_t j = 0; j < prices.sectors(); ++j) {
    screen.weight[j] = (*weights)(target, j);
    screen.theta[j] = prices.data().theta[j];
  }
  screen.ceiling.clear();
  for (auto& candidate : screen.candidates) {
    candidate.share = 0;
    for (auto const owner : candidate.owners) {
      candidate.share += (1 - screen.kept) * prices.share(candidate.group, target, owner);
    }
    candidate.share = std::min(1.0, candidate.share);
  }
  return screen;
}

/// Solves the sets found and the draw's own best ones; the worst within the limit is its best.
void solve_sets(LeverageWorld const& world, Screen const& screen, ChokepointSearch const& search,
                ChokepointRequest const& request, OneDraw& draw) {
  auto const full = leverage::equilibrium_evaluator(
      world.base, search.links, search.prices.candidates, search.target, world.closure);
  auto const& found = search.found.sets;
  draw.losses.resize(found.size());
  draw.lost.assign(found.size(), 0);
  double most = 0;
  auto const solve = [&](Set const& set, std::optional<std::size_t> place) {
    auto const outcome = full(set);
    if (!outcome || !outcome->failed.empty()) return;
    if (place) draw.lost[*place] = outcome->lost;
    if (outcome->lost) return;
    if (place) draw.losses[*place] = 100 * outcome->target_loss;
    for (auto const& [owner, loss] : outcome->sender_losses) {
      if (request.sender_limit_pct && 100 * loss > *request.sender_limit_pct) return;
    }
    if (draw.best && outcome->target_loss <= most) return;
    most = outcome->target_loss;
    draw.best = set;
  };
  for (std::size_t s = 0; s < found.size(); ++s) solve(found[s].members, s);
  for (auto const& set : leverage::best_screened(screen, request.k, sets_of_a_draw)) {
    bool const known = std::any_of(found.begin(), found.end(),
                                   [&](auto const& each) { return each.members == set; });
    if (!known) solve(set, std::nullopt);
  }
}

OneDraw one_draw(ChokepointSearch const& search, ChokepointRequest const& request,
                 LeverageDraws const& draws, std::size_t place, bool sets) {
  OneDraw draw;
  bool const partial = request.cut < 1;
  if (partial && !sets) return draw;  // its screen costs an equilibrium, too
  auto const world = draws.world(place);
  if (!world) return draw;
  auto const screen = partial
                          ? leverage::adjoint_screen(world->base, search.prices.candidates,
                                                     search.links, search.target, world->closure)
                          : screen_at(world->prices, search.prices, search.target);
  if (!screen) return draw;
  draw.opened = true;
  for (std::size_t c = 0; c < screen->candidates.size(); ++c) {
    draw.alone.push_back(leverage::additive_loss(*screen, screen->weight, std::span(&c, 1)));
  }
  if (sets) solve_sets(*world, *screen, search, request, draw);
  return draw;
}

void add_bands(std::vector<OneDraw> const& drawn, std::size_t count, LinkSearch& search) {
  for (std::size_t s = 0; s < search.sets.size(); ++s) {
    auto& set = search.sets[s];
    std::vector<double> column;
    for (std::size_t d = 0; d < count; ++d) {
      if (s < drawn[d].losses.size() && drawn[d].losses[s]) column.push_back(*drawn[d].losses[s]);
      if (s < drawn[d].lost.size() && drawn[d].lost[s] != 0) ++set.lost_draws;
    }
    set.failed_draws = count - column.size() - set.lost_draws;
    if (column.empty()) continue;
    std::sort(column.begin(), column.end());
    for (double const chance : {0.05, 0.5, 0.95}) {
      set.band_pct.push_back(sampling::sorted_quantile(column, chance));
    }
  }
}

void add_odds(std::vector<OneDraw> const& drawn, ChokepointSearch const& search,
              ChokepointRequest const& request, ChokepointsAnswer& answer) {
  std::size_t const count = search.prices.candidates.size();
  std::vector<OneDraw const*> opened;
  for (auto const& draw : drawn) {
    if (draw.opened) opened.push_back(&draw);
  }
  if (opened.empty()) return;
  DenseMatrix losses(opened.size(), count);
  for (std::size_t d = 0; d < opened.size(); ++d) {
    std::copy(opened[d]->alone.begin(), opened[d]->alone.end(), losses.row(d).begin());
  }
  auto const ranks = sampling::rank_statistics(losses, request.k, std::array{0.05, 0.5, 0.95});
  std::vector<std::size_t> chosen(count, 0);
  for (auto const& draw : drawn) {
    if (!draw.best) continue;
    ++answer.best_draws;
    for (auto const c : *draw.best) ++chosen[c];
  }
  for (std::size_t c = 0; c < count; ++c) {
    if (ranks.top_share[c] <= 0 && chosen[c] == 0) continue;
    LinkOdds odds{search.prices.candidates[c].label,
                  ranks.top_share[c],
                  ranks.quantiles(c, 0),
                  ranks.quantiles(c, 1),
                  ranks.quantiles(c, 2),
                  std::nullopt};
    if (answer.best_draws > 0) {
      odds.best_set_share = static_cast<double>(chosen[c]) / static_cast<double>(answer.best_draws);
    }
    answer.links.push_back(std::move(odds));
  }
  std::stable_sort(answer.links.begin(), answer.links.end(), [](auto const& a, auto const& b) {
    return std::pair{a.best_set_share, a.top_share} > std::pair{b.best_set_share, b.top_share};
  });
}

}  // namespace

Result<void> add_chokepoint_draws(ChokepointSearch const& search, ChokepointRequest const& request,
                                  LeverageDraws const& draws, ChokepointsAnswer& answer,
                                  RunControl const& control) {
  if (search.prices.candidates.empty()) return {};
  std::size_t const all = request.ensemble->draws;
  std::size_t const sets = std::min(all, most_set_draws);
  std::size_t const asked = request.cut < 1 ? sets : all;
  std::vector<OneDraw> drawn(asked);
  auto const done = parallel_for(asked, control, "draws", [&](std::size_t draw) {
    drawn[draw] = one_draw(search, request, draws, draw, draw < sets);
  });
  if (!done) return fail(done.error());
  answer.draws = asked;
  answer.set_draws = sets;
  answer.failed_draws = static_cast<std::size_t>(
      std::count_if(drawn.begin(), drawn.end(), [](auto const& each) { return !each.opened; }));
  add_bands(drawn, sets, answer.settled);
  add_odds(drawn, search, request, answer);
  answer.warnings.push_back(fmt::format(
      "{} Links are ranked one by one by the screen, which sees no two sellers together; how often "
      "a link is in the best set is of sets solved in full, those found and the {} best of each "
      "draw's own screen, in {} draws.",
      draws.words(), sets_of_a_draw, sets));
  if (answer.failed_draws > 0) {
    answer.warnings.push_back(
        fmt::format("{} of {} draws make no world that can be solved and "
                    "are left out.",
                    answer.failed_draws, asked));
  }
  return {};
}

}  // namespace linchpin::study
