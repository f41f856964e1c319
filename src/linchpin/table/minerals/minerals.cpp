// SPDX-License-Identifier: Apache-2.0
#include "linchpin/table/minerals/minerals.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <set>
#include <sstream>
#include <string_view>
#include <utility>

#include "linchpin/table/files/byte_source.h"
#include "linchpin/table/files/csv_lines.h"
#include "linchpin/table/label_text.h"
#include "linchpin/table/trade/trade_columns.h"

namespace linchpin {
namespace {

constexpr double share_slack = 1 + 1e-6;  // figures have up to ten digits
constexpr double largest_amount = 1e30;   // sums stay finite
constexpr char const* reinstall = "restore the file from the program's package";

std::vector<WantedColumn> columns_named(std::vector<std::string_view> const& names) {
  std::vector<WantedColumn> result;
  for (auto const name : names) result.push_back({name, {name}});
  return result;
}

/// Lines of a file with fixed columns, and what is wrong with them.
class ColumnReader {
 public:
  explicit ColumnReader(CsvReader csv) : csv_(std::move(csv)) {}

  template <class F>
  Result<void> read(std::vector<std::string_view> const& names, F&& read_line) {
    auto header = read_header(csv_, columns_named(names), reinstall);
    if (!header) return fail(header.error());
    header_ = *std::move(header);
    auto const done = for_each_line(csv_, problems_, [&] {
      if (csv_.fields().size() != header_.width) {
        problem(ErrorCode::bad_format, ragged_line(csv_.fields().size(), header_.width), 0);
      } else {
        read_line();
      }
    });
    if (!done) return fail(done.error());
    return {};
  }

  [[nodiscard]] std::string_view field(std::size_t column) const {
    return csv_.fields()[header_.field_of[column]];
  }

  /// A text that can be shown; empty text is a problem.
  [[nodiscard]] std::string text(std::size_t column) {
    auto const value = field(column);
    auto const fault = label_fault(value);
    if (!fault.empty()) {
      problem(value.empty() ? ErrorCode::missing_value : ErrorCode::bad_value,
              fmt::format("'{}' {}", printable(value), fault), column);
    }
    return std::string{value};
  }

  /// A number above zero; zero if it is none.
  [[nodiscard]] double amount(std::size_t column) {
    double value = 0;
    if (auto const fault = parse_number(field(column), value); fault != NumberFault::none) {
      auto const error = describe(fault, field(column), "");
      problem(error.code, error.what, column);
      return 0;
    }
    if (value <= 0 || value > largest_amount) {
      problem(ErrorCode::bad_value,
              fmt::format("{} is {}", value, value <= 0 ? "not above zero" : "more than there is"),
              column);
      return 0;
    }
    return value;
  }

  void problem(ErrorCode code, std::string what, std::size_t column) {
    problems_.add(code, std::move(what), csv_.where(header_.field_of[column]), reinstall);
  }

  template <class T>
  Result<T> finish(T result) {
    if (problems_.empty() && result.empty()) {
      problems_.add(ErrorCode::missing_value, "the file has no line", csv_.name(), reinstall);
    }
    if (!problems_.empty()) return fail(problems_.joined(csv_.name()));
    return result;
  }

 private:
  CsvReader csv_;
  HeaderColumns header_;
  ProblemList problems_;
};

enum Column : std::size_t {
  commodity,
  kind,
  country,
  iso3,
  year,
  production,
  unit,
  world,
  status,
  source
};

class ProductionReader {
 public:
  explicit ProductionReader(CsvReader csv) : lines_(std::move(csv)) {}

  Result<std::vector<MineralProduction>> read() {
    auto const done = lines_.read({"commodity", "kind", "country", "iso3", "year", "production",
                                   "unit", "world", "status", "source"},
                                  [&] { read_line(); });
    if (!done) return fail(done.error());
    return lines_.finish(std::move(result_));
  }

