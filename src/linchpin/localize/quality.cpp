// SPDX-License-Identifier: Apache-2.0
#include "linchpin/localize/quality.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "linchpin/core/contracts.h"
#include "linchpin/localize/number_check.h"

namespace linchpin::localize {
namespace {

/// (e^{rt} - 1) / r, t where r is 0.
double growth_integral(double rate, double years) {
  return rate == 0 ? years : std::expm1(rate * years) / rate;
}

}  // namespace

double Absorption::speed() const {
  return base_speed * std::pow(human_capital, exponent) * research_share;
}

Result<void> check(CatchUp const& parameters, std::string const& where) {
  constexpr double unbounded = std::numeric_limits<double>::infinity();
  NumberCheck numbers(where);
  numbers.between("base_speed", parameters.absorption.base_speed, 0, 10);
  numbers.between("human_capital", parameters.absorption.human_capital, 0, unbounded);
  numbers.between("exponent", parameters.absorption.exponent, 0, 10);
  numbers.between("research_share", parameters.absorption.research_share, 0, unbounded);
  numbers.between("own_growth", parameters.own_growth, -1, 5);
  numbers.between("frontier_growth", parameters.frontier_growth, -1, 5);
  numbers.share("control_effect", parameters.control_effect);
  return numbers.result();
}

double catch_up_speed(CatchUp const& parameters, double strictness) {
  LINCHPIN_EXPECTS(strictness >= 0 && strictness <= 1);
  return parameters.absorption.speed() * (1 - parameters.control_effect * strictness);
}

Quality next_quality(Quality const& now, CatchUp const& parameters, double years, double strictness,
                     double ceiling) {
  LINCHPIN_EXPECTS(now.level > 0 && now.frontier > 0 && years >= 0 && years <= 100);
  auto const speed = catch_up_speed(parameters, strictness);
  auto const a = now.relative();
  auto const lag = parameters.own_growth - parameters.frontier_growth;
  double relative = a;
  if (parameters.kind == CatchUpKind::exponential) {
    // a' = (lag - φ) a + φ, linear.
    auto const rate = lag - speed;
    relative = a * std::exp(rate * years) + speed * growth_integral(rate, years);
  } else {
    // a' = (lag + φ) a - φ a², logistic: 1/a is linear.
    auto const rate = lag + speed;
    relative = 1 / (std::exp(-rate * years) / a + speed * growth_integral(-rate, years));
  }
  Quality next;
  next.frontier = now.frontier * std::exp(parameters.frontier_growth * years);
  next.level = std::max(relative, std::numeric_limits<double>::min()) * next.frontier;
  // Tools that are missing stop progress; they do not take back what is mastered.
  next.level = std::min(next.level, std::max(ceiling, now.level));
  return next;
}

std::optional<double> steady_relative_quality(CatchUp const& parameters, double strictness) {
  auto const speed = catch_up_speed(parameters, strictness);
  auto const lead = parameters.frontier_growth - parameters.own_growth;
  if (parameters.kind == CatchUpKind::exponential) {
    if (speed + lead <= 0) return std::nullopt;
    return speed / (speed + lead);
  }
  if (speed <= lead) return 0.0;
  return speed == 0 ? std::optional<double>{} : 1 - lead / speed;
}

}  // namespace linchpin::localize
