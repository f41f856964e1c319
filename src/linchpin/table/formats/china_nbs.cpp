// SPDX-License-Identifier: Apache-2.0
// Input-output tables of China's National Bureau of Statistics (NBS), as CSV.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <filesystem>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "linchpin/core/nearest.h"
#include "linchpin/table/formats/formats.h"
#include "linchpin/table/formats/matrix_reader_member.h"
#include "linchpin/table/formats/national_flows.h"
#include "linchpin/table/formats/national_grid.h"
#include "linchpin/table/label_text.h"
#include "linchpin/table/problem_list.h"
#include "linchpin/table/region_names.h"

namespace linchpin {
namespace {

constexpr char const* country = "CHN";
constexpr std::string_view exports = "EX";
constexpr std::string_view imports = "IM";
constexpr std::string_view gross_output = "GO";
constexpr std::string_view domestic_rows = "Domestic";
constexpr std::string_view import_rows = "Imports";
constexpr std::string_view value_added_prefix = "VA";

struct Category {
  std::string_view label;
  std::string_view name;
  bool inventory_change;
};

// In the order of the publication; a table has some of them.
constexpr std::array<Category, 8> known_categories{{
    {"FU101", "Final consumption of rural households", false},
    {"FU102", "Final consumption of urban households", false},
    {"FU103", "Final consumption of government", false},
    {"TC", "Final consumption", false},
    {"FU201", "Gross fixed capital formation", false},
    {"FU202", "Changes in inventories", true},
    {"ERR", "Statistical discrepancy", true},
    {exports, "Exports", false},
}};
// Sums of other columns; "Origin" is a text column of the tables that have it.
constexpr std::array<std::string_view, 4> total_columns{"TIU", "THC", "GCF", "TFU"};
constexpr std::array<std::string_view, 3> total_rows{"TII", "TVA", "TI"};
// NBS lists goods first; power is the first of what cannot be stored.
constexpr std::string_view first_service = "electric power";

template <class List>
bool is_one_of(List const& list, std::string_view text) {
  return std::find(list.begin(), list.end(), text) != list.end();
}

class NbsReader {
 public:
  NbsReader(LabelledGrid grid, std::string file_name)
      : grid_(std::move(grid)), file_name_(std::move(file_name)) {}

  Result<Table> read(ReadOptions const& options);

 private:
  void find_columns();
  void find_rows();
  std::vector<std::size_t> rows_of(std::string_view origin);
  [[nodiscard]] bool is_total(std::string_view column) const;
  void describe_sectors();
  void fill_common();
  Result<void> fill_imports();
  DenseMatrix final_uses(std::span<std::size_t const> rows);
  [[nodiscard]] TableInfo origin() const;

