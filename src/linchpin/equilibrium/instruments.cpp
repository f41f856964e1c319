// SPDX-License-Identifier: Apache-2.0
#include "linchpin/equilibrium/instruments.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <set>

namespace linchpin::equilibrium {
namespace {

void check(TradeBase const& base, std::vector<Player> const& players, ErrorList& errors) {
  if (players.empty()) {
    errors.add(ErrorCode::missing_value, "nobody chooses", "players", "name at least one region");
  }
  std::set<std::size_t> seen;
  for (std::size_t p = 0; p < players.size(); ++p) {
    auto const& player = players[p];
    auto const where = fmt::format("player {}", p + 1);
    if (player.region >= base.grid.regions) {
      errors.add(ErrorCode::unknown_label, "no such region", where, "use regions of the base");
      continue;
    }
    auto const& name = base.regions[player.region];
    if (!seen.insert(player.region).second) {
      errors.add(ErrorCode::bad_value, fmt::format("{} plays twice", name), where,
                 "name every region once");
    }
    if (!player.tariffs && !player.export_taxes) {
      errors.add(ErrorCode::bad_value, fmt::format("{} has nothing to choose", name), where,
                 "allow tariffs or export taxes");
    }
    if (!(player.least > -1) || !(player.least <= player.most) || !(player.most <= 1e3)) {
      errors.add(
          ErrorCode::bad_value,
          fmt::format("rates of {} between {:.6g} and {:.6g}", name, player.least, player.most),
          where, "bounds must be ordered, above -1 and at most 1000");
    }
    for (auto const sector : player.sectors) {
      if (sector < base.grid.sectors) continue;
      errors.add(ErrorCode::unknown_label, fmt::format("no sector {}", sector), where,
                 "use sectors of the base");
    }
  }
}

}  // namespace

Result<Instruments> Instruments::make(TradeBase const& base, std::vector<Player> const& players) {
  ErrorList errors;
  check(base, players, errors);
  if (!errors.empty()) return fail(errors.joined());
  Instruments made{base};
  for (std::size_t p = 0; p < players.size(); ++p) {
    made.first_.push_back(made.size());
    if (players[p].tariffs) made.add_of(players[p], p, false);
    if (players[p].export_taxes) made.add_of(players[p], p, true);
    if (made.size() > made.first_.back()) continue;
    errors.add(
        ErrorCode::bad_value,
        fmt::format("{} has no trade to tax in these sectors", base.regions[players[p].region]),
        fmt::format("player {}", p + 1), "choose another region, or other sectors");
  }
  made.first_.push_back(made.size());
  if (!errors.empty()) return fail(errors.joined());
  return made;
}

double Instruments::trade(std::size_t cell) const noexcept {
  auto const& grid = base_->grid;
  auto const row = cell / grid.region_stride;
  auto const buyer = grid.good(row / grid.regions, row % grid.regions);
  return base_->share[cell] * base_->expenditure[buyer] / (1 + base_->tariff_at(cell));
}

void Instruments::add(Instrument instrument) {
  if (instrument.cells.empty()) return;
  double value = 0;
  for (auto const cell : instrument.cells) value += trade(cell);
  instrument.theta = instrument.curvature * base_->final_spending(instrument.region) / value;
  list_.push_back(std::move(instrument));
}

void Instruments::add_of(Player const& player, std::size_t place, bool on_exports) {
  auto const& grid = base_->grid;
  auto const n = player.region;
  auto const income = base_->final_spending(n);
  Instrument const blank{place, n, on_exports, {}, {}, player.least, player.most, {}, 0, 0};
  auto current = blank;
  for (std::size_t j = 0; j < grid.sectors; ++j) {
    if (!player.sectors.empty() &&
        std::find(player.sectors.begin(), player.sectors.end(), j) == player.sectors.end()) {
      continue;
    }
    for (std::size_t i = 0; i < grid.regions; ++i) {
      if (i == n) continue;
      auto const cell = on_exports ? grid.pair(j, i, n) : grid.pair(j, n, i);
      auto const value = trade(cell);
      if (!(value > 0)) continue;
      if (player.spread != Spread::all_sectors) current.sector = j;
      current.cells.push_back(cell);
      current.curvature += base_->theta[j] * value / income;
      if (player.spread != Spread::by_partner) continue;
      current.partner = i;
      add(std::move(current));
      current = blank;
    }
    if (player.spread == Spread::all_sectors) continue;
    add(std::move(current));
    current = blank;
  }
  add(std::move(current));
}

std::vector<double> Instruments::rates_of(TradePolicy const& policy) const {
  std::vector<double> rates;
  rates.reserve(size());
  for (auto const& instrument : list_) {
    double sum = 0;
    double weight = 0;
    for (auto const cell : instrument.cells) {
      double rate = 0;
      if (instrument.on_exports) {
        rate = policy.export_tax.empty() ? 0.0 : policy.export_tax[cell];
      } else {
        rate = policy.tariff.empty() ? base_->tariff_at(cell) : policy.tariff[cell];
      }
      auto const value = trade(cell);
      sum += value * std::log1p(rate);
      weight += value;
    }
    rates.push_back(sum / weight);
  }
  clamp(rates);
  return rates;
}

void Instruments::apply(std::span<double const> rates, TradePolicy& policy) const {
  LINCHPIN_EXPECTS(rates.size() == size());
  for (std::size_t k = 0; k < size(); ++k) {
    auto const& instrument = list_[k];
    auto const rate = std::expm1(rates[k]);
    if (instrument.on_exports) {
      fill_pairs(policy.export_tax, base_->grid, 0.0);
    } else {
      fill_tariffs(policy, *base_);
    }
    auto& array = instrument.on_exports ? policy.export_tax : policy.tariff;
    for (auto const cell : instrument.cells) array[cell] = rate;
  }
}

std::vector<double> Instruments::chain(Gradient const& gradient) const {
  std::vector<double> by_rate(size(), 0.0);
  for (std::size_t k = 0; k < size(); ++k) {
    auto const& by_pair = list_[k].on_exports ? gradient.export_tax : gradient.tariff;
    for (auto const cell : list_[k].cells) by_rate[k] += by_pair[cell];
  }
  return by_rate;
}

GradientRequest Instruments::request() const noexcept {
  GradientRequest request{false, false, false, false, false};
  for (auto const& instrument : list_) {
    (instrument.on_exports ? request.export_tax : request.tariff) = true;
  }
  return request;
}

void Instruments::clamp(std::span<double> rates) const {
  LINCHPIN_EXPECTS(rates.size() == size());
  for (std::size_t k = 0; k < size(); ++k) {
    rates[k] = std::clamp(rates[k], std::log1p(list_[k].least), std::log1p(list_[k].most));
  }
}

}  // namespace linchpin::equilibrium
