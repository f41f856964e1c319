// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "linchpin/depend/extraction.h"
#include "linchpin/depend/extraction_all.h"
#include "linchpin/results/result_set.h"

namespace linchpin {

/// Hypothetical extraction as tidy tables; names of tables and columns are a contract with
/// machines. Losses are what falls away, so a gain is negative; in the unit of the world per year.
///
///   extraction             one row per extraction: what was taken from whom, loss by party
///   extraction_regions     of one extraction: one row per region, largest loss first
///   extraction_industries  of one extraction: the industries that lose most
/// Regions and industries are ranked by value added lost.

/// One row of table `extraction`.
struct ExtractionRow {
  std::string supplier;
  std::optional<std::string> buyer;  ///< none: not only the flows to somebody are taken away
  double taken_away = 0;
  std::optional<double> not_resourced;  ///< none: nothing is ordered elsewhere
  depend::PartyLoss output;
  depend::PartyLoss value_added;
};

/// Losses by industry (n entries) added up by party: the regions of the suppliers, those of the
/// buyers that are none of them, and all others.
[[nodiscard]] depend::PartyLoss party_loss(IndustrySpace const& space,
                                           depend::Extraction const& extraction,
                                           std::span<double const> by_industry);

/// Rows of the pairs, in their order.
[[nodiscard]] std::vector<ExtractionRow> extraction_rows(IndustrySpace const& space,
                                                         std::span<depend::PairLoss const> pairs,
                                                         bool resourced);
[[nodiscard]] std::vector<ExtractionRow> extraction_rows(
    IndustrySpace const& space, std::span<depend::IndustryLoss const> industries);

/// \param order  a sentence on how the rows are ranked and what was taken away; part of the note
[[nodiscard]] ResultTable extraction_table(Economy const& economy,
                                           std::span<ExtractionRow const> rows,
                                           std::string const& order);

[[nodiscard]] ResultTable extraction_regions_table(Economy const& economy,
                                                   depend::ExtractionLoss const& loss);

/// The `top` industries that lose most.
[[nodiscard]] ResultTable extraction_industries_table(Economy const& economy,
                                                      depend::ExtractionLoss const& loss,
                                                      std::size_t top);

}  // namespace linchpin
