// SPDX-License-Identifier: Apache-2.0
#include "linchpin/study/trade_study.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <iterator>
#include <utility>

#include "linchpin/economy/trade_accounts_of.h"
#include "linchpin/results/equilibrium_tables.h"
#include "linchpin/study/trade_run.h"
#include "linchpin/study/trade_words.h"
#include "linchpin/uncertainty/equilibrium_parameters.h"

namespace linchpin::study {
namespace {

template <class T>
void append(std::vector<T>& target, std::vector<T> more) {
  target.insert(target.end(), std::make_move_iterator(more.begin()),
                std::make_move_iterator(more.end()));
}

/// Label of the region whose welfare moves most, outliers left out.
std::string hardest_hit(EquilibriumAnswer const& answer) {
  std::string region;
  double most = -1;
  for (auto const& each : answer.regions) {
    auto const size = std::abs(each.outcome.welfare_exact);
    if (!each.outlier.empty() || size <= most) continue;
    most = size;
    region = each.region;
  }
  return region;
}

}  // namespace

void check_equilibrium(EquilibriumSpec const& spec, IndustrySpace const& space, ErrorList& errors) {
  auto const full = trade_space(space.labels().regions, space.labels().sectors);
  if (!full) return errors.add(full.error());
  for (auto const& scenario : spec.scenarios) {
    check_trade_labels(scenario, *full, errors);
    auto const known =
        uncertainty::find_equilibrium_parameters(scenario.uncertain, space.sector_labels());
    if (!known) errors.add(known.error());
  }
}

Result<std::vector<EquilibriumAnswer>> run_equilibrium(EquilibriumSpec const& spec,
                                                       Economy const& economy,
                                                       std::string const& world_name,
                                                       ParameterSource const& parameters,
                                                       RunControl const& control) {
  auto accounts = trade_accounts_of(economy, {}, control);
  if (!accounts) return fail(accounts.error());
  auto const& labels = economy.space().labels();
  auto space = trade_space(labels.regions, labels.sectors);
  if (!space) return fail(space.error());
  auto const year = accounts->year;
  TradeGround const ground{*std::move(accounts), *std::move(space),
                           year == 0 ? world_name : fmt::format("{} ({})", world_name, year)};
  std::vector<EquilibriumAnswer> answers;
  for (auto const& scenario : spec.scenarios) {
    auto const named = [&](Error error) {
      error.where = fmt::format("scenario '{}': {}", scenario.name, error.where);
      return fail(std::move(error));
    };
    auto const question = open_trade_question(ground, scenario, {}, parameters);
    if (!question) return fail(question.error());
    TradeAsked const asked{.bloc = {},
                           .gradient = {},
                           .top = static_cast<std::size_t>(spec.top),
                           .ensemble = spec.ensemble,
                           .uncertain = scenario.uncertain};
    auto answer = run_trade_question(*question, ground.space, asked, control);
    if (!answer) return named(answer.error());
    answers.push_back(*std::move(answer));
  }
  return answers;
}

void add_equilibrium(ResultSet& results, std::vector<EquilibriumAnswer> const& answers,
                     EquilibriumSpec const& spec) {
  if (answers.empty()) return;
  for (auto const& answer : answers) {
    append(results.headlines, trade_sentences(answer));
    results.headline_scenarios.resize(results.headlines.size(), answer.scenario);
    for (auto const& warning : answer.warnings) {
      auto text = fmt::format("{}: {}", answer.scenario, warning);
      results.warnings.push_back(std::move(text));
    }
    auto& options = results.origin.options;
    auto const add = [&](char const* name, std::string const& value) {
      options.emplace_back(fmt::format("{}.{}", answer.scenario, name), value);
    };
    add("model", answer.setting.model);
    add("closure", answer.setting.closure);
    add("theta", answer.setting.theta);
    add("horizon", answer.setting.horizon);
    add("deficits", answer.setting.deficits);
    add("tariffs", answer.setting.tariffs);
  }
  if (!results.focus) {
    if (auto region = hardest_hit(answers.front()); !region.empty()) {
      results.focus = std::move(region);
    }
  }
  append(results.tables, equilibrium_tables(answers));
  append(results.notes, trade_notes(answers));
  if (spec.ensemble) {
    results.origin.seed = spec.ensemble->seed;
    results.origin.options.emplace_back("equilibrium.draws",
                                        static_cast<std::int64_t>(spec.ensemble->draws));
  }
}

}  // namespace linchpin::study
