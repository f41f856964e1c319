// SPDX-License-Identifier: Apache-2.0
#include "linchpin/study/supply_tree_inputs.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <set>
#include <utility>

#include "linchpin/core/nearest.h"
#include "linchpin/parameters/trade_elasticities.h"
#include "linchpin/study/autonomy_answers.h"
#include "linchpin/study/technology_names.h"
#include "linchpin/table/region_names.h"

namespace linchpin::study {
namespace {

using leverage::SupplyTree;
using parameters::Technology;

std::vector<std::string> stage_names(Technology const& technology) {
  std::vector<std::string> names;
  for (auto const& stage : technology.stages) names.push_back(stage.name);
  return names;
}

Result<Technology> open_technology_files(std::string const& name, ParameterSource const& source) {
  auto const toml = source.read(technology_file(name, "technology.toml"));
  if (!toml) return fail(unknown_technology(name, "--technology", toml.error()));
  auto const csv = source.read(technology_file(name, "numbers.csv"));
  if (!csv) return fail(csv.error());
  return parameters::read_technology(*toml, name + "/technology.toml", *csv, name + "/numbers.csv");
}

Result<RangedNumber> theta_of(SupplyTreeRequest const& request, Technology const& technology,
                              ParameterSource const& source) {
  if (request.theta)
    return RangedNumber{*request.theta, *request.theta, *request.theta, "as given"};
  auto const text = source.read("default:trade_elasticities.csv");
  if (!text) return fail(text.error());
  auto const file = parameters::read_trade_elasticities(*text, "trade_elasticities.csv");
  if (!file) return fail(file.error());
  std::vector<std::string> const sector{technology.sector};
  auto const found = parameters::trade_elasticities_of({&*file, 1}, sector);
  if (!found) return fail(found.error());
  return RangedNumber{
      found->theta[0], found->low[0], found->high[0],
      fmt::format("that of trade in {}, an assumption for makers of one stage", technology.sector)};
}

void mark_gates(SupplyTreeRequest const& request, TreeInputs& inputs, ErrorList& errors) {
  auto const names = stage_names(inputs.technology);
  inputs.gates.assign(names.size(), 0);
  if (request.gates == std::vector<std::string>{"none"}) return;
  for (auto const& tool : inputs.technology.tools) {
    if (tool.stage) inputs.gates[*tool.stage] = 1;
  }
  for (auto const& gate : request.gates) {
    auto const stage = inputs.technology.stage(gate);
    if (stage) {
      inputs.gates[*stage] = 1;
    } else {
      errors.add(ErrorCode::unknown_label, fmt::format("no stage is called '{}'", gate), "--gates",
                 did_you_mean(gate, names, fmt::format("stages: {}", fmt::join(names, ", "))));
    }
  }
}

void list_countries(SupplyTreeRequest const& request, TreeInputs& inputs, ErrorList& errors) {
  std::set<std::string> found;
  for (auto const& stage : inputs.technology.stages) {
    for (auto const& supplier : stage.suppliers) found.insert(supplier.region);
  }
  for (auto const& provider : inputs.providers) found.insert(provider.country);
  auto const region = describe_region(request.target);
  if (!found.contains(request.target) && region.name == region.label) {
    std::vector<std::string> const known{found.begin(), found.end()};
    errors.add(ErrorCode::unknown_label, fmt::format("'{}' is no country", request.target),
               "--target",
               did_you_mean(request.target, known,
                            fmt::format("a code of three letters, as those of the makers: {}",
                                        fmt::join(known, ", "))));
  }
  found.insert(request.target);
  inputs.countries.assign(found.begin(), found.end());
  inputs.target = static_cast<std::size_t>(
      std::lower_bound(inputs.countries.begin(), inputs.countries.end(), request.target) -
      inputs.countries.begin());
}

std::size_t place_of(std::vector<std::string> const& sorted, std::string const& label) {
  return static_cast<std::size_t>(std::lower_bound(sorted.begin(), sorted.end(), label) -
                                  sorted.begin());
}

}  // namespace

Result<TreeInputs> open_tree_inputs(SupplyTreeRequest const& request,
                                    ParameterSource const& source) {
  TreeInputs inputs;
  if (!source.read) {
    return fail(ErrorCode::file_not_found, "no files can be read here", "supply tree",
                "ask on the command line");
  }
  ErrorList errors;
  auto technology = open_technology_files(request.technology, source);
  if (!technology) {
    errors.add(technology.error());
    list_countries(request, inputs, errors);  // a target nobody knows is said at once
    return fail(errors.joined());
  }
  inputs.technology = *std::move(technology);
  if (!request.providers.empty()) {
    auto const text = source.read(request.providers);
    if (!text) return fail(text.error());
    auto rows =
        parameters::read_providers(*text, request.providers, stage_names(inputs.technology));
    if (rows) {
      inputs.providers = *std::move(rows);
    } else {
      errors.add(rows.error());
    }
  }
  mark_gates(request, inputs, errors);
  list_countries(request, inputs, errors);
  if (!errors.empty()) return fail(errors.joined());
  auto theta = theta_of(request, inputs.technology, source);
  if (!theta) return fail(theta.error());
  inputs.theta = *std::move(theta);
  if (inputs.technology.gate_access) {
    inputs.needed = inputs.technology.numbers[*inputs.technology.gate_access].value;
  }
  inputs.needed = request.needed.value_or(inputs.needed);
  return inputs;
}

Result<SupplyTree> tree_of(TreeInputs const& inputs, std::vector<double> const& values,
                           double theta) {
  std::vector<leverage::TreeStage> stages;
  for (std::size_t s = 0; s < inputs.technology.stages.size(); ++s) {
    auto const& from = inputs.technology.stages[s];
    leverage::TreeStage stage;
    stage.name = from.name;
    stage.own_cost = values[from.own_cost];
    stage.theta = theta;
    if (inputs.gates[s] != 0) stage.needed = inputs.needed;
    for (auto const& input : from.inputs) {
      stage.inputs.push_back({input.stage, values[input.amount]});
    }
    for (auto const& row : inputs.providers) {
      if (row.stage != from.name) continue;
      stage.makers.push_back({row.firm.empty() ? row.country : row.firm,
                              place_of(inputs.countries, row.country), row.share});
    }
    if (stage.makers.empty()) {
      for (auto const& each : from.suppliers) {
        stage.makers.push_back(
            {each.region, place_of(inputs.countries, each.region), values[each.share]});
      }
    }
    // Presets and draws move shares one by one: more than all there is becomes all there is.
    double sum = 0;
    for (auto const& maker : stage.makers) sum += maker.share;
    for (auto& maker : stage.makers) maker.share /= std::max(1.0, sum);
    stages.push_back(std::move(stage));
  }
  return SupplyTree::make(std::move(stages), inputs.technology.product, inputs.countries);
}

}  // namespace linchpin::study
