// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "apps/linchpin/equilibrium_commands.h"
#include "apps/linchpin/origin.h"
#include "apps/linchpin/parameter_files.h"
#include "apps/linchpin/table_commands.h"
#include "apps/linchpin/terminal.h"
#include "linchpin/equilibrium/nash_policy.h"
#include "linchpin/equilibrium/optimal_policy.h"
#include "linchpin/parameters/trade_elasticities.h"
#include "linchpin/results/json.h"
#include "linchpin/study/trade_words.h"

namespace linchpin::app {
namespace {

struct OptimalWords {
  std::string world, region, theta;
  std::vector<std::string> with;
  bool export_taxes = false, cooperate = false, by_partner = false;
  double most = 3;
  std::size_t starts = 3;
  std::uint64_t seed = 1;
  std::size_t top = 20;
};

/// What the three questions have in common.
struct OptimalAnswer {
  char const* kind = "optimal";
  std::vector<equilibrium::ChosenRate> rates;
  std::vector<double> log_welfare;
  double gap = 0, slope = 0;
  std::size_t evaluations = 0;
  std::vector<equilibrium::StartReport> starts;
  std::optional<double> gain;  ///< of the target, ln; not in a tariff war
  std::size_t rounds = 0;      ///< of a tariff war
  std::vector<double> gains;   ///< what each player could still gain, ln
};

using Players = std::vector<equilibrium::Player>;

Result<OptimalAnswer> search(OptimalWords const& words, study::TradeQuestion const& question,
                             Players const& players, RunControl const& control) {
  auto const& base = question.base;
  auto const& scenario = question.scenario;
  OptimalAnswer answer;
  if (players.size() > 1 && !words.cooperate) {
    equilibrium::NashOptions options{Seed{words.seed}};
    options.search.starts = words.starts;
    auto found = equilibrium::nash_policy(base, scenario.policy, players, options, scenario.closure,
                                          control);
    if (!found) return fail(found.error());
    answer.kind = "nash";
    answer.rates = std::move(found->rates);
    answer.log_welfare = std::move(found->log_welfare);
    answer.gap = found->gap;
    answer.slope = found->slope;
    answer.evaluations = found->evaluations;
    answer.starts = std::move(found->check.starts);
    answer.rounds = found->rounds;
    answer.gains = std::move(found->gains);
    return answer;
  }
  equilibrium::PolicyOptions options{Seed{words.seed}};
  options.starts = words.starts;
  auto found = words.cooperate
                   ? equilibrium::cooperative_policy(base, scenario.policy, players, options, {},
                                                     scenario.closure, control)
                   : equilibrium::optimal_policy(base, scenario.policy, players.front(), options,
                                                 scenario.closure, control);
  if (!found) return fail(found.error());
  answer.kind = words.cooperate ? "cooperative" : "optimal";
  answer.rates = std::move(found->rates);
  answer.log_welfare = std::move(found->log_welfare);
  answer.gap = found->report.gap;
  answer.slope = found->report.slope;
  answer.evaluations = found->report.evaluations;
  answer.starts = std::move(found->report.starts);
  answer.gain = found->gain;
  return answer;
}

Json rates_to_json(OptimalAnswer const& answer, equilibrium::TradeBase const& base) {
  Json rows = Json::array();
  for (auto const& each : answer.rates) {
    auto const& instrument = each.instrument;
    Json row = {{"region", base.regions[instrument.region]},
                {"on", instrument.on_exports ? "exports" : "imports"}};
    if (instrument.sector) row["sector"] = base.sectors[*instrument.sector];
    if (instrument.partner) row["partner"] = base.regions[*instrument.partner];
    row["rate"] = each.rate;
    row["slope"] = each.slope;
    row["at_bound"] = each.at_bound;
    rows.push_back(std::move(row));
  }
  return rows;
}

Json answer_to_json(OptimalAnswer const& answer, study::TradeQuestion const& question,
                    Players const& players) {
  auto const& base = question.base;
  auto const& setting = question.setting;
  Json document = {{"schema", json_schema("linchpin.equilibrium-optimal")},
                   {"answer", answer.kind},
                   {"players", Json::array()},
                   {"setting",
                    {{"model", setting.model},
                     {"closure", setting.closure},
                     {"theta", setting.theta},
                     {"horizon", setting.horizon},
                     {"deficits", setting.deficits},
                     {"tariffs_of_the_base", setting.tariffs},
                     {"vintage", setting.vintage}}},
                   {"rates", rates_to_json(answer, base)},
                   {"regions", Json::array()},
                   {"gap", answer.gap},
                   {"slope", answer.slope},
                   {"evaluations", answer.evaluations},
                   {"starts", Json::array()}};
  for (auto const& each : players) document["players"].push_back(base.regions[each.region]);
  for (std::size_t n = 0; n < base.grid.regions; ++n) {
    document["regions"].push_back({{"region", base.regions[n]},
                                   {"welfare_exact_pct", 100 * std::expm1(answer.log_welfare[n])},
                                   {"welfare_log_pct", 100 * answer.log_welfare[n]}});
  }
  for (auto const& each : answer.starts) {
    bool const ended = !each.failed && std::isfinite(each.value) && std::isfinite(each.gap);
    document["starts"].push_back({{"value_log_pct", ended ? Json(100 * each.value) : Json(nullptr)},
                                  {"gap", ended ? Json(each.gap) : Json(nullptr)},
                                  {"failed", each.failed}});
  }
  if (answer.gain) document["gain_log_pct"] = 100 * *answer.gain;
  if (!answer.gains.empty()) {
    document["rounds"] = answer.rounds;
    document["gains_by_deviating"] = Json::array();
    for (std::size_t k = 0; k < players.size(); ++k) {
      document["gains_by_deviating"].push_back(
          {{"region", base.regions[players[k].region]}, {"log_pct", 100 * answer.gains[k]}});
    }
  }
  document["warnings"] = question.warnings;
  return document;
}

void print_rates(OptimalAnswer const& answer, equilibrium::TradeBase const& base, std::size_t top) {
  std::vector<std::vector<std::string>> rows;
  for (auto const& each : answer.rates) {
    if (rows.size() == top) break;
    auto const& instrument = each.instrument;
    rows.push_back({base.regions[instrument.region], instrument.on_exports ? "exports" : "imports",
                    instrument.sector ? base.sectors[*instrument.sector] : "all",
                    instrument.partner ? base.regions[*instrument.partner] : "all",
                    fmt::format("{:.2f} %", 100 * each.rate), each.at_bound ? "at its bound" : ""});
  }
  print(text_table({"levied by", "on", "sector", "partner", "rate", ""}, rows));
  if (answer.rates.size() > top) {
    print_line(dim(
        fmt::format("{} of {} rates shown (--top, or --json for all).", top, answer.rates.size())));
  }
}

void print_answer(OptimalAnswer const& answer, study::TradeQuestion const& question,
                  Players const& players, std::size_t top) {
  auto const& base = question.base;
  print_rates(answer, base, top);
  print_line();
  std::vector<std::vector<std::string>> rows;
  for (std::size_t n = 0; n < base.grid.regions; ++n) {
    bool const plays = std::any_of(players.begin(), players.end(),
                                   [&](auto const& each) { return each.region == n; });
    rows.push_back({base.regions[n],
                    fmt::format("{:+.4f} %", 100 * std::expm1(answer.log_welfare[n])),
                    plays ? "sets rates" : ""});
  }
  print(text_table({"change against the base", "welfare (exact)", ""}, rows));
  if (!answer.gains.empty()) {
    print(wrap(fmt::format(
        "A tariff war, settled after {} rounds: no one gains more than {:.1e} % by deviating.",
        answer.rounds, 100 * *std::max_element(answer.gains.begin(), answer.gains.end()))));
  }
  auto const failed = std::count_if(answer.starts.begin(), answer.starts.end(),
                                    [](auto const& each) { return each.failed; });
  print(
      wrap(dim(fmt::format("Searched from {} starts ({} failed), {} equilibria; first-order gap "
                           "{:.1e}. A better optimum that no start came near is not excluded.",
                           answer.starts.size(), failed, answer.evaluations, answer.gap))));
  for (auto const& warning : question.warnings) print(wrap("warning: " + warning));
  print(wrap(dim(study::trade_setting_words(question.setting))));
}

Players players_of(OptimalWords const& words, study::TradeScenarioSpec const& spec,
                   IndustrySpace const& space, ErrorList& problems) {
  Players players;
  auto const add = [&](std::vector<std::string> const& names, char const* where) {
    std::vector<study::Placed<std::string>> texts;
    for (auto const& name : names) texts.push_back({name, where});
    if (texts.empty()) return;
    for (auto const id : study::find_trade_regions(texts, spec, space, problems)) {
      equilibrium::Player player;
      player.region = id.index();
      player.export_taxes = words.export_taxes;
      player.spread =
          words.by_partner ? equilibrium::Spread::by_partner : equilibrium::Spread::by_sector;
      player.most = words.most;
      players.push_back(std::move(player));
    }
  };
  add({words.region}, "--region");
  add(words.with, "--with");
  return players;
}

Result<void> run(OptimalWords const& words, Context const& context) {
  RunClock const clock;
  ErrorList problems;
  if (words.cooperate && words.with.empty()) {
    problems.add(ErrorCode::bad_usage, "--cooperate without --with", "--cooperate",
                 "name those who act as one with --region: --with REGION,...");
  }
  auto const input = open_trade_input(words.world, {}, {}, context);
  if (!input) {
    problems.add(input.error());
    return fail(problems.joined());
  }
  study::TradeScenarioSpec spec;
  std::vector<std::string> sets;
  if (!words.theta.empty()) {
    spec.model.theta = study::Placed<std::string>{words.theta, "--theta"};
    sets.push_back(parameters::split_set_name(words.theta).file);
  }
  auto const players = players_of(words, spec, input->ground.space, problems);
  ParameterFiles parameters({}, std::move(sets), context);
  auto const question =
      study::open_trade_question(input->ground, spec, {}, parameters.source(), std::move(problems));
  if (!question) return fail(question.error());
  auto const answer = search(words, *question, players, run_control(context));
  finish_progress();
  if (!answer) return fail(answer.error());
  if (!context.json) {
    print_answer(*answer, *question, players, words.top);
    return {};
  }
  auto origin = input->origin;
  origin.seed = words.seed;
  origin.options = {{"theta", question->setting.theta},
                    {"most", words.most},
                    {"starts", static_cast<std::int64_t>(words.starts)}};
  if (auto const filled = clock.fill(origin, parameters.with({input->path})); !filled) {
    return fail(filled.error());
  }
  auto document = answer_to_json(*answer, *question, players);
  document["origin"] = origin_to_json(origin);
  print_line(to_text(document));
  return {};
}

}  // namespace

void add_equilibrium_optimal(CLI::App& equilibrium, Context& context, Action& action) {
  auto const words = std::make_shared<OptimalWords>();
  auto& command = add_table_command(equilibrium, context, action, "optimal",
                                    "The best tariffs of a region, a tariff war, cooperation",
                                    [words](Context const& each) { return run(*words, each); });
  command.add_option("world", words->world, "Built-in world, table file or trade calibration")
      ->required();
  command.add_option("--region", words->region, "Region that sets its tariffs")->required();
  command
      .add_option("--with", words->with, "Regions that set theirs at the same time: a tariff war")
      ->delimiter(',')
      ->allow_extra_args(false);
  command.add_flag("--cooperate", words->cooperate, "All of them act as one");
  command.add_flag("--export-taxes", words->export_taxes, "They tax exports, too");
  command.add_flag("--by-partner", words->by_partner, "A rate per sector and partner");
  command.add_option("--most", words->most, "Highest rate they may set (3 is 300 %)")
      ->check(CLI::Range(1e-6, 100.0))
      ->capture_default_str();
  command.add_option("--starts", words->starts, "Searches from different rates")
      ->check(CLI::Range(1, 1000))
      ->capture_default_str();
  command.add_option("--seed", words->seed, "Of the rates searches start from")
      ->capture_default_str();
  command.add_option("--theta", words->theta,
                     "Trade elasticities: default, own (of a calibration), FILE or FILE:SET");
  command.add_option("--top", words->top, "Rates shown (all with --json)")
      ->check(CLI::Range(1, 1000000))
      ->capture_default_str();
}

}  // namespace linchpin::app
