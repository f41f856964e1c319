// SPDX-License-Identifier: Apache-2.0
#include "linchpin/study/autonomy_bill.h"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "linchpin/localize/bill.h"

namespace linchpin::study {
namespace {

/// The share whose odds are those of `share` times `ratio`; none and all stay.
double moved(double share, double ratio) {
  auto const odds = share * ratio;
  return odds / (odds + (1 - share));
}

/// Odds of home against imported inputs in a year; empty industries have even ones.
double home_odds(localize::PathYear const& year) {
  auto const& cost = year.cost;
  return cost.imported_inputs > 0 && cost.home_inputs > 0 ? cost.home_inputs / cost.imported_inputs
                                                          : 1.0;
}

double world_share(localize::CoupledCase const& each) {
  auto const& base = each.base;
  double world = 0;
  for (std::size_t n = 0; n < base.grid.regions; ++n) {
    world += base.output[base.grid.good(each.line, n)];
  }
  return world > 0 ? base.output[base.grid.good(each.line, each.home)] / world : 0;
}

}  // namespace

double BillYear::total() const {
  return std::accumulate(home.begin(), home.end(), 0.0) +
         std::accumulate(imported.begin(), imported.end(), 0.0);
}

std::vector<double> first_home_shares(parameters::Technology const& technology,
                                      std::span<double const> values, std::string const& home,
                                      double share_of_world) {
  std::vector<double> shares;
  for (std::size_t s = 0; s < technology.stages.size(); ++s) {
    double supplied = 0;
    for (auto const& supplier : technology.stages[s].suppliers) {
      if (supplier.region == home) supplied += values[supplier.share];
    }
    bool const own = s == technology.product || !(share_of_world > 0);
    shares.push_back(own ? 1.0 : std::min(supplied / share_of_world, 1.0));
  }
  return shares;
}

Result<std::vector<BillYear>> bill_path(parameters::Technology const& technology,
                                        std::span<double const> values, std::string const& home,
                                        localize::CoupledCase const& each,
                                        std::span<localize::PathYear const> path) {
  std::vector<BillYear> result;
  if (path.empty()) return result;
  auto const first = first_home_shares(technology, values, home, world_share(each));
  auto const& cost = each.maker.cost;
  double const floor = cost.first_cost > 0 ? std::min(cost.floor / cost.first_cost, 1.0) : 0.0;
  double scaled_first = 1;
  for (auto const& year : path) {
    auto bill = localize::bill_of(technology, values);
    auto const stages = bill.lines.size();
    std::vector<double> home_part(stages), foreign_part(stages);
    double const ratio = home_odds(year) / home_odds(path.front());
    for (std::size_t s = 0; s < stages; ++s) {
      auto const share = moved(first[s], ratio);
      auto const rate = values[technology.stages[s].learning_rate];
      auto const learnt = std::pow(year.experience, std::log2(1 - rate));
      home_part[s] = share * (floor + (1 - floor) * learnt);
      foreign_part[s] = (1 - share) * year.price_abroad;
      bill.lines[s].own_cost *= home_part[s] + foreign_part[s];
    }
    auto const rolled = localize::roll_up(bill);
    if (!rolled) return fail(rolled.error());
    auto const parts = localize::parts_of(bill, technology.product);
    auto const of_bill = rolled->unit_cost[technology.product];
    auto const of_path = year.cost.total();
    double const factor = of_bill > 0 ? of_path / of_bill : 0;
    if (result.empty()) scaled_first = factor > 0 ? factor : 1;
    BillYear one;
    one.year = year.year;
    one.scaled = factor / scaled_first;
    for (std::size_t s = 0; s < stages; ++s) {
      auto const both = home_part[s] + foreign_part[s];
      auto const part = both > 0 ? factor * parts[s] / both : 0;
      one.home.push_back(part * home_part[s]);
      one.imported.push_back(part * foreign_part[s]);
    }
    one.profit = year.unit_cost * year.price_abroad - of_path;
    result.push_back(std::move(one));
  }
  return result;
}

}  // namespace linchpin::study
