// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "linchpin/core/error.h"

namespace linchpin::localize {

/// The exponent b of Wright's law at which cost falls by the share `learning_rate` with every
/// doubling of experience: learning_rate = 1 - 2^-b. Precondition: 0 <= learning_rate < 1.
[[nodiscard]] double learning_exponent(double learning_rate);

/// How unit cost falls with experience.
struct LearningCurve {
  double first_cost = 1;        ///< at first_experience, with all tools [money per unit]
  double first_experience = 1;  ///< [units made], above 0
  double learning_rate = 0.2;   ///< share by which cost above the floor falls per doubling, [0, 1)
  double floor = 0;             ///< what no experience removes [money per unit], <= first_cost
  /// Extra cost of making do without the tools that are denied, as a share of cost; reached with no
  /// access at all.
  double tool_penalty = 0;
  double first_tools = 1;  ///< access to tools behind first_cost, [0, 1]
};

/// \error bad_value  all numbers out of range, `where` in each
[[nodiscard]] Result<void> check(LearningCurve const& curve, std::string const& where);

/// Unit cost after experience E with access `tools` in [0, 1] to the tools that controls may deny:
///   c = [floor + (first_cost - floor) (E / first_experience)^-b]
///       [1 + tool_penalty (1 - tools)] / [1 + tool_penalty (1 - first_tools)].
/// Below first_experience cost is what it is there: the law is not extended backwards.
/// Without floor and penalty this is Wright's law.
///
/// Source: Wright (1936), "Factors affecting the cost of airplanes", J. Aeronautical Sciences 3(4).
/// Floor and penalty are ours. Preconditions: checked curve, E finite, tools in [0, 1].
[[nodiscard]] double unit_cost(LearningCurve const& curve, double experience, double tools = 1);

/// How much a unit made elsewhere teaches, own unit = 1.
struct Spillovers {
  double home = 1.0 / 3;    ///< a unit of another maker in the same country, [0, 1]
  double abroad = 1.0 / 3;  ///< a unit made abroad, [0, 1]

  /// The same with spillovers from abroad cut by the share `denied` in [0, 1].
  [[nodiscard]] Spillovers with_denial(double denied) const {
    return {home, abroad * (1 - denied)};
  }
};

/// Units made up to some moment, or in one period; own <= home <= world.
struct Production {
  double own = 0;    ///< by the maker itself
  double home = 0;   ///< by all makers of its country, itself included
  double world = 0;  ///< by all makers
};

/// Experience that production gives: own + a_home (home - own) + a_abroad (world - home).
/// Source: Irwin & Klenow (1994), "Learning-by-doing spillovers in the semiconductor industry",
/// J. Political Economy 102(6), doi:10.1086/261968.
/// Precondition: 0 <= own <= home <= world, all finite.
[[nodiscard]] double experience_of(Production const& made, Spillovers const& spillovers);

/// Experience one period later. It is a stock: what spilled over before a control stays learned,
/// the control acts on new units only. `forgetting` in [0, 1) is the share lost per period.
[[nodiscard]] double next_experience(double experience, Production const& made,
                                     Spillovers const& spillovers, double forgetting = 0);

/// The yearly payment that pays back 1 over `years` at interest `rate`; 1 / years without interest.
/// Preconditions: rate >= 0, years > 0.
[[nodiscard]] double capital_recovery_factor(double rate, double years);

/// What a unit is made of, per unit of good output.
struct CostStructure {
  double materials = 0;        ///< bought inputs, at prices given [money per unit]
  double labour = 0;           ///< hours per unit at first experience
  double wage = 0;             ///< [money per hour]
  double labour_learning = 0;  ///< share by which labour falls per doubling, [0, 1)
  double capital = 0;          ///< cost of capacity for one unit per year [money]
  double interest = 0;         ///< per year
  double lifetime = 1;         ///< of capacity [years]
  double utilisation = 1;      ///< share of capacity in use, (0, 1]
  double yield = 1;            ///< share of what is made that is good, (0, 1]
};

/// \error bad_value  all numbers out of range, `where` in each
[[nodiscard]] Result<void> check(CostStructure const& structure, std::string const& where);

/// Unit cost by component [money per unit].
struct UnitCost {
  double materials = 0, labour = 0, capital = 0;
  [[nodiscard]] double total() const { return materials + labour + capital; }
};

/// materials + labour wage (E / E_0)^-b_L + capital CRF / (utilisation yield).
/// Precondition: checked structure, relative_experience = E / E_0 > 0.
[[nodiscard]] UnitCost cost_by_component(CostStructure const& structure,
                                         double relative_experience);

}  // namespace linchpin::localize
