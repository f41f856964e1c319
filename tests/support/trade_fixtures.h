// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <fmt/format.h>

#include "linchpin/core/random.h"
#include "linchpin/table/trade_accounts.h"

namespace linchpin::test {

/// Accounts of R0, R1 … and S0, S1 … with tariffs and elasticities; sector S0 of R0 needs no
/// materials.
inline TradeAccounts random_accounts(std::size_t regions, std::size_t sectors, Rng rng) {
  TradeAccounts accounts;
  accounts.title = "Random accounts – „zufällig“";
  accounts.source = "a test";
  accounts.licence = "CC0";
  accounts.year = 2022;
  accounts.unit = {"USD", 1e6};
  for (std::size_t r = 0; r < regions; ++r) accounts.regions.push_back(fmt::format("R{}", r));
  for (std::size_t s = 0; s < sectors; ++s) accounts.sectors.push_back(fmt::format("S{}", s));
  auto const flows = sectors * regions * regions;
  for (std::size_t c = 0; c < flows; ++c) {
    bool const home = c % regions == c / regions % regions;
    accounts.trade.push_back((home ? 10 : 1) * rng.uniform());
    accounts.tariffs.push_back(home ? 0 : 0.3 * rng.uniform());
  }
  for (std::size_t k = 0; k < regions * sectors; ++k) {
    bool const no_materials = k == 0;
    accounts.value_added_share.push_back(no_materials ? 1 : 0.3 + 0.5 * rng.uniform());
    double sum = 0;
    for (std::size_t i = 0; i < sectors; ++i) {
      accounts.input_shares.push_back(no_materials ? 0 : rng.uniform());
      sum += accounts.input_shares.back();
    }
    for (std::size_t i = 0; i < sectors && !no_materials; ++i) {
      accounts.input_shares[k * sectors + i] /= sum;
    }
  }
  for (std::size_t s = 0; s < sectors; ++s) accounts.theta.push_back(2 + 8 * rng.uniform());
  accounts.adjustments = {"one cell was mended", "and another"};
  return accounts;
}

}  // namespace linchpin::test
