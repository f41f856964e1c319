// SPDX-License-Identifier: Apache-2.0
#include "linchpin/results/disrupt_tables.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <stdexcept>

#include "support/fixtures.h"
#include "support/random_economy.h"

namespace linchpin {
namespace {

using testing::ElementsAre;

std::vector<std::string> names(ResultTable const& table) {
  std::vector<std::string> result;
  for (auto const& column : table.columns) result.push_back(column.name);
  return result;
}

ResultTable const& named(std::vector<ResultTable> const& tables, std::string const& name) {
  for (auto const& table : tables) {
    if (table.name == name) return table;
  }
  throw std::runtime_error("no table " + name);
}

TextColumn const& texts(ResultTable const& table, std::size_t column) {
  return std::get<TextColumn>(table.columns[column].data);
}
NumberColumn const& numbers(ResultTable const& table, std::size_t column) {
  return std::get<NumberColumn>(table.columns[column].data);
}
IntegerColumn const& integers(ResultTable const& table, std::size_t column) {
  return std::get<IntegerColumn>(table.columns[column].data);
}

class DisruptTables : public testing::Test {
 protected:
  static disrupt::Path path_of(Economy const& economy, double share, int days = 30) {
    disrupt::ModelOptions options;
    options.inventory_days = disrupt::default_inventory_days(economy.space(), 10, 3);
    options.days = days;
    Cut cut;
    cut.sellers = {RegionId{0}};
    cut.buyers = {RegionId{1}, RegionId{2}};
    cut.course.share = share;
    return disrupt::simulate(economy, {"cut", {cut}, {}}, options).value();
  }

