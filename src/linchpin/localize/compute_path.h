// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstddef>
#include <optional>
#include <span>
#include <vector>

#include "linchpin/core/error.h"
#include "linchpin/core/random.h"
#include "linchpin/core/run_control.h"
#include "linchpin/localize/compute_case.h"

namespace linchpin::localize {

/// What a year of an autonomy path says about accelerators. All over the first year.
struct AcceleratorYear {
  int year = 0;
  double made = 1;                 ///< by makers at home
  double used_of_made = 1;         ///< share of that which stays at home
  double bought = 1;               ///< abroad; what is smuggled and rented moves with it
  double home_performance = 1;     ///< of a new chip made at home
  double foreign_performance = 1;  ///< of a new one bought
};

/// How means and frontier move.
struct ComputeGrowth {
  double wafers = 0, memory_stacks = 0, packages = 0, power = 0;  ///< per year
  double frontier_fade = 4;     ///< years after which its excess growth has fallen to 1/e
  double frontier_settled = 1;  ///< growth factor of the frontier in the long run
  double lifetime = 5;          ///< of a chip [years], at least 1
};

/// Computing power in a year of the path.
struct ComputeYear {
  /// What limits chips made at home; empty: no means do, makers have no more orders.
  std::optional<Constraint> binding;
  double chips = 0;           ///< made at home in the year
  double ordered = 0;         ///< that makers would make on the path
  EffectiveCompute compute;   ///< in use, by source [FLOP/s]
  double reference = 0;       ///< the frontier's
  std::optional<double> gap;  ///< months since the frontier had as much; empty without any compute
  double market = 1;          ///< Π G / Ḡ: its size over what the path's growth of demand says
};

/// Follows the fleets of a world along a path. The first year is that of assess(). After it, with
/// lifetime N, K' = K (1 − 1/N) + new compute for each source. Chips imported and smuggled are
/// counts of one year: as many are bought in each, moving with the path; rented ones are a fleet,
/// of which one part in N is new in a year. Chips made at home are what makers make on the path, as
/// far as wafers, memory, packages and power, which grow, allow.
///
/// The frontier's compute grows by G_t, which falls from the first year's to the long run's Ḡ:
/// demand × performance of the path. It is the same market: what the path buys and orders is
/// multiplied by Π G / Ḡ of the years passed, so that demand on both sides grows as one.
/// \pre the path is not empty, numbers are in range \error as assess()
[[nodiscard]] Result<std::vector<ComputeYear>> compute_path(ComputeWorld const& world,
                                                            ComputeGrowth const& growth,
                                                            std::span<AcceleratorYear const> path);

/// Years over draws of all numbers of world and growth; the path is given.
struct ComputePathYear {
  int year = 0;
  std::optional<Constraint> binding;            ///< at the values of the files
  std::array<double, 5> binding_probability{};  ///< of the constraints; the last: orders
  Quantiles chips, compute;
  std::array<Quantiles, 4> by_source{};
  std::optional<Quantiles> gap_months;
  double made_of_ordered = 1;  ///< share of what makers would make that can be, at those values
  double market = 1;           ///< ComputeYear::market at those values
};

/// \param numbers  of compute.csv; \param growth  of compute_path.csv: growth.<what>,
/// service.lifetime; \param settled  ComputeGrowth::frontier_settled
/// \error missing_value, unknown_key, bad_value; cancelled
[[nodiscard]] Result<std::vector<ComputePathYear>> compute_path_ensemble(
    std::span<parameters::SourcedNumber const> numbers,
    std::span<parameters::SourcedNumber const> growth, double settled,
    std::span<AcceleratorYear const> path, std::size_t draws, Seed seed,
    RunControl const& control = {});

}  // namespace linchpin::localize
