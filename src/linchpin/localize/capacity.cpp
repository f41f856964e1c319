// SPDX-License-Identifier: Apache-2.0
#include "linchpin/localize/capacity.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "linchpin/core/contracts.h"
#include "linchpin/localize/number_check.h"

namespace linchpin::localize {

double Capacity::on_order() const {
  double sum = 0;
  for (auto const& each : pipeline) sum += each.amount;
  return sum;
}

Result<void> check(CapacityTerms const& terms, std::string const& where) {
  NumberCheck numbers(where);
  numbers.between("lead_time", terms.lead_time, 0, 100);
  if (numbers.share("scrapping", terms.scrapping)) {
    numbers.require(terms.scrapping < 1, "scrapping is 1", "use a share below one");
  }
  numbers.above("capital_cost", terms.capital_cost, 0);
  if (numbers.above("lifetime", terms.lifetime, 0))
    numbers.between("lifetime", terms.lifetime, 0, 200);
  if (numbers.above("utilisation", terms.utilisation, 0)) {
    numbers.share("utilisation", terms.utilisation);
  }
  numbers.between("hurdle_spread", terms.hurdle_spread, 0, 1000);
  return numbers.result();
}

Capacity next_capacity(Capacity const& now, CapacityTerms const& terms, double ordered,
                       double years) {
  LINCHPIN_EXPECTS(ordered >= 0 && std::isfinite(ordered) && years >= 0);
  auto const kept = [&](double span) { return std::pow(1 - terms.scrapping, span); };
  Capacity next;
  next.installed = now.installed * kept(years);
  auto pipeline = now.pipeline;
  if (ordered > 0) pipeline.push_back({ordered, terms.lead_time});
  for (auto const& order : pipeline) {
    // Lead times are sums of steps: one that ends with the step must not slip into the next one.
    constexpr double rounding = 1e-9;
    auto const left = order.years_left - years;
    if (left <= rounding) {
      next.installed += order.amount * kept(std::max(-left, 0.0));
    } else {
      next.pipeline.push_back({order.amount, left});
    }
  }
  return next;
}

Use use_of(Capacity const& capacity, double demand, double yield) {
  LINCHPIN_EXPECTS(demand >= 0 && yield > 0 && yield <= 1);
  Use use;
  auto const most = capacity.installed * yield;
  use.made = std::min(demand, most);
  use.utilisation = most > 0 ? use.made / most : 0;
  use.unserved = demand - use.made;
  return use;
}

double investment_value(CapacityTerms const& terms, double margin, double rate, double subsidy) {
  LINCHPIN_EXPECTS(rate > -1 && terms.lifetime > 0);
  auto weight = std::pow(1 + rate, -(terms.lead_time + 1));
  double units = 0;
  for (double left = terms.lifetime; left > 0; left -= 1) {
    units += weight * std::min(left, 1.0);
    weight *= (1 - terms.scrapping) / (1 + rate);
  }
  return -terms.capital_cost * (1 - subsidy) + margin * terms.utilisation * units;
}

double order_share(double value, double cost, double spread) {
  LINCHPIN_EXPECTS(cost > 0 && spread >= 0);
  if (spread <= 0) return value > 0 ? 1 : 0;
  return 1 / (1 + std::exp(-value / cost / spread));
}

double private_order(Capacity const& now, CapacityTerms const& terms, double wanted, double value,
                     Finance const& finance, double subsidy) {
  LINCHPIN_EXPECTS(finance.loan_share >= 0 && finance.loan_share < 1);
  auto const missing = order_share(value, terms.capital_cost, terms.hurdle_spread) *
                       std::max(wanted - now.installed - now.on_order(), 0.0);
  auto const net_cost = terms.capital_cost * (1 - subsidy);
  if (net_cost <= 0) return missing;
  auto const money = finance.own_funds / (1 - finance.loan_share) + finance.grants;
  return std::min(missing, std::max(money, 0.0) / net_cost);
}

}  // namespace linchpin::localize
