// SPDX-License-Identifier: Apache-2.0
#include "linchpin/localize/compute_path.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "linchpin/core/contracts.h"
#include "linchpin/localize/named_numbers.h"
#include "linchpin/sampling/design.h"

namespace linchpin::localize {
namespace {

using parameters::SourcedNumber;

constexpr std::size_t orders_bind = all_constraints.size();

/// Its growth factor in the long run.
double settled_growth(ComputeWorld const& world, ComputeGrowth const& growth) {
  return std::min(growth.frontier_settled, world.growth);
}

/// The same in the year that begins `t` years after the first.
double frontier_growth(ComputeWorld const& world, ComputeGrowth const& growth, double t) {
  auto const settled = settled_growth(world, growth);
  return settled + (world.growth - settled) * std::exp(-t / growth.frontier_fade);
}

/// Chips of a fleet that are new in a year: counts of imports are those of a year.
double new_chips(Fleet const& fleet, double lifetime) {
  return fleet.source == ComputeSource::rented ? fleet.chips / lifetime : fleet.chips;
}

/// Months since the frontier had `own`. `references`: its compute in the years up to now; before
/// the first it grew as in the first, and so it does behind the last.
std::optional<double> months_behind(double own, std::span<double const> references,
                                    double first_growth) {
  if (!(own > 0)) return std::nullopt;
  constexpr double months = 12;
  double passed = 0;
  for (std::size_t k = references.size(); k-- > 0;) {
    auto const step = std::log(k > 0 ? references[k] / references[k - 1] : first_growth);
    auto const behind = std::log(references[k] / own);
    if (k == 0 || behind <= step) return passed + months * behind / step;
    passed += months;
  }
  return passed;
}

ComputeWorld grown(ComputeWorld world, ComputeGrowth const& growth, double years) {
  auto& means = world.means;
  means.wafers *= std::pow(1 + growth.wafers, years);
  means.memory_stacks *= std::pow(1 + growth.memory_stacks, years);
  means.packages *= std::pow(1 + growth.packages, years);
  means.power *= std::pow(1 + growth.power, years);
  return world;
}

Result<ComputeGrowth> growth_of(std::span<SourcedNumber const> numbers,
                                std::span<double const> values, double settled) {
  NamedNumbers from(numbers, values, "number of the path of compute",
                    "data/parameters/compute_path.csv");
  ComputeGrowth growth;
  growth.wafers = from.take("growth.wafers");
  growth.memory_stacks = from.take("growth.memory_stacks");
  growth.packages = from.take("growth.packages");
  growth.power = from.take("growth.power");
  growth.frontier_fade = std::max(from.take("growth.frontier_fade"), 1e-6);
  growth.lifetime = std::max(from.take("service.lifetime"), 1.0);
  growth.frontier_settled = std::max(settled, 1 + 1e-6);
  if (auto const complete = from.finish(); !complete) return fail(complete.error());
  return growth;
}

/// Answers of all draws of a year.
struct Answers {
  std::vector<double> chips, compute, gap;
  std::array<std::vector<double>, 4> by_source;
  std::array<std::size_t, orders_bind + 1> binding{};

