// SPDX-License-Identifier: Apache-2.0
#include "linchpin/study/leverage_carve.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <string_view>
#include <utility>

#include "linchpin/localize/carve.h"
#include "linchpin/parameters/sourced_numbers.h"
#include "linchpin/table/minerals/minerals.h"

namespace linchpin::study {
namespace {

constexpr char const* production_file = "default:../minerals/production.csv";
constexpr char const* price_file = "default:mineral_prices.csv";

std::size_t place_of(std::vector<std::string> const& labels, std::string_view label) {
  return static_cast<std::size_t>(std::find(labels.begin(), labels.end(), label) - labels.begin());
}

/// The region a country is in: itself, one that it is a member of, the rest of the world.
std::size_t region_of(std::vector<RegionLabel> const& regions, std::string const& iso3) {
  std::size_t rest = regions.size() - 1;
  for (std::size_t r = 0; r < regions.size(); ++r) {
    auto const& [label, name, members] = regions[r];
    if (label == "ROW") rest = r;
    if (iso3.empty()) continue;
    if (label == iso3 || std::find(members.begin(), members.end(), iso3) != members.end()) return r;
  }
  return rest;
}

double kilograms(std::string const& unit) {
  if (unit == "kilograms") return 1;
  double tonnes = 0;
  if (unit.find("metric") != std::string::npos) tonnes = 1e3;
  if (unit.starts_with("thousand")) tonnes *= 1e3;
  if (unit.starts_with("million")) tonnes *= 1e6;
  return tonnes;
}

/// The latest production of a commodity, of the kind most is named of.
MineralProduction const* latest(std::vector<MineralProduction> const& list,
                                std::string const& commodity) {
  MineralProduction const* found = nullptr;
  for (auto const& each : list) {
    if (each.commodity != commodity || kilograms(each.unit) <= 0) continue;
    if (found == nullptr || each.year > found->year) found = &each;
  }
  return found;
}

Result<void> price_minerals(CarveLine& line, TradeGround const& ground,
                            ParameterSource const& source) {
  auto const& spec = *line.spec;
  auto const& unit = ground.accounts.unit;
  if (unit.currency != "USD") {
    return fail(ErrorCode::bad_value, "prices of minerals are in USD, the world is not", spec.where,
                "give world_sales and suppliers instead");
  }
  if (!source.read) {
    return fail(ErrorCode::file_not_found, "no files can be read here", spec.where,
                "run the study with `linchpin run`");
  }
  auto const text = source.read(production_file), prices_text = source.read(price_file);
  if (!text) return fail(text.error());
  if (!prices_text) return fail(prices_text.error());
  auto const production = parse_mineral_production(*text, "data/minerals/production.csv");
  if (!production) return fail(production.error());
  auto const prices = parameters::read_sourced_numbers(*prices_text, "mineral_prices.csv");
  if (!prices) return fail(prices.error());
  ErrorList errors;
  std::vector<std::string> parts;
  line.suppliers.assign(ground.accounts.regions.size(), 0.0);
  line.sales.note = "production times price";
  for (auto const& mineral : spec.minerals) {
    auto const* price = parameters::find_number(*prices, "mineral_price." + mineral.value);
    auto const* made = latest(*production, mineral.value);
    if (price == nullptr || made == nullptr) {
      errors.add(ErrorCode::bad_value,
                 fmt::format("'{}' has no {}", mineral.value,
                             made == nullptr ? "production by weight" : "price"),
                 mineral.where, "see data/minerals and data/parameters/mineral_prices.csv");
      continue;
    }
    double const scale = kilograms(made->unit) / unit.scale;
    line.sales.value += made->world * scale * price->value;
    line.sales.low += made->world * scale * price->low;
    line.sales.high += made->world * scale * price->high;
    for (auto const& each : made->producers) {
      line.suppliers[region_of(ground.space.labels().regions, each.iso3)] +=
          each.production * scale * price->value;
    }
    line.suppliers[region_of(ground.space.labels().regions, "")] +=
        made->others * scale * price->value;
    parts.push_back(fmt::format("{} {}", mineral.value, made->year));
  }
  if (!errors.empty()) return fail(errors.joined());
  line.words = fmt::format(
      "world production ({}) times prices of mineral_prices.csv, {:.3g} [{:.3g}, "
      "{:.3g}] {} a year",
      fmt::join(parts, ", "), line.sales.value, line.sales.low, line.sales.high, to_string(unit));
  return {};
}

struct LineNumbers {
  double sales, home_buys, home_share;
  double theta;  ///< 0: the host's
};

LineNumbers numbers_of(CarveLine const& line, Rng* rng) {
  LineNumbers numbers{};
  numbers.sales = drawn(line.sales, rng);
  numbers.home_buys = drawn(line.spec->home_buys, rng);
  numbers.home_share = drawn(line.spec->home_share, rng);
  numbers.theta = line.spec->theta ? drawn(*line.spec->theta, rng) : 0;
  return numbers;
}

/// A stream of its own: the draws of theta are those of the world without lines.
Rng line_numbers(Seed seed, std::optional<std::size_t> draw) {
  return Rng(seed, (std::size_t{1} << 32) + draw.value_or(0));
}

Result<localize::LineFlows> flows_of(TradeAccounts const& accounts, CarveLine const& line,
                                     LineNumbers const& numbers) {
  localize::MarketOutline market;
  market.world_sales = numbers.sales;
  market.home = line.home;
  market.home_buys = numbers.home_buys;
  market.home_share = numbers.home_share;
  market.suppliers = line.suppliers;
  return localize::line_flows(accounts, line.spec->host.value, market);
}

localize::CarveSpec carve_of(CarveLine const& line, LineNumbers const& numbers,
                             localize::LineFlows const& flows) {
  return {line.spec->host.value, line.spec->line.value, flows.flows, numbers.theta, false};
}

}  // namespace

double drawn(RangedNumber const& number, Rng* rng) {
  if (rng == nullptr) return number.value;
  return peaked(number.low, number.value, number.high, rng->uniform());
}

Result<std::vector<CarveLine>> carve_lines(LeverageSpec const& spec, TradeGround const& ground,
                                           ParameterSource const& source,
                                           std::vector<std::string>& warnings) {
  std::vector<CarveLine> lines;
  auto const& regions = ground.accounts.regions;
  for (auto const& each : spec.carve) {
    CarveLine line;
    line.spec = &each;
    line.home = place_of(regions, each.home.value);
    if (each.world_sales) {
      line.sales = *each.world_sales;
      line.suppliers.assign(regions.size(), 0.0);
      for (auto const& maker : each.suppliers) {
        line.suppliers[place_of(regions, maker.value.first)] = maker.value.second;
      }
      line.words = fmt::format("sales of {:.3g} [{:.3g}, {:.3g}] {} a year: {}", line.sales.value,
                               line.sales.low, line.sales.high, to_string(ground.accounts.unit),
                               line.sales.note);
    } else if (auto const priced = price_minerals(line, ground, source); !priced) {
      return fail(priced.error());
    }
    warnings.push_back(
        fmt::format("{} is carved out of {}: {}.", each.line.value, each.host.value, line.words));
    lines.push_back(std::move(line));
  }
  return lines;
}

Result<TradeGround> carved_ground(TradeGround const& ground, std::span<CarveLine const> lines,
                                  CarveRanges const& ranges, Seed seed,
                                  std::optional<std::size_t> draw) {
  auto accounts = ground.accounts;
  accounts.theta = draw ? draw_theta(ranges.theta, seed, *draw) : ranges.central_theta;
  auto labels = ground.space.labels();
  Rng rng = line_numbers(seed, draw);
  for (auto const& line : lines) {
    auto const numbers = numbers_of(line, draw ? &rng : nullptr);
    auto const flows = flows_of(accounts, line, numbers);
    if (!flows) return fail(flows.error());
    auto carved = localize::carve(accounts, carve_of(line, numbers, *flows));
    if (!carved) return fail(carved.error());
    accounts = *std::move(carved);
    labels.sectors.push_back({line.spec->line.value, line.spec->line.value, false});
  }
  auto space = trade_space(labels.regions, labels.sectors);
  if (!space) return fail(space.error());
  return TradeGround{std::move(accounts), *std::move(space), ground.vintage};
}

Result<Economy> carved_economy(Economy const& economy, TradeGround const& ground,
                               std::span<CarveLine const> lines, CarveRanges const& ranges,
                               Seed seed, std::optional<std::size_t> draw) {
  auto accounts = ground.accounts;
  accounts.theta = ranges.central_theta;
  auto table = economy.table();
  Rng rng = line_numbers(seed, draw);
  for (auto const& line : lines) {
    auto const numbers = numbers_of(line, draw ? &rng : nullptr);
    auto const flows = flows_of(accounts, line, numbers);
    if (!flows) return fail(flows.error());
    auto split = split_sector(table, line_split(line.spec->host.value, line.spec->line.value,
                                                accounts.regions, flows->flows));
    if (!split) return fail(split.error());
    table = *std::move(split);
    auto carved = localize::carve(accounts, carve_of(line, numbers, *flows));
    if (!carved) return fail(carved.error());
    accounts = *std::move(carved);
  }
  return Economy::make(std::move(table));
}

SplitSpec line_split(std::string const& host, std::string const& line,
                     std::vector<std::string> const& regions, DenseVector const& flows) {
  SplitSpec split;
  split.sector = host;
  split.line = line;
  for (std::size_t i = 0; i < regions.size(); ++i) {
    double output = 0;
    for (std::size_t n = 0; n < regions.size(); ++n) {
      auto const value = flows[n * regions.size() + i];
      if (value > 0) split.flows.push_back({regions[i], regions[n], value});
      output += value;
    }
    if (output > 0) split.outputs.push_back({regions[i], output});
  }
  return split;
}

}  // namespace linchpin::study
