// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "linchpin/core/error.h"
#include "linchpin/core/run_control.h"
#include "linchpin/table/nowcast/concordance.h"
#include "linchpin/table/nowcast/national_anchor.h"
#include "linchpin/table/table.h"
#include "linchpin/table/nowcast/trade_cube.h"

namespace linchpin {

/// What a nowcast is made from. Everything is borrowed for the call.
struct NowcastInputs {
  Table const& base;                ///< the last full table: gives structure, never levels
  TradeCube const& cube;            ///< of the year wanted: gives levels
  Concordance const& base_sectors;  ///< sectors of `base` -> sectors of the result
  /// Sectors of `cube` -> sectors of the result. A sector of the cube with several is split by the
  /// structure of `base`.
  Concordance const& cube_sectors;
  /// Regions of `cube` -> regions of `base`, each once. A region of `base` that stands for one
  /// region of the cube is that region; one that stands for several (the rest of the world) lends
  /// them its technology and use.
  Concordance const& regions;
  std::vector<NationalTable> anchors = {};  ///< newer value-added shares
  std::vector<NationalTable> keys = {};     ///< structure inside sectors that `base` does not split
  std::vector<KnownShares> known_shares = {};  ///< value-added shares that go before all others
};

struct NowcastOptions {
  /// Final use below this share of what a region absorbs is not believed: its value added is raised
  /// until final use is there.
  double least_final_use = 0.05;
  /// Where an anchor has the cube's year and currency, meet its total value added as well.
  bool meet_anchor_totals = true;
  double tolerance = 1e-12;
  std::size_t most_iterations = 20'000;
};

/// What was done for one region as a buyer [unit of the cube per year].
struct NowcastImporter {
  std::string region;
  std::string technology;  ///< region of the base table
  bool borrowed = false;   ///< that region stands for several
  double output = 0;
  double absorption = 0;  ///< purchases from all regions
  double value_added = 0;
  double final_use = 0;
  double anchor_factor = 1;  ///< on all inputs, to meet the anchor's total value added
  double raise_factor = 1;   ///< on all inputs, because final use was too small; 1: not needed
  std::size_t iterations = 0;
  double row_error = 0;     ///< relative to the cube
  double column_error = 0;  ///< relative to the column targets
  std::size_t emptied_cells = 0;
};

struct NowcastReport {
  std::vector<NowcastImporter> importers;
  std::size_t flows = 0;  ///< cells of the cube above zero
  /// Those the base table does not have, which took the pattern pooled over foreign sources …
  std::size_t pooled_flows = 0;
  double pooled_value = 0;
  /// … and those for which that was empty too, which took that of all sources or of the world.
  std::size_t world_flows = 0;
  double world_value = 0;
  /// Industries with output but without inputs in the base table: input pattern of the world.
  std::vector<std::string> filled_industries;
  /// Industries with output but none in the base table: value-added share of the world.
  std::vector<std::string> borrowed_shares;
  std::size_t empty_industries = 0;  ///< no output, no inputs
};

struct NowcastResult {
  Table table;
  NowcastReport report;
};

/// Estimates a full table for the year of a trade cube.
///
/// The cube fixes sum_j Z[(e,s),(r,j)] + Y[(e,s),r] for every seller (e,s) and buying region r, and
/// with it output. The inputs of industry (r,j) add up to x (1 - v) with v of the base table, an
/// anchor or `known_shares`; final use of r is what is left. Starting from the base table's use of
/// each bilateral flow, one RAS per buying region meets both. Final use is split into the base
/// table's categories by its shares, changes in inventories zero. Every cell is an estimate
/// (info.estimated). docs/methods/nowcast.md has the equations, the assumptions and the accuracy.
///
/// The answer does not depend on the number of threads.
/// \error missing_value   a label of base or cube that a concordance does not map, a sector or
/// region
///                        without any structure in the base table
/// \error unknown_label   a concordance or an anchor names what is not there
/// \error duplicate_label a region of the cube mapped twice
/// \error bad_value       concordances that do not fit each other; an anchor whose value added
///                        exceeds output; keys in different units
/// \error not_converged   names the region whose table cannot be balanced
/// \error invalid_table, cancelled
[[nodiscard]] Result<NowcastResult> nowcast(NowcastInputs const& inputs,
                                            NowcastOptions const& options = {},
                                            RunControl const& control = {});

}  // namespace linchpin
