// SPDX-License-Identifier: Apache-2.0
#include "linchpin/parameters/product_elasticities.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <optional>
#include <vector>

#include "linchpin/parameters/csv_text.h"
#include "linchpin/table/files/csv.h"

namespace linchpin::parameters {
namespace {

std::optional<std::size_t> column_of(CsvLine const& header, std::vector<std::string> const& names) {
  for (std::size_t c = 0; c < header.fields.size(); ++c) {
    if (std::find(names.begin(), names.end(), header.fields[c]) != names.end()) return c;
  }
  return std::nullopt;
}

std::string field(CsvLine const& line, std::optional<std::size_t> column) {
  return column && *column < line.fields.size() ? line.fields[*column] : std::string{};
}

double median_of(std::vector<double> values) {
  std::sort(values.begin(), values.end());
  std::size_t const n = values.size();
  return n % 2 == 1 ? values[n / 2] : (values[n / 2 - 1] + values[n / 2]) / 2;
}

}  // namespace

Result<ProductElasticities> read_product_elasticities(std::string_view text,
                                                      std::string const& name) {
  auto const lines = split_csv(text, name);
  if (!lines) return fail(lines.error());
  auto const& header = lines->front();
  auto const product = column_of(header, {"product", "HS6", "hs6", "hs", "k"});
  auto const theta = column_of(header, {"theta"}), sigma = column_of(header, {"sigma"});
  ErrorList errors;
  if (!product || (!theta && !sigma)) {
    return fail(ErrorCode::missing_value,
                product ? "there is no column theta or sigma" : "there is no column product or HS6",
                header.where, "the header is product,theta, or that of ProTEE: HS6,…,sigma");
  }
  std::array const flags{column_of(header, {"zero"}), column_of(header, {"positive"})};
  ProductElasticities result;
  for (std::size_t l = 1; l < lines->size() && errors.size() < 20; ++l) {
    auto const& line = (*lines)[l];
    auto const code = field(line, product);
    if (code.empty()) {
      errors.add(ErrorCode::missing_value, "a line without a product", line.where,
                 "name its code, or leave the line out");
      continue;
    }
    auto const value = field(line, theta ? theta : sigma);
    bool const own = std::none_of(flags.begin(), flags.end(),
                                  [&](auto const& flag) { return field(line, flag) == "1"; });
    if (!own || value.empty()) {
      ++result.left_out;
      continue;
    }
    double number = 0;
    if (auto const fault = parse_number(value, number); fault != NumberFault::none) {
      errors.add(describe(fault, value, line.where));
      continue;
    }
    if (!theta) number = -number - 1;
    if (!(number > 0)) {
      ++result.left_out;
      continue;
    }
    if (!result.theta.emplace(code, number).second) {
      errors.add(ErrorCode::duplicate_label, fmt::format("product '{}' is there twice", code),
                 line.where, "leave one line out");
    }
  }
  if (errors.empty() && result.theta.empty()) {
    errors.add(ErrorCode::missing_value, "no line has an elasticity above 0", name,
               "theta above 0, or sigma below -1 as in ProTEE");
  }
  if (!errors.empty()) return fail(errors.joined());
  std::vector<double> all;
  for (auto const& [code, value] : result.theta) all.push_back(value);
  result.median = median_of(std::move(all));
  return result;
}

}  // namespace linchpin::parameters
