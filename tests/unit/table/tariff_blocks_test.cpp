// SPDX-License-Identifier: Apache-2.0
// Changed tariffs from blocks of numbers and from CSV.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "linchpin/table/trade/tariff_blocks.h"

namespace linchpin {
namespace {

using ::testing::HasSubstr;

class TariffBlocks : public ::testing::Test {
 protected:
  void SetUp() override { std::filesystem::create_directories(folder_); }
  void TearDown() override { std::filesystem::remove_all(folder_); }
  Result<std::vector<TariffCell>> read(std::string const& text) {
    auto const path = folder_ / "tariffs.txt";
    std::ofstream(path) << text;
    return read_new_tariffs(path, {"A", "B"}, {"s", "t", "u"});
  }
  std::filesystem::path folder_ =
      std::filesystem::path{::testing::TempDir()} / "linchpin-tariff-blocks";
};

TEST_F(TariffBlocks, OneBlockPerSectorInPerCent) {
  auto const cells = read("0 10\n 2.5\t0\n\n0 -5\n1e1 0\n");
  ASSERT_TRUE(cells) << cells.error().what;
  ASSERT_EQ(cells->size(), 4U);
  EXPECT_EQ((*cells)[1].sector, 0U);
  EXPECT_EQ((*cells)[1].importer, 1U);
  EXPECT_EQ((*cells)[1].exporter, 0U);
  EXPECT_DOUBLE_EQ(*(*cells)[1].new_rate, 0.025);
  EXPECT_EQ((*cells)[2].sector, 1U);
  EXPECT_DOUBLE_EQ(*(*cells)[2].new_rate, -0.05);
}

TEST_F(TariffBlocks, CsvWithNewRates) {
  auto const cells = read("importer,exporter,sector,rate_base,rate_new\nA,B,t,0.1,0.3\n");
  ASSERT_TRUE(cells) << cells.error().what;
  EXPECT_DOUBLE_EQ(*cells->at(0).new_rate, 0.3);
  EXPECT_FALSE(read("importer,exporter,sector,rate\nA,B,t,0.1\n"));
}

TEST_F(TariffBlocks, ProblemsAtOnce) {
  auto const ragged = read("0 10\n2.5\n0 -100\n");
  ASSERT_FALSE(ragged);
  EXPECT_THAT(ragged.error().what, HasSubstr("1 numbers, expected 2"));
  EXPECT_EQ(ragged.error().further.size(), 2U) << "the rate of -100 %, and half a block";
  auto const long_one = read("0 1\n1 0\n0 1\n1 0\n0 1\n1 0\n0 1\n1 0\n");
  ASSERT_FALSE(long_one);
  EXPECT_THAT(long_one.error().what, HasSubstr("multiple of 2 up to 6"));
}

}  // namespace
}  // namespace linchpin
