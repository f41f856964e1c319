// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "linchpin/table/label_text.h"
#include "linchpin/table/shape.h"
#include "linchpin/table/store/store.h"

namespace linchpin {
namespace {

/// What NetCDF text cannot carry: it ends at the first zero byte, and members are kept in one text.
void check_texts(Table const& table, ErrorList& errors) {
  auto const check = [&](std::string const& text, char const* kind) {
    if (text.find('\0') == std::string::npos && is_utf8(text)) return;
    errors.add(ErrorCode::bad_value,
               fmt::format("the {} '{}' cannot be stored", kind, printable(text)), printable(text),
               "use UTF-8 text without zero bytes");
  };
  for (auto const& region : table.labels.regions) {
    check(region.label, "region label");
    check(region.name, "region name");
    for (auto const& member : region.members) {
      check(member, "member of a region");
      if (!member.empty() && member.find(' ') == std::string::npos) continue;
      errors.add(ErrorCode::bad_value, "a member of a region is empty or holds a blank",
                 printable(region.label), "use ISO 3166 codes");
    }
  }
  for (auto const& sector : table.labels.sectors) {
    check(sector.label, "sector label");
    check(sector.name, "sector name");
  }
  for (auto const& category : table.labels.categories) {
    check(category.label, "final-demand label");
    check(category.name, "final-demand name");
  }
  for (auto const& row : table.labels.value_added_rows) check(row, "value-added row");
  for (auto const& account : table.satellites.rows) {
    check(account.label, "satellite account");
    check(account.unit, "unit of a satellite account");
  }
}

/// One label variable, its name variable, and an optional flag.
template <class Labels>
void write_labels(NetcdfWriter& file, std::string const& dimension, int number,
                  Labels const& labels, std::string const& title) {
  std::vector<std::string> codes, names;
  for (auto const& each : labels) {
    codes.push_back(each.label);
    names.push_back(each.name);
  }
  file.attribute(file.texts(dimension, {number}, codes), "long_name", title);
  file.attribute(file.texts(dimension + "_name", {number}, names), "long_name",
                 "name of the " + dimension);
}

void write_flag(NetcdfWriter& file, std::string const& name, int dimension,
                std::vector<signed char> const& values, std::string const& meaning) {
  auto const variable = file.flags(name, {dimension}, values);
  file.attribute(variable, "long_name", meaning);
  file.attribute(variable, "flag_meanings", "0: no, 1: yes");
}

class WorldWriter {
 public:
  WorldWriter(Table const& table, std::filesystem::path const& path, StoreOptions const& options)
      : table_(table), labels_(table.labels), options_(options), file_(path.string()) {}

  Result<void> save(std::filesystem::path const& path) {
    describe_file();
    write_regions_and_sectors();
    write_industries();
    write_final_demand();
    write_value_added();
    write_satellites();
    return file_.save(path);
  }

 private:
  void describe_file();
  void write_regions_and_sectors();
  void write_industries();
  void write_final_demand();
  void write_value_added();
  void write_satellites();
  void write_flows(int buyer);
  void money(std::string const& name, NetcdfWriter::Dimensions const& dimensions,
             std::span<double const> values, std::string const& long_name);

