// SPDX-License-Identifier: Apache-2.0
#include "linchpin/study/autonomy_market.h"

#include <algorithm>
#include <cmath>
#include <string>

#include "linchpin/core/contracts.h"
#include "linchpin/localize/bill.h"

namespace linchpin::study {
namespace {

/// Where the cost of a unit arises, by region of the accounts; regions the world does not show are
/// its rest.
std::vector<double> suppliers_of(parameters::Technology const& technology,
                                 std::span<double const> values,
                                 std::vector<std::string> const& regions) {
  std::vector<double> result(regions.size(), 0.0);
  auto const bill = localize::bill_of(technology, values);
  auto const cost = localize::roll_up(bill);
  if (!cost) return result;
  auto const place = [&](std::string const& label) {
    return static_cast<std::size_t>(std::find(regions.begin(), regions.end(), label) -
                                    regions.begin());
  };
  auto const rest = std::min(place("ROW"), regions.size() - 1);
  double named = 0;
  for (std::size_t r = 0; r < bill.regions.size(); ++r) {
    auto const share = cost->origin[technology.product][r];
    auto const at = place(bill.regions[r]);
    result[at < regions.size() ? at : rest] += share;
    named += share;
  }
  result[rest] += std::max(1 - named, 0.0);
  return result;
}

}  // namespace

std::size_t number_place(std::string_view name) {
  for (std::size_t k = 0; k < autonomy_number_kinds.size(); ++k) {
    if (autonomy_number_kinds[k].name == name) return k;
  }
  LINCHPIN_EXPECTS(false);
  return 0;
}

std::vector<double> file_values(parameters::Technology const& technology,
                                std::span<double const> positions) {
  auto values = technology.values();
  for (std::size_t k = 0; k < values.size(); ++k) {
    auto const& number = technology.numbers[k];
    auto const name = number.key.substr(0, number.key.find('.'));
    for (std::size_t p = 0; p < position_kinds.size(); ++p) {
      if (name != position_kinds[p].name) continue;
      auto const end = positions[p] < 0 ? number.low : number.high;
      values[k] += std::abs(positions[p]) * (end - number.value);
    }
  }
  return values;
}

localize::MarketOutline market_of(AutonomyGround const& ground, std::span<double const> values,
                                  std::span<double const> of_file) {
  localize::MarketOutline market;
  market.world_sales = values[number_place("world_sales")];
  market.home = ground.home;
  market.home_buys = values[number_place("home_buys")];
  market.home_share = values[number_place("home_share")];
  market.suppliers = suppliers_of(ground.technology, of_file, ground.accounts.regions);
  // Others buy finished goods of the region, not what its parts are worth in theirs: the bill says
  // the latter.
  double elsewhere = 0;
  for (std::size_t r = 0; r < market.suppliers.size(); ++r) {
    if (r != ground.home) elsewhere += market.suppliers[r];
  }
  auto const sold = values[number_place("share_abroad")];
  market.suppliers[ground.home] = sold / (1 - sold) * elsewhere;
  return market;
}

}  // namespace linchpin::study
