// SPDX-License-Identifier: Apache-2.0
#include "linchpin/study/standoff_daily.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <utility>

#include "linchpin/study/standoff_actions.h"

namespace linchpin::study {
namespace {

using disrupt::ModelOptions;

constexpr int days_of_year = 365;

bool has_rate(StandoffSpec const& spec, unsigned mask) {
  for (std::size_t a = 0; a < spec.actions.size(); ++a) {
    if ((mask >> a & 1U) != 0 && is_rate(spec.actions[a].instrument)) return true;
  }
  return false;
}

/// [sector of the economy with lines] its own place in the world, or that of its host.
std::vector<std::size_t> origins_of(IndustrySpace const& world, IndustrySpace const& carved,
                                    std::vector<CarveLineSpec> const& lines) {
  std::vector<std::size_t> origins;
  for (auto label : carved.sector_labels()) {
    // A line may be carved out of a line.
    for (auto line = lines.rbegin(); line != lines.rend(); ++line) {
      if (line->line.value == label) label = line->host.value;
    }
    auto const found = world.find_sector(label, "");
    origins.push_back(found ? found->index() : 0);
  }
  return origins;
}

void spread(std::vector<std::size_t> const& origins, DenseVector& numbers) {
  if (numbers.empty()) return;
  DenseVector result(origins.size());
  for (std::size_t p = 0; p < origins.size(); ++p) result[p] = numbers[origins[p]];
  numbers = std::move(result);
}

/// Lines have the stocks and ratings of their hosts.
ModelOptions with_lines(ModelOptions options, std::vector<std::size_t> const& origins) {
  spread(origins, options.inventory_days);
  spread(origins, options.overproduction_by_product);
  spread(origins, options.resourcing_elasticity);
  if (!options.criticality.empty()) {
    DenseMatrix ratings(origins.size(), origins.size());
    for (std::size_t p = 0; p < origins.size(); ++p) {
      for (std::size_t q = 0; q < origins.size(); ++q) {
        ratings(p, q) = options.criticality(origins[p], origins[q]);
      }
    }
    options.criticality = std::move(ratings);
  }
  return options;
}

void add_window(Scenario part, int from, int to, Scenario& scenario) {
  for (auto& cut : part.cuts) {
    cut.course.from_day = from;
    cut.course.to_day = to;
    scenario.cuts.push_back(std::move(cut));
  }
}

/// What is in force on the way to the end of a ladder, one after the other.
Scenario way_to(StandoffCase const& each, std::size_t r, StandoffMoveSpec const& move, int days,
                IndustrySpace const& space) {
  auto const& spec = *each.spec;
  auto const day = [&](double share) { return static_cast<int>(std::lround(share * days)); };
  // Rungs before r, backwards from it: each has one way in.
  std::vector<std::size_t> way{r};
  for (bool found = true; found;) {
    found = false;
    for (std::size_t k = 0; k < spec.rungs.size() && !found; ++k) {
      auto const& moves = spec.rungs[k].moves;
      found = std::any_of(moves.begin(), moves.end(), [&](auto const& step) {
        return step.next && step.next->value == spec.rungs[way.back()].name.value;
      });
      if (found) way.push_back(k);
    }
  }
  Scenario scenario;
  for (auto rung = way.rbegin(); rung != way.rend(); ++rung) {
    auto const from = day(each.times[*rung].from), to = day(each.times[*rung].until);
    if (from == to) continue;
    add_window(daily_scenario(spec, action_mask(spec, spec.rungs[*rung].in_force), space), from, to,
               scenario);
  }
  auto const from = day(each.times[r].until);
  add_window(daily_scenario(spec, action_mask(spec, move.in_force), space), from, -1, scenario);
  return scenario;
}

}  // namespace

int standoff_days(StandoffSpec const& spec) {
  double const years = std::min(spec.horizon_years.value_or(1), 1.0);
  return std::max(1, static_cast<int>(std::lround(days_of_year * years)));
}

Result<StandoffDaily> standoff_daily(StandoffCase const& each, Economy const& economy,
                                     std::vector<CarveLineSpec> const& lines,
                                     IndustrySpace const& world, disrupt::ModelOptions const& model,
                                     RunControl const& control) {
  auto const& spec = *each.spec;
  StandoffDaily daily;
  daily.days = model.days;
  auto const& space = economy.space();
  auto const options = with_lines(model, origins_of(world, space, lines));

  std::vector<Scenario> scenarios;
  std::vector<unsigned> masks;
  for (auto const mask : each.masks) {
    if (mask == 0 || has_rate(spec, mask)) continue;
    masks.push_back(mask);
    scenarios.push_back(daily_scenario(spec, mask, space));
  }
  std::vector<std::pair<std::size_t, std::size_t>> ends;
  bool const in_time = spec.losses == StandoffLosses::daily && takes_time(spec);
  for (std::size_t r = 0; in_time && r < spec.rungs.size(); ++r) {
    daily.ends.emplace_back(spec.rungs[r].moves.size());
    for (std::size_t m = 0; m < spec.rungs[r].moves.size(); ++m) {
      if (spec.rungs[r].moves[m].next) continue;
      ends.emplace_back(r, m);
      scenarios.push_back(way_to(each, r, spec.rungs[r].moves[m], daily.days, space));
    }
  }
  std::vector<disrupt::Run> runs;
  for (auto const& scenario : scenarios) runs.push_back({&scenario, &options});
  auto regions = each.players;
  regions.insert(regions.end(), each.others.begin(), each.others.end());
  std::vector<std::vector<double>> losses;
  if (!runs.empty()) {
    auto const found = disrupt::simulate_block(economy, runs, control);
    if (!found) return fail(found.error());
    for (auto const& summary : *found) {
      if (!summary) return fail(summary.error());
      auto& row = losses.emplace_back();
      for (auto const region : regions) row.push_back(summary->final_use_loss_pct[region]);
    }
  }
  daily.losses.emplace(0U, std::vector<double>(regions.size(), 0.0));
  for (std::size_t k = 0; k < masks.size(); ++k) daily.losses.emplace(masks[k], losses[k]);
  for (std::size_t k = 0; k < ends.size(); ++k) {
    daily.ends[ends[k].first][ends[k].second] = losses[masks.size() + k];
  }
  return daily;
}

}  // namespace linchpin::study