  void add(ComputeYear const& year) {
    chips.push_back(year.chips);
    compute.push_back(year.compute.total());
    for (std::size_t s = 0; s < by_source.size(); ++s) {
      by_source[s].push_back(year.compute.by_source[s]);
    }
    if (year.gap) gap.push_back(*year.gap);
    ++binding[year.binding ? static_cast<std::size_t>(*year.binding) : orders_bind];
  }
};

}  // namespace

Result<std::vector<ComputeYear>> compute_path(ComputeWorld const& world,
                                              ComputeGrowth const& growth,
                                              std::span<AcceleratorYear const> path) {
  LINCHPIN_EXPECTS(!path.empty() && growth.lifetime >= 1 && growth.frontier_fade > 0);
  auto const first = assess(world.question());
  if (!first) return fail(first.error());
  std::vector<ComputeYear> years;
  std::vector<double> references{world.reference};
  years.push_back({first->supply.binding, first->supply.chips, first->supply.chips, first->compute,
                   world.reference, first->gap});
  double const stays = 1 - 1 / growth.lifetime;
  constexpr auto home = static_cast<std::size_t>(ComputeSource::domestic);
  for (std::size_t t = 1; t < path.size(); ++t) {
    auto const& row = path[t];
    auto const passed = static_cast<double>(t);
    auto const supply = domestic_supply(grown(world, growth, passed).means);
    ComputeYear year;
    double const grows = frontier_growth(world, growth, passed - 1);
    year.market = years.back().market * grows / settled_growth(world, growth);
    year.ordered = first->supply.chips * row.made * year.market;
    year.chips = std::min(year.ordered, supply.chips);
    if (supply.chips < year.ordered) year.binding = supply.binding;
    year.compute = years.back().compute;
    for (auto& each : year.compute.by_source) each *= stays;
    for (auto const& fleet : world.fleets) {
      if (fleet.source == ComputeSource::domestic) continue;
      year.compute.by_source[static_cast<std::size_t>(fleet.source)] +=
          new_chips(fleet, growth.lifetime) * effective_per_chip(fleet) * row.bought * year.market *
          row.foreign_performance;
    }
    year.compute.by_source[home] +=
        year.chips * row.used_of_made * effective_per_chip(world.made) * row.home_performance;
    references.push_back(references.back() * grows);
    year.reference = references.back();
    year.gap = months_behind(year.compute.total(), references, world.growth);
    years.push_back(year);
  }
  return years;
}

Result<std::vector<ComputePathYear>> compute_path_ensemble(std::span<SourcedNumber const> numbers,
                                                           std::span<SourcedNumber const> growth,
                                                           double settled,
                                                           std::span<AcceleratorYear const> path,
                                                           std::size_t draws, Seed seed,
                                                           RunControl const& control) {
  auto const value_of = [](SourcedNumber const& each) { return each.value; };
  std::vector<double> values, of_growth;
  std::transform(numbers.begin(), numbers.end(), std::back_inserter(values), value_of);
  std::transform(growth.begin(), growth.end(), std::back_inserter(of_growth), value_of);
  auto const at = [&]() -> Result<std::vector<ComputeYear>> {
    auto const world = compute_world(numbers, values);
    if (!world) return fail(world.error());
    auto const moves = growth_of(growth, of_growth, settled);
    if (!moves) return fail(moves.error());
    return compute_path(*world, *moves, path);
  };
  auto const central = at();
  if (!central) return fail(central.error());
  auto const design = sampling::Design::make(sampling::DesignKind::sobol, draws,
                                             numbers.size() + growth.size(), seed);
  if (!design) return fail(design.error());
  std::vector<Answers> answers(path.size());
  std::vector<double> point(numbers.size() + growth.size());
  for (std::size_t draw = 0; draw < draws; ++draw) {
    if (control.cancel.cancelled()) {
      return fail(ErrorCode::cancelled, fmt::format("stopped after {} of {} draws", draw, draws),
                  "computing power along the path", "ask for fewer draws");
    }
    design->point(draw, point);
    for (std::size_t k = 0; k < numbers.size(); ++k) values[k] = drawn(numbers[k], point[k]);
    for (std::size_t k = 0; k < growth.size(); ++k) {
      of_growth[k] = drawn(growth[k], point[numbers.size() + k]);
    }
    auto const years = at();
    if (!years) continue;
    for (std::size_t t = 0; t < path.size(); ++t) answers[t].add((*years)[t]);
  }
  std::vector<ComputePathYear> result;
  for (std::size_t t = 0; t < path.size(); ++t) {
    auto const& year = (*central)[t];
    ComputePathYear one;
    one.year = path[t].year;
    one.binding = year.binding;
    one.market = year.market;
    one.made_of_ordered = year.ordered > 0 ? year.chips / year.ordered : 1;
    auto const count = static_cast<double>(std::max<std::size_t>(answers[t].chips.size(), 1));
    for (std::size_t k = 0; k <= orders_bind; ++k) {
      one.binding_probability[k] = static_cast<double>(answers[t].binding[k]) / count;
    }
    one.chips = quantiles_of(answers[t].chips);
    one.compute = quantiles_of(answers[t].compute);
    for (std::size_t s = 0; s < one.by_source.size(); ++s) {
      one.by_source[s] = quantiles_of(answers[t].by_source[s]);
    }
    if (!answers[t].gap.empty()) one.gap_months = quantiles_of(answers[t].gap);
    result.push_back(one);
  }
  return result;
}

}  // namespace linchpin::localize