  LabelledGrid grid_;
  std::string file_name_;
  ProblemList problems_;
  NationalFlows flows_;
  bool split_ = false;  // published with imports in rows of their own
  std::vector<std::size_t> sector_columns_, category_columns_;
  std::vector<std::size_t> domestic_, imported_, value_added_;  // rows
};

/// Consumption has its total among the columns where it is split, and alone where it is not.
bool NbsReader::is_total(std::string_view column) const {
  return is_one_of(total_columns, column) || (column == "TC" && grid_.find_column("FU101"));
}

void NbsReader::find_columns() {
  for (std::size_t k = 0; k < grid_.columns().size(); ++k) {
    auto const& column = grid_.columns()[k];
    auto const known = std::find_if(known_categories.begin(), known_categories.end(),
                                    [&](Category const& each) { return each.label == column; });
    if (is_total(column) || column == gross_output || column == imports) continue;
    if (known != known_categories.end()) {
      category_columns_.push_back(k);
      flows_.categories.push_back(
          {std::string{known->label}, std::string{known->name}, known->inventory_change});
    } else if (grid_.find_row(column, split_ ? domestic_rows : std::string_view{})) {
      sector_columns_.push_back(k);
    } else {
      problems_.add(ErrorCode::unknown_label,
                    fmt::format("the column '{}' is neither a sector that has a row nor a kind of "
                                "final use",
                                printable(column)),
                    grid_.name(), "kinds are FU101, FU102, FU103, TC, FU201, FU202, ERR, EX");
    }
  }
  for (auto const needed : {exports, gross_output}) {
    if (grid_.find_column(needed)) continue;
    problems_.add(ErrorCode::missing_value, fmt::format("there is no column '{}'", needed),
                  grid_.name(), "take the file with all its columns");
  }
  if (!split_ && !grid_.find_column(imports)) {
    problems_.add(ErrorCode::missing_value, "there is neither a column 'IM' nor rows of imports",
                  grid_.name(), "take the file with all its columns");
  }
  if (sector_columns_.empty()) {
    problems_.add(ErrorCode::bad_format, "no column is a sector", grid_.name(),
                  "columns of sectors carry the code of their row");
  }
}

std::vector<std::size_t> NbsReader::rows_of(std::string_view origin) {
  std::vector<std::size_t> rows;
  for (auto const column : sector_columns_) {
    auto const& code = grid_.columns()[column];
    if (auto const row = grid_.find_row(code, origin)) {
      rows.push_back(*row);
    } else {
      problems_.add(ErrorCode::missing_value,
                    fmt::format("there is no row '{}' of origin '{}'", printable(code), origin),
                    grid_.name(), "the file may be cut off: compare it with the original");
    }
  }
  return rows;
}

void NbsReader::find_rows() {
  domestic_ = rows_of(split_ ? domestic_rows : std::string_view{});
  if (split_) imported_ = rows_of(import_rows);
  std::vector<bool> of_sector(grid_.rows().size(), false);
  for (auto const row : domestic_) of_sector[row] = true;
  for (auto const row : imported_) of_sector[row] = true;
  for (std::size_t row = 0; row < grid_.rows().size(); ++row) {
    auto const& code = grid_.rows()[row].texts.front();
    if (is_one_of(total_rows, code) || of_sector[row]) continue;
    if (code.starts_with(value_added_prefix)) {
      value_added_.push_back(row);
      auto const& texts = grid_.rows()[row].texts;
      flows_.value_added_rows.push_back(texts.size() > 1 ? code + " " + texts[1] : code);
    } else {
      problems_.add(
          ErrorCode::unknown_label,
          fmt::format("the row '{}' is neither a sector nor value added", printable(code)),
          grid_.where(row), did_you_mean(code, grid_.columns(), "remove the row"));
    }
  }
  if (value_added_.empty()) {
    problems_.add(ErrorCode::missing_value, "there is no row of value added (VA001 …)",
                  grid_.name(), "the file may be cut off: compare it with the original");
  }
}

void NbsReader::describe_sectors() {
  bool service = false;
  for (std::size_t s = 0; s < domestic_.size(); ++s) {
    auto const& texts = grid_.rows()[domestic_[s]].texts;
    auto const& name = texts.size() > 1 ? texts[1] : texts[0];
    service = service || name.find(first_service) != std::string::npos;
    flows_.sectors.push_back({texts[0], name, service});
    flows_.domestic_sectors.push_back(s);
  }
  flows_.import_sectors = flows_.domestic_sectors;
}

/// Final uses by category, exports in the half of ROW.
DenseMatrix NbsReader::final_uses(std::span<std::size_t const> rows) {
  auto const categories = category_columns_.size();
  auto const published = grid_.block(rows, category_columns_, problems_);
  DenseMatrix result(rows.size(), 2 * categories);
  for (std::size_t i = 0; i < rows.size(); ++i) {
    for (std::size_t c = 0; c < categories; ++c) {
      bool const abroad = flows_.categories[c].label == exports;
      result(i, abroad ? categories + c : c) = published(i, c);
    }
  }
  return result;
}

void NbsReader::fill_common() {
  flows_.country = describe_region(country);
  describe_sectors();
  flows_.domestic = grid_.block(domestic_, sector_columns_, problems_);
  flows_.domestic_final = final_uses(domestic_);
  flows_.value_added = grid_.block(value_added_, sector_columns_, problems_);
  flows_.output = grid_.column(domestic_, *grid_.find_column(gross_output), problems_);
}

Result<void> NbsReader::fill_imports() {
  if (split_) {
    flows_.imports = grid_.block(imported_, sector_columns_, problems_);
    flows_.imports_final = final_uses(imported_);
    flows_.import_total = grid_.column(imported_, *grid_.find_column(gross_output), problems_);
    return {};
  }
  flows_.import_total = grid_.column(domestic_, *grid_.find_column(imports), problems_);
  return split_proportionally(flows_, {}, grid_.name());
}

TableInfo NbsReader::origin() const {
  TableInfo info;
  info.year = year_in_name(file_name_);
  info.title = "Input-output table of China";
  if (info.year != 0) info.title += fmt::format(", {}", info.year);
  info.title += fmt::format(", {} sectors", flows_.sectors.size());
  info.unit = {"CNY", 1e4};
  info.price_basis = "current producer prices";
  info.source = "National Bureau of Statistics of China, Input-Output Tables of China";
  info.licence = "attribution to the National Bureau of Statistics of China";
  info.history = fmt::format("imported from {} (format china_nbs)", file_name_);
  if (!split_) {
    info.estimated = true;
    info.history +=
        "\nimports, published as one column, split among domestic users by the import share of "
        "each "
        "sector in all domestic use";
  }
  return info;
}

Result<Table> NbsReader::read(ReadOptions const& options) {
  auto const& rows = grid_.rows();
  split_ = std::any_of(rows.begin(), rows.end(), [](LabelledGrid::Row const& row) {
    return row.texts.size() > 3 && row.texts[3] == import_rows;
  });
  find_columns();
  if (problems_.empty()) find_rows();
  if (!problems_.empty()) return fail(problems_.joined(grid_.name()));
  fill_common();
  if (auto const done = fill_imports(); !done) return fail(done.error());
  if (!problems_.empty()) return fail(problems_.joined(grid_.name()));
  return assemble_national(std::move(flows_), origin(), options, grid_.name());
}

bool is_china_nbs_member(Bundle const& bundle, std::string const& member) {
  if (!bundle.single_file() && member.find(".csv") == std::string::npos) return false;
  auto const header = plain_header(bundle.first_line(member));
  return header.starts_with("code,description,descriptioninchinese,") && header.ends_with(",go");
}

bool matches_china_nbs(Bundle const& bundle) {
  auto const& members = bundle.members();
  return std::any_of(members.begin(), members.end(), [&](std::string const& member) {
    return is_china_nbs_member(bundle, member);
  });
}

Result<Table> read_china_nbs(Bundle const& bundle, ReadOptions const& options,
                             RunControl const& control) {
  auto const member = choose_member(bundle, options, [&](std::string const& each) {
    return bundle.single_file() || is_china_nbs_member(bundle, each);
  });
  if (!member) return fail(member.error());
  // Domestic and imported rows carry the same code; their origin tells them apart. Rows below the
  // table are found by their code alone.
  LabelledGrid::Layout const layout{{"code", "description", "descriptioninchinese", "origin"},
                                    {0, 3}};
  auto grid = LabelledGrid::read(bundle, *member, layout, options, control);
  if (!grid) return fail(grid.error());
  auto const file_name = std::filesystem::path(*member).filename().string();
  return NbsReader(std::move(*grid), file_name).read(options);
}

}  // namespace

TableFormat china_nbs_format() noexcept {
  return {"china_nbs", "input-output tables of China's National Bureau of Statistics, CSV",
          matches_china_nbs, read_china_nbs};
}

}  // namespace linchpin
