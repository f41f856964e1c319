// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "linchpin/core/dense.h"
#include "linchpin/core/flow_matrix.h"
#include "linchpin/core/ids.h"
#include "linchpin/core/quantities.h"

namespace linchpin {

/// One region of a table: its label in the file, a name for people, and the countries it holds.
struct RegionLabel {
  std::string label;                 ///< "CHN", as the publisher writes it
  std::string name;                  ///< "China"; the label again when nobody gave a name
  std::vector<std::string> members;  ///< ISO 3166 alpha-3 codes; empty: unknown or "all others"

  friend bool operator==(RegionLabel const&, RegionLabel const&) = default;
};

struct SectorLabel {
  std::string label;     ///< "c14"
  std::string name;      ///< "Electrical and Optical Equipment"
  bool service = false;  ///< cannot be stored (services, power, construction): short inventories

  friend bool operator==(SectorLabel const&, SectorLabel const&) = default;
};

struct CategoryLabel {
  std::string label;              ///< "HH"
  std::string name;               ///< "Final consumption of households"
  bool inventory_change = false;  ///< not a recurrent use: left out of dynamic models

  friend bool operator==(CategoryLabel const&, CategoryLabel const&) = default;
};

/// The (region, sector) pair of one industry.
struct IndustryKey {
  RegionId region;
  SectorId sector;

  friend auto operator<=>(IndustryKey const&, IndustryKey const&) = default;
};

/// Labels of a table. Regions may have different sector lists (as in full Eora): `industries` says
/// which pairs exist, in the order of the rows of Z, grouped by region.
struct TableLabels {
  std::vector<RegionLabel> regions;
  std::vector<SectorLabel> sectors;
  std::vector<IndustryKey> industries;
  std::vector<CategoryLabel> categories;  ///< of final demand, the same for all regions
  std::vector<std::string> value_added_rows;

  [[nodiscard]] std::size_t final_columns() const noexcept {
    return regions.size() * categories.size();
  }
  /// Column of final demand Y of one (region, category) pair: region-major.
  [[nodiscard]] FinalColumnId final_column(RegionId region, CategoryId category) const noexcept {
    return FinalColumnId{region.index() * categories.size() + category.index()};
  }
  /// "CHN:c14"
  [[nodiscard]] std::string industry_label(std::size_t industry) const {
    auto const& key = industries[industry];
    return regions[key.region.index()].label + ":" + sectors[key.sector.index()].label;
  }

  friend bool operator==(TableLabels const&, TableLabels const&) = default;
};

/// What the publisher says about a table, and what was done to it since.
struct TableInfo {
  std::string title;
  int year = 0;             ///< reference year of the flows; 0: not stated
  MonetaryUnit unit;        ///< of every number in the table, per year
  std::string price_basis;  ///< "current prices", "previous year's prices" …
  std::string source;       ///< citation of the publisher
  std::string licence;
  std::string history;     ///< one line per step from the publisher's file to this table
  bool estimated = false;  ///< true if any cell is an estimate of ours rather than published

  friend bool operator==(TableInfo const&, TableInfo const&) = default;
};

/// Satellite accounts: rows beside the money (emissions, employment, land), each in its own unit per
/// year. Empty for most tables.
struct SatelliteAccounts {
  struct Row {
    std::string label;  ///< "CO2 - combustion - air"
    std::string unit;   ///< "kg"

    friend bool operator==(Row const&, Row const&) = default;
  };
  std::vector<Row> rows;
  DenseMatrix F;    ///< rows x n: of industries
  DenseMatrix F_Y;  ///< rows x (G C): of final users

  friend bool operator==(SatelliteAccounts const&, SatelliteAccounts const&) = default;
};

/// What a publisher released, unchanged: a multi-regional input-output table of one year.
///
/// With n industries, G regions and C categories of final demand:
///   Z            n x n      intermediate flows, row = seller, column = buyer
///   Y            n x (G C)  final demand, columns region-major (TableLabels::final_column)
///   value_added  k x n      one row per kind of value added; k may be 0 (then it is the residual)
///   output       n          gross output as published, which may differ from the row sums
/// All in info.unit per year. Immutable by convention between stages; may hold anything a file can
/// hold (negative, NaN): `check_table` says what is wrong, `Economy::make` refuses what is.
struct Table {
  TableInfo info;
  TableLabels labels;
  FlowMatrix Z;  ///< dense, or sparse where most cells are zero
  DenseMatrix Y;
  DenseMatrix value_added;
  DenseVector output;
  SatelliteAccounts satellites;

  [[nodiscard]] std::size_t size() const noexcept { return labels.industries.size(); }

  friend bool operator==(Table const&, Table const&) = default;
};

}  // namespace linchpin
