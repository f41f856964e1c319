// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>

#include "linchpin/leverage/price_world.h"

namespace linchpin::leverage {
namespace {

Result<void> check_sizes(TradeAccounts const& accounts) {
  std::size_t const n = accounts.regions.size(), sectors = accounts.sectors.size();
  ErrorList errors;
  auto const check = [&](char const* what, std::size_t size, std::size_t wanted) {
    if (size == wanted) return;
    errors.add(ErrorCode::size_mismatch, fmt::format("{} numbers instead of {}", size, wanted),
               what, "one number per combination of the labels");
  };
  check("trade", accounts.trade.size(), sectors * n * n);
  if (!accounts.tariffs.empty()) check("tariffs", accounts.tariffs.size(), sectors * n * n);
  check("value-added shares", accounts.value_added_share.size(), n * sectors);
  check("input shares", accounts.input_shares.size(), n * sectors * sectors);
  if (accounts.theta.empty()) {
    errors.add(ErrorCode::missing_value, "no trade elasticities", "theta",
               "name a set of trade elasticities");
  } else {
    check("theta", accounts.theta.size(), sectors);
  }
  if (!errors.empty()) return fail(errors.joined());
  return {};
}

/// π and spending, and the output of every industry, [region][sector].
DenseVector shares_of_trade(TradeAccounts const& accounts, PriceWorldData& data) {
  std::size_t const n = accounts.regions.size(), sectors = accounts.sectors.size();
  DenseVector output(n * sectors, 0.0);
  data.shares.assign(sectors * n * n, 0.0);
  data.spending.assign(n * sectors, 0.0);
  for (std::size_t j = 0; j < sectors; ++j) {
    for (std::size_t m = 0; m < n; ++m) {
      double total = 0;
      for (std::size_t i = 0; i < n; ++i) {
        std::size_t const cell = accounts.cell(j, m, i);
        double const tariff = accounts.tariffs.empty() ? 0 : accounts.tariffs[cell];
        data.shares[cell] = accounts.trade[cell] * (1 + tariff);
        total += data.shares[cell];
        output[i * sectors + j] += accounts.trade[cell];
      }
      data.spending[m * sectors + j] = total;
      if (total == 0) continue;
      for (std::size_t i = 0; i < n; ++i) data.shares[accounts.cell(j, m, i)] /= total;
    }
  }
  return output;
}

}  // namespace

Result<PriceWorldData> price_world_data(TradeAccounts const& accounts, ClippedDemand* clipped) {
  if (auto const checked = check_sizes(accounts); !checked) return fail(checked.error());
  std::size_t const n = accounts.regions.size(), sectors = accounts.sectors.size();
  PriceWorldData data;
  data.regions = accounts.regions;
  data.sectors = accounts.sectors;
  data.theta = accounts.theta;
  DenseVector const output = shares_of_trade(accounts, data);
  data.input_weights.assign(n * sectors * sectors, 0.0);
  data.final_shares.assign(n * sectors, 0.0);
  ClippedDemand cut;
  double cut_amount = 0, all_final = 0;
  for (std::size_t m = 0; m < n; ++m) {
    DenseVector final_demand(
        data.spending.begin() + static_cast<std::ptrdiff_t>(m * sectors),
        data.spending.begin() + static_cast<std::ptrdiff_t>((m + 1) * sectors));
    for (std::size_t j = 0; j < sectors; ++j) {
      double const materials = 1 - accounts.value_added_share[m * sectors + j];
      for (std::size_t k = 0; k < sectors; ++k) {
        std::size_t const cell = (m * sectors + j) * sectors + k;
        data.input_weights[cell] = materials * accounts.input_shares[cell];
        final_demand[k] -= data.input_weights[cell] * output[m * sectors + j];
      }
    }
    double total = 0;
    for (std::size_t k = 0; k < sectors; ++k) {
      if (final_demand[k] < 0) {
        ++cut.cells;
        cut_amount -= final_demand[k];
        final_demand[k] = 0;
      }
      total += final_demand[k];
    }
    all_final += total;
    for (std::size_t k = 0; k < sectors && total > 0; ++k) {
      data.final_shares[m * sectors + k] = final_demand[k] / total;
    }
  }
  if (all_final > 0) cut.share = cut_amount / all_final;
  if (clipped != nullptr) *clipped = cut;
  return data;
}

}  // namespace linchpin::leverage
