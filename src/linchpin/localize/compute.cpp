// SPDX-License-Identifier: Apache-2.0
#include "linchpin/localize/compute.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "linchpin/core/contracts.h"
#include "linchpin/localize/number_check.h"

namespace linchpin::localize {
namespace {

constexpr double unbounded = std::numeric_limits<double>::infinity();
constexpr double kilowatts_per_megawatt = 1000;
constexpr double hours_per_year = 8760;

std::size_t index(Constraint constraint) { return static_cast<std::size_t>(constraint); }

}  // namespace

char const* to_string(Constraint constraint) noexcept {
  switch (constraint) {
    case Constraint::wafers:
      return "wafers";
    case Constraint::memory:
      return "memory";
    case Constraint::packaging:
      return "packaging";
    case Constraint::power:
      return "power";
  }
  return "";
}

char const* to_string(ComputeSource source) noexcept {
  switch (source) {
    case ComputeSource::legal_imports:
      return "legal_imports";
    case ComputeSource::smuggled:
      return "smuggled";
    case ComputeSource::rented:
      return "rented";
    case ComputeSource::domestic:
      return "domestic";
  }
  return "";
}

Result<void> check(DomesticMeans const& means, std::string const& where) {
  NumberCheck numbers(where);
  numbers.between("wafers", means.wafers, 0, unbounded);
  numbers.between("dies_per_wafer", means.dies_per_wafer, 0, unbounded);
  if (numbers.above("die_yield", means.die_yield, 0)) numbers.share("die_yield", means.die_yield);
  numbers.above("dies_per_chip", means.dies_per_chip, 0);
  numbers.between("memory_stacks", means.memory_stacks, 0, unbounded);
  numbers.above("stacks_per_chip", means.stacks_per_chip, 0);
  numbers.between("packages", means.packages, 0, unbounded);
  if (numbers.above("package_yield", means.package_yield, 0)) {
    numbers.share("package_yield", means.package_yield);
  }
  numbers.between("power", means.power, 0, unbounded);
  numbers.above("power_per_chip", means.power_per_chip, 0);
  return numbers.result();
}

DomesticSupply domestic_supply(DomesticMeans const& means) {
  std::array<double, 4> per_unit{};
  per_unit[index(Constraint::wafers)] =
      means.dies_per_wafer * means.die_yield / means.dies_per_chip * means.package_yield;
  per_unit[index(Constraint::memory)] = means.package_yield / means.stacks_per_chip;
  per_unit[index(Constraint::packaging)] = means.package_yield;
  per_unit[index(Constraint::power)] = kilowatts_per_megawatt / means.power_per_chip;
  std::array const amounts{means.wafers, means.memory_stacks, means.packages, means.power};
  DomesticSupply supply;
  for (std::size_t k = 0; k < amounts.size(); ++k) supply.limits[k] = amounts[k] * per_unit[k];
  supply.chips = *std::min_element(supply.limits.begin(), supply.limits.end());
  std::size_t ties = 0;
  for (auto const each : all_constraints) {
    if (supply.limits[index(each)] > supply.chips) continue;
    if (ties++ == 0) supply.binding = each;
    supply.loss_of_less[index(each)] = per_unit[index(each)];
  }
  if (ties == 1) supply.gain_of_more[index(supply.binding)] = per_unit[index(supply.binding)];
  return supply;
}

double Utilisation::of(double chips) const {
  return in_domain / (1 + loss * std::log(std::max(chips / domain, 1.0)));
}

Result<void> check(Fleet const& fleet, std::string const& where) {
  NumberCheck numbers(where);
  numbers.between("chips", fleet.chips, 0, unbounded);
  numbers.between("performance", fleet.performance, 0, unbounded);
  numbers.share("uptime", fleet.uptime);
  numbers.between("cluster", fleet.cluster, 1, unbounded);
  numbers.share("utilisation within a domain", fleet.utilisation.in_domain);
  numbers.between("domain", fleet.utilisation.domain, 1, unbounded);
  numbers.between("loss of utilisation", fleet.utilisation.loss, 0, unbounded);
  return numbers.result();
}

double effective_per_chip(Fleet const& fleet) {
  return fleet.performance * fleet.utilisation.of(fleet.cluster) * fleet.uptime;
}

double EffectiveCompute::total() const {
  double sum = 0;
  for (auto const each : by_source) sum += each;
  return sum;
}

EffectiveCompute effective_compute(std::span<Fleet const> fleets) {
  EffectiveCompute compute;
  for (auto const& fleet : fleets) {
    compute.by_source[static_cast<std::size_t>(fleet.source)] +=
        fleet.chips * effective_per_chip(fleet);
  }
  return compute;
}

double training_time(double operations, double chips, double effective) {
  LINCHPIN_EXPECTS(chips > 0 && effective > 0);
  return operations / (chips * effective);
}

std::optional<double> gap_months(double own, double reference, double growth) {
  LINCHPIN_EXPECTS(own >= 0 && reference > 0 && growth > 1);
  if (own == 0) return std::nullopt;
  constexpr double months_per_year = 12;
  return months_per_year * std::log(reference / own) / std::log(growth);
}

double yearly_factor(double halving_months) {
  LINCHPIN_EXPECTS(halving_months > 0);
  return std::exp2(12 / halving_months);
}

SystemComparison compare(ScaleUpSystem const& one, ScaleUpSystem const& other) {
  SystemComparison ratio;
  auto const chips = one.chips / other.chips;
  ratio.performance = chips * one.performance / other.performance;
  ratio.memory = chips * one.memory / other.memory;
  ratio.bandwidth = chips * one.bandwidth / other.bandwidth;
  ratio.power = one.power / other.power;
  ratio.power_per_performance = ratio.power / ratio.performance;
  ratio.power_per_bandwidth = ratio.power / ratio.bandwidth;
  ratio.power_per_memory = ratio.power / ratio.memory;
  return ratio;
}

double energy_cost_per_petaflop(ScaleUpSystem const& system, double pue, double price) {
  LINCHPIN_EXPECTS(system.chips > 0 && system.performance > 0 && pue >= 1);
  constexpr double petaflop = 1e15;
  auto const kilowatts = system.power / 1000 * petaflop / (system.chips * system.performance);
  return kilowatts * hours_per_year * pue * price;
}

Result<ComputeAnswer> assess(ComputeCase const& question) {
  ErrorList errors;
  auto const collect = [&](Result<void> const& result) {
    if (!result) errors.add(result.error());
  };
  collect(check(question.means, "domestic means"));
  collect(check(question.made, "chips made at home"));
  for (auto const& fleet : question.fleets) collect(check(fleet, to_string(fleet.source)));
  NumberCheck numbers("frontier");
  numbers.above("reference", question.reference, 0);
  numbers.above("growth", question.growth, 1);
  collect(numbers.result());
  if (!errors.empty()) return fail(errors.joined());

  ComputeAnswer answer;
  answer.supply = domestic_supply(question.means);
  answer.compute = effective_compute(question.fleets);
  auto made = question.made;
  made.chips = answer.supply.chips;
  auto const per_chip = effective_per_chip(made);
  answer.compute.by_source[static_cast<std::size_t>(ComputeSource::domestic)] +=
      made.chips * per_chip;
  for (std::size_t k = 0; k < answer.shadow_values.size(); ++k) {
    answer.shadow_values[k] = answer.supply.gain_of_more[k] * per_chip;
  }
  answer.gap = gap_months(answer.compute.total(), question.reference, question.growth);
  return answer;
}

}  // namespace linchpin::localize
