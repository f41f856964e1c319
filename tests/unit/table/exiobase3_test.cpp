// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>
#include <gtest/gtest.h>

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

Members sample() { return without(test::members_of(test::case_path("exiobase3")), "README.md"); }
std::string const folder = "IOT_2011_ixi/";

Result<Table> read(Members members) {
  return test::read_members(exiobase3_format(), "IOT_2011_ixi.zip", std::move(members));
}
std::string problem(Members members) {
  return problem_of(exiobase3_format(), "IOT_2011_ixi.zip", std::move(members));
}
/// The sample with one text changed.
Members changed(std::string const& name, std::string_view from, std::string_view to) {
  auto members = sample();
  auto& text = member(members, folder + name);
  text = replaced(text, from, to);
  return members;
}

TEST(Exiobase3, FolderIsReadWithAccountsAndValueAdded) {
  auto const table = read_table(test::case_path("exiobase3/IOT_2011_ixi"));
  ASSERT_TRUE(table) << text_of(table.error());
  ASSERT_EQ(table->size(), 12U);
  EXPECT_EQ(table->labels.industry_label(5),
            "CN:Manufacture of office machinery and computers (30)");
  EXPECT_EQ(table->labels.regions[0].name, "Austria");
  EXPECT_THAT(table->labels.regions[1].members, ElementsAre("CHN"));
  EXPECT_EQ(table->labels.regions[2].name, "Rest of Middle East");
  EXPECT_FALSE(table->labels.sectors[1].service);
  EXPECT_TRUE(table->labels.sectors[2].service) << "power";
  EXPECT_TRUE(table->labels.sectors[3].service) << "behind power";
  EXPECT_TRUE(table->labels.categories[1].inventory_change);
  EXPECT_EQ(table->info.year, 2011);
  EXPECT_EQ(table->info.unit, (MonetaryUnit{"EUR", 1e6}));
  EXPECT_EQ(table->info.title, "EXIOBASE 3 version 3.8.2, ixi, 2011");
  EXPECT_THAT(table->info.history,
              AllOf(HasSubstr("format exiobase3"), HasSubstr("not read: impacts")));
  EXPECT_THAT(table->labels.value_added_rows,
              ElementsAre("Taxes less subsidies on products purchased: Total",
                          "Compensation of employees; wages",
                          "Operating surplus: Remaining net operating surplus"));
  ASSERT_EQ(table->satellites.rows.size(), 2U);
  EXPECT_EQ(table->satellites.rows[1].label, "CO2 - combustion - air");
  EXPECT_EQ(table->satellites.rows[1].unit, "kg");
  // 1000 x value added + 0.5 in the case.
  double value_added = 0;
  for (std::size_t k = 0; k < 3; ++k) value_added += table->value_added(k, 7);
  EXPECT_DOUBLE_EQ(table->satellites.F(1, 7), 1000 * value_added + 0.5);
  EXPECT_EQ(table->satellites.F_Y(1, 3), 3.25);
  EXPECT_LT(test::worst_imbalance(*table), 1e-9);
}

TEST(Exiobase3, CoefficientsAndOutputGiveTheSameFlows) {
  auto const flows = read(sample());
  auto const table = read(without(sample(), folder + "Z.txt"));
  ASSERT_TRUE(flows && table) << text_of(table.error());
  for (std::size_t i = 0; i < table->size(); ++i) {
    for (std::size_t j = 0; j < table->size(); ++j) {
      EXPECT_NEAR(table->Z(i, j), flows->Z(i, j), 1e-12 * flows->output[j]);
    }
  }
  EXPECT_THAT(table->info.history, HasSubstr("Z = A x̂"));
}

TEST(Exiobase3, FilesMayStandInAnyOrderOfRows) {
  auto members = sample();
  auto& text = member(members, folder + "Y.txt");
  auto const last = text.rfind('\n', text.size() - 2) + 1;
  auto const third = text.find('\n', text.find('\n', text.find('\n') + 1) + 1) + 1;
  text = text.substr(0, third) + text.substr(last) + text.substr(third, last - third);
  auto const table = read(members);
  auto const plain = read(sample());
  ASSERT_TRUE(table && plain) << text_of(table.error());
  EXPECT_EQ(*table, *plain);
}

