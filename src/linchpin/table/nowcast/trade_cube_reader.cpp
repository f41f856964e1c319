// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <array>
#include <cctype>
#include <optional>
#include <string_view>
#include <unordered_map>
#include <utility>

#include "linchpin/core/byte_count.h"
#include "linchpin/core/nearest.h"
#include "linchpin/table/files/csv.h"
#include "linchpin/table/label_text.h"
#include "linchpin/table/nowcast/trade_cube.h"
#include "linchpin/table/problem_list.h"

namespace linchpin {
namespace {

constexpr std::string_view progress_name = "reading trade cube";
constexpr std::size_t lines_between_reports = 8192;

enum Column : std::size_t { exporter, importer, sector, amount, tariff, column_count };
constexpr std::array<std::string_view, column_count> column_names{"exporter", "importer", "sector",
                                                                  "value_musd", "tariff"};

/// Texts numbered by first appearance.
class Numbers {
 public:
  std::size_t of(std::string_view text) {
    key_.assign(text);
    auto const [place, is_new] = numbers_.try_emplace(key_, labels_.size());
    if (is_new) labels_.push_back(key_);
    return place->second;
  }
  [[nodiscard]] std::vector<std::string> const& labels() const noexcept { return labels_; }

 private:
  std::string key_;
  std::vector<std::string> labels_;
  std::unordered_map<std::string, std::size_t> numbers_;
};

struct Cell {
  std::size_t exporter, importer, sector;
  double value, tariff;
  std::size_t line;
};

/// First run of exactly four digits that can be a year; 0 if there is none.
int year_in(std::string_view name) {
  for (std::size_t begin = 0; begin < name.size(); ++begin) {
    std::size_t end = begin;
    while (end < name.size() && std::isdigit(static_cast<unsigned char>(name[end])) != 0) ++end;
    if (end - begin == 4 && (name.substr(begin, 2) == "19" || name.substr(begin, 2) == "20")) {
      return std::stoi(std::string{name.substr(begin, 4)});
    }
    if (end > begin) begin = end - 1;
  }
  return 0;
}

class CubeReader {
 public:
  CubeReader(CsvReader csv, std::string file_name, CubeReadOptions const& options,
             RunControl const& control)
      : csv_(std::move(csv)),
        file_name_(std::move(file_name)),
        options_(options),
        control_(control) {}

  Result<TradeCube> read() {
    if (auto const done = read_header(); !done) return fail(done.error());
    for (std::size_t lines = 1; !problems_.full(); ++lines) {
      auto const more = csv_.next();
      if (!more) return fail(more.error());
      if (!*more) break;
      if (auto const done = csv_.split(); !done) {
        auto const& problem = done.error();
        problems_.add(problem.code, problem.what, problem.where, problem.hint);
      } else {
        read_line();
      }
      if (lines % lines_between_reports == 0) {
        csv_.report_progress(control_, progress_name);
        if (control_.cancel.cancelled()) {
          return fail(ErrorCode::cancelled, "stopped while reading", csv_.name(), "run it again");
        }
        if (cells_.size() > options_.memory_limit / sizeof(Cell)) return fail(too_large());
      }
    }
    return finish();
  }

 private:
  Result<void> read_header() {
    auto const more = csv_.next();
    if (!more) return fail(more.error());
    if (!*more) {
      return fail(ErrorCode::bad_format, "the file is empty", csv_.name(), "check the download");
    }
    csv_.set_dialect(dialect_of(csv_.line()));
    if (auto const done = csv_.split(); !done) return done;
    auto const& fields = csv_.fields();
    width_ = fields.size();
    ErrorList errors;
    for (std::size_t column = 0; column < column_count; ++column) {
      for (std::size_t field = 0; field < width_; ++field) {
        if (fields[field] == column_names[column]) field_of_[column] = field;
      }
      if (field_of_[column] || (column == tariff && !options_.tariffs)) continue;
      errors.add(column == tariff ? ErrorCode::missing_value : ErrorCode::bad_format,
                 fmt::format("there is no column '{}'", column_names[column]), csv_.where(),
                 "a trade cube has the columns exporter, importer, sector, value_musd");
    }
    if (!errors.empty()) return fail(errors.joined());
    return {};
  }

