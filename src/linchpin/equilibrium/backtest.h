// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <limits>
#include <optional>
#include <span>
#include <vector>

#include "linchpin/core/error.h"
#include "linchpin/equilibrium/flows.h"

namespace linchpin::equilibrium {

/// One change, predicted and seen, as natural logs.
struct ChangePair {
  static constexpr std::size_t all = std::numeric_limits<std::size_t>::max();
  std::size_t sector = all, importer = all, exporter = all;  ///< `all`: summed over
  double predicted = 0;
  double actual = 0;
  double weight = 0;  ///< value before, as seen
};

/// How well predicted changes agree with those seen. Empty numbers: not defined for these cells.
struct Agreement {
  std::size_t cells = 0;
  std::optional<double> correlation;  ///< of logs; empty: one side does not vary
  /// Of what was seen on what was predicted, with a constant: 1 is right in size, above 1 the
  /// prediction is too small, 0 it is of no use.
  std::optional<double> slope;
  std::optional<double> sign_hits;  ///< share of changes other than 0 whose direction is right
  double error = 0;                 ///< root mean square of predicted − seen
  double error_no_change = 0;       ///< the same for the prediction that nothing changes
  /// 1 − (error / error_no_change)²: 1 is perfect, 0 no better than "nothing changes", below 0
  /// worse than that.
  std::optional<double> skill;
};

enum class Weighting { equal, by_value };

[[nodiscard]] Agreement agreement_of(std::span<ChangePair const> pairs,
                                     Weighting weighting = Weighting::equal);

/// Two states of a world. `scale`: what the later values are divided by, so that predictions in
/// the numeraire and money of two years mean the same.
struct FlowChange {
  Flows const& before;
  Flows const& after;
  double scale = 1;
};

/// Which cells count. Empty lists: all.
struct CellFilter {
  std::vector<std::size_t> sectors = {}, importers = {}, exporters = {};
  double least_value = 0;  ///< of the flow seen before [unit of the flows]
  double least_share = 0;  ///< of the flow seen before in the imports of its importer and sector
};

struct Comparison {
  std::vector<ChangePair> pairs;
  std::size_t vanished = 0;  ///< cells left out: a flow is zero before or after, on either side
};

/// Changes of the share of an exporter in all an importer imports of a sector (sales at home are
/// none).
/// \error size_mismatch, unknown_label
[[nodiscard]] Result<Comparison> compare_import_shares(FlowChange const& predicted,
                                                       FlowChange const& seen,
                                                       CellFilter const& filter = {});

/// What flows between regions are summed to before they are compared.
enum class FlowLevel {
  pair,           ///< sector, importer, exporter
  exports,        ///< sector, exporter
  imports,        ///< sector, importer
  sector,         ///< world trade by sector
  region_exports  ///< exporter, all sectors
};

/// Changes of flows between regions; `filter.least_value` applies to the sums, `least_share` does
/// not apply.
/// \error size_mismatch, unknown_label
[[nodiscard]] Result<Comparison> compare_flows(FlowChange const& predicted, FlowChange const& seen,
                                               FlowLevel level, CellFilter const& filter = {});

/// The pairs farthest from what was seen, worst first; ties in the order given.
[[nodiscard]] std::vector<ChangePair> worst_misses(std::span<ChangePair const> pairs,
                                                   std::size_t count);

}  // namespace linchpin::equilibrium
