// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>

#include "linchpin/table/exports/export_pymrio.h"
#include "linchpin/table/formats/two_level.h"
#include "support/format_cases.h"

namespace linchpin {
namespace {

using test::member;
using test::Members;
using test::problem_of;
using test::replaced;
using test::text_of;
using test::without;
using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

Members sample() { return test::members_of(test::case_path("pymrio/mrio")); }

TEST(Pymrio, FolderIsReadWithTheNamesOfItsParameterFile) {
  auto const table = read_table(test::case_path("pymrio/mrio"));
  ASSERT_TRUE(table) << text_of(table.error());
  ASSERT_EQ(table->size(), 4U);
  EXPECT_EQ(table->labels.industry_label(3), "reg2:mining");
  EXPECT_EQ(table->info.year, 2010);
  EXPECT_EQ(table->info.unit, (MonetaryUnit{"USD", 1e6}));
  EXPECT_EQ(table->info.title, "Small made-up table for 2010");
  EXPECT_THAT(table->labels.value_added_rows, ElementsAre("Value Added"));
  ASSERT_EQ(table->satellites.rows.size(), 2U);
  EXPECT_EQ(table->satellites.rows[0].label, "CO2 - air");
  EXPECT_EQ(table->satellites.rows[0].unit, "kg");
  EXPECT_EQ(table->satellites.F(0, 2), 10 + table->output[2]);
  EXPECT_EQ(table->satellites.F(1, 2), 3);
  EXPECT_EQ(table->satellites.F_Y(0, 3), 4);
  EXPECT_LT(test::worst_imbalance(*table), 1e-9);
}

TEST(Pymrio, SaysWhatIsWrong) {
  auto members = sample();
  member(members, "file_parameters.json") = "{\"files\": ";
  EXPECT_THAT(problem_of(pymrio_format(), "mrio", members), HasSubstr("not a JSON object"));
  // A name that leads out of the folder is no member.
  members = sample();
  auto& text = member(members, "file_parameters.json");
  text = replaced(text, "flows.txt", "../../flows.txt");
  EXPECT_THAT(problem_of(pymrio_format(), "mrio", members),
              HasSubstr("there is neither Z.txt nor A.txt"));
  EXPECT_THAT(
      problem_of(pymrio_format(), "mrio", {{"Z.parquet", "PAR1"}, {"file_parameters.json", "{}"}}),
      AllOf(HasSubstr("binary format"), HasSubstr("table_format")));
  members = sample();
  member(members, "x.txt") += "reg3\tfood\t1\n";
  EXPECT_THAT(problem_of(pymrio_format(), "mrio", members), HasSubstr("'reg3:food'"));
  members = sample();
  auto& output = member(members, "x.txt");
  output = replaced(output, "reg1\tfood\t184.25", "reg1\tfood\t1e999");
  EXPECT_THAT(problem_of(pymrio_format(), "mrio", members), HasSubstr("bad_value"));
}

TEST(Pymrio, UnitsInManySpellings) {
  for (auto const* text :
       {"M.EUR", "MEUR", "Mill EUR", "Million EUR", "million Euro", "EUR million", "Mio. EUR"}) {
    EXPECT_EQ(parse_two_level_unit(text), (MonetaryUnit{"EUR", 1e6})) << text;
  }
  EXPECT_EQ(parse_two_level_unit("CNY ten thousand"), (MonetaryUnit{"CNY", 1e4}));
  EXPECT_EQ(parse_two_level_unit("000 US$"), (MonetaryUnit{"USD", 1e3}));
  EXPECT_EQ(parse_two_level_unit("kg"), (MonetaryUnit{"kg", 1}));
}

class ExportPymrio : public ::testing::Test {
 protected:
  test::TemporaryFolder folder_;
};

TEST_F(ExportPymrio, ReadsBackToTheSameBits) {
  auto table = test::random_table(4, 3, Rng{Seed{11}, 0});
  for (std::size_t i = 0; i < table.size(); ++i) {
    for (auto& flow : table.Z.row(i)) flow /= 3.0;  // digits of every length
  }
  table.Z(1, 2) = -0.0;
  table.Z(2, 1) = 5e-324;
  table.info.title = "EXIOBASE look-alike";
  table.info.year = 2011;
  table.info.unit = {"CNY", 1e4};
  table.info.source = "a \"source\"";
  table.info.history = "first\nsecond";
  table.info.estimated = true;
  table.satellites.rows = {{"CO2", "kg"}, {"jobs \"all\"", "1000 persons"}};
  table.satellites.F = DenseMatrix(2, table.size());
  table.satellites.F_Y = DenseMatrix(2, table.labels.final_columns());
  for (std::size_t j = 0; j < table.size(); ++j) table.satellites.F(0, j) = 0.1 * double(j);
  table.satellites.F_Y(1, 3) = 1.0 / 7;
  auto const path = folder_.file("out");
  auto const done = export_pymrio(table, path);
  ASSERT_TRUE(done) << text_of(done.error());
  EXPECT_THAT(folder_.names(), ElementsAre("out"));
  auto const again = read_table(path);
  ASSERT_TRUE(again) << text_of(again.error());
  EXPECT_EQ(again->labels, table.labels);
  EXPECT_EQ(again->Z, table.Z);
  EXPECT_TRUE(std::signbit(again->Z(1, 2)));
  EXPECT_EQ(again->Y, table.Y);
  EXPECT_EQ(again->value_added, table.value_added);
  EXPECT_EQ(again->output, table.output);
  EXPECT_EQ(again->satellites, table.satellites);
  EXPECT_EQ(again->info.history, "first\nsecond\nimported from out (format pymrio)");
  auto info = again->info;
  info.history = table.info.history;
  EXPECT_EQ(info, table.info);
}

TEST_F(ExportPymrio, LayoutIsThatOfPymrio) {
  ASSERT_TRUE(export_pymrio(test::random_table(2, 2, Rng{Seed{3}, 0}), folder_.file("out")));
  auto const Z = test::read_file(folder_.file("out") / "Z.txt");
  EXPECT_THAT(Z, ::testing::StartsWith("region\t\tR0\tR0\tR1\tR1\nsector\t\tS0\tS1\tS0\tS1\n"
                                       "region\tsector\t\t\t\t\nR0\tS0\t"));
  auto const parameters = test::read_file(folder_.file("out") / "file_parameters.json");
  EXPECT_THAT(parameters, AllOf(HasSubstr("\"systemtype\": \"IOSystem\""),
                                HasSubstr("\"nr_index_col\": \"2\"")));
  EXPECT_TRUE(std::filesystem::exists(folder_.file("out") / "factor_inputs" / "F.txt"));
}

TEST_F(ExportPymrio, LeavesNothingHalfWritten) {
  auto table = test::random_table(2, 2, Rng{Seed{3}, 0});
  RunControl control;
  control.cancel.cancel();
  // Long enough to be asked in between.
  auto const long_table = test::random_table(20, 15, Rng{Seed{4}, 0});
  auto const stopped = export_pymrio(long_table, folder_.file("out"), control);
  ASSERT_FALSE(stopped);
  EXPECT_EQ(stopped.error().code, ErrorCode::cancelled);
  EXPECT_THAT(folder_.names(), IsEmpty());
  table.Z(0, 0) = std::nan("");
  EXPECT_FALSE(export_pymrio(table, folder_.file("out")));
  EXPECT_THAT(folder_.names(), IsEmpty());
}

TEST_F(ExportPymrio, NeverWritesOverSomethingElse) {
  auto const table = test::random_table(2, 2, Rng{Seed{3}, 0});
  std::filesystem::create_directory(folder_.file("out"));
  EXPECT_TRUE(export_pymrio(table, folder_.file("out"))) << "an empty folder is fine";
  auto const again = export_pymrio(table, folder_.file("out"));
  ASSERT_FALSE(again);
  EXPECT_EQ(again.error().code, ErrorCode::unwritable_output);
  test::write_file(folder_.file("file"), "text");
  EXPECT_FALSE(export_pymrio(table, folder_.file("file")));
  EXPECT_EQ(test::read_file(folder_.file("file")), "text");
  struct stat status{};
  ASSERT_EQ(::stat(folder_.file("out").c_str(), &status), 0);
  EXPECT_EQ(status.st_mode & 0700U, 0700U);
}

TEST_F(ExportPymrio, LabelsThatTextCannotHoldAreRefused) {
  auto table = test::random_table(2, 2, Rng{Seed{3}, 0});
  table.labels.sectors[0].label = " S";
  auto const done = export_pymrio(table, folder_.file("out"));
  ASSERT_FALSE(done);
  EXPECT_EQ(done.error().code, ErrorCode::bad_value);
}

}  // namespace
}  // namespace linchpin
