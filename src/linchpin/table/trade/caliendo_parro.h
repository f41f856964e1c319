// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>

#include "linchpin/core/dense.h"
#include "linchpin/core/error.h"
#include "linchpin/table/trade_accounts.h"

namespace linchpin {

/// The folder has trade and tariffs of two years, 1993 and 2005, and everything else of 1993.
struct CaliendoParroOptions {
  int trade_year = 1993;
  int tariff_year = 1993;
};

/// Reads the data of Caliendo & Parro (2015): 31 regions, 40 sectors, the first 20 of them traded.
///
/// The folder (or an archive of it) holds, as numbers with blanks between them:
///   xbilatYYYY.txt  20 blocks (sector) of 31 x 31: imports net of tariffs, row importer, column
///                   exporter [USD thousand]
///   tariffsYYYY.txt the same: ad valorem tariffs [per cent]
///   IO.txt          31 blocks (region) of 40 x 40: share of input (row) in materials of a user
///                   (column)
///   B.txt, GO.txt   40 x 31 (sector x region): share of value added in output; output [USD]
///   T.txt           trade elasticities of the 20 traded sectors
///
/// Trade becomes USD; output is max(output, exports); what is not exported is sold at home (the
/// diagonal of `trade`); services are sold at home only and have the elasticity 8.22, as in the
/// authors' programs. Input shares below zero become 0 and every column is scaled to sum to 1.
/// All of it is said in `adjustments`.
///
/// \error file_not_found  no such folder; a file of it is missing
/// \error bad_format      a file with another number of lines, or of numbers in a line; text
/// \error bad_value       negative trade, tariffs, output; a share outside 0…1; input shares that
/// do
///                        not sum to 1; a tariff of a region on its own goods; a year that is not
///                        there. Up to 20 problems are reported at once.
///
/// Source: Caliendo & Parro (2015), Estimates of the Trade and Welfare Effects of NAFTA, Review of
/// Economic Studies 82(1), and its replication files.
[[nodiscard]] Result<TradeAccounts> read_caliendo_parro(std::filesystem::path const& folder,
                                                        CaliendoParroOptions const& options = {});

/// Tariffs of one year alone, in the layout of TradeAccounts::tariffs:
/// [sector][importer][exporter], shares of the value.
/// \error as read_caliendo_parro
[[nodiscard]] Result<DenseVector> read_caliendo_parro_tariffs(std::filesystem::path const& folder,
                                                              int year);

}  // namespace linchpin
