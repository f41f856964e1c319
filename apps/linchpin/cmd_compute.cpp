// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <memory>
#include <optional>
#include <type_traits>

#include "apps/linchpin/context.h"
#include "apps/linchpin/origin.h"
#include "apps/linchpin/terminal.h"
#include "linchpin/core/lowercase.h"
#include "linchpin/core/nearest.h"
#include "linchpin/localize/chips.h"
#include "linchpin/localize/compute_case.h"
#include "linchpin/parameters/accelerators.h"
#include "linchpin/results/json.h"

namespace linchpin::app {
namespace {

using localize::ComputeEnsemble;
using localize::Quantiles;
using parameters::SourcedNumber;

constexpr double exa = 1e18;
constexpr std::size_t most_draws = 1'000'000;  // all answers are kept until they are sorted

struct ComputeOptions {
  std::vector<std::string> files;
  std::vector<std::string> chips;  ///< parts of names
  std::size_t draws = 4096;
  std::uint64_t seed = 1;
};

/// The shipped numbers, with those of the user's files in their place.
Result<std::vector<SourcedNumber>> read_numbers(std::vector<std::filesystem::path> const& files) {
  std::vector<SourcedNumber> numbers;
  for (auto const& file : files) {
    auto const text = read_text(file);
    if (!text) return fail(text.error());
    auto read = parameters::read_sourced_numbers(*text, file.filename().string());
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

std::string assumption_note(ComputeEnsemble const& ensemble, std::size_t numbers) {
  return fmt::format("{:.0f} % of the {} numbers are assumptions; ranges are drawn independently.",
                     100 * ensemble.assumptions, numbers);
}

Json document_of(ComputeEnsemble const& ensemble, std::vector<SourcedNumber> const& numbers) {
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
  document["notes"] = Json{assumption_note(ensemble, numbers.size())};
  return document;
}

std::vector<std::string> row_of(std::string name, Quantiles const& quantiles, double unit) {
  return {std::move(name), fmt::format("{:.3g}", quantiles.p05 / unit),
          fmt::format("{:.3g}", quantiles.p50 / unit), fmt::format("{:.3g}", quantiles.p95 / unit)};
}

void print_answer(ComputeEnsemble const& ensemble, std::vector<SourcedNumber> const& numbers) {
  std::vector<std::vector<std::string>> rows;
  for (std::size_t k = 0; k < localize::all_sources.size(); ++k) {
    rows.push_back(row_of(to_string(localize::all_sources[k]), ensemble.by_source[k], exa));
  }
  rows.push_back(row_of("total", ensemble.total, exa));
  print(text_table({"effective compute, EFLOP/s", "5 %", "median", "95 %"}, rows));
  print_line();
  rows.clear();
  constexpr std::array units{"wafer", "stack", "package", "MW"};
  for (std::size_t k = 0; k < localize::all_constraints.size(); ++k) {
    auto row = row_of(fmt::format("{} (per {})", to_string(localize::all_constraints[k]), units[k]),
                      ensemble.shadow_values[k], 1e12);
    row.insert(row.begin() + 1, fmt::format("{:.0f} %", 100 * ensemble.binding_probability[k]));
    rows.push_back(std::move(row));
  }
  print(text_table({"constraint", "binds", "TFLOP/s of one more: 5 %", "median", "95 %"}, rows));
  print_line();
  auto const place = static_cast<std::size_t>(ensemble.binding);
  print_line(fmt::format(
      "At the values given, {} holds production back; it does in {:.0f} % of {} draws.",
      to_string(ensemble.binding), 100 * ensemble.binding_probability[place], ensemble.draws));
  if (ensemble.gap_months) {
    print_line(fmt::format("Behind the frontier by {:.0f} months ({:.0f} to {:.0f}).",
                           ensemble.gap_months->p50, ensemble.gap_months->p05,
                           ensemble.gap_months->p95));
  }
  if (ensemble.failed_draws > 0) print_line(fmt::format("{} draws failed.", ensemble.failed_draws));
  print(wrap(dim(assumption_note(ensemble, numbers.size()))));
}

/// Accelerators whose name holds one of the words, whatever its case.
Result<std::vector<parameters::Accelerator>> chosen_chips(std::vector<std::string> const& words,
                                                          std::filesystem::path const& file) {
  std::vector<parameters::Accelerator> result;
  if (words.empty()) return result;
  auto const text = read_text(file);
  if (!text) return fail(text.error());
  auto const all = parameters::read_accelerators(*text, file.filename().string());
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
               "--chip", did_you_mean(words[w], names, "a part of the name will do: H100, Ascend"));
  }
  if (!errors.empty()) return fail(errors.joined());
  return result;
}

/// Which of the limits tested it meets: "performance", "density", "none"; "unknown" where it would
/// take the area of its dies to say.
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

void print_chips(std::vector<parameters::Accelerator> const& chips) {
  std::vector<std::vector<std::string>> rows;
  auto const text = [](std::optional<double> value, double unit) {
    return value ? fmt::format("{:.5g}", *value / unit) : std::string{"–"};
  };
  for (auto const& each : chips) {
    rows.push_back({shortened(each.name, 40), each.released, text(each.performance_16bit, 1e12),
                    text(each.memory, 1e9), text(each.power, 1), text(each.tpp, 1),
                    text(density_of(each), 1), limit_met(each)});
  }
  print(text_table({"accelerator", "released", "TFLOP/s, 16 bits", "GB", "W", "TPP", "density",
                    "limit of 3A090.a met"},
                   rows));
  print(wrap(dim(
      "TPP at least 4800, or 1600 with a density of 5.92; the lower tier 3A090.b is not tested. "
      "Arithmetic with published figures, no legal advice. Source: Epoch AI, CC BY 4.0.")));
  print_line();
}

Result<void> run_compute(ComputeOptions const& options, Context const& context) {
  RunClock const clock;
  std::vector<std::filesystem::path> files{context.data_dir / "parameters" / "compute.csv"};
  for (auto const& each : options.files) {
    if (each != "default") files.emplace_back(each);
  }
  auto const numbers = read_numbers(files);
  if (!numbers) return fail(numbers.error());
  auto const ensemble = localize::compute_ensemble(*numbers, options.draws, Seed{options.seed});
  if (!ensemble) return fail(ensemble.error());
  auto const hardware =
      context.data_dir / "parameters" / "technologies" / "ai-chips" / "hardware.csv";
  auto const chips = chosen_chips(options.chips, hardware);
  if (!chips) return fail(chips.error());
  if (!chips->empty()) files.push_back(hardware);
  if (!context.json) {
    if (!chips->empty()) print_chips(*chips);
    print_answer(*ensemble, *numbers);
    return {};
  }
  Origin origin;
  origin.seed = options.seed;
  origin.options = {{"draws", static_cast<std::int64_t>(options.draws)}};
  if (auto const filled = clock.fill(origin, files); !filled) return filled;
  auto document = document_of(*ensemble, *numbers);
  if (!chips->empty()) document["chips"] = chips_to_json(*chips);
  auto described = origin_to_json(origin);
  described.erase("world");
  document["origin"] = std::move(described);
  print_line(to_text(document));
  return {};
}

}  // namespace

void add_compute(CLI::App& app, Context& context, Action& action) {
  auto const options = std::make_shared<ComputeOptions>();
  auto& command = *app.add_subcommand(
      "compute", "Computing power of a country under export controls, and what holds it back");
  command
      .add_option("--parameters", options->files,
                  "File of numbers in place of the shipped ones, key by key; repeatable")
      ->allow_extra_args(false);
  command
      .add_option(
          "--chip", options->chips,
          "Accelerator to test against the limits of US rules, part of its name; repeatable")
      ->allow_extra_args(false);
  command.add_option("--draws", options->draws, "How many draws over the ranges")
      ->check(CLI::Range(std::size_t{1}, most_draws))
      ->capture_default_str();
  command.add_option("--seed", options->seed, "Seed of the draws, a whole number")
      ->capture_default_str();
  add_json_option(command, context);
  command.callback([&context, &action, options] {
    action = [&context, options] { return run_compute(*options, context); };
  });
}

}  // namespace linchpin::app
