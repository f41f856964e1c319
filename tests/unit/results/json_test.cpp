// SPDX-License-Identifier: Apache-2.0
#include "linchpin/results/json.h"

#include <gtest/gtest.h>

#include <bit>
#include <cmath>
#include <limits>

#include "linchpin/core/random.h"
#include "linchpin/results/number_text.h"
#include "sample_results.h"

namespace linchpin {
namespace {

std::string text_of(double value) {
  std::string out;
  append_number(out, value);
  return out;
}

TEST(NumberText, IsTheShortestThatReadsBack) {
  EXPECT_EQ(text_of(0.1), "0.1");
  EXPECT_EQ(text_of(3.0), "3");
  EXPECT_EQ(text_of(-2.5), "-2.5");
  EXPECT_EQ(text_of(0.1 + 0.2), "0.30000000000000004");
  // 9007199254740993 is no double; its neighbour needs all 16 digits.
  EXPECT_EQ(std::stod(text_of(9007199254740992.0)), 9007199254740992.0);
}

TEST(NumberText, ReadsBackBitForBit) {
  Rng rng{Seed{7}, 0};
  for (int i = 0; i < 20000; ++i) {
    double const value = std::bit_cast<double>(rng.bits64());
    if (!std::isfinite(value)) continue;
    double const back = nlohmann::json::parse(text_of(value)).get<double>();
    ASSERT_EQ(std::bit_cast<std::uint64_t>(back), std::bit_cast<std::uint64_t>(value)) << value;
  }
}

TEST(ValidUtf8, ReplacesBadBytesOnly) {
  EXPECT_EQ(valid_utf8("T\xC3\xBCrkiye"), "T\xC3\xBCrkiye");
  EXPECT_EQ(valid_utf8("a\xFF"
                       "b"),
            "a\xEF\xBF\xBD"
            "b");
  EXPECT_EQ(valid_utf8("\xC0\xAF"), "\xEF\xBF\xBD\xEF\xBF\xBD") << "overlong form of '/'";
  EXPECT_EQ(valid_utf8("\xED\xA0\x80").find('\xED'), std::string::npos) << "surrogate";
  EXPECT_EQ(valid_utf8("\xE2\x80"), "\xEF\xBF\xBD\xEF\xBF\xBD") << "cut off";
}

TEST(ResultSetToJson, HoldsTheWholeDocument) {
  auto const json = result_set_to_json(test::sample_results());
  EXPECT_EQ(json["schema"]["name"], "linchpin.results");
  EXPECT_EQ(json["schema"]["version"], 1);
  EXPECT_EQ(json["headlines"].size(), 2U);
  EXPECT_EQ(json["focus"], "CHN");
  EXPECT_EQ(json["headline_scenarios"], (Json{"cut", nullptr}));
  EXPECT_TRUE(result_set_to_json({})["focus"].is_null());
  EXPECT_EQ(json["origin"]["world"]["unit"], "USD million");
  EXPECT_TRUE(json["origin"]["world"]["year"].is_null());
  EXPECT_TRUE(json["origin"]["seed"].is_null());
  EXPECT_TRUE(json["origin"]["options"]["none"].is_null());
  EXPECT_EQ(json["origin"]["options"]["psi"], 0.8);
  EXPECT_EQ(json["origin"]["inputs"][0]["sha256"], "00ff");
  EXPECT_EQ(json["regions"][0]["members"][0], "CHN");
  EXPECT_EQ(json["notes"][1]["kind"], "assumption");
  ASSERT_EQ(json["tables"].size(), 2U);
  auto const& table = json["tables"][0];
  EXPECT_EQ(table["columns"][0]["type"], "text");
  EXPECT_TRUE(table["columns"][0]["unit"].is_null());
  EXPECT_EQ(table["columns"][1]["type"], "integer");
  EXPECT_EQ(table["columns"][2]["unit"], "%");
  EXPECT_TRUE(table["data"][2][2].is_null());
  EXPECT_EQ(table["columns"][2]["undefined"], "the baseline is zero");
  EXPECT_FALSE(table["columns"][0].contains("undefined"));
}

TEST(ResultSetToJson, LeavesOutLongTables) {
  auto const json = result_set_to_json(test::sample_results(), {.report_only = true});
  ASSERT_EQ(json["tables"].size(), 1U);
  EXPECT_EQ(json["tables"][0]["name"], "hostile");
}

TEST(ToText, ParsesBackEqualForHostileTexts) {
  auto const json = result_set_to_json(test::sample_results());
  auto const back = Json::parse(to_text(json));
  // Only the bytes that are no UTF-8 differ, by design.
  auto expected = json;
  for (auto& text : expected["tables"][0]["data"][0]) {
    text = valid_utf8(text.get<std::string>());
  }
  EXPECT_EQ(back, expected);
  EXPECT_EQ(to_text(Json::array()), "[]");
  EXPECT_EQ(to_text(Json::object()), "{}");
}

TEST(ErrorToJson, HasFurtherOnlyWhenThereIsMore) {
  Error error{ErrorCode::unknown_label, "no region 'CHM'", "a.toml:3", "did you mean 'CHN'?"};
  auto const one = error_to_json(error);
  EXPECT_EQ(to_text(one),
            "{\"error\":{\"code\":\"unknown_label\",\"what\":\"no region 'CHM'\","
            "\"where\":\"a.toml:3\",\"hint\":\"did you mean 'CHN'?\"}}");
  error.further.push_back({ErrorCode::bad_value, "share", "a.toml:4", "0…1"});
  auto const two = error_to_json(error);
  EXPECT_EQ(two["error"]["further"][0]["code"], "bad_value");
}

TEST(NumberColumn, MarksUndefinedEntriesOnly) {
  NumberColumn column;
  column.push(1.0);
  EXPECT_TRUE(column.missing.empty());
  column.push(std::nullopt);
  column.push(2.0);
  EXPECT_EQ(column.values, (std::vector<double>{1, 0, 2}));
  EXPECT_EQ(column.missing, (std::vector<bool>{false, true, false}));
}

#if defined(LINCHPIN_CHECKED)
TEST(NumberColumnDeathTest, RefusesNaN) {
  NumberColumn column;
  EXPECT_DEATH(column.push(std::numeric_limits<double>::quiet_NaN()), "precondition");
}
TEST(ToTextDeathTest, RefusesInfinity) {
  EXPECT_DEATH((void)to_text(Json(std::numeric_limits<double>::infinity())), "precondition");
}
#else
TEST(ResultSetToJson, WritesNullWithReasonForNaN) {
  ResultSet results;
  NumberColumn numbers{{1.0, std::numeric_limits<double>::quiet_NaN()}, {}};
  results.tables.push_back({"t", "T", "", true, {{"x", "X", "", "", numbers}}});
  auto const json = result_set_to_json(results);
  EXPECT_TRUE(json["tables"][0]["data"][0][1].is_null());
  EXPECT_FALSE(json["tables"][0]["columns"][0]["undefined"].get<std::string>().empty());
}
#endif

}  // namespace
}  // namespace linchpin
