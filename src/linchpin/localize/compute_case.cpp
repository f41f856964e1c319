// SPDX-License-Identifier: Apache-2.0
#include "linchpin/localize/compute_case.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "linchpin/core/contracts.h"
#include "linchpin/localize/chips.h"
#include "linchpin/localize/named_numbers.h"
#include "linchpin/sampling/design.h"
#include "linchpin/sampling/distribution.h"
#include "linchpin/sampling/quantiles.h"

namespace linchpin::localize {
namespace {

constexpr double wide = 4;
constexpr double wafer_diameter = 300;

/// Answers of all draws, number by number.
struct Answers {
  std::array<std::vector<double>, 4> by_source, shadow_values;
  std::array<std::size_t, 4> binding{};
  std::vector<double> total, chips, gap;

  void add(ComputeAnswer const& answer) {
    for (std::size_t k = 0; k < by_source.size(); ++k) {
      by_source[k].push_back(answer.compute.by_source[k]);
      shadow_values[k].push_back(answer.shadow_values[k]);
    }
    ++binding[static_cast<std::size_t>(answer.supply.binding)];
    total.push_back(answer.compute.total());
    chips.push_back(answer.supply.chips);
    if (answer.gap) gap.push_back(*answer.gap);
  }
};

}  // namespace

Quantiles quantiles_of(std::vector<double> values) {
  if (values.empty()) return {};
  std::sort(values.begin(), values.end());
  return {sampling::sorted_quantile(values, 0.05), sampling::sorted_quantile(values, 0.5),
          sampling::sorted_quantile(values, 0.95)};
}

double drawn(parameters::SourcedNumber const& number, double u) {
  LINCHPIN_EXPECTS(u > 0 && u < 1 && number.low <= number.value && number.value <= number.high);
  if (number.low == number.high) return number.value;
  if (number.low > 0 && number.high >= wide * number.low) {
    // -1 at the 5 % quantile, 1 at the 95 % one.
    sampling::Distribution const normal{sampling::DistributionKind::normal, -1, 1, std::nullopt};
    auto const side = normal.quantile(u);
    auto const end = side < 0 ? number.value / number.low : number.high / number.value;
    return number.value * std::pow(end, side);
  }
  sampling::Distribution const triangle{sampling::DistributionKind::triangular, number.low,
                                        number.high, number.value};
  return triangle.quantile(u);
}

Result<ComputeWorld> compute_world(std::span<parameters::SourcedNumber const> numbers,
                                   std::span<double const> values) {
  NamedNumbers from(numbers, values, "number of compute", "data/parameters/compute.csv");
  ComputeWorld world;
  Utilisation utilisation;
  utilisation.in_domain = from.take("utilisation.in_domain");
  utilisation.loss = from.take("utilisation.loss");
  auto const domain_foreign = std::max(from.take("utilisation.domain_foreign"), 1.0);
  auto const domain_home = std::max(from.take("utilisation.domain_home"), 1.0);
  for (auto const source : all_sources) {
    std::string const name = to_string(source);
    bool const home = source == ComputeSource::domestic;
    Fleet fleet;
    fleet.source = source;
    fleet.chips = from.take(name + (home ? ".stock" : ".chips"));
    fleet.performance = from.take(name + ".performance");
    fleet.uptime = std::min(from.take(name + ".uptime"), 1.0);
    fleet.cluster = std::max(from.take(name + ".cluster"), 1.0);
    fleet.utilisation = utilisation;
    fleet.utilisation.domain = home ? domain_home : domain_foreign;
    if (home) world.made = fleet;
    world.fleets.push_back(fleet);
  }
  auto& means = world.means;
  means.wafers = from.take("domestic.wafers");
  auto const area = from.take("domestic.die_area");
  means.dies_per_wafer = area > 0 ? dies_per_wafer(wafer_diameter, area) : 0;
  means.die_yield = from.take("domestic.die_yield");
  means.dies_per_chip = from.take("domestic.dies_per_chip");
  means.memory_stacks = from.take("domestic.memory_stacks");
  means.stacks_per_chip = from.take("domestic.stacks_per_chip");
  means.packages = from.take("domestic.packages");
  means.package_yield = from.take("domestic.package_yield");
  means.power = from.take("domestic.power");
  means.power_per_chip = from.take("domestic.power_per_chip");
  world.reference = from.take("frontier.compute");
  world.growth = from.take("frontier.growth");
  if (auto const complete = from.finish(); !complete) return fail(complete.error());
  return world;
}

Result<ComputeEnsemble> compute_ensemble(std::span<parameters::SourcedNumber const> numbers,
                                         std::size_t draws, Seed seed, RunControl const& control) {
  std::vector<double> values;
  for (auto const& each : numbers) values.push_back(each.value);
  auto const central = compute_world(numbers, values);
  if (!central) return fail(central.error());
  auto const at_values = assess(central->question());
  if (!at_values) return fail(at_values.error());
  auto const design =
      sampling::Design::make(sampling::DesignKind::sobol, draws, numbers.size(), seed);
  if (!design) return fail(design.error());

  ComputeEnsemble ensemble;
  ensemble.binding = at_values->supply.binding;
  ensemble.draws = draws;
  ensemble.assumptions = parameters::assumption_share(numbers);
  Answers answers;
  std::vector<double> point(numbers.size());
  for (std::size_t draw = 0; draw < draws; ++draw) {
    if (control.cancel.cancelled()) {
      return fail(ErrorCode::cancelled, fmt::format("stopped after {} of {} draws", draw, draws),
                  "computing power", "ask for fewer draws");
    }
    design->point(draw, point);
    for (std::size_t k = 0; k < numbers.size(); ++k) values[k] = drawn(numbers[k], point[k]);
    auto const world = compute_world(numbers, values);
    LINCHPIN_ASSERT(world.has_value());  // the keys are those of `central`
    auto const answer = assess(world->question());
    if (answer) {
      answers.add(*answer);
    } else {
      ++ensemble.failed_draws;
    }
  }
  for (std::size_t k = 0; k < answers.by_source.size(); ++k) {
    ensemble.by_source[k] = quantiles_of(answers.by_source[k]);
    ensemble.shadow_values[k] = quantiles_of(answers.shadow_values[k]);
    auto const answered = std::max<std::size_t>(answers.total.size(), 1);
    ensemble.binding_probability[k] =
        static_cast<double>(answers.binding[k]) / static_cast<double>(answered);
  }
  ensemble.total = quantiles_of(answers.total);
  ensemble.chips = quantiles_of(answers.chips);
  if (!answers.gap.empty()) ensemble.gap_months = quantiles_of(answers.gap);
  return ensemble;
}

}  // namespace linchpin::localize
