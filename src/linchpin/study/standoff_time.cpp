// SPDX-License-Identifier: Apache-2.0
#include "linchpin/study/standoff_time.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <optional>

#include "linchpin/core/contracts.h"
#include "linchpin/study/standoff_actions.h"

namespace linchpin::study {
namespace {

std::optional<std::size_t> rung_place(StandoffSpec const& spec, std::string const& name) {
  for (std::size_t r = 0; r < spec.rungs.size(); ++r) {
    if (spec.rungs[r].name.value == name) return r;
  }
  return std::nullopt;
}

/// [rung] number of moves that lead to it.
std::vector<std::size_t> ways_in(StandoffSpec const& spec) {
  std::vector<std::size_t> ways(spec.rungs.size(), 0);
  for (auto const& rung : spec.rungs) {
    for (auto const& move : rung.moves) {
      if (!move.next) continue;
      if (auto const next = rung_place(spec, move.next->value)) ++ways[*next];
    }
  }
  return ways;
}

/// Share of the horizon from a to b after discounting.
double weight(StandoffSpec const& spec, double a, double b) {
  double const fall = spec.discount * spec.horizon_years.value_or(0);
  if (fall <= 0) return b - a;
  return (std::exp(-fall * a) - std::exp(-fall * b)) / -std::expm1(-fall);
}

}  // namespace

bool takes_time(StandoffSpec const& spec) {
  return std::any_of(spec.rungs.begin(), spec.rungs.end(),
                     [](auto const& each) { return each.duration > 0; });
}

std::vector<RungTime> rung_times(StandoffSpec const& spec) {
  std::vector<RungTime> times(spec.rungs.size());
  if (!takes_time(spec)) return times;
  std::vector<std::size_t> open{0};
  for (std::size_t at = 0; at < open.size(); ++at) {
    LINCHPIN_EXPECTS(at < spec.rungs.size());
    auto const& rung = spec.rungs[open[at]];
    auto& time = times[open[at]];
    time.until = time.from + rung.duration;
    if (rung.duration > 0) {
      time.before.emplace_back(action_mask(spec, rung.in_force),
                               weight(spec, time.from, time.until));
    }
    time.rest = weight(spec, time.until, 1);
    for (auto const& move : rung.moves) {
      auto const next = move.next ? rung_place(spec, move.next->value) : std::nullopt;
      if (!next || *next == 0) continue;
      times[*next].from = time.until;
      times[*next].before = time.before;
      open.push_back(*next);
    }
  }
  return times;
}

std::vector<Error> time_problems(StandoffSpec const& spec) {
  std::vector<Error> problems;
  if (spec.discount > 0 && !spec.horizon_years) {
    problems.push_back({ErrorCode::bad_value, "a discount rate in the long run", spec.where,
                        "set leverage.horizon_years, or leave discount out"});
  }
  for (auto const& rung : spec.rungs) {
    if (rung.in_force.empty() || rung.duration > 0) continue;
    problems.push_back({ErrorCode::bad_value,
                        fmt::format("'{}' has actions in force but takes no time", rung.name.value),
                        rung.in_force.front().where, "add months = 3, or a duration"});
  }
  if (!takes_time(spec)) return problems;
  bool tree = true;
  auto const ways = ways_in(spec);
  for (std::size_t r = 0; r < spec.rungs.size(); ++r) {
    if (ways[r] <= (r == 0 ? 0U : 1U)) continue;
    tree = false;
    auto const& name = spec.rungs[r].name;
    problems.push_back(
        {ErrorCode::bad_value,
         r == 0 ? fmt::format("a move leads back to '{}', where the ladder starts", name.value)
                : fmt::format("several moves lead to '{}'", name.value),
         name.where,
         "where rungs take time each is reached in one way: repeat it under another name"});
  }
  if (!tree) return problems;
  auto const times = rung_times(spec);
  for (std::size_t r = 0; r < spec.rungs.size(); ++r) {
    if (times[r].until < 1) continue;
    problems.push_back({ErrorCode::bad_value,
                        fmt::format("rungs up to '{}' take {:.3g} of the horizon",
                                    spec.rungs[r].name.value, times[r].until),
                        spec.rungs[r].name.where, "leave some of it for how the stand-off ends"});
  }
  return problems;
}

}  // namespace linchpin::study
