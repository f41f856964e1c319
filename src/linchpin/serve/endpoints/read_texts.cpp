// SPDX-License-Identifier: Apache-2.0
#include "linchpin/serve/endpoints/read_texts.h"

#include <algorithm>
#include <utility>

#include "linchpin/serve/endpoints/limits.h"
#include "linchpin/serve/endpoints/named_files.h"
#include "linchpin/serve/shipped_parameters.h"
#include "linchpin/study/autonomy_answers.h"
#include "linchpin/study/trade_resolver.h"
#include "linchpin/study/trade_scenario_file.h"
#include "linchpin/study/trade_study.h"

namespace linchpin::serve {
namespace {

template <class T>
Result<void> only_check(Result<T> const& read) {
  if (!read) return fail(read.error());
  return {};
}

/// What would be refused for its size when it is posted is told before.
template <class T>
Result<void> check_whole(Result<T> const& read) {
  if (!read) return fail(read.error());
  return check_work(*read);
}

TextReader const readers[] = {
    {"study", study_name, false,
     [](WorldStore& worlds, std::string const& text, std::string const&,
        RunControl const& control) { return check_whole(read_study(worlds, text, control)); }},
    {"scenario", scenario_name, true,
     [](WorldStore& worlds, std::string const& text, std::string const& world,
        RunControl const& control) {
       return only_check(read_scenario(worlds, text, world, control));
     }},
    {"trade-scenario", scenario_name, true,
     [](WorldStore& worlds, std::string const& text, std::string const& world,
        RunControl const& control) {
       return only_check(read_trade_scenario(worlds, text, world, control));
     }},
    {"autonomy", study_name, false,
     [](WorldStore& worlds, std::string const& text, std::string const&,
        RunControl const& control) { return check_whole(read_autonomy(worlds, text, control)); }},
    {"game", game_name, false,
     [](WorldStore&, std::string const& text, std::string const&, RunControl const&) {
       return check_whole(study::read_game(text, game_name));
     }}};

}  // namespace

Result<study::Study> read_study(WorldStore& worlds, std::string const& text,
                                RunControl const& control) {
  auto study = study::parse_study(text, study_name);
  if (!study) return study;
  auto const world = worlds.open(study->world, control);
  if (!world) {
    auto errors = study->problems;
    errors.add(world.error());
    return fail(errors.joined());
  }
  auto const& space = (*world)->economy.space();
  ShippedParameters parameters(worlds.folders().data);
  ErrorList errors;
  if (auto const resolved = study::resolve_study(*study, space, parameters.source()); !resolved) {
    errors.add(resolved.error());
  }
  if (study->equilibrium) {
    check_named_sets(*study->equilibrium, space, parameters.source(), errors);
  }
  if (study->leverage) {
    check_named_files(*study->leverage, worlds, **world, parameters.source(), control, errors);
  }
  if (!errors.empty()) return fail(errors.joined());
  return study;
}

Result<study::ResolvedScenario> read_scenario(WorldStore& worlds, std::string const& text,
                                              std::string const& world, RunControl const& control) {
  auto const open = worlds.open(world, control);
  if (!open) return fail(open.error());
  ShippedParameters parameters(worlds.folders().data);
  return study::read_scenario(text, scenario_name, (*open)->economy.space(), parameters.source());
}

Result<study::TradeScenarioSpec> read_trade_scenario(WorldStore& worlds, std::string const& text,
                                                     std::string const& world,
                                                     RunControl const& control) {
  auto const open = worlds.open(world, control);
  if (!open) return fail(open.error());
  ErrorList problems;
  auto spec = study::parse_trade_scenario(text, scenario_name, problems);
  auto const& labels = (*open)->economy.space().labels();
  auto const space = study::trade_space(labels.regions, labels.sectors);
  if (!space) return fail(space.error());
  study::check_trade_labels(spec, *space, problems);
  ShippedParameters parameters(worlds.folders().data);
  check_named_sets(spec.model, *space, parameters.source(), problems);
  if (!problems.empty()) return fail(problems.joined());
  return spec;
}

Result<study::AutonomyStudy> read_autonomy(WorldStore& worlds, std::string const& text,
                                           RunControl const& control) {
  auto study = study::read_autonomy_study(text, study_name);
  if (!study) return study;
  auto const world = worlds.open(study->world.value, control);
  if (!world) {
    auto error = world.error();
    error.where = study->world.where;
    return fail(std::move(error));
  }
  ShippedParameters parameters(worlds.folders().data);
  auto const known =
      study::check_autonomy_labels(*study, (*world)->economy.space(), parameters.source());
  if (!known) return fail(known.error());
  return study;
}

TextReader const* text_reader(std::string_view kind) {
  auto const* const found = std::find_if(std::begin(readers), std::end(readers),
                                         [&](auto const& each) { return each.kind == kind; });
  return found == std::end(readers) ? nullptr : found;
}

TextKind kind_of_text(std::string const& text) {
  if (auto const study = study::read_autonomy_study(text, study_name)) {
    return {"autonomy", study->title};
  }
  if (auto const game = study::read_game(text, game_name)) return {"game", game->title};
  if (auto const study = study::parse_study(text, study_name); study && study->problems.empty()) {
    return {"study", study->title};
  }
  ErrorList trade_problems;
  auto const trade = study::parse_trade_scenario(text, scenario_name, trade_problems);
  if (trade_problems.empty()) return {"trade-scenario", trade.title};
  ErrorList problems;
  auto const scenario = study::parse_scenario(text, scenario_name, problems);
  if (problems.empty()) return {"scenario", scenario.title};
  return {};
}

}  // namespace linchpin::serve
