// SPDX-License-Identifier: Apache-2.0
#include "linchpin/localize/backtest_cases.h"

#include <fmt/format.h>

#include <algorithm>
#include <string>
#include <string_view>
#include <utility>

#include "linchpin/localize/compute.h"
#include "linchpin/localize/control_case.h"
#include "linchpin/localize/named_numbers.h"
#include "linchpin/localize/quota_case.h"

namespace linchpin::localize {
namespace {

BacktestLine line(std::string quantity, std::string unit, std::optional<double> before,
                  std::optional<double> observed, double model) {
  return {std::move(quantity), std::move(unit), before, observed, model, {}};
}

/// Through fmt: gcc 12 warns of literals put into the member directly.
void add_verdict(BacktestOutcome& outcome, std::string_view statement, bool observed, bool model) {
  outcome.verdicts.push_back({fmt::format("{}", statement), observed, model, 0});
}

}  // namespace

Result<BacktestOutcome> korea_outcome(std::span<parameters::SourcedNumber const> numbers,
                                      std::span<double const> values) {
  auto const products = control_backtests(numbers, values);
  if (!products) return fail(products.error());
  BacktestOutcome result;
  for (auto const& each : *products) {
    auto const outcome = outcome_of(each.control);
    if (!outcome) return fail(outcome.error());
    auto const& product = each.control.product;
    result.lines.push_back(line(product + ": share of Japan", "share of imports",
                                each.observed_before, each.observed_after, outcome->origin_share));
    result.lines.push_back(line(product + ": demand unmet", "share of use", std::nullopt,
                                std::nullopt, outcome->unmet));
    add_verdict(result, product + " localises (share more than halved)", each.observed_localises(),
                outcome->localises);
  }
  return result;
}

std::vector<std::string> korea_remarks() {
  return {
      "Parameters were set without fitting them to the levels, but by somebody who knew what had "
      "happened.",
      "No loss of production was reported; demand left unmet by the model is a miss.",
      "Deliveries from plants of Japanese makers in other countries count as other origins.",
      "Users who turn to another material (glass for polyimide) are not in the model.",
      "What followed when the controls were lifted in 2023 is not tested."};
}

Result<BacktestOutcome> rare_earths_outcome(std::span<parameters::SourcedNumber const> numbers,
                                            std::span<double const> values) {
  NamedNumbers from(numbers, values, "number of this backtest",
                    "data/parameters/backtests/rare-earths-2010.csv");
  constexpr int first = 2011, last = 2015, quotas_end = 2014;
  QuotaCase control;
  for (int year = first; year <= last; ++year) {
    control.quota.push_back(year <= quotas_end
                                ? std::optional{from.take(fmt::format("quota.{}", year))}
                                : std::nullopt);
  }
  control.others = from.take("market.others");
  control.leakage = from.take("market.leakage");
  control.demand_growth = from.take("market.demand_growth");
  control.elasticity_now = from.take("market.elasticity_now");
  control.elasticity_later = from.take("market.elasticity_later");
  control.adjustment = from.take("market.adjustment");
  control.stock_building = from.take("market.stock_building");
  control.home_use = from.take("market.home_use");
  control.home_growth = from.take("market.home_growth");
  control.mines = {from.take("mines.lead_time"), from.take("mines.scrapping"),
                   from.take("mines.capital_cost"), from.take("mines.lifetime"),
                   from.take("mines.utilisation")};
  control.operating_cost = from.take("mines.operating_cost");
  control.discount_rate = from.take("mines.discount_rate");
  std::vector<double> observed;
  for (int year = first; year <= last; ++year) {
    observed.push_back(from.take(fmt::format("observed.price.{}", year)));
  }
  auto const mined_before = from.take("observed.mine_share.2010");
  auto const mined = from.take("observed.mine_share.2014");
  auto const imports_before = from.take("observed.import_share.2010");
  auto const imports = from.take("observed.import_share.2012");
  if (auto const complete = from.finish(); !complete) return fail(complete.error());
  auto const path = quota_path(control);
  if (!path) return fail(path.error());

  BacktestOutcome result;
  double peak = 0, observed_peak = 0;
  for (std::size_t k = 0; k < observed.size(); ++k) {
    auto const price = (*path)[k + 1].price;
    result.lines.push_back(line(fmt::format("price abroad at the end of {}", first + k),
                                "times that of 2009", 1.0, observed[k], price));
    peak = std::max(peak, price);
    observed_peak = std::max(observed_peak, observed[k]);
  }
  result.lines.push_back(line("share of China in Japan's imports, 2012", "share of imports",
                              imports_before, imports, (*path)[2].import_share));
  result.lines.push_back(line("share of China in mine production, 2014", "share of the world",
                              mined_before, mined, (*path)[4].mine_share));
  auto const add = [&](std::string_view statement, bool was, bool says) {
    add_verdict(result, statement, was, says);
  };
  constexpr double spike = 3;  // a tripling is more than prices of metals usually do in a year
  auto const after_two = [&](auto const& prices) { return prices[2]; };
  add("the price at least triples", observed_peak >= spike, peak >= spike);
  add("two years after the peak it has lost more than half",
      after_two(observed) < observed_peak / 2, (*path)[3].price < peak / 2);
  add("by 2015 it is within a quarter of what it was", observed.back() < 1.25,
      path->back().price < 1.25);
  add("mines elsewhere more than double their share by 2014", 1 - mined > 2 * (1 - mined_before),
      1 - (*path)[4].mine_share > 2 * (1 - (*path)[0].mine_share));
  add("China still mines more than four fifths in 2014", mined > 0.8, (*path)[4].mine_share > 0.8);
  return result;
}

std::vector<std::string> rare_earths_remarks() {
  return {
      "Parameters were set without fitting them, but by somebody who knew what had happened.",
      "The model knows quotas, stocks and elasticities; speculation and hoarding inside China are "
      "not in it, nor is the halt of deliveries to Japan in autumn 2010.",
      "A quota binds or does not: legal exports in 2011 were half of what was allowed, while "
      "countries abroad counted twice as much as China's customs.",
      "Japan's direct imports from China fell at once because ore of China came by way of third "
      "countries; the model counts the ore's origin.",
      "One basket stands for seventeen elements; heavy ones had no mine outside China.",
      "What an investor learns from falling prices is not in it: one of the two new mines failed "
      "in "
      "2015."};
}

Result<BacktestOutcome> systems_outcome(std::span<parameters::SourcedNumber const> numbers,
                                        std::span<double const> values) {
  NamedNumbers from(numbers, values, "number of this backtest",
                    "data/parameters/backtests/cloudmatrix.csv");
  auto const system = [&](std::string const& who) {
    ScaleUpSystem result;
    result.chips = from.take(who + ".chips");
    result.performance = from.take(who + ".performance");
    result.memory = from.take(who + ".memory");
    result.bandwidth = from.take(who + ".bandwidth");
    result.power = from.take(who + ".power");
    return result;
  };
  auto const home = system("home"), abroad = system("abroad");
  auto const loss = from.take("serving.loss");
  auto const domain_home = from.take("serving.domain_home");
  auto const domain_abroad = from.take("serving.domain_abroad");
  // Whatever is lost within one domain is taken to be the same on both sides and cancels.
  auto const advantage = [&](std::string const& task) {
    auto const own = from.take("serving." + task + "_home");
    auto const other = from.take("serving." + task + "_abroad");
    if (!(domain_home >= 1 && domain_abroad >= 1 && own >= 1 && other >= 1 && loss >= 0))
      return 0.0;
    return Utilisation{1, domain_home, loss}.of(own) /
           Utilisation{1, domain_abroad, loss}.of(other);
  };
  auto const prefill = advantage("prefill"), decode = advantage("decode");
  auto const observed = [&](char const* name) {
    return from.take(fmt::format("observed.{}", name));
  };
  BacktestOutcome result;
  auto const add = [&](char const* name, char const* words, double model) {
    result.lines.push_back(line(words, "ratio", std::nullopt, observed(name), model));
  };
  for (auto const value :
       {home.chips, home.performance, home.memory, home.bandwidth, home.power, abroad.chips,
        abroad.performance, abroad.memory, abroad.bandwidth, abroad.power, prefill, decode}) {
    if (value > 0) continue;
    return fail(ErrorCode::bad_value, "a number of a system is not above 0", "cloudmatrix.csv",
                "chips, sizes of domains and clusters are 1 or more, all else above 0");
  }
  auto const ratio = compare(home, abroad);
  add("performance", "operations of the system", ratio.performance);
  add("memory", "memory of the system", ratio.memory);
  add("bandwidth", "bandwidth of its memory", ratio.bandwidth);
  add("power", "power of the system", ratio.power);
  add("power_per_performance", "power per operation", ratio.power_per_performance);
  add("power_per_bandwidth", "power per bandwidth", ratio.power_per_bandwidth);
  add("power_per_memory", "power per memory", ratio.power_per_memory);
  add("prefill", "use made of the chips, reading prompts", prefill);
  add("decode", "use made of the chips, writing answers", decode);
  auto const& lines = result.lines;
  auto const verdict = [&](char const* statement, auto const& holds) {
    std::vector<double> was, says;
    for (auto const& each : lines) {
      was.push_back(each.observed.value_or(0));
      says.push_back(each.model);
    }
    add_verdict(result, statement, holds(was), holds(says));
  };
  verdict("the system of weaker chips does more", [](auto const& v) { return v[0] > 1; });
  verdict("and takes more than twice the power for the same work",
          [](auto const& v) { return v[4] > 2; });
  verdict("its large network lets more of the peak be used",
          [](auto const& v) { return v[7] > 1 && v[8] > 1; });
  verdict("writing gains more from it than reading", [](auto const& v) { return v[8] > v[7]; });
  if (auto const complete = from.finish(); !complete) return fail(complete.error());
  return result;
}

std::vector<std::string> systems_remarks() {
  return {
      "The first seven lines are sums of published figures of chips: that they agree with "
      "published figures of systems says that the sums are right, no more.",
      "The last two are a test: the loss per size of cluster was set before the measurements were "
      "looked up. They were made by the maker of the system, on one model, in 8-bit numbers.",
      "The model leaves out software, and what an interconnect does beyond its size.",
      "Price, yield, and how many such systems can be made are not in it."};
}

}  // namespace linchpin::localize
