// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "linchpin/parameters/csv_text.h"
#include "linchpin/parameters/parameter_file.h"

namespace linchpin::parameters {

// Files as others publish them. Each takes the lines of a file, the header first, and adds its
// problems to `errors`.

/// A square of ratings: the first column names inputs, the header users.
void read_ratings(std::vector<CsvLine> const& lines, ParameterFile& file, ErrorList& errors);

/// Ratios of stocks to monthly output, in column `choice` (ratio_input_inv_go_monthly if empty).
/// Days are ratio x 365 / 12. They are stocks of the sector that holds them.
void read_stock_ratios(std::vector<CsvLine> const& lines, std::string const& choice,
                       ParameterFile& file, ErrorList& errors);

/// "Desired stock (days)" by sector that holds them.
void read_desired_stocks(std::vector<CsvLine> const& lines, ParameterFile& file, ErrorList& errors);

/// Trade elasticities of set `choice` as they stand, rows of trade_elasticity.
/// \return false, with a problem in `errors`, if there is no such set
bool read_theta_set(std::vector<CsvLine> const& lines, std::string const& choice,
                    ParameterFile& file, ErrorList& errors);

/// Trade elasticities of set `choice` as exponents of re-sourcing. The exponent of a product is its elasticity over the mean
/// of the set over goods: the average good follows what suppliers make one to one.
void read_elasticity_sets(std::vector<CsvLine> const& lines, std::string const& choice,
                          ParameterFile& file, ErrorList& errors);

}  // namespace linchpin::parameters
