// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstddef>
#include <optional>
#include <span>
#include <string>

#include "linchpin/core/error.h"

namespace linchpin::localize {

/// What may limit how many accelerators a country makes and runs.
enum class Constraint { wafers, memory, packaging, power };
inline constexpr std::array all_constraints{Constraint::wafers, Constraint::memory,
                                            Constraint::packaging, Constraint::power};
[[nodiscard]] char const* to_string(Constraint constraint) noexcept;

/// Means of making accelerators at home and what one of them takes.
struct DomesticMeans {
  double wafers = 0;           ///< [per year]
  double dies_per_wafer = 1;   ///< gross (chips.h)
  double die_yield = 1;        ///< share of good dies, (0, 1]
  double dies_per_chip = 1;    ///< > 0
  double memory_stacks = 0;    ///< [per year]
  double stacks_per_chip = 1;  ///< > 0
  double packages = 0;         ///< started [per year]
  double package_yield = 1;    ///< (0, 1]; a failed package loses its dies and stacks
  double power = 0;            ///< for accelerators added in the year [MW]
  double power_per_chip = 1;   ///< with its share of the system, cooling included [kW], > 0
};

/// \error bad_value  all numbers out of range, `where` in each
[[nodiscard]] Result<void> check(DomesticMeans const& means, std::string const& where);

/// How many chips the means allow, and what one more of each would bring.
struct DomesticSupply {
  double chips = 0;                         ///< good ones per year, the least of the limits
  Constraint binding = Constraint::wafers;  ///< the first of those that bind
  std::array<double, 4> limits{};           ///< chips each constraint alone would allow
  /// Chips gained per unit (wafer, stack, package, MW) more; 0 where another constraint binds as
  /// well.
  std::array<double, 4> gain_of_more{};
  /// Chips lost per unit less; 0 where it does not bind.
  std::array<double, 4> loss_of_less{};
};

/// chips = min(wafers dies_per_wafer die_yield / dies_per_chip, memory_stacks / stacks_per_chip,
///             packages) package_yield, and at most power / power_per_chip.
/// One-sided derivatives: at a tie one more of a single means brings nothing, one less costs.
/// Precondition: checked.
[[nodiscard]] DomesticSupply domestic_supply(DomesticMeans const& means);

/// Where computing power comes from.
enum class ComputeSource { legal_imports, smuggled, rented, domestic };
inline constexpr std::array all_sources{ComputeSource::legal_imports, ComputeSource::smuggled,
                                        ComputeSource::rented, ComputeSource::domestic};
[[nodiscard]] char const* to_string(ComputeSource source) noexcept;

/// How well a cluster is used: share of peak operations that do the work, as the cluster grows
/// beyond the chips that one fast network joins.
struct Utilisation {
  double in_domain = 0.4;  ///< within one domain, (0, 1]
  double domain = 8;       ///< chips that one fast network joins, >= 1
  double loss = 0.05;      ///< k, >= 0

  /// in_domain / (1 + k ln(chips / domain)); in_domain up to the size of a domain.
  [[nodiscard]] double of(double chips) const;
};

/// Chips of one kind from one source.
struct Fleet {
  ComputeSource source = ComputeSource::domestic;
  double chips = 0;
  double performance = 0;  ///< of a chip, dense [FLOP/s]
  double uptime = 1;       ///< [0, 1]
  double cluster = 1;      ///< chips that work together, >= 1
  Utilisation utilisation = {};
};

/// \error bad_value  all numbers out of range, `where` in each
[[nodiscard]] Result<void> check(Fleet const& fleet, std::string const& where);

/// What one chip of the fleet gives: performance × utilisation(cluster) × uptime [FLOP/s].
[[nodiscard]] double effective_per_chip(Fleet const& fleet);

/// Effective compute by source [FLOP/s].
struct EffectiveCompute {
  std::array<double, 4> by_source{};
  [[nodiscard]] double total() const;
};
[[nodiscard]] EffectiveCompute effective_compute(std::span<Fleet const> fleets);

/// Seconds of a training run of `operations` on `chips` that give `effective` FLOP/s each.
[[nodiscard]] double training_time(double operations, double chips, double effective);

/// Months by which `own` lags behind `reference` where the reference grows by the factor `growth`
/// per year: 12 ln(reference / own) / ln(growth). Negative if own is ahead. Empty if own is 0.
/// Preconditions: reference > 0, growth > 1.
[[nodiscard]] std::optional<double> gap_months(double own, double reference, double growth);

/// A growth factor per year from a halving time: what algorithmic progress adds to compute if the
/// compute for the same result halves every `months`.
[[nodiscard]] double yearly_factor(double halving_months);

/// A system of accelerators that one fast network joins, as sold.
struct ScaleUpSystem {
  double chips = 1;
  double performance = 0;  ///< of a chip, dense [FLOP/s]
  double memory = 0;       ///< of a chip [byte]
  double bandwidth = 0;    ///< of memory, of a chip [byte/s]
  double power = 0;        ///< of the whole system [W]
};

/// One system against another: what more and hungrier chips buy.
struct SystemComparison {
  double performance = 0;  ///< ratio of totals
  double memory = 0;
  double bandwidth = 0;
  double power = 0;
  double power_per_performance = 0;  ///< above 1: the first needs more energy for the same work
  double power_per_bandwidth = 0;
  double power_per_memory = 0;
};
/// Precondition: all numbers of both are above 0.
[[nodiscard]] SystemComparison compare(ScaleUpSystem const& one, ScaleUpSystem const& other);

/// Energy bill of running 1e15 FLOP/s of peak for a year: watts per FLOP/s × 8760 h × pue × price.
/// \param pue    power usage effectiveness of the building, >= 1; \param price  [money per kWh]
[[nodiscard]] double energy_cost_per_petaflop(ScaleUpSystem const& system, double pue,
                                              double price);

/// The question "what computing power does a country have, and what holds it back?" for one set of
/// numbers.
struct ComputeCase {
  std::span<Fleet const> fleets;  ///< bought, smuggled, rented, and those already made at home
  DomesticMeans means;
  Fleet made;            ///< what a chip made at home is like; its number is set by the means
  double reference = 0;  ///< effective compute of the frontier [FLOP/s], > 0
  double growth = 2;     ///< of it per year, > 1
};

struct ComputeAnswer {
  EffectiveCompute compute;
  DomesticSupply supply;
  /// FLOP/s of effective compute per unit more of each constraint.
  std::array<double, 4> shadow_values{};
  std::optional<double> gap;  ///< months; empty without any compute
};

/// \error bad_value  all numbers out of range
[[nodiscard]] Result<ComputeAnswer> assess(ComputeCase const& question);

}  // namespace linchpin::localize
