// SPDX-License-Identifier: Apache-2.0
#include "linchpin/study/autonomy_json.h"

#include <fmt/format.h>

#include <optional>

#include "linchpin/study/autonomy_tables.h"

namespace linchpin::study {
namespace {

using uncertainty::Spread;

Json to_json(Spread const& spread) {
  return {{"p05", spread.p05}, {"p50", spread.p50}, {"p95", spread.p95}};
}

template <class Quantiles>
Json optional_quantiles(Quantiles const& each, char const* reason) {
  Json object = Json::object();
  auto const add = [&](char const* name, std::optional<double> value) {
    object[name] = value ? Json(*value) : Json(nullptr);
    if (!value) object[std::string{name} + "_reason"] = reason;
  };
  add("p05", each.p05);
  add("p50", each.p50);
  add("p95", each.p95);
  return object;
}

Json path_to_json(std::vector<localize::PathYear> const& path) {
  Json rows = Json::array();
  for (auto const& each : path) {
    rows.push_back({{"year", each.year},
                    {"real_final_use", each.welfare},
                    {"domestic_share", each.home_share},
                    {"unmet_share", each.unmet_share},
                    {"unit_cost_relative", each.unit_cost},
                    {"quality_relative", each.quality},
                    {"experience", each.experience},
                    {"outlay", each.outlay},
                    {"export_price", each.export_price},
                    {"share_abroad", each.share_abroad}});
  }
  return rows;
}

Json technology_to_json(AutonomyAnswer const& answer, AutonomyStudy const& study,
                        std::vector<std::string> const& regions) {
  Json entry = {{"technology", answer.technology},
                {"title", answer.title},
                {"region", answer.region},
                {"region_name", answer.region_name}};
  entry["central"] = {{"with_programme", path_to_json(answer.central.with)},
                      {"without_programme", path_to_json(answer.central.without)}};
  Json abroad = Json::object();
  auto const& with = answer.central.with.back().welfare_abroad;
  auto const& without = answer.central.without.back().welfare_abroad;
  for (std::size_t n = 0; n < regions.size(); ++n) {
    abroad[regions[n]] = 100 * (with[n] / without[n] - 1);
  }
  entry["programme_effect_in_last_year_pct"] = std::move(abroad);
  entry["verdict"] = to_string(answer.central_insurance.verdict);
  Json first = Json::array();
  for (std::size_t k = 0; k < answer.first_year.share.size(); ++k) {
    first.push_back({{"domestic_share", answer.first_year.share[k]},
                     {"loss_pct", 100 * answer.first_year.loss[k]}});
  }
  entry["first_year_losses"] = std::move(first);
  Json numbers = Json::array();
  for (auto const& each : answer.parameters) {
    numbers.push_back(
        {{"name", each.name}, {"value", each.value}, {"low", each.low}, {"high", each.high}});
  }
  entry["numbers"] = std::move(numbers);
  entry["assumption_share"] = answer.assumptions;
  entry["failed_draws"] = answer.failed;
  entry["failures"] = answer.failures;
  entry["headlines"] = autonomy_sentences(answer, study);
  entry["notes"] = answer.warnings;
  entry["notes"].push_back(assumption_note(answer));
  return entry;
}

}  // namespace

std::string assumption_note(AutonomyAnswer const& answer) {
  return fmt::format("{:.0f} % of the numbers behind {} are assumptions.", 100 * answer.assumptions,
                     answer.title);
}

Json autonomy_to_json(std::vector<AutonomyAnswer> const& answers, AutonomyStudy const& study,
                      std::vector<std::string> const& regions) {
  Json document = {{"schema", json_schema("linchpin.localize")}, {"title", study.title}};
  document["autonomy"] = Json::array();
  document["manageable"] = Json::array();
  document["break_even_probability"] = Json::object();
  document["technologies"] = Json::array();
  std::size_t failed = 0;
  for (auto const& answer : answers) {
    for (auto const& year : answer.years) {
      document["autonomy"].push_back(
          {{"technology", answer.technology},
           {"region", answer.region},
           {"year", year.year},
           {"domestic_share", to_json(year.domestic_share)},
           {"unit_cost_relative", to_json(year.unit_cost_relative)},
           {"quality_relative", to_json(year.quality_relative)},
           {"programme_cost_pct_income", to_json(year.programme_cost_pct)},
           {"cutoff_loss_pct_income", to_json(year.loss_pct)},
           {"cutoff_loss_without_programme_pct_income", to_json(year.loss_without_pct)}});
    }
    document["manageable"].push_back(
        {{"technology", answer.technology},
         {"threshold_pct", answer.threshold_pct},
         {"threshold_of", to_string(answer.threshold_of)},
         {"threshold_note", answer.threshold_note},
         {"year", optional_quantiles(answer.manageable, "not within the years of the study")},
         {"probability_by_end", answer.manageable.probability}});
    auto even = optional_quantiles(answer.break_even,
                                   "not within the years of the study, counting final use only");
    even["pays_without_cut_off"] = answer.break_even.pays_without_cut_off;
    even["never"] = answer.break_even.never;
    document["break_even_probability"][answer.technology] = std::move(even);
    document["technologies"].push_back(technology_to_json(answer, study, regions));
    failed += answer.failed;
  }
  document["tables"] = Json::array();
  for (auto const& table : autonomy_tables(answers, study)) {
    document["tables"].push_back(table_to_json(table));
  }
  document["preset"] = study.asks.preset;
  document["draws"] = study.draws;
  document["failed_draws"] = failed;
  return document;
}

}  // namespace linchpin::study
