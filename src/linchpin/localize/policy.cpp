// SPDX-License-Identifier: Apache-2.0
#include "linchpin/localize/policy.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

#include "linchpin/core/contracts.h"
#include "linchpin/localize/gates.h"
#include "linchpin/localize/number_check.h"

namespace linchpin::localize {
namespace {

using enum InstrumentKind;
constexpr double unbounded = std::numeric_limits<double>::infinity();

constexpr std::array names{
    std::pair{production_subsidy, "production-subsidy"},
    std::pair{purchase_subsidy, "purchase-subsidy"},
    std::pair{investment_subsidy, "investment-subsidy"},
    std::pair{research_subsidy, "research-subsidy"},
    std::pair{entry_subsidy, "entry-subsidy"},
    std::pair{tariff, "tariff"},
    std::pair{mandate, "mandate"},
    std::pair{discouragement, "discouragement"},
    std::pair{public_purchase, "public-purchase"},
    std::pair{public_capacity, "public-capacity"},
    std::pair{stockpile, "stockpile"},
    std::pair{product_control, "product-control"},
    std::pair{tool_control, "tool-control"},
    std::pair{talent_access, "talent-access"},
    std::pair{licence_access, "licence-access"},
};

std::pair<double, double> range_of(InstrumentKind kind) {
  switch (kind) {
    case production_subsidy:
    case purchase_subsidy:
      return {0, highest_subsidy};
    case investment_subsidy:
    case mandate:
    case product_control:
    case tool_control:
      return {0, 1};
    case talent_access:
    case licence_access:
      return {-1, 1};
    case tariff:
      return {-0.99, unbounded};
    case research_subsidy:
    case entry_subsidy:
    case discouragement:
    case public_purchase:
    case public_capacity:
    case stockpile:
      return {0, unbounded};
  }
  return {0, 0};
}

void add(PolicyState& state, Instrument const& each, double weight) {
  auto const amount = each.amount * weight;
  switch (each.kind) {
    case production_subsidy:
      state.production_subsidy += amount;
      return;
    case purchase_subsidy:
      state.purchase_subsidy += amount;
      return;
    case investment_subsidy:
      state.investment_subsidy += amount;
      return;
    case research_subsidy:
      state.research_effort += amount;
      return;
    case entry_subsidy:
      state.makers_added += each.amount;
      return;
    case tariff:
      state.tariff += amount;
      return;
    case mandate:
      state.mandate = 1 - (1 - state.mandate) * (1 - amount);
      return;
    case discouragement:
      state.discouragement += amount;
      return;
    case public_purchase:
      state.public_purchase += amount;
      return;
    case public_capacity:
      state.public_capacity += amount;
      return;
    case stockpile:
      state.stockpile += amount;
      return;
    case product_control:
      state.product_access = access_under_control(state.product_access, amount, each.leakage);
      return;
    case tool_control:
      state.tool_access = access_under_control(state.tool_access, amount, each.leakage);
      return;
    case talent_access:
    case licence_access:
      state.learning_access += amount;
      return;
  }
}

}  // namespace

char const* to_string(InstrumentKind kind) noexcept {
  for (auto const& [each, name] : names) {
    if (each == kind) return name;
  }
  return "";
}

std::optional<InstrumentKind> instrument_kind(std::string_view name) noexcept {
  for (auto const& [each, text] : names) {
    if (name == text) return each;
  }
  return std::nullopt;
}

Result<void> check(Instrument const& instrument, std::string const& where) {
  NumberCheck numbers(where);
  auto const [low, high] = range_of(instrument.kind);
  numbers.between(to_string(instrument.kind), instrument.amount, low, high);
  numbers.share("leakage", instrument.leakage);
  numbers.require(instrument.from < instrument.to, "an instrument ends before it begins",
                  "`to` is later than `from`");
  return numbers.result();
}

PolicyState policy_at(std::span<Instrument const> instruments, double date, double years) {
  LINCHPIN_EXPECTS(years > 0 && std::isfinite(date));
  PolicyState state;
  for (auto const& each : instruments) {
    auto const in_force = std::min(each.to, date + years) - std::max(each.from, date);
    if (in_force > 0) add(state, each, std::min(in_force / years, 1.0));
  }
  state.production_subsidy = std::min(state.production_subsidy, highest_subsidy);
  state.purchase_subsidy = std::min(state.purchase_subsidy, highest_subsidy);
  state.investment_subsidy = std::min(state.investment_subsidy, 1.0);
  state.learning_access = std::max(state.learning_access, 0.0);
  state.tariff = std::max(state.tariff, -0.99);  // a price stays a price
  return state;
}

}  // namespace linchpin::localize
