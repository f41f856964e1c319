// SPDX-License-Identifier: Apache-2.0
#include "linchpin/parameters/providers.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>
#include <tuple>
#include <utility>

#include "linchpin/core/nearest.h"
#include "linchpin/parameters/csv_text.h"
#include "linchpin/table/files/csv.h"

namespace linchpin::parameters {
namespace {

constexpr std::array columns{"stage", "firm", "country", "share"};
/// Published shares are rounded: a sum may be over by that much.
constexpr double rounding = 0.02;

bool is_country(std::string_view text) {
  return text.size() == 3 &&
         std::all_of(text.begin(), text.end(), [](char c) { return c >= 'A' && c <= 'Z'; });
}

class Reader {
 public:
  Reader(std::span<std::string const> stages, ErrorList& errors)
      : stages_(stages), errors_(errors) {}

  void read_header(CsvLine const& header) {
    std::vector<std::string> const known{columns.begin(), columns.end()};
    for (std::size_t c = 0; c < header.fields.size(); ++c) {
      auto const& name = header.fields[c];
      if (std::find(known.begin(), known.end(), name) == known.end()) {
        errors_.add(ErrorCode::unknown_key, fmt::format("unknown column '{}'", name), header.where,
                    did_you_mean(name, known, "columns: stage, firm, country, share"));
      } else if (!places_.emplace(name, c).second) {
        errors_.add(ErrorCode::duplicate_label, fmt::format("two columns '{}'", name), header.where,
                    "leave one out");
      }
    }
    for (auto const* needed : {"stage", "country", "share"}) {
      if (places_.contains(needed)) continue;
      errors_.add(ErrorCode::missing_value, fmt::format("there is no column '{}'", needed),
                  header.where, "the header is stage,firm,country,share");
    }
  }

  void read_line(CsvLine const& line) {
    Provider row{field(line, "stage"), field(line, "firm"), field(line, "country"), 0, line.where};
    if (std::find(stages_.begin(), stages_.end(), row.stage) == stages_.end()) {
      errors_.add(ErrorCode::unknown_label, fmt::format("no stage is called '{}'", row.stage),
                  line.where, did_you_mean(row.stage, stages_, "see the stages of the technology"));
    }
    if (!is_country(row.country)) {
      errors_.add(ErrorCode::bad_value, fmt::format("'{}' is no country", row.country), line.where,
                  "write a code of three capital letters, as NLD");
    }
    auto const text = field(line, "share");
    if (auto const fault = parse_number(text, row.share); fault != NumberFault::none) {
      errors_.add(describe(fault, text, fmt::format("{}, share", line.where)));
    } else if (!(row.share >= 0 && row.share <= 1)) {
      errors_.add(ErrorCode::bad_value, fmt::format("a share of {}", row.share), line.where,
                  "write 0.61 for 61 %");
    }
    auto const [first, is_new] =
        seen_.emplace(std::tuple{row.stage, row.firm, row.country}, line.where);
    if (!is_new) {
      errors_.add(
          ErrorCode::duplicate_label,
          fmt::format("'{}' makes {} twice", row.firm.empty() ? row.country : row.firm, row.stage),
          line.where, fmt::format("the first is {}", first->second));
    }
    rows_.push_back(std::move(row));
  }

  std::vector<Provider> finish() {
    std::map<std::string, double> sums;
    for (auto const& row : rows_) {
      auto& sum = sums[row.stage];
      bool const below = sum <= 1 + rounding;
      sum += row.share;
      if (!below || sum <= 1 + rounding) continue;
      errors_.add(ErrorCode::bad_value, fmt::format("shares of {} sum to more than 1", row.stage),
                  row.where, "a country and its firms both count: name either");
    }
    return std::move(rows_);
  }

 private:
  [[nodiscard]] std::string field(CsvLine const& line, std::string const& name) const {
    auto const place = places_.find(name);
    if (place == places_.end() || place->second >= line.fields.size()) return {};
    return line.fields[place->second];
  }

  std::span<std::string const> stages_;
  ErrorList& errors_;
  std::map<std::string, std::size_t> places_;
  std::map<std::tuple<std::string, std::string, std::string>, std::string> seen_;
  std::vector<Provider> rows_;
};

}  // namespace

Result<std::vector<Provider>> read_providers(std::string_view text, std::string const& name,
                                             std::span<std::string const> stages) {
  auto const lines = split_csv(text, name);
  if (!lines) return fail(lines.error());
  ErrorList errors;
  Reader reader(stages, errors);
  reader.read_header(lines->front());
  if (!errors.empty()) return fail(errors.joined());
  for (std::size_t l = 1; l < lines->size(); ++l) reader.read_line((*lines)[l]);
  if (lines->size() == 1) {
    errors.add(ErrorCode::missing_value, "a header and nothing below it", name,
               "write a line per maker");
  }
  auto rows = reader.finish();
  if (!errors.empty()) return fail(errors.joined());
  return rows;
}

}  // namespace linchpin::parameters
