// SPDX-License-Identifier: Apache-2.0
#include "linchpin/uncertainty/disrupt_parameters.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <span>
#include <string_view>
#include <utility>

#include "linchpin/core/contracts.h"
#include "linchpin/core/nearest.h"

namespace linchpin::uncertainty {
namespace {

using Kind = DisruptParameter::Kind;
using sampling::DistributionKind;

struct Entry {
  char const* name;
  Kind kind;
  double lowest, highest;
  char const* hint;
  char const* words;
};

constexpr double most_days = 36'500;
constexpr char const* days_hint = "one step is one day: at least 1";
constexpr char const* share_hint = "shares are fractions between 0 and 1";
constexpr char const* factor_hint =
    "inventory_days is a factor on the targets of goods, like 0.5 to 2; for days name "
    "inventory_days.goods, inventory_days.services or a sector";

constexpr Entry entries[] = {
    {"psi", Kind::psi, 0, 1, share_hint, "the share of target stocks below which output falls"},
    {"inventory_days", Kind::inventory_factor, 1e-3, 10, factor_hint, "how large stocks are"},
    {"tau_inventory_days", Kind::tau_inventory_days, 1, most_days, days_hint,
     "how fast stocks are filled up again"},
    {"overproduction_max", Kind::overproduction_max, 1, 100, "1 means none, 1.25 a quarter more",
     "how far industries can go beyond their capacity"},
    {"tau_overproduction_days", Kind::tau_overproduction_days, 1, most_days, days_hint,
     "how fast industries get beyond their capacity"},
    {"resourcing_elasticity", Kind::resourcing_elasticity, 0, 10,
     "a factor on the exponents of all products: 0 keeps shares, 1 leaves them as given",
     "how readily buyers turn to other suppliers"},
    {"inventory_days.goods", Kind::inventory_goods, 1, most_days, days_hint,
     "how large stocks of goods are"},
    {"inventory_days.services", Kind::inventory_services, 1, most_days, days_hint,
     "how large stocks of services are"},
    {"", Kind::inventory_sector, 1, most_days, days_hint, "how large stocks of this product are"},
    {"", Kind::resourcing_sector, 0, 100, "an exponent: 0 keeps shares, 1 follows suppliers",
     "how readily suppliers of this product are replaced"}};

constexpr std::string_view stocks_prefix = "inventory_days.";
constexpr std::string_view elasticity_prefix = "resourcing_elasticity.";

struct Limits {
  double lowest, highest;
  char const* hint;
};

Entry const& entry_of(Kind kind) {
  auto const* found = std::find_if(std::begin(entries), std::end(entries),
                                   [&](Entry const& each) { return each.kind == kind; });
  LINCHPIN_EXPECTS(found != std::end(entries));
  return *found;
}

Limits limits_of(DisruptParameter const& parameter) {
  if (parameter.kind != Kind::event) {
    auto const& entry = entry_of(parameter.kind);
    return {entry.lowest, entry.highest, entry.hint};
  }
  switch (parameter.event.family) {
    case EventNumber::Family::demand_shift:
      return {-1, 1, "a change is a fraction: -0.3 is 30 % less"};
    case EventNumber::Family::reserve:
      return {0, most_days, "the size of a reserve is counted in days of use"};
    default:
      return {0, 1, share_hint};
  }
}

std::vector<std::string> all_names(IndustrySpace const& space, Scenario const& scenario) {
  std::vector<std::string> names;
  for (auto const& each : entries) {
    if (each.name[0] != '\0') names.emplace_back(each.name);
  }
  for (auto& name : event_number_names(scenario)) names.push_back(std::move(name));
  for (auto const prefix : {stocks_prefix, elasticity_prefix}) {
    for (auto const& sector : space.labels().sectors) {
      names.push_back(fmt::format("{}{}", prefix, sector.label));
    }
  }
  return names;
}

/// Numbers come before factors on them.
bool is_factor(Kind kind) {
  return kind == Kind::inventory_factor || kind == Kind::resourcing_elasticity;
}
bool is_sector(Kind kind) {
  return kind == Kind::inventory_sector || kind == Kind::resourcing_sector;
}

DenseVector& exponents(disrupt::ModelOptions& options, IndustrySpace const& space) {
  auto& exponents = options.resourcing_elasticity;
  if (exponents.empty()) exponents.assign(space.sectors(), 1.0);
  return exponents;
}

void set_kind(disrupt::ModelOptions& options, IndustrySpace const& space, bool service,
              double days) {
  for (std::size_t p = 0; p < options.inventory_days.size(); ++p) {
    if (space.labels().sectors[p].service == service) options.inventory_days[p] = days;
  }
}

void set(DisruptParameter const& parameter, double value, IndustrySpace const& space,
         Scenario& scenario, disrupt::ModelOptions& options) {
  switch (parameter.kind) {
    case Kind::psi:
      options.psi = value;
      break;
    case Kind::tau_inventory_days:
      options.tau_inventory_days = value;
      break;
    case Kind::overproduction_max:
      options.overproduction_max = value;
      break;
    case Kind::tau_overproduction_days:
      options.tau_overproduction_days = value;
      break;
    case Kind::inventory_goods:
      set_kind(options, space, false, value);
      break;
    case Kind::inventory_services:
      set_kind(options, space, true, value);
      break;
    case Kind::inventory_sector:
      options.inventory_days[parameter.index] = value;
      break;
    case Kind::inventory_factor:
      // Only goods, like the variants of a study: what cannot be stored has a short stock by
      // convention, not by anybody's choice.
      for (std::size_t p = 0; p < options.inventory_days.size(); ++p) {
        auto& days = options.inventory_days[p];
        if (!space.labels().sectors[p].service) days = std::max(1.0, days * value);
      }
      break;
    case Kind::resourcing_elasticity:
      for (auto& exponent : exponents(options, space)) exponent *= value;
      break;
    case Kind::resourcing_sector:
      exponents(options, space)[parameter.index] = value;
      break;
    case Kind::event:
      set_event_number(parameter.event, value, scenario);
      break;
  }
}

void check_range(Uncertain const& each, DisruptParameter const& parameter, ErrorList& errors) {
  auto const limits = limits_of(parameter);
  auto const& d = each.distribution;
  for (double const end : {d.low, d.high}) {
    if (end >= limits.lowest && end <= limits.highest) continue;
    errors.add(ErrorCode::bad_value,
               fmt::format("{} cannot be {}: it lies between {} and {}", each.parameter, end,
                           limits.lowest, limits.highest),
               each.where, limits.hint);
  }
}

bool same_number(DisruptParameter const& a, DisruptParameter const& b) {
  return a.kind == b.kind && a.index == b.index && a.event.family == b.event.family &&
         a.event.places == b.event.places;
}

}  // namespace

Result<DisruptParameter> find_parameter(std::string const& name, std::string const& where,
                                        IndustrySpace const& space, Scenario const& scenario) {
  for (auto const& each : entries) {
    if (each.name[0] != '\0' && name == each.name) return DisruptParameter{each.kind, 0, {}};
  }
  if (auto event = find_event_number(name, scenario)) {
    return DisruptParameter{Kind::event, 0, *std::move(event)};
  }
  auto const of_sector = [&](std::string_view prefix) -> std::optional<std::size_t> {
    if (!name.starts_with(prefix)) return std::nullopt;
    auto const sector = space.find_sector(name.substr(prefix.size()), where);
    return sector ? std::optional{sector->index()} : std::nullopt;
  };
  if (auto const sector = of_sector(stocks_prefix)) {
    return DisruptParameter{Kind::inventory_sector, *sector, {}};
  }
  if (auto const sector = of_sector(elasticity_prefix)) {
    return DisruptParameter{Kind::resourcing_sector, *sector, {}};
  }
  return fail(ErrorCode::unknown_key, fmt::format("'{}' is no number of the model", name), where,
              did_you_mean(name, all_names(space, scenario),
                           "one of psi, inventory_days, tau_inventory_days, overproduction_max, "
                           "tau_overproduction_days, resourcing_elasticity, "
                           "inventory_days.goods, inventory_days.<sector>, cut.1.share, "
                           "demand_shift.1.change, reserve.1.days or the share of another event"));
}

Result<std::vector<DisruptParameter>> find_parameters(std::vector<Uncertain> const& uncertain,
                                                      IndustrySpace const& space,
                                                      Scenario const& scenario,
                                                      disrupt::ModelOptions const& options) {
  ErrorList errors;
  std::vector<DisruptParameter> parameters;
  for (std::size_t i = 0; i < uncertain.size(); ++i) {
    auto const& each = uncertain[i];
    auto const found = find_parameter(each.parameter, each.where, space, scenario);
    if (!found) {
      errors.add(found.error());
      continue;
    }
    auto const twice = std::any_of(parameters.begin(), parameters.end(),
                                   [&](auto const& other) { return same_number(other, *found); });
    if (twice) {
      errors.add(ErrorCode::duplicate_label, fmt::format("'{}' is uncertain twice", each.parameter),
                 each.where, "give it one distribution");
    }
    if (found->kind == Kind::overproduction_max && !options.overproduction_by_product.empty()) {
      errors.add(ErrorCode::bad_value,
                 "overproduction_max has no effect: overproduction is given per product",
                 each.where, "leave out one of the two");
    }
    if (auto const sound = sampling::check(each.distribution, each.where); !sound) {
      errors.add(sound.error());
    } else {
      check_range(each, *found, errors);
    }
    parameters.push_back(*found);
  }
  if (!errors.empty()) return fail(errors.joined());
  return parameters;
}

void apply(std::vector<DisruptParameter> const& parameters, std::span<double const> values,
           IndustrySpace const& space, Scenario& scenario, disrupt::ModelOptions& options) {
  LINCHPIN_EXPECTS(values.size() == parameters.size());
  // Kinds of products, then single sectors, then factors on all.
  for (int const pass : {0, 1, 2}) {
    for (std::size_t i = 0; i < parameters.size(); ++i) {
      auto const kind = parameters[i].kind;
      if (pass == (is_factor(kind) ? 2 : is_sector(kind) ? 1 : 0)) {
        set(parameters[i], values[i], space, scenario, options);
      }
    }
  }
}

std::vector<Uncertain> default_uncertain(disrupt::ModelOptions const& options) {
  auto const triangle = [](double low, double mode, double high) {
    return sampling::Distribution{DistributionKind::triangular, low, high, mode};
  };
  std::vector<Uncertain> result;
  constexpr double psi_off = 0.1;
  result.push_back({"psi", triangle(std::max(0.0, options.psi - psi_off), options.psi,
                                    std::min(1.0, options.psi + psi_off))});
  result.push_back({"inventory_days", {DistributionKind::lognormal, 0.5, 2}});
  double const tau = options.tau_inventory_days;
  result.push_back({"tau_inventory_days", triangle(std::max(1.0, tau / 2), tau, 2 * tau)});
  if (options.overproduction_max > 1 && options.overproduction_by_product.empty()) {
    double const most = options.overproduction_max;
    result.push_back({"overproduction_max", triangle(1, most, 2 * most - 1)});
  }
  if (options.order_rule != disrupt::OrderRule::fixed) {
    result.push_back({"resourcing_elasticity", triangle(0.5, 1, 1.5)});
  }
  return result;
}

std::string parameter_words(std::string const& name) {
  for (auto const& each : entries) {
    if (each.name[0] != '\0' && name == each.name) return fmt::format("{} ({})", each.words, name);
  }
  auto words = event_number_words(name);
  if (words.empty() && name.starts_with(stocks_prefix)) {
    words = entry_of(Kind::inventory_sector).words;
  }
  if (words.empty() && name.starts_with(elasticity_prefix)) {
    words = entry_of(Kind::resourcing_sector).words;
  }
  return words.empty() ? name : fmt::format("{} ({})", words, name);
}

std::string distribution_words(sampling::Distribution const& d) {
  bool const ends = d.kind == DistributionKind::uniform || d.kind == DistributionKind::triangular;
  auto words = fmt::format("{}, {} {} to {}", sampling::to_string(d.kind),
                           ends ? "from" : "5 % to 95 % quantile", d.low, d.high);
  if (d.mode) words += fmt::format(", mode {}", *d.mode);
  return words;
}

}  // namespace linchpin::uncertainty
