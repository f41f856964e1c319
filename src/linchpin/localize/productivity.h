// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "linchpin/core/error.h"

namespace linchpin::localize {

/// Computing power that has been bought, by age: capital that serves `lifetime` years and is then
/// gone.
struct ComputeStock {
  struct Vintage {
    double compute = 0;  ///< effective [FLOP/s]
    double age = 0;      ///< [years]
    friend bool operator==(Vintage const&, Vintage const&) = default;
  };
  std::vector<Vintage> vintages;
  double lifetime = 5;  ///< [years], above 0
  [[nodiscard]] double total() const;
  friend bool operator==(ComputeStock const&, ComputeStock const&) = default;
};

/// The stock `years` later, with `added` FLOP/s bought at the beginning of the period. A vintage
/// that reaches its lifetime leaves: the loss from a cut-off builds up over the years.
[[nodiscard]] ComputeStock next_stock(ComputeStock stock, double added, double years);

/// What computing does for a sector. All numbers of it are assumptions of whoever uses it.
struct ProductivityGain {
  double most = 0;  ///< gain in productivity with compute without bound and full adoption, >= 0
  double half_compute =
      1;           ///< effective compute per worker that gives half of it [FLOP/s], above 0
  double lag = 3;  ///< years after which a gain has come by 1 - 1/e; 0: at once
};

/// \error bad_value  all numbers out of range, `where` in each
[[nodiscard]] Result<void> check(ProductivityGain const& gain, std::string const& where);

/// The gain in the long run: most × adoption × c / (c + half_compute), c = compute per worker.
/// Saturates in compute, proportional in adoption. Preconditions: c >= 0, adoption in [0, 1].
[[nodiscard]] double long_run_gain(ProductivityGain const& gain, double compute_per_worker,
                                   double adoption);
/// The gain `years` later on its way there: exponential with the lag, in closed form.
[[nodiscard]] double next_gain(ProductivityGain const& gain, double now, double long_run,
                               double years);

/// Computing in the economy of a region. Compute is in units of the stock of the first year.
struct ComputeUse {
  ProductivityGain gain;         ///< half_compute in the same units, per worker of the first year
  double lifetime = 5;           ///< of a vintage [years], at least 1
  double adoption = 0.1;         ///< share of firms that use it in the first year, (0, 1)
  double adoption_speed = 0;     ///< a of Fisher and Pry [per year], >= 0
  std::vector<double> exposure;  ///< by sector: share of the gain it can have, [0, 1]
};

/// \error bad_value  all numbers out of range, `where` in each
[[nodiscard]] Result<void> check(ComputeUse const& use, std::string const& where);

/// Where computing stands at the beginning of a year.
struct ComputeState {
  ComputeStock stock;  ///< vintages of one each make the first year's
  double adoption = 0;
  double gain = 0;  ///< in productivity of a fully exposed sector
};

/// The first year: as much is bought every year as is worn out, all gains have come.
[[nodiscard]] ComputeState first_compute(ComputeUse const& use);
/// A year later. What is bought (over what the region bought in the first year) serves from the
/// next year on; firms take computing up, gains come with their lag.
/// Precondition: bought >= 0.
[[nodiscard]] ComputeState next_compute(ComputeUse const& use, ComputeState const& now,
                                        double bought);
/// Productivity of sectors over the first year's: (1 + e gain) / (1 + e first gain).
[[nodiscard]] std::vector<double> sector_productivity(ComputeUse const& use,
                                                      ComputeState const& now);

}  // namespace linchpin::localize
