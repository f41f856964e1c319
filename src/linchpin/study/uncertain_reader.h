// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>

#include "linchpin/study/toml_reader.h"
#include "linchpin/study/uncertain_spec.h"

namespace linchpin::study {

/// Reads all [[uncertain]] tables of `reader`: parameter, distribution, low, high, mode,
/// correlation_group. Parameters are looked up later, when the scenario is known.
[[nodiscard]] UncertainSpecs read_uncertain(TomlReader& reader);

/// Reads the [ensemble] table of a study: draws, seed, design.
[[nodiscard]] std::optional<EnsembleSpec> read_ensemble(TomlReader& reader);

/// The uncertain numbers of a scenario within a study: its own, and those of the study that it does
/// not name itself.
[[nodiscard]] UncertainSpecs merged(UncertainSpecs const& own, UncertainSpecs const& common);

}  // namespace linchpin::study
