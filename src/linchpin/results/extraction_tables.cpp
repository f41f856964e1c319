// SPDX-License-Identifier: Apache-2.0
#include "linchpin/results/extraction_tables.h"

#include <algorithm>
#include <numeric>

#include "linchpin/results/row_writer.h"

namespace linchpin {
namespace {

using depend::PartyLoss;

constexpr std::size_t longest_in_report = 1000;  // rows; more make the page slow on a phone
constexpr char const* see_above =
    "The loss of those who sell. What the figures do not say stands with the table `extraction`.";
constexpr char const* no_buyer = "not only flows to one buyer are taken away";

std::string money(Economy const& economy) { return to_string(economy.info().unit); }

/// Places 0 … count - 1 by falling value, equal ones in order; the first `top`.
std::vector<std::size_t> ranked(std::span<double const> values, std::size_t top) {
  std::vector<std::size_t> order(values.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(),
                   [&](std::size_t a, std::size_t b) { return values[a] > values[b]; });
  order.resize(std::min(order.size(), top));
  return order;
}

void add_party_columns(ResultTable& table, std::string const& name, std::string const& title,
                       std::string const& unit) {
  auto const column = [&](char const* party, std::string const& who, char const* undefined) {
    table.columns.push_back(number_column(name + party, title + ", " + who, unit,
                                          title + ", " + who + "; a gain is negative.", undefined));
  };
  column("_world", "world", "");
  column("_supplier", "suppliers' regions", "");
  column("_buyer", "buyers' regions", no_buyer);
  column("_others", "other regions", "");
}

void write_parties(RowWriter& row, PartyLoss const& loss, bool buyer) {
  row << loss.world << loss.supplier << (buyer ? std::optional{loss.buyer} : std::nullopt)
      << loss.others;
}

std::optional<double> percent_of(double part, double whole) {
  return whole > 0 ? std::optional{100 * part / whole} : std::nullopt;
}

}  // namespace

PartyLoss party_loss(IndustrySpace const& space, depend::Extraction const& extraction,
                     std::span<double const> by_industry) {
  std::vector<bool> supplier(space.regions(), false), buyer(space.regions(), false);
  for (auto const id : extraction.suppliers) supplier[space.region_of(id).index()] = true;
  for (auto const id : extraction.buyers) buyer[space.region_of(id).index()] = true;
  PartyLoss loss;
  auto const by_region = depend::sum_by_region(space, by_industry);
  for (std::size_t r = 0; r < by_region.size(); ++r) {
    loss.world += by_region[r];
    (supplier[r] ? loss.supplier : (buyer[r] ? loss.buyer : loss.others)) += by_region[r];
  }
  return loss;
}

std::vector<ExtractionRow> extraction_rows(IndustrySpace const& space,
                                           std::span<depend::PairLoss const> pairs,
                                           bool resourced) {
  std::vector<ExtractionRow> rows;
  for (auto const& pair : pairs) {
    rows.push_back({space.label(pair.supplier), space.label(pair.buyer), pair.taken_away,
                    resourced ? std::optional{pair.not_resourced} : std::nullopt, pair.output,
                    pair.value_added});
  }
  return rows;
}

std::vector<ExtractionRow> extraction_rows(IndustrySpace const& space,
                                           std::span<depend::IndustryLoss const> industries) {
  std::vector<ExtractionRow> rows;
  for (auto const& each : industries) {
    rows.push_back(
        {space.label(each.industry), {}, each.taken_away, {}, each.output, each.value_added});
  }
  return rows;
}

ResultTable extraction_table(Economy const& economy, std::span<ExtractionRow const> rows,
                             std::string const& order) {
  auto const unit = money(economy);
  ResultTable table{
      "extraction",
      "What hangs on orders that are taken away",
      order + " " + depend::extraction_limits,
      rows.size() <= longest_in_report,
      {integer_column("rank", "Rank", "", "1: the largest loss."),
       text_column("supplier", "Supplier",
                   "Region, or industry as REGION:SECTOR, whose flows are extracted."),
       text_column("buyer", "Buyer", "Who buys nothing more; empty if not one buyer."),
       number_column("taken_away", "Taken away", unit, "Flows that are extracted."),
       number_column("not_resourced", "Not ordered elsewhere", unit,
                     "Part of it that nobody else supplies.", "nothing is ordered elsewhere")}};
  table.columns[2].undefined = no_buyer;
  add_party_columns(table, "output_loss", "Output lost", unit);
  add_party_columns(table, "value_added_loss", "Value added lost", unit);
  RowWriter row(table);
  std::size_t rank = 0;
  for (auto const& each : rows) {
    row << ++rank << each.supplier << each.buyer.value_or("") << each.taken_away
        << each.not_resourced;
    write_parties(row, each.output, each.buyer.has_value());
    write_parties(row, each.value_added, each.buyer.has_value());
  }
  return table;
}

ResultTable extraction_regions_table(Economy const& economy, depend::ExtractionLoss const& loss) {
  auto const unit = money(economy);
  auto const& space = economy.space();
  ResultTable table{
      "extraction_regions",
      "Which regions lose by the extraction",
      see_above,
      true,
      {integer_column("rank", "Rank", "", "1: the largest loss of value added."),
       text_column("region", "Region", "Region that loses; a gain is negative."),
       number_column("output_loss", "Output lost", unit, "Gross output lost."),
       number_column("output_loss_pct", "Output lost", "%", "Share of the region's output.",
                     "the region has no output"),
       number_column("value_added_loss", "Value added lost", unit, "Value added lost."),
       number_column("value_added_loss_pct", "Value added lost", "%",
                     "Share of the region's value added.", "the region adds no value")}};
  auto const output = depend::sum_by_region(space, loss.output);
  auto const value = depend::sum_by_region(space, loss.value_added);
  auto const all_output = depend::sum_by_region(space, economy.output().raw());
  auto const all_value = depend::sum_by_region(space, economy.value_added().raw());
  RowWriter row(table);
  std::size_t rank = 0;
  for (auto const r : ranked(value, value.size())) {
    row << ++rank << space.label(RegionId{r}) << output[r] << percent_of(output[r], all_output[r])
        << value[r] << percent_of(value[r], all_value[r]);
  }
  return table;
}

ResultTable extraction_industries_table(Economy const& economy, depend::ExtractionLoss const& loss,
                                        std::size_t top) {
  auto const unit = money(economy);
  ResultTable table{
      "extraction_industries",
      "Which industries lose by the extraction",
      see_above,
      std::min(top, economy.size()) <= longest_in_report,
      {integer_column("rank", "Rank", "", "1: the largest loss of value added."),
       text_column("industry", "Industry", "REGION:SECTOR; a gain is negative."),
       number_column("output_loss", "Output lost", unit, "Gross output lost."),
       number_column("output_loss_pct", "Output lost", "%", "Share of the industry's output.",
                     "the industry has no output"),
       number_column("value_added_loss", "Value added lost", unit, "Value added lost.")}};
  RowWriter row(table);
  std::size_t rank = 0;
  for (auto const i : ranked(loss.value_added, top)) {
    IndustryId const id{i};
    row << ++rank << economy.space().label(id) << loss.output[i]
        << percent_of(loss.output[i], economy.output()[id]) << loss.value_added[i];
  }
  return table;
}

}  // namespace linchpin
