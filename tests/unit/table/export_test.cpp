// SPDX-License-Identifier: Apache-2.0
#include "linchpin/table/exports/export.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>

#include "linchpin/table/read.h"
#include "support/table_fixtures.h"

namespace linchpin {
namespace {

using test::text_of;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

class ExportTidy : public ::testing::Test {
 protected:
  Table round_trip(Table const& table, std::string const& name) {
    auto const done = export_tidy(table, folder_.file(name));
    EXPECT_TRUE(done.has_value()) << text_of(done.error());
    auto back = read_table(folder_.file(name));
    EXPECT_TRUE(back.has_value()) << text_of(back.error());
    return back ? *back : Table{};
  }
  test::TemporaryFolder folder_;
};

void expect_same_numbers(Table const& a, Table const& b) {
  EXPECT_EQ(a.labels, b.labels);
  EXPECT_EQ(a.Z, b.Z);
  EXPECT_EQ(a.Y, b.Y);
  EXPECT_EQ(a.value_added, b.value_added);
}

TEST_F(ExportTidy, ImportGivesTheSameNumbersAndOrder) {
  for (std::uint64_t run = 0; run < 30; ++run) {
    // From dense to nearly empty: the sparser, the less the non-zero cells say about the order.
    double const zeros = static_cast<double>(run % 10) / 9.0;
    auto table = test::random_table(1 + run % 4, 1 + run % 5, Rng(Seed{3}, run), zeros);
    Rng rng(Seed{4}, run);
    for (double& cell : table.Z.values()) cell *= std::exp(20 * rng.normal());
    for (auto const* extension : {"", ".gz", ".zst"}) {
      auto const back = round_trip(table, "t.csv" + std::string{extension});
      expect_same_numbers(back, table);
    }
  }
}

TEST_F(ExportTidy, KeepsIndustriesAndRegionsWithoutAnyFlow) {
  auto table = test::random_table(3, 3, Rng(Seed{3}, 100));
  for (std::size_t k : {0U, 4U}) {
    for (std::size_t i = 0; i < table.size(); ++i) table.Z(i, k) = table.Z(k, i) = 0;
    for (double& use : table.Y.row(k)) use = 0;
  }
  table.labels.regions.push_back({"R3", "R3", {}});
  DenseMatrix Y(table.size(), table.labels.final_columns());
  for (std::size_t i = 0; i < table.size(); ++i) {
    std::copy(table.Y.row(i).begin(), table.Y.row(i).end(), Y.row(i).begin());
  }
  table.Y = Y;
  expect_same_numbers(round_trip(table, "t.csv"), table);
}

TEST_F(ExportTidy, LeavesZeroCellsOutAndQuotesLabels) {
  auto table = test::random_table(1, 2, Rng(Seed{3}, 101), 0.0);
  table.Z(0, 1) = 0;
  table.labels.regions[0] = {"Korea, \"Rep.\"", "Korea, \"Rep.\"", {}};
  auto const back = round_trip(table, "t.csv");
  expect_same_numbers(back, table);
  auto const text = test::read_file(folder_.file("t.csv"));
  EXPECT_THAT(text, HasSubstr("\"Korea, \"\"Rep.\"\"\",S0,"));
  EXPECT_THAT(text, Not(HasSubstr(",0\n")));
}

TEST_F(ExportTidy, SameTableGivesTheSameBytes) {
  auto const table = test::random_table(2, 2, Rng(Seed{3}, 102));
  for (auto const* extension : {".gz", ".zst"}) {
    ASSERT_TRUE(export_tidy(table, folder_.file("a.csv" + std::string{extension})));
    ASSERT_TRUE(export_tidy(table, folder_.file("b.csv" + std::string{extension})));
    EXPECT_EQ(test::read_file(folder_.file("a.csv" + std::string{extension})),
              test::read_file(folder_.file("b.csv" + std::string{extension})));
  }
}

TEST_F(ExportTidy, RefusesWhatItCannotCarry) {
  auto table = test::random_table(2, 2, Rng(Seed{3}, 103));
  table.Z(0, 0) = std::nan("");
  table.labels.regions[0].label = " A";
  table.labels.sectors[1].label = "";
  auto const done = export_tidy(table, folder_.file("t.csv"));
  ASSERT_FALSE(done);
  EXPECT_EQ(done.error().further.size(), 2U);
  EXPECT_THAT(text_of(done.error()), HasSubstr("has outer blanks"));
  EXPECT_THAT(folder_.names(), IsEmpty());
}

}  // namespace
}  // namespace linchpin
