// SPDX-License-Identifier: Apache-2.0
#include "linchpin/study/autonomy_maker.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <utility>
#include <vector>

#include "linchpin/core/nearest.h"
#include "linchpin/study/autonomy_market.h"

namespace linchpin::study {
namespace {

using parameters::TechnologyTool;

/// Units of every stage in one unit of the product.
void count_units(parameters::Technology const& technology, std::span<double const> values,
                 std::size_t stage, double amount, std::vector<double>& units) {
  units[stage] += amount;
  for (auto const& input : technology.stages[stage].inputs) {
    count_units(technology, values, input.stage, amount * values[input.amount], units);
  }
}

/// The stages as one maker.
struct Together {
  double learning_rate = 0, quality_growth = 0, lead_time = 0;
  double capital_cost = 0;  ///< over unit cost
};

Together together(parameters::Technology const& technology, std::span<double const> values) {
  std::vector<double> units(technology.stages.size(), 0.0);
  count_units(technology, values, technology.product, 1, units);
  Together sum;
  double cost = 0;
  for (std::size_t s = 0; s < technology.stages.size(); ++s) {
    auto const& stage = technology.stages[s];
    auto const part = units[s] * values[stage.own_cost];
    cost += part;
    sum.learning_rate += part * values[stage.learning_rate];
    sum.quality_growth += part * values[stage.quality_growth];
    sum.lead_time += part * values[stage.lead_time];
    sum.capital_cost += units[s] * values[stage.capital_cost];
  }
  if (cost <= 0) return sum;
  sum.learning_rate /= cost;
  sum.quality_growth /= cost;
  sum.lead_time /= cost;
  sum.capital_cost /= cost;
  return sum;
}

/// Beta distribution on 0 … 1 with mean and variance of the uses.
localize::Thresholds thresholds_of(parameters::Technology const& technology,
                                   std::span<double const> values) {
  double weight = 0, mean = 0, square = 0;
  for (auto const& use : technology.uses) {
    auto const share = values[use.share];
    auto const least = std::clamp(values[use.minimum_quality], 0.0, 1.0);
    weight += share;
    mean += share * least;
    square += share * least * least;
  }
  localize::Thresholds result;
  if (weight <= 0) return result;
  mean = std::clamp(mean / weight, 0.02, 0.98);
  auto const most = mean * (1 - mean);
  auto const variance = std::clamp(square / weight - mean * mean, 0.01 * most, 0.9 * most);
  auto const size = most / variance - 1;
  result.alpha = mean * size;
  result.beta = (1 - mean) * size;
  return result;
}

localize::Maker maker_of(std::span<double const> values, Together const& stages,
                         localize::Thresholds const& thresholds) {
  auto const of = [&](std::string_view name) { return values[number_place(name)]; };
  localize::Maker maker;
  maker.markup = of("markup");
  maker.research_share = of("research_share");
  maker.cost.first_cost = of("relative_cost") / (1 + maker.markup);
  maker.cost.floor = std::min(of("cost_floor") / (1 + maker.markup), maker.cost.first_cost);
  maker.cost.learning_rate = stages.learning_rate;
  maker.cost.tool_penalty = of("tool_penalty");
  maker.spillovers = {of("spillover_home"), of("spillover_abroad")};
  maker.catch_up.absorption.base_speed = of("catch_up_speed");
  maker.catch_up.own_growth = of("own_growth");
  maker.catch_up.frontier_growth = stages.quality_growth;
  maker.catch_up.control_effect = of("control_effect");
  maker.quality_learning = of("quality_learning");
  maker.capacity.lead_time = stages.lead_time;
  maker.capacity.scrapping = of("scrapping");
  maker.capacity.lifetime = of("plant_lifetime");
  maker.capacity.utilisation = of("utilisation");
  maker.capacity.capital_cost = stages.capital_cost * maker.cost.first_cost;
  maker.discount_rate = of("discount_rate");
  maker.first_rate = maker.discount_rate;
  maker.capacity.hurdle_spread = of("hurdle_spread");
  maker.loan_share = of("loan_share");
  maker.funds_per_sales = of("funds_per_sales");
  maker.makers = of("makers");
  maker.entry_cost = of("entry_cost");
  maker.forgetting = of("forgetting");
  maker.yield = of("yield");
  maker.choice.quality_coefficient = of("quality_weight");
  maker.choice.fear = of("fear");
  maker.choice.thresholds = thresholds;
  maker.diffusion = localize::Diffusion{of("switching"), of("imitation")};
  // What capacity has to earn to be worth building, before any markup, per good unit.
  auto const capital = maker.capacity.capital_cost;
  auto const per_margin =
      (localize::investment_value(maker.capacity, 1, maker.discount_rate) + capital) * maker.yield;
  // The rounding goes up, so that plants of makers without a markup are just worth their money.
  // They never cost more than most of what a unit does.
  constexpr double rounded_up = 1 + 1e-9, most = 0.95;
  maker.capital_share = std::min(rounded_up * capital / per_margin / maker.cost.first_cost, most);
  maker.capacity.capital_cost =
      std::min(capital, most * maker.cost.first_cost * per_margin / rounded_up);
  return maker;
}

localize::ForeignMakers abroad_of(std::span<double const> values) {
  auto const of = [&](std::string_view name) { return values[number_place(name)]; };
  return {.learning_rate = of("foreign_learning_rate"),
          .floor = of("foreign_floor"),
          .years_of_experience = of("foreign_experience"),
          .spillover = of("spillover_abroad"),
          .markup = of("foreign_markup"),
          .answer = of("foreign_answer")};
}

/// Tools as they stand in the first year, by title.
std::vector<localize::Tool> tools_of(parameters::Technology const& technology,
                                     std::string const& region, std::span<double const> of_file) {
  std::vector<localize::Tool> tools;
  for (auto const& tool : technology.tools) {
    auto const number = [&](auto const& list) {
      auto const place = TechnologyTool::of(list, region);
      return place ? of_file[*place] : 0.0;
    };
    tools.push_back({tool.title, number(tool.access), number(tool.readiness), number(tool.rate)});
  }
  return tools;
}

void put_ladder(parameters::Technology const& technology, std::span<double const> of_file,
                localize::Maker& maker) {
  for (auto const& step : technology.steps) {
    localize::Step rung{step.title, of_file[step.level], {}};
    for (auto const tool : step.tools) rung.tools.push_back(technology.tools[tool].title);
    maker.ladder.push_back(std::move(rung));
  }
  if (technology.gate_access) maker.gate.access_needed = of_file[*technology.gate_access];
  if (technology.gate_readiness) maker.gate.readiness_needed = of_file[*technology.gate_readiness];
}

/// Puts what the study says in the place of the region's number of a tool.
void put_number(std::string_view name, AutonomyNumber const& given, std::string const& region,
                std::vector<TechnologyTool::Regional>& list, parameters::Technology& technology) {
  parameters::SourcedNumber number;
  number.key = fmt::format("{}.{}", name, region);
  number.value = given.value;
  number.low = given.low;
  number.high = given.high;
  number.note = given.note;
  number.sceptic = given.sceptic;
  std::erase_if(list, [&](auto const& each) { return each.region == region; });
  list.push_back({region, technology.numbers.size()});
  technology.numbers.push_back(number);
  for (auto& preset : technology.presets) {
    preset.values.push_back(parameters::at_preset(number, preset.name));
  }
}

/// Every tool has its numbers for makers of the region.
void refuse_gaps(parameters::Technology const& technology, std::string const& region,
                 std::string const& where, ErrorList& errors) {
  for (auto const& tool : technology.tools) {
    for (auto const& [name, list] :
         {std::pair{"tool_access", &tool.access}, std::pair{"tool_readiness", &tool.readiness},
          std::pair{"readiness_rate", &tool.rate}}) {
      if (TechnologyTool::of(*list, region)) continue;
      errors.add(ErrorCode::missing_value,
                 fmt::format("nothing says {}.{} for makers in {}", name, tool.name, region), where,
                 fmt::format("add {}.{}.{} to numbers.csv of the technology, or to [technology."
                             "tools.{}]",
                             name, tool.name, region, tool.name));
    }
  }
}

}  // namespace

Result<parameters::Technology> with_tools(parameters::Technology technology,
                                          AutonomyTechnology const& asked,
                                          std::string const& region) {
  ErrorList errors;
  std::vector<std::string> names;
  for (auto const& tool : technology.tools) names.push_back(tool.name);
  for (auto const& given : asked.tools) {
    auto const found = std::find(names.begin(), names.end(), given.name.value);
    if (found == names.end()) {
      errors.add(ErrorCode::unknown_label,
                 fmt::format("{} has no tool '{}'", technology.name, given.name.value),
                 given.name.where,
                 did_you_mean(given.name.value, names, "name one of its technology.toml"));
      continue;
    }
    auto& tool = technology.tools[static_cast<std::size_t>(found - names.begin())];
    std::array const lists{&tool.access, &tool.readiness, &tool.rate};
    for (std::size_t k = 0; k < lists.size(); ++k) {
      auto const& number = given.numbers[k];
      if (number.given)
        put_number(tool_number_kinds[k].name, number, region, *lists[k], technology);
    }
  }
  refuse_gaps(technology, region, asked.name.where, errors);
  if (!errors.empty()) return fail(errors.joined());
  return technology;
}

void put_makers(parameters::Technology const& technology, std::string const& region,
                std::span<double const> values, std::span<double const> of_file,
                std::optional<double> investor_rate, localize::CoupledCase& each) {
  each.maker = maker_of(values, together(technology, of_file), thresholds_of(technology, of_file));
  each.maker.discount_rate = investor_rate.value_or(each.maker.discount_rate);
  each.abroad = abroad_of(values);
  each.start.tools = {{.name = "tools", .access = 1, .readiness = 0}};
  if (technology.steps.empty()) return;
  put_ladder(technology, of_file, each.maker);
  each.start.tools = tools_of(technology, region, of_file);
  each.maker.cost.first_tools = localize::mean_access(each.start.tools, each.maker.gate);
}

}  // namespace linchpin::study
