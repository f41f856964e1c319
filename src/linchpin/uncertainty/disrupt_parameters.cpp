// SPDX-License-Identifier: Apache-2.0
#include "linchpin/uncertainty/disrupt_parameters.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <optional>
#include <span>
#include <string_view>

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
    {"", Kind::cut_share, 0, 1, share_hint, "how much of the deliveries the cut stops"},
    {"", Kind::capacity_loss_share, 0, 1, share_hint, "how much capacity is lost"}};

Entry const& entry_of(Kind kind) {
  auto const* found = std::find_if(std::begin(entries), std::end(entries),
                                   [&](Entry const& each) { return each.kind == kind; });
  LINCHPIN_EXPECTS(found != std::end(entries));
  return *found;
}

/// The k of "<prefix>.<k>.share", counted from 0.
std::optional<std::size_t> event_of(std::string_view name, std::string_view prefix) {
  constexpr std::string_view suffix = ".share";
  auto const number_at = prefix.size() + 1;
  if (!name.starts_with(prefix) || !name.ends_with(suffix) ||
      name.size() <= number_at + suffix.size() || name[prefix.size()] != '.') {
    return std::nullopt;
  }
  auto const digits = name.substr(number_at, name.size() - number_at - suffix.size());
  std::size_t number = 0;
  auto const [end, problem] =
      std::from_chars(digits.data(), digits.data() + digits.size(), number);
  if (problem != std::errc{} || end != digits.data() + digits.size() || number == 0) {
    return std::nullopt;
  }
  return number - 1;
}

std::vector<std::string> all_names(IndustrySpace const& space, Scenario const& scenario) {
  std::vector<std::string> names;
  for (auto const& each : entries) {
    if (each.name[0] != '\0') names.emplace_back(each.name);
  }
  for (std::size_t k = 0; k < scenario.cuts.size(); ++k) {
    names.push_back(fmt::format("cut.{}.share", k + 1));
  }
  for (std::size_t k = 0; k < scenario.capacity_losses.size(); ++k) {
    names.push_back(fmt::format("capacity_loss.{}.share", k + 1));
  }
  for (auto const& sector : space.labels().sectors) names.push_back("inventory_days." + sector.label);
  return names;
}

/// Numbers come before factors on them.
bool is_factor(Kind kind) {
  return kind == Kind::inventory_factor || kind == Kind::resourcing_elasticity;
}
bool is_sector(Kind kind) { return kind == Kind::inventory_sector; }

void set_kind(disrupt::ModelOptions& options, IndustrySpace const& space, bool service,
              double days) {
  for (std::size_t p = 0; p < options.inventory_days.size(); ++p) {
    if (space.labels().sectors[p].service == service) options.inventory_days[p] = days;
  }
}

void set(DisruptParameter const& parameter, double value, IndustrySpace const& space,
         Scenario& scenario, disrupt::ModelOptions& options) {
  switch (parameter.kind) {
    case Kind::psi: options.psi = value; break;
    case Kind::tau_inventory_days: options.tau_inventory_days = value; break;
    case Kind::overproduction_max: options.overproduction_max = value; break;
    case Kind::tau_overproduction_days: options.tau_overproduction_days = value; break;
    case Kind::inventory_goods: set_kind(options, space, false, value); break;
    case Kind::inventory_services: set_kind(options, space, true, value); break;
    case Kind::inventory_sector: options.inventory_days[parameter.index] = value; break;
    case Kind::inventory_factor:
      // Only goods, like the variants of a study: what cannot be stored has a short stock by
      // convention, not by anybody's choice.
      for (std::size_t p = 0; p < options.inventory_days.size(); ++p) {
        auto& days = options.inventory_days[p];
        if (!space.labels().sectors[p].service) days = std::max(1.0, days * value);
      }
      break;
    case Kind::resourcing_elasticity:
      if (options.resourcing_elasticity.empty()) {
        options.resourcing_elasticity.assign(space.sectors(), 1.0);
      }
      for (auto& exponent : options.resourcing_elasticity) exponent *= value;
      break;
    case Kind::cut_share: scenario.cuts[parameter.index].course.share = value; break;
    case Kind::capacity_loss_share:
      scenario.capacity_losses[parameter.index].course.share = value;
      break;
  }
}

void check_range(Uncertain const& each, Kind kind, ErrorList& errors) {
  auto const& entry = entry_of(kind);
  auto const& d = each.distribution;
  for (double const end : {d.low, d.high}) {
    if (end >= entry.lowest && end <= entry.highest) continue;
    errors.add(ErrorCode::bad_value,
               fmt::format("{} cannot be {}: it lies between {} and {}", each.parameter, end,
                           entry.lowest, entry.highest),
               each.where, entry.hint);
  }
}

}  // namespace

Result<DisruptParameter> find_parameter(std::string const& name, std::string const& where,
                                        IndustrySpace const& space, Scenario const& scenario) {
  for (auto const& each : entries) {
    if (each.name[0] != '\0' && name == each.name) return DisruptParameter{each.kind, 0};
  }
  if (auto const cut = event_of(name, "cut"); cut && *cut < scenario.cuts.size()) {
    return DisruptParameter{Kind::cut_share, *cut};
  }
  if (auto const loss = event_of(name, "capacity_loss");
      loss && *loss < scenario.capacity_losses.size()) {
    return DisruptParameter{Kind::capacity_loss_share, *loss};
  }
  constexpr std::string_view stocks = "inventory_days.";
  if (name.starts_with(stocks)) {
    auto const sector = space.find_sector(name.substr(stocks.size()), where);
    if (sector) return DisruptParameter{Kind::inventory_sector, sector->index()};
  }
  return fail(ErrorCode::unknown_key, fmt::format("'{}' is no number of the model", name), where,
              did_you_mean(name, all_names(space, scenario),
                           "one of psi, inventory_days, tau_inventory_days, overproduction_max, "
                           "tau_overproduction_days, resourcing_elasticity, cut.1.share, "
                           "inventory_days.goods, inventory_days.<sector>"));
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
    auto const twice = std::any_of(parameters.begin(), parameters.end(), [&](auto const& other) {
      return other.kind == found->kind && other.index == found->index;
    });
    if (twice) {
      errors.add(ErrorCode::duplicate_label,
                 fmt::format("'{}' is uncertain twice", each.parameter), each.where,
                 "give it one distribution");
    }
    if (found->kind == Kind::overproduction_max && !options.overproduction_by_product.empty()) {
      errors.add(ErrorCode::bad_value,
                 "overproduction_max has no effect: overproduction is given per product",
                 each.where, "leave out one of the two");
    }
    if (auto const sound = sampling::check(each.distribution, each.where); !sound) {
      errors.add(sound.error());
    } else {
      check_range(each, found->kind, errors);
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
  auto const kind = event_of(name, "cut")             ? Kind::cut_share
                    : event_of(name, "capacity_loss") ? Kind::capacity_loss_share
                                                      : Kind::inventory_sector;
  bool const known = kind != Kind::inventory_sector || name.starts_with("inventory_days.");
  return known ? fmt::format("{} ({})", entry_of(kind).words, name) : name;
}

std::string distribution_words(sampling::Distribution const& d) {
  bool const ends = d.kind == DistributionKind::uniform || d.kind == DistributionKind::triangular;
  auto words = fmt::format("{}, {} {} to {}", sampling::to_string(d.kind),
                           ends ? "from" : "5 % to 95 % quantile", d.low, d.high);
  if (d.mode) words += fmt::format(", mode {}", *d.mode);
  return words;
}

}  // namespace linchpin::uncertainty
