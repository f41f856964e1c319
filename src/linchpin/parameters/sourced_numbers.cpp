// SPDX-License-Identifier: Apache-2.0
#include "linchpin/parameters/sourced_numbers.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <map>

#include "linchpin/core/nearest.h"
#include "linchpin/parameters/csv_text.h"
#include "linchpin/table/files/csv.h"

namespace linchpin::parameters {
namespace {

constexpr std::array columns{"key",     "value", "low",    "high",    "unit", "source",
                             "licence", "date",  "status", "sceptic", "note"};

class Reader {
 public:
  Reader(std::vector<CsvLine> const& lines, ErrorList& errors) : lines_(lines), errors_(errors) {}

  std::vector<SourcedNumber> read() {
    read_header();
    std::vector<SourcedNumber> numbers;
    if (!errors_.empty()) return numbers;
    std::map<std::string, std::string> seen;
    for (std::size_t l = 1; l < lines_.size(); ++l) {
      auto number = read_line(lines_[l]);
      if (!number) continue;
      auto const [first, is_new] = seen.emplace(number->key, number->where);
      if (!is_new) {
        errors_.add(ErrorCode::duplicate_label, fmt::format("'{}' is there twice", number->key),
                    number->where, fmt::format("the first is {}", first->second));
      }
      numbers.push_back(*std::move(number));
    }
    return numbers;
  }

 private:
  void read_header() {
    auto const& header = lines_.front();
    std::vector<std::string> const known{columns.begin(), columns.end()};
    for (std::size_t c = 0; c < header.fields.size(); ++c) {
      auto const& name = header.fields[c];
      if (std::find(known.begin(), known.end(), name) == known.end()) {
        errors_.add(ErrorCode::unknown_key, fmt::format("unknown column '{}'", name), header.where,
                    did_you_mean(name, known, fmt::format("columns: {}", fmt::join(known, ", "))));
      }
      places_[name] = c;
    }
    for (auto const* needed : {"key", "value"}) {
      if (places_.contains(needed)) continue;
      errors_.add(ErrorCode::missing_value, fmt::format("there is no column '{}'", needed),
                  header.where, "the header is key,value and what else you know");
    }
  }

  std::string field(CsvLine const& line, std::string const& name) const {
    auto const place = places_.find(name);
    if (place == places_.end() || place->second >= line.fields.size()) return {};
    return line.fields[place->second];
  }

  std::optional<double> number(CsvLine const& line, char const* name) {
    auto const text = field(line, name);
    if (text.empty()) return std::nullopt;
    double value = 0;
    if (auto const fault = parse_number(text, value); fault != NumberFault::none) {
      errors_.add(describe(fault, text, fmt::format("{}, {}", line.where, name)));
      return std::nullopt;
    }
    return value;
  }

  Status status(CsvLine const& line) {
    auto const text = field(line, "status");
    if (text.empty()) return Status::user;
    for (auto const each : {Status::read, Status::derived, Status::assumption, Status::user}) {
      if (text == to_string(each)) return each;
    }
    errors_.add(ErrorCode::bad_value, fmt::format("'{}' is no status", text), line.where,
                "use read, derived, assumption or user");
    return Status::user;
  }

  Side sceptic(CsvLine const& line) {
    auto const text = field(line, "sceptic");
    if (text.empty()) return Side::none;
    for (auto const each : {Side::none, Side::low, Side::high}) {
      if (text == to_string(each)) return each;
    }
    errors_.add(ErrorCode::bad_value, fmt::format("'{}' is no end of a range", text), line.where,
                "in the column sceptic use low, high or none");
    return Side::none;
  }

  std::optional<SourcedNumber> read_line(CsvLine const& line) {
    SourcedNumber result;
    result.key = field(line, "key");
    result.where = line.where;
    auto const value = number(line, "value");
    if (result.key.empty() || (!value && field(line, "value").empty())) {
      errors_.add(ErrorCode::missing_value, "a line without a key or a value", line.where,
                  "write both, or leave the line out");
      return std::nullopt;
    }
    if (!value) return std::nullopt;
    result.value = *value;
    result.low = number(line, "low").value_or(*value);
    result.high = number(line, "high").value_or(*value);
    if (result.low > result.value || result.high < result.value) {
      errors_.add(ErrorCode::bad_value,
                  fmt::format("{} = {} lies outside low and high", result.key, result.value),
                  line.where, "low <= value <= high");
    }
    result.status = status(line);
    result.sceptic = sceptic(line);
    result.unit = field(line, "unit");
    result.source = field(line, "source");
    result.licence = field(line, "licence");
    result.date = field(line, "date");
    result.note = field(line, "note");
    return result;
  }

  std::vector<CsvLine> const& lines_;
  ErrorList& errors_;
  std::map<std::string, std::size_t> places_;
};

}  // namespace

char const* to_string(Side side) noexcept {
  switch (side) {
    case Side::low:
      return "low";
    case Side::high:
      return "high";
    case Side::none:
      break;
  }
  return "none";
}

Result<std::vector<SourcedNumber>> read_sourced_numbers(std::string_view text,
                                                        std::string const& name) {
  auto const lines = split_csv(text, name);
  if (!lines) return fail(lines.error());
  ErrorList errors;
  auto numbers = Reader(*lines, errors).read();
  if (errors.empty() && numbers.empty()) {
    errors.add(ErrorCode::missing_value, "the file has no numbers", name, "add key,value lines");
  }
  if (!errors.empty()) return fail(errors.joined());
  return numbers;
}

SourcedNumber const* find_number(std::span<SourcedNumber const> numbers, std::string_view key) {
  auto const found = std::find_if(numbers.begin(), numbers.end(),
                                  [&](SourcedNumber const& each) { return each.key == key; });
  return found == numbers.end() ? nullptr : &*found;
}

double at_preset(SourcedNumber const& number, std::string_view preset) noexcept {
  if (number.sceptic == Side::none) return number.value;
  bool const low = number.sceptic == Side::low;
  if (preset == "sceptic") return low ? number.low : number.high;
  if (preset == "optimist") return low ? number.high : number.low;
  return number.value;
}

double assumption_share(std::span<SourcedNumber const> numbers) {
  if (numbers.empty()) return 0;
  auto const assumed = std::count_if(numbers.begin(), numbers.end(), [](SourcedNumber const& each) {
    return each.status == Status::assumption;
  });
  return static_cast<double>(assumed) / static_cast<double>(numbers.size());
}

}  // namespace linchpin::parameters