TEST(Exiobase3, WithoutOutputItIsTheRowSum) {
  auto const table = read(without(sample(), folder + "x.txt"));
  auto const plain = read(sample());
  ASSERT_TRUE(table && plain) << text_of(table.error());
  for (std::size_t i = 0; i < table->size(); ++i) {
    EXPECT_DOUBLE_EQ(table->output[i], plain->output[i]);
  }
}

TEST(Exiobase3, MissingMembersAreNamed) {
  EXPECT_THAT(problem(without(sample(), folder + "Y.txt")), HasSubstr("there is no Y.txt"));
  EXPECT_THAT(problem(without(without(sample(), folder + "Z.txt"), folder + "A.txt")),
              HasSubstr("there is neither Z.txt nor A.txt"));
  EXPECT_THAT(problem(without(without(sample(), folder + "Z.txt"), folder + "x.txt")),
              AllOf(HasSubstr("missing_value"), HasSubstr("Z = A x̂")));
}

TEST(Exiobase3, SaysWhatIsWrongAndWhere) {
  EXPECT_THAT(
      problem(changed("Z.txt", "AT\tCultivation of wheat\t", "AT\tCultivation of wheat\tx")),
      AllOf(HasSubstr("is not a number"), HasSubstr("Z.txt:4, column 3")));
  EXPECT_THAT(problem(changed("Y.txt", "CN\tEducation (80)\t", "CN\tEducation (8)\t")),
              AllOf(HasSubstr("unknown_label"), HasSubstr("did you mean 'CN:Education (80)'?")));
  EXPECT_THAT(problem(changed("Y.txt", "CN\tEducation (80)\t", "AT\tEducation (80)\t")),
              HasSubstr("the row 'AT:Education (80)' appears twice, first in line 7"));
  EXPECT_THAT(
      problem(changed("Z.txt", "sector\t\tCultivation of wheat\t", "sector\t\tEducation (80)\t")),
      HasSubstr("the column 'AT:Education (80)' appears twice"));
  EXPECT_THAT(
      problem(changed("unit.txt", "CN\tEducation (80)\tM.EUR", "CN\tEducation (80)\ttonnes")),
      AllOf(HasSubstr("'M.EUR' and 'tonnes'"), HasSubstr("hybrid")));
  EXPECT_THAT(problem(changed("satellite/F.txt", "\tAT\tAT", "\tAT\tBE")),
              HasSubstr("is not an industry of the flows"));
  EXPECT_THAT(problem(changed("satellite/F_Y.txt", "\nCO2", "\nCO3")),
              HasSubstr("'CO3 - combustion - air' is not an account of industries"));
  EXPECT_THAT(problem(changed("satellite/F.txt", "\nCO2 - combustion - air",
                              "\nEmployment hours: Low-skilled male")),
              HasSubstr("appears twice"));
  EXPECT_THAT(problem(changed("metadata.json", "{", "[")), HasSubstr("not a JSON object"));
}

TEST(Exiobase3, CutOffFilesAreNoticed) {
  auto members = sample();
  auto& flows = member(members, folder + "Z.txt");
  flows.resize(flows.rfind("\nWM"));
  EXPECT_THAT(problem(members), HasSubstr("there is no row 'WM:Education (80)'"));
  auto half = sample();
  auto& text = member(half, folder + "Z.txt");
  text.resize(text.size() - 20);
  EXPECT_THAT(problem(half), HasSubstr("not cut off"));
  auto header = sample();
  auto& only_one = member(header, folder + "Z.txt");
  only_one.resize(only_one.find('\n'));
  EXPECT_THAT(problem(header), HasSubstr("within its two lines of column names"));
}

TEST(Exiobase3, OneOfSeveralTablesIsChosenByFolder) {
  auto members = sample();
  for (auto const& [name, text] : sample()) {
    members.emplace_back(replaced(name, "2011", "2012"), text);
  }
  EXPECT_THAT(problem(members), AllOf(HasSubstr("it holds 2 tables"), HasSubstr("--member")));
  auto const table =
      test::read_members(exiobase3_format(), "IOT.zip", members, {.member = "IOT_2012_ixi"});
  ASSERT_TRUE(table) << text_of(table.error());
  EXPECT_EQ(table->info.year, 2012);
  EXPECT_THAT(problem_of(exiobase3_format(), "IOT.zip", members, {.member = "IOT_2021_ixi"}),
              HasSubstr("did you mean"));
}

}  // namespace
}  // namespace linchpin
