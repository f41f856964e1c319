// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "apps/linchpin/context.h"
#include "apps/linchpin/localize_commands.h"
#include "apps/linchpin/origin.h"
#include "apps/linchpin/parameter_files.h"
#include "apps/linchpin/terminal.h"
#include "linchpin/results/json.h"
#include "linchpin/results/worldless_origin.h"
#include "linchpin/study/backtest_question.h"

namespace linchpin::app {
namespace {

constexpr std::size_t most_draws = 100'000;

struct BacktestOptions {
  std::vector<std::string> names, files;
  std::size_t draws = 1000;
  std::uint64_t seed = 1;
  bool numbers = false;
};

std::string number(std::optional<double> value) {
  return value ? fmt::format("{:.3g}", *value) : std::string{"–"};
}

void print_numbers(localize::Backtest const& backtest) {
  std::vector<std::vector<std::string>> rows;
  for (auto const& each : backtest.numbers) {
    rows.push_back({each.key, fmt::format("{:.4g}", each.value),
                    each.low == each.high ? std::string{}
                                          : fmt::format("{:.3g} to {:.3g}", each.low, each.high),
                    to_string(each.status), shortened(each.source, 60)});
  }
  print_line();
  print(text_table({"number", "value", "range", "status", "source"}, rows));
}

void print_backtest(localize::Backtest const& backtest, bool with_numbers) {
  print_line(bold(backtest.title));
  print(wrap(study::backtest_headline(backtest)));
  print_line();
  bool const bands = backtest.draws > backtest.failed_draws;
  std::vector<std::vector<std::string>> rows;
  for (auto const& each : backtest.lines) {
    rows.push_back({each.quantity, number(each.before), number(each.observed), number(each.model),
                    bands ? fmt::format("{:.3g} to {:.3g}", each.band.p05, each.band.p95) : "–",
                    each.unit});
  }
  print(text_table({"quantity", "before", "observed", "model", "5 to 95 %", "unit"}, rows));
  print_line();
  rows.clear();
  for (auto const& each : backtest.verdicts) {
    rows.push_back({each.statement, each.observed ? "yes" : "no", each.model ? "yes" : "no",
                    bands ? fmt::format("{:.0f} %", 100 * each.probability) : "–"});
  }
  print(text_table({"statement", "observed", "model", "draws that say yes"}, rows));
  print_line();
  for (auto const& each : backtest.remarks) print(wrap(dim(each)));
  print(wrap(dim(fmt::format(
      "{:.0f} % of the {} numbers are assumptions; {} draws over their ranges, {} of which "
      "contradict what was observed before. Nothing is fitted.",
      100 * backtest.assumptions, backtest.numbers.size(), backtest.draws,
      backtest.failed_draws))));
  if (with_numbers) print_numbers(backtest);
  print_line();
}

Result<void> run_backtests(BacktestOptions const& options, Context const& context) {
  RunClock const clock;
  study::BacktestRequest request;
  request.names = options.names;
  request.where = "names";
  for (auto const& each : options.files) {
    if (each != "default") request.files.push_back(each);
  }
  request.draws = options.draws;
  request.seed = options.seed;
  ParameterFiles files({}, {}, context);
  auto const answers = study::answer_backtests(request, files.source());
  if (!answers) return fail(answers.error());
  if (!context.json) {
    for (auto const& each : *answers) print_backtest(each, options.numbers);
    return {};
  }
  Origin origin;
  origin.seed = options.seed;
  origin.options = {{"draws", static_cast<std::int64_t>(options.draws)}};
  auto described = origin_without_world(clock, std::move(origin), files.with({}));
  if (!described) return fail(described.error());
  auto document = study::backtests_to_json(*answers);
  document["origin"] = *std::move(described);
  print_line(to_text(document));
  return {};
}

}  // namespace

void add_localize_backtests(CLI::App& localize, Context& context, Action& action) {
  auto const options = std::make_shared<BacktestOptions>();
  auto& command = *localize.add_subcommand(
      "backtests", "Past controls: what was observed beside what the model says");
  command.add_option("names", options->names,
                     "korea-2019, rare-earths-2010, cloudmatrix; default: all");
  command
      .add_option(
          "--parameters", options->files,
          "File of numbers in place of the shipped ones, key by key; with one name; repeatable")
      ->allow_extra_args(false);
  command.add_flag("--numbers", options->numbers, "Print the numbers that went in, too");
  command.add_option("--draws", options->draws, "How many draws over the ranges; 0: none")
      ->check(CLI::Range(std::size_t{0}, most_draws))
      ->capture_default_str();
  command.add_option("--seed", options->seed, "Seed of the draws, a whole number")
      ->capture_default_str();
  add_json_option(command, context);
  command.callback([&context, &action, options] {
    action = [&context, options] { return run_backtests(*options, context); };
  });
}

}  // namespace linchpin::app
