// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <cmath>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "apps/linchpin/leverage_commands.h"
#include "apps/linchpin/table_commands.h"
#include "apps/linchpin/terminal.h"
#include "linchpin/results/threat_json.h"
#include "linchpin/results/worldless_origin.h"
#include "linchpin/study/bargain_run.h"
#include "linchpin/study/signal_run.h"
#include "linchpin/study/threat_file.h"
#include "linchpin/study/threat_words.h"
#include "linchpin/study/words.h"

namespace linchpin::app {
namespace {

using Options = std::vector<std::pair<std::string, OptionValue>>;
using study::LabelNames;

struct BargainCommand {
  LeverageOptions common;
  study::BargainRequest request;
};

struct SignalCommand {
  LeverageOptions common;
  study::SignalRequest request;
};

void print_sentences(std::vector<std::string> const& sentences) {
  for (auto const& each : sentences) print(wrap(each));
  print_line();
}

std::string number(double value) { return fmt::format("{:.4g}", value); }

std::string banded(Band const& band) {
  if (!band.p05 || !band.p95) return number(band.central);
  return fmt::format("{:.4g} [{:.4g}, {:.4g}]", band.central, *band.p05, *band.p95);
}

/// "USD 25 trillion", with a sign; the number itself where a file says no currency.
std::string money_cell(double value, MonetaryUnit const& unit) {
  if (unit.currency.empty()) return number(value);
  return (value < 0 ? "-" : "") + study::money_words(std::abs(value), unit);
}

void print_draws(std::size_t draws, std::size_t failed, std::string const& first) {
  if (draws + failed == 0) return;
  print(wrap(
      dim(fmt::format("Bands over {} draws{}.", draws,
                      failed == 0 ? std::string{}
                                  : fmt::format("; {} without an answer are left out{}", failed,
                                                first.empty() ? "" : " (" + first + ")")))));
}

void print_bargain(BargainAnswer const& answer, LabelNames const& name) {
  if (!answer.title.empty()) print_line(bold(answer.title));
  print_sentences(study::bargain_sentences(answer, name));
  if (answer.no_answer.empty() && answer.trade) {
    auto const side = [&](BargainSide const& own, BargainSide const& other) {
      auto const money = [&](double value) { return money_cell(value, answer.unit); };
      return std::vector<std::string>{shortened(fmt::format("{}", fmt::join(own.regions, "+")), 24),
                                      money(own.income.central),
                                      banded(own.loss_pct) + " %",
                                      money(own.at_stake.central),
                                      fmt::format("{:.3f} %", own.gain_pct),
                                      money(other.accepts),
                                      money(own.demand),
                                      own.credible ? "yes" : "no",
                                      own.ratio ? banded(*own.ratio) : "costless"};
    };
    print(text_table({"side", "real spending", "loses", "at stake", "agreement gains",
                      "other would pay", "can enforce", "credible", "pain ratio"},
                     {side(answer.first, answer.second), side(answer.second, answer.first)}));
    print(wrap(dim(
        fmt::format("Amounts: {} per year. Transfer from the first to the second: {}{}.",
                    answer.unit_words, money_cell(answer.transfer.central, answer.unit),
                    answer.transfer.p05 && answer.transfer.p95
                        ? fmt::format(" [{}, {}]", money_cell(*answer.transfer.p05, answer.unit),
                                      money_cell(*answer.transfer.p95, answer.unit))
                        : std::string{}))));
  }
  print_draws(answer.draws, answer.failed_draws, answer.first_failure);
  if (answer.setting) print_leverage_ending(*answer.setting, answer.warnings);
}

std::string range_words(SignalRange const& range) {
  if (!range.low) return "none";
  return fmt::format("{} to {}", banded(*range.low), banded(*range.high));
}

void print_signal(SignalAnswer const& answer, LabelNames const& name) {
  if (!answer.title.empty()) print_line(bold(answer.title));
  print_sentences(study::signal_sentences(answer, name));
  if (answer.no_answer.empty()) {
    std::vector<std::vector<std::string>> rows{
        {"separating", range_words(answer.separating)},
        {"pooling", range_words(answer.pooling)},
        {"mixing", range_words(answer.mixing)},
        {"a threat does not pay from a belief of",
         answer.deterring_belief ? banded(*answer.deterring_belief) : "none"}};
    print(text_table({"signals", answer.size_words}, rows));
  }
  if (!answer.costs.empty()) {
    std::map<double, std::vector<std::string>> by_wedge;
    for (bool const resilient : {true, false}) {
      for (auto const& point : answer.costs) {
        if (point.resilient != resilient || point.given_up > 0.9995) continue;
        auto& row = by_wedge.try_emplace(point.wedge_pct, 5, "-").first->second;
        row[0] = fmt::format("{:.4g} %", point.wedge_pct);
        row[resilient ? 1 : 3] = fmt::format("{:.1f} %", 100 * point.given_up);
        row[resilient ? 2 : 4] = fmt::format("{:.4f} %", point.cost_pct);
      }
    }
    std::vector<std::vector<std::string>> rows;
    for (auto& [wedge, row] : by_wedge) rows.push_back(std::move(row));
    print_line();
    print(text_table(
        {answer.instrument, "resilient: gives up", "costs", "dependent: gives up", "costs"}, rows));
  }
  print_draws(answer.draws, answer.failed_draws, {});
  if (answer.setting) print_leverage_ending(*answer.setting, answer.warnings);
}

/// A question that a world answers, or a file with numbers.
template <typename Answer>
struct Question {
  char const* command;
  std::function<Result<Answer>(study::TradeGround const&, study::ParameterSource const&)> ask;
  std::function<Result<Answer>(std::string const& text, std::string const& path)> of_file;
  std::function<void(Answer const&, LabelNames const&)> print;
  Json (*to_json)(Answer const&, Json);
};

/// The answer of a file: its numbers alone.
template <typename Answer>
Result<void> answer_file(LeverageOptions const& common, Question<Answer> const& question,
                         Context const& context) {
  RunClock const clock;
  auto const text = read_text(common.world);
  if (!text) return fail(text.error());
  auto const answer = question.of_file(*text, common.world);
  if (!answer) return fail(answer.error());
  if (!context.json) {
    question.print(*answer, [](std::string const& label) { return label; });
    return {};
  }
  Origin origin;
  if (answer->draws + answer->failed_draws > 0) {
    origin.seed = answer->seed;
    origin.options = {{"draws", static_cast<std::int64_t>(answer->draws + answer->failed_draws)}};
  }
  auto described = origin_without_world(clock, std::move(origin), {common.world});
  if (!described) return fail(described.error());
  print_line(to_text(question.to_json(*answer, *std::move(described))));
  return {};
}

template <typename Answer>
Result<void> answer_question(LeverageOptions const& common, Question<Answer> const& question,
                             Options more, Context const& context) {
  RunClock const clock;
  if (auto const sound = check_leverage_options(common, question.command); !sound) return sound;
  if (study::is_threat_file(common.world)) return answer_file(common, question, context);
  auto const input = open_trade_input(common.world, {}, {}, context);
  if (!input) return fail(input.error());
  ParameterFiles parameters({}, asked_sets(common), context);
  auto const answer = question.ask(input->ground, parameters.source());
  finish_progress();
  if (!answer) return fail(answer.error());
  if (!context.json) {
    auto const& space = input->ground.space;
    question.print(*answer,
                   [&](std::string const& label) { return study::label_words(space, label); });
    return {};
  }
  Options all{{"theta", answer->setting->theta}, {"horizon", answer->setting->horizon}};
  all.insert(all.end(), more.begin(), more.end());
  auto origin = leverage_origin(common, *input, parameters, clock, std::move(all));
  if (!origin) return fail(origin.error());
  print_line(to_text(question.to_json(*answer, *std::move(origin))));
  return {};
}

std::string joined(std::vector<std::string> const& labels) {
  return fmt::format("{}", fmt::join(labels, ","));
}

Result<void> run_bargain(BargainCommand const& command, Context const& context) {
  auto request = command.request;
  request.model = trade_model(command.common);
  request.ensemble = draws_of(command.common);
  for (auto* each : {&request.first_resolve, &request.second_resolve}) {
    each->low = each->high = each->value;
  }
  Question<BargainAnswer> const question{
      "bargain",
      [&](auto const& ground, auto const& source) {
        return study::run_bargain(ground, request, source, run_control(context));
      },
      [&](std::string const& text, std::string const& path) -> Result<BargainAnswer> {
        auto file = study::read_bargain(text, path);
        if (!file) return fail(file.error());
        if (request.ensemble) file->ensemble = request.ensemble;
        return study::answer_bargain(*file);
      },
      print_bargain, bargain_to_json};
  return answer_question(command.common, question,
                         {{"first", joined(request.first)},
                          {"second", joined(request.second)},
                          {"sectors", joined(request.sectors)},
                          {"weight", request.weight},
                          {"resolve_first", request.first_resolve.value},
                          {"resolve_second", request.second_resolve.value}},
                         context);
}

Result<void> run_signal(SignalCommand const& command, Context const& context) {
  auto request = command.request;
  request.model = trade_model(command.common);
  Question<SignalAnswer> const question{
      "signal",
      [&](auto const& ground, auto const& source) {
        return study::run_signal(ground, request, source, run_control(context));
      },
      [](std::string const& text, std::string const& path) -> Result<SignalAnswer> {
        auto const file = study::read_signal(text, path);
        if (!file) return fail(file.error());
        return study::answer_signal(*file);
      },
      print_signal, signal_to_json};
  bool const tariff = request.instrument == study::SignalInstrument::tariff;
  return answer_question(command.common, question,
                         {{"target", request.target},
                          {"senders", joined(request.senders)},
                          {"sectors", joined(request.sectors)},
                          {"instrument", std::string{tariff ? "tariff" : "wedge"}},
                          {"belief", request.belief},
                          {"signal_years", request.signal_years},
                          {"threat_years", request.threat_years}},
                         context);
}

}  // namespace

void add_leverage_bargain(CLI::App& leverage, Context& context, Action& action) {
  auto const command = std::make_shared<BargainCommand>();
  auto& request = command->request;
  auto& app =
      add_table_command(leverage, context, action, "bargain",
                        "What two sides would agree on, with a break of all trade as threat",
                        [command](Context const& each) { return run_bargain(*command, each); });
  add_leverage_options(app, command->common, true);
  app.add_option("--first", request.first, "Region, or regions that act together")
      ->delimiter(',')
      ->allow_extra_args(false);
  app.add_option("--second", request.second, "The other side")
      ->delimiter(',')
      ->allow_extra_args(false);
  app.add_option("--sectors", request.sectors, "Whose trade breaks (default: all)")
      ->delimiter(',')
      ->allow_extra_args(false);
  app.add_option("--weight", request.weight, "Bargaining weight of the first, 0 to 1")
      ->check(CLI::Range(0.0, 1.0));
  app.add_option("--resolve-first", request.first_resolve.value,
                 "What carrying out its threat is worth to the first besides, per cent of its real "
                 "final spending")
      ->check(CLI::Range(0.0, 100.0));
  app.add_option("--resolve-second", request.second_resolve.value, "The same for the second")
      ->check(CLI::Range(0.0, 100.0));
}

void add_leverage_signal(CLI::App& leverage, Context& context, Action& action) {
  auto const command = std::make_shared<SignalCommand>();
  auto& request = command->request;
  auto& app =
      add_table_command(leverage, context, action, "signal",
                        "What a target shows by buying less from those who could threaten it",
                        [command](Context const& each) { return run_signal(*command, each); });
  add_leverage_options(app, command->common, false);
  app.add_option("--target", request.target, "Region that may signal");
  app.add_option("--senders", request.senders, "Who would withhold together")
      ->delimiter(',')
      ->allow_extra_args(false);
  app.add_option("--sectors", request.sectors, "Discouraged, and withheld (default: all)")
      ->delimiter(',')
      ->allow_extra_args(false);
  std::map<std::string, study::SignalInstrument> const instruments{
      {"wedge", study::SignalInstrument::wedge}, {"tariff", study::SignalInstrument::tariff}};
  app.add_option("--instrument", request.instrument,
                 "wedge (obstacles that use up resources) or tariff (its revenue is kept)")
      ->transform(CLI::CheckedTransformer(instruments));
  app.add_option("--belief", request.belief,
                 "Probability of the senders that the target is resilient")
      ->check(CLI::Range(0.0, 1.0));
  app.add_option("--demand", request.demand_pct,
                 "What they demand instead, per cent of its real final spending (default: half-way "
                 "between the losses of the types)")
      ->check(CLI::Range(0.0, 100.0));
  app.add_option("--signal-years", request.signal_years, "How long purchases are given up")
      ->check(CLI::Range(1e-3, 1e3));
  app.add_option("--threat-years", request.threat_years, "How long the denial would last")
      ->check(CLI::Range(1e-3, 1e3));
}

}  // namespace linchpin::app
