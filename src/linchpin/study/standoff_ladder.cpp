// SPDX-License-Identifier: Apache-2.0
#include "linchpin/study/standoff_ladder.h"

#include <fmt/format.h>

#include <algorithm>
#include <tuple>
#include <utility>

#include "linchpin/leverage/break_even.h"
#include "linchpin/study/standoff_actions.h"
#include "linchpin/study/standoff_bands.h"
#include "linchpin/study/words.h"

namespace linchpin::study {
namespace {

using leverage::Ladder;

std::size_t place(std::vector<Placed<std::string>> const& list, std::string const& name) {
  return static_cast<std::size_t>(
      std::find_if(list.begin(), list.end(), [&](auto const& each) { return each.value == name; }) -
      list.begin());
}

/// Who gives way at the end of a move; none: nobody.
std::optional<std::size_t> gives_way(StandoffSpec const& spec, StandoffMoveSpec const& move) {
  if (!move.gives_way) return std::nullopt;
  return place(spec.players, move.gives_way->value);
}

/// Sum of `value(actions)` over the rungs up to the move and what is in force after it, by weight.
template <typename Value>
double over_time(StandoffCase const& each, std::size_t r, std::size_t m, Value&& value) {
  auto const& time = each.times[r];
  double sum = time.rest * value(action_mask(*each.spec, each.spec->rungs[r].moves[m].in_force));
  for (auto const& [mask, weight] : time.before) sum += weight * value(mask);
  return sum;
}

double end_loss(StandoffCase const& each, StandoffDraw const& draw, std::size_t r, std::size_t m,
                std::size_t player) {
  if (!draw.end_losses.empty()) return draw.end_losses[r][m][player];
  return over_time(each, r, m, [&](unsigned mask) { return draw.losses.at(mask)[player]; });
}

double end_payoff(StandoffCase const& each, StandoffDraw const& draw, std::size_t r, std::size_t m,
                  std::size_t player) {
  double payoff = 0.0 - end_loss(each, draw, r, m, player);  // never a zero with a sign
  payoff +=
      over_time(each, r, m, [&](unsigned mask) { return worth_of(each, draw, mask, player); });
  if (auto const who = gives_way(*each.spec, each.spec->rungs[r].moves[m])) {
    payoff += *who == player ? -draw.stakes[player] : draw.stakes[player];
  }
  return payoff;
}

bool passes(leverage::LadderAnswer const& answer, std::size_t rung, std::size_t move) {
  return std::find(answer.path.begin(), answer.path.end(), std::pair{rung, move}) !=
         answer.path.end();
}

/// Quantiles of numbers some draws lack: there they are beyond any bound.
std::optional<Band> open_band(std::optional<double> central, std::span<StandoffDraw const> draws,
                              std::size_t r, std::size_t m) {
  if (!central) return std::nullopt;
  constexpr double beyond = 1e300;
  Band band{*central, {}, {}, {}};
  if (draws.empty()) return band;
  std::vector<double> all;
  for (auto const& draw : draws) all.push_back(draw.break_even[r][m].value_or(beyond));
  std::sort(all.begin(), all.end());
  auto const at = [&](double chance) -> std::optional<double> {
    double const value = sampling::sorted_quantile(all, chance);
    return value < 1e200 ? std::optional{value} : std::nullopt;
  };
  band.p05 = at(0.05);
  band.p50 = at(0.5);
  band.p95 = at(0.95);
  return band;
}

bool gives_way_itself(StandoffRungSpec const& rung, StandoffMoveSpec const& move) {
  return !move.next && move.gives_way && move.gives_way->value == rung.player.value &&
         rung.moves.size() > 1;
}

bool is_possible(StandoffDraw const& draw, std::size_t r, std::size_t m) {
  auto const& moves = draw.ladder->possible[r];
  return std::find(moves.begin(), moves.end(), m) != moves.end();
}

bool is_certain(StandoffDraw const& draw, std::size_t r, std::size_t m) {
  return draw.ladder->possible[r].size() == 1 && draw.ladder->possible[r].front() == m;
}

StandoffMove move_of(StandoffCase const& each, StandoffDraw const& central,
                     std::span<StandoffDraw const> draws, std::size_t r, std::size_t m) {
  auto const& rung = each.spec->rungs[r];
  auto const& move = rung.moves[m];
  StandoffMove row;
  row.rung = rung.name.value;
  row.player = rung.player.value;
  row.move = move.name.value;
  row.ends = !move.next;
  row.chosen = central.ladder->choice[r] == m;
  row.on_path = passes(*central.ladder, r, m);
  row.tied = is_possible(central, r, m) && !is_certain(central, r, m);
  row.credible_share = share_of(draws, [&](auto const& draw) { return is_certain(draw, r, m); });
  row.possible_share = share_of(draws, [&](auto const& draw) { return is_possible(draw, r, m); });
  row.path_share = share_of(draws, [&](auto const& draw) { return passes(*draw.ladder, r, m); });
  if (move.next) {
    row.leads_to = move.next->value;
    return row;
  }
  std::vector<std::string> names;
  for (auto const& action : move.in_force) names.push_back(action.value);
  if (gives_way_itself(rung, move)) {
    row.break_even = open_band(central.break_even[r][m], draws, r, m);
    row.always = !row.break_even;
  }
  row.leads_to = names.empty() ? "nothing in force" : list_words(names);
  if (move.gives_way) row.gives_way = move.gives_way->value;
  for (std::size_t p = 0; p < each.players.size(); ++p) {
    row.loss.push_back(
        band_of(central, draws, [&](auto const& draw) { return end_loss(each, draw, r, m, p); }));
    row.payoff.push_back(
        band_of(central, draws, [&](auto const& draw) { return end_payoff(each, draw, r, m, p); }));
  }
  return row;
}

std::string in_force_words(StandoffSpec const& spec, unsigned mask) {
  auto const names = action_names(spec, mask);
  return names.empty() ? "nothing in force" : list_words(names);
}

void fill_rungs(StandoffCase const& each, StandoffDraw const& central,
                std::span<StandoffDraw const> draws, StandoffAnswer& answer) {
  auto const& spec = *each.spec;
  if (!takes_time(spec)) {
    answer.timing =
        "Rungs take no time: only what is in force at the end costs anything, so that escalating "
        "before giving way is free";
    return;
  }
  std::vector<std::string> parts;
  for (std::size_t r = 0; r < spec.rungs.size(); ++r) {
    auto const& rung = spec.rungs[r];
    StandoffRung row;
    row.rung = rung.name.value;
    row.player = rung.player.value;
    auto const mask = action_mask(spec, rung.in_force);
    row.in_force = in_force_words(spec, mask);
    row.from = each.times[r].from;
    row.duration = rung.duration;
    if (spec.horizon_years) row.months = 12 * *spec.horizon_years * rung.duration;
    for (std::size_t p = 0; p < each.players.size(); ++p) {
      row.loss.push_back(
          band_of(central, draws, [&](auto const& draw) { return draw.losses.at(mask)[p]; }));
    }
    if (row.duration > 0) {
      parts.push_back(fmt::format("\"{}\" {}", row.rung,
                                  row.months ? fmt::format("{:.3g} months", *row.months)
                                             : fmt::format("{:.3g} of the horizon", row.duration)));
    }
    answer.rungs.push_back(std::move(row));
  }
  answer.timing = fmt::format(
      "Rungs take time, an assumption: {}. What is in force meanwhile costs, and is worth, its "
      "share "
      "of the horizon{}; what is in force at the end counts for the rest, stakes in full whenever "
      "somebody gives way",
      list_words(parts),
      spec.discount > 0 ? fmt::format(", discounted by {:g} a year", spec.discount) : "");
}

}  // namespace

void fill_ladder(StandoffCase const& each, StandoffDraw const& central,
                 std::span<StandoffDraw const> draws, StandoffAnswer& answer) {
  fill_rungs(each, central, draws, answer);
  auto const& rungs = each.spec->rungs;
  for (std::size_t r = 0; r < rungs.size(); ++r) {
    for (std::size_t m = 0; m < rungs[r].moves.size(); ++m) {
      answer.moves.push_back(move_of(each, central, draws, r, m));
    }
  }
  auto const nobody = each.players.size();
  // Whether `p` gives way where play may end: in all such plays, and in some.
  auto const yields = [&](StandoffDraw const& draw, std::size_t p) {
    bool all = true, some = false;
    for (auto const& [rung, move] : draw.ladder->ends[0]) {
      bool const does = gives_way(*each.spec, rungs[rung].moves[move]).value_or(nobody) == p;
      all = all && does;
      some = some || does;
    }
    return std::pair{all, some};
  };
  auto const shares = [&](std::size_t p) {
    auto const [all, some] = yields(central, p);
    return std::pair{share_of(draws, [&](auto const& draw) { return yields(draw, p).first; })
                         .value_or(all ? 1 : 0),
                     share_of(draws, [&](auto const& draw) {
                       return yields(draw, p).second;
                     }).value_or(some ? 1 : 0)};
  };
  for (std::size_t p = 0; p < nobody; ++p) {
    auto const [certain, possible] = shares(p);
    answer.gives_way.push_back(certain);
    answer.may_give_way.push_back(possible);
    answer.path_payoff.push_back(
        band_of(central, draws, [&](auto const& draw) { return draw.ladder->payoffs[p]; }));
  }
  std::tie(answer.nobody_gives_way, answer.nobody_may_give_way) = shares(nobody);
}

Result<void> add_break_even(StandoffCase const& each, StandoffDraw& draw) {
  auto const& rungs = each.spec->rungs;
  draw.break_even.clear();
  for (auto const& rung : rungs) draw.break_even.emplace_back(rung.moves.size());
  for (std::size_t r = 0; r < rungs.size(); ++r) {
    for (std::size_t m = 0; m < rungs[r].moves.size(); ++m) {
      if (!gives_way_itself(rungs[r], rungs[r].moves[m])) continue;
      auto const player = place(each.spec->players, rungs[r].player.value);
      auto unsettled = draw;
      unsettled.stakes[player] = 0;
      leverage::StakedLadder staked{ladder_of(each, unsettled), player, {}};
      for (auto const& rung : rungs) {
        auto& slopes = staked.slope.emplace_back();
        for (auto const& move : rung.moves) {
          auto const who = gives_way(*each.spec, move);
          slopes.push_back(move.next || !who ? 0 : *who == player ? -1 : 1);
        }
      }
      auto const found = leverage::break_even_stake(staked, r, m);
      if (!found) return fail(found.error());
      draw.break_even[r][m] = *found;
    }
  }
  return {};
}

Ladder ladder_of(StandoffCase const& each, StandoffDraw const& draw) {
  auto const& spec = *each.spec;
  Ladder ladder;
  for (auto const& player : spec.players) ladder.players.push_back(player.value);
  std::vector<Placed<std::string>> rungs;
  for (auto const& rung : spec.rungs) rungs.push_back(rung.name);
  for (std::size_t r = 0; r < spec.rungs.size(); ++r) {
    auto const& rung = spec.rungs[r];
    leverage::LadderRung next{rung.name.value, place(spec.players, rung.player.value), {}};
    for (std::size_t m = 0; m < rung.moves.size(); ++m) {
      auto const& move = rung.moves[m];
      leverage::LadderMove step;
      step.name = move.name.value;
      if (move.next) {
        step.next = place(rungs, move.next->value);
      } else {
        for (std::size_t p = 0; p < each.players.size(); ++p) {
          step.payoffs.push_back(end_payoff(each, draw, r, m, p));
        }
      }
      next.moves.push_back(std::move(step));
    }
    ladder.rungs.push_back(std::move(next));
  }
  return ladder;
}

}  // namespace linchpin::study