  void read_line() {
    auto const& fields = csv_.fields();
    if (fields.size() != width_) {
      problems_.add(ErrorCode::bad_format,
                    fmt::format("the line has {} fields, the header has {}", fields.size(), width_),
                    csv_.where(), "check the download");
      return;
    }
    for (auto const column : {exporter, importer, sector}) {
      auto const fault = label_fault(fields[*field_of_[column]]);
      if (fault.empty()) continue;
      problems_.add(ErrorCode::bad_value,
                    fmt::format("the label '{}' {}", printable(fields[*field_of_[column]]), fault),
                    csv_.where(*field_of_[column]), "name exporter, importer and sector");
      return;
    }
    Cell cell{regions_.of(fields[*field_of_[exporter]]),
              regions_.of(fields[*field_of_[importer]]),
              sectors_.of(fields[*field_of_[sector]]),
              number(amount),
              0,
              csv_.line_number()};
    if (options_.tariffs) cell.tariff = number(tariff);
    cells_.push_back(cell);
  }

  double number(Column column) {
    auto const field = *field_of_[column];
    auto const text = csv_.fields()[field];
    double value = 0;
    if (auto const fault = parse_number(text, csv_.dialect(), value); fault != NumberFault::none) {
      auto const problem = describe(fault, text, csv_.where(field));
      problems_.add(problem.code, problem.what, problem.where, problem.hint);
      return 0;
    }
    if (value < 0) {
      problems_.add(ErrorCode::bad_value, fmt::format("the value {} is negative", value),
                    csv_.where(field), "a cube holds sales and tariffs, which are not negative");
    }
    return value;
  }

  [[nodiscard]] Error too_large() const {
    return {ErrorCode::too_large,
            fmt::format("{} regions and {} sectors need more than the limit of {}",
                        regions_.labels().size(), sectors_.labels().size(),
                        byte_count(static_cast<double>(options_.memory_limit))),
            csv_.name(), "raise the memory limit, or add up regions or sectors first"};
  }

  Result<TradeCube> finish() {
    if (problems_.empty() && cells_.empty()) {
      problems_.add(ErrorCode::bad_format, "the cube has no cell", csv_.name(),
                    "check the download");
    }
    if (!problems_.empty()) return fail(problems_.joined(csv_.name()));
    TradeCube cube;
    cube.title = file_name_;
    cube.year = year_in(file_name_);
    cube.unit = {"USD", 1e6};
    cube.source = "OECD Inter-Country Input-Output Tables, bilateral totals by sector";
    cube.licence = "OECD terms and conditions, attribution";
    cube.regions = regions_.labels();
    cube.sectors = sectors_.labels();
    auto const G = static_cast<double>(cube.regions.size());
    double const doubles = G * G * static_cast<double>(cube.sectors.size());
    if (doubles * sizeof(double) * (options_.tariffs ? 2 : 1) >
        static_cast<double>(options_.memory_limit)) {
      return fail(too_large());
    }
    fill(cube);
    if (!problems_.empty()) return fail(problems_.joined(csv_.name()));
    return cube;
  }

  void fill(TradeCube& cube) {
    auto const size = cube.regions.size() * cube.regions.size() * cube.sectors.size();
    cube.values.assign(size, 0.0);
    if (options_.tariffs) cube.tariffs.assign(size, 0.0);
    std::vector<char> seen(size, 0);
    for (auto const& each : cells_) {
      auto const k = cube.cell(each.exporter, each.importer, each.sector);
      if (seen[k] != 0) {
        problems_.add(
            ErrorCode::duplicate_label,
            fmt::format("the cell {}, {}, {} stands here twice", cube.regions[each.exporter],
                        cube.regions[each.importer], cube.sectors[each.sector]),
            fmt::format("{}:{}", csv_.name(), each.line), "keep one of the lines");
        if (problems_.full()) return;
      }
      seen[k] = 1;
      cube.values[k] = each.value;
      if (options_.tariffs) cube.tariffs[k] = each.tariff;
    }
  }

  CsvReader csv_;
  std::string file_name_;
  CubeReadOptions const& options_;
  RunControl const& control_;
  ProblemList problems_;
  std::size_t width_ = 0;
  std::array<std::optional<std::size_t>, column_count> field_of_{};
  Numbers regions_, sectors_;
  std::vector<Cell> cells_;
};

}  // namespace

Result<TradeCube> read_trade_cube(std::filesystem::path const& path, CubeReadOptions const& options,
                                  RunControl const& control) {
  auto csv = CsvReader::open(path);
  if (!csv) return fail(csv.error());
  return CubeReader(*std::move(csv), path.filename().string(), options, control).read();
}

}  // namespace linchpin
