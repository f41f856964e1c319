// SPDX-License-Identifier: Apache-2.0
#include "linchpin/serve/endpoints/limits.h"

#include <fmt/format.h>

#include <algorithm>
#include <string>
#include <string_view>

#include "linchpin/serve/endpoints/read_texts.h"

namespace linchpin::serve {
namespace {

constexpr char const* fewer = "ask for fewer, or use the command line";

/// `count` things, told as `what`, where `most` are taken.
void hold(std::size_t count, std::size_t most, std::string_view what, std::string_view where,
          ErrorList& errors) {
  if (count <= most) return;
  errors.add(ErrorCode::bad_value,
             fmt::format("{} {} are more than the {} that the server takes", count, what, most),
             std::string{where}, fewer);
}

void hold_draws(std::size_t draws, std::string_view where, ErrorList& errors) {
  hold(draws, static_cast<std::size_t>(most_posted_draws), "draws", where, errors);
}

/// What is asked anew in each draw.
std::size_t questions_of(study::LeverageSpec const& spec) {
  auto const& threats = spec.threats;
  auto const asked = spec.chokepoints.size() + spec.supply_trees.size() + spec.standoffs.size() +
                     spec.after.size() + threats.bargains.size() + threats.signals.size() +
                     threats.frontiers.size() + threats.defences.size();
  return std::max<std::size_t>(asked + (spec.power ? 1 : 0), 1);
}

Result<void> outcome(ErrorList const& errors) {
  if (!errors.empty()) return fail(errors.joined());
  return {};
}

}  // namespace

Result<void> check_draw_days(std::size_t draws, std::size_t days, std::size_t scenarios,
                             char const* where) {
  ErrorList errors;
  hold(draws * days * scenarios, most_draw_days,
       "simulated days (draws times days times scenarios)", where, errors);
  return outcome(errors);
}

Result<void> check_leverage_draws(std::size_t draws, std::size_t questions, char const* where) {
  ErrorList errors;
  hold(draws * questions, most_leverage_draws, "draws times questions of leverage", where, errors);
  return outcome(errors);
}

Result<void> check_work(study::Study const& study) {
  ErrorList errors;
  auto const where = fmt::format("{}: [ensemble]", study_name);
  if (study.leverage && study.leverage->ensemble) {
    auto const held = check_leverage_draws(study.leverage->ensemble->draws,
                                           questions_of(*study.leverage), where.c_str());
    if (!held) errors.add(held.error());
  }
  auto const draws = study.ensemble ? study.ensemble->draws : std::size_t{1};
  hold_draws(draws, where, errors);
  auto const scenarios = std::max<std::size_t>(study.scenarios.size(), 1);
  auto const days = static_cast<std::size_t>(std::max(study.days, 1));
  if (auto const sound = check_draw_days(draws, days, scenarios, where.c_str());
      !sound && errors.empty() && !study.scenarios.empty()) {
    errors.add(sound.error());
  }
  return outcome(errors);
}

Result<void> check_work(study::AutonomyStudy const& study) {
  ErrorList errors;
  auto const& asks = study.asks;
  hold_draws(study.draws, fmt::format("{}: draws", study_name), errors);
  if (asks.compute_draws) {
    hold_draws(*asks.compute_draws, fmt::format("{}: [compute]", study_name), errors);
  }
  auto const technologies = std::max<std::size_t>(study.technologies.size(), 1);
  hold((study.draws + asks.driver_draws) * technologies, most_draw_paths,
       "paths (draws and draws of drivers, times technologies)", study_name, errors);
  return outcome(errors);
}

Result<void> check_work(study::GameFile const& file) {
  ErrorList errors;
  if (!file.ranges) return {};
  auto const where = fmt::format("{}: draws", game_name);
  hold_draws(file.draws, where, errors);
  if (errors.empty() && file.game) {
    hold(file.draws * file.game->low.profiles(), most_draw_profiles,
         "profiles (draws times profiles of actions)", where, errors);
  }
  return outcome(errors);
}

}  // namespace linchpin::serve
