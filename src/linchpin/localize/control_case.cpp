// SPDX-License-Identifier: Apache-2.0
#include "linchpin/localize/control_case.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <map>

#include "linchpin/core/contracts.h"
#include "linchpin/localize/gates.h"
#include "linchpin/localize/number_check.h"

namespace linchpin::localize {
namespace {

enum Place : std::size_t { origin, others, home };

std::vector<Offer> offers_of(ControlCase const& control) {
  std::vector<Offer> offers(3);
  offers[origin].foreign = offers[others].foreign = true;
  offers[others].quality = offers[home].quality = control.alternative_quality;
  if (control.home_share == 0) offers[home].access = 0;  // there are no makers
  return offers;
}

Result<void> check_case(ControlCase const& control) {
  NumberCheck numbers(control.product);
  numbers.between("origin_share", control.origin_share, 0.001, 0.999);
  numbers.between("home_share", control.home_share, 0, 0.999);
  numbers.between("years", control.years, 0, 100);
  numbers.above("alternative_quality", control.alternative_quality, 0);
  numbers.between("catch_up", control.catch_up, 0, 10);
  numbers.between("frontier_growth", control.frontier_growth, -1, 5);
  numbers.share("strictness", control.strictness);
  numbers.share("leakage", control.leakage);
  return numbers.result();
}

/// Preferences that give the shares before the control. Each is found with the other held, in turn:
/// raising one lowers the other's share, so the pair settles.
Result<void> calibrate(ControlCase const& control, Choice const& choice,
                       std::vector<Offer>& offers) {
  // Home makers start with nothing: were they to start with much, imports would be too few for the
  // share of the origin on the way, though not in the end.
  constexpr double nobody = -20;
  offers[home].appeal = nobody;
  constexpr int most_rounds = 200;
  constexpr double tolerance = 1e-10;
  for (int round = 0; round < most_rounds; ++round) {
    auto const now = adopt(choice, offers);
    auto const imports = now.shares[origin] + now.shares[others];
    auto const served = imports + now.shares[home];
    auto const wanted_home = control.home_share * served;
    auto const wanted_origin = control.origin_share * imports;
    if (std::abs(now.shares[origin] - wanted_origin) < tolerance &&
        std::abs(now.shares[home] - wanted_home) < tolerance) {
      return {};
    }
    auto const appeal = calibrated_appeal(choice, offers, origin, wanted_origin);
    if (!appeal) return fail(appeal.error());
    offers[origin].appeal = *appeal;
    if (control.home_share == 0) continue;
    auto const of_home = calibrated_appeal(choice, offers, home, wanted_home);
    if (!of_home) return fail(of_home.error());
    offers[home].appeal = *of_home;
  }
  return fail(ErrorCode::bad_value, "no preferences give the shares before the control",
              control.product, "check the qualities and the least quality that users accept");
}

}  // namespace

bool more_than_halved(double before, double after) { return after < before / 2; }

Result<ControlOutcome> outcome_of(ControlCase const& control) {
  if (auto const fine = check_case(control); !fine) return fail(fine.error());
  auto offers = offers_of(control);
  auto choice = control.choice;
  choice.fear = 0;
  if (auto const fine = check(control.choice, offers, control.product); !fine) {
    return fail(fine.error());
  }
  if (auto const done = calibrate(control, choice, offers); !done) return fail(done.error());

  CatchUp parameters;
  parameters.absorption.base_speed = control.catch_up;
  parameters.own_growth = 0;
  parameters.frontier_growth = control.frontier_growth;
  auto const quality = next_quality({control.alternative_quality, 1}, parameters, control.years, 0,
                                    std::numeric_limits<double>::infinity());
  // Uses ask for quality relative to the frontier: they move with it.
  offers[others].quality = offers[home].quality = quality.relative();
  offers[origin].access = access_under_control(1, control.strictness, control.leakage);
  // Only the country that controls is feared; others are foreign too.
  offers[origin].price *= 1 + control.choice.fear;
  auto const after = adopt(choice, offers);
  ControlOutcome outcome;
  auto const imports = after.shares[origin] + after.shares[others];
  outcome.origin_share = imports > 0 ? after.shares[origin] / imports : 0;
  outcome.home_share = after.shares[home];
  outcome.unmet = after.unmet;
  outcome.localises = more_than_halved(control.origin_share, outcome.origin_share);
  return outcome;
}

Result<std::vector<ControlBacktest>> control_backtests(
    std::span<parameters::SourcedNumber const> numbers, std::span<double const> values) {
  LINCHPIN_EXPECTS(numbers.size() == values.size());
  ErrorList errors;
  std::map<std::string, std::map<std::string, double>> products;
  std::vector<std::string> order;
  for (std::size_t k = 0; k < numbers.size(); ++k) {
    auto const& key = numbers[k].key;
    auto const dot = key.find('.');
    if (dot == std::string::npos) {
      errors.add(ErrorCode::unknown_key, fmt::format("'{}' is no key", key), numbers[k].where,
                 "write product.number or common.number");
      continue;
    }
    auto const product = key.substr(0, dot);
    if (product != "common" && !products.contains(product)) order.push_back(product);
    products[product][key.substr(dot + 1)] = values[k];
  }
  std::vector<ControlBacktest> result;
  for (auto const& product : order) {
    auto const number = [&](char const* name) {
      for (auto const& group : {product, std::string{"common"}}) {
        auto const found = products[group].find(name);
        if (found != products[group].end()) return found->second;
      }
      errors.add(ErrorCode::missing_value, fmt::format("{}.{} is missing", product, name),
                 "case file", "add the line, or one of common");
      return 0.0;
    };
    ControlBacktest each;
    each.observed_before = number("observed_before");
    each.observed_after = number("observed_after");
    auto& control = each.control;
    control.product = product;
    control.origin_share = each.observed_before;
    control.home_share = number("home_share");
    control.years = number("years");
    control.alternative_quality = number("alternative_quality");
    control.catch_up = number("catch_up");
    control.frontier_growth = number("frontier_growth");
    control.strictness = number("strictness");
    control.leakage = number("leakage");
    control.choice.fear = number("fear");
    control.choice.price_coefficient = number("price_coefficient");
    control.choice.thresholds.lowest = number("least_quality");
    result.push_back(std::move(each));
  }
  if (!errors.empty()) return fail(errors.joined());
  return result;
}

}  // namespace linchpin::localize
