// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "linchpin/core/error.h"
#include "linchpin/core/random.h"
#include "linchpin/core/run_control.h"
#include "linchpin/localize/compute.h"
#include "linchpin/parameters/sourced_numbers.h"

namespace linchpin::localize {

/// The value of a number at share `u` in (0, 1) of its range:
///   - low = high: the value;
///   - a positive range over a factor of four or more: lognormal on either side of the value, which
///   is
///     the median; low and high are the 5 % and the 95 % quantile;
///   - else a triangle from low to high with its peak at the value.
[[nodiscard]] double drawn(parameters::SourcedNumber const& number, double u);

/// The question of assess() from numbers by name (data/parameters/compute.csv): keys
/// <source>.<number>, domestic.<number>, utilisation.<number>, frontier.<number>.
struct ComputeWorld {
  std::vector<Fleet> fleets;
  DomesticMeans means;
  Fleet made;
  double reference = 0;
  double growth = 0;
  [[nodiscard]] ComputeCase question() const { return {fleets, means, made, reference, growth}; }
};

/// \error missing_value, unknown_key  all numbers that are missing or that nobody asks for
[[nodiscard]] Result<ComputeWorld> compute_world(std::span<parameters::SourcedNumber const> numbers,
                                                 std::span<double const> values);

/// 5 %, 50 % and 95 % quantile of an ensemble.
struct Quantiles {
  double p05 = 0, p50 = 0, p95 = 0;
};
/// Zeros without values.
[[nodiscard]] Quantiles quantiles_of(std::vector<double> values);

/// What an ensemble says: by-source and by-constraint arrays as in compute.h.
struct ComputeEnsemble {
  Constraint binding = Constraint::wafers;      ///< at the values of the file
  std::array<double, 4> binding_probability{};  ///< share of draws in which each binds
  std::array<Quantiles, 4> by_source{};         ///< effective compute [FLOP/s]
  Quantiles total;
  std::array<Quantiles, 4> shadow_values{};  ///< [FLOP/s per wafer, stack, package, MW]
  Quantiles chips;                           ///< made at home in the year
  std::optional<Quantiles> gap_months;       ///< empty if no draw has any compute
  std::size_t draws = 0;
  std::size_t failed_draws = 0;  ///< without an answer; not in the quantiles
  double assumptions = 0;        ///< share of the numbers that are assumptions
};

/// Assesses `draws` points of a scrambled Sobol' design over the ranges of all numbers, independent
/// of each other. The same for the same seed, whatever the machine does.
/// \error missing_value, unknown_key, bad_value  of the numbers themselves, or no draws; cancelled
[[nodiscard]] Result<ComputeEnsemble> compute_ensemble(
    std::span<parameters::SourcedNumber const> numbers, std::size_t draws, Seed seed,
    RunControl const& control = {});

}  // namespace linchpin::localize
