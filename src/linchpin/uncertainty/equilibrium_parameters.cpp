// SPDX-License-Identifier: Apache-2.0
#include "linchpin/uncertainty/equilibrium_parameters.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <string_view>

#include "linchpin/core/contracts.h"
#include "linchpin/core/nearest.h"

namespace linchpin::uncertainty {
namespace {

using Kind = EquilibriumParameter::Kind;

constexpr std::string_view sector_prefix = "theta.";

struct Entry {
  char const* name;
  Kind kind;
  double lowest, highest;
  char const* hint;
  char const* words;
};

constexpr char const* theta_hint = "a trade elasticity lies above 0, at most 1000";
constexpr char const* nest_hint = "0 is Leontief, 1 Cobb-Douglas, at most 100";

constexpr Entry entries[] = {{"theta_scale", Kind::theta_scale, 1e-3, 1e3,
                              "a factor on all trade elasticities, like 0.5 to 1.5",
                              "how readily buyers change origins, in all sectors alike"},
                             {"nest.value_added", Kind::value_added, 0, 100, nest_hint,
                              "how readily value added replaces materials"},
                             {"nest.materials", Kind::materials, 0, 100, nest_hint,
                              "how readily materials replace each other"},
                             {"nest.final_use", Kind::final_use, 0, 100, nest_hint,
                              "how readily final users change sectors"},
                             {"", Kind::theta_sector, 1e-6, 1e3, theta_hint,
                              "how readily buyers of this sector change origins"}};

Entry const& entry_of(Kind kind) {
  auto const* found = std::find_if(std::begin(entries), std::end(entries),
                                   [&](Entry const& each) { return each.kind == kind; });
  LINCHPIN_EXPECTS(found != std::end(entries));
  return *found;
}

std::optional<EquilibriumParameter> find(std::string const& name,
                                         std::vector<std::string> const& sectors) {
  for (auto const& each : entries) {
    if (each.name[0] != '\0' && name == each.name) return EquilibriumParameter{each.kind, 0};
  }
  if (!name.starts_with(sector_prefix)) return std::nullopt;
  auto const label = std::string_view{name}.substr(sector_prefix.size());
  auto const found = std::find(sectors.begin(), sectors.end(), label);
  if (found == sectors.end()) return std::nullopt;
  return EquilibriumParameter{Kind::theta_sector,
                              static_cast<std::size_t>(found - sectors.begin())};
}

Error unknown(Uncertain const& each, std::vector<std::string> const& sectors) {
  std::vector<std::string> names;
  for (auto const& entry : entries) {
    if (entry.name[0] != '\0') names.emplace_back(entry.name);
  }
  for (auto const& sector : sectors) names.push_back(fmt::format("{}{}", sector_prefix, sector));
  return {ErrorCode::unknown_key, fmt::format("'{}' is no number of the model", each.parameter),
          each.where,
          did_you_mean(each.parameter, names,
                       "one of theta_scale, theta.<sector>, nest.value_added, nest.materials, "
                       "nest.final_use")};
}

}  // namespace

Result<std::vector<EquilibriumParameter>> find_equilibrium_parameters(
    std::vector<Uncertain> const& uncertain, std::vector<std::string> const& sectors) {
  ErrorList errors;
  std::vector<EquilibriumParameter> parameters;
  for (auto const& each : uncertain) {
    auto const found = find(each.parameter, sectors);
    if (!found) {
      errors.add(unknown(each, sectors));
      continue;
    }
    bool const twice = std::any_of(parameters.begin(), parameters.end(), [&](auto const& other) {
      return other.kind == found->kind && other.sector == found->sector;
    });
    if (twice) {
      errors.add(ErrorCode::duplicate_label, fmt::format("'{}' is uncertain twice", each.parameter),
                 each.where, "give it one distribution");
    }
    if (auto const sound = sampling::check(each.distribution, each.where); !sound) {
      errors.add(sound.error());
    } else {
      auto const& entry = entry_of(found->kind);
      for (double const end : {each.distribution.low, each.distribution.high}) {
        if (end >= entry.lowest && end <= entry.highest) continue;
        errors.add(ErrorCode::bad_value,
                   fmt::format("{} cannot be {}: it lies between {} and {}", each.parameter, end,
                               entry.lowest, entry.highest),
                   each.where, entry.hint);
      }
    }
    parameters.push_back(*found);
  }
  if (!errors.empty()) return fail(errors.joined());
  return parameters;
}

void apply(std::vector<EquilibriumParameter> const& parameters, std::span<double const> values,
           DenseVector& theta, equilibrium::Closure& closure) {
  LINCHPIN_EXPECTS(values.size() == parameters.size());
  // A lognormal draw has no end: what lies outside the range of the model is cut to it.
  auto const inside = [&](std::size_t i) {
    auto const& entry = entry_of(parameters[i].kind);
    return std::clamp(values[i], entry.lowest, entry.highest);
  };
  for (std::size_t i = 0; i < parameters.size(); ++i) {
    switch (parameters[i].kind) {
      case Kind::theta_sector:
        theta[parameters[i].sector] = inside(i);
        break;
      case Kind::value_added:
        closure.nests.value_added = inside(i);
        break;
      case Kind::materials:
        closure.nests.materials = inside(i);
        break;
      case Kind::final_use:
        closure.nests.final_use = inside(i);
        break;
      case Kind::theta_scale:
        break;
    }
  }
  for (std::size_t i = 0; i < parameters.size(); ++i) {
    if (parameters[i].kind != Kind::theta_scale) continue;
    for (auto& each : theta) each *= inside(i);
  }
}

std::vector<Uncertain> default_equilibrium_uncertain(equilibrium::Closure const& closure) {
  using sampling::DistributionKind;
  constexpr double low = 0.5;
  constexpr double high = 1.5;
  std::vector<Uncertain> all;
  auto const add = [&](char const* name, double middle) {
    if (middle <= 0) return;
    Uncertain one;
    one.parameter = name;
    one.distribution = {DistributionKind::triangular, low * middle, high * middle, middle};
    one.where = "the default set";
    all.push_back(std::move(one));
  };
  add("theta_scale", 1);
  add("nest.value_added", closure.nests.value_added);
  add("nest.materials", closure.nests.materials);
  add("nest.final_use", closure.nests.final_use);
  return all;
}

std::string equilibrium_parameter_words(std::string const& name) {
  for (auto const& each : entries) {
    if (name == each.name) return fmt::format("{} ({})", each.words, name);
  }
  return fmt::format("{} ({})", entry_of(Kind::theta_sector).words, name);
}

}  // namespace linchpin::uncertainty
