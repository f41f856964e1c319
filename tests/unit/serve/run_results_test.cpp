// SPDX-License-Identifier: Apache-2.0
#include "linchpin/serve/run_results.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include "linchpin/results/json.h"
#include "linchpin/serve/json_slices.h"
#include "linchpin/table/files/byte_source.h"
#include "support/table_fixtures.h"

namespace linchpin::serve {
namespace {

namespace fs = std::filesystem;

constexpr char const* study = R"({"schema":{"name":"linchpin.results","version":1},
"title":"tables \"[{ :","origin":{},
"tables":[
{"name":"a","title":"First, with ]}\\","note":"","columns":[{"name":"x"},{"name":"y"}],"data":[[1,2,3],["[",null,"\"]"]]},
{"name":"b","title":"Empty","note":"","columns":[{"name":"x"}],"data":[[]]},
{"name":"c","title":"Third","note":"","columns":[{"name":"x"}],"data":[[[1],{"a":[2]}]]}
],"notes":[]}
)";

struct RunResults : testing::Test {
  test::TemporaryFolder folder;

  void put(std::string const& text) const {
    std::ofstream(folder.path() / "results.json", std::ios::binary) << text;
  }
  Json some(std::vector<std::string> const& names) const {
    return Json::parse(results_with_tables(folder.path(), names).value());
  }
  std::string unpacked() const {
    auto const source = open_bytes(folder.path() / "results.json.gz").value();
    std::string text;
    std::vector<char> buffer(1000);
    for (auto got = source->read(buffer).value(); got > 0; got = source->read(buffer).value()) {
      text.append(buffer.data(), got);
    }
    return text;
  }
};

TEST_F(RunResults, GivesTheTablesThatAreNamed) {
  put(study);
  auto const whole = Json::parse(study);
  auto const two = some({"c", "a", "a"});
  EXPECT_EQ(two["tables"], Json::array({whole["tables"][0], whole["tables"][2]}));
  EXPECT_EQ(two["left_out"], Json::parse(R"([{"name":"b","title":"Empty","rows":0}])"));
  auto const none = some({});
  EXPECT_TRUE(none["tables"].empty());
  EXPECT_EQ(none["left_out"].size(), 3U);
  EXPECT_EQ(none["left_out"][0],
            Json::parse(R"({"name":"a","title":"First, with ]}\\","rows":3})"));
  EXPECT_EQ(none["left_out"][2]["rows"], 2);
  auto all = some({"a", "b", "c"});
  EXPECT_TRUE(all["left_out"].empty());
  all.erase("left_out");
  EXPECT_EQ(all, whole);
}

TEST_F(RunResults, NamesTablesThatAreNotThere) {
  put(study);
  auto const answer = results_with_tables(folder.path(), {"a", "d", "e", "d"});
  ASSERT_FALSE(answer);
  EXPECT_EQ(answer.error().code, ErrorCode::file_not_found);
  EXPECT_EQ(answer.error().further.size(), 1U) << "all at once";
}

TEST_F(RunResults, SaysWhereTablesOfOtherDocumentsAre) {
  put(R"({"bargain":1})");
  auto const none = results_with_tables(folder.path(), {"bargains"});
  ASSERT_FALSE(none);
  EXPECT_NE(none.error().hint.find("the run has none"), std::string::npos);
  fs::create_directory(folder.path() / "tables");
  for (auto const* name : {"b.csv", "a.csv", "a.txt"})
    std::ofstream(folder.path() / "tables" / name);
  auto const answer = results_with_tables(folder.path(), {"a"});
  ASSERT_FALSE(answer);
  EXPECT_NE(answer.error().hint.find("CSV: a, b"), std::string::npos) << answer.error().hint;
  EXPECT_EQ(table_names(folder.path()), (std::vector<std::string>{"a", "b"}));
}

TEST_F(RunResults, LeavesOtherDocumentsWhole) {
  for (auto const* text : {R"({"schema":{},"tables":{"a":1}})", R"({"tables":[1,2]})",
                           R"({"tables":[{"title":"no name","data":[[1]]}]})", "{}", "{\n}\n"}) {
    fs::remove(folder.path() / "results-index.json");
    put(text);
    auto document = some({});
    EXPECT_EQ(document["left_out"], Json::array()) << text;
    document.erase("left_out");
    EXPECT_EQ(document, Json::parse(text));
  }
}

TEST_F(RunResults, ArePackedOnceAsTheyAre) {
  ASSERT_TRUE(pack_results(folder.path())) << "nothing to do";
  EXPECT_FALSE(fs::exists(folder.path() / "results-index.json"));
  put(study);
  ASSERT_TRUE(pack_results(folder.path()));
  EXPECT_EQ(unpacked(), study);
  auto const before = fs::last_write_time(folder.path() / "results.json.gz");
  ASSERT_TRUE(pack_results(folder.path()));
  EXPECT_EQ(fs::last_write_time(folder.path() / "results.json.gz"), before);
}

TEST_F(RunResults, TellAnIndexOfAnotherDocument) {
  put(study);
  ASSERT_TRUE(pack_results(folder.path()));
  put("{}");
  EXPECT_FALSE(results_with_tables(folder.path(), {}));
  fs::remove(folder.path() / "results.json");
  EXPECT_EQ(results_with_tables(folder.path(), {}).error().code, ErrorCode::file_not_found);
}

TEST(JsonSlices, RefusesWhatIsNoJson) {
  auto const parts = [](std::string_view text) {
    std::vector<std::string> found;
    bool const sound = for_json_parts(text, {0, text.size()}, [&](auto key, auto value) {
      found.push_back(std::string{key} + "=" + std::string{value.of(text)});
    });
    return sound ? std::optional{found} : std::nullopt;
  };
  using Parts = std::vector<std::string>;
  EXPECT_EQ(parts(" { } "), Parts{});
  EXPECT_EQ(parts("[]"), Parts{});
  EXPECT_EQ(parts(R"({ "a\"b" : [1, {"c":"]"}] , "d":-1e9 })"),
            (Parts{R"(a\"b=[1, {"c":"]"}])", "d=-1e9"}));
  EXPECT_EQ(parts("[1,\"\\\\\",null]"), (Parts{"=1", "=\"\\\\\"", "=null"}));
  for (auto const* bad : {"", " ", "1", "[", "[1", "[1,", "[1,]", "{\"a\"}", "{\"a\":}", "{a:1}",
                          "[\"", "[\"\\", "[\"\\\"", "[1 2]", "{\"a\":1", "[[1]", "[{]"}) {
    EXPECT_FALSE(parts(bad)) << bad;
  }
  EXPECT_FALSE(for_json_parts("[1]", {0, 4}, [](auto, auto) {})) << "beyond the text";
}

}  // namespace
}  // namespace linchpin::serve
