// SPDX-License-Identifier: Apache-2.0
#include "linchpin/results/prices_tables.h"

#include <algorithm>
#include <cmath>

#include "linchpin/results/row_writer.h"

namespace linchpin {
namespace {

constexpr std::size_t longest_in_report = 1000;  // rows; more make the page slow on a phone
constexpr char const* all_passed_on =
    "If every cost is passed on; what that leaves out stands with the table `prices`.";
constexpr char const* no_basket = "the basket is empty or negative";

std::vector<ResultColumn> basket_columns(Economy const& economy) {
  auto const unit = to_string(economy.info().unit);
  return {number_column("basket", "Basket", unit, "Final use at base prices."),
          number_column("direct", "Dearer, direct", unit,
                        "Its own purchases from the suppliers cost as much more."),
          number_column("total", "Dearer, in all", unit,
                        "With all products whose costs rose along the chain."),
          number_column("direct_pct", "Dearer, direct", "%", "Of the basket.", no_basket),
          number_column("total_pct", "Dearer, in all", "%", "Of the basket.", no_basket)};
}

void write_basket(RowWriter& row, depend::BasketCost const& cost) {
  auto const percent = [&](double part) {
    return cost.basket > 0 ? std::optional{100 * part / cost.basket} : std::nullopt;
  };
  row << cost.basket << cost.direct << cost.total << percent(cost.direct) << percent(cost.total);
}

ResultTable with_columns(ResultTable table, std::vector<ResultColumn> columns) {
  for (auto& column : columns) table.columns.push_back(std::move(column));
  return table;
}

}  // namespace

ResultTable prices_table(Economy const& economy, depend::PriceQuestion const& question,
                         depend::PriceEffect const& effect, std::size_t top) {
  std::vector<bool> shown(economy.size(), true);
  if (question.buyers.empty()) {
    for (auto const id : question.suppliers) shown[id.index()] = false;
  }
  std::vector<IndustryId> order;
  for (std::size_t i = 0; i < shown.size(); ++i) {
    if (shown[i] && economy.output()[IndustryId{i}] > 0) order.emplace_back(i);
  }
  std::stable_sort(order.begin(), order.end(), [&](IndustryId a, IndustryId b) {
    return std::abs(effect.price[a.index()]) > std::abs(effect.price[b.index()]);
  });
  order.resize(std::min(order.size(), top));
  ResultTable table{
      "prices",
      "Which prices follow",
      std::string{depend::price_limits} +
          (question.buyers.empty() ? " The suppliers, whose price is given, are left out." : ""),
      order.size() <= longest_in_report,
      {integer_column("rank", "Rank", "", "1: the largest change."),
       text_column("industry", "Industry", "REGION:SECTOR."),
       number_column("direct_pct", "Costs, direct", "%",
                     "Rise of costs by own purchases from the suppliers, of the price."),
       number_column("price_pct", "Price", "%", "Change of the producer's price.")}};
  RowWriter row(table);
  std::size_t rank = 0;
  for (auto const id : order) {
    row << ++rank << economy.space().label(id) << 100 * effect.direct[id.index()]
        << 100 * effect.price[id.index()];
  }
  return table;
}

ResultTable prices_baskets_table(Economy const& economy, depend::PriceEffect const& effect) {
  auto const& space = economy.space();
  auto table = with_columns({"prices_baskets",
                             "What final use costs more",
                             all_passed_on,
                             true,
                             {text_column("region", "Region", "Region of final use.")}},
                            basket_columns(economy));
  std::vector<depend::BasketCost> sums(space.regions());
  for (auto const& cost : effect.baskets) {
    auto& sum = sums[cost.region.index()];
    sum.basket += cost.basket;
    sum.direct += cost.direct;
    sum.total += cost.total;
  }
  RowWriter row(table);
  for (std::size_t r = 0; r < sums.size(); ++r) {
    row << space.label(RegionId{r});
    write_basket(row, sums[r]);
  }
  return table;
}

ResultTable prices_categories_table(Economy const& economy, depend::PriceEffect const& effect) {
  auto const& labels = economy.table().labels;
  auto table = with_columns({"prices_categories",
                             "What final use costs more, by category",
                             all_passed_on,
                             effect.baskets.size() <= longest_in_report,
                             {text_column("region", "Region", "Region of final use."),
                              text_column("category", "Category", "Category of final use.")}},
                            basket_columns(economy));
  RowWriter row(table);
  for (auto const& cost : effect.baskets) {
    row << labels.regions[cost.region.index()].label
        << labels.categories[cost.category.index()].label;
    write_basket(row, cost);
  }
  return table;
}

}  // namespace linchpin
