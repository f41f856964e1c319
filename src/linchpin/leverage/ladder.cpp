// SPDX-License-Identifier: Apache-2.0
#include "linchpin/leverage/ladder.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <string_view>

namespace linchpin::leverage {
namespace {

void check_move(Ladder const& ladder, LadderMove const& move, std::string const& where,
                ErrorList& errors) {
  if (move.next) {
    if (*move.next >= ladder.rungs.size()) {
      errors.add(ErrorCode::bad_value, "a move to a rung that does not exist", where,
                 "name one of the rungs");
    }
    if (!move.payoffs.empty()) {
      errors.add(ErrorCode::bad_value, "payoffs of a move that goes on", where,
                 "a move ends the game with payoffs or goes on to a rung");
    }
    return;
  }
  bool const finite = std::all_of(move.payoffs.begin(), move.payoffs.end(),
                                  [](double value) { return std::isfinite(value); });
  if (move.payoffs.size() != ladder.players.size() || !finite) {
    errors.add(ErrorCode::bad_value,
               fmt::format("{} payoffs for {} players, or not finite", move.payoffs.size(),
                           ladder.players.size()),
               where, "one finite number per player");
  }
}

Result<void> check(Ladder const& ladder) {
  ErrorList errors;
  if (ladder.players.empty() || ladder.rungs.empty()) {
    errors.add(ErrorCode::missing_value, "a ladder without players or rungs", "ladder",
               "name at least one of each");
  }
  for (LadderRung const& rung : ladder.rungs) {
    if (rung.player >= ladder.players.size()) {
      errors.add(ErrorCode::bad_value, "a player that does not exist", rung.name,
                 "name one of the players");
    }
    if (rung.moves.empty()) {
      errors.add(ErrorCode::missing_value, "a rung without moves", rung.name,
                 "doing nothing is a move, too: name it");
    }
    for (LadderMove const& move : rung.moves) {
      check_move(ladder, move, fmt::format("{}: {}", rung.name, move.name), errors);
    }
  }
  if (!errors.empty()) return fail(errors.joined());
  return {};
}

/// Rungs so that each comes after all that lead to it; those in circles or out of reach are
/// missing.
std::vector<std::size_t> order_of(Ladder const& ladder) {
  std::size_t const count = ladder.rungs.size();
  std::vector<std::size_t> ways_in(count, 0), order;
  for (LadderRung const& rung : ladder.rungs) {
    for (LadderMove const& move : rung.moves) {
      if (move.next) ++ways_in[*move.next];
    }
  }
  if (ways_in[0] > 0) return order;
  order.push_back(0);
  for (std::size_t at = 0; at < order.size(); ++at) {
    for (LadderMove const& move : ladder.rungs[order[at]].moves) {
      if (move.next && --ways_in[*move.next] == 0) order.push_back(*move.next);
    }
  }
  return order;
}

using Ends = std::vector<std::pair<std::size_t, std::size_t>>;

double tolerance_of(Ladder const& ladder) {
  double largest = 0;
  for (auto const& rung : ladder.rungs) {
    for (auto const& move : rung.moves) {
      for (double const payoff : move.payoffs) largest = std::max(largest, std::abs(payoff));
    }
  }
  return 1e-9 * largest;
}

/// Moves of rung r that are best for some choice among ties further on, and where they end.
void add_possible(Ladder const& ladder, std::size_t r, double tolerance, LadderAnswer& answer) {
  auto const& rung = ladder.rungs[r];
  std::vector<Ends> ends(rung.moves.size());
  std::vector<double> least, most;
  auto const worth = [&](std::pair<std::size_t, std::size_t> const& end) {
    return ladder.rungs[end.first].moves[end.second].payoffs[rung.player];
  };
  for (std::size_t m = 0; m < rung.moves.size(); ++m) {
    auto const next = rung.moves[m].next;
    ends[m] = next ? answer.ends[*next] : Ends{{r, m}};
    auto const [low, high] =
        std::minmax_element(ends[m].begin(), ends[m].end(),
                            [&](auto const& a, auto const& b) { return worth(a) < worth(b); });
    least.push_back(worth(*low));
    most.push_back(worth(*high));
  }
  for (std::size_t m = 0; m < rung.moves.size(); ++m) {
    double other = -std::numeric_limits<double>::infinity();
    for (std::size_t k = 0; k < least.size(); ++k) {
      if (k != m) other = std::max(other, least[k]);
    }
    if (most[m] < other - tolerance) continue;
    answer.possible[r].push_back(m);
    for (auto const& end : ends[m]) {
      if (worth(end) >= other - tolerance) answer.ends[r].push_back(end);
    }
  }
  std::sort(answer.ends[r].begin(), answer.ends[r].end());
  answer.ends[r].erase(std::unique(answer.ends[r].begin(), answer.ends[r].end()),
                       answer.ends[r].end());
}

/// True if a tie between the two is settled in favour of `a`.
bool before(LadderMove const& a, LadderMove const& b) {
  return std::pair{a.next.has_value(), std::string_view{a.name}} <
         std::pair{b.next.has_value(), std::string_view{b.name}};
}

}  // namespace

Result<LadderAnswer> climb_ladder(Ladder const& ladder) {
  if (auto const checked = check(ladder); !checked) return fail(checked.error());
  auto const order = order_of(ladder);
  if (order.size() < ladder.rungs.size()) {
    ErrorList errors;
    for (std::size_t r = 0; r < ladder.rungs.size(); ++r) {
      if (std::find(order.begin(), order.end(), r) != order.end()) continue;
      errors.add(ErrorCode::bad_value, "a rung in a circle, behind one, or never reached",
                 ladder.rungs[r].name,
                 "a ladder is finite: repeat a rung under another name instead of going back");
    }
    return fail(errors.joined());
  }
  LadderAnswer answer;
  answer.choice.assign(ladder.rungs.size(), 0);
  answer.values.resize(ladder.rungs.size());
  answer.possible.resize(ladder.rungs.size());
  answer.ends.resize(ladder.rungs.size());
  double const tolerance = tolerance_of(ladder);
  for (std::size_t at = order.size(); at-- > 0;) {
    LadderRung const& rung = ladder.rungs[order[at]];
    auto const value = [&](std::size_t m) -> std::vector<double> const& {
      LadderMove const& move = rung.moves[m];
      return move.next ? answer.values[*move.next] : move.payoffs;
    };
    double most = value(0)[rung.player];
    for (std::size_t m = 1; m < rung.moves.size(); ++m) {
      most = std::max(most, value(m)[rung.player]);
    }
    std::optional<std::size_t> best;
    bool tie = false;
    for (std::size_t m = 0; m < rung.moves.size(); ++m) {
      if (value(m)[rung.player] < most - tolerance) continue;
      tie = tie || best;
      if (!best || before(rung.moves[m], rung.moves[*best])) best = m;
    }
    if (tie) answer.ties.push_back(order[at]);
    answer.choice[order[at]] = *best;
    answer.values[order[at]] = value(*best);
    add_possible(ladder, order[at], tolerance, answer);
  }
  std::sort(answer.ties.begin(), answer.ties.end());
  answer.payoffs = answer.values[0];
  for (std::optional<std::size_t> rung = 0; rung;) {
    std::size_t const move = answer.choice[*rung];
    answer.path.emplace_back(*rung, move);
    rung = ladder.rungs[*rung].moves[move].next;
  }
  return answer;
}

}  // namespace linchpin::leverage
