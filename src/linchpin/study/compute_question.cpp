// SPDX-License-Identifier: Apache-2.0
#include "linchpin/study/compute_question.h"

#include <fmt/format.h>

#include <algorithm>
#include <type_traits>
#include <utility>

#include "linchpin/core/lowercase.h"
#include "linchpin/core/nearest.h"
#include "linchpin/localize/chips.h"

namespace linchpin::study {
namespace {

using localize::Quantiles;
using parameters::SourcedNumber;

constexpr char const* shipped_numbers = "default:compute.csv";
constexpr char const* hardware = "default:technologies/ai-chips/hardware.csv";

/// Without folders and the mark of shipped files.
std::string file_name(std::string const& name) { return name.substr(name.find_last_of("/:") + 1); }

/// The shipped numbers, with those of the user's files in their place.
Result<std::vector<SourcedNumber>> read_numbers(std::vector<std::string> const& names,
                                                ParameterSource const& files) {
  std::vector<SourcedNumber> numbers;
  for (auto const& name : names) {
    auto const text = files.read(name);
    if (!text) return fail(text.error());
    auto read = parameters::read_sourced_numbers(*text, file_name(name));
    if (!read) return fail(read.error());
    for (auto& each : *read) {
      auto const same = std::find_if(numbers.begin(), numbers.end(),
                                     [&](SourcedNumber const& one) { return one.key == each.key; });
      if (same == numbers.end()) {
        numbers.push_back(std::move(each));
      } else {
        *same = std::move(each);
      }
    }
  }
  return numbers;
}

/// Accelerators whose name holds one of the words, whatever its case.
Result<std::vector<parameters::Accelerator>> chosen_chips(std::vector<std::string> const& words,
                                                          std::string const& where,
                                                          ParameterSource const& files) {
  std::vector<parameters::Accelerator> result;
  if (words.empty()) return result;
  auto const text = files.read(hardware);
  if (!text) return fail(text.error());
  auto const all = parameters::read_accelerators(*text, file_name(hardware));
  if (!all) return fail(all.error());
  std::vector<std::string> names;
  std::vector<bool> used(words.size(), false);
  for (auto const& each : *all) {
    names.push_back(each.name);
    bool wanted = false;
    for (std::size_t w = 0; w < words.size(); ++w) {
      if (lowercase(each.name).find(lowercase(words[w])) == std::string::npos) continue;
      wanted = used[w] = true;
    }
    if (wanted) result.push_back(each);
  }
  ErrorList errors;
  for (std::size_t w = 0; w < words.size(); ++w) {
    if (used[w]) continue;
    errors.add(ErrorCode::unknown_label, fmt::format("no accelerator is called '{}'", words[w]),
               where, did_you_mean(words[w], names, "a part of the name will do: H100, Ascend"));
  }
  if (!errors.empty()) return fail(errors.joined());
  return result;
}

Json to_json(Quantiles const& quantiles) {
  return {{"p05", quantiles.p05}, {"p50", quantiles.p50}, {"p95", quantiles.p95}};
}

template <class Names, class Values>
Json by_name(Names const& names, Values const& values) {
  Json object = Json::object();
  for (std::size_t k = 0; k < names.size(); ++k) {
    if constexpr (std::is_same_v<typename Values::value_type, Quantiles>) {
      object[to_string(names[k])] = to_json(values[k]);
    } else {
      object[to_string(names[k])] = values[k];
    }
  }
  return object;
}

Json numbers_to_json(std::vector<SourcedNumber> const& numbers) {
  Json rows = Json::array();
  for (auto const& each : numbers) {
    rows.push_back({{"key", each.key},
                    {"value", each.value},
                    {"low", each.low},
                    {"high", each.high},
                    {"unit", each.unit},
                    {"status", to_string(each.status)},
                    {"source", each.source},
                    {"date", each.date},
                    {"note", each.note}});
  }
  return rows;
}

Json chips_to_json(std::vector<parameters::Accelerator> const& chips) {
  Json rows = Json::array();
  for (auto const& each : chips) {
    Json row = {{"name", each.name}, {"maker", each.maker}, {"released", each.released}};
    auto const add = [&](char const* name, std::optional<double> value) {
      row[name] = value ? Json(*value) : Json(nullptr);
      if (!value) row[std::string{name} + "_reason"] = "the source does not say";
    };
    add("performance_16bit", each.performance_16bit);
    add("memory", each.memory);
    add("memory_bandwidth", each.memory_bandwidth);
    add("power", each.power);
    add("tpp", each.tpp);
    add("performance_density", density_of(each));
    row["limit_met"] = limit_met(each);
    rows.push_back(std::move(row));
  }
  return rows;
}

}  // namespace

Result<ComputeAnswer> answer_compute(ComputeRequest const& request, ParameterSource const& files,
                                     RunControl const& control) {
  std::vector<std::string> names{shipped_numbers};
  names.insert(names.end(), request.files.begin(), request.files.end());
  auto numbers = read_numbers(names, files);
  if (!numbers) return fail(numbers.error());
  auto ensemble = localize::compute_ensemble(*numbers, request.draws, Seed{request.seed}, control);
  if (!ensemble) return fail(ensemble.error());
  auto chips = chosen_chips(request.chips, request.where, files);
  if (!chips) return fail(chips.error());
  return ComputeAnswer{*std::move(numbers), *std::move(ensemble), *std::move(chips)};
}

char const* limit_met(parameters::Accelerator const& chip) {
  if (!chip.tpp) return "unknown";
  auto const test = localize::test_accelerator(*chip.tpp, chip.die_area);
  if (test.by_performance) return "performance";
  if (test.by_density) return "density";
  return *chip.tpp >= localize::tpp_limit_with_density && !chip.die_area ? "unknown" : "none";
}

std::optional<double> density_of(parameters::Accelerator const& chip) {
  if (!chip.tpp || !chip.die_area) return std::nullopt;
  return localize::performance_density(*chip.tpp, *chip.die_area);
}

std::string assumption_note(ComputeAnswer const& answer) {
  return fmt::format("{:.0f} % of the {} numbers are assumptions; ranges are drawn independently.",
                     100 * answer.ensemble.assumptions, answer.numbers.size());
}

Json compute_to_json(ComputeAnswer const& answer) {
  auto const& [numbers, ensemble, chips] = answer;
  Json document = {{"schema", json_schema("linchpin.compute")}};
  document["binding"] = to_string(ensemble.binding);
  document["binding_probability"] =
      by_name(localize::all_constraints, ensemble.binding_probability);
  document["effective_compute"] = by_name(localize::all_sources, ensemble.by_source);
  document["effective_compute"]["total"] = to_json(ensemble.total);
  document["shadow_values"] = by_name(localize::all_constraints, ensemble.shadow_values);
  document["domestic_chips"] = to_json(ensemble.chips);
  document["gap_months"] = ensemble.gap_months ? to_json(*ensemble.gap_months) : Json(nullptr);
  if (!ensemble.gap_months) document["gap_months_reason"] = "there is no compute to compare";
  document["draws"] = ensemble.draws;
  document["failed_draws"] = ensemble.failed_draws;
  document["assumption_share"] = ensemble.assumptions;
  document["numbers"] = numbers_to_json(numbers);
  document["notes"] = Json{assumption_note(answer)};
  if (!chips.empty()) document["chips"] = chips_to_json(chips);
  return document;
}

}  // namespace linchpin::study
