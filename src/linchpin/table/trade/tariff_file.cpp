// SPDX-License-Identifier: Apache-2.0
#include "linchpin/table/trade/tariff_file.h"

#include <fmt/format.h>

#include <unordered_set>
#include <utility>

#include "linchpin/table/trade/csv_table.h"

namespace linchpin {
namespace {

constexpr double highest_rate = 100;  // 10,000 %; whoever writes more means per cent
constexpr char const* rate_hint = "rates are shares of the value: 0.25 is 25 %";

/// The rate in a column; nothing, with a problem, if it is none or out of range.
std::optional<double> rate_in(CsvTable const& table, std::string const& column, bool of_base,
                              ProblemList& problems) {
  auto const rate = table.number(column, problems);
  if (!rate) return std::nullopt;
  bool const low_enough = *rate <= highest_rate;
  bool const high_enough = of_base ? *rate >= 0 : *rate > -1;
  if (low_enough && high_enough) return rate;
  problems.add(ErrorCode::bad_value, fmt::format("the rate is {}", *rate), table.where(column),
               rate_hint);
  return std::nullopt;
}

}  // namespace

Result<std::vector<TariffCell>> read_tariff_file(std::filesystem::path const& path,
                                                 std::vector<std::string> const& regions,
                                                 std::vector<std::string> const& sectors) {
  auto csv = CsvReader::open(path);
  if (!csv) return fail(csv.error());
  CsvTable table(std::move(*csv), {"importer", "exporter", "sector"},
                 {"rate", "rate_base", "rate_new", "source", "licence", "date", "status", "note"});
  if (auto const done = table.read_header(); !done) return fail(done.error());
  bool const changes = table.has("rate_base") && table.has("rate_new");
  bool const partly = table.has("rate_base") || table.has("rate_new");
  if (table.has("rate") ? partly : !changes) {
    return fail(ErrorCode::bad_format,
                "there must be either the column 'rate' or both 'rate_base' "
                "and 'rate_new'",
                table.where(), rate_hint);
  }
  std::string const base = changes ? "rate_base" : "rate";
  LabelLookup region(regions, "region"), sector(sectors, "sector");
  ProblemList problems;
  std::vector<TariffCell> cells;
  std::unordered_set<std::size_t> seen;
  auto const done = table.for_each(problems, [&] {
    auto const n = region.find(table.text("importer"), table.where("importer"), problems);
    auto const i = region.find(table.text("exporter"), table.where("exporter"), problems);
    auto const j = sector.find(table.text("sector"), table.where("sector"), problems);
    auto const rate = rate_in(table, base, true, problems);
    auto const changed =
        changes ? rate_in(table, "rate_new", false, problems) : std::optional<double>{};
    if (!n || !i || !j || !rate || (changes && !changed)) return;
    if (*n == *i && (*rate != 0 || changed.value_or(0) != 0)) {
      problems.add(ErrorCode::bad_value, "a tariff of a region on its own goods", table.where(),
                   "leave the line out");
      return;
    }
    if (!seen.insert((*j * regions.size() + *n) * regions.size() + *i).second) {
      problems.add(ErrorCode::duplicate_label,
                   fmt::format("the cell {}, {}, {} stands here twice", regions[*n], regions[*i],
                               sectors[*j]),
                   table.where(), "keep one of the lines");
      return;
    }
    cells.push_back({*j, *n, *i, *rate, changed});
  });
  if (!done) return fail(done.error());
  if (problems.empty() && cells.empty()) {
    problems.add(ErrorCode::missing_value, "the file has no tariff", table.name(),
                 "write a line importer,exporter,sector,rate");
  }
  if (!problems.empty()) return fail(problems.joined(table.name()));
  return cells;
}

DenseVector tariffs_of(std::span<TariffCell const> cells, std::size_t regions,
                       std::size_t sectors) {
  DenseVector tariffs(sectors * regions * regions, 0.0);
  for (auto const& cell : cells) {
    LINCHPIN_EXPECTS(cell.sector < sectors && cell.importer < regions && cell.exporter < regions);
    tariffs[(cell.sector * regions + cell.importer) * regions + cell.exporter] = cell.rate;
  }
  return tariffs;
}

}  // namespace linchpin
