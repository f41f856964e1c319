// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>

#include "linchpin/study/scenario_file.h"

namespace linchpin::study {
namespace {

using Options = std::vector<std::pair<std::string, OptionValue>>;

// JSON has no infinity: "inf" is how a study file writes it, too.
OptionValue number(double value) {
  return std::isfinite(value) ? OptionValue{value} : OptionValue{std::string{"inf"}};
}

/// One entry per kind where all its products share one number, per product where they do not.
void add_by_product(std::string const& key, DenseVector const& values, IndustrySpace const& space,
                    Options& result) {
  auto const& sectors = space.labels().sectors;
  for (bool const service : {false, true}) {
    std::vector<std::size_t> of_kind;
    for (std::size_t s = 0; s < sectors.size(); ++s) {
      if (sectors[s].service == service) of_kind.push_back(s);
    }
    if (of_kind.empty()) continue;
    double const first = values[of_kind.front()];
    bool const all_same = std::all_of(of_kind.begin(), of_kind.end(),
                                      [&](std::size_t s) { return values[s] == first; });
    if (all_same) {
      result.emplace_back(key + (service ? ".services" : ".goods"), number(first));
      continue;
    }
    for (auto const s : of_kind) {
      result.emplace_back(key + "." + sectors[s].label, number(values[s]));
    }
  }
}

/// "delays.30" = "CHN>DEU, DEU>CHN".
void add_delays(disrupt::ModelOptions const& options, IndustrySpace const& space, Options& result) {
  std::map<int, std::string> by_days;
  for (auto const& delay : options.delays) {
    auto& pairs = by_days[delay.days];
    if (!pairs.empty()) pairs += ", ";
    pairs += space.label(delay.seller) + ">" + space.label(delay.buyer);
  }
  for (auto& [days, pairs] : by_days) {
    result.emplace_back(fmt::format("delays.{}", days), std::move(pairs));
  }
}

void add_criticality(DenseMatrix const& ratings, Options& result) {
  if (ratings.empty()) return;
  std::size_t critical = 0, important = 0;
  for (std::size_t p = 0; p < ratings.rows(); ++p) {
    for (std::size_t q = 0; q < ratings.columns(); ++q) {
      if (ratings(p, q) >= 1) {
        ++critical;
      } else if (ratings(p, q) > 0) {
        ++important;
      }
    }
  }
  result.emplace_back("criticality.critical", static_cast<std::int64_t>(critical));
  result.emplace_back("criticality.important", static_cast<std::int64_t>(important));
}

void add_behaviour(disrupt::ModelOptions const& options, Options& result) {
  result.emplace_back("labour", options.labour.active);
  if (options.labour.active) {
    result.emplace_back("labour.hire_days", options.labour.hire_days);
    result.emplace_back("labour.fire_days", options.labour.fire_days);
  }
  result.emplace_back("consumption", options.consumption.active);
  if (options.consumption.active) {
    result.emplace_back("consumption.persistence", options.consumption.persistence);
    result.emplace_back("consumption.replacement", options.consumption.replacement);
  }
}

}  // namespace

Options origin_options(disrupt::ModelOptions const& options, IndustrySpace const& space) {
  Options result{{"days", std::int64_t{options.days}},
                 {"production", std::string{disrupt::to_string(options.production)}},
                 {"rationing", std::string{disrupt::to_string(options.rationing)}}};
  if (options.rationing == disrupt::Rationing::random) {
    result.emplace_back("rationing_seed", static_cast<std::int64_t>(options.rationing_seed));
  }
  Options const numbers{{"orders", std::string{disrupt::to_string(options.order_base)}},
                        {"order_rule", std::string{disrupt::to_string(options.order_rule)}},
                        {"psi", options.psi},
                        {"tau_inventory_days", options.tau_inventory_days},
                        {"overproduction_max", options.overproduction_max},
                        {"tau_overproduction_days", options.tau_overproduction_days},
                        {"recovery_threshold", options.recovery_threshold},
                        {"switching_speed", number(options.switching_speed)},
                        {"switching_cost", options.switching_cost},
                        {"capital_per_value_added", options.capital_per_value_added}};
  result.insert(result.end(), numbers.begin(), numbers.end());
  add_behaviour(options, result);
  add_by_product("inventory_days", options.inventory_days, space, result);
  if (!options.overproduction_by_product.empty()) {
    add_by_product("overproduction", options.overproduction_by_product, space, result);
  }
  if (!options.resourcing_elasticity.empty()) {
    add_by_product("resourcing_elasticity", options.resourcing_elasticity, space, result);
  }
  add_criticality(options.criticality, result);
  add_delays(options, space, result);
  for (auto const& swap : options.substitutions) {
    result.emplace_back("substitutions." + space.label(swap.product),
                        fmt::format("{} {}", space.label(swap.by), swap.share));
  }
  return result;
}

}  // namespace linchpin::study
