// SPDX-License-Identifier: Apache-2.0
#include "linchpin/results/supply_tree.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <optional>
#include <string>
#include <utility>

#include "linchpin/results/json_members.h"
#include "linchpin/results/quantile_columns.h"
#include "linchpin/results/row_writer.h"

namespace linchpin {
namespace {

constexpr char const* stops_words = "the product cannot be made without them";

Json cuts_of(std::vector<TreeCutRow> const& cuts) {
  Json list = Json::array();
  for (auto const& cut : cuts) list.push_back({{"stage", cut.stage}, {"members", cut.members}});
  return list;
}

Json stages_of(SupplyTreeAnswer const& answer) {
  Json stages = Json::array();
  for (auto const& each : answer.stages) {
    Json object = {{"stage", each.stage},
                   {"title", each.title},
                   {"cost_share_pct", each.cost_share_pct},
                   {"home_share_pct", each.home_share_pct},
                   {"largest", each.largest.empty() ? Json(nullptr) : Json(each.largest)},
                   {"largest_share_pct", each.largest_share_pct},
                   {"gates", each.gates},
                   {"stops", each.stops}};
    set_number(object, "cost_pct", each.cost_pct, stops_words);
    stages.push_back(std::move(object));
  }
  return stages;
}

Json sets_of(SupplyTreeAnswer const& answer) {
  Json sets = Json::array();
  for (auto const& each : answer.sets) {
    Json senders = Json::array();
    for (auto const& [country, value] : each.value_pct) {
      senders.push_back({{"country", country}, {"value_pct", value}});
    }
    Json object = {
        {"links", each.links}, {"cost_pct", each.cost_pct}, {"senders", std::move(senders)}};
    set_number(object, "bound_pct", answer.bound_pct, "the search ended before a bound was proven");
    object["bound_kind"] = answer.bound_pct ? "proven" : "heuristic";
    if (answer.draws > 0) {
      Json draws = {{"stopped", each.stopped_draws}};
      char const* none = "in every draw the set stops the product, or no draw has an answer";
      char const* const names[] = {"cost_p05_pct", "cost_p50_pct", "cost_p95_pct"};
      for (std::size_t q = 0; q < 3; ++q) {
        set_number(draws, names[q], quantile_of(each.band_pct, q), none);
      }
      set_number(draws, "best_share", each.best_share, "no draw has an answer");
      object["draws"] = std::move(draws);
    }
    sets.push_back(std::move(object));
  }
  return sets;
}

}  // namespace

Json supply_tree_to_json(SupplyTreeAnswer const& answer, Json origin) {
  Json document = {{"schema", json_schema("linchpin.leverage-supply-tree")},
                   {"technology", answer.technology},
                   {"title", answer.title},
                   {"product", answer.product},
                   {"target", answer.target},
                   {"k", answer.k},
                   {"theta", answer.theta},
                   {"theta_words", answer.theta_words},
                   {"makers", answer.makers_words},
                   {"needed", answer.needed}};
  document["sets"] = sets_of(answer);
  document["optimal"] = answer.optimal;
  document["evaluations"] = answer.evaluations;
  document["stages"] = stages_of(answer);
  Json actors = Json::array();
  for (auto const& each : answer.actors) {
    Json object = {{"name", each.name},
                   {"country", each.country},
                   {"firm", each.firm},
                   {"stopped", each.stopped},
                   {"single_point", !each.stopped.empty()},
                   {"value_pct", each.value_pct}};
    set_number(object, "cost_pct", each.cost_pct, stops_words);
    actors.push_back(std::move(object));
  }
  document["actors"] = std::move(actors);
  document["link_cuts"] = cuts_of(answer.link_cuts);
  document["country_cuts"] = cuts_of(answer.country_cuts);
  document["draws"] = answer.draws;
  document["failed_draws"] = answer.failed_draws;
  Json shares = Json::array();
  for (auto const& [link, share] : answer.link_shares) {
    shares.push_back({{"link", link}, {"best_set_share", share}});
  }
  document["links"] = std::move(shares);
  document["warnings"] = answer.warnings;
  document["origin"] = std::move(origin);
  return document;
}

std::vector<ResultTable> supply_tree_tables(std::span<SupplyTreeAnswer const> answers) {
  if (answers.empty()) return {};
  ResultTable sets{
      "supply_tree_sets",
      "Makers whose denial makes the product dearest",
      "Rise of the product's unit cost, makers of one stage replacing each other at a price.",
      true,
      {text_column("technology", "Technology", "Name."),
       text_column("target", "Target", "Country that is denied the links."),
       integer_column("rank", "Rank", "", "1 makes it dearest."),
       text_column("links", "Links", "Maker and stage, separated by commas."),
       number_column("cost_pct", "Dearer", "%", "Unit cost of the product."),
       number_column("cost_p05_pct", "5 %", "%", "Over draws.", no_draws),
       number_column("cost_p95_pct", "95 %", "%", "Over draws.", no_draws),
       number_column("best_share", "Best set", "", "Share of draws in which it is the best set.",
                     no_draws),
       number_column("bound_pct", "Bound", "%", "No set costs more.", "not proven")}};
  RowWriter row(sets);
  for (auto const& answer : answers) {
    for (std::size_t s = 0; s < answer.sets.size(); ++s) {
      auto const& each = answer.sets[s];
      row << answer.technology << answer.target << s + 1
          << fmt::format("{}", fmt::join(each.links, ", ")) << each.cost_pct
          << quantile_of(each.band_pct, 0) << quantile_of(each.band_pct, 2) << each.best_share
          << answer.bound_pct;
    }
  }
  ResultTable stages{
      "supply_tree_stages",
      "Who holds which stage",
      "Stages of a technology seen from a target.",
      true,
      {text_column("technology", "Technology", "Name."),
       text_column("target", "Target", "Country it is seen from."),
       text_column("stage", "Stage", "Name."), text_column("title", "Title", "In words."),
       number_column("cost_share_pct", "Of the cost", "%", "Of the product that passes through."),
       number_column("home_share_pct", "At home", "%", "Of world supply."),
       text_column("largest", "Largest maker abroad", "Country or firm."),
       number_column("largest_share_pct", "Its share", "%", "Of world supply."),
       number_column("cost_pct", "Dearer without it", "%", "Unit cost of the product.",
                     stops_words),
       text_column("flag", "Flag", "gates, stops.")}};
  RowWriter line(stages);
  for (auto const& answer : answers) {
    for (auto const& each : answer.stages) {
      line << answer.technology << answer.target << each.stage << each.title << each.cost_share_pct
           << each.home_share_pct << each.largest << each.largest_share_pct << each.cost_pct
           << std::string{each.stops   ? "stops"
                          : each.gates ? "gates"
                                       : ""};
    }
  }
  ResultTable actors{
      "supply_tree_actors",
      "What each could do alone",
      "Every stage it makes is withheld.",
      true,
      {text_column("technology", "Technology", "Name."),
       text_column("target", "Target", "Country that is denied them."),
       text_column("name", "Who", "Country or firm."), text_column("country", "Country", "Code."),
       number_column("cost_pct", "Dearer", "%", "Unit cost of the product.", stops_words),
       number_column("value_pct", "Arises at it", "%", "Of the product's cost."),
       text_column("stopped", "Stops", "Stages that cannot be had without it.")}};
  RowWriter who(actors);
  for (auto const& answer : answers) {
    for (auto const& each : answer.actors) {
      who << answer.technology << answer.target << each.name << each.country << each.cost_pct
          << each.value_pct << fmt::format("{}", fmt::join(each.stopped, ", "));
    }
  }
  return {std::move(sets), std::move(stages), std::move(actors)};
}

}  // namespace linchpin
