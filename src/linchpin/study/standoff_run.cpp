// SPDX-License-Identifier: Apache-2.0
#include "linchpin/study/standoff_run.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
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
#include "linchpin/study/words.h"

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
  // Less is rounding of the solver, and must not decide between plays that are worth the same.
  constexpr double rounding_pct = 1e-9;
  std::vector<double> losses;
  for (auto const region : regions) {
    double const loss = 100 * leverage::final_spending_loss(world.base, *found, region);
    losses.push_back(std::abs(loss) < rounding_pct ? 0 : loss);
  }
  return losses;
}

/// Losses of all sets of actions, by the model the stand-off names.
Result<void> add_losses(StandoffCase const& each, StandoffWorlds const& worlds,
                        StandoffDays const& days, std::optional<std::size_t> draw,
                        RunControl const& control, StandoffDraw& result) {
  if (each.spec->losses == StandoffLosses::daily) {
    auto daily = days(each, draw, control);
    if (!daily) return fail(daily.error());
    result.losses = std::move(daily->losses);
    result.end_losses = std::move(daily->ends);
    return {};
  }
  auto const world = worlds(draw);
  if (!world) return fail(world.error());
  for (auto const mask : each.masks) {
    auto losses = losses_of(each, *world, mask);
    if (!losses) return fail(losses.error());
    result.losses.emplace(mask, *std::move(losses));
  }
  return {};
}

Result<StandoffDraw> solve_draw(StandoffCase const& each, StandoffWorlds const& worlds,
                                StandoffDays const& days, std::uint64_t seed,
                                std::optional<std::size_t> draw, RunControl const& control) {
  StandoffDraw result;
  if (auto const done = add_losses(each, worlds, days, draw, control, result); !done) {
    return fail(done.error());
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

/// What losses of payoffs are; nobody should have to guess which model they come from.
std::string losses_words(StandoffSpec const& spec, StandoffAnswer const& answer) {
  if (spec.losses == StandoffLosses::daily) {
    return fmt::format(
        "Losses of payoffs are those of real final use over the first {} days by the daily model: "
        "stocks run down, neither prices nor wages adjust. Draws draw the lines carved out, worths "
        "and "
        "stakes, not the numbers of that model; where rungs take time each end is simulated as it "
        "comes about",
        answer.days);
  }
  std::string text =
      "Losses of payoffs are those of the trade model once prices, sources and wages have settled "
      "at "
      "the horizon of the study";
  if (takes_time(spec)) text += ", also for the months that a rung takes";
  if (spec.losses == StandoffLosses::both) {
    text +=
        fmt::format("; the table first_year has those of the daily model over {} days beside them",
                    answer.days);
  }
  return text;
}

/// An action that touches no trade is nearly always a mistake of the user's.
Result<void> add_idle_warnings(StandoffCase const& each, StandoffWorlds const& worlds,
                               StandoffAnswer& answer) {
  auto const world = worlds(std::nullopt);
  if (!world) return fail(world.error());
  for (auto const& action : each.spec->actions) {
    if (touched_cells(action, world->base, each.ground->space.labels().sectors) > 0) continue;
    answer.warnings.push_back(fmt::format(
        "Stand-off '{}': '{}' touches no trade between two regions and changes nothing.",
        each.spec->name, action.name.value));
  }
  return {};
}

/// Losses by the daily model where they are asked for: payoffs are made of them, or they stand
/// beside those of the trade model at central numbers.
Result<void> ask_daily(StandoffCase const& each, StandoffWorlds const& worlds,
                       StandoffDays const& days, RunControl const& control,
                       StandoffAnswer& answer) {
  auto const& spec = *each.spec;
  if (spec.losses == StandoffLosses::settled) return {};
  if (!days) {
    return fail(ErrorCode::missing_value, "no flows between industries for the daily model",
                spec.where, "use a world with a table, or losses = \"settled\"");
  }
  auto daily = days(each, std::nullopt, control);
  if (!daily) return fail(daily.error());
  answer.days = daily->days;
  answer.daily = spec.losses == StandoffLosses::daily;
  if (answer.daily) {
    answer.measure = fmt::format("real final use over the first {} days", daily->days);
  }
  answer.warnings.insert(answer.warnings.end(), daily->warnings.begin(), daily->warnings.end());
  answer.warnings.push_back(fmt::format(
      "Stand-off '{}': the daily model: {}; product lines have the stocks and ratings of "
      "their hosts.",
      spec.name, daily->model));
  auto const central = worlds(std::nullopt);
  if (!central) return fail(central.error());
  auto const& regions = each.ground->accounts.regions;
  for (auto const mask : each.masks) {
    if (mask == 0) continue;
    auto const settled = losses_of(each, *central, mask);
    if (!settled) return fail(settled.error());
    auto const found = daily->losses.find(mask);
    for (std::size_t k = 0; k < settled->size(); ++k) {
      bool const plays = k < each.players.size();
      StandoffFirstYear row;
      row.in_force = list_words(action_names(spec, mask));
      row.plays = plays;
      row.region = regions[plays ? each.players[k] : each.others[k - each.players.size()]];
      row.settled = (*settled)[k];
      if (found != daily->losses.end()) {
        row.daily = found->second[k];
      } else {
        row.reason = "the daily model has no prices";
      }
      answer.first_year.push_back(std::move(row));
    }
  }
  return {};
}

}  // namespace

Result<StandoffAnswer> run_standoff(StandoffSpec const& spec, TradeGround const& ground,
                                    StandoffWorlds const& worlds, StandoffDays const& days,
                                    std::optional<EnsembleSpec> const& ensemble,
                                    RunControl const& control) {
  auto const each = standoff_case(spec, ground);
  StandoffAnswer answer;
  if (auto const done = add_idle_warnings(each, worlds, answer); !done) return fail(done.error());
  if (auto const done = ask_daily(each, worlds, days, control, answer); !done)
    return fail(done.error());
  std::uint64_t const seed = ensemble ? ensemble->seed : 0;
  auto central = solve_draw(each, worlds, days, seed, std::nullopt, control);
  if (!central) {
    auto error = central.error();
    error.where = fmt::format("stand-off '{}': {}", spec.name, error.where);
    return fail(std::move(error));
  }
  std::vector<std::optional<StandoffDraw>> solved(ensemble ? ensemble->draws : 0);
  std::vector<std::string> failures(solved.size());
  RunControl const quiet{.threads = 1, .cancel = control.cancel, .progress = {}};
  auto const done = parallel_for(solved.size(), control, "stand-off", [&](std::size_t draw) {
    auto found = solve_draw(each, worlds, days, seed, draw, quiet);
    if (found) {
      solved[draw] = *std::move(found);
    } else {
      failures[draw] = found.error().what;
    }
  });
  if (!done) return fail(done.error());
  std::vector<StandoffDraw> draws;
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
  answer.losses = losses_words(spec, answer);
  fill_answer(each, *central, draws, answer);
  return answer;
}

}  // namespace linchpin::study
