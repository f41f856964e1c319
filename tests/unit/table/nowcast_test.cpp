// SPDX-License-Identifier: Apache-2.0
#include "linchpin/table/nowcast/nowcast.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>

#include "linchpin/table/aggregate.h"
#include "linchpin/table/nowcast/backcast.h"
#include "linchpin/table/check.h"
#include "linchpin/table/nowcast/nowcast_frame.h"
#include "linchpin/table/nowcast/nowcast_key.h"
#include "linchpin/table/nowcast/nowcast_rounding.h"
#include "linchpin/table/nowcast/nowcast_seed.h"
#include "support/table_fixtures.h"

namespace linchpin {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

constexpr std::size_t sectors = 4;

/// A table without inventory changes, which a nowcast does not have.
Table base_table(std::size_t regions, std::uint64_t stream) {
  auto table = test::random_table(regions, sectors, Rng{Seed{11}, stream});
  for (std::size_t i = 0; i < table.size(); ++i) {
    for (std::size_t k = 1; k < table.Y.columns(); k += 2) {
      table.output[i] -= table.Y(i, k);
      table.value_added(0, i) -= table.Y(i, k);
      table.Y(i, k) = 0;
    }
  }
  return table;
}

TradeCube cube_from(std::size_t regions, std::uint64_t stream) {
  double clipped = 0;
  auto cube = cube_of(base_table(regions, stream), clipped);
  cube.year = 2022;
  return cube;
}

/// Base of three regions, cube of four: R2 of the base stands for R2 and R3.
struct World {
  Table base = base_table(3, 1);
  TradeCube cube = cube_from(4, 2);
  Concordance sectors_of_base = identity_concordance(sector_codes(base.labels));
  Concordance sectors_of_cube = sectors_of_base;
  Concordance regions{"regions.csv",
                      {"R0", "R1", "R2", "R3"},
                      {"R0", "R1", "R2"},
                      {"", "", ""},
                      {{0, 0}, {1, 1}, {2, 2}, {3, 2}}};

