// SPDX-License-Identifier: Apache-2.0
// Tables of extraction, paths, prices and propagation. Names are a contract with machines.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "linchpin/results/extraction_tables.h"
#include "linchpin/results/paths_tables.h"
#include "linchpin/results/prices_tables.h"
#include "support/fixtures.h"
#include "unit/results/table_cells.h"

namespace linchpin {
namespace {

using test::column_names;
using test::integers;
using test::is_tidy;
using test::number;
using test::texts;
using testing::ElementsAre;
using testing::HasSubstr;

depend::LeontiefSystem system_of(Table table) {
  return depend::LeontiefSystem::make(Economy::make(std::move(table)).value()).value();
}

/// Germany's sales to Turkey taken away: losses of ARG, TUR, DEU from an independent computation,
/// six decimals.
TEST(ExtractionTables, ShowLossesByRegionAndIndustry) {
  auto const system = system_of(test::leather());
  depend::Extraction const question{
      .suppliers = {IndustryId{6}, IndustryId{7}, IndustryId{8}},
      .buyers = {IndustryId{3}, IndustryId{4}, IndustryId{5}}};
  auto const loss = depend::extract(system, question).value();
  auto const regions = extraction_regions_table(system.economy(), loss);
  EXPECT_EQ(regions.name, "extraction_regions");
  EXPECT_THAT(column_names(regions),
              ElementsAre("rank", "region", "output_loss", "output_loss_pct", "value_added_loss",
                          "value_added_loss_pct"));
  EXPECT_THAT(texts(regions, "region"), ElementsAre("DEU", "TUR", "ARG"));
  EXPECT_THAT(integers(regions, "rank"), ElementsAre(1, 2, 3));
  EXPECT_NEAR(*number(regions, "output_loss", 0), 46.436826, 1e-6);
  EXPECT_NEAR(*number(regions, "value_added_loss", 2), 2.384799, 1e-6);
  EXPECT_NEAR(*number(regions, "output_loss_pct", 0), 100 * 46.436826 / (156.3 + 127.8 + 217.0),
              1e-6);
  EXPECT_NEAR(*number(regions, "value_added_loss_pct", 1), 100 * 3.757720 / 145.7, 1e-6);
  EXPECT_THAT(regions.note, HasSubstr("loss of those who sell"));

  auto const output = party_loss(system.space(), question, loss.output);
  EXPECT_NEAR(output.supplier, 46.436826, 1e-6);
  EXPECT_NEAR(output.buyer, 6.968319, 1e-6);
  EXPECT_NEAR(output.others, 3.940312, 1e-6);
  EXPECT_NEAR(output.world, 46.436826 + 6.968319 + 3.940312, 2e-6);

  auto const industries = extraction_industries_table(system.economy(), loss, 2);
  EXPECT_EQ(industries.name, "extraction_industries");
  ASSERT_EQ(industries.rows(), 2U);
  EXPECT_GE(*number(industries, "value_added_loss", 0), *number(industries, "value_added_loss", 1));
  EXPECT_TRUE(is_tidy(regions) && is_tidy(industries));
}

TEST(ExtractionTables, HaveOneRowPerExtraction) {
  auto const system = system_of(test::leather());
  auto const pairs = depend::extract_all_pairs(system, 1, false).value();
  auto const table = extraction_table(system.economy(),
                                      extraction_rows(system.space(), pairs, false), "In order.");
  EXPECT_EQ(table.name, "extraction");
  EXPECT_THAT(column_names(table),
              ElementsAre("rank", "supplier", "buyer", "taken_away", "not_resourced",
                          "output_loss_world", "output_loss_supplier", "output_loss_buyer",
                          "output_loss_others", "value_added_loss_world",
                          "value_added_loss_supplier", "value_added_loss_buyer",
                          "value_added_loss_others"));
  ASSERT_EQ(table.rows(), 18U);
  EXPECT_EQ(texts(table, "supplier")[0], "ARG:1");
  EXPECT_EQ(texts(table, "buyer")[0], "TUR");
  EXPECT_NEAR(*number(table, "taken_away", 0), 3.2 + 4.3 + 0.4, 1e-12);
  EXPECT_FALSE(number(table, "not_resourced", 0).has_value());
  EXPECT_EQ(table.columns[3].unit, "USD million");
  EXPECT_THAT(table.note, HasSubstr(std::string{"In order. "} + depend::extraction_limits));

  auto const industries =
      depend::extract_all_industries(system, depend::ExtractionKind::total, 1).value();
  auto const total =
      extraction_table(system.economy(), extraction_rows(system.space(), industries), "");
  EXPECT_EQ(column_names(total), column_names(table));
  EXPECT_FALSE(number(total, "output_loss_buyer", 0).has_value());
  EXPECT_TRUE(is_tidy(table) && is_tidy(total));
  auto const moved = depend::extract_all_pairs(system, 1, true).value();
  auto const again = extraction_table(system.economy(),
                                      extraction_rows(system.space(), moved, true), "");
  EXPECT_EQ(number(again, "not_resourced", 0), 0.0);
}

/// By hand, see tests/unit/depend/paths_test.cpp: 276.25, 227.5, 41.4375 of v_c L f.
TEST(PathsTables, SayHowMuchIsExplained) {
  auto const system = system_of(test::miller_blair());
  depend::PathQuestion const question{.suppliers = {IndustryId{0}}, .final_region = {}, .count = 3};
  std::vector<PathsAnswer> const answers{{{}, depend::heaviest_paths(system, question).value()},
                                         {RegionId{0}, {}}};
  auto const& economy = system.economy();
  auto const paths = paths_table(economy, "ONE:1", answers);
  EXPECT_EQ(paths.name, "paths");
  EXPECT_THAT(column_names(paths), ElementsAre("supplier", "final_use", "rank", "path",
                                               "deliveries", "value", "share", "cumulative_share"));
  ASSERT_EQ(paths.rows(), 3U);
  EXPECT_THAT(texts(paths, "path"),
              ElementsAre("ONE:1 -> ONE:2 -> final use WORLD", "ONE:1 -> final use WORLD",
                          "ONE:1 -> ONE:1 -> ONE:2 -> final use WORLD"));
  EXPECT_THAT(integers(paths, "deliveries"), ElementsAre(1, 0, 2));
  double const total = answers[0].found.total;
  EXPECT_NEAR(*number(paths, "share", 1), 227.5 / total, 1e-12);
  EXPECT_NEAR(*number(paths, "cumulative_share", 2), (276.25 + 227.5 + 41.4375) / total, 1e-12);

  auto const totals = paths_total_table(economy, "ONE:1", answers);
  EXPECT_EQ(totals.name, "paths_total");
  EXPECT_THAT(column_names(totals),
              ElementsAre("supplier", "final_use", "paths", "shown", "total", "share_shown",
                          "negative_final_use", "negative_suppliers", "heaviest_left_out"));
  EXPECT_EQ(*number(totals, "share_shown", 0), *number(paths, "cumulative_share", 2));
  EXPECT_NEAR(*number(totals, "heaviest_left_out", 0), 34.125, 1e-9);
  EXPECT_FALSE(number(totals, "share_shown", 1).has_value());  // nothing reaches it

  std::vector<DenseMatrix> layers{depend::supply_layers(system, question, 1).value(),
                                  DenseMatrix(1, 2)};
  auto const by_layer = paths_layers_table(economy, "ONE:1", answers, layers);
  ASSERT_EQ(by_layer.rows(), 3U);
  EXPECT_NEAR(*number(by_layer, "value", 1), 34.125 + 276.25, 1e-9);
  EXPECT_TRUE(is_tidy(paths) && is_tidy(totals) && is_tidy(by_layer));
}

TEST(PropagationTable, RanksWithinTheBuyerOrOverAll) {
  auto const economy = Economy::make(test::miller_blair()).value();
  std::vector<PropagationPair> const pairs{{IndustryId{0}, IndustryId{1}, 0.4, 1.5},
                                           {IndustryId{1}, IndustryId{0}, 0.3, 2.5}};
  auto const table = propagation_table(economy, pairs, false);
  EXPECT_EQ(table.name, "propagation");
  EXPECT_THAT(column_names(table),
              ElementsAre("supplier", "buyer", "rank", "strength", "length"));
  EXPECT_THAT(integers(table, "rank"), ElementsAre(1, 2));
  EXPECT_THAT(integers(propagation_table(economy, pairs, true), "rank"), ElementsAre(1, 1));
  EXPECT_EQ(texts(table, "supplier")[1], "ONE:2");
  EXPECT_EQ(number(table, "length", 1), 2.5);
}

/// By hand, see tests/unit/depend/prices_test.cpp: at B's border A's products are 10 % dearer, B's
/// costs rise by 1 %, B's basket of 104 by 0.4 directly and by 1.4 in all.
TEST(PricesTables, ShowPricesAndBaskets) {
  auto const system = system_of(test::balanced_table("t", test::full_labels({"A", "B"}, {"p"}),
                                                     test::matrix({{0, 10}, {0, 0}}),
                                                     test::matrix({{0, 4}, {0, 100}})));
  auto const& economy = system.economy();
  depend::PriceQuestion question{.suppliers = {IndustryId{0}}, .buyers = {RegionId{1}}};
  auto const effect = depend::price_effect(system, question).value();
  auto const prices = prices_table(economy, question, effect, 5);
  EXPECT_EQ(prices.name, "prices");
  EXPECT_THAT(prices.note, HasSubstr(depend::price_limits));
  EXPECT_THAT(column_names(prices), ElementsAre("rank", "industry", "direct_pct", "price_pct"));
  EXPECT_THAT(texts(prices, "industry"), ElementsAre("B:p", "A:p"));
  EXPECT_NEAR(*number(prices, "price_pct", 0), 1.0, 1e-13);
  auto const baskets = prices_baskets_table(economy, effect);
  EXPECT_THAT(column_names(baskets), ElementsAre("region", "basket", "direct", "total",
                                                 "direct_pct", "total_pct"));
  EXPECT_NEAR(*number(baskets, "total", 1), 1.4, 1e-13);
  EXPECT_NEAR(*number(baskets, "direct_pct", 1), 40.0 / 104, 1e-13);
  EXPECT_FALSE(number(baskets, "total_pct", 0).has_value());  // A consumes nothing
  auto const categories = prices_categories_table(economy, effect);
  EXPECT_EQ(texts(categories, "category")[1], "FD");
  EXPECT_EQ(number(categories, "total", 1), number(baskets, "total", 1));
  EXPECT_TRUE(is_tidy(prices) && is_tidy(baskets) && is_tidy(categories));
  // Everywhere: the supplier's own price is the question, not an answer.
  question.buyers.clear();
  auto const everywhere =
      prices_table(economy, question, depend::price_effect(system, question).value(), 5);
  EXPECT_THAT(texts(everywhere, "industry"), ElementsAre("B:p"));
}

}  // namespace
}  // namespace linchpin
