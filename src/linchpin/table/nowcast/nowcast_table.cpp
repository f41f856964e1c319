// SPDX-License-Identifier: Apache-2.0
#include "linchpin/table/nowcast/nowcast_table.h"

#include <fmt/format.h>

#include <utility>

#include "linchpin/table/region_names.h"

namespace linchpin::nowcasting {
namespace {

TableLabels labels_of(NowcastInputs const& inputs, Frame const& frame) {
  TableLabels labels;
  for (auto const& region : frame.regions) labels.regions.push_back(describe_region(region));
  for (std::size_t t = 0; t < frame.sectors.size(); ++t) {
    auto const& name = frame.sector_names[t];
    labels.sectors.push_back(
        {frame.sectors[t], name.empty() ? frame.sectors[t] : name, frame.service[t] != 0});
  }
  for (std::size_t r = 0; r < frame.regions.size(); ++r) {
    for (std::size_t t = 0; t < frame.sectors.size(); ++t) {
      labels.industries.push_back({RegionId{r}, SectorId{t}});
    }
  }
  labels.categories = inputs.base.labels.categories;
  auto const& rows = inputs.base.labels.value_added_rows;
  labels.value_added_rows = {rows.size() == 1 ? rows.front() : "VA"};
  return labels;
}

void add_distinct(std::string& list, std::string const& entry) {
  if (entry.empty() || list.find(entry) != std::string::npos) return;
  if (!list.empty()) list += "; ";
  list += entry;
}

TableInfo describe(NowcastInputs const& inputs) {
  auto const& base = inputs.base.info;
  auto const& cube = inputs.cube;
  TableInfo info;
  info.title = fmt::format("World input-output table {}, estimated", cube.year);
  info.year = cube.year;
  info.unit = cube.unit;
  info.price_basis = base.price_basis;
  add_distinct(info.source, base.source);
  add_distinct(info.source, cube.source);
  add_distinct(info.licence, base.licence);
  add_distinct(info.licence, cube.licence);
  for (auto const* nationals : {&inputs.anchors, &inputs.keys}) {
    for (auto const& national : *nationals) {
      add_distinct(info.source, national.table->info.source);
      add_distinct(info.licence, national.table->info.licence);
    }
  }
  info.history = base.history;
  if (!info.history.empty()) info.history += '\n';
  info.history +=
      fmt::format("estimated for {} from the structure of {} and {}", cube.year,
                  base.year == 0 ? "the base table" : std::to_string(base.year), cube.title);
  for (auto const& anchor : inputs.anchors) {
    info.history +=
        fmt::format("; value added of {} from {}", anchor.region, anchor.table->info.title);
  }
  for (auto const& key : inputs.keys) {
    info.history += fmt::format("; sectors of {} split by {}", key.region, key.table->info.title);
  }
  info.estimated = true;
  return info;
}

}  // namespace

TableBuilder::TableBuilder(NowcastInputs const& inputs, Frame const& frame)
    : frame_(frame) {
  table_.info = describe(inputs);
  table_.labels = labels_of(inputs, frame);
  auto const n = table_.labels.industries.size();
  table_.Z = FlowMatrix(n, n);
  table_.Y = DenseMatrix(n, table_.labels.final_columns());
  table_.value_added = DenseMatrix(1, n);
  table_.output.assign(n, 0.0);
}

void TableBuilder::set_importer(std::size_t region, DenseMatrix const& purchases) {
  auto const T = frame_.sectors.size();
  auto const C = table_.labels.categories.size();
  for (std::size_t i = 0; i < purchases.rows(); ++i) {
    auto const from = purchases.row(i);
    auto const flows = table_.Z.row(i);
    for (std::size_t j = 0; j < T; ++j) flows[region * T + j] = from[j];
    auto const row = frame_.base_row(frame_.technology_of[region], frame_.group_of[i % T]);
    auto const shares = frame_.category_shares.row(row);
    auto const uses = table_.Y.row(i);
    for (std::size_t c = 0; c < C; ++c) uses[region * C + c] = from[T] * shares[c];
  }
}

Table TableBuilder::finish() {
  auto const n = table_.size();
  auto const T = frame_.sectors.size();
  auto const value_added = table_.value_added.row(0);
  for (std::size_t i = 0; i < n; ++i) {
    table_.output[i] = frame_.output(i / T, i % T);
    value_added[i] += table_.output[i];
    auto const flows = std::as_const(table_.Z).row(i);
    for (std::size_t j = 0; j < n; ++j) value_added[j] -= flows[j];
  }
  return std::move(table_);
}

}  // namespace linchpin::nowcasting
