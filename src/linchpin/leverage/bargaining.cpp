// SPDX-License-Identifier: Apache-2.0
#include "linchpin/leverage/bargaining.h"

#include <fmt/format.h>

#include <cmath>

namespace linchpin::leverage {
namespace {

constexpr double costless_share = 1e-4;  // of income: 0.01 %

Result<void> check(BargainingCase const& given) {
  ErrorList errors;
  auto const number = [&](char const* where, double value, bool fine, char const* hint) {
    if (std::isfinite(value) && fine) return;
    errors.add(ErrorCode::bad_value, fmt::format("{} is not allowed", value), where, hint);
  };
  number("first_with", given.first_with, given.first_with > 0, "an income above 0");
  number("second_with", given.second_with, given.second_with > 0, "an income above 0");
  number("first_without", given.first_without, true, "a finite income");
  number("second_without", given.second_without, true, "a finite income");
  number("first_weight", given.first_weight, given.first_weight >= 0 && given.first_weight <= 1,
         "a weight between 0 and 1");
  number("first_resolve", given.first_resolve, given.first_resolve >= 0, "0 or above");
  number("second_resolve", given.second_resolve, given.second_resolve >= 0, "0 or above");
  if (!errors.empty()) return fail(errors.joined());
  return {};
}

}  // namespace

Result<Bargain> nash_bargain(BargainingCase const& given) {
  if (auto const checked = check(given); !checked) return fail(checked.error());
  Bargain bargain;
  double const first = bargain.first_at_stake = given.first_with - given.first_without;
  double const second = bargain.second_at_stake = given.second_with - given.second_without;
  double const first_net = first - given.first_resolve;
  double const second_net = second - given.second_resolve;
  bargain.first_threat = given.first_without + given.first_resolve;
  bargain.second_threat = given.second_without + given.second_resolve;
  bargain.agreement = first_net + second_net > 0;
  bargain.first_payoff = bargain.first_threat;
  bargain.second_payoff = bargain.second_threat;
  if (bargain.agreement) {
    bargain.transfer = (1 - given.first_weight) * first_net - given.first_weight * second_net;
    bargain.first_payoff = given.first_with - bargain.transfer;
    bargain.second_payoff = given.second_with + bargain.transfer;
  }
  bargain.first_credible = first <= given.first_resolve;
  bargain.second_credible = second <= given.second_resolve;
  bargain.first_demand = bargain.first_credible ? std::fmax(0, second_net) : 0;
  bargain.second_demand = bargain.second_credible ? std::fmax(0, first_net) : 0;
  bargain.first_costless = first <= costless_share * given.first_with;
  bargain.second_costless = second <= costless_share * given.second_with;
  if (!bargain.first_costless) bargain.first_pain_ratio = second / first;
  if (!bargain.second_costless) bargain.second_pain_ratio = first / second;
  return bargain;
}

}  // namespace linchpin::leverage