  Economy economy_ = Economy::make(test::leather()).value();
  disrupt::Path full_ = path_of(economy_, 1.0);
  disrupt::Path half_ = path_of(economy_, 0.5);
  std::vector<DisruptAnswer> answers_{{"full", &full_, {{"as is", &full_}, {"half", &half_}}},
                                      {"half", &half_, {}}};
  std::vector<ResultTable> tables_ = disrupt_tables(economy_, answers_);
};

/// The names are a contract with machines and the report.
TEST_F(DisruptTables, NamesOfTablesAndColumns) {
  std::vector<std::string> found;
  for (auto const& table : tables_) found.push_back(table.name);
  EXPECT_THAT(found, ElementsAre("loss_by_region", "range", "loss_over_time", "sectors_hit",
                                 "shortages", "loss_by_industry", "industry_over_time",
                                 "final_use_over_time", "inventories"));
  EXPECT_THAT(names(named(tables_, "loss_by_region")),
              ElementsAre("scenario", "region", "output_loss_pct", "value_added_loss_pct",
                          "final_use_loss_pct", "output_loss", "value_added_loss", "final_use_loss",
                          "recovery_day"));
  EXPECT_THAT(
      names(named(tables_, "range")),
      ElementsAre("scenario", "region", "measure", "central", "low", "high", "low_variant",
                  "high_variant", "low_supplied", "high_supplied", "runs", "runs_supplied"));
  EXPECT_THAT(names(named(tables_, "loss_over_time")),
              ElementsAre("scenario", "region", "day", "output_relative", "value_added_relative",
                          "final_use_relative"));
  EXPECT_THAT(names(named(tables_, "sectors_hit")),
              ElementsAre("scenario", "rank", "industry", "output_loss_pct", "output_loss",
                          "lowest_output_relative", "lowest_day", "first_shortage_day",
                          "value_added_loss", "unmet_demand"));
  EXPECT_THAT(names(named(tables_, "loss_by_industry")),
              ElementsAre("scenario", "industry", "output_loss_pct", "output_loss",
                          "value_added_loss", "unmet_demand", "first_shortage_day"));
  EXPECT_THAT(names(named(tables_, "shortages")),
              ElementsAre("scenario", "product", "industry", "first_day", "lowest_inventory_days",
                          "lowest_inventory_day"));
  EXPECT_THAT(names(named(tables_, "industry_over_time")),
              ElementsAre("scenario", "industry", "day", "output_relative"));
  EXPECT_THAT(names(named(tables_, "final_use_over_time")),
              ElementsAre("scenario", "region", "sector", "day", "final_use_relative"));
  EXPECT_THAT(names(named(tables_, "inventories")),
              ElementsAre("scenario", "region", "sector", "lowest_inventory_days"));
  for (auto const* name :
       {"loss_by_industry", "industry_over_time", "final_use_over_time", "inventories"}) {
    EXPECT_FALSE(named(tables_, name).in_report) << name;
  }
}

TEST_F(DisruptTables, ColumnsAreEquallyLong) {
  for (auto const& table : tables_) {
    for (auto const& column : table.columns) {
      EXPECT_EQ(column.size(), table.rows()) << table.name << "." << column.name;
      EXPECT_FALSE(column.description.empty());
    }
  }
  EXPECT_EQ(named(tables_, "loss_by_region").rows(), 2U * 4);
  EXPECT_EQ(named(tables_, "range").rows(), 4U * 3);  // the second scenario has no variants
  EXPECT_EQ(named(tables_, "loss_over_time").rows(), 2U * 4 * 30);
  EXPECT_EQ(named(tables_, "industry_over_time").rows(), 2U * 9 * 30);
}

TEST_F(DisruptTables, LossesAreThoseOfThePath) {
  auto const& table = named(tables_, "loss_by_region");
  EXPECT_EQ(texts(table, 0)[4], "half");
  EXPECT_EQ(texts(table, 1)[1], "TUR");
  EXPECT_EQ(texts(table, 1)[3], "WORLD");
  EXPECT_EQ(numbers(table, 2).values[1], full_.region_output_loss_pct[1]);
  EXPECT_EQ(numbers(table, 3).values[3], full_.world_value_added_loss_pct);
  EXPECT_EQ(table.columns[5].unit, "USD million");
  double const sum =
      full_.region_output_loss[0] + full_.region_output_loss[1] + full_.region_output_loss[2];
  EXPECT_EQ(numbers(table, 5).values[3], sum);
  EXPECT_TRUE(integers(table, 8).missing[3]);  // the cut never ends, so the world never recovers
}

/// Industries add up to their regions, and unmet demand is the path's own.
TEST_F(DisruptTables, IndustriesAddUpToRegions) {
  auto const& table = named(tables_, "loss_by_industry");
  ASSERT_EQ(table.rows(), 2U * 9);
  for (std::size_t r = 0; r < 3; ++r) {
    double output = 0, value_added = 0;
    for (std::size_t i = 3 * r; i < 3 * r + 3; ++i) {
      output += numbers(table, 3).values[i];
      value_added += numbers(table, 4).values[i];
      EXPECT_EQ(numbers(table, 5).values[i], full_.unmet_demand[i]);
    }
    EXPECT_NEAR(output, full_.region_output_loss[r], 1e-9);
    EXPECT_NEAR(value_added, full_.region_value_added_loss[r], 1e-9);
  }
  EXPECT_EQ(texts(table, 1)[8], "DEU:3");
}

TEST_F(DisruptTables, RangeNamesItsVariants) {
  auto const& table = named(tables_, "range");
  auto const row = 3U * 3;  // WORLD, output
  EXPECT_EQ(texts(table, 1)[row], "WORLD");
  EXPECT_EQ(texts(table, 2)[row], "output_loss_pct");
  EXPECT_EQ(numbers(table, 3).values[row], full_.world_output_loss_pct);
  EXPECT_EQ(numbers(table, 4).values[row], half_.world_output_loss_pct);
  EXPECT_EQ(numbers(table, 5).values[row], full_.world_output_loss_pct);
  EXPECT_EQ(texts(table, 6)[row], "half");
  EXPECT_EQ(texts(table, 7)[row], "as is");
}

/// Runs with and without shortages are told apart: marked by hand, so the split is known.
TEST_F(DisruptTables, RangeSplitsAtTheShortages) {
  auto supplied = half_, starved = full_;
  supplied.shortages.clear();
  starved.shortages = {{IndustryId{0}, SectorId{0}, 1, 0, 1}};
  std::vector<DisruptAnswer> const mixed{
      {"mixed", &supplied, {{"central", &supplied}, {"starved", &starved}}},
      {"starved", &starved, {{"central", &starved}}}};
  auto const table = named(disrupt_tables(economy_, mixed), "range");
  auto const row = 3U * 3;  // WORLD, output
  EXPECT_EQ(numbers(table, 8).values[row], half_.world_output_loss_pct);
  EXPECT_EQ(numbers(table, 9).values[row], half_.world_output_loss_pct);
  EXPECT_EQ(numbers(table, 5).values[row], full_.world_output_loss_pct) << "high is over all runs";
  EXPECT_EQ(integers(table, 10).values[row], 2);
  EXPECT_EQ(integers(table, 11).values[row], 1);
  EXPECT_TRUE(numbers(table, 8).missing[12 + row]) << "every run of the second runs short";
  EXPECT_EQ(integers(table, 11).values[12 + row], 0);
}

TEST_F(DisruptTables, ShortagesOfADayAreOrderedByLoss) {
  auto path = full_;
  path.output_loss.assign(9, 0.0);
  path.output_loss[4] = 5;
  path.output_loss[2] = path.output_loss[7] = 3;
  path.shortages = {{IndustryId{1}, SectorId{0}, 2, 0, 2},
                    {IndustryId{7}, SectorId{0}, 3, 0, 3},
                    {IndustryId{2}, SectorId{0}, 3, 0, 3},
                    {IndustryId{4}, SectorId{0}, 3, 0, 3}};
  std::vector<DisruptAnswer> const answers{{"x", &path, {}}};
  auto const& space = economy_.space();
  EXPECT_THAT(texts(named(disrupt_tables(economy_, answers), "shortages"), 2),
              ElementsAre(space.label(IndustryId{1}), space.label(IndustryId{4}),
                          space.label(IndustryId{2}), space.label(IndustryId{7})));
}

TEST_F(DisruptTables, SectorsAreRankedByMoney) {
  auto const& table = named(tables_, "sectors_hit");
  auto const& loss = numbers(table, 4).values;
  auto const& rank = integers(table, 1).values;
  for (std::size_t k = 1; k < table.rows(); ++k) {
    if (rank[k] == 1) continue;  // the next scenario begins
    EXPECT_GE(loss[k - 1], loss[k]);
  }
  EXPECT_EQ(loss[0], *std::max_element(full_.output_loss.begin(), full_.output_loss.end()));
}

TEST_F(DisruptTables, WorldOverTimeIsTheWeightedMean) {
  DenseMatrix shares(2, 2);
  shares(0, 0) = 1;
  shares(1, 0) = 0.5;
  shares(0, 1) = 0.2;
  shares(1, 1) = 1;
  EXPECT_EQ(world_over_time(shares, {3, 1}), (DenseVector{0.875, 0.4}));
  EXPECT_EQ(world_over_time(shares, {0, 0}), (DenseVector{1, 1}));
}

/// More than 200 shortages: the report shows the first 200 and says so, the files hold them all.
TEST(DisruptTablesOfALargeWorld, ShortagesAreCappedInTheReport) {
  auto const economy = test::random_economy({.regions = 15, .sectors = 16, .seed = Seed{3}});
  disrupt::ModelOptions options;
  options.inventory_days.assign(16, 2.0);
  options.days = 40;
  CapacityLoss loss;
  for (std::size_t i = 0; i < economy.size(); i += 2) loss.industries.push_back(IndustryId{i});
  loss.course.share = 0.9;
  auto const path = disrupt::simulate(economy, {"loss", {}, {loss}}, options).value();
  ASSERT_GT(path.shortages.size(), 200U);
  std::vector<DisruptAnswer> const answers{{"loss", &path, {}}};
  auto const tables = disrupt_tables(economy, answers);
  auto const& shown = named(tables, "shortages");
  EXPECT_EQ(shown.rows(), 200U);
  EXPECT_TRUE(shown.in_report);
  EXPECT_THAT(shown.note, testing::HasSubstr(std::to_string(path.shortages.size()) +
                                             " industries in all, the first 200 shown"));
  EXPECT_EQ(named(tables, "all_shortages").rows(), path.shortages.size());
  EXPECT_FALSE(named(tables, "all_shortages").in_report);
}

/// A region without industries' output has no loss in per cent: undefined, not zero.
TEST(DisruptTablesOfAnEmptyRegion, PercentagesAreUndefined) {
  auto const economy =
      Economy::make(test::balanced_table("empty", test::full_labels({"ONE", "NIL"}, {"1"}),
                                         test::matrix({{1, 0}, {0, 0}}),
                                         test::matrix({{9, 0}, {0, 0}})))
          .value();
  disrupt::ModelOptions options;
  options.inventory_days = {5};
  options.days = 3;
  auto const path = disrupt::simulate(economy, {}, options).value();
  std::vector<DisruptAnswer> const answers{{"none", &path, {}}};
  auto const tables = disrupt_tables(economy, answers);
  auto const& table = named(tables, "loss_by_region");
  for (std::size_t column : {2U, 3U, 4U}) {
    EXPECT_TRUE(numbers(table, column).missing[1]);
    EXPECT_EQ(table.columns[column].undefined, "the baseline is zero");
  }
  EXPECT_TRUE(numbers(named(tables, "inventories"), 3).missing[1]);
}

}  // namespace
}  // namespace linchpin
