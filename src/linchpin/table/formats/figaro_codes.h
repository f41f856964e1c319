// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "linchpin/table/files/bundle.h"
#include "linchpin/table/formats/matrix_reader.h"
#include "linchpin/table/table.h"

namespace linchpin {

/// Row of value added or other primary input, as FIGARO codes it ("D1"), and its name.
struct FigaroInput {
  std::string_view code;
  std::string_view name;
};

/// The six rows below the industries: net taxes on products, the two adjustments between territory
/// and residents, compensation of employees, other net taxes, gross operating surplus.
[[nodiscard]] std::vector<std::string> figaro_value_added_rows();

/// What a code beside a region means: "A01" with "AT" an industry (or product, in
/// product-by-product tables), "P3_S14" a kind of final demand, "D1" with the region "W2" a row of
/// value added.
[[nodiscard]] MatrixRole figaro_role(std::string_view region, std::string_view code);
/// The same for the two in one: "AT_A01", "FIGW1_P51G", "W2_D1".
[[nodiscard]] MatrixRole figaro_role(std::string_view label);

/// \param products  the codes are of products ("CPA_A01"), not of industries
[[nodiscard]] TableInfo describe_figaro(Bundle const& bundle, std::string const& member,
                                        bool products);

/// Reads the flat form: one line per cell, columns refArea, rowIi, counterpartArea, colIi, obsValue
/// by name, in any order of columns. Lines grouped by row are streamed; in another order the whole
/// matrix is held once more.
[[nodiscard]] Result<Table> read_figaro_flat(Bundle const& bundle, std::string const& member,
                                             ReadOptions const& options, RunControl const& control);

}  // namespace linchpin
