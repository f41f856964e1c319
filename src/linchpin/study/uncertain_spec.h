// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "linchpin/sampling/design.h"
#include "linchpin/study/placed.h"
#include "linchpin/uncertainty/ensemble.h"

namespace linchpin::study {

/// The [[uncertain]] tables of a scenario or study: each as written, with its line.
using UncertainSpecs = std::vector<uncertainty::Uncertain>;

/// An [ensemble] table: how many draws of what is uncertain.
struct EnsembleSpec {
  std::size_t draws = 0;
  std::uint64_t seed = 0;
  std::optional<sampling::DesignKind> design;  ///< empty: the best for so many draws
};

}  // namespace linchpin::study
