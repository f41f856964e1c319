// SPDX-License-Identifier: Apache-2.0
#include "linchpin/results/mineral_tables.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <utility>

#include "linchpin/results/row_writer.h"

namespace linchpin {
namespace {

constexpr char const* nobody_named = "no producer is named";

void add_mineral_columns(ResultTable& table) {
  auto& columns = table.columns;
  columns.push_back(text_column("commodity", "Mineral", "Mineral commodity."));
  columns.push_back(text_column("kind", "Production", "What is counted: mine, smelter, refinery."));
}

void write_mineral(RowWriter& row, RankedMineral const& mineral) {
  row << mineral.production->commodity << mineral.production->kind;
}

/// Producers of one production, largest first.
std::vector<MineralProducer> by_size(MineralProduction const& production) {
  auto producers = production.producers;
  std::stable_sort(producers.begin(), producers.end(),
                   [](auto const& a, auto const& b) { return a.production > b.production; });
  return producers;
}

void write_largest(RowWriter& row, RankedMineral const& mineral) {
  auto const& largest = mineral.concentration.largest;
  auto const& producers = mineral.production->producers;
  row << (largest ? producers[*largest].country : std::string{})
      << (largest ? producers[*largest].iso3 : std::string{})
      << (largest ? std::optional{mineral.concentration.largest_share} : std::nullopt);
}

void add_largest_columns(ResultTable& table) {
  auto country = text_column("largest_producer", "Largest producer", "Country that makes most.");
  auto code = text_column("largest_iso3", "ISO code", "Its code.");
  country.undefined = code.undefined = nobody_named;
  table.columns.push_back(std::move(country));
  table.columns.push_back(std::move(code));
  table.columns.push_back(number_column("largest_share", "Its share", "share of world",
                                        "Of world "
                                        "production.",
                                        nobody_named));
}

}  // namespace

std::vector<RankedMineral> ranked_minerals(std::span<MineralProduction const> productions,
                                           std::size_t top) {
  std::vector<RankedMineral> result;
  for (auto const& each : productions) {
    result.push_back({&each, depend::mineral_concentration(each)});
  }
  std::stable_sort(result.begin(), result.end(), [](auto const& a, auto const& b) {
    return a.concentration.hhi > b.concentration.hhi;
  });
  result.resize(std::min(result.size(), top));
  return result;
}

ResultTable minerals_table(std::span<RankedMineral const> minerals) {
  ResultTable table;
  table.name = "minerals";
  table.title = "World production of minerals, most concentrated first";
  table.note =
      "Shares are of the production that the source counts. Producers whose figures are withheld "
      "are left out, so that the shares of the others are too high; reserves, stocks and trade are "
      "not in it.";
  auto& columns = table.columns;
  columns.push_back(integer_column("rank", "Rank", "", "1 is the most concentrated."));
  add_mineral_columns(table);
  columns.push_back(integer_column("production_year", "Year", "", "Year of production."));
  columns.push_back(number_column("world_production", "World production", "", "In `unit`."));
  columns.push_back(text_column("unit", "Unit", "Unit of production."));
  add_largest_columns(table);
  columns.push_back(number_column("hhi", "HHI", "0 to 1",
                                  "Over named producers; others count as "
                                  "many small ones."));
  columns.push_back(
      number_column("hhi_most", "HHI at most", "0 to 1", "With all others as one producer."));
  columns.push_back(
      number_column("effective_producers", "Effective producers", "", "1 / hhi.", nobody_named));
  columns.push_back(number_column("others_share", "Others", "share of world",
                                  "Countries that the source does not name."));
  columns.push_back(integer_column("named_producers", "Named producers", "", "How many."));
  auto hidden = text_column("hidden", "Hidden", "Producers whose figures are withheld or unknown.");
  hidden.undefined = "none is known";
  columns.push_back(std::move(hidden));
  columns.push_back(integer_column("estimated", "Estimated", "0 or 1",
                                   "Some figures are estimates "
                                   "of the source."));
  columns.push_back(text_column("source", "Source", "Where the figures are from."));
  RowWriter row(table);
  std::size_t rank = 0;
  for (auto const& mineral : minerals) {
    auto const& production = *mineral.production;
    auto const& concentration = mineral.concentration;
    row << ++rank;
    write_mineral(row, mineral);
    row << production.year << production.world << production.unit;
    write_largest(row, mineral);
    row << concentration.hhi << concentration.hhi_most
        << (concentration.hhi > 0 ? std::optional{concentration.effective_producers} : std::nullopt)
        << concentration.others_share << production.producers.size()
        << fmt::format("{}", fmt::join(production.hidden, "; ")) << (production.estimated ? 1 : 0)
        << production.source;
  }
  return table;
}

ResultTable mineral_producers_table(std::span<RankedMineral const> minerals) {
  ResultTable table;
  table.name = "mineral_producers";
  table.title = "Producers of minerals";
  add_mineral_columns(table);
  auto& columns = table.columns;
  columns.push_back(text_column("country", "Country", "As the source names it."));
  columns.push_back(text_column("iso3", "ISO code", "ISO 3166-1 alpha-3."));
  columns.push_back(number_column("production", "Production", "", "In the unit of `minerals`."));
  columns.push_back(number_column("share", "Share", "share of world", "Of world production."));
  RowWriter row(table);
  for (auto const& mineral : minerals) {
    for (auto const& producer : by_size(*mineral.production)) {
      write_mineral(row, mineral);
      row << producer.country << producer.iso3 << producer.production
          << producer.production / mineral.production->world;
    }
  }
  return table;
}

ResultTable mineral_uses_table(std::span<RankedMineral const> minerals, Economy const& economy,
                               std::span<MineralUse const> uses) {
  auto const& space = economy.space();
  auto const unit = to_string(economy.info().unit);
  ResultTable table;
  table.name = "mineral_uses";
  table.title = "Sectors that use the minerals";
  table.note =
      "Which sectors use a mineral is an assumption with its reason, not a measurement. The size "
      "of "
      "a sector is no measure of what it would lose: most of it may need none of the mineral.";
  add_mineral_columns(table);
  auto& columns = table.columns;
  columns.push_back(number_column("hhi", "HHI", "0 to 1", "Of the mineral's production."));
  add_largest_columns(table);
  columns.push_back(text_column("sector", "Sector", "Sector of the world."));
  columns.push_back(text_column("name", "Name", "Its name."));
  columns.push_back(text_column("reason", "Reason", "What the sector does with the mineral."));
  columns.push_back(text_column("status", "Status", "Where the reason comes from."));
  columns.push_back(number_column("output", "Output", unit, "Gross output of the sector."));
  columns.push_back(
      number_column("value_added", "Value added", unit, "Value added of the sector."));
  columns.push_back(number_column("output_share", "Share", "share of world",
                                  "Of the gross output of all sectors."));
  auto region = text_column("largest_region", "Largest region", "Region whose sector is largest.");
  region.undefined = "the sector has no output";
  columns.push_back(region);
  columns.push_back(number_column("largest_region_share", "Its share", "share of the sector",
                                  "Of the sector's gross output.", region.undefined));
  RowWriter row(table);
  for (auto const& mineral : minerals) {
    for (auto const& use : depend::using_sectors(economy, uses, mineral.production->commodity)) {
      write_mineral(row, mineral);
      row << mineral.concentration.hhi;
      write_largest(row, mineral);
      row << space.label(use.sector) << space.name(use.sector) << uses[use.use].reason
          << uses[use.use].status << use.output << use.value_added << use.output_share
          << (use.largest_region ? space.label(*use.largest_region) : std::string{})
          << (use.largest_region ? std::optional{use.largest_region_share} : std::nullopt);
    }
  }
  return table;
}

}  // namespace linchpin
