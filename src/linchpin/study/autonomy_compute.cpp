// SPDX-License-Identifier: Apache-2.0
#include "linchpin/study/autonomy_compute.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <utility>

#include "linchpin/core/contracts.h"
#include "linchpin/study/autonomy_answers.h"
#include "linchpin/study/backtest_question.h"
#include "linchpin/study/compute_question.h"

namespace linchpin::study {
namespace {

constexpr char const* growth_file = "default:compute_path.csv";
/// The numbers move smoothly over the years: fewer draws than for the first year alone will do.
constexpr std::size_t most_draws = 1024;

double over(double value, double first) { return first > 0 ? value / first : 1.0; }

bool has_accelerators(std::string const& technology, ParameterSource const& files) {
  return files.read(technology_file(technology, "hardware.csv")).has_value();
}

}  // namespace

std::optional<std::size_t> compute_technology(AutonomyStudy const& study,
                                              ParameterSource const& files) {
  auto const& named = study.asks.compute_technology;
  for (std::size_t k = 0; k < study.technologies.size(); ++k) {
    auto const& name = study.technologies[k].name.value;
    if (named ? name == named->value : has_accelerators(name, files)) return k;
  }
  return std::nullopt;
}

Result<void> check_compute(AutonomyStudy const& study, ParameterSource const& files) {
  auto const& named = study.asks.compute_technology;
  if (!study.asks.compute_draws || !named || has_accelerators(named->value, files)) return {};
  return fail(ErrorCode::bad_value,
              fmt::format("'{}' makes no accelerators: it has no hardware.csv", named->value),
              named->where, "name a technology with a list of accelerators, or leave the key out");
}

std::vector<localize::AcceleratorYear> accelerators_of(std::vector<localize::PathYear> const& path,
                                                       double frontier_growth,
                                                       double demand_growth) {
  std::vector<localize::AcceleratorYear> result;
  for (std::size_t t = 0; t < path.size(); ++t) {
    auto const& first = path.front();
    auto const& year = path[t];
    auto const passed = static_cast<double>(t);
    double const size = std::pow(1 + demand_growth, passed);
    double const frontier = std::pow(1 + frontier_growth, passed);
    localize::AcceleratorYear row;
    row.year = year.year;
    row.made = over(year.made, first.made);
    row.bought = over(year.foreign_share * size, first.foreign_share);
    double const used = over(year.home_share * size, first.home_share);
    row.used_of_made = row.made > 0 ? std::min(used / row.made, 1.0) : 1.0;
    row.home_performance = over(year.quality, first.quality) * frontier;
    row.foreign_performance = frontier;
    result.push_back(row);
  }
  return result;
}

Result<void> add_compute(AutonomyAnswer& answer, AutonomyStudy const& study,
                         ParameterSource const& files, RunControl const& control) {
  LINCHPIN_EXPECTS(study.asks.compute_draws.has_value());
  ComputeRequest request;
  request.draws = *study.asks.compute_draws;
  request.seed = study.seed;
  request.chips = {""};  // which every name holds
  auto found = answer_compute(request, files, control);
  if (!found) return fail(found.error());
  answer.compute = std::move(found->ensemble);
  answer.accelerators = std::move(found->chips);
  BacktestRequest systems;
  systems.names = {"cloudmatrix"};
  systems.draws = std::min(request.draws, most_draws);
  systems.seed = study.seed;
  auto compared = answer_backtests(systems, files);
  if (!compared) return fail(compared.error());
  answer.scale_up = std::move(compared->front().lines);
  auto const text = files.read(growth_file);
  if (!text) return fail(text.error());
  auto const growth = parameters::read_sourced_numbers(*text, "compute_path.csv");
  if (!growth) return fail(growth.error());
  double const settled = (1 + answer.frontier_growth) * (1 + answer.demand_growth);
  for (auto const& [name, path] :
       {std::pair{"programme", &answer.central.with}, std::pair{"none", &answer.central.without}}) {
    auto years = localize::compute_path_ensemble(
        found->numbers, *growth, settled,
        accelerators_of(*path, answer.frontier_growth, answer.demand_growth),
        std::min(request.draws, most_draws), Seed{study.seed}, control);
    if (!years) return fail(years.error());
    answer.compute_paths.emplace_back(name, *std::move(years));
  }
  return {};
}

}  // namespace linchpin::study
