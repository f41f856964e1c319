// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "linchpin/core/error.h"
#include "linchpin/parameters/sourced_numbers.h"

namespace linchpin::parameters {

/// Place of a number in Technology::numbers and in every list of values made from it: an ensemble
/// draws such lists, presets are such lists.
using NumberPlace = std::size_t;

/// A country's share in what the world sells of a stage.
struct StageSupplier {
  std::string region;  ///< ISO 3166 code of three letters
  NumberPlace share;   ///< 0 to 1; what is missing to 1 are other countries
};

/// What a unit of a stage needs of another one.
struct StageInput {
  std::size_t stage;
  NumberPlace amount;  ///< units of it per unit, above 0
};

/// One step of a product line: a good, tool or service with makers of its own.
struct Stage {
  std::string name;  ///< "wafers"
  std::string title;
  NumberPlace own_cost;        ///< per unit, its inputs in this list left out
  NumberPlace quality;         ///< of the frontier maker, in the unit of minimum qualities
  NumberPlace quality_growth;  ///< of the frontier, per year
  NumberPlace learning_rate;   ///< [0, 1)
  NumberPlace lead_time;       ///< of capacity [years], >= 0
  NumberPlace capital_cost;    ///< of capacity for one unit per year
  std::vector<StageSupplier> suppliers;
  std::vector<StageInput> inputs;
};

/// A kind of user and what is good enough for it.
struct TechnologyUse {
  std::string name, title;
  NumberPlace share;            ///< of demand, 0 to 1
  NumberPlace minimum_quality;  ///< >= 0
};

/// What makers cannot do without and others may deny: scanners, design software.
struct TechnologyTool {
  std::string name, title;
  /// A number for makers of one region, or of all (region empty).
  struct Regional {
    std::string region;
    NumberPlace number;
  };
  std::vector<Regional> access;     ///< share of what is needed that can be bought, [0, 1]
  std::vector<Regional> readiness;  ///< of the one made at home, readiness level 0 to 9
  std::vector<Regional> rate;       ///< levels it gains per year
  /// The stage whose makers sell it: [tool_stages], else the stage of the same name. Empty: no
  /// stage of this technology.
  std::optional<std::size_t> stage = {};

  /// The number of the region, else that of all; nothing if there is neither.
  [[nodiscard]] static std::optional<NumberPlace> of(std::vector<Regional> const& list,
                                                     std::string_view region);
};

/// A rung of the quality ladder.
struct TechnologyStep {
  std::string name, title;
  NumberPlace level;               ///< quality that it gives, share of the frontier's of that year
  std::vector<std::size_t> tools;  ///< without which it is out of reach
};

/// A product line with its bill of materials.
struct Technology {
  std::string name, title;
  std::string sector;       ///< code of the sector it belongs to ("C26")
  std::size_t product = 0;  ///< the stage that is sold to final users
  std::vector<Stage> stages;
  std::vector<TechnologyUse> uses;
  std::vector<TechnologyTool> tools;
  std::vector<TechnologyStep> steps;  ///< from the lowest; empty: nothing gates quality
  /// Access and readiness from which a tool counts as there; given where there are steps.
  std::optional<NumberPlace> gate_access, gate_readiness;
  std::vector<SourcedNumber> numbers;
  struct Preset {
    std::string name;
    std::vector<double> values;  ///< one per number
  };
  std::vector<Preset> presets;  ///< sceptic, central, optimist at least

  /// Central values, as they stand in the file.
  [[nodiscard]] std::vector<double> values() const;
  /// \error unknown_label  no such preset
  [[nodiscard]] Result<std::vector<double>> preset(std::string_view preset_name) const;
  [[nodiscard]] std::optional<std::size_t> stage(std::string_view stage_name) const;
};

/// Presets every technology must have.
inline constexpr std::string_view needed_presets[] = {"sceptic", "central", "optimist"};

/// Reads a technology from its two files (docs/formats/technology.md): structure in TOML, numbers
/// in CSV with keys
///   own_cost.<stage>, quality.<stage>, quality_growth.<stage>, learning_rate.<stage>,
///   lead_time.<stage>, capital_cost.<stage>, supplier.<stage>.<region>, input.<stage>><input>,
///   use_share.<use>, minimum_quality.<use>,
///   step_level.<step>, gate_access, gate_readiness, and for all regions or one
///   tool_access.<tool>[.<region>], tool_readiness.<tool>[.<region>],
///   readiness_rate.<tool>[.<region>].
///
/// \error bad_format, bad_value, missing_value, unknown_key, unknown_label, duplicate_label,
///        too_large  all problems of both files at once: loops of inputs (printed), shares over
///        one, negative lead times, numbers that are missing, a technology without sector or
///        without a needed preset, steps that do not rise or need unknown tools, tools that unknown
///        stages are said to sell …
[[nodiscard]] Result<Technology> read_technology(std::string_view toml,
                                                 std::string const& toml_name, std::string_view csv,
                                                 std::string const& csv_name);

}  // namespace linchpin::parameters
