// SPDX-License-Identifier: Apache-2.0
#include "linchpin/table/exports/export_xlsx.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <limits>
#include <string>
#include <vector>

#include "linchpin/table/files/bundle.h"
#include "support/fixtures.h"
#include "support/table_fixtures.h"

namespace linchpin {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

/// The text of one part of a workbook, which is a zip archive.
std::string part(std::filesystem::path const& path, std::string const& name) {
  auto const bundle = Bundle::open(path);
  if (!bundle) return test::text_of(bundle.error());
  auto text = bundle->read_text(name);
  return text ? *std::move(text) : test::text_of(text.error());
}

/// Cell contents of a sheet, row by row: numbers and texts as they stand in the XML.
std::vector<std::vector<std::string>> cells(std::string const& sheet) {
  std::vector<std::vector<std::string>> rows;
  for (auto at = sheet.find("<row "); at != std::string::npos; at = sheet.find("<row ", at + 1)) {
    auto const end = sheet.find("</row>", at);
    auto& row = rows.emplace_back();
    for (auto cell = sheet.find("<c ", at); cell < end; cell = sheet.find("<c ", cell + 1)) {
      auto const number = sheet.find("<v>", cell), text = sheet.find("<t>", cell);
      auto const from = std::min(number, text) + 3;
      row.push_back(sheet.substr(from, sheet.find('<', from) - from));
    }
  }
  return rows;
}

class ExportXlsx : public ::testing::Test {
 protected:
  std::vector<std::vector<std::string>> sheet(int number) {
    return cells(
        part(folder_.file("t.xlsx"), "xl/worksheets/sheet" + std::to_string(number) + ".xml"));
  }
  test::TemporaryFolder folder_;
};

TEST_F(ExportXlsx, HoldsEveryCell) {
  ASSERT_TRUE(export_xlsx(test::miller_blair(), folder_.file("t.xlsx")));
  EXPECT_EQ(folder_.names(), std::vector<std::string>{"t.xlsx"});
  auto const workbook = part(folder_.file("t.xlsx"), "xl/workbook.xml");
  std::size_t at = 0;
  for (auto const* name : {"info", "labels", "Z", "Y", "value_added", "output"}) {
    auto const next = workbook.find("name=\"" + std::string{name} + "\"", at);
    ASSERT_NE(next, std::string::npos) << name;
    at = next;
  }
  EXPECT_THAT(sheet(1)[0], ElementsAre("title", "Miller &amp; Blair, two sectors"));
  EXPECT_THAT(sheet(2)[1], ElementsAre("region", "ONE", "ONE", "ONE"));
  EXPECT_THAT(
      sheet(3),
      ElementsAre(ElementsAre("region", "ONE", "ONE"), ElementsAre("sector", "1", "2"),
                  ElementsAre("ONE", "1", "150", "500"), ElementsAre("ONE", "2", "200", "100")));
  EXPECT_THAT(sheet(4),
              ElementsAre(ElementsAre("region", "ONE"), ElementsAre("sector", "FD"),
                          ElementsAre("ONE", "1", "350"), ElementsAre("ONE", "2", "1700")));
  EXPECT_THAT(sheet(5)[2], ElementsAre("VA", "650", "1400"));
  EXPECT_THAT(sheet(6)[2], ElementsAre("ONE", "2", "2000"));
}

TEST_F(ExportXlsx, HoldsSatelliteAccounts) {
  auto table = test::miller_blair();
  table.satellites.rows = {{"CO2", "kg"}};
  table.satellites.F = test::matrix({{1.5, 2.25}});
  table.satellites.F_Y = test::matrix({{3}});
  ASSERT_TRUE(export_xlsx(table, folder_.file("t.xlsx")));
  EXPECT_THAT(sheet(7)[2], ElementsAre("CO2", "kg", "1.5", "2.25"));
  EXPECT_THAT(sheet(8)[2], ElementsAre("CO2", "kg", "3"));
}

TEST_F(ExportXlsx, SurvivesStrangeTexts) {
  auto table = test::miller_blair();
  table.info.history = "one\x01two\nthree \xFF <b>&" + std::string(20'000, 'h');
  ASSERT_TRUE(export_xlsx(table, folder_.file("t.xlsx")));
  auto const info = part(folder_.file("t.xlsx"), "xl/worksheets/sheet1.xml");
  EXPECT_THAT(info, HasSubstr("one two\nthree ? &lt;b&gt;&amp;hhh"));
}

TEST_F(ExportXlsx, RefusesWhatASheetCannotHold) {
  // 16,382 buyers and two columns of labels are the most; sparse, so that it costs nothing here.
  auto labels = test::full_labels({"A"}, {});
  for (int k = 0; k < 16'383; ++k) {
    auto const label = std::to_string(k);
    labels.industries.push_back({RegionId{0}, SectorId{labels.sectors.size()}});
    labels.sectors.push_back({label, label, false});
  }
  Table table;
  table.labels = std::move(labels);
  auto const n = table.size();
  table.Z = CsrMatrix(n, n);
  table.Y = DenseMatrix(n, 1);
  table.value_added = DenseMatrix(0, n);
  table.output.assign(n, 0.0);
  auto const refused = export_xlsx(table, folder_.file("t.xlsx"));
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, ErrorCode::too_large);
  EXPECT_THAT(refused.error().what, HasSubstr("16385 columns"));
  EXPECT_THAT(refused.error().hint, HasSubstr("aggregate"));
  EXPECT_TRUE(folder_.names().empty());
}

TEST_F(ExportXlsx, LeavesNothingWhenStoppedOrRefused) {
  auto table = test::miller_blair();
  table.Z(0, 1) = std::numeric_limits<double>::infinity();
  auto const infinite = export_xlsx(table, folder_.file("t.xlsx"));
  ASSERT_FALSE(infinite);
  EXPECT_EQ(infinite.error().code, ErrorCode::invalid_table);
  RunControl control;
  control.cancel.cancel();
  auto const stopped = export_xlsx(test::leather(), folder_.file("sub/t.xlsx"), control);
  ASSERT_FALSE(stopped);
  EXPECT_EQ(stopped.error().code, ErrorCode::cancelled);
  EXPECT_TRUE(folder_.names().empty());
}

TEST_F(ExportXlsx, SameTableSameBytes) {
  auto const table = test::leather();
  ASSERT_TRUE(export_xlsx(table, folder_.file("a.xlsx")));
  ASSERT_TRUE(export_xlsx(table, folder_.file("b.xlsx")));
  EXPECT_EQ(test::read_file(folder_.file("a.xlsx")), test::read_file(folder_.file("b.xlsx")));
}

}  // namespace
}  // namespace linchpin