  [[nodiscard]] NowcastInputs inputs() const {
    return {base, cube, sectors_of_base, sectors_of_cube, regions};
  }
};

double sold(Table const& table, std::size_t seller, std::size_t region) {
  double sum = 0;
  for (std::size_t j = 0; j < table.size(); ++j) {
    if (table.labels.industries[j].region.index() == region) sum += table.Z(seller, j);
  }
  auto const C = table.labels.categories.size();
  for (std::size_t c = 0; c < C; ++c) sum += table.Y(seller, region * C + c);
  return sum;
}

double inputs_of(Table const& table, std::size_t industry) {
  double sum = 0;
  for (std::size_t i = 0; i < table.size(); ++i) sum += table.Z(i, industry);
  return sum;
}

TEST(Nowcast, RefusesABaseThatHoldsNoNumbersOrNegativeFlows) {
  for (double const bad : {-1.0, std::nan(""), HUGE_VAL}) {
    World world;
    world.base.Z.dense()(1, 2) = bad;
    auto const result = nowcast(world.inputs());
    ASSERT_FALSE(result);
    EXPECT_EQ(result.error().code, ErrorCode::invalid_table);
    EXPECT_THAT(test::text_of(result.error()), HasSubstr(world.base.labels.industry_label(1)));
  }
  World world;
  world.base.output[3] = std::nan("");
  EXPECT_FALSE(nowcast(world.inputs()));
}

TEST(Nowcast, ReproducesTheCubeAndBalances) {
  World const world;
  auto const result = nowcast(world.inputs());
  ASSERT_TRUE(result) << test::text_of(result.error());
  auto const& table = result->table;
  ASSERT_EQ(table.size(), 16U);
  EXPECT_TRUE(table.info.estimated);
  EXPECT_EQ(table.info.year, 2022);
  EXPECT_FALSE(has_errors(check_table(table)));
  for (std::size_t i = 0; i < table.size(); ++i) {
    for (std::size_t r = 0; r < 4; ++r) {
      double const cell = world.cube.value(i / sectors, r, i % sectors);
      EXPECT_NEAR(sold(table, i, r), cell, 1e-11 * cell);
    }
    EXPECT_NEAR(inputs_of(table, i) + table.value_added(0, i), table.output[i],
                1e-12 * table.output[i]);
    for (double const flow : table.Z.row(i)) EXPECT_GE(flow, 0);
  }
}

/// Inputs are output less the base table's share of value added; value added less final use is
/// exports less imports.
TEST(Nowcast, MeetsValueAddedSharesAndTheTradeBalance) {
  World const world;
  auto const result = nowcast(world.inputs());
  ASSERT_TRUE(result);
  auto const& table = result->table;
  for (std::size_t r = 0; r < 4; ++r) {
    double value_added = 0, exports = 0, imports = 0;
    for (std::size_t s = 0; s < sectors; ++s) {
      auto const j = r * sectors + s;
      auto const of_base = std::min<std::size_t>(r, 2) * sectors + s;
      double const share = world.base.value_added(0, of_base) / world.base.output[of_base];
      EXPECT_NEAR(table.value_added(0, j), share * table.output[j], 1e-9 * table.output[j]);
      value_added += table.value_added(0, j);
      for (std::size_t e = 0; e < 4; ++e) {
        if (e == r) continue;
        exports += world.cube.value(r, e, s);
        imports += world.cube.value(e, r, s);
      }
    }
    auto const& importer = result->report.importers[r];
    EXPECT_EQ(importer.raise_factor, 1);
    EXPECT_NEAR(importer.value_added, value_added, 1e-9 * value_added);
    EXPECT_NEAR(importer.value_added - importer.final_use, exports - imports, 1e-9 * value_added);
    EXPECT_EQ(importer.borrowed, r >= 2);
  }
}

/// The cube of the base table itself gives the base table back.
TEST(Nowcast, ReturnsTheBaseTableFromItsOwnCube) {
  World world;
  double clipped = 0;
  world.cube = cube_of(world.base, clipped);
  world.regions = identity_concordance(world.cube.regions);
  auto const result = nowcast(world.inputs());
  ASSERT_TRUE(result) << test::text_of(result.error());
  for (std::size_t i = 0; i < world.base.size(); ++i) {
    for (std::size_t j = 0; j < world.base.size(); ++j) {
      EXPECT_NEAR(result->table.Z(i, j), world.base.Z(i, j), 1e-9 * (1 + world.base.Z(i, j)));
    }
    for (std::size_t k = 0; k < world.base.Y.columns(); ++k) {
      EXPECT_NEAR(result->table.Y(i, k), world.base.Y(i, k), 1e-9 * (1 + world.base.Y(i, k)));
    }
  }
}

TEST(Nowcast, DoesNotDependOnTheNumberOfThreads) {
  World const world;
  RunControl one, many;
  one.threads = 1;
  many.threads = 4;
  auto const a = nowcast(world.inputs(), {}, one);
  auto const b = nowcast(world.inputs(), {}, many);
  ASSERT_TRUE(a && b);
  EXPECT_EQ(a->table, b->table);
}

TEST(Nowcast, RaisesValueAddedWhereNothingWouldBeLeftForFinalUse) {
  World const world;
  auto inputs = world.inputs();
  inputs.known_shares.push_back({"R1", std::vector<std::optional<double>>(sectors, 0.0)});
  // Foreign sales of R1 leave it less to use than it makes.
  auto cube = world.cube;
  for (std::size_t s = 0; s < sectors; ++s) cube.values[cube.cell(1, 0, s)] *= 10;
  NowcastInputs const changed{
      world.base, cube, world.sectors_of_base, world.sectors_of_cube, world.regions,
      {},         {},   inputs.known_shares};
  auto const result = nowcast(changed);
  ASSERT_TRUE(result) << test::text_of(result.error());
  auto const& importer = result->report.importers[1];
  EXPECT_LT(importer.raise_factor, 1);
  EXPECT_NEAR(importer.final_use, 0.05 * importer.absorption, 1e-9 * importer.absorption);
  EXPECT_EQ(result->report.importers[0].raise_factor, 1);
}

TEST(Nowcast, FlowsTheBaseTableDoesNotHaveTakeThePooledPattern) {
  World world;
  // R1 sold nothing of S0 to R0 in the base year; R2 did.
  for (std::size_t s = 0; s < sectors; ++s) world.base.Z(sectors, s) = 0;
  world.base.Y(sectors, 0) = 0;
  auto const inputs = world.inputs();
  auto const frame = nowcasting::lay_out(inputs);
  ASSERT_TRUE(frame) << test::text_of(frame.error());
  auto const keys = nowcasting::make_keys({}, *frame);
  ASSERT_TRUE(keys);
  auto const seed = nowcasting::make_seed(*frame, keys->of(0), 0, DenseVector(sectors, 1.0));
  EXPECT_EQ(seed.pooled_flows, 1U);
  double const cell = world.cube.value(1, 0, 0);
  EXPECT_EQ(seed.pooled_value, cell);
  double pooled = world.base.Y(2 * sectors, 0);
  for (std::size_t s = 0; s < sectors; ++s) pooled += world.base.Z(2 * sectors, s);
  for (std::size_t s = 0; s < sectors; ++s) {
    EXPECT_NEAR(seed.matrix(sectors, s), cell * world.base.Z(2 * sectors, s) / pooled, 1e-9);
  }
}

TEST(Nowcast, IndustriesWithoutOutputStayEmpty) {
  World world;
  for (std::size_t r = 0; r < 4; ++r) world.cube.values[world.cube.cell(0, r, 1)] = 0;
  auto const result = nowcast(world.inputs());
  ASSERT_TRUE(result) << test::text_of(result.error());
  EXPECT_EQ(result->report.empty_industries, 1U);
  EXPECT_EQ(inputs_of(result->table, 1), 0);
  EXPECT_EQ(result->table.output[1], 0);
}

TEST(Nowcast, NewIndustriesTakeTheWorldsInputs) {
  World world;
  auto& base = world.base;
  for (std::size_t i = 0; i < base.size(); ++i) base.Z(i, 1) = 0;  // R0 made no S1
  for (std::size_t j = 0; j < base.size(); ++j) base.Z(1, j) = 0;
  for (std::size_t k = 0; k < base.Y.columns(); ++k) base.Y(1, k) = 0;
  base.output[1] = base.value_added(0, 1) = 0;
  auto const result = nowcast(world.inputs());
  ASSERT_TRUE(result) << test::text_of(result.error());
  EXPECT_THAT(result->report.filled_industries, ElementsAre("R0:S1"));
  EXPECT_THAT(result->report.borrowed_shares, ElementsAre("R0:S1"));
  EXPECT_GT(inputs_of(result->table, 1), 0);
}

/// A national table of R0 with flat shares: inputs are 40 % of output everywhere.
Table national_table(int year) {
  auto table = test::random_table(2, sectors, Rng{Seed{5}, 3});
  table.labels.regions[1].label = "ROW";
  table.info.year = year;
  for (std::size_t j = 0; j < sectors; ++j) {
    double inputs = 0;
    for (std::size_t i = 0; i < table.size(); ++i) inputs += table.Z(i, j);
    table.output[j] = inputs / 0.4;
  }
  return table;
}

TEST(Nowcast, AnchorsReplaceSharesAndMayFixTheTotal) {
  World const world;
  auto const same = identity_concordance(sector_codes(world.base.labels));
  auto const older = national_table(2020);
  auto inputs = world.inputs();
  inputs.anchors = {{"R0", &older, &same}};
  auto const by_share = nowcast(inputs);
  ASSERT_TRUE(by_share) << test::text_of(by_share.error());
  EXPECT_EQ(by_share->report.importers[0].anchor_factor, 1);
  for (std::size_t j = 0; j < sectors; ++j) {
    EXPECT_NEAR(inputs_of(by_share->table, j), 0.4 * by_share->table.output[j],
                1e-9 * by_share->table.output[j]);
  }
  auto current = national_table(2022);  // same year and currency: its total holds too
  double anchored = 0;
  for (std::size_t j = 0; j < sectors; ++j) {
    double const scale = 0.9 * by_share->table.output[j] / current.output[j];
    for (std::size_t i = 0; i < current.size(); ++i) current.Z(i, j) *= scale;
    current.output[j] *= scale;
    anchored += 0.6 * current.output[j];
  }
  inputs.anchors = {{"R0", &current, &same}};
  auto const by_total = nowcast(inputs);
  ASSERT_TRUE(by_total) << test::text_of(by_total.error());
  EXPECT_NEAR(by_total->report.importers[0].value_added, anchored, 1e-9 * anchored);
  EXPECT_GT(by_total->report.importers[0].anchor_factor, 1);
  auto const without = nowcast(inputs, {.meet_anchor_totals = false});
  ASSERT_TRUE(without);
  EXPECT_EQ(without->report.importers[0].anchor_factor, 1);
}

/// One base sector becomes two: the national table says how its flows divide.
TEST(Nowcast, KeysDivideSectorsTheBaseTableDoesNotSplit) {
  World world;
  world.sectors_of_base = {"base.csv",
                           {"S0", "S1", "S2", "S3"},
                           {"P", "Q", "S1", "S2", "S3"},
                           std::vector<std::string>(5),
                           {{0, 0}, {0, 1}, {1, 2}, {2, 3}, {3, 4}}};
  world.sectors_of_cube = identity_concordance(world.sectors_of_base.to);
  double clipped = 0;
  world.cube = cube_of(test::random_table(4, 5, Rng{Seed{2}, 9}), clipped);
  world.cube.sectors = world.sectors_of_base.to;
  auto national = test::random_table(2, 5, Rng{Seed{5}, 4}, 0.0);
  for (std::size_t s = 0; s < 5; ++s) national.labels.sectors[s].label = world.cube.sectors[s];
  auto inputs = world.inputs();
  inputs.keys = {{"R0", &national, &world.sectors_of_cube}};
  auto const frame = nowcasting::lay_out(inputs);
  ASSERT_TRUE(frame) << test::text_of(frame.error());
  EXPECT_EQ(frame->groups, 4U);
  auto const keys = nowcasting::make_keys(inputs.keys, *frame);
  ASSERT_TRUE(keys) << test::text_of(keys.error());
  auto const& key = keys->of(0);
  auto const flow = [&](std::size_t p, std::size_t q) {  // from home and abroad
    return national.Z(p, q) + national.Z(5 + p, q);
  };
  double const block = flow(0, 0) + flow(0, 1) + flow(1, 0) + flow(1, 1);
  EXPECT_DOUBLE_EQ(key.inputs(0, 1), flow(0, 1) / block);
  EXPECT_DOUBLE_EQ(key.inputs(0, 2), flow(0, 2) / (flow(0, 2) + flow(1, 2)));
  EXPECT_DOUBLE_EQ(key.inputs(2, 3), 1) << "nothing to divide";
  EXPECT_EQ(keys->key_of[1], keys->key_of[2]) << "the mean elsewhere";
  auto const result = nowcast(inputs);
  ASSERT_TRUE(result) << test::text_of(result.error());
  EXPECT_EQ(result->table.size(), 20U);
  national.info.unit = {"CNY", 1e4};
  auto second = national;
  second.info.unit = {"USD", 1e6};
  second.labels.regions[0].label = "R1";
  inputs.keys.push_back({"R1", &second, &world.sectors_of_cube});
  auto const mixed = nowcast(inputs);
  ASSERT_FALSE(mixed);
  EXPECT_THAT(test::text_of(mixed.error()), HasSubstr("in one unit"));
}

/// A cube sector with two sectors of the result divides as the base table's purchases did.
TEST(Nowcast, SplitsCubeSectorsByTheStructureOfTheBase) {
  World world;
  double clipped = 0;
  world.cube = cube_of(world.base, clipped);
  world.regions = identity_concordance(world.cube.regions);
  auto const full = world.cube;
  Mapping const merge{
      "merge", {{"S0", "S0", "", 0}, {"S1", "S1", "", 0}, {"S2", "X", "", 0}, {"S3", "X", "", 0}}};
  auto const merged = aggregate(world.base, nullptr, &merge);
  ASSERT_TRUE(merged);
  world.cube = cube_of(*merged, clipped);
  world.sectors_of_cube = {"cube.csv",
                           {"S0", "S1", "X"},
                           {"S0", "S1", "S2", "S3"},
                           std::vector<std::string>(4),
                           {{0, 0}, {1, 1}, {2, 2}, {2, 3}}};
  auto const frame = nowcasting::lay_out(world.inputs());
  ASSERT_TRUE(frame) << test::text_of(frame.error());
  for (std::size_t e = 0; e < 3; ++e) {
    for (std::size_t r = 0; r < 3; ++r) {
      for (std::size_t s = 0; s < sectors; ++s) {
        EXPECT_NEAR(frame->sales_to(e, r)[s], full.value(e, r, s), 1e-9 * full.value(e, r, s));
      }
    }
  }
}

TEST(Nowcast, SaysWhatDoesNotFit) {
  World world;
  world.regions.pairs.emplace_back(0, 1);
  auto const twice = nowcast(world.inputs());
  ASSERT_FALSE(twice);
  EXPECT_EQ(twice.error().code, ErrorCode::duplicate_label);
  World other;
  other.regions.pairs[1].second = 0;
  auto const unused = nowcast(other.inputs());
  ASSERT_FALSE(unused);
  EXPECT_THAT(test::text_of(unused.error()), HasSubstr("R1"));
  World third;
  third.cube.sectors[2] = "S9";
  auto const unknown = nowcast(third.inputs());
  ASSERT_FALSE(unknown);
  EXPECT_EQ(unknown.error().code, ErrorCode::unknown_label);
}

/// Estimating a year from itself leaves no error.
TEST(Backcast, FindsNoErrorInTheSameYear) {
  auto const base = base_table(3, 1);
  Mapping mapping;
  for (auto const& code : sector_codes(base.labels)) mapping.entries.push_back({code, code, "", 0});
  auto const report = backcast(base, base, mapping, {.regions = {"R0", "R2"}});
  ASSERT_TRUE(report) << test::text_of(report.error());
  for (auto const* errors : {&report->nowcast, &report->true_shares, &report->unchanged}) {
    EXPECT_NEAR(errors->cells, 0, 1e-9) << errors->method;
    EXPECT_NEAR(errors->import_cells, 0, 1e-9);
    EXPECT_NEAR(errors->multipliers, 0, 1e-9);
    EXPECT_NEAR(errors->mean_reliance_by_industry, 0, 1e-9);
  }
  auto const other = base_table(4, 1);
  EXPECT_FALSE(backcast(base, other, mapping));
}

/// True value-added shares leave the nowcast no farther from the truth in multipliers.
TEST(Backcast, TrueSharesHelp) {
  auto const base = base_table(3, 1);
  auto const truth = base_table(3, 8);
  Mapping mapping;
  for (auto const& code : sector_codes(base.labels)) mapping.entries.push_back({code, code, "", 0});
  auto const report = backcast(base, truth, mapping, {.regions = {"R0"}});
  ASSERT_TRUE(report) << test::text_of(report.error());
  EXPECT_GT(report->nowcast.cells, 0);
  EXPECT_LT(report->true_shares.multipliers, report->nowcast.multipliers);
}

TEST(Rounding, KeepsTheBalanceAndSixDigits) {
  auto const table = base_table(3, 1);
  auto scaled = table;
  for (auto& flow : scaled.Z.values()) flow /= 3;
  auto const rounded = rounded_flows(scaled, 20);
  for (std::size_t i = 0; i < table.size(); ++i) {
    double sum = 0;
    for (std::size_t j = 0; j < table.size(); ++j) {
      EXPECT_NEAR(rounded.Z(i, j), scaled.Z(i, j), 1e-6 * scaled.Z(i, j));
      sum += rounded.Z(i, j);
    }
    for (double const use : rounded.Y.row(i)) sum += use;
    EXPECT_DOUBLE_EQ(rounded.output[i], sum);
    EXPECT_NEAR(inputs_of(rounded, i) + rounded.value_added(0, i), sum, 1e-12 * sum);
  }
}

TEST(Resum, ClosesTheGapsThatRoundingLeft) {
  auto table = base_table(3, 1);
  auto const exact = table;
  for (auto& output : table.output) output *= 1.01;
  auto const closed = resummed(table);
  ASSERT_TRUE(closed);
  EXPECT_EQ(closed->output, exact.output);
  EXPECT_EQ(closed->Z, exact.Z);
  table.value_added = DenseMatrix(2, table.size());
  table.labels.value_added_rows = {"wages", "profits"};
  auto const two = resummed(table);
  ASSERT_FALSE(two);
  EXPECT_EQ(two.error().code, ErrorCode::bad_value);
}

}  // namespace
}  // namespace linchpin
