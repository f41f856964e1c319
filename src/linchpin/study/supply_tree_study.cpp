// SPDX-License-Identifier: Apache-2.0
#include "linchpin/study/supply_tree_study.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <iterator>
#include <utility>

#include "linchpin/results/supply_tree.h"
#include "linchpin/study/standoff_reader.h"
#include "linchpin/study/supply_tree_run.h"
#include "linchpin/study/toml_reader.h"
#include "linchpin/study/words.h"

namespace linchpin::study {
namespace {

std::string headline_of(SupplyTreeAnswer const& answer) {
  std::string text;
  if (!answer.link_cuts.empty()) {
    auto const& cut = answer.link_cuts.front();
    text = fmt::format("{} cannot be made for {} without {}", answer.title, answer.target,
                       list_words(cut.members));
  }
  if (answer.sets.empty()) return text.empty() ? text : text + ".";
  auto const& set = answer.sets.front();
  text += text.empty() ? answer.title + " for " + answer.target + ": without " : "; without ";
  text +=
      fmt::format("{} a unit costs {} more", list_words(set.links), percent_words(set.cost_pct));
  if (set.band_pct.size() == 3) {
    text += fmt::format(" ({} to {} in nine draws of ten)", percent_words(set.band_pct[0]),
                        percent_words(set.band_pct[2]));
  }
  return text + ".";
}

}  // namespace

SupplyTreeSpec read_supply_tree(TomlReader& reader) {
  SupplyTreeSpec spec;
  spec.technology = needed_name(reader, "technology", "\"ai-chips\"");
  spec.target = needed_name(reader, "target", "\"CHN\"");
  if (auto const file = reader.name("providers")) spec.providers = *file;
  spec.gates = reader.texts("gates");
  if (auto const k = reader.whole("k", {.lowest = 1, .highest = 20})) spec.k = k->value;
  if (auto const top = reader.whole("top", {.lowest = 1, .highest = 1000})) spec.top = top->value;
  if (auto const theta = reader.number("theta", {.lowest = 1e-6, .highest = 1000})) {
    spec.theta = theta->value;
  }
  if (auto const needed = reader.number("needed", {.lowest = 0, .highest = 1})) {
    spec.needed = needed->value;
  }
  reader.finish();
  return spec;
}

Result<std::vector<SupplyTreeAnswer>> ask_supply_trees(std::span<SupplyTreeSpec const> specs,
                                                       std::optional<EnsembleSpec> const& ensemble,
                                                       ParameterSource const& source,
                                                       RunControl const& control) {
  std::vector<SupplyTreeAnswer> answers;
  for (auto const& spec : specs) {
    SupplyTreeRequest request;
    request.technology = spec.technology.value;
    request.target = spec.target.value;
    request.k = static_cast<std::size_t>(spec.k);
    request.top = static_cast<std::size_t>(spec.top);
    if (spec.providers) request.providers = spec.providers->value;
    request.theta = spec.theta;
    request.needed = spec.needed;
    for (auto const& gate : spec.gates) request.gates.push_back(gate.value);
    request.ensemble = ensemble;
    auto found = run_supply_tree(request, source, control);
    if (!found) {
      auto error = found.error();
      error.where = fmt::format("{}: {}", spec.technology.where, error.where);
      return fail(std::move(error));
    }
    answers.push_back(*std::move(found));
  }
  return answers;
}

void add_supply_trees(ResultSet& results, std::span<SupplyTreeAnswer const> answers) {
  if (answers.empty()) return;
  for (auto const& answer : answers) {
    if (auto text = headline_of(answer); !text.empty()) {
      results.headlines.push_back(std::move(text));
    }
    results.notes.push_back(
        {NoteKind::assumption, fmt::format("Makers of {} for {}", answer.title, answer.target),
         fmt::format("Makers: {}. Shares are the world's: {} is taken to buy as the world does, "
                     "and a denial to reach what others build in for it. Makers of a stage replace "
                     "each other with an elasticity of {:g} ({}); amounts of inputs are fixed; a "
                     "stage that gates needs a share of {:g} to be left; no new makers, no stocks.",
                     answer.makers_words, answer.target, answer.theta, answer.theta_words,
                     answer.needed)});
    for (auto const& text : answer.warnings) {
      auto& said = results.warnings;
      if (std::find(said.begin(), said.end(), text) == said.end()) said.push_back(text);
    }
  }
  results.headline_scenarios.resize(results.headlines.size());
  auto tables = supply_tree_tables(answers);
  results.tables.insert(results.tables.end(), std::make_move_iterator(tables.begin()),
                        std::make_move_iterator(tables.end()));
}

}  // namespace linchpin::study
