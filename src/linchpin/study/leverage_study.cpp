// SPDX-License-Identifier: Apache-2.0
#include "linchpin/study/leverage_study.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <iterator>
#include <utility>

#include "linchpin/economy/trade_accounts_of.h"
#include "linchpin/study/carved_world.h"
#include "linchpin/study/chokepoint_run.h"
#include "linchpin/study/leverage_carve.h"
#include "linchpin/study/leverage_words.h"
#include "linchpin/study/leverage_world.h"
#include "linchpin/study/power_run.h"
#include "linchpin/study/supply_tree_study.h"
#include "linchpin/study/words.h"

namespace linchpin::study {
namespace {

template <class T>
void append(std::vector<T>& target, std::vector<T> more) {
  target.insert(target.end(), std::make_move_iterator(more.begin()),
                std::make_move_iterator(more.end()));
}

std::vector<std::string> values_of(std::vector<Placed<std::string>> const& list) {
  std::vector<std::string> values;
  for (auto const& each : list) values.push_back(each.value);
  return values;
}

Result<TradeGround> ground_of(Economy const& economy, std::string const& name,
                              RunControl const& control) {
  auto accounts = trade_accounts_of(economy, {}, control);
  if (!accounts) return fail(accounts.error());
  auto const& labels = economy.space().labels();
  auto space = trade_space(labels.regions, labels.sectors);
  if (!space) return fail(space.error());
  auto const year = accounts->year;
  return TradeGround{*std::move(accounts), *std::move(space),
                     year == 0 ? name : fmt::format("{} ({})", name, year)};
}

Result<CarvedWorld> carve_world(LeverageSpec const& spec, TradeGround ground,
                                ParameterSource const& source, LeverageStudyAnswer& answer) {
  auto const world = open_leverage_world(ground, spec.model, source);
  if (!world) return fail(world.error());
  auto ranges = theta_ranges(ground, spec.model, source, world->base.theta);
  if (!ranges) return fail(ranges.error());
  answer.setting = world->setting;
  append(answer.warnings, world->warnings);
  CarveRanges const numbers{*std::move(ranges), world->base.theta};
  auto lines = carve_lines(spec, ground, source, answer.warnings);
  if (!lines) return fail(lines.error());
  for (auto const& line : spec.carve) {
    answer.carved.emplace_back(line.line.value, line.host.value);
  }
  auto central = carved_ground(ground, *lines, numbers, Seed{0}, std::nullopt);
  if (!central) return fail(central.error());
  auto model = spec.model;
  model.theta = Placed<std::string>{"own", "leverage"};
  model.horizon_years = std::nullopt;  // the numbers are of the horizon already
  return CarvedWorld{std::move(ground), *std::move(lines), numbers, std::move(model),
                     *std::move(central)};
}

Result<PowerAnswer> power_of(LeverageSpec const& spec, TradeGround const& ground,
                             Economy const* economy, TradeModelSpec const& model,
                             ParameterSource const& source, std::optional<DrawnGround> drawn,
                             RunControl const& control) {
  auto const& asked = *spec.power;
  PowerRequest request;
  request.senders = values_of(asked.senders);
  request.targets = values_of(asked.targets);
  request.sectors = values_of(asked.sectors);
  request.full_break = asked.full_break;
  request.outer = asked.outer;
  request.days = asked.days;
  request.top = static_cast<std::size_t>(asked.top);
  request.settled_draws = static_cast<std::size_t>(asked.settled_draws);
  request.short_run_draws = static_cast<std::size_t>(asked.short_run_draws);
  request.model = model;
  request.compare = values_of(asked.compare);
  request.ensemble = spec.ensemble;
  request.drawn = std::move(drawn);
  request.short_run_range = asked.short_run_range;
  request.short_run_pairs = values_of(asked.short_run);
  if (request.short_run_pairs == std::vector<std::string>{"none"}) request.short_run = false;
  return run_power(ground, economy, request, source, control);
}

Error of_world(Error error, std::string const& name) {
  error.where = fmt::format("{}: {}", name, error.where);
  return error;
}

Result<void> ask_power(LeverageSpec const& spec, CarvedWorld const& carved, Economy const& economy,
                       std::string const& world_name, ParameterSource const& source,
                       WorldSource const& worlds, LeverageStudyAnswer& answer,
                       RunControl const& control) {
  auto const& names = spec.power->worlds;
  if (names.empty()) {
    bool const plain = carved.lines.empty();
    auto found = power_of(
        spec, plain ? carved.plain : carved.central, plain ? &economy : nullptr,
        plain ? spec.model : carved.model, source,
        plain ? std::nullopt : std::optional{drawn_ground(carved, carved.lines, seed_of(spec))},
        control);
    if (!found) return fail(of_world(found.error(), "leverage.power"));
    answer.power.push_back({world_name, carved.plain.accounts.year, *std::move(found)});
    return {};
  }
  for (std::size_t w = 0; w < names.size(); ++w) {
    auto const& name = names[w].value;
    control.report("worlds", w, names.size());
    std::optional<Economy> opened;
    if (name != world_name) {
      if (!worlds) {
        return fail(ErrorCode::file_not_found, fmt::format("'{}' cannot be opened here", name),
                    names[w].where, "run the study with `linchpin run`");
      }
      auto other = worlds(name);
      if (!other) return fail(of_world(other.error(), names[w].where));
      opened.emplace(*std::move(other));
    }
    auto const& world = opened ? *opened : economy;
    auto const ground = ground_of(world, name, control);
    if (!ground) return fail(of_world(ground.error(), name));
    auto found = power_of(spec, *ground, &world, spec.model, source, std::nullopt, control);
    if (!found) return fail(of_world(found.error(), name));
    answer.power.push_back({name, ground->accounts.year, *std::move(found)});
  }
  return {};
}

Result<void> ask_chokepoints(LeverageSpec const& spec, CarvedWorld const& carved,
                             ParameterSource const& source, LeverageStudyAnswer& answer,
                             RunControl const& control) {
  for (auto const& asked : spec.chokepoints) {
    ChokepointRequest request;
    request.target = asked.target.value;
    request.senders = values_of(asked.senders);
    request.sectors = values_of(asked.sectors);
    request.services = asked.services;
    request.k = static_cast<std::size_t>(asked.k);
    request.top = static_cast<std::size_t>(asked.top);
    request.sender_limit_pct = asked.sender_limit_pct;
    request.cut = asked.cut;
    request.products = asked.products;
    request.reach_pct = asked.reach_pct;
    request.ensemble = spec.ensemble;
    bool const plain = carved.lines.empty();
    request.model = plain ? spec.model : carved.model;
    if (!plain) request.drawn = drawn_ground(carved, carved.lines, seed_of(spec));
    auto found = run_chokepoints(plain ? carved.plain : carved.central, request, source, control);
    if (!found) return fail(of_world(found.error(), asked.target.where));
    answer.chokepoints.push_back(*std::move(found));
  }
  return {};
}

Result<void> ask_standoffs(LeverageSpec const& spec, CarvedWorld const& carved,
                           Economy const& economy, ParameterSource const& source,
                           LeverageStudyAnswer& answer, RunControl const& control) {
  for (auto const& asked : spec.standoffs) {
    auto found =
        standoff_on(carved, carved.lines, carved.central, spec, asked, economy, source, control);
    if (!found) return fail(of_world(found.error(), asked.where));
    answer.standoffs.push_back(*std::move(found));
  }
  return {};
}

/// Ranges of all sectors, lines included: a line without an elasticity of its own has its host's.
ThetaRanges ranges_with_lines(CarvedWorld const& carved) {
  auto ranges = carved.ranges.theta;
  auto const& sectors = carved.central.accounts.sectors;
  for (auto const& line : carved.lines) {
    if (auto const& theta = line.spec->theta) {
      ranges.low.push_back(theta->low);
      ranges.high.push_back(theta->high);
      ranges.value.push_back(theta->value);
      continue;
    }
    auto const host = static_cast<std::size_t>(
        std::find(sectors.begin(), sectors.end(), line.spec->host.value) - sectors.begin());
    ranges.low.push_back(double{ranges.low[host]});
    ranges.high.push_back(double{ranges.high[host]});
    ranges.value.push_back(double{ranges.value[host]});
  }
  return ranges;
}

ThreatWorld threat_world(LeverageSpec const& spec, CarvedWorld const& carved) {
  if (carved.lines.empty()) return {carved.plain, spec.model};
  return {carved.central, carved.model, drawn_ground(carved, carved.lines, seed_of(spec)),
          ranges_with_lines(carved)};
}

}  // namespace

Result<LeverageStudyAnswer> run_leverage(LeverageSpec const& spec, Economy const& economy,
                                         std::string const& world_name,
                                         ParameterSource const& source, WorldSource const& worlds,
                                         RunControl const& control) {
  LeverageStudyAnswer answer;
  auto const& space = economy.space();
  for (std::size_t r = 0; r < space.regions(); ++r) {
    answer.regions.push_back(space.label(RegionId{r}));
    answer.region_words.push_back(region_words(space, RegionId{r}));
    for (std::size_t s = 0; s < space.sectors(); ++s) {
      auto const label = space.label(IndustryId{r * space.sectors() + s});
      answer.sector_names[label] = label_words(space, label);
      answer.sector_names[space.label(SectorId{s})] = label_words(space, space.label(SectorId{s}));
    }
  }
  auto ground = ground_of(economy, world_name, control);
  if (!ground) return fail(ground.error());
  auto const carved = carve_world(spec, *std::move(ground), source, answer);
  if (!carved) return fail(carved.error());
  if (spec.power) {
    auto const done =
        ask_power(spec, *carved, economy, world_name, source, worlds, answer, control);
    if (!done) return fail(done.error());
  }
  if (auto const done = ask_chokepoints(spec, *carved, source, answer, control); !done) {
    return fail(done.error());
  }
  auto trees = ask_supply_trees(spec.supply_trees, spec.ensemble, source, control);
  if (!trees) return fail(trees.error());
  answer.supply_trees = *std::move(trees);
  if (auto const done = ask_standoffs(spec, *carved, economy, source, answer, control); !done) {
    return fail(done.error());
  }
  if (auto const done = ask_after(spec, *carved, economy, source, answer, control); !done) {
    return fail(done.error());
  }
  auto threats =
      ask_threats(spec.threats, threat_world(spec, *carved), spec.ensemble, source, control);
  if (!threats) return fail(threats.error());
  answer.threats = *std::move(threats);
  return answer;
}

void add_leverage(ResultSet& results, LeverageStudyAnswer const& answer, LeverageSpec const& spec) {
  append(results.headlines, leverage_headlines(answer));
  results.headline_scenarios.resize(results.headlines.size());
  for (auto const& warning : leverage_warnings(answer)) {
    if (std::find(results.warnings.begin(), results.warnings.end(), warning) ==
        results.warnings.end()) {
      results.warnings.push_back(warning);
    }
  }
  append(results.notes, leverage_notes(answer, spec));
  append(results.tables, power_tables(answer.power));
  append(results.tables, chokepoint_tables(answer.chokepoints));
  append(results.tables, standoff_tables(answer.standoffs));
  append(results.tables, after_tables(answer.after));
  append(results.tables, power_path_tables(answer.after, answer.path));
  add_supply_trees(results, answer.supply_trees);
  append(results.tables, standoff_after_tables(answer.standoff_after));
  add_threats(results, answer.threats, spec.threats, [&](std::string const& label) {
    auto const found = std::find(answer.regions.begin(), answer.regions.end(), label);
    if (found != answer.regions.end()) {
      return answer.region_words[static_cast<std::size_t>(found - answer.regions.begin())];
    }
    auto const sector = answer.sector_names.find(label);
    return sector != answer.sector_names.end() ? sector->second : label;
  });
  auto& options = results.origin.options;
  options.emplace_back("leverage.theta", answer.setting.theta);
  options.emplace_back("leverage.horizon", answer.setting.horizon);
  options.emplace_back("leverage.closure", answer.setting.closure);
  if (spec.ensemble) {
    results.origin.seed = spec.ensemble->seed;
    options.emplace_back("leverage.draws", static_cast<std::int64_t>(spec.ensemble->draws));
  }
  if (!results.focus && !answer.standoffs.empty()) {
    results.focus = answer.standoffs.front().players.back();
  } else if (!results.focus && !answer.chokepoints.empty()) {
    results.focus = answer.chokepoints.front().target;
  }
}

}  // namespace linchpin::study
