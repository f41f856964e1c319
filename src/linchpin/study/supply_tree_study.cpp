// SPDX-License-Identifier: Apache-2.0
#include "linchpin/study/supply_tree_study.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <iterator>
#include <utility>

#include "linchpin/results/supply_tree.h"
#include "linchpin/study/required_keys.h"
#include "linchpin/study/supply_tree_run.h"
#include "linchpin/study/toml_reader.h"
#include "linchpin/study/words.h"
#include "linchpin/table/region_names.h"

namespace linchpin::study {
namespace {

std::string country_words(std::string const& code) {
  return with_article(describe_region(code).name);
}

/// "lithography tools" of "Lithography tools, per processed wafer": what a stage is, inside a
/// sentence.
std::string stage_words(SupplyTreeAnswer const& answer, std::string const& stage) {
  for (auto const& row : answer.stages) {
    if (row.stage != stage) continue;
    auto words = row.title.substr(0, row.title.find_first_of(",:"));
    bool const word = words.size() > 1 && words[0] >= 'A' && words[0] <= 'Z' &&
                      !(words[1] >= 'A' && words[1] <= 'Z');
    if (word) words[0] = static_cast<char>(words[0] - 'A' + 'a');
    return words;
  }
  return stage;
}

std::string stages_words(SupplyTreeAnswer const& answer, std::vector<std::string> const& stages) {
  std::vector<std::string> words;
  for (auto const& each : stages) words.push_back(stage_words(answer, each));
  return fmt::format("{}", fmt::join(words, ", "));
}

/// "Taiwan (servers, accelerators) and the United States (chip design)" of links such as
/// "TWN:system".
std::string links_words(SupplyTreeAnswer const& answer, std::vector<std::string> const& links) {
  std::vector<std::pair<std::string, std::vector<std::string>>> makers;
  for (auto const& link : links) {
    auto const colon = link.rfind(':');
    auto const name = link.substr(0, colon);
    auto found = std::find_if(makers.begin(), makers.end(),
                              [&](auto const& each) { return each.first == name; });
    if (found == makers.end()) found = makers.insert(makers.end(), {name, {}});
    found->second.push_back(link.substr(colon + 1));
  }
  std::vector<std::string> words;
  for (auto const& [name, stages] : makers) {
    words.push_back(fmt::format("{} ({})", country_words(name), stages_words(answer, stages)));
  }
  return list_words(words);
}

/// Who can stop it alone, each with the stages it does so by; else the fewest links that do.
std::string stop_words(SupplyTreeAnswer const& answer) {
  std::vector<std::string> countries, firms;
  for (auto const& actor : answer.actors) {
    if (actor.stopped.empty()) continue;
    auto const name = actor.firm ? actor.name : country_words(actor.name);
    auto const by = stages_words(answer, actor.stopped);
    (actor.firm ? firms : countries).push_back(fmt::format("{} ({})", name, by));
  }
  auto const target = country_words(answer.target);
  std::string text;
  if (!countries.empty()) {
    text = fmt::format("{} for {} can be stopped by {} alone: {}", answer.title, target,
                       countries.size() == 1 ? "one country" : "each of these countries",
                       list_words(countries));
    if (!firms.empty()) text += fmt::format("; of firms by {}", list_words(firms));
  } else if (!answer.link_cuts.empty()) {
    text = fmt::format("{} cannot be made for {} without {} together", answer.title, target,
                       links_words(answer, answer.link_cuts.front().members));
  }
  return text.empty() ? text : text + ".";
}

std::string dearer_words(SupplyTreeAnswer const& answer) {
  if (answer.sets.empty()) return {};
  auto const& set = answer.sets.front();
  auto text = fmt::format(
      "{} for {}: without {} a unit costs {} more, the most of what leaves it "
      "possible with {} denied",
      answer.title, country_words(answer.target), links_words(answer, set.links),
      percent_words(set.cost_pct),
      answer.k == 1 ? std::string{"one maker of a stage"}
                    : fmt::format("at most {} makers of a stage", answer.k));
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
    for (auto text : {stop_words(answer), dearer_words(answer)}) {
      if (!text.empty()) results.headlines.push_back(std::move(text));
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
