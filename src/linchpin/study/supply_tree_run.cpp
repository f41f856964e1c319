// SPDX-License-Identifier: Apache-2.0
#include "linchpin/study/supply_tree_run.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <set>
#include <utility>

#include "linchpin/core/nearest.h"
#include "linchpin/core/parallel.h"
#include "linchpin/core/random.h"
#include "linchpin/leverage/supply_tree.h"
#include "linchpin/parameters/providers.h"
#include "linchpin/parameters/technology.h"
#include "linchpin/parameters/trade_elasticities.h"
#include "linchpin/sampling/quantiles.h"
#include "linchpin/study/autonomy_answers.h"
#include "linchpin/study/leverage_spec.h"
#include "linchpin/study/leverage_world.h"

namespace linchpin::study {
namespace {

using leverage::SupplyTree;
using leverage::TreeScreen;
using parameters::Provider;
using parameters::Technology;

constexpr double default_needed = 0.5;

/// What a tree is made from, central and drawn.
struct TreeInputs {
  Technology technology;
  std::vector<Provider> providers;  ///< empty: the technology's countries
  RangedNumber theta;
  std::vector<char> gates;  ///< [stage]
  double needed = default_needed;
  std::vector<std::string> countries;
  std::size_t target = 0;
};

std::vector<std::string> stage_names(Technology const& technology) {
  std::vector<std::string> names;
  for (auto const& stage : technology.stages) names.push_back(stage.name);
  return names;
}

Result<Technology> open_technology_files(std::string const& name, ParameterSource const& source) {
  auto const toml = source.read(technology_file(name, "technology.toml"));
  if (!toml) return fail(toml.error());
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
  for (auto const& tool : inputs.technology.tools) {
    if (auto const stage = inputs.technology.stage(tool.name)) inputs.gates[*stage] = 1;
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
  bool const code =
      request.target.size() == 3 && std::all_of(request.target.begin(), request.target.end(),
                                                [](char c) { return c >= 'A' && c <= 'Z'; });
  if (!code) {
    std::vector<std::string> const known{found.begin(), found.end()};
    errors.add(ErrorCode::unknown_label, fmt::format("'{}' is no country", request.target),
               "--target", did_you_mean(request.target, known, "a code of three letters, as CHN"));
  }
  found.insert(request.target);
  inputs.countries.assign(found.begin(), found.end());
  inputs.target = static_cast<std::size_t>(
      std::lower_bound(inputs.countries.begin(), inputs.countries.end(), request.target) -
      inputs.countries.begin());
}

Result<TreeInputs> open_inputs(SupplyTreeRequest const& request, ParameterSource const& source) {
  TreeInputs inputs;
  if (!source.read) {
    return fail(ErrorCode::file_not_found, "no files can be read here", "supply tree",
                "ask on the command line");
  }
  auto technology = open_technology_files(request.technology, source);
  if (!technology) return fail(technology.error());
  inputs.technology = *std::move(technology);
  ErrorList errors;
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

std::size_t place_of(std::vector<std::string> const& sorted, std::string const& label) {
  return static_cast<std::size_t>(std::lower_bound(sorted.begin(), sorted.end(), label) -
                                  sorted.begin());
}

/// The tree at the given numbers. Makers of a stage are in the same order at all of them.
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

double pct(double log_cost) { return 100 * std::expm1(log_cost); }

std::vector<std::string> labels_of(TreeScreen const& screen, std::vector<std::size_t> const& set) {
  std::vector<std::string> labels;
  for (auto const c : set) labels.push_back(screen.screen.candidates[c].label);
  return labels;
}

Result<leverage::ChokepointAnswer> search(SupplyTree const& tree, TreeScreen const& screen,
                                          SupplyTreeRequest const& request,
                                          RunControl const& control) {
  leverage::ChokepointOptions options;
  options.k = request.k;
  options.proof_evaluations = request.proof_evaluations;
  options.reported = request.top;
  return leverage::find_chokepoints(screen.screen, leverage::tree_evaluator(tree, screen), options,
                                    control);
}

/// Sets that stop the product and do so with no link less, fewest links first.
std::vector<std::vector<std::size_t>> smallest_stops(std::vector<std::vector<std::size_t>> sets,
                                                     std::size_t most) {
  std::stable_sort(sets.begin(), sets.end(),
                   [](auto const& a, auto const& b) { return a.size() < b.size(); });
  std::vector<std::vector<std::size_t>> kept;
  for (auto const& set : sets) {
    if (kept.size() >= most) break;
    bool const more = std::any_of(kept.begin(), kept.end(), [&](auto const& less) {
      return std::includes(set.begin(), set.end(), less.begin(), less.end());
    });
    if (!more) kept.push_back(set);
  }
  return kept;
}

void add_stages(TreeInputs const& inputs, SupplyTree const& tree, SupplyTreeAnswer& answer) {
  auto const& stages = tree.stages();
  std::vector<double> const nothing(stages.size(), 0);
  auto const shares = tree.cost_shares(nothing);
  for (std::size_t s = 0; s < stages.size(); ++s) {
    if (tree.used()[s] == 0) continue;
    TreeStageRow row;
    row.stage = stages[s].name;
    row.title = inputs.technology.stages[s].title;
    row.cost_share_pct = 100 * shares[s];
    row.gates = stages[s].needed.has_value();
    double most = 0;
    for (auto const& maker : stages[s].makers) {
      if (maker.country == inputs.target) {
        row.home_share_pct += 100 * maker.share;
      } else if (maker.share > most) {
        most = maker.share;
        row.largest = maker.name;
      }
    }
    row.largest_share_pct = 100 * most;
    auto denied = nothing;
    denied[s] = most;
    auto const denial = tree.without(denied);
    row.stops = !denial.stopped.empty();
    if (!row.stops) row.cost_pct = pct(denial.log_cost);
    answer.stages.push_back(std::move(row));
  }
}

void add_actors(TreeInputs const& inputs, SupplyTree const& tree, SupplyTreeAnswer& answer) {
  for (auto const& actor : leverage::tree_actors(tree, inputs.target)) {
    TreeActorRow row{actor.name,   inputs.countries[actor.country],
                     actor.firm,   {},
                     std::nullopt, 100 * actor.sales};
    for (auto const s : actor.denial.stopped) row.stopped.push_back(tree.stages()[s].name);
    if (row.stopped.empty()) row.cost_pct = pct(actor.denial.log_cost);
    answer.actors.push_back(std::move(row));
  }
  auto const cut_row = [&](leverage::TreeCut const& cut) {
    return TreeCutRow{cut.possible, cut.possible ? tree.stages()[cut.stage].name : std::string{},
                      cut.members};
  };
  answer.link_cut = cut_row(leverage::smallest_link_cut(tree, inputs.target));
  answer.country_cut = cut_row(leverage::smallest_country_cut(tree, inputs.target));
}

struct TreeDraw {
  bool solved = false;
  std::vector<std::optional<double>> cost_pct;  ///< [set reported]; empty: stops the product
  std::vector<std::string> best;                ///< links of the best set
};

TreeDraw one_draw(TreeInputs const& inputs, SupplyTreeRequest const& request,
                  std::vector<std::vector<leverage::TreeLink>> const& sets, std::size_t place) {
  TreeDraw draw;
  Rng rng(Seed{request.ensemble->seed}, place);
  std::vector<double> values;
  for (auto const& number : inputs.technology.numbers) {
    values.push_back(peaked(number.low, number.value, number.high, rng.uniform()));
  }
  auto const theta = peaked(inputs.theta.low, inputs.theta.value, inputs.theta.high, rng.uniform());
  auto const tree = tree_of(inputs, values, theta);
  if (!tree) return draw;
  auto const screen = leverage::tree_screen(*tree, inputs.target, request.k);
  auto const found = search(*tree, screen, request, {});
  if (!found) return draw;
  draw.solved = true;
  for (auto const& set : sets) {
    std::vector<double> denied(tree->stages().size(), 0);
    for (auto const& link : set) {
      denied[link.stage] =
          std::min(1.0, denied[link.stage] + tree->stages()[link.stage].makers[link.maker].share);
    }
    auto const denial = tree->without(denied);
    draw.cost_pct.push_back(denial.stopped.empty() ? std::optional{pct(denial.log_cost)}
                                                   : std::nullopt);
  }
  if (!found->sets.empty()) draw.best = labels_of(screen, found->sets.front().members);
  return draw;
}

Result<void> add_draws(TreeInputs const& inputs, TreeScreen const& screen,
                       leverage::ChokepointAnswer const& found, SupplyTreeRequest const& request,
                       SupplyTreeAnswer& answer, RunControl const& control) {
  auto const& ensemble = *request.ensemble;
  std::vector<std::vector<leverage::TreeLink>> sets;
  for (auto const& set : found.sets) {
    auto& links = sets.emplace_back();
    for (auto const c : set.members) links.push_back(screen.links[c]);
  }
  std::vector<TreeDraw> drawn(ensemble.draws);
  auto const done = parallel_for(ensemble.draws, control, "draws", [&](std::size_t draw) {
    drawn[draw] = one_draw(inputs, request, sets, draw);
  });
  if (!done) return fail(done.error());
  answer.draws = ensemble.draws;
  answer.seed = ensemble.seed;
  auto const solved = static_cast<std::size_t>(
      std::count_if(drawn.begin(), drawn.end(), [](auto const& each) { return each.solved; }));
  answer.failed_draws = ensemble.draws - solved;
  if (solved == 0) return {};
  for (std::size_t s = 0; s < sets.size(); ++s) {
    auto& set = answer.sets[s];
    std::vector<double> column;
    std::size_t best = 0;
    std::set<std::string> const links(set.links.begin(), set.links.end());
    for (auto const& draw : drawn) {
      if (!draw.solved) continue;
      if (draw.cost_pct[s]) column.push_back(*draw.cost_pct[s]);
      if (std::set<std::string>(draw.best.begin(), draw.best.end()) == links) ++best;
    }
    set.stopped_draws = solved - column.size();
    set.best_share = static_cast<double>(best) / static_cast<double>(solved);
    std::sort(column.begin(), column.end());
    if (column.empty()) continue;
    for (double const chance : {0.05, 0.5, 0.95}) {
      set.band_pct.push_back(sampling::sorted_quantile(column, chance));
    }
  }
  for (auto const& candidate : screen.screen.candidates) {
    auto const in_best = std::count_if(drawn.begin(), drawn.end(), [&](auto const& draw) {
      return std::find(draw.best.begin(), draw.best.end(), candidate.label) != draw.best.end();
    });
    if (in_best == 0) continue;
    answer.link_shares.emplace_back(candidate.label,
                                    static_cast<double>(in_best) / static_cast<double>(solved));
  }
  std::stable_sort(answer.link_shares.begin(), answer.link_shares.end(),
                   [](auto const& a, auto const& b) { return a.second > b.second; });
  answer.warnings.push_back(
      "Over draws costs, amounts, shares and the elasticity are triangular in the ranges of the "
      "technology's numbers, independent of each other, the elasticity one for all stages; shares "
      "of a file of makers have no ranges.");
  return {};
}

}  // namespace

Result<SupplyTreeAnswer> run_supply_tree(SupplyTreeRequest const& request,
                                         ParameterSource const& source, RunControl const& control) {
  auto const inputs = open_inputs(request, source);
  if (!inputs) return fail(inputs.error());
  auto const tree = tree_of(*inputs, inputs->technology.values(), inputs->theta.value);
  if (!tree) return fail(tree.error());
  auto const screen = leverage::tree_screen(*tree, inputs->target, request.k);
  auto const found = search(*tree, screen, request, control);
  if (!found) return fail(found.error());
  SupplyTreeAnswer answer;
  answer.technology = inputs->technology.name;
  answer.title = inputs->technology.title;
  answer.product = inputs->technology.stages[inputs->technology.product].name;
  answer.target = request.target;
  answer.k = request.k;
  answer.theta = inputs->theta.value;
  answer.theta_words = inputs->theta.note;
  answer.makers_words =
      request.providers.empty()
          ? std::string{"countries, by the technology's numbers"}
          : fmt::format("those of {}; other stages by country", request.providers);
  answer.needed = inputs->needed;
  add_stages(*inputs, *tree, answer);
  for (auto const& each : found->sets) {
    TreeLinkSet set{labels_of(screen, each.members), pct(each.loss), {}, {}, 0, std::nullopt};
    for (auto const& [country, sales] : each.coalition) {
      set.sales_pct.emplace_back(inputs->countries[country], 100 * sales);
    }
    answer.sets.push_back(std::move(set));
  }
  if (found->bound) answer.bound_pct = pct(*found->bound);
  answer.optimal = found->optimal;
  for (auto const& set : smallest_stops(found->monopolies, request.top)) {
    answer.stops.push_back(labels_of(screen, set));
  }
  answer.evaluations = found->evaluations;
  add_actors(*inputs, *tree, answer);
  if (request.ensemble) {
    auto const done = add_draws(*inputs, screen, *found, request, answer, control);
    if (!done) return fail(done.error());
  }
  return answer;
}

}  // namespace linchpin::study
