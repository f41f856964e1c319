// SPDX-License-Identifier: Apache-2.0
#include "linchpin/study/measures/document.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace linchpin::study {
namespace {

template <class Value>
std::string name_in(std::map<std::string, Value> const& names, Value value) {
  for (auto const& [name, each] : names) {
    if (each == value) return name;
  }
  return "";
}

void add_solution(Origin& origin, std::vector<SolvedWorld> const& solved) {
  for (auto const& world : solved) {
    auto const of = solved.size() == 1 ? "" : "_" + world.name;
    origin.options.emplace_back("method" + of, name_of(world.method));
    origin.options.emplace_back("residual" + of, world.residual);
    origin.options.emplace_back("error_bound" + of, world.error_bound);
  }
}

}  // namespace

std::map<std::string, depend::SolveMethod> const& method_names() {
  static std::map<std::string, depend::SolveMethod> const names = {
      {"automatic", depend::SolveMethod::automatic},
      {"direct", depend::SolveMethod::direct},
      {"iterative", depend::SolveMethod::iterative}};
  return names;
}

std::map<std::string, depend::ExtractionKind> const& extraction_names() {
  static std::map<std::string, depend::ExtractionKind> const names = {
      {"flows", depend::ExtractionKind::flows},
      {"total", depend::ExtractionKind::total},
      {"backward", depend::ExtractionKind::backward},
      {"forward", depend::ExtractionKind::forward}};
  return names;
}

std::string name_of(depend::SolveMethod method) { return name_in(method_names(), method); }

void describe(Origin& origin, MeasureWords const& words, MeasureRequest const& request,
              std::vector<SolvedWorld> const& solved) {
  origin.world_name = fmt::format("{}", fmt::join(words.worlds, ", "));
  origin.options = {
      {"measure", fmt::format("{}", fmt::join(words.measures, ", "))},
      {"buyer", fmt::format("{}", fmt::join(words.buyers, ", "))},
      {"supplier", fmt::format("{}", fmt::join(words.suppliers, ", "))},
      {"group", fmt::format("{}", fmt::join(words.groups, "; "))},
      {"worlds", fmt::format("{}", fmt::join(words.titles, "; "))},
      {"top", static_cast<std::int64_t>(request.top)},
      {"detail", request.detail},
      {"third_country", request.by_third_country},
      {"share", request.share},
      {"kind", name_in(extraction_names(), request.kind)},
      {"resourced", request.resourced},
      {"rise", request.rise},
  };
  add_solution(origin, solved);
}

Json measures_to_json(std::span<Measure const* const> measures, MeasureAnswers const& answers,
                      Origin const& origin) {
  Json document = {{"schema", json_schema("linchpin.depend-measures")}};
  auto& list = document["measures"] = Json::array();
  for (auto const* measure : measures) {
    list.push_back({{"name", std::string(measure->name)},
                    {"meaning", std::string(measure->meaning)},
                    {"not_for", std::string(measure->not_for)}});
  }
  for (auto const& table : answers.tables) document[table.name] = rows_to_json(table);
  document["origin"] = origin_to_json(origin);
  return document;
}

}  // namespace linchpin::study
