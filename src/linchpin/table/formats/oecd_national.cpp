// SPDX-License-Identifier: Apache-2.0
// National input-output tables of the OECD (one country, total flows with a column of imports).
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <filesystem>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "linchpin/core/nearest.h"
#include "linchpin/table/category_scheme.h"
#include "linchpin/table/formats/formats.h"
#include "linchpin/table/formats/matrix_reader_member.h"
#include "linchpin/table/formats/national_flows.h"
#include "linchpin/table/formats/national_grid.h"
#include "linchpin/table/label_text.h"
#include "linchpin/table/problem_list.h"
#include "linchpin/table/region_names.h"

namespace linchpin {
namespace {

constexpr std::string_view imports = "IMPO";
constexpr std::string_view exports = "EXPO";
constexpr std::string_view bought_by_visitors = "CONS_NONRES";
constexpr std::string_view bought_abroad = "CONS_ABR";
constexpr std::string_view output_row = "OUTPUT";
constexpr std::string_view inputs_row = "TTL_INT_FNL";
constexpr std::string_view taxes_prefix = "TXS_";
constexpr std::string_view value_added_row = "VALU";
// The OECD lists goods first; power is the first of what cannot be stored.
constexpr std::string_view first_service = "Electricity";

struct Own {
  std::string_view label;
  std::string_view name;
};
// Kinds of use that national tables have and the multi-regional ones do not.
constexpr std::array<Own, 3> own_categories{{
    {bought_abroad, "Direct purchases abroad by residents"},
    {bought_by_visitors, "Direct purchases by non-residents"},
    {exports, "Exports"},
}};

class OecdNationalReader {
 public:
  OecdNationalReader(LabelledGrid grid, std::string file_name)
      : grid_(std::move(grid)), file_name_(std::move(file_name)) {}

  Result<Table> read(ReadOptions const& options);

 private:
  void find_country();
  void find_columns();
  void find_rows();
  void fill();
  [[nodiscard]] double taxes_on_final_use();
  [[nodiscard]] TableInfo origin();

