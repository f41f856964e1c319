// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "linchpin/core/error.h"

namespace linchpin::localize {

/// Capacity that is being built.
struct Order {
  double amount = 0;      ///< [units per year]
  double years_left = 0;  ///< until it works
  friend bool operator==(Order const&, Order const&) = default;
};

/// What stands and what is on the way.
struct Capacity {
  double installed = 0;         ///< [units per year]
  std::vector<Order> pipeline;  ///< in the order of ordering
  [[nodiscard]] double on_order() const;
  friend bool operator==(Capacity const&, Capacity const&) = default;
};

/// What building takes.
struct CapacityTerms {
  double lead_time = 2;      ///< from order to work [years], >= 0
  double scrapping = 0.07;   ///< share of what stands lost per year, [0, 1)
  double capital_cost = 1;   ///< of capacity for one unit per year [money], above 0
  double lifetime = 10;      ///< what the investor counts on [years], above 0
  double utilisation = 0.9;  ///< what the investor counts on, (0, 1]
  /// How far hurdles of investors lie apart, share of the cost of capacity; 0: all are alike.
  double hurdle_spread = 0;
};

/// \error bad_value  all numbers out of range, `where` in each
[[nodiscard]] Result<void> check(CapacityTerms const& terms, std::string const& where);

/// Capacity `years` later: what stands wears out, what is due is added (worn from its day on), and
/// `ordered` [units per year] joins the pipeline at the beginning of the period.
/// Preconditions: checked terms, ordered >= 0, years >= 0.
[[nodiscard]] Capacity next_capacity(Capacity const& now, CapacityTerms const& terms,
                                     double ordered, double years);

/// What is made, and of what use the capacity is.
struct Use {
  double made = 0;         ///< good units per year: min(demand, installed yield)
  double utilisation = 0;  ///< share of capacity in use; 0 without capacity
  double unserved = 0;     ///< demand beyond capacity
};
/// Precondition: demand >= 0, yield in (0, 1].
[[nodiscard]] Use use_of(Capacity const& capacity, double demand, double yield);

/// Present value of capacity for one unit per year, at the order: its cost, paid at once, less
/// `subsidy` (share of it), against price - operating cost over its life, paid at the end of each
/// year from the lead time on, wear and utilisation as the terms say.
///   -capital (1 - subsidy) + margin utilisation Σ_{k=1}^{lifetime} (1 - scrapping)^{k-1} (1 +
///   r)^{-(lead + k)}
/// A last part of a year counts in proportion.
/// \param margin  price - operating cost per unit, what the investor expects
/// \param rate    the investor's discount rate, > -1
[[nodiscard]] double investment_value(CapacityTerms const& terms, double margin, double rate,
                                      double subsidy = 0);

/// Share of investors whose hurdle capacity of this present value passes. Hurdles on value over
/// cost are spread around zero as a logistic distribution of scale `spread`:
///   1 / (1 + exp(-value / (cost spread)))
/// With spread 0 all build where the value is above 0, else none. It never falls as value rises.
/// Preconditions: cost > 0, spread >= 0.
[[nodiscard]] double order_share(double value, double cost, double spread);

/// What an investor can pay with.
struct Finance {
  double own_funds = 0;   ///< this period [money]
  double loan_share = 0;  ///< of investment that lenders cover, [0, 1)
  double grants = 0;      ///< public money for capacity [money], spent before own funds
};

/// Capacity ordered: the part of what is wanted beyond what stands and is under way that passes the
/// hurdles of investors, as far as the money goes.
///   min(order share max(wanted - installed - on order, 0),
///       (own funds / (1 - loan share) + grants) / net cost)
/// with the order_share of `value` over the whole cost. Net cost is capital_cost (1 - subsidy);
/// without any cost to the investor money does not bind. Public orders (programmes that build at a
/// loss) are added by the caller.
[[nodiscard]] double private_order(Capacity const& now, CapacityTerms const& terms, double wanted,
                                   double value, Finance const& finance, double subsidy = 0);

}  // namespace linchpin::localize
