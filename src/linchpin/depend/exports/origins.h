// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>

#include "linchpin/depend/exports/export_base.h"
#include "linchpin/depend/reliance.h"

namespace linchpin::depend {

/// Value added of each source (a region or industry) in the exports of every industry: k x n, row =
/// source, entry v_S L_Sj E_j [unit per year]. Summed over all sources it is gross exports.
///
/// k solves from the left. Gross: what crosses borders more than once is counted each time.
/// Source: Leontief (1936) as used by Quast & Kummritz (2015), "decompr: global value chain
/// decomposition in R", CTEI working paper 1.
[[nodiscard]] DenseMatrix value_added_in_exports(ExportBase const& base,
                                                 std::span<Buyer const> sources,
                                                 RunControl const& control = {});

}  // namespace linchpin::depend