  LabelledGrid grid_;
  std::string file_name_;
  ProblemList problems_;
  NationalFlows flows_;
  std::vector<std::size_t> sector_columns_, category_columns_;
  std::vector<std::size_t> sector_rows_, value_added_;
  std::vector<std::size_t> only_imports_;
};

/// The table names its country nowhere but in the name of the file.
void OecdNationalReader::find_country() {
  std::string part;
  for (char const c : file_name_ + "_") {
    if (c != '_' && c != '.' && c != '-' && c != ' ') {
      part += c;
      continue;
    }
    auto const region = describe_region(part);
    if (part.size() == 3 && region.members.size() == 1 && flows_.country.label.empty()) {
      flows_.country = region;
    }
    part.clear();
  }
  if (!flows_.country.label.empty()) return;
  problems_.add(ErrorCode::missing_value,
                "neither the file nor its name says which country it is about", file_name_,
                "put the country's ISO code into the name: OECD_CHN_2018.csv");
}

void OecdNationalReader::find_columns() {
  for (std::size_t k = 0; k < grid_.columns().size(); ++k) {
    auto const& column = grid_.columns()[k];
    auto const own = std::find_if(own_categories.begin(), own_categories.end(),
                                  [&](Own const& each) { return each.label == column; });
    if (column == imports) continue;
    if (own != own_categories.end()) {
      if (column == bought_abroad) only_imports_.push_back(flows_.categories.size());
      category_columns_.push_back(k);
      flows_.categories.push_back({column, std::string{own->name}, false});
    } else if (is_known_category(column)) {
      category_columns_.push_back(k);
      flows_.categories.push_back(describe_category(column));
    } else if (grid_.find_row(column)) {
      sector_columns_.push_back(k);
    } else {
      problems_.add(
          ErrorCode::unknown_label,
          fmt::format("the column '{}' is neither a sector that has a row nor a kind of final use",
                      printable(column)),
          grid_.name(), "kinds are HFCE, NPISH, GGFC, GFCF, INVNT, CONS_ABR, CONS_NONRES, EXPO");
    }
  }
  for (auto const needed : {imports, exports}) {
    if (grid_.find_column(needed)) continue;
    problems_.add(ErrorCode::missing_value, fmt::format("there is no column '{}'", needed),
                  grid_.name(), "take the file with all its columns");
  }
}

void OecdNationalReader::find_rows() {
  bool service = false;
  for (std::size_t row = 0; row < grid_.rows().size(); ++row) {
    auto const& texts = grid_.rows()[row].texts;
    auto const& code = texts.front();
    auto const& name = texts.size() > 1 ? texts[1] : code;
    if (code == output_row || code == inputs_row) continue;
    if (code.starts_with(taxes_prefix) || code == value_added_row) {
      value_added_.push_back(row);
      flows_.value_added_rows.push_back(code + " " + name);
    } else if (grid_.find_column(code)) {
      service = service || name.starts_with(first_service);
      flows_.domestic_sectors.push_back(flows_.sectors.size());
      flows_.sectors.push_back({code, name, service});
      sector_rows_.push_back(row);
    } else {
      problems_.add(
          ErrorCode::unknown_label,
          fmt::format("the row '{}' is neither a sector nor value added", printable(code)),
          grid_.where(row), did_you_mean(code, grid_.columns(), "remove the row"));
    }
  }
  for (auto const needed : {value_added_row, output_row}) {
    if (grid_.find_row(needed)) continue;
    problems_.add(ErrorCode::missing_value, fmt::format("there is no row '{}'", needed),
                  grid_.name(), "the file may be cut off: compare it with the original");
  }
  if (sector_rows_.size() != sector_columns_.size()) {
    problems_.add(ErrorCode::size_mismatch,
                  fmt::format("{} rows and {} columns are sectors", sector_rows_.size(),
                              sector_columns_.size()),
                  grid_.name(), "every sector needs one row and one column");
    return;
  }
  // Columns in the order of the rows.
  sector_columns_.clear();
  for (auto const row : sector_rows_) {
    sector_columns_.push_back(*grid_.find_column(grid_.rows()[row].texts.front()));
  }
}

void OecdNationalReader::fill() {
  auto const categories = category_columns_.size();
  flows_.import_sectors = flows_.domestic_sectors;
  flows_.domestic = grid_.block(sector_rows_, sector_columns_, problems_);
  auto const published = grid_.block(sector_rows_, category_columns_, problems_);
  flows_.domestic_final = DenseMatrix(sector_rows_.size(), 2 * categories);
  for (std::size_t c = 0; c < categories; ++c) {
    auto const& label = flows_.categories[c].label;
    bool const abroad = label == exports || label == bought_by_visitors;
    for (std::size_t i = 0; i < sector_rows_.size(); ++i) {
      flows_.domestic_final(i, abroad ? categories + c : c) = published(i, c);
    }
  }
  flows_.value_added = grid_.block(value_added_, sector_columns_, problems_);
  flows_.output = grid_.row(*grid_.find_row(output_row), sector_columns_, problems_);
  flows_.import_total = grid_.column(sector_rows_, *grid_.find_column(imports), problems_);
  for (double& total : flows_.import_total) total = total == 0 ? 0.0 : -total;
}

/// Taxes that final users pay: part of GDP at market prices, but of no industry and no product.
double OecdNationalReader::taxes_on_final_use() {
  // Those on purchases abroad are paid to others, and taken off again with imports.
  auto columns = category_columns_;
  columns.push_back(*grid_.find_column(imports));
  double sum = 0;
  for (auto const row : value_added_) {
    if (!grid_.rows()[row].texts.front().starts_with(taxes_prefix)) continue;
    for (double const tax : grid_.row(row, columns, problems_)) sum += tax;
  }
  return sum;
}

TableInfo OecdNationalReader::origin() {
  TableInfo info;
  info.year = year_in_name(file_name_);
  info.title = "OECD national input-output table, " + flows_.country.name;
  if (info.year != 0) info.title += fmt::format(", {}", info.year);
  info.unit = {"USD", 1e6};
  info.price_basis = "current basic prices";
  info.source = "OECD, Input-Output Tables";
  info.licence = "OECD terms and conditions, attribution";
  info.estimated = true;
  info.history = fmt::format(
      "imported from {} (format oecd_national)\nimports, published as one column, split among "
      "domestic users by the import share of each sector in all domestic use; direct purchases "
      "abroad are imports\ntaxes less subsidies on final use, {:.6g}, left out: they belong to no "
      "industry",
      file_name_, taxes_on_final_use());
  return info;
}

Result<Table> OecdNationalReader::read(ReadOptions const& options) {
  find_country();
  find_columns();
  find_rows();
  if (!problems_.empty()) return fail(problems_.joined(grid_.name()));
  fill();
  auto info = origin();
  if (!problems_.empty()) return fail(problems_.joined(grid_.name()));
  if (auto const done = split_proportionally(flows_, only_imports_, grid_.name()); !done) {
    return fail(done.error());
  }
  return assemble_national(std::move(flows_), std::move(info), options, grid_.name());
}

bool is_oecd_national_member(Bundle const& bundle, std::string const& member) {
  if (!bundle.single_file() && member.find(".csv") == std::string::npos) return false;
  auto const header = plain_header(bundle.first_line(member));
  return header.starts_with("code,description,") && header.find(",expo") != std::string::npos &&
         header.find(",impo") != std::string::npos && header.find(",hfce") != std::string::npos;
}

bool matches_oecd_national(Bundle const& bundle) {
  auto const& members = bundle.members();
  return std::any_of(members.begin(), members.end(), [&](std::string const& member) {
    return is_oecd_national_member(bundle, member);
  });
}

Result<Table> read_oecd_national(Bundle const& bundle, ReadOptions const& options,
                                 RunControl const& control) {
  auto const member = choose_member(bundle, options, [&](std::string const& each) {
    return bundle.single_file() || is_oecd_national_member(bundle, each);
  });
  if (!member) return fail(member.error());
  LabelledGrid::Layout const layout{{"code", "description"}};
  auto grid = LabelledGrid::read(bundle, *member, layout, options, control);
  if (!grid) return fail(grid.error());
  auto const file_name = std::filesystem::path(*member).filename().string();
  return OecdNationalReader(std::move(*grid), file_name).read(options);
}

}  // namespace

TableFormat oecd_national_format() noexcept {
  return {"oecd_national", "national input-output tables of the OECD, CSV", matches_oecd_national,
          read_oecd_national};
}

}  // namespace linchpin
