// SPDX-License-Identifier: Apache-2.0
#include <cmath>

#include "fuzz/support.h"
#include "linchpin/table/minerals/minerals.h"
#include "linchpin/table/trade/product_concordance.h"
#include "linchpin/table/trade/product_trade.h"

namespace linchpin::fuzz {
namespace {

void require_amounts(CountryProducts const& amounts, std::size_t countries, std::size_t products) {
  for (std::size_t c = 0; c < countries; ++c) {
    for (std::size_t p = 0; p < products; ++p) {
      double const value = amounts.at(c, p);
      require(std::isfinite(value) && value >= 0, "a sum of trade is finite and >= 0");
    }
  }
}

}  // namespace

void product_trade(Bytes input) {
  InputAsFile const file(input);
  ProductTradeOptions options;
  options.buyers = {{"A", {"A"}}, {"group", {"A", "B"}}};
  options.memory_limit = std::uint64_t{1} << 22U;
  auto const trade = read_product_trade({file.path()}, options, RunControl{.threads = 1});
  if (!trade) return require_sound(trade.error());
  require(trade->rows > 0 && !trade->years.empty(), "trade that was read has lines");
  for (auto const& year : trade->years) {
    require(year.buyers.size() == options.buyers.size(), "every year has every buyer");
    require_amounts(year.exports, trade->countries.size(), trade->products.size());
    for (auto const& buyer : year.buyers) {
      require_amounts(buyer.imports, trade->countries.size(), trade->products.size());
    }
  }
}

void product_concordance(Bytes input) {
  InputAsFile const file(input);
  auto const map = read_product_concordance(file.path());
  if (!map) return require_sound(map.error());
  for (auto const& line : map->lines) {
    double sum = 0;
    for (auto const& part : line.parts) {
      require(part.sector < map->sectors.size(), "a part has a sector");
      sum += part.share;
    }
    require(std::abs(sum - 1) < 1e-5, "shares of a prefix sum to one");
    require(map->find(line.prefix) == &line, "a prefix is found");
  }
}

void minerals(Bytes input) {
  InputAsFile const file(input);
  // The header decides which of the two is meant; the other must refuse it.
  if (auto const list = read_mineral_production(file.path()); !list) {
    require_sound(list.error());
  } else {
    for (auto const& each : *list) {
      double sum = each.others;
      for (auto const& producer : each.producers) sum += producer.production;
      require(sum <= each.world * (1 + 1e-5), "producers make no more than the world");
    }
  }
  if (auto const uses = read_mineral_uses(file.path()); !uses) {
    require_sound(uses.error());
  } else {
    for (auto const& use : *uses) require(!use.sectors.empty(), "a use names a sector");
  }
}

}  // namespace linchpin::fuzz
