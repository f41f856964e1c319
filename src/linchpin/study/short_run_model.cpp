// SPDX-License-Identifier: Apache-2.0
#include "linchpin/study/short_run_model.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

namespace linchpin::study {
namespace {

using disrupt::ModelOptions;
using disrupt::Production;

ModelOptions with_production(ModelOptions options, Production production) {
  options.production = production;
  return options;
}

ModelOptions with_half_stocks(ModelOptions options, IndustrySpace const& space) {
  for (std::size_t p = 0; p < options.inventory_days.size(); ++p) {
    if (space.labels().sectors[p].service) continue;
    options.inventory_days[p] = std::max(1.0, options.inventory_days[p] / 2);
  }
  return options;
}

ModelOptions with_orders(ModelOptions options, disrupt::OrderRule rule) {
  options.order_rule = rule;
  return options;
}

}  // namespace

Result<std::vector<ShortRunModel>> short_run_models(IndustrySpace const& space,
                                                    ParameterSource const& source, int days,
                                                    bool range,
                                                    std::vector<std::string>& warnings) {
  ModelOptions central;
  central.inventory_days = disrupt::default_inventory_days(space);
  central.days = days;
  central.order_base = disrupt::OrderBase::demand;
  central.order_rule = disrupt::OrderRule::available;
  if (!source.read) {
    central.production = Production::linear;
    return std::vector<ShortRunModel>{{"inputs replace each other", std::move(central)}};
  }
  central.production = Production::weakly_critical;
  ModelSpec shipped;
  shipped.parameters.push_back({"default", "short run"});
  ErrorList errors;
  std::vector<std::string> said;
  // Files named on the command line are sets of trade elasticities, not numbers of the daily model.
  ParameterSource const files{source.read, {}};
  (void)apply_parameters({&shipped}, files, "short run", space, central, said, errors);
  if (!errors.empty()) return fail(errors.joined());
  for (auto& each : said) warnings.push_back(fmt::format("Short run: {}", each));
  std::vector<ShortRunModel> models{{"only critical inputs stop an industry", central}};
  if (!range) return models;
  models.push_back({"inputs replace each other", with_production(central, Production::linear)});
  models.push_back(
      {"important inputs count by half", with_production(central, Production::half_critical)});
  models.push_back(
      {"the same, half the stocks of goods", with_half_stocks(models.back().options, space)});
  models.push_back({"every input is needed", with_production(central, Production::leontief)});
  models.push_back({"nobody turns to other suppliers",
                    with_orders(models[2].options, disrupt::OrderRule::fixed)});
  return models;
}

std::string short_run_words(std::span<ShortRunModel const> models) {
  auto text = fmt::format("{}, stocks as shipped, buyers turn to whoever could make more",
                          models.front().name);
  if (models.size() > 1) {
    text += fmt::format("; range over {} models: ", models.size());
    for (std::size_t k = 1; k < models.size(); ++k) {
      text += fmt::format("{}{}", k > 1 ? ", " : "", models[k].name);
    }
  }
  return text;
}

}  // namespace linchpin::study
