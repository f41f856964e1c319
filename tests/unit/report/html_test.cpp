// SPDX-License-Identifier: Apache-2.0
#include "linchpin/report/html.h"

#include <gtest/gtest.h>

#include "linchpin/results/json.h"

namespace linchpin {
namespace {

constexpr std::string_view page =
    "<!doctype html><script type=\"application/json\">LINCHPIN_RESULTS_JSON</script><p>end</p>";

/// What a browser takes for the content of the script element: all up to the first end tag.
std::string script_content(std::string const& html) {
  std::string const start = "<script type=\"application/json\">";
  auto const from = html.find(start) + start.size();
  return html.substr(from, html.find("</", from) - from);
}

ResultSet hostile_results() {
  ResultSet results;
  results.title = "</script><script>alert(1)</script>";
  results.question = "\"quotes\" \\ and 'apostrophes' & ampersands &lt;";
  results.headlines = {"<!-- <script> ]]> -->", "\xE2\x80\xA8 line \xE2\x80\xA9 separators",
                       "LINCHPIN_RESULTS_JSON"};
  results.regions = {{"</SCRIPT >", "<img src=x onerror=alert(1)>", {}}};
  results.tables.push_back(
      {"shown", "<b>", "", true, {{"x", "X", "", "", TextColumn{"</style>"}}}});
  results.tables.push_back({"too_long", "", "", false, {{"x", "X", "", "", TextColumn{"a"}}}});
  return results;
}

TEST(RenderReport, LabelsCannotBreakOut) {
  auto const html = render_report(hostile_results(), page);
  ASSERT_TRUE(html);
  auto const content = script_content(*html);
  for (char const c : {'<', '>', '&'}) EXPECT_EQ(content.find(c), std::string::npos) << c;
  EXPECT_EQ(content.find("\xE2\x80\xA8"), std::string::npos);
  EXPECT_EQ(content.find("\xE2\x80\xA9"), std::string::npos);
  EXPECT_TRUE(html->ends_with("</script><p>end</p>"));
}

TEST(RenderReport, JsonParsesBackEqual) {
  auto const results = hostile_results();
  auto const html = render_report(results, page);
  ASSERT_TRUE(html);
  auto const parsed = Json::parse(script_content(*html));
  EXPECT_EQ(parsed, result_set_to_json(results, {.report_only = true}));
  EXPECT_EQ(parsed["tables"].size(), 1U) << "long tables are for files only";
}

TEST(RenderReport, WantsTheTokenExactlyOnce) {
  for (std::string_view const bad :
       {"<p>none</p>", "LINCHPIN_RESULTS_JSON LINCHPIN_RESULTS_JSON"}) {
    auto const html = render_report({}, bad);
    ASSERT_FALSE(html);
    EXPECT_EQ(html.error().code, ErrorCode::internal);
    EXPECT_NE(html.error().hint.find("./dev web"), std::string::npos);
  }
}

TEST(RenderReport, UsesTheEmbeddedPage) {
  auto const html = render_report(hostile_results());
  ASSERT_TRUE(html) << html.error().what;
  EXPECT_GT(html->size(), embedded_template().size());
  auto const at = embedded_template().find(results_token);
  EXPECT_EQ(html->substr(0, at), embedded_template().substr(0, at));
}

}  // namespace
}  // namespace linchpin
