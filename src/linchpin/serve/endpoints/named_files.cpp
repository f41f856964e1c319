// SPDX-License-Identifier: Apache-2.0
#include "linchpin/serve/endpoints/named_files.h"

#include <fmt/format.h>

#include <algorithm>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "linchpin/study/autonomy_path.h"
#include "linchpin/study/leverage_carve.h"
#include "linchpin/study/supply_tree_inputs.h"
#include "linchpin/study/trade_world.h"

namespace linchpin::serve {
namespace {

/// Adds `error` and all found with it, each at the place that `place` gives for its own; what that
/// said besides becomes part of the words.
template <class Place>
void add_placed(Error const& error, Place const& place, ErrorList& errors) {
  auto const add = [&](Error const& each) {
    std::string const where = place(each.where);
    bool const told = each.where == where || each.where.starts_with("--") ||
                      each.where == "parameters" || each.where == "technology" ||
                      each.where == "world";
    auto what = told ? each.what : fmt::format("{}: {}", each.where, each.what);
    // What a text names wrongly is a mistake of it, not a path that leads nowhere.
    auto const code = each.code == ErrorCode::file_not_found ? ErrorCode::unknown_label : each.code;
    errors.add(code, std::move(what), where, each.hint);
  };
  add(error);
  for (auto const& each : error.further) add(each);
}

void check_tree(study::SupplyTreeSpec const& spec, study::ParameterSource const& source,
                ErrorList& errors) {
  study::SupplyTreeRequest request;
  request.technology = spec.technology.value;
  request.target = spec.target.value;
  if (spec.providers) request.providers = spec.providers->value;
  for (auto const& gate : spec.gates) request.gates.push_back(gate.value);
  auto const inputs = study::open_tree_inputs(request, source);
  if (inputs) return;
  auto const place = [&](std::string_view where) -> std::string const& {
    if (where == "--target") return spec.target.where;
    if (where == "--gates" && !spec.gates.empty()) return spec.gates.front().where;
    bool const makers = where == "parameters" || where.starts_with(request.providers);
    return makers && spec.providers ? spec.providers->where : spec.technology.where;
  };
  // Whether a name is a technology or a file of makers cannot be seen in an error of the source.
  auto const& first = inputs.error();
  bool const technology = first.what.find(spec.technology.value) != std::string::npos;
  if (first.where == "parameters" && technology) {
    return add_placed(first, [&](auto const&) { return spec.technology.where; }, errors);
  }
  add_placed(first, place, errors);
}

void check_path(study::AfterSpec const& spec, IndustrySpace const& space,
                study::ParameterSource const& source, ErrorList& errors) {
  if (!spec.autonomy) return;
  auto const known = study::check_autonomy_path(
      {*spec.autonomy, spec.technology, spec.years, spec.programme}, space, source);
  if (known) return;
  auto const place = [&](std::string const& where) {
    bool const named = spec.technology && where == spec.technology->where;
    return named ? spec.technology->where : spec.autonomy->where;
  };
  add_placed(known.error(), place, errors);
}

void check_worlds(study::PowerSpec const& spec, WorldStore const& worlds, ErrorList& errors) {
  for (auto const& each : spec.worlds) {
    auto const known = worlds.find(each.value);
    if (!known) add_placed(known.error(), [&](auto const&) { return each.where; }, errors);
  }
}

}  // namespace

void check_named_sets(study::TradeModelSpec const& model, IndustrySpace const& space,
                      study::ParameterSource const& source, ErrorList& errors) {
  auto const known = study::check_elasticities(model, space, source);
  if (known) return;
  add_placed(known.error(), [&](auto const&) { return model.theta->where; }, errors);
}

void check_compared_set(study::Placed<std::string> const& set, IndustrySpace const& space,
                        study::ParameterSource const& source, ErrorList& errors) {
  if (set.value == "low" || set.value == "high" || set.value == "uniform") return;
  study::TradeModelSpec model;
  model.theta = set;
  check_named_sets(model, space, source, errors);
}

void check_named_sets(study::EquilibriumSpec const& spec, IndustrySpace const& space,
                      study::ParameterSource const& source, ErrorList& errors) {
  check_named_sets(spec.model, space, source, errors);
  std::vector<std::string> told;  // one of the table is that of every scenario
  if (spec.model.theta) told.push_back(spec.model.theta->where);
  for (auto const& scenario : spec.scenarios) {
    auto const& theta = scenario.model.theta;
    if (!theta || std::find(told.begin(), told.end(), theta->where) != told.end()) continue;
    told.push_back(theta->where);
    check_named_sets(scenario.model, space, source, errors);
  }
}

void check_named_files(study::LeverageSpec const& spec, WorldStore const& worlds,
                       OpenWorld const& world, study::ParameterSource const& source,
                       RunControl const& control, ErrorList& errors) {
  auto const& space = world.economy.space();
  check_named_sets(spec.model, space, source, errors);
  if (spec.power) {
    check_worlds(*spec.power, worlds, errors);
    for (auto const& set : spec.power->compare) check_compared_set(set, space, source, errors);
  }
  for (auto const& tree : spec.supply_trees) check_tree(tree, source, errors);
  for (auto const& after : spec.after) check_path(after, space, source, errors);
  bool const minerals = std::any_of(spec.carve.begin(), spec.carve.end(),
                                    [](auto const& each) { return !each.minerals.empty(); });
  if (!minerals || !errors.empty()) return;  // labels must be known
  auto const ground = world.trade(control);
  if (!ground) return errors.add(ground.error());
  std::vector<std::string> warnings;
  auto const lines = study::carve_lines(spec, **ground, source, warnings);
  if (!lines) errors.add(lines.error());
}

}  // namespace linchpin::serve
