// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>

#include "linchpin/core/dense.h"
#include "linchpin/core/random.h"
#include "linchpin/table/synth.h"

namespace linchpin::synthesis {

/// Everything about a made-up world that is smaller than its table. Each array is drawn from random
/// streams of its own, so that none depends on the size of another.
struct Draws {
  DenseVector region_size;  ///< one per region, the largest is 1
  DenseVector sector_size;  ///< one per sector
  DenseMatrix technology;   ///< product x using sector: weight of an input
  DenseMatrix home;         ///< region x product: share bought at home
  DenseVector trade;        ///< product x buying region x selling region: share of imports
  DenseVector kept;         ///< one per industry: share of value added in output
};

[[nodiscard]] Draws draw(SynthesisOptions const& options);

/// Random stream number `index` of kind `kind`; streams of different kinds never meet.
[[nodiscard]] Rng stream(Seed seed, std::uint64_t kind, std::uint64_t index);

/// exp(deviation * standard normal)
[[nodiscard]] double log_normal(Rng& rng, double deviation);

inline constexpr std::uint64_t cell_streams = 100;   ///< kind: one stream per row of Z
inline constexpr std::uint64_t final_streams = 101;  ///< kind: one stream per row of Y

}  // namespace linchpin::synthesis
