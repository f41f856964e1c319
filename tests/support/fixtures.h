// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <string>
#include <utility>
#include <vector>

#include "linchpin/table/table.h"

namespace linchpin::test {

using Rows = std::vector<std::vector<double>>;

inline DenseMatrix matrix(Rows const& rows) {
  DenseMatrix result(rows.size(), rows.empty() ? 0 : rows.front().size());
  for (std::size_t i = 0; i < rows.size(); ++i) {
    for (std::size_t j = 0; j < rows[i].size(); ++j) result(i, j) = rows[i][j];
  }
  return result;
}

/// Labels of a table in which every region has every sector and there is one category, "FD".
inline TableLabels full_labels(std::vector<std::string> const& regions,
                               std::vector<std::string> const& sectors) {
  TableLabels labels;
  for (auto const& region : regions) labels.regions.push_back({region, region, {region}});
  for (auto const& sector : sectors) labels.sectors.push_back({sector, sector, false});
  for (std::size_t r = 0; r < regions.size(); ++r) {
    for (std::size_t s = 0; s < sectors.size(); ++s) {
      labels.industries.push_back({RegionId{r}, SectorId{s}});
    }
  }
  labels.categories = {{"FD", "Final demand", false}};
  return labels;
}

/// A table whose output is the row sum of Z and Y and whose one row of value added ("VA") is what
/// the columns leave, so that it balances to rounding.
inline Table balanced_table(std::string title, TableLabels labels, DenseMatrix Z, DenseMatrix Y) {
  auto const n = labels.industries.size();
  Table table;
  table.info.title = std::move(title);
  table.info.year = 2011;
  table.info.unit = {"USD", 1e6};
  table.info.price_basis = "current prices";
  table.labels = std::move(labels);
  table.labels.value_added_rows = {"VA"};
  table.Z = std::move(Z);
  table.Y = std::move(Y);
  table.output.assign(n, 0.0);
  table.value_added = DenseMatrix(1, n);
  DenseVector inputs(n, 0.0);
  for (std::size_t i = 0; i < n; ++i) {
    for (std::size_t j = 0; j < n; ++j) {
      table.output[i] += table.Z(i, j);
      inputs[j] += table.Z(i, j);
    }
    for (double const use : table.Y.row(i)) table.output[i] += use;
  }
  for (std::size_t j = 0; j < n; ++j) table.value_added(0, j) = table.output[j] - inputs[j];
  return table;
}

/// Two sectors of one region: x = (1000, 2000), value added (650, 1400).
/// Source: Miller & Blair (2009), Input-Output Analysis, 2nd ed., chapter 2, worked example.
inline Table miller_blair() {
  return balanced_table("Miller & Blair, two sectors", full_labels({"ONE"}, {"1", "2"}),
                        matrix({{150, 500}, {200, 100}}), matrix({{350}, {1700}}));
}

/// Three fictional economies with three sectors each; x = (77.7, 58.3, 19.0, 112.7, 124.6, 43.2,
/// 156.3, 127.8, 217.0), value added (52.3, 33.2, 6.1, 69.8, 63.4, 12.5, 95.3, 58.4, 70.5).
/// Source: data set `leather` of the R package decompr (Quast & Kummritz 2015).
inline Table leather() {
  return balanced_table("leather (fictional)", full_labels({"ARG", "TUR", "DEU"}, {"1", "2", "3"}),
                        matrix({{16.1, 5.1, 1.8, 3.2, 4.3, 0.4, 3.1, 2.8, 4.9},
                                {2.4, 8.0, 3.2, 0.1, 3.2, 1.6, 1.2, 3.9, 11.5},
                                {0.9, 0.5, 4.0, 0.0, 0.1, 0.3, 0.0, 0.4, 0.5},
                                {1.1, 1.9, 0.2, 18.0, 13.2, 6.1, 9.0, 3.1, 8.9},
                                {0.3, 2.8, 0.1, 6.1, 28.1, 6.3, 2.1, 2.5, 25.6},
                                {0.0, 0.1, 0.3, 4.1, 3.2, 8.9, 0.2, 0.0, 1.8},
                                {1.2, 4.2, 0.3, 4.1, 1.2, 0.6, 29.0, 19.5, 17.9},
                                {1.3, 1.1, 0.0, 3.2, 4.8, 2.6, 5.1, 29.1, 24.1},
                                {2.1, 1.4, 3.0, 4.1, 3.1, 3.9, 11.3, 8.1, 51.3}}),
                        matrix({{21.5, 6.1, 8.4},
                                {16.2, 1.9, 5.1},
                                {11.0, 0.5, 0.8},
                                {7.5, 29.5, 14.2},
                                {8.9, 24.9, 16.9},
                                {1.2, 18.5, 4.9},
                                {9.2, 17.9, 51.2},
                                {7.9, 10.1, 38.5},
                                {25.1, 35.2, 68.4}}));
}

}  // namespace linchpin::test
