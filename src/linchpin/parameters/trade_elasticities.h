// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "linchpin/core/dense.h"
#include "linchpin/core/error.h"
#include "linchpin/parameters/parameter_file.h"
#include "linchpin/table/table.h"

namespace linchpin::parameters {

/// A file and a set in it, as a user names them: "sets.csv:CP" or "sets.csv#CP"; "mine.csv" has no
/// set. A colon counts only if no path follows it.
struct SetName {
  std::string file, set;
};
[[nodiscard]] SetName split_set_name(std::string_view text);

/// Reads trade elasticities theta (long run, exponents of relative cost between origins, above 0)
/// as they stand: a file of the project's own format with rows trade_elasticity.C26, or sets by
/// sector with the columns k, sector and one per set. Other rows of an own file are left aside and
/// said.
///
/// \param set  which set, where a file has several
/// \error bad_format, bad_value, missing_value, unknown_key  all problems at once, with their lines
[[nodiscard]] Result<ParameterFile> read_trade_elasticities(std::string_view text,
                                                            std::string const& name,
                                                            std::string const& set = {});

/// Theta for every sector of one world.
struct SectorElasticities {
  DenseVector theta;            ///< one per sector, above 0
  DenseVector low, high;        ///< range of each: low <= theta <= high
  std::size_t assumptions = 0;  ///< sectors whose theta rests on an assumption
  std::vector<std::string> findings;
};

/// Maps rows to sectors as map_to_sectors does: later files and rows win, a label wins over
/// divisions of the same file, a sector of several divisions gets the unweighted mean.
/// \error missing_value  sectors that no row reaches, all named: a trade model needs every one
[[nodiscard]] Result<SectorElasticities> trade_elasticities_of(
    std::span<ParameterFile const> files, std::span<SectorLabel const> sectors);

/// The same for bare labels, as those of TradeAccounts.
[[nodiscard]] Result<SectorElasticities> trade_elasticities_of(
    std::span<ParameterFile const> files, std::span<std::string const> sectors);

/// How trade elasticities grow with the time since a change of costs:
///
///   theta_h = theta_inf - (theta_inf - theta_0) e^(-h / T)
///
/// with theta_0 such that theta_1 is `one_year`. Only the profile theta_h / theta_inf is used: it
/// scales the theta of every sector alike. See docs/formats/parameters.md.
///
/// Source: the numbers at one year and in the long run, Boehm, Levchenko & Pandalai-Nayar (2023),
/// The Long and Short (Run) of Trade Elasticities, American Economic Review 113(4); the form and T
/// are assumptions.
struct HorizonProfile {
  double one_year = 0.76;
  double long_run = 2;
  double adjustment_years = 3;  ///< T

  /// theta_h / theta_inf after `years`: above 0, rising to 1; 1 for infinity.
  /// Precondition: years >= 0.
  [[nodiscard]] double share(double years) const;
};

/// Reads a profile: rows trade_elasticity.one_year, trade_elasticity.long_run and adjustment_years
/// of a key,value file.
/// \error missing_value, bad_value, unknown_key  and those of read_sourced_numbers; a profile that
/// is
///        not above 0 at once or falls with time
[[nodiscard]] Result<HorizonProfile> read_horizon_profile(std::string_view text,
                                                          std::string const& name);

/// theta of each sector after `years`: long-run theta times the profile.
/// Precondition: years >= 0.
[[nodiscard]] DenseVector theta_after(HorizonProfile const& profile, double years,
                                      std::span<double const> long_run_theta);

}  // namespace linchpin::parameters
