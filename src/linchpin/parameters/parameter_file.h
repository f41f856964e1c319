// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "linchpin/core/error.h"

namespace linchpin::parameters {

/// What a row sets.
enum class Parameter {
  inventory_days,         ///< target stock of a product [days of use], at least 1
  resourcing_elasticity,  ///< exponent of suppliers' weights of a product, at least 0
  overproduction,         ///< ceiling of capacity of a sector, at least 1
  criticality,            ///< of a product to a using sector: 0 not, 0.5 important, 1 critical
  trade_elasticity,       ///< theta of a product between origins, above 0; not of the daily model
};

[[nodiscard]] char const* to_string(Parameter parameter) noexcept;

/// How much is known about a number.
enum class Status {
  read,        ///< stands in the source
  derived,     ///< computed from numbers of the source
  assumption,  ///< chosen by whoever wrote the file
  user,        ///< the file does not say
};

[[nodiscard]] char const* to_string(Status status) noexcept;

/// One number with where it is from.
struct Row {
  Parameter parameter = Parameter::inventory_days;
  std::string product;         ///< sector code or label; "*": all
  std::string user;            ///< of criticality: the sector that uses it
  std::optional<double> value; ///< empty: the source has no rating (NA)
  std::optional<double> low, high;
  std::string unit, source, licence, date, note;
  Status status = Status::user;
  std::string where;  ///< "my.csv:12"
};

struct ParameterFile {
  std::string name;
  std::vector<Row> rows;
  std::vector<std::string> findings;  ///< cells without a number, numbers raised to their least
};

/// Reads a file of parameters (docs/formats/parameters.md). The header says which kind it is:
///   - key,value[,low,high,unit,source,licence,date,status,note], key = inventory_days.C26,
///     resourcing_elasticity.C26, overproduction.C26, criticality.C26>C29, trade_elasticity.C26;
///   - a matrix of ratings: rows are inputs, columns are users, cells 0, 0.5, 1 or NA;
///   - monthly ratios of stocks to output by sector (column ratio_input_inv_go_monthly);
///   - "Desired stock (days)" by sector;
///   - sets of trade elasticities by sector (columns k, sector, then one per set), taken as exponents of
///     re-sourcing; trade models read them with read_trade_elasticities.
///
/// \param choice  column or set to take where a file has several ("CP"); empty: the usual one
/// \error bad_format, bad_value, missing_value, unknown_key  all problems at once, with their lines
[[nodiscard]] Result<ParameterFile> read_parameter_file(std::string_view text,
                                                        std::string const& name,
                                                        std::string const& choice = {});

}  // namespace linchpin::parameters
