// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <vector>

#include "linchpin/depend/exports/borin_mancini.h"
#include "linchpin/depend/exports/kww.h"
#include "linchpin/depend/exports/perspectives.h"
#include "linchpin/depend/exports/wwz.h"
#include "linchpin/depend/reliance.h"
#include "linchpin/results/result_set.h"

namespace linchpin {

/// Which flows a table of exports shows.
struct ExportSelection {
  std::vector<depend::Buyer> exporters;  ///< regions, or industries as rows of their own
  std::vector<RegionId> importers;
  bool flows = false;    ///< a table by partner besides
  bool sectors = false;  ///< a table by exporting industry and partner besides
};

/// Value added in exports as tidy tables; names of tables and terms are a contract with machines.
/// All terms are in the unit of the world per year, but `participation`.
///
///   kww          one row per exporter: T1 … T9, exports
[[nodiscard]] ResultTable kww_table(depend::ExportBase const& base,
                                    std::span<depend::KwwTerms const> terms,
                                    ExportSelection const& selection);

///   bm           one row per exporter: approach ("source" or "sink"), exports, DVA, VAX, REF, DDC, DC, FC, FVA, FDC, DAVAX, VAXIM,
///                GVC, GVCB, GVCF, participation
///   bm_flows     one row per exporter and importer
///   bm_sectors   one row per exporting industry and importer
[[nodiscard]] std::vector<ResultTable> bm_tables(depend::ExportBase const& base,
                                                 depend::BmDetail const& detail,
                                                 std::string const& approach,
                                                 ExportSelection const& selection);

///   bm_perspectives  one row per exporter, importer and perspective: exports, DVA, DDC, FVA, FDC
[[nodiscard]] ResultTable perspectives_table(
    depend::ExportBase const& base,
    std::span<depend::PerspectiveTerms const, depend::perspectives> terms,
    ExportSelection const& selection);

///   leontief     one row per source and exporter: value_added
[[nodiscard]] ResultTable leontief_table(depend::ExportBase const& base,
                                         DenseMatrix const& value_added,
                                         std::span<depend::Buyer const> sources,
                                         std::span<depend::Buyer const> exporters);

///   wwz          one row per exporter: the sixteen terms, exports
///   wwz_flows, wwz_sectors   as above
///   wwz_third    one row per exporter, importer and third country, where the split is there
[[nodiscard]] std::vector<ResultTable> wwz_tables(depend::ExportBase const& base,
                                                  depend::WwzDetail const& detail,
                                                  ExportSelection const& selection);

}  // namespace linchpin
