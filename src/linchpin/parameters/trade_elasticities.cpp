// SPDX-License-Identifier: Apache-2.0
#include "linchpin/parameters/trade_elasticities.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

#include "linchpin/core/contracts.h"
#include "linchpin/core/nearest.h"
#include "linchpin/parameters/csv_text.h"
#include "linchpin/parameters/mapping.h"
#include "linchpin/parameters/published_files.h"
#include "linchpin/parameters/sourced_numbers.h"

namespace linchpin::parameters {
namespace {

bool has_sets(CsvLine const& header) {
  return header.fields.size() > 2 && header.fields[0] == "k" && header.fields[1] == "sector";
}

/// Keeps rows of trade elasticities; says how many others there were.
void keep_elasticities(ParameterFile& file) {
  auto const others = std::erase_if(
      file.rows, [](Row const& row) { return row.parameter != Parameter::trade_elasticity; });
  if (others == 0) return;
  file.findings.push_back(
      fmt::format("{} rows of {} are no trade elasticities and are left aside", others, file.name));
}

}  // namespace

SetName split_set_name(std::string_view text) {
  auto const place = text.find_last_of("#:");
  bool const split = place != std::string_view::npos && place > 0 && place + 1 < text.size() &&
                     text.find('/', place) == std::string_view::npos;
  if (!split) return {std::string{text}, {}};
  return {std::string{text.substr(0, place)}, std::string{text.substr(place + 1)}};
}

Result<ParameterFile> read_trade_elasticities(std::string_view text, std::string const& name,
                                              std::string const& set) {
  auto const lines = split_csv(text, name);
  if (!lines) return fail(lines.error());
  if (has_sets(lines->front())) {
    ParameterFile file;
    file.name = name;
    ErrorList errors;
    read_theta_set(*lines, set, file, errors);
    if (errors.empty() && file.rows.empty()) {
      errors.add(ErrorCode::missing_value, "the file has no elasticity", name,
                 "add a line per sector");
    }
    if (!errors.empty()) return fail(errors.joined());
    return file;
  }
  if (!set.empty()) {
    return fail(ErrorCode::unknown_key,
                fmt::format("the file has no sets, so none named '{}'", set), name,
                "name the file alone");
  }
  auto file = read_parameter_file(text, name);
  if (!file) return file;
  keep_elasticities(*file);
  if (!file->rows.empty()) return file;
  return fail(ErrorCode::missing_value, "the file has no trade elasticity", name,
              "add a line like trade_elasticity.C26,5");
}

Result<SectorElasticities> trade_elasticities_of(std::span<ParameterFile const> files,
                                                 std::span<SectorLabel const> sectors) {
  SectorElasticities result;
  for (auto const& file : files) {
    result.findings.insert(result.findings.end(), file.findings.begin(), file.findings.end());
  }
  auto mapped = map_numbers(Parameter::trade_elasticity, files, sectors);
  mapped.resize(sectors.size());
  std::vector<std::string> missing;
  for (std::size_t s = 0; s < sectors.size(); ++s) {
    if (!mapped[s].value) {
      missing.push_back(sectors[s].label);
      continue;
    }
    result.theta.push_back(*mapped[s].value);
    result.low.push_back(mapped[s].low);
    result.high.push_back(mapped[s].high);
    if (mapped[s].assumed) ++result.assumptions;
  }
  if (missing.empty()) return result;
  std::vector<std::string> names;
  for (auto const& file : files) names.push_back(file.name);
  return fail(ErrorCode::missing_value,
              fmt::format("{} of {} sectors have no trade elasticity: {}", missing.size(),
                          sectors.size(), fmt::join(missing, ", ")),
              fmt::format("{}", fmt::join(names, ", ")),
              "add lines like trade_elasticity.C26,5 with their labels, or one for '*'");
}

Result<SectorElasticities> trade_elasticities_of(std::span<ParameterFile const> files,
                                                 std::span<std::string const> sectors) {
  std::vector<SectorLabel> labels;
  for (auto const& sector : sectors) labels.push_back({sector, sector, false});
  return trade_elasticities_of(files, labels);
}

double HorizonProfile::share(double years) const {
  LINCHPIN_EXPECTS(years >= 0);
  return 1 - (1 - one_year / long_run) * std::exp((1 - years) / adjustment_years);
}

Result<HorizonProfile> read_horizon_profile(std::string_view text, std::string const& name) {
  auto const numbers = read_sourced_numbers(text, name);
  if (!numbers) return fail(numbers.error());
  HorizonProfile profile;
  std::vector<std::string> const keys{"trade_elasticity.one_year", "trade_elasticity.long_run",
                                      "adjustment_years"};
  std::array<double*, 3> const places{&profile.one_year, &profile.long_run,
                                      &profile.adjustment_years};
  ErrorList errors;
  for (std::size_t k = 0; k < keys.size(); ++k) {
    auto const* const number = find_number(*numbers, keys[k]);
    if (number == nullptr) {
      errors.add(ErrorCode::missing_value, fmt::format("there is no {}", keys[k]), name,
                 fmt::format("a profile has the keys {}", fmt::join(keys, ", ")));
    } else if (!(number->value > 0 && std::isfinite(number->value))) {
      errors.add(ErrorCode::bad_value, fmt::format("{} is {}", keys[k], number->value),
                 number->where, "it is above 0");
    } else {
      *places[k] = number->value;
    }
  }
  for (auto const& number : *numbers) {
    if (std::find(keys.begin(), keys.end(), number.key) != keys.end()) continue;
    errors.add(ErrorCode::unknown_key, fmt::format("unknown key '{}'", number.key), number.where,
               did_you_mean(number.key, keys,
                            fmt::format("a profile has the keys {}", fmt::join(keys, ", "))));
  }
  if (errors.empty() && !(profile.one_year <= profile.long_run && profile.share(0) > 0)) {
    errors.add(
        ErrorCode::bad_value,
        fmt::format("{} after one year and {} in the long run, adjusted in {} years, start at "
                    "{:.4g} of the long run",
                    profile.one_year, profile.long_run, profile.adjustment_years, profile.share(0)),
        name, "elasticities rise with time and are above 0 at once: raise adjustment_years");
  }
  if (!errors.empty()) return fail(errors.joined());
  return profile;
}

DenseVector theta_after(HorizonProfile const& profile, double years,
                        std::span<double const> long_run_theta) {
  double const share = profile.share(years);
  DenseVector theta(long_run_theta.begin(), long_run_theta.end());
  for (auto& each : theta) each *= share;
  return theta;
}

}  // namespace linchpin::parameters
