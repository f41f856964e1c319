// SPDX-License-Identifier: Apache-2.0
#include "linchpin/study/standoff_run.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>
#include <utility>

#include "linchpin/core/parallel.h"
#include "linchpin/equilibrium/solve.h"
#include "linchpin/leverage/equilibrium_power.h"
#include "linchpin/leverage/game.h"
#include "linchpin/study/standoff_actions.h"
#include "linchpin/study/standoff_ladder.h"
#include "linchpin/study/standoff_parts.h"

namespace linchpin::study {
namespace {

/// [player, then other seller] per cent of real final spending lost with the actions of `mask` in
/// force.
Result<std::vector<double>> losses_of(StandoffCase const& each, StandoffBase const& world,
                                      unsigned mask) {
  auto regions = each.players;
  regions.insert(regions.end(), each.others.begin(), each.others.end());
  if (mask == 0) return std::vector<double>(regions.size(), 0.0);
  auto const policy = policy_of(*each.spec, mask, world.base, each.ground->space.labels().sectors);
  if (!policy) return fail(policy.error());
  auto const found = equilibrium::solve(world.base, *policy, world.closure);
  if (!found) return fail(found.error());
  std::vector<double> losses;
  for (auto const region : regions) {
    losses.push_back(100 * leverage::final_spending_loss(world.base, *found, region));
  }
  return losses;
}

Result<StandoffDraw> solve_draw(StandoffCase const& each, StandoffWorlds const& worlds,
                                std::uint64_t seed, std::optional<std::size_t> draw) {
  auto const world = worlds(draw);
  if (!world) return fail(world.error());
  StandoffDraw result;
  for (auto const mask : each.masks) {
    auto losses = losses_of(each, *world, mask);
    if (!losses) return fail(losses.error());
    result.losses.emplace(mask, *std::move(losses));
  }
  Rng rng(Seed{seed}, (std::size_t{2} << 32) + draw.value_or(0));
  auto* const source = draw ? &rng : nullptr;
  for (auto const& action : each.spec->actions) {
    result.worth.push_back(action.worth ? drawn(*action.worth, source) : 0);
  }
  for (auto const& stake : each.spec->stakes) result.stakes.push_back(drawn(stake, source));
  result.game = game_of(each, result);
  auto nash = leverage::nash_equilibria(result.game);
  if (!nash) return fail(nash.error());
  result.nash = *std::move(nash);
  if (!each.spec->rungs.empty()) {
    auto played = leverage::climb_ladder(ladder_of(each, result));
    if (!played) return fail(played.error());
    result.ladder = *std::move(played);
    if (auto const done = add_break_even(each, result); !done) return fail(done.error());
  }
  return result;
}

std::vector<std::string> assumptions_of(StandoffSpec const& spec) {
  std::vector<std::string> words;
  auto const add = [&](std::string const& what, RangedNumber const& number) {
    if (number.note.empty()) return;
    words.push_back(fmt::format("{}: {:g} [{:g}, {:g}] % of real final spending ({})", what,
                                number.value, number.low, number.high, number.note));
  };
  for (auto const& action : spec.actions) {
    if (action.worth) {
      add(fmt::format("worth of \"{}\" to {}", action.name.value, action.player.value),
          *action.worth);
    }
  }
  for (std::size_t p = 0; p < spec.players.size(); ++p) {
    add(fmt::format("stake of {}", spec.players[p].value), spec.stakes[p]);
  }
  return words;
}

}  // namespace

Result<StandoffAnswer> run_standoff(StandoffSpec const& spec, TradeGround const& ground,
                                    StandoffWorlds const& worlds,
                                    std::optional<EnsembleSpec> const& ensemble,
                                    RunControl const& control) {
  auto const each = standoff_case(spec, ground);
  std::uint64_t const seed = ensemble ? ensemble->seed : 0;
  auto central = solve_draw(each, worlds, seed, std::nullopt);
  if (!central) {
    auto error = central.error();
    error.where = fmt::format("stand-off '{}': {}", spec.name, error.where);
    return fail(std::move(error));
  }
  std::vector<std::optional<StandoffDraw>> solved(ensemble ? ensemble->draws : 0);
  std::vector<std::string> failures(solved.size());
  auto const done = parallel_for(solved.size(), control, "stand-off", [&](std::size_t draw) {
    auto found = solve_draw(each, worlds, seed, draw);
    if (found) {
      solved[draw] = *std::move(found);
    } else {
      failures[draw] = found.error().what;
    }
  });
  if (!done) return fail(done.error());
  std::vector<StandoffDraw> draws;
  StandoffAnswer answer;
  for (std::size_t draw = 0; draw < solved.size(); ++draw) {
    if (solved[draw]) {
      draws.push_back(*std::move(solved[draw]));
    } else if (answer.failed++ == 0) {
      answer.first_failure = failures[draw];
    }
  }
  answer.name = spec.name;
  answer.title = spec.title;
  answer.draws = draws.size();
  answer.assumptions = assumptions_of(spec);
  answer.losses =
      "Losses are those of the trade model once prices, sources and wages have settled at the "
      "horizon "
      "of the study, also for the months that a rung takes";
  fill_answer(each, *central, draws, answer);
  return answer;
}

}  // namespace linchpin::study
