// SPDX-License-Identifier: Apache-2.0
#include "linchpin/parameters/accelerators.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <utility>

#include "linchpin/core/nearest.h"
#include "linchpin/parameters/csv_text.h"
#include "linchpin/table/files/csv.h"

namespace linchpin::parameters {
namespace {

using Text = std::string Accelerator::*;
using Number = std::optional<double> Accelerator::*;

constexpr std::array<std::pair<char const*, Text>, 5> texts{{{"name", &Accelerator::name},
                                                             {"maker", &Accelerator::maker},
                                                             {"released", &Accelerator::released},
                                                             {"source", &Accelerator::source},
                                                             {"date", &Accelerator::date}}};
constexpr std::array<std::pair<char const*, Number>, 8> numbers{
    {{"performance_16bit", &Accelerator::performance_16bit},
     {"performance_8bit", &Accelerator::performance_8bit},
     {"memory", &Accelerator::memory},
     {"memory_bandwidth", &Accelerator::memory_bandwidth},
     {"power", &Accelerator::power},
     {"die_area", &Accelerator::die_area},
     {"price", &Accelerator::price},
     {"tpp", &Accelerator::tpp}}};
// Follow from the others, or say what every line of a shipped file says.
constexpr std::array not_read{"performance_density", "status"};

void check_header(CsvLine const& header, ErrorList& errors) {
  std::vector<std::string> known{not_read.begin(), not_read.end()};
  for (auto const& each : texts) known.emplace_back(each.first);
  for (auto const& each : numbers) known.emplace_back(each.first);
  for (auto const& name : header.fields) {
    if (std::find(known.begin(), known.end(), name) != known.end()) continue;
    errors.add(ErrorCode::unknown_key, fmt::format("unknown column '{}'", name), header.where,
               did_you_mean(name, known, "see data/parameters/README.md"));
  }
  if (std::find(header.fields.begin(), header.fields.end(), "name") == header.fields.end()) {
    errors.add(ErrorCode::missing_value, "there is no column 'name'", header.where,
               "the first column names the accelerator");
  }
}

Accelerator read_line(CsvLine const& header, CsvLine const& line, ErrorList& errors) {
  Accelerator result;
  for (std::size_t c = 0; c < std::min(header.fields.size(), line.fields.size()); ++c) {
    auto const& field = line.fields[c];
    for (auto const& [name, place] : texts) {
      if (header.fields[c] == name) result.*place = field;
    }
    for (auto const& [name, place] : numbers) {
      if (header.fields[c] != name || field.empty()) continue;
      double value = 0;
      auto const where = fmt::format("{}, {}", line.where, name);
      if (auto const fault = parse_number(field, value); fault != NumberFault::none) {
        errors.add(describe(fault, field, where));
      } else if (value <= 0) {
        errors.add(ErrorCode::bad_value, fmt::format("{} is {}", name, value), where,
                   "use a number above 0, or leave the field empty");
      } else {
        result.*place = value;
      }
    }
  }
  if (result.name.empty()) {
    errors.add(ErrorCode::missing_value, "an accelerator without a name", line.where, "name it");
  }
  return result;
}

}  // namespace

Result<std::vector<Accelerator>> read_accelerators(std::string_view text, std::string const& name) {
  auto const lines = split_csv(text, name);
  if (!lines) return fail(lines.error());
  ErrorList errors;
  check_header(lines->front(), errors);
  std::vector<Accelerator> result;
  if (errors.empty()) {
    for (std::size_t l = 1; l < lines->size(); ++l) {
      result.push_back(read_line(lines->front(), (*lines)[l], errors));
    }
  }
  if (!errors.empty()) return fail(errors.joined());
  return result;
}

}  // namespace linchpin::parameters
