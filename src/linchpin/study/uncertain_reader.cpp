// SPDX-License-Identifier: Apache-2.0
#include "linchpin/study/uncertain_reader.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <string>
#include <utility>
#include <vector>

#include "linchpin/core/nearest.h"
#include "linchpin/study/required_keys.h"

namespace linchpin::study {
namespace {

// A seed is a whole number that TOML and JSON carry without loss.
constexpr Range draws_range{.lowest = 1,
                            .highest = static_cast<double>(sampling::most_draws),
                            .hint = "10000 draws are plenty for most questions"};
constexpr double largest_seed = 9007199254740992.0;  // 2^53

void read_distribution(TomlReader& reader, sampling::Distribution& distribution) {
  auto const text = reader.text("distribution");
  if (!reader.has("distribution")) missing(reader, "distribution", "\"triangular\"");
  if (!text) return;
  if (auto const kind = sampling::distribution_kind(text->value)) {
    distribution.kind = *kind;
    return;
  }
  std::vector<std::string> const known{"uniform", "triangular", "normal", "lognormal"};
  reader.problem(ErrorCode::bad_value, fmt::format("'{}' is no distribution", text->value),
                 text->where,
                 did_you_mean(text->value, known,
                              "use \"uniform\", \"triangular\", \"normal\" or \"lognormal\""));
}

uncertainty::Uncertain read_one(TomlReader& reader) {
  uncertainty::Uncertain one;
  one.where = reader.where();
  if (!reader.has("parameter")) missing(reader, "parameter", "\"psi\"");
  if (auto const name = reader.text("parameter")) {
    one.parameter = name->value;
    one.where = name->where;
  }
  read_distribution(reader, one.distribution);
  one.distribution.low = required_number(reader, "low", {}, "0.7");
  one.distribution.high = required_number(reader, "high", {}, "0.9");
  if (auto const mode = reader.number("mode")) one.distribution.mode = mode->value;
  if (auto const group = reader.name("correlation_group")) one.correlation_group = group->value;
  reader.finish();
  return one;
}

}  // namespace

UncertainSpecs read_uncertain(TomlReader& reader) {
  UncertainSpecs specs;
  for (auto& table : reader.tables("uncertain")) specs.push_back(read_one(table));
  return specs;
}

std::optional<EnsembleSpec> read_ensemble(TomlReader& reader) {
  auto table = reader.table("ensemble");
  if (!table) return std::nullopt;
  EnsembleSpec spec;
  if (!table->has("draws")) missing(*table, "draws", "1000");
  if (auto const draws = table->whole("draws", draws_range)) {
    spec.draws = static_cast<std::size_t>(draws->value);
  }
  if (!table->has("seed")) missing(*table, "seed", "1");
  if (auto const seed = table->number("seed", {.lowest = 0, .highest = largest_seed})) {
    if (seed->value != std::floor(seed->value)) {
      table->problem(ErrorCode::bad_value, fmt::format("seed {} is no whole number", seed->value),
                     seed->where, "a seed is a whole number of your choice: seed = 1");
    }
    spec.seed = static_cast<std::uint64_t>(seed->value);
  }
  if (auto const design = table->text("design")) {
    spec.design = sampling::design_kind(design->value);
    std::vector<std::string> const known{"sobol", "latin_hypercube", "stroud", "saltelli"};
    if (!spec.design) {
      table->problem(ErrorCode::bad_value, fmt::format("'{}' is no design", design->value),
                     design->where,
                     did_you_mean(design->value, known,
                                  "use \"sobol\", \"latin_hypercube\", \"saltelli\" or "
                                  "\"stroud\", or leave it out"));
    }
  }
  table->finish();
  return spec;
}

UncertainSpecs merged(UncertainSpecs const& own, UncertainSpecs const& common) {
  auto result = own;
  for (auto const& each : common) {
    bool const named = std::any_of(own.begin(), own.end(), [&](auto const& other) {
      return other.parameter == each.parameter;
    });
    if (!named) result.push_back(each);
  }
  return result;
}

}  // namespace linchpin::study
