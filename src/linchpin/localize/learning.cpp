// SPDX-License-Identifier: Apache-2.0
#include "linchpin/localize/learning.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "linchpin/core/contracts.h"
#include "linchpin/localize/number_check.h"

namespace linchpin::localize {

namespace {
constexpr double unbounded = std::numeric_limits<double>::infinity();
constexpr double highest_rate = 0.999;  // a rate of one would make the second unit free
}  // namespace

double learning_exponent(double learning_rate) {
  LINCHPIN_EXPECTS(learning_rate >= 0 && learning_rate < 1);
  return -std::log2(1 - learning_rate);
}

Result<void> check(LearningCurve const& curve, std::string const& where) {
  NumberCheck numbers(where);
  numbers.above("first_cost", curve.first_cost, 0);
  numbers.above("first_experience", curve.first_experience, 0);
  numbers.between("learning_rate", curve.learning_rate, 0, highest_rate);
  numbers.between("floor", curve.floor, 0, curve.first_cost);
  numbers.between("tool_penalty", curve.tool_penalty, 0, unbounded);
  numbers.share("first_tools", curve.first_tools);
  return numbers.result();
}

double unit_cost(LearningCurve const& curve, double experience, double tools) {
  LINCHPIN_EXPECTS(std::isfinite(experience) && tools >= 0 && tools <= 1);
  auto const relative = std::max(experience / curve.first_experience, 1.0);
  auto const learned = std::pow(relative, -learning_exponent(curve.learning_rate));
  auto const cost = curve.floor + (curve.first_cost - curve.floor) * learned;
  return cost * (1 + curve.tool_penalty * (1 - tools)) /
         (1 + curve.tool_penalty * (1 - curve.first_tools));
}

double experience_of(Production const& made, Spillovers const& spillovers) {
  LINCHPIN_EXPECTS(made.own >= 0 && made.home >= made.own && made.world >= made.home);
  return made.own + spillovers.home * (made.home - made.own) +
         spillovers.abroad * (made.world - made.home);
}

double next_experience(double experience, Production const& made, Spillovers const& spillovers,
                       double forgetting) {
  LINCHPIN_EXPECTS(forgetting >= 0 && forgetting < 1);
  return experience * (1 - forgetting) + experience_of(made, spillovers);
}

double capital_recovery_factor(double rate, double years) {
  LINCHPIN_EXPECTS(rate >= 0 && years > 0);
  if (rate == 0) return 1 / years;
  // expm1 and log1p keep digits where interest is tiny.
  return -rate / std::expm1(-years * std::log1p(rate));
}

Result<void> check(CostStructure const& structure, std::string const& where) {
  NumberCheck numbers(where);
  numbers.between("materials", structure.materials, 0, unbounded);
  numbers.between("labour", structure.labour, 0, unbounded);
  numbers.between("wage", structure.wage, 0, unbounded);
  numbers.between("labour_learning", structure.labour_learning, 0, highest_rate);
  numbers.between("capital", structure.capital, 0, unbounded);
  numbers.between("interest", structure.interest, 0, 10);
  numbers.above("lifetime", structure.lifetime, 0);
  if (numbers.above("utilisation", structure.utilisation, 0)) {
    numbers.share("utilisation", structure.utilisation);
  }
  if (numbers.above("yield", structure.yield, 0)) numbers.share("yield", structure.yield);
  return numbers.result();
}

UnitCost cost_by_component(CostStructure const& structure, double relative_experience) {
  LINCHPIN_EXPECTS(relative_experience > 0);
  UnitCost cost;
  cost.materials = structure.materials;
  cost.labour = structure.labour * structure.wage *
                std::pow(relative_experience, -learning_exponent(structure.labour_learning));
  cost.capital = structure.capital *
                 capital_recovery_factor(structure.interest, structure.lifetime) /
                 (structure.utilisation * structure.yield);
  return cost;
}

}  // namespace linchpin::localize
