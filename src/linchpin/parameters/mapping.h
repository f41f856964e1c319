// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "linchpin/core/dense.h"
#include "linchpin/parameters/parameter_file.h"
#include "linchpin/table/table.h"

namespace linchpin::parameters {

/// Parameters by sector of one world. A number that no file has is empty and stands in `findings`.
struct SectorParameters {
  using Numbers = std::vector<std::optional<double>>;
  Numbers inventory_days, resourcing_elasticity, overproduction;  ///< empty: no file sets them
  DenseMatrix criticality;  ///< product x user; empty: no file sets it
  std::size_t used = 0;         ///< numbers taken from files
  std::size_t assumptions = 0;  ///< of them, those that rest on an assumption
  std::vector<std::string> findings;
};

/// Numbers for the sectors of a world. Later files win over earlier ones, later rows over earlier
/// rows; a row with a sector's own label wins over its divisions in the same file.
///
/// A sector of several divisions gets their unweighted mean. In ratings an input of several
/// divisions is as critical as the most critical of them, and the mean over the divisions of the
/// user is rounded to the next half (0.25 to 0.5). Pairs without any rating are not critical, and
/// are reported.
[[nodiscard]] SectorParameters map_to_sectors(std::span<ParameterFile const> files,
                                              std::span<SectorLabel const> sectors);

/// One number of one sector, with the range of its rows.
struct MappedNumber {
  std::optional<double> value;  ///< empty: no row says anything
  double low = 0, high = 0;     ///< means of the rows' ranges; a row without counts with its value
  bool assumed = false;         ///< a row behind it is an assumption
};

/// One parameter by sector, by the rules of map_to_sectors; empty if no file sets it.
/// Precondition: not criticality, which has two sectors.
[[nodiscard]] std::vector<MappedNumber> map_numbers(Parameter parameter,
                                                    std::span<ParameterFile const> files,
                                                    std::span<SectorLabel const> sectors);

}  // namespace linchpin::parameters
