// SPDX-License-Identifier: Apache-2.0
#include "linchpin/table/trade/tariff_blocks.h"

#include <fmt/format.h>

#include <algorithm>
#include <string_view>
#include <utility>

#include "linchpin/table/files/bundle.h"
#include "linchpin/table/files/csv.h"
#include "linchpin/table/problem_list.h"

namespace linchpin {
namespace {

constexpr std::string_view blanks = " \t\r";
constexpr double highest_per_cent = 10'000;

class BlockReader {
 public:
  BlockReader(std::string name, std::vector<std::string> const& regions,
              std::vector<std::string> const& sectors)
      : name_(std::move(name)), regions_(regions.size()), sectors_(sectors.size()) {}

  void line(std::string_view text, std::size_t number) {
    auto start = text.find_first_not_of(blanks);
    if (start == std::string_view::npos || problems_.full()) return;
    std::size_t column = 0;
    while (start != std::string_view::npos) {
      auto const stop = std::min(text.find_first_of(blanks, start), text.size());
      if (column < regions_) cell(text.substr(start, stop - start), number, column);
      ++column;
      start = text.find_first_not_of(blanks, stop);
    }
    if (column != regions_) {
      problems_.add(ErrorCode::bad_format,
                    fmt::format("{} numbers, expected {}, one per exporter", column, regions_),
                    place(number), "the file belongs to another calibration, or is damaged");
    }
    ++row_;
  }

  Result<std::vector<TariffCell>> finish() {
    auto const blocks = regions_ == 0 ? 0 : row_ / regions_;
    if (!problems_.full() && (row_ == 0 || row_ % regions_ != 0 || blocks > sectors_)) {
      problems_.add(ErrorCode::bad_format,
                    fmt::format("{} lines of numbers, expected a multiple of {} up to {}", row_,
                                regions_, regions_ * sectors_),
                    name_, "one block per sector, one line per importer");
    }
    if (!problems_.empty()) return fail(problems_.joined(name_));
    return std::move(cells_);
  }

 private:
  [[nodiscard]] std::string place(std::size_t number) const {
    return fmt::format("{}:{}", name_, number);
  }

  void cell(std::string_view word, std::size_t number, std::size_t exporter) {
    auto const here = [&] { return fmt::format("{}, number {}", place(number), exporter + 1); };
    double rate = 0;
    if (auto const fault = parse_number(word, rate); fault != NumberFault::none) {
      auto const error = describe(fault, word, here());
      problems_.add(error.code, error.what, error.where, error.hint);
      return;
    }
    if (!(rate > -100 && rate <= highest_per_cent)) {
      problems_.add(ErrorCode::bad_value, fmt::format("the rate is {} %", rate), here(),
                    "rates of this layout are per cent, above -100 and at most 10000");
      return;
    }
    auto const importer = row_ % regions_;
    if (importer == exporter) return;
    cells_.push_back({row_ / regions_, importer, exporter, 0.0, rate / 100});
  }

  std::string name_;
  std::size_t regions_, sectors_;
  std::size_t row_ = 0;
  std::vector<TariffCell> cells_;
  ProblemList problems_;
};

Result<std::pair<Bundle, std::string>> open_single(std::filesystem::path const& path) {
  auto bundle = Bundle::open(path);
  if (!bundle) return fail(bundle.error());
  auto const members = bundle->members();
  if (members.size() != 1) {
    return fail(ErrorCode::bad_format, "a folder or an archive of several files", path.string(),
                "name one file of tariffs");
  }
  auto member = members.front();
  return std::pair{*std::move(bundle), std::string{member}};
}

}  // namespace

Result<bool> holds_tariff_blocks(std::filesystem::path const& path) {
  auto const opened = open_single(path);
  if (!opened) return fail(opened.error());
  auto const line = opened->first.first_line(opened->second);
  return !line.empty() && line.find_first_not_of("0123456789+-.eE \t\r") == std::string::npos;
}

Result<std::vector<TariffCell>> read_new_tariffs(std::filesystem::path const& path,
                                                 std::vector<std::string> const& regions,
                                                 std::vector<std::string> const& sectors) {
  auto const blocks = holds_tariff_blocks(path);
  if (!blocks) return fail(blocks.error());
  if (!*blocks) {
    auto cells = read_tariff_file(path, regions, sectors);
    if (!cells) return cells;
    bool const changes = std::all_of(cells->begin(), cells->end(),
                                     [](auto const& cell) { return cell.new_rate.has_value(); });
    if (changes) return cells;
    return fail(ErrorCode::bad_format, "the file has tariffs of a base, but no new ones",
                path.string(), "name its columns importer,exporter,sector,rate_base,rate_new");
  }
  auto const opened = open_single(path);
  if (!opened) return fail(opened.error());
  auto const text = opened->first.read_text(opened->second);
  if (!text) return fail(text.error());
  BlockReader reader(path.string(), regions, sectors);
  std::string_view rest = *text;
  for (std::size_t number = 1; !rest.empty(); ++number) {
    auto const stop = std::min(rest.find('\n'), rest.size());
    reader.line(rest.substr(0, stop), number);
    rest.remove_prefix(std::min(stop + 1, rest.size()));
  }
  return reader.finish();
}

}  // namespace linchpin
