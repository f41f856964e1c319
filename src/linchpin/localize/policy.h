// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <limits>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "linchpin/core/error.h"

namespace linchpin::localize {

/// What a government may do about a technology. The unit of `amount` is in brackets.
enum class InstrumentKind {
  production_subsidy,  ///< paid per unit made at home, whoever buys it [share of unit cost]
  purchase_subsidy,    ///< paid to users at home per unit made at home [share of price]
  investment_subsidy,  ///< paid on new capacity [share of its cost]
  research_subsidy,    ///< adds to research effort [share of the norm]
  entry_subsidy,       ///< paid to newcomers: more makers share the market [makers added]; a
                       ///< number, not a rate: they come in the period in which it begins
  tariff,              ///< on foreign offers [share of price]
  mandate,             ///< users bound to buy at home [share of users]
  discouragement,      ///< of buying abroad [utility]
  public_purchase,     ///< bought at home whatever it is [units per year]
  public_capacity,  ///< built with public money whether it pays or not [units per year, ordered a
                    ///< year]
  stockpile,        ///< foreign goods bought ahead [units per year]
  product_control,  ///< by others: on sales of the product [strictness, 0 to 1]
  tool_control,     ///< by others: on tools and inputs of making it [strictness, 0 to 1]
  talent_access,    ///< change of what people from abroad add to catch-up [share, -1 to 1]
  licence_access,   ///< change of what licences from abroad add to catch-up [share, -1 to 1]
};

[[nodiscard]] char const* to_string(InstrumentKind kind) noexcept;
[[nodiscard]] std::optional<InstrumentKind> instrument_kind(std::string_view name) noexcept;

/// One instrument from one date to another.
struct Instrument {
  InstrumentKind kind = InstrumentKind::production_subsidy;
  double from = -std::numeric_limits<double>::infinity();  ///< year and fraction, included
  double to = std::numeric_limits<double>::infinity();     ///< not included
  double amount = 0;
  /// Of a control: the share that gets through all the same (smuggling, third countries, a rented
  /// cloud), [0, 1]. Nothing to others.
  double leakage = 0;
};

/// \error bad_value  amounts out of the range of their kind, `to` not after `from`; `where` in each
[[nodiscard]] Result<void> check(Instrument const& instrument, std::string const& where);

/// Of a unit's cost or price: what is given away has no price, and demand for it no end.
inline constexpr double highest_subsidy = 0.95;

/// All instruments of one moment, put together.
struct PolicyState {
  double production_subsidy = 0;  ///< sum, at most highest_subsidy
  double purchase_subsidy = 0;    ///< sum, at most highest_subsidy
  double investment_subsidy = 0;  ///< sum, at most 1
  double research_effort = 1;     ///< 1 + sum
  double makers_added = 0;
  double tariff = 0;          ///< sum
  double mandate = 0;         ///< 1 - Π (1 - m)
  double discouragement = 0;  ///< sum
  double public_purchase = 0;
  double public_capacity = 0;
  double stockpile = 0;
  double product_access = 1;  ///< what controls leave, Π (1 - s (1 - leakage))
  double tool_access = 1;
  /// Multiplies catch-up speed: 1 + talent + licence changes, at least 0.
  double learning_access = 1;

  friend bool operator==(PolicyState const&, PolicyState const&) = default;
};

/// What holds for a period of `years` from `date`: every instrument counts with the share of the
/// period in which it is in force, makers added count whole. Precondition: checked instruments,
/// years > 0.
[[nodiscard]] PolicyState policy_at(std::span<Instrument const> instruments, double date,
                                    double years);

}  // namespace linchpin::localize
