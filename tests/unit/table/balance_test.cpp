// SPDX-License-Identifier: Apache-2.0
#include "linchpin/table/repair/balance.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <string>
#include <utility>
#include <vector>

#include "linchpin/table/check.h"
#include "support/fixtures.h"
#include "support/sparse.h"
#include "support/table_fixtures.h"

namespace linchpin {
namespace {

using test::leather;
using test::text_of;
using testing::HasSubstr;

/// Leather with flows that are off by some percent here and there; the published output is right.
Table disturbed() {
  auto table = leather();
  table.Z(0, 1) *= 1.2;
  table.Z(4, 4) *= 0.9;
  table.Z(8, 2) += 1.5;
  table.Y(3, 2) *= 0.8;
  table.value_added(0, 6) *= 1.1;
  return table;
}

TargetList targets(std::vector<std::pair<std::string, double>> const& lines, double sigma = 0) {
  TargetList list{"targets.csv", {}};
  for (auto const& [label, target] : lines) list.entries.push_back({label, target, sigma, 0});
  return list;
}

/// Largest relative gap of row sums and of column sums against output.
double imbalance(Table const& table) {
  DenseVector rows(table.size(), 0.0), columns(table.size(), 0.0);
  for (std::size_t i = 0; i < table.size(); ++i) {
    for (std::size_t j = 0; j < table.size(); ++j) {
      rows[i] += table.Z(i, j);
      columns[j] += table.Z(i, j);
    }
    for (double const use : table.Y.row(i)) rows[i] += use;
  }
  double worst = 0;
  for (std::size_t j = 0; j < table.size(); ++j) {
    for (std::size_t k = 0; k < table.value_added.rows(); ++k)
      columns[j] += table.value_added(k, j);
    worst = std::max(worst, std::abs(rows[j] - table.output[j]) / table.output[j]);
    worst = std::max(worst, std::abs(columns[j] - table.output[j]) / table.output[j]);
  }
  return worst;
}

TEST(Balance, MeetsThePublishedOutput) {
  auto const broken = disturbed();
  EXPECT_GT(imbalance(broken), 1e-2);
  auto const result = balance_table(broken);
  ASSERT_TRUE(result) << text_of(result.error());
  EXPECT_LT(imbalance(result->table), 1e-12);
  EXPECT_FALSE(has_errors(check_table(result->table)));
  auto const& report = result->report;
  EXPECT_EQ(report.method, BalanceMethod::ras);
  EXPECT_LT(report.residual, 1e-12);
  EXPECT_EQ(report.worst.size(), 10U);
  EXPECT_GE(std::abs(report.worst[0].after - report.worst[0].before),
            std::abs(report.worst[9].after - report.worst[9].before));
  EXPECT_GT(report.total_absolute_change, 0);
  EXPECT_FALSE(report.largest_relative_change.seller.empty());
  for (std::size_t i = 0; i < 9; ++i) {
    EXPECT_NEAR(result->table.output[i], broken.output[i], 1e-10);
  }
  EXPECT_TRUE(result->table.info.estimated);
  EXPECT_THAT(result->table.info.history, HasSubstr("balanced with ras to published output"));
  // Totals of final demand stay.
  for (std::size_t f = 0; f < 3; ++f) {
    double before = 0, after = 0;
    for (std::size_t i = 0; i < 9; ++i) {
      before += broken.Y(i, f);
      after += result->table.Y(i, f);
    }
    EXPECT_NEAR(after, before, 1e-9);
  }
}

TEST(Balance, GivesTheSameForSparseFlows) {
  auto const dense = balance_table(disturbed());
  auto table = disturbed();
  table.Z = FlowMatrix(test::sparse(table.Z.to_dense()));
  auto const sparse = balance_table(table);
  ASSERT_TRUE(dense && sparse);
  EXPECT_EQ(sparse->table.Z.storage(), FlowMatrix::Storage::sparse);
  for (std::size_t i = 0; i < 9; ++i) {
    for (std::size_t j = 0; j < 9; ++j) {
      EXPECT_NEAR(std::as_const(sparse->table.Z)(i, j), std::as_const(dense->table.Z)(i, j), 1e-10);
    }
  }
}

TEST(Balance, TakesGrasWhereCellsAreNegative) {
  auto table = disturbed();
  table.labels.categories.push_back({"INV", "Changes in inventories", true});
  DenseMatrix Y(9, 6);
  for (std::size_t i = 0; i < 9; ++i) {
    for (std::size_t r = 0; r < 3; ++r) {
      Y(i, 2 * r) = table.Y(i, r) + 1;
      Y(i, 2 * r + 1) = i % 2 == 0 ? -1.0 : 0.5;
    }
  }
  table.Y = Y;
  auto const result = balance_table(table);
  ASSERT_TRUE(result) << text_of(result.error());
  EXPECT_EQ(result->report.method, BalanceMethod::gras);
  EXPECT_LT(imbalance(result->table), 1e-11);
  for (std::size_t k = 0; k < Y.values().size(); ++k) {
    EXPECT_EQ(result->table.Y.values()[k] < 0, Y.values()[k] < 0);
  }
  auto const forced = balance_table(table, {.method = BalanceMethod::ras});
  ASSERT_FALSE(forced);
  EXPECT_THAT(text_of(forced.error()), HasSubstr("| ARG:INV | use the method gras"));
}

TEST(Balance, KeepsSharesOfKindsOfValueAdded) {
  auto table = disturbed();
  table.labels.value_added_rows = {"wages", "taxes"};
  DenseMatrix kinds(2, 9);
  for (std::size_t j = 0; j < 9; ++j) {
    kinds(0, j) = 1.1 * table.value_added(0, j);
    kinds(1, j) = -0.1 * table.value_added(0, j);  // subsidies
  }
  table.value_added = kinds;
  auto const result = balance_table(table);
  ASSERT_TRUE(result) << text_of(result.error());
  EXPECT_LT(imbalance(result->table), 1e-12);
  for (std::size_t j = 0; j < 9; ++j) {
    EXPECT_NEAR(result->table.value_added(1, j) / result->table.value_added(0, j), -1 / 11.0,
                1e-12);
  }
}

TEST(Balance, TakesValueAddedAsResidualWhereNoneIsPublished) {
  auto table = disturbed();
  table.labels.value_added_rows.clear();
  table.value_added = DenseMatrix(0, 9);
  auto const result = balance_table(table);
  ASSERT_TRUE(result) << text_of(result.error());
  EXPECT_EQ(result->table.value_added.rows(), 0U);
  EXPECT_FALSE(has_errors(check_table(result->table)));
}

TEST(Balance, BringsATableToNewOutputs) {
  auto const table = leather();
  TargetList rows{"rows.csv", {}};
  for (std::size_t i = 0; i < 9; ++i) {
    rows.entries.push_back(
        {table.labels.industry_label(i), table.output[i] * (1 + 0.01 * double(i)), 0, i + 2});
  }
  auto const result = balance_table(table, {.rows = rows});
  ASSERT_TRUE(result) << text_of(result.error());
  for (std::size_t i = 0; i < 9; ++i) {
    EXPECT_NEAR(result->table.output[i], rows.entries[i].target, 1e-9);
  }
  EXPECT_LT(imbalance(result->table), 1e-12);
  EXPECT_THAT(result->table.info.history, HasSubstr("targets of rows.csv"));
}

TEST(Balance, WantsCompleteTargetsForRas) {
  auto const failed =
      balance_table(leather(), {.method = BalanceMethod::ras,
                                .rows = targets({{"ARG:1", 80}, {"ARG:7", 1}, {"DEU:3", 2}}),
                                .columns = targets({{"ARG:FX", 1}})});
  ASSERT_FALSE(failed);
  auto const text = text_of(failed.error());
  EXPECT_THAT(text, HasSubstr("no industry 'ARG:7'"));
  EXPECT_THAT(text, HasSubstr("did you mean"));
  EXPECT_THAT(text, HasSubstr("no industry or final use 'ARG:FX'"));
  auto const partial = balance_table(leather(), {.rows = targets({{"ARG:1", 80}})});
  ASSERT_FALSE(partial);
  EXPECT_EQ(partial.error().code, ErrorCode::missing_value);
  EXPECT_EQ(partial.error().further.size(), 7U);
  auto const sigma = balance_table(
      leather(), {.method = BalanceMethod::gras, .rows = targets({{"ARG:1", 80}}, 1)});
  ASSERT_FALSE(sigma);
  EXPECT_THAT(text_of(sigma.error()), HasSubstr("only kras can use"));
}

TEST(Balance, NamesWhyItIsInfeasible) {
  auto table = leather();
  for (std::size_t j = 0; j < 9; ++j) table.Z(2, j) = 0;
  for (std::size_t f = 0; f < 3; ++f) table.Y(2, f) = 0;  // sells nothing, publishes output
  auto const failed = balance_table(table);
  ASSERT_FALSE(failed);
  EXPECT_EQ(failed.error().code, ErrorCode::bad_value);
  EXPECT_THAT(text_of(failed.error()), HasSubstr("| ARG:3 |"));
  EXPECT_THAT(text_of(failed.error()), HasSubstr("infeasible"));
}

TEST(Balance, TakesPartialTargetsWithReliabilities) {
  auto const table = disturbed();
  auto const result =
      balance_table(table, {.rows = targets({{"ARG:1", 90}, {"DEU:3", 230}}, 1),
                            .columns = targets({{"ARG:1", 86}, {"ARG:FD", 95}}, 1)});
  ASSERT_TRUE(result) << text_of(result.error());
  EXPECT_EQ(result->report.method, BalanceMethod::kras);
  EXPECT_LT(imbalance(result->table), 1e-11);
  // Sales and costs of an industry are the same number: 90 and 86 meet in the middle.
  EXPECT_NEAR(result->table.output[0], 88, 1e-3);
  EXPECT_NEAR(result->table.output[8], 230, 1e-3);
  ASSERT_GE(result->report.relaxed.size(), 2U);
  EXPECT_NEAR(result->report.relaxed[0].value, 88, 1e-3);
  EXPECT_THAT(result->report.relaxed[0].name, HasSubstr("ARG:1"));
}

TEST(Balance, MakesKrasMeetPublishedOutputWithoutFiles) {
  auto const result = balance_table(disturbed(), {.method = BalanceMethod::kras});
  ASSERT_TRUE(result) << text_of(result.error());
  EXPECT_LT(imbalance(result->table), 1e-11);
  EXPECT_NEAR(result->table.output[4], leather().output[4], 1e-9);
}

TEST(Balance, RefusesWhatDoesNotFitInMemory) {
  auto const failed = balance_table(leather(), {.memory_limit = 100});
  ASSERT_FALSE(failed);
  EXPECT_EQ(failed.error().code, ErrorCode::too_large);
}

TEST(ReadTargets, ReadsBothHeadersAndSigma) {
  test::TemporaryFolder folder;
  auto const a =
      read_targets(test::write_file(folder.file("a.csv"), "label,target\nCHN:c14,2.5\n"));
  ASSERT_TRUE(a) << text_of(a.error());
  EXPECT_EQ(a->entries[0].label, "CHN:c14");
  EXPECT_EQ(a->entries[0].target, 2.5);
  auto const b = read_targets(test::write_file(
      folder.file("b.csv"), "region;sector;target;sigma\nCHN;c14;2,5;0,1\nUSA;c1;3;\n"));
  ASSERT_TRUE(b) << text_of(b.error());
  EXPECT_EQ(b->entries[0].label, "CHN:c14");
  EXPECT_EQ(b->entries[0].sigma, 0.1);
  EXPECT_EQ(b->entries[1].sigma, 0);
  EXPECT_EQ(b->entries[1].line, 3U);
}

TEST(ReadTargets, NamesEveryFault) {
  test::TemporaryFolder folder;
  auto const failed = read_targets(test::write_file(
      folder.file("t.csv"), "label,target,sigma\nA:1,x,\nA:2,1\nA:3,1,-1\nA:4,1,\nA:4,2,\n,3,\n"));
  ASSERT_FALSE(failed);
  auto const text = text_of(failed.error());
  EXPECT_THAT(text, HasSubstr("t.csv:2"));
  EXPECT_THAT(text, HasSubstr("2 fields"));
  EXPECT_THAT(text, HasSubstr("sigma is -1"));
  EXPECT_THAT(text, HasSubstr("two targets"));
  EXPECT_THAT(text, HasSubstr("t.csv:7"));
  EXPECT_FALSE(read_targets(test::write_file(folder.file("h.csv"), "a,b\n")));
  EXPECT_FALSE(read_targets(test::write_file(folder.file("e.csv"), "")));
  EXPECT_FALSE(read_targets(test::write_file(folder.file("n.csv"), "label,target\n")));
}

}  // namespace
}  // namespace linchpin
