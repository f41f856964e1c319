// SPDX-License-Identifier: Apache-2.0
#include "linchpin/localize/chips.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>

#include "linchpin/core/contracts.h"

namespace linchpin::localize {

namespace {
constexpr std::array all_models{YieldModel::poisson, YieldModel::murphy, YieldModel::seeds,
                                YieldModel::negative_binomial};
}

char const* to_string(YieldModel model) noexcept {
  switch (model) {
    case YieldModel::poisson:
      return "poisson";
    case YieldModel::murphy:
      return "murphy";
    case YieldModel::seeds:
      return "seeds";
    case YieldModel::negative_binomial:
      return "negative-binomial";
  }
  return "";
}

std::optional<YieldModel> yield_model(std::string_view name) noexcept {
  for (auto const each : all_models) {
    if (name == to_string(each)) return each;
  }
  return std::nullopt;
}

double die_yield(YieldModel model, double area, double defects, double clustering) {
  LINCHPIN_EXPECTS(area >= 0 && defects >= 0 && clustering > 0);
  auto const faults = area * defects;
  switch (model) {
    case YieldModel::poisson:
      return std::exp(-faults);
    case YieldModel::murphy: {
      if (faults == 0) return 1;
      auto const mean = -std::expm1(-faults) / faults;
      return mean * mean;
    }
    case YieldModel::seeds:
      return 1 / (1 + faults);
    case YieldModel::negative_binomial:
      if (std::isinf(clustering)) return std::exp(-faults);
      // log1p: large alpha must go over into Poisson without losing digits.
      return std::exp(-clustering * std::log1p(faults / clustering));
  }
  return 0;
}

double dies_per_wafer(double diameter, double die_area) {
  LINCHPIN_EXPECTS(diameter > 0 && die_area > 0);
  auto const by_area = std::numbers::pi * diameter * diameter / 4 / die_area;
  auto const edge = std::numbers::pi * diameter / std::sqrt(2 * die_area);
  return std::max(by_area - edge, 0.0);
}

double cost_of_known_good_dies(Package const& package) {
  LINCHPIN_EXPECTS(package.dies_per_wafer > 0 && package.die_yield > 0 &&
                   package.package_yield > 0);
  auto const die = package.wafer_cost / (package.dies_per_wafer * package.die_yield);
  return (package.dies * die + package.other_cost) / package.package_yield;
}

double cost_of_untested_dies(Package const& package) {
  LINCHPIN_EXPECTS(package.dies_per_wafer > 0 && package.die_yield > 0 &&
                   package.package_yield > 0);
  auto const die = package.wafer_cost / package.dies_per_wafer;
  auto const all_good = std::pow(package.die_yield, package.dies);
  return (package.dies * die + package.other_cost) / (package.package_yield * all_good);
}

double total_processing_performance(double dense_operations, double bits) {
  return dense_operations / 1e12 * bits;
}

double performance_density(double tpp, double area) {
  LINCHPIN_EXPECTS(area > 0);
  return tpp / area;
}

ControlTest test_accelerator(double tpp, std::optional<double> area) {
  ControlTest test;
  test.by_performance = tpp >= tpp_limit;
  test.by_density =
      area && tpp >= tpp_limit_with_density && performance_density(tpp, *area) >= density_limit;
  return test;
}

bool memory_is_controlled(double bandwidth, double area) {
  LINCHPIN_EXPECTS(area > 0);
  return bandwidth / area > memory_density_limit;
}

}  // namespace linchpin::localize