 private:
  void read_line() {
    auto& group = group_of_line();
    auto const name = lines_.text(country);
    if (!names_.insert(name).second) {
      lines_.problem(ErrorCode::duplicate_label, fmt::format("'{}' stands here twice", name),
                     country);
      return;
    }
    auto const state = lines_.field(status);
    if (state == "withheld" || state == "unknown") {
      group.hidden.push_back(name);
      return;
    }
    if (state != "reported" && state != "estimated") {
      lines_.problem(ErrorCode::bad_value, fmt::format("unknown status '{}'", printable(state)),
                     status);
      return;
    }
    group.estimated = group.estimated || state == "estimated";
    auto const amount = lines_.amount(production);
    auto const code = lines_.field(iso3);
    if (code.empty()) {
      group.others += amount;
    } else {
      group.producers.push_back({name, std::string{code}, amount});
    }
    sum_ += amount;
    if (sum_ > group.world * share_slack) {
      lines_.problem(
          ErrorCode::bad_value,
          fmt::format("producers sum to {:.10g}, the world to {:.10g}", sum_, group.world), world);
    }
  }

  MineralProduction& group_of_line() {
    auto const text_year = lines_.field(year);
    int number = 0;
    auto const* const end = text_year.data() + text_year.size();
    auto const parsed = std::from_chars(text_year.data(), end, number);
    if (parsed.ec != std::errc{} || parsed.ptr != end || number < 1000 || number > 9999) {
      lines_.problem(ErrorCode::bad_value, fmt::format("'{}' is not a year", printable(text_year)),
                     year);
    }
    bool const same = !result_.empty() && result_.back().commodity == lines_.field(commodity) &&
                      result_.back().kind == lines_.field(kind) && result_.back().year == number;
    if (same) return result_.back();
    names_.clear();
    sum_ = 0;
    auto& group = result_.emplace_back();
    group.commodity = lines_.text(commodity);
    group.kind = lines_.text(kind);
    group.year = number;
    group.unit = lines_.text(unit);
    group.world = lines_.amount(world);
    group.source = lines_.text(source);
    return group;
  }

  ColumnReader lines_;
  std::vector<MineralProduction> result_;
  std::set<std::string> names_;  // of the current production
  double sum_ = 0;
};

void add_labels(std::string_view text, std::vector<std::string>& labels) {
  std::istringstream words{std::string{text}};
  for (std::string word; words >> word;) {
    if (std::find(labels.begin(), labels.end(), word) == labels.end()) labels.push_back(word);
  }
}

}  // namespace

Result<std::vector<MineralProduction>> read_mineral_production(std::filesystem::path const& path) {
  auto csv = CsvReader::open(path);
  if (!csv) return fail(csv.error());
  return ProductionReader(*std::move(csv)).read();
}

Result<std::vector<MineralProduction>> parse_mineral_production(std::string_view text,
                                                                std::string const& name) {
  return ProductionReader(CsvReader(name, source_of(std::string{text}))).read();
}

Result<std::vector<MineralUse>> read_mineral_uses(std::filesystem::path const& path) {
  auto csv = CsvReader::open(path);
  if (!csv) return fail(csv.error());
  ColumnReader lines(*std::move(csv));
  std::vector<MineralUse> result;
  std::set<std::pair<std::string, std::string>> known;
  auto const done = lines.read({"commodity", "isic3", "isic4", "reason", "status"}, [&] {
    MineralUse use{.commodity = lines.text(0),
                   .sectors = {},
                   .reason = lines.text(3),
                   .status = lines.text(4)};
    add_labels(lines.field(1), use.sectors);
    add_labels(lines.field(2), use.sectors);
    if (use.sectors.empty()) lines.problem(ErrorCode::missing_value, "no sector is named", 1);
    if (!known.emplace(use.commodity, std::string{lines.field(1)}).second) {
      lines.problem(
          ErrorCode::duplicate_label,
          fmt::format("'{}' stands here twice with '{}'", use.commodity, printable(lines.field(1))),
          1);
    }
    result.push_back(std::move(use));
  });
  if (!done) return fail(done.error());
  return lines.finish(std::move(result));
}

}  // namespace linchpin