  Table const& table_;
  TableLabels const& labels_;
  StoreOptions const& options_;
  NetcdfWriter file_;
  int industry_ = -1;
  int final_column_ = -1;
};

void WorldWriter::describe_file() {
  auto const& info = table_.info;
  auto const global = NetcdfWriter::global;
  file_.attribute(global, "Conventions", std::string{"CF-1.10"});
  file_.attribute(global, "linchpin_format", world_format_version);
  file_.attribute(global, "title", info.title);
  file_.attribute(global, "source", info.source);
  file_.attribute(global, "license", info.licence);
  file_.attribute(global, "history", info.history);
  file_.attribute(global, "reference_year", info.year);
  file_.attribute(global, "currency", info.unit.currency);
  file_.attribute(global, "currency_scale", info.unit.scale);
  file_.attribute(global, "price_basis", info.price_basis);
  file_.attribute(global, "estimated", info.estimated ? 1 : 0);
  file_.attribute(global, "final_demand_categories", static_cast<int>(labels_.categories.size()));
  file_.attribute(global, "value_added_rows", static_cast<int>(labels_.value_added_rows.size()));
}

void WorldWriter::write_regions_and_sectors() {
  auto const region = file_.dimension("region", labels_.regions.size());
  write_labels(file_, "region", region, labels_.regions, "region");
  std::vector<std::string> members;
  for (auto const& each : labels_.regions) {
    members.push_back(fmt::format("{}", fmt::join(each.members, " ")));
  }
  file_.attribute(file_.texts("region_members", {region}, members), "long_name",
                  "ISO 3166 alpha-3 codes of the countries in the region; empty: not listed");

  auto const sector = file_.dimension("sector", labels_.sectors.size());
  write_labels(file_, "sector", sector, labels_.sectors, "sector");
  std::vector<signed char> services;
  for (auto const& each : labels_.sectors) services.push_back(each.service ? 1 : 0);
  write_flag(file_, "sector_service", sector, services, "product cannot be stored");
}

void WorldWriter::write_industries() {
  auto const n = table_.size();
  industry_ = file_.dimension("industry", n);
  // A matrix over the same dimension twice confuses many readers, so buyers have their own.
  auto const buyer = file_.dimension("buyer", n);
  std::vector<std::string> names;
  std::vector<std::int32_t> regions, sectors;
  for (std::size_t i = 0; i < n; ++i) {
    names.push_back(labels_.industry_label(i));
    regions.push_back(static_cast<std::int32_t>(labels_.industries[i].region.index()));
    sectors.push_back(static_cast<std::int32_t>(labels_.industries[i].sector.index()));
  }
  file_.attribute(file_.texts("industry", {industry_}, names), "long_name",
                  "industry as seller: region and sector");
  file_.attribute(file_.texts("buyer", {buyer}, names), "long_name",
                  "industry as buyer: region and sector");
  file_.attribute(file_.integers("industry_region", {industry_}, regions), "long_name",
                  "position of the industry's region, from 0");
  file_.attribute(file_.integers("industry_sector", {industry_}, sectors), "long_name",
                  "position of the industry's sector, from 0");
  write_flows(buyer);
  money("output", {industry_}, table_.output, "gross output as published");
}

void WorldWriter::write_final_demand() {
  if (labels_.categories.empty()) return;
  auto const category = file_.dimension("category", labels_.categories.size());
  write_labels(file_, "category", category, labels_.categories, "kind of final demand");
  std::vector<signed char> inventories;
  for (auto const& each : labels_.categories) inventories.push_back(each.inventory_change ? 1 : 0);
  write_flag(file_, "category_inventory_change", category, inventories,
             "changes in inventories rather than a recurrent use");

  std::vector<std::string> columns;
  for (auto const& region : labels_.regions) {
    for (auto const& each : labels_.categories) columns.push_back(region.label + ":" + each.label);
  }
  auto const column = file_.dimension("final_column", columns.size());
  final_column_ = column;
  file_.attribute(file_.texts("final_column", {column}, columns), "long_name",
                  "buying region and kind of final demand, all kinds of one region together");
  money("Y", {industry_, column}, table_.Y.values(), "final demand");
}

void WorldWriter::write_value_added() {
  if (labels_.value_added_rows.empty()) return;
  auto const row = file_.dimension("value_added_row", labels_.value_added_rows.size());
  file_.attribute(file_.texts("value_added_row", {row}, labels_.value_added_rows), "long_name",
                  "kind of value added");
  money("value_added", {row, industry_}, table_.value_added.values(), "value added by industry");
}

void WorldWriter::write_satellites() {
  auto const& accounts = table_.satellites;
  if (accounts.rows.empty()) return;
  std::vector<std::string> names, units;
  for (auto const& row : accounts.rows) {
    names.push_back(row.label);
    units.push_back(row.unit);
  }
  auto const account = file_.dimension("account", names.size());
  file_.attribute(file_.texts("account", {account}, names), "long_name", "satellite account");
  file_.attribute(file_.texts("account_unit", {account}, units), "long_name",
                  "unit of the account, per year");
  auto const of_industries =
      file_.doubles("F", {account, industry_}, accounts.F.values(), options_.compression);
  file_.attribute(of_industries, "long_name", "satellite accounts of industries");
  if (final_column_ < 0) return;
  auto const of_users =
      file_.doubles("F_Y", {account, final_column_}, accounts.F_Y.values(), options_.compression);
  file_.attribute(of_users, "long_name", "satellite accounts of final users");
}

/// Z as a matrix, or in compressed sparse rows.
void WorldWriter::write_flows(int buyer) {
  std::string const meaning = "intermediate flows from seller to buyer";
  auto const& Z = table_.Z;
  if (Z.is_dense()) {
    money("Z", {industry_, buyer}, Z.values(), meaning);
    return;
  }
  int variable = -1;
  if (Z.storage() == FlowMatrix::Storage::dense32) {
    variable = file_.floats("Z", {industry_, buyer}, Z.floats(), options_.compression);
  } else {
    auto const& cells = Z.sparse();
    file_.attribute(NetcdfWriter::global, "flow_cells", static_cast<double>(cells.cells()));
    auto const bound = file_.dimension("flow_row", cells.row_start.size());
    file_.attribute(file_.counts("Z_row_start", {bound}, cells.row_start), "long_name",
                    "the flows of seller i are Z_row_start[i] up to Z_row_start[i + 1]");
    if (cells.cells() == 0) return;
    auto const flow = file_.dimension("flow", cells.cells());
    std::vector<std::int32_t> const columns(cells.column.begin(), cells.column.end());
    file_.attribute(file_.integers("Z_buyer", {flow}, columns), "long_name",
                    "position of the buyer of each flow, from 0");
    variable = file_.doubles("Z_flow", {flow}, cells.value, options_.compression);
  }
  file_.attribute(variable, "long_name", meaning);
  file_.attribute(variable, "units", to_string(table_.info.unit));
}

void WorldWriter::money(std::string const& name, NetcdfWriter::Dimensions const& dimensions,
                        std::span<double const> values, std::string const& long_name) {
  auto const variable = file_.doubles(name, dimensions, values, options_.compression);
  file_.attribute(variable, "long_name", long_name);
  file_.attribute(variable, "units", to_string(table_.info.unit));
}

}  // namespace

Result<void> write_world(Table const& table, std::filesystem::path const& path,
                         StoreOptions const& options) {
  if (auto const fits = check_shapes(table); !fits) return fits;
  ErrorList errors;
  check_texts(table, errors);
  if (!errors.empty()) return fail(errors.joined());
  return WorldWriter(table, path, options).save(path);
}

}  // namespace linchpin
