// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <vector>

#include "linchpin/core/error.h"
#include "linchpin/parameters/technology.h"

namespace linchpin::localize {

/// A line of a bill of materials, numbers put in.
struct BillLine {
  std::string name;
  double own_cost = 0;  ///< per unit, inputs of this bill left out [money]
  /// What of own_cost arises in each region, adding up to at most one; the rest arises elsewhere.
  std::vector<double> origin;
  double yield = 1;      ///< good units per unit started, (0, 1]; wastes inputs and own cost alike
  double surcharge = 0;  ///< tariff, logistics on the unit as it passes on, share of its cost
  struct Input {
    std::size_t line;
    double amount;  ///< units per unit started
  };
  std::vector<Input> inputs;
};

struct Bill {
  std::vector<std::string> regions;
  std::vector<BillLine> lines;
};

/// Cost of a unit of each line, and where it arises.
struct BillCost {
  /// [money per unit]: c_l = (own_l + Σ amount c_input) (1 + surcharge_l) / yield_l
  std::vector<double> unit_cost;
  /// Share of unit_cost that arises in each region, its inputs' origins followed to any depth:
  /// origin[line][region]; surcharges arise where the cost they are on does. 0 where cost is 0.
  std::vector<std::vector<double>> origin;

  /// 1 - the home region's share. Precondition: line and home exist.
  [[nodiscard]] double foreign_content(std::size_t line, std::size_t home) const {
    return 1 - origin[line][home];
  }
};

/// Rolls a bill up: cost and origin of every line, to any depth, each line once. Where lines are
/// industries and amounts are input coefficients this is v_c L, the input-output result.
/// \error bad_value      a loop (printed), or numbers out of range; all problems at once
/// \error size_mismatch  a line's origin is not as long as the list of regions
[[nodiscard]] Result<BillCost> roll_up(Bill const& bill);

/// What own cost of each line adds to the cost of one unit of `product`, to any depth, one entry
/// per line [money per unit]: they add up to its unit cost. Preconditions: roll_up(bill) succeeds,
/// the line exists.
[[nodiscard]] std::vector<double> parts_of(Bill const& bill, std::size_t product);

/// The bill of a technology with these values (central, a preset's or a draw's): own cost arises in
/// the regions that supply a stage, in proportion to their shares. Regions are sorted by code.
/// Preconditions: values belong to the technology.
[[nodiscard]] Bill bill_of(parameters::Technology const& technology,
                           std::span<double const> values);

/// The same bill seen from a buyer: `home` makes the share `home_made[line]` of each line itself,
/// suppliers (home among them) share the rest in proportion. Precondition: shares in [0, 1], one
/// per line; home is one of the regions.
[[nodiscard]] Bill with_home_made(Bill bill, std::size_t home, std::span<double const> home_made);

/// Whether a line should be made at home: unit cost there and the yearly cost of switching against
/// the price abroad and what the risk of a ban costs:
///   home_cost + switching_cost × CRF(rate, years) < foreign_price + ban_probability × loss.
struct LineChoice {
  double home_cost = 0;       ///< [money per unit]
  double switching_cost = 0;  ///< once, per unit of yearly purchases
  double rate = 0.08;
  double years = 10;
  double foreign_price = 0;    ///< [money per unit]
  double ban_probability = 0;  ///< per year
  double loss = 0;             ///< of a ban, per unit of yearly purchases
  /// Positive: home is the cheaper by so much.
  [[nodiscard]] double advantage_of_home() const;
};

}  // namespace linchpin::localize
