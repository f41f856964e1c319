// SPDX-License-Identifier: Apache-2.0
#include "linchpin/table/exports/export_stata.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <readstat.h>

#include <limits>
#include <map>
#include <string>
#include <vector>

#include "support/fixtures.h"
#include "support/table_fixtures.h"

namespace linchpin {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

/// A Stata data set as ReadStat reads it.
struct DataSet {
  std::string label;
  std::vector<std::string> variables;
  std::map<std::string, std::string> value_labels;  // "kind 1" -> "intermediate"
  std::vector<std::string> notes;
  std::vector<std::vector<std::string>> texts;  // per row, text variables
  std::vector<int> kinds;
  std::vector<double> values;
};

int on_metadata(readstat_metadata_t* metadata, void* self) {
  auto const* label = readstat_get_file_label(metadata);
  static_cast<DataSet*>(self)->label = label == nullptr ? "" : label;
  return READSTAT_HANDLER_OK;
}

int on_variable(int, readstat_variable_t* variable, char const* labels, void* self) {
  auto& data = *static_cast<DataSet*>(self);
  data.variables.push_back(readstat_variable_get_name(variable) +
                           std::string{labels == nullptr ? "" : " : "} +
                           (labels == nullptr ? "" : labels));
  return READSTAT_HANDLER_OK;
}

int on_note(int, char const* note, void* self) {
  static_cast<DataSet*>(self)->notes.emplace_back(note);
  return READSTAT_HANDLER_OK;
}

int on_value_label(char const* set, readstat_value_t value, char const* label, void* self) {
  auto const key = std::string{set} + " " + std::to_string(readstat_int32_value(value));
  static_cast<DataSet*>(self)->value_labels[key] = label;
  return READSTAT_HANDLER_OK;
}

int on_value(int row, readstat_variable_t* variable, readstat_value_t value, void* self) {
  auto& data = *static_cast<DataSet*>(self);
  data.texts.resize(static_cast<std::size_t>(row) + 1);
  switch (readstat_variable_get_type(variable)) {
    case READSTAT_TYPE_STRING:
      data.texts.back().emplace_back(readstat_string_value(value));
      break;
    case READSTAT_TYPE_DOUBLE:
      data.values.push_back(readstat_double_value(value));
      break;
    default:
      data.kinds.push_back(readstat_int8_value(value));
  }
  return READSTAT_HANDLER_OK;
}

DataSet read_dta(std::filesystem::path const& path) {
  DataSet data;
  auto* const parser = readstat_parser_init();
  readstat_set_metadata_handler(parser, on_metadata);
  readstat_set_variable_handler(parser, on_variable);
  readstat_set_note_handler(parser, on_note);
  readstat_set_value_label_handler(parser, on_value_label);
  readstat_set_value_handler(parser, on_value);
  EXPECT_EQ(readstat_parse_dta(parser, path.c_str(), &data), READSTAT_OK);
  readstat_parser_free(parser);
  return data;
}

class ExportStata : public ::testing::Test {
 protected:
  test::TemporaryFolder folder_;
};

/// Source: test::miller_blair, every cell of which is known.
TEST_F(ExportStata, HoldsEveryCell) {
  auto table = test::miller_blair();
  table.info.licence = "free";
  auto const path = folder_.file("t.dta");
  ASSERT_TRUE(export_stata(table, path));
  EXPECT_EQ(folder_.names(), std::vector<std::string>{"t.dta"});

  auto const data = read_dta(path);
  EXPECT_EQ(data.label, "Miller & Blair, two sectors");
  EXPECT_THAT(data.variables, ElementsAre("seller_region", "seller_sector", "buyer_region", "buyer",
                                          "kind : kind", "value"));
  EXPECT_EQ(data.value_labels.at("kind 1"), "intermediate");
  EXPECT_EQ(data.value_labels.at("kind 4"), "output");
  EXPECT_THAT(data.notes, Contains("licence: free"));
  EXPECT_THAT(data.notes, Contains("unit: USD million"));
  EXPECT_THAT(data.kinds, ElementsAre(1, 1, 2, 4, 1, 1, 2, 4, 3, 3));
  EXPECT_THAT(data.values, ElementsAre(150, 500, 350, 1000, 200, 100, 1700, 2000, 650, 1400));
  ASSERT_EQ(data.texts.size(), 10U);
  EXPECT_THAT(data.texts[1], ElementsAre("ONE", "1", "ONE", "2"));
  EXPECT_THAT(data.texts[2], ElementsAre("ONE", "1", "ONE", "FD"));
  EXPECT_THAT(data.texts[3], ElementsAre("ONE", "1", "", ""));
  EXPECT_THAT(data.texts[8], ElementsAre("VA", "", "ONE", "1"));
}

TEST_F(ExportStata, LeavesZeroCellsOutOfSparseTablesToo) {
  auto table = test::miller_blair();
  CsrMatrix flows(2, 2);
  flows.row_start = {0, 0, 1};
  flows.column = {0};
  flows.value = {200};
  table.Z = flows;
  auto const path = folder_.file("t.dta");
  ASSERT_TRUE(export_stata(table, path));
  EXPECT_THAT(read_dta(path).values, ElementsAre(350, 1000, 200, 1700, 2000, 650, 1400));
}

TEST_F(ExportStata, KeepsLettersOfAllScriptsAndLongNotes) {
  auto table = test::miller_blair();
  table.labels.regions[0].label = "Côte d'Ivoire 中国";
  table.info.title = std::string(79, 'x') + "é and more";
  table.info.history = std::string(100'000, 'h');
  auto const path = folder_.file("t.dta");
  ASSERT_TRUE(export_stata(table, path));
  auto const data = read_dta(path);
  EXPECT_EQ(data.texts[0][0], "Côte d'Ivoire 中国");
  EXPECT_EQ(data.label, std::string(79, 'x'));  // never half a letter
  std::size_t history = 0;
  for (auto const& note : data.notes) {
    if (note.starts_with("history: ")) history += note.size() - 9;
  }
  EXPECT_EQ(history, 100'000U);
}

TEST_F(ExportStata, SameTableSameBytes) {
  auto const table = test::leather();
  ASSERT_TRUE(export_stata(table, folder_.file("a.dta")));
  ASSERT_TRUE(export_stata(table, folder_.file("b.dta")));
  EXPECT_EQ(test::read_file(folder_.file("a.dta")), test::read_file(folder_.file("b.dta")));
}

TEST_F(ExportStata, RefusesWhatStataCannotHold) {
  auto table = test::miller_blair();
  table.Z(0, 1) = std::numeric_limits<double>::quiet_NaN();
  table.labels.sectors[1].label = "a\tb";
  auto const refused = export_stata(table, folder_.file("t.dta"));
  ASSERT_FALSE(refused);
  EXPECT_THAT(test::text_of(refused.error()), HasSubstr("not finite"));
  EXPECT_THAT(test::text_of(refused.error()), HasSubstr("control character"));
  table = test::miller_blair();
  table.Z(0, 1) = 1e308;  // Stata reads it as "missing"
  EXPECT_FALSE(export_stata(table, folder_.file("t.dta")));
  EXPECT_TRUE(folder_.names().empty());
}

TEST_F(ExportStata, LeavesNothingWhenStoppedOrRefused) {
  RunControl control;
  control.cancel.cancel();
  auto const stopped = export_stata(test::leather(), folder_.file("t.dta"), control);
  ASSERT_FALSE(stopped);
  EXPECT_EQ(stopped.error().code, ErrorCode::cancelled);
  auto const nowhere = export_stata(test::leather(), folder_.path());
  ASSERT_FALSE(nowhere);
  EXPECT_EQ(nowhere.error().code, ErrorCode::unwritable_output);
  EXPECT_TRUE(folder_.names().empty());
}

}  // namespace
}  // namespace linchpin
