// SPDX-License-Identifier: Apache-2.0
#include "linchpin/localize/carve.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <optional>

#include "linchpin/localize/number_check.h"

namespace linchpin::localize {
namespace {

std::optional<std::size_t> place_of(std::vector<std::string> const& labels,
                                    std::string const& label) {
  auto const found = std::find(labels.begin(), labels.end(), label);
  if (found == labels.end()) return std::nullopt;
  return static_cast<std::size_t>(found - labels.begin());
}

Error unknown_sector(std::string const& label) {
  return {ErrorCode::unknown_label, fmt::format("no sector is called '{}'", label), label,
          "name a sector of these accounts"};
}

/// Purchases of `sector` by region, tariffs included.
double spending(TradeAccounts const& accounts, std::size_t sector, std::size_t importer) {
  double sum = 0;
  for (std::size_t i = 0; i < accounts.regions.size(); ++i) {
    auto const cell = accounts.cell(sector, importer, i);
    sum += accounts.trade[cell] * (1 + (accounts.tariffs.empty() ? 0.0 : accounts.tariffs[cell]));
  }
  return sum;
}

double output_of(TradeAccounts const& accounts, std::size_t sector, std::size_t maker) {
  double sum = 0;
  for (std::size_t n = 0; n < accounts.regions.size(); ++n) {
    sum += accounts.trade[accounts.cell(sector, n, maker)];
  }
  return sum;
}

/// What industries of a region buy of `sector`, tariffs included.
double used_by_industries(TradeAccounts const& accounts, std::size_t sector, std::size_t region) {
  auto const n_sectors = accounts.sectors.size();
  double sum = 0;
  for (std::size_t j = 0; j < n_sectors; ++j) {
    auto const industry = region * n_sectors + j;
    sum += output_of(accounts, j, region) * (1 - accounts.value_added_share[industry]) *
           accounts.input_shares[industry * n_sectors + sector];
  }
  return sum;
}

Result<void> check_spec(TradeAccounts const& accounts, CarveSpec const& spec) {
  ErrorList errors;
  auto const host = place_of(accounts.sectors, spec.host);
  if (!host) errors.add(unknown_sector(spec.host));
  if (place_of(accounts.sectors, spec.line)) {
    errors.add(ErrorCode::duplicate_label, fmt::format("sector '{}' exists", spec.line), spec.line,
               "give the line another label");
  }
  auto const n_regions = accounts.regions.size();
  if (spec.flows.size() != n_regions * n_regions) {
    errors.add(ErrorCode::size_mismatch,
               fmt::format("{} flows of the line for {} regions", spec.flows.size(), n_regions),
               spec.line, "one per importer and exporter");
  } else if (host) {
    for (std::size_t n = 0; n < n_regions; ++n) {
      double bought = 0;
      for (std::size_t i = 0; i < n_regions; ++i) {
        auto const value = spec.flows[n * n_regions + i];
        bought += value;
        auto const all = accounts.trade[accounts.cell(*host, n, i)];
        if (value >= 0 && value <= all) continue;
        errors.add(ErrorCode::bad_value,
                   fmt::format("{:.6g} of the line where {} sells {:.6g}", value, spec.host, all),
                   fmt::format("{} > {}", accounts.regions[i], accounts.regions[n]),
                   "between 0 and what the host sells");
      }
      if (!spec.final_use_only) continue;
      auto const final_use = spending(accounts, *host, n) - used_by_industries(accounts, *host, n);
      if (bought <= final_use) continue;
      errors.add(ErrorCode::bad_value,
                 fmt::format("{:.6g} of the line for final users, who buy {:.6g} of {}", bought,
                             final_use, spec.host),
                 accounts.regions[n], "lower the sales, or let industries buy it as well");
    }
  }
  if (!(spec.theta >= 0) || !std::isfinite(spec.theta)) {
    errors.add(ErrorCode::bad_value, "the elasticity of the line is below zero", spec.line,
               "above 0, or 0 for the host's");
  }
  if (!errors.empty()) return fail(errors.joined());
  return {};
}

}  // namespace

Result<TradeAccounts> carve(TradeAccounts const& accounts, CarveSpec const& spec) {
  if (auto const fine = check_spec(accounts, spec); !fine) return fail(fine.error());
  auto const host = *place_of(accounts.sectors, spec.host);
  auto const n_regions = accounts.regions.size();
  auto const old_sectors = accounts.sectors.size();
  auto const n_sectors = old_sectors + 1;
  auto carved = accounts;
  carved.sectors.push_back(spec.line);
  for (std::size_t n = 0; n < n_regions; ++n) {
    for (std::size_t i = 0; i < n_regions; ++i) {
      auto& left = carved.trade[accounts.cell(host, n, i)];
      left = std::max(left - spec.flows[n * n_regions + i], 0.0);
    }
  }
  carved.trade.insert(carved.trade.end(), spec.flows.begin(), spec.flows.end());
  if (!accounts.tariffs.empty()) {
    for (std::size_t cell = 0; cell < n_regions * n_regions; ++cell) {
      carved.tariffs.push_back(accounts.tariffs[accounts.cell(host, 0, 0) + cell]);
    }
  }
  if (!accounts.theta.empty()) {
    carved.theta.push_back(spec.theta > 0 ? spec.theta : accounts.theta[host]);
  }
  carved.value_added_share.assign(n_regions * n_sectors, 0.0);
  carved.input_shares.assign(n_regions * n_sectors * n_sectors, 0.0);
  for (std::size_t n = 0; n < n_regions; ++n) {
    auto const all = spending(accounts, host, n);
    auto const line = spending(carved, old_sectors, n);
    auto const part = all > 0 && !spec.final_use_only ? line / all : 0.0;
    for (std::size_t j = 0; j < n_sectors; ++j) {
      auto const model = j == old_sectors ? host : j;
      carved.value_added_share[n * n_sectors + j] =
          accounts.value_added_share[n * old_sectors + model];
      auto const* from = &accounts.input_shares[(n * old_sectors + model) * old_sectors];
      auto* to = &carved.input_shares[(n * n_sectors + j) * n_sectors];
      std::copy(from, from + old_sectors, to);
      to[old_sectors] = from[host] * part;
      to[host] = from[host] * (1 - part);
    }
  }
  carved.adjustments.push_back(
      fmt::format("{} carved out of {}: made and used as the host is", spec.line, spec.host));
  return carved;
}

Result<TradeAccounts> merge_sectors(TradeAccounts const& accounts, std::string const& host_label,
                                    std::string const& part_label) {
  auto const host = place_of(accounts.sectors, host_label);
  auto const part = place_of(accounts.sectors, part_label);
  if (!host) return fail(unknown_sector(host_label));
  if (!part || *part == *host) return fail(unknown_sector(part_label));
  auto const n_regions = accounts.regions.size();
  auto const old_sectors = accounts.sectors.size();
  TradeAccounts merged = accounts;
  merged.sectors.clear();
  merged.theta.clear();
  merged.trade.clear();
  merged.tariffs.clear();
  merged.value_added_share.clear();
  merged.input_shares.clear();
  for (std::size_t j = 0; j < old_sectors; ++j) {
    if (j == *part) continue;
    merged.sectors.push_back(accounts.sectors[j]);
    if (!accounts.theta.empty()) merged.theta.push_back(accounts.theta[j]);
    for (std::size_t n = 0; n < n_regions; ++n) {
      for (std::size_t i = 0; i < n_regions; ++i) {
        auto const cell = accounts.cell(j, n, i);
        auto const more = accounts.cell(*part, n, i);
        auto const added = j == *host ? accounts.trade[more] : 0.0;
        auto const value = accounts.trade[cell] + added;
        merged.trade.push_back(value);
        if (accounts.tariffs.empty()) continue;
        auto const paid =
            accounts.trade[cell] * accounts.tariffs[cell] + added * accounts.tariffs[more];
        merged.tariffs.push_back(value > 0 ? paid / value : accounts.tariffs[cell]);
      }
    }
  }
  for (std::size_t n = 0; n < n_regions; ++n) {
    for (std::size_t j = 0; j < old_sectors; ++j) {
      if (j == *part) continue;
      // What the two bought together; a user that is not the host stands alone.
      double output = 0, value_added = 0, materials = 0;
      std::vector<double> inputs(old_sectors, 0.0);
      for (auto const user : {j, *part}) {
        if (user == *part && j != *host) continue;
        auto const share = accounts.value_added_share[n * old_sectors + user];
        auto const size = j == *host ? output_of(accounts, user, n) : 1.0;
        output += size;
        value_added += size * share;
        materials += size * (1 - share);
        for (std::size_t k = 0; k < old_sectors; ++k) {
          inputs[k] += size * (1 - share) *
                       accounts.input_shares[(n * old_sectors + user) * old_sectors + k];
        }
      }
      merged.value_added_share.push_back(
          output > 0 ? value_added / output : accounts.value_added_share[n * old_sectors + j]);
      inputs[*host] += inputs[*part];
      for (std::size_t k = 0; k < old_sectors; ++k) {
        if (k != *part) merged.input_shares.push_back(materials > 0 ? inputs[k] / materials : 0.0);
      }
    }
  }
  return merged;
}

Result<LineFlows> line_flows(TradeAccounts const& accounts, std::string const& host_label,
                             MarketOutline const& market, double most) {
  auto const host = place_of(accounts.sectors, host_label);
  if (!host) return fail(unknown_sector(host_label));
  auto const n_regions = accounts.regions.size();
  NumberCheck numbers("market of the technology");
  numbers.above("world_sales", market.world_sales, 0);
  numbers.between("home_buys", market.home_buys, 1e-6, 1 - 1e-6);
  numbers.share("home_share", market.home_share);
  numbers.between("most", most, 1e-6, 1);
  numbers.require(market.home < n_regions, "the home region is not one of the accounts",
                  "name a region of the world");
  numbers.require(market.suppliers.size() == n_regions, "suppliers are not one per region",
                  "give every region a share, 0 for those that make none");
  double abroad = 0;
  for (std::size_t i = 0; i < market.suppliers.size(); ++i) {
    numbers.between("supplier", market.suppliers[i], 0, 1e9);
    if (i != market.home) abroad += market.suppliers[i];
  }
  numbers.require(abroad > 0, "nobody abroad makes it", "name suppliers of other regions");
  if (auto const fine = numbers.result(); !fine) return fail(fine.error());

  double others = 0;
  for (std::size_t n = 0; n < n_regions; ++n) {
    if (n != market.home) others += spending(accounts, *host, n);
  }
  LineFlows result;
  result.flows.assign(n_regions * n_regions, 0.0);
  ErrorList errors;
  for (std::size_t n = 0; n < n_regions; ++n) {
    bool const at_home = n == market.home;
    auto const buys = market.world_sales *
                      (at_home ? market.home_buys
                               : (1 - market.home_buys) * spending(accounts, *host, n) / others);
    auto* flows = &result.flows[n * n_regions];
    std::vector<double> room(n_regions);
    double too_much = 0, free = 0;
    for (std::size_t i = 0; i < n_regions; ++i) {
      auto const share =
          market.suppliers[i] / (at_home ? abroad : abroad + market.suppliers[market.home]);
      flows[i] = buys * (!at_home           ? share
                         : i == market.home ? market.home_share
                                            : share * (1 - market.home_share));
      auto const limit = most * accounts.trade[accounts.cell(*host, n, i)];
      too_much += std::max(flows[i] - limit, 0.0);
      flows[i] = std::min(flows[i], limit);
      room[i] = limit - flows[i];
      if (i != n) free += room[i];
    }
    result.moved += too_much / market.world_sales;
    auto const first = std::min(too_much, free);
    for (std::size_t i = 0; i < n_regions && free > 0; ++i) {
      if (i != n) flows[i] += room[i] * first / free;
    }
    flows[n] += std::min(too_much - first, room[n]);
    if (too_much - first > room[n] * (1 + 1e-12)) {
      errors.add(ErrorCode::bad_value,
                 fmt::format("{:.6g} bought of the line do not fit into what {} buys of {}", buys,
                             accounts.regions[n], host_label),
                 accounts.regions[n],
                 "lower the sales of the technology or the share of the region");
    }
  }
  if (!errors.empty()) return fail(errors.joined());
  return result;
}

}  // namespace linchpin::localize
