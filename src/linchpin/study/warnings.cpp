// SPDX-License-Identifier: Apache-2.0
#include "linchpin/study/warnings.h"

#include <fmt/format.h>

#include <algorithm>
#include <numeric>
#include <tuple>
#include <utility>

#include "linchpin/results/number_text.h"
#include "linchpin/study/words.h"

namespace linchpin::study {
namespace {

// A multiplier of input-output chains is two or three; what lies far beyond it are shortages that
// cause shortages. A choice of ours, not of the literature.
constexpr double most_amplification = 5;
constexpr double days_per_year = 365;

std::size_t industries_with_output(disrupt::Path const& path) {
  auto const& output = path.output_baseline;
  return static_cast<std::size_t>(
      std::count_if(output.begin(), output.end(), [](double each) { return each > 0; }));
}

/// Output that the world loses over the days simulated [unit].
double world_output_loss(disrupt::Path const& path) {
  auto const& losses = path.region_output_loss;
  return std::accumulate(losses.begin(), losses.end(), 0.0);
}

double output_of(std::vector<IndustryId> const& industries, disrupt::Path const& path) {
  double output = 0;
  for (auto const each : industries) output += path.output_baseline[each.index()];
  return output;
}

double final_use_of(std::vector<RegionId> const& regions, disrupt::Path const& path) {
  double use = 0;
  for (auto const each : regions) use += path.region_final_use_baseline[each.index()];
  return use;
}

/// Flows that the events can touch over the days simulated [unit].
double touched(Scenario const& scenario, disrupt::Path const& path) {
  auto const& reach = path.reach;
  double per_day = (std::accumulate(reach.cuts.begin(), reach.cuts.end(), 0.0) +
                    std::accumulate(reach.capacity_losses.begin(), reach.capacity_losses.end(), 0.0)) /
                   days_per_year;
  for (auto const& loss : scenario.capital_losses) per_day += output_of(loss.industries, path);
  for (auto const& shock : scenario.labour_shocks) per_day += output_of(shock.industries, path);
  for (auto const& shift : scenario.demand_shifts) per_day += final_use_of(shift.regions, path);
  return per_day * path.days;
}

/// One event and what it can touch; zero: nothing.
struct EventState {
  std::string name, part;
  double reach = 0;
  int from_day = 0;
  double share = 0;
  char const* nothing_touched = "";  ///< why the reach may be zero
};

std::vector<EventState> event_states(ResolvedScenario const& resolved, disrupt::Path const& path) {
  auto const& scenario = resolved.scenario;
  std::vector<EventState> events;
  for (std::size_t e = 0; e < scenario.cuts.size(); ++e) {
    auto const name = cut_name(resolved, e);
    auto const& course = scenario.cuts[e].course;
    events.push_back({name.event, name.part, path.reach.cuts[e], course.from_day, course.share,
                      "touches no flow and does nothing: check its labels and exemptions "
                      "(deliveries at home are never cut, and some industries have no output)"});
  }
  auto const add = [&](char const* kind, std::size_t number, double reach, int day, double share) {
    events.push_back({fmt::format("{} {}", kind, number + 1), "", reach, day, share,
                      "touches no flow and does nothing: check its labels (some industries have no "
                      "output)"});
  };
  for (std::size_t e = 0; e < scenario.capacity_losses.size(); ++e) {
    auto const& course = scenario.capacity_losses[e].course;
    add("Capacity loss", e, path.reach.capacity_losses[e], course.from_day, course.share);
  }
  for (std::size_t e = 0; e < scenario.capital_losses.size(); ++e) {
    auto const& loss = scenario.capital_losses[e];
    add("Capital loss", e, output_of(loss.industries, path), loss.day, loss.share);
  }
  for (std::size_t e = 0; e < scenario.labour_shocks.size(); ++e) {
    auto const& shock = scenario.labour_shocks[e];
    add("Labour shock", e, output_of(shock.industries, path), shock.course.from_day,
        shock.course.share);
  }
  for (std::size_t e = 0; e < scenario.demand_shifts.size(); ++e) {
    auto const& shift = scenario.demand_shifts[e];
    add("Demand shift", e, final_use_of(shift.regions, path), shift.course.from_day,
        shift.course.share);
  }
  return events;
}

bool idle(EventState const& event, disrupt::Path const& path) {
  return event.reach <= 0 || event.from_day >= path.days || event.share <= 0;
}

/// Reserves that nobody drew on: the run is the same without them.
void add_unused_reserves(Scenario const& scenario, disrupt::Path const& path, std::string const& in,
                         std::vector<std::string>& result) {
  for (std::size_t e = 0; e < scenario.reserves.size() && e < path.reserves_left.size(); ++e) {
    if (path.reserves_left[e] < scenario.reserves[e].days) continue;
    result.push_back(fmt::format(
        "Reserve {}{} is never drawn on: what its region orders of the product arrives, or the "
        "reserve is empty or opens too late.",
        e + 1, in));
  }
}

// A range that spans a change of sign or a factor of ten says more than its middle.
std::string spread_warning(ScenarioAnswer const& answer) {
  constexpr double wide = 10;
  double low = answer.path.world_value_added_loss_pct, high = low;
  std::string low_name = "the central run", high_name = low_name;
  for (auto const& variant : answer.variants) {
    double const loss = variant.path.world_value_added_loss_pct;
    if (loss < low) std::tie(low, low_name) = std::pair{loss, "'" + variant.name + "'"};
    if (loss > high) std::tie(high, high_name) = std::pair{loss, "'" + variant.name + "'"};
  }
  bool const spans = high > 0 && (low <= 0 || high > wide * low);
  if (answer.variants.empty() || !spans) return {};
  return fmt::format(
      "Scenario '{}' hangs on the model: the world's loss of value added runs from "
      "{} ({}) to {} ({}). Do not quote the central result without its range.",
      answer.scenario->scenario.name, percent_words(low), low_name, percent_words(high), high_name);
}

/// The variants in which shortages feed on themselves, where the central run does not do so.
std::string variants_warning(ScenarioAnswer const& answer) {
  std::vector<std::string> names;
  for (auto const& variant : answer.variants) {
    if (collapses(answer.scenario->scenario, variant.path)) names.push_back("'" + variant.name + "'");
  }
  if (names.empty() || collapses(answer.scenario->scenario, answer.path)) return {};
  return fmt::format(
      "In {} of the {} of scenario '{}' ({}) shortages feed on themselves: a threshold of the "
      "model. There it says 'this breaks', not how much.",
      // The central run is one of the model variants the headline counts.
      names.size(), count_words(answer.variants.size() + 1, "model variant", "model variants"),
      answer.scenario->scenario.name, list_words(names));
}

}  // namespace

std::vector<std::string> idle_event_warnings(ResolvedScenario const& resolved,
                                             disrupt::Path const& path) {
  std::vector<std::string> result;
  auto const& scenario = resolved.scenario;
  auto const in = scenario.name.empty() ? "" : fmt::format(" of scenario '{}'", scenario.name);
  auto const add = [&](std::string text) {
    // The phases of one cut touch the same flows, and so do both ways of a closure.
    if (std::find(result.begin(), result.end(), text) == result.end()) {
      result.push_back(std::move(text));
    }
  };
  for (auto const& event : event_states(resolved, path)) {
    if (event.reach <= 0) {
      add(fmt::format("{}{} {}.", event.name, in, event.nothing_touched));
    } else if (idle(event, path)) {
      add(fmt::format("{}{}{} does nothing: it begins on day {} with a share of {}, and {} days "
                      "are simulated.",
                      event.name, event.part, in, event.from_day, event.share, path.days));
    }
  }
  add_unused_reserves(scenario, path, in, result);
  return result;
}

bool all_idle(ResolvedScenario const& scenario, disrupt::Path const& path) {
  auto const events = event_states(scenario, path);
  return std::all_of(events.begin(), events.end(),
                     [&](EventState const& event) { return idle(event, path); });
}

std::size_t industries_short(disrupt::Path const& path) {
  std::vector<IndustryId> industries;
  for (auto const& shortage : path.shortages) industries.push_back(shortage.industry);
  std::sort(industries.begin(), industries.end());
  return static_cast<std::size_t>(std::unique(industries.begin(), industries.end()) -
                                  industries.begin());
}

bool collapses(Scenario const& scenario, disrupt::Path const& path) {
  if (path.shortages.empty()) return false;
  return 2 * industries_short(path) > industries_with_output(path) ||
         world_output_loss(path) > most_amplification * touched(scenario, path);
}

std::vector<std::string> path_warnings(ResolvedScenario const& resolved,
                                       disrupt::Path const& path) {
  auto const& scenario = resolved.scenario;
  auto result = resolved.warnings;
  for (auto& text : idle_event_warnings(resolved, path)) result.push_back(std::move(text));
  if (!collapses(scenario, path)) return result;
  auto const in =
      scenario.name.empty() ? std::string{} : fmt::format(" in scenario '{}'", scenario.name);
  double const flows = touched(scenario, path);
  auto const amplified =
      flows > 0 ? fmt::format(", and the world loses {} times the flows that the events can touch",
                              two_digits(world_output_loss(path) / flows))
                : std::string{};
  result.push_back(fmt::format(
      "A threshold of the model is crossed{}: shortages feed on themselves, {} of {} short of an "
      "input{}. This says 'this breaks', not how much: do not quote the losses as a finding.",
      in, industries_short(path),
      count_words(industries_with_output(path), "industry runs", "industries run"), amplified));
  return result;
}

std::vector<std::string> warnings(Economy const& economy, std::span<ScenarioAnswer const> answers) {
  constexpr double much = 0.01;
  std::vector<std::string> result;
  if (economy.info().estimated) {
    result.emplace_back(
        "The table holds estimated cells: results built on them are estimates too.");
  }
  if (economy.balance().relative_total_gap > much) {
    result.push_back(fmt::format(
        "The table is off balance by {} of world output: balance it before quoting results.",
        percent_words(100 * economy.balance().relative_total_gap)));
  }
  if (!answers.empty() && answers.front().path.baseline.share_of_output > much) {
    result.push_back(
        fmt::format("To get a baseline for the disruption model, {} of world output "
                    "had to be left out (changes in inventories, negative cells).",
                    percent_words(100 * answers.front().path.baseline.share_of_output)));
  }
  for (auto const& answer : answers) {
    for (auto& text : path_warnings(*answer.scenario, answer.path)) {
      // Scenarios share the parameters of a study, and what is to be said about them.
      bool const said = std::find(result.begin(), result.end(), text) != result.end();
      if (!said) result.push_back(std::move(text));
    }
    if (auto text = variants_warning(answer); !text.empty()) result.push_back(std::move(text));
    if (auto text = spread_warning(answer); !text.empty()) result.push_back(std::move(text));
  }
  return result;
}

}  // namespace linchpin::study
