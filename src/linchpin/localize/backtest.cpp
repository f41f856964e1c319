// SPDX-License-Identifier: Apache-2.0
#include "linchpin/localize/backtest.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <iterator>
#include <utility>

#include "linchpin/core/nearest.h"
#include "linchpin/localize/backtest_cases.h"
#include "linchpin/sampling/design.h"

namespace linchpin::localize {
namespace {

struct Case {
  BacktestKind kind;
  Result<BacktestOutcome> (*run)(std::span<parameters::SourcedNumber const>,
                                 std::span<double const>);
  std::vector<std::string> (*remarks)();
};

Case const* find_case(std::string_view name);

constexpr std::array kinds{
    BacktestKind{"korea-2019", "Japan's controls on Korea, July 2019", "backtests/korea-2019.csv"},
    BacktestKind{"rare-earths-2010", "China's export quotas on rare earths, 2010 to 2014",
                 "backtests/rare-earths-2010.csv"},
    BacktestKind{"cloudmatrix", "More and hungrier chips in one system: CloudMatrix 384",
                 "backtests/cloudmatrix.csv"}};
constexpr std::array cases{Case{kinds[0], korea_outcome, korea_remarks},
                           Case{kinds[1], rare_earths_outcome, rare_earths_remarks},
                           Case{kinds[2], systems_outcome, systems_remarks}};

Case const* find_case(std::string_view name) {
  auto const found = std::find_if(cases.begin(), cases.end(),
                                  [&](Case const& each) { return each.kind.name == name; });
  return found == cases.end() ? nullptr : found;
}

}  // namespace

std::span<BacktestKind const> backtest_kinds() noexcept { return kinds; }

Result<Backtest> run_backtest(std::string_view name, std::vector<parameters::SourcedNumber> numbers,
                              std::size_t draws, Seed seed) {
  auto const* const chosen = find_case(name);
  if (chosen == nullptr) {
    std::vector<std::string> names;
    for (auto const& each : kinds) names.emplace_back(each.name);
    return fail(ErrorCode::unknown_label, fmt::format("no backtest is called '{}'", name),
                "backtest",
                did_you_mean(std::string{name}, names,
                             fmt::format("{}, {} or {}", names[0], names[1], names[2])));
  }
  std::vector<double> values;
  for (auto const& each : numbers) values.push_back(each.value);
  auto const central = chosen->run(numbers, values);
  if (!central) return fail(central.error());

  Backtest result;
  result.name = chosen->kind.name;
  result.title = chosen->kind.title;
  result.lines = central->lines;
  result.verdicts = central->verdicts;
  result.remarks = chosen->remarks();
  result.draws = draws;
  result.assumptions = parameters::assumption_share(numbers);

  std::vector<std::vector<double>> drawn_lines(result.lines.size());
  std::vector<std::size_t> said_yes(result.verdicts.size(), 0);
  if (draws > 0) {
    auto const design =
        sampling::Design::make(sampling::DesignKind::sobol, draws, numbers.size(), seed);
    if (!design) return fail(design.error());
    std::vector<double> point(numbers.size());
    for (std::size_t draw = 0; draw < draws; ++draw) {
      design->point(draw, point);
      for (std::size_t k = 0; k < numbers.size(); ++k) values[k] = drawn(numbers[k], point[k]);
      auto const outcome = chosen->run(numbers, values);
      if (!outcome) {
        ++result.failed_draws;
        continue;
      }
      for (std::size_t k = 0; k < drawn_lines.size(); ++k) {
        drawn_lines[k].push_back(outcome->lines[k].model);
      }
      for (std::size_t k = 0; k < said_yes.size(); ++k) said_yes[k] += outcome->verdicts[k].model;
    }
  }
  auto const answered = std::max<std::size_t>(draws - result.failed_draws, 1);
  for (std::size_t k = 0; k < result.lines.size(); ++k) {
    result.lines[k].band = quantiles_of(std::move(drawn_lines[k]));
  }
  for (std::size_t k = 0; k < result.verdicts.size(); ++k) {
    result.verdicts[k].probability =
        static_cast<double>(said_yes[k]) / static_cast<double>(answered);
  }
  result.numbers = std::move(numbers);
  return result;
}

}  // namespace linchpin::localize
