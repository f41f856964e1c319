// SPDX-License-Identifier: Apache-2.0
#include "linchpin/leverage/cost_power.h"

#include <algorithm>
#include <cmath>

#include "linchpin/core/contracts.h"

namespace linchpin::leverage {
namespace {

/// Below this distance from 1 the outer elasticity is Cobb-Douglas: the CES form cancels there.
constexpr double cobb_douglas_band = 1e-8;

}  // namespace

double ces_log_index(std::span<double const> weights, std::span<double const> log_prices,
                     double outer) {
  LINCHPIN_EXPECTS(weights.size() == log_prices.size() && outer >= 0);
  double const power = 1 - outer;
  if (std::abs(power) < cobb_douglas_band) {
    double sum = 0;
    for (std::size_t j = 0; j < weights.size(); ++j) sum += weights[j] * log_prices[j];
    return sum;
  }
  double top = 0;
  for (double const d : log_prices) top = std::max(top, power * d);
  double sum = 0;
  if (top < 1) {
    for (std::size_t j = 0; j < weights.size(); ++j) {
      sum += weights[j] * std::expm1(power * log_prices[j]);
    }
    return std::log1p(sum) / power;
  }
  double rest = 1;
  for (std::size_t j = 0; j < weights.size(); ++j) {
    rest -= weights[j];
    sum += weights[j] * std::exp(power * log_prices[j] - top);
  }
  return (top + std::log(sum + std::max(0.0, rest) * std::exp(-top))) / power;
}

double Power::real_income_loss() const noexcept { return -std::expm1(-log_cost); }

double log_price_of_denial(double share, double theta) noexcept {
  LINCHPIN_EXPECTS(share >= 0 && share <= monopoly_share && theta > 0);
  return -std::log1p(-share) / theta;
}

Power cost_power(std::span<SectorExposure const> sectors, double outer) {
  LINCHPIN_EXPECTS(outer >= 0);
  Power power;
  double const away = outer - 1;
  std::vector<double> weights, log_prices;
  double given_up = 0, total = 0;  // weights of lost sectors, and of all
  for (std::size_t j = 0; j < sectors.size(); ++j) {
    SectorExposure const& sector = sectors[j];
    LINCHPIN_EXPECTS(sector.weight >= 0 && sector.share >= 0 && sector.theta > 0);
    total += sector.weight;
    if (sector.weight == 0 || sector.share == 0) continue;
    if (sector.share > monopoly_share) {
      power.monopoly.push_back(j);
      given_up += sector.weight;
      continue;
    }
    weights.push_back(sector.weight);
    log_prices.push_back(log_price_of_denial(sector.share, sector.theta));
  }
  LINCHPIN_EXPECTS(total <= 1 + 1e-9);
  if (std::abs(away) < cobb_douglas_band || away < 0 || given_up == 0) {
    power.log_cost = ces_log_index(weights, log_prices, outer);
    return power;
  }
  // ρ > 1: the rest of the basket replaces what is lost, at Σ_{J lost} β_J less of it.
  double left = 1 - given_up;
  for (std::size_t j = 0; j < weights.size(); ++j) {
    left += weights[j] * std::expm1(-away * log_prices[j]);
  }
  if (left <= 1 - monopoly_share) return power;
  power.monopoly.clear();
  power.log_cost = -std::log(left) / away;
  return power;
}

LiuYang liu_yang(std::span<double const> target_buys, double target_spending,
                 std::span<double const> sender_buys, double sender_spending,
                 std::span<double const> theta) {
  LINCHPIN_EXPECTS(target_buys.size() == theta.size() && sender_buys.size() == theta.size());
  LiuYang power;
  for (std::size_t k = 0; k < theta.size(); ++k) {
    if (target_spending > 0) power.over_target += target_buys[k] / target_spending / theta[k];
    if (sender_spending > 0) power.over_sender += sender_buys[k] / sender_spending / theta[k];
  }
  return power;
}

}  // namespace linchpin::leverage
