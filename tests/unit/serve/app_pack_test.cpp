// SPDX-License-Identifier: Apache-2.0
#include "linchpin/serve/app_pack.h"

#include <gtest/gtest.h>

#include "linchpin/results/json.h"

namespace linchpin::serve {
namespace {

std::string const small_pack =
    R"([{"path":"/","type":"text/html","offset":0,"size":4,"gzip_offset":4,"gzip_size":2,"etag":"aa"},)"
    R"({"path":"/assets/x.js","type":"text/javascript","offset":6,"size":1,"gzip_offset":7,)"
    R"("gzip_size":1,"etag":"bb"}])"
    "\npageZZxZ";

Response ask(AppPack const& pack, std::string const& path, std::string const& accepts = {},
             std::string const& has = {}) {
  return pack.answer({.method = "GET",
                      .path = path,
                      .headers = {{"accept-encoding", accepts}, {"if-none-match", has}}});
}

std::string header(Response const& answer, std::string const& name) {
  for (auto const& [each, value] : answer.headers) {
    if (each == name) return value;
  }
  return {};
}

TEST(AppPack, HandsOutFilesRawAndGzipped) {
  auto const pack = AppPack::read(small_pack).value();
  auto const page = ask(pack, "/");
  EXPECT_EQ(page.status, 200);
  EXPECT_EQ(page.fixed, "page");
  EXPECT_EQ(page.content_type, "text/html");
  EXPECT_EQ(header(page, "Cache-Control"), "no-cache");
  EXPECT_EQ(header(page, "Content-Encoding"), "");
  EXPECT_NE(header(page, "Content-Security-Policy").find("script-src 'self';"), std::string::npos);
  auto const zipped = ask(pack, "/assets/x.js", "br, gzip");
  EXPECT_EQ(zipped.fixed, "Z");
  EXPECT_EQ(header(zipped, "Content-Encoding"), "gzip");
  EXPECT_NE(header(zipped, "Cache-Control").find("immutable"), std::string::npos);
}

TEST(AppPack, SaysThatNothingHasChanged) {
  auto const pack = AppPack::read(small_pack).value();
  for (auto const* has : {"\"aa\"", "W/\"aa\"", "\"zz\", \"aa\"", "*"}) {
    auto const answer = ask(pack, "/", "", has);
    EXPECT_EQ(answer.status, 304) << has;
    EXPECT_TRUE(answer.fixed.empty());
    EXPECT_EQ(header(answer, "ETag"), "\"aa\"");
  }
  EXPECT_EQ(ask(pack, "/", "gzip", "\"aa\"").status, 200);  // other bytes, another tag
  EXPECT_EQ(ask(pack, "/", "gzip", "\"aa-gz\"").status, 304);
}

TEST(AppPack, HasNoOtherFiles) {
  auto const pack = AppPack::read(small_pack).value();
  for (auto const* path :
       {"", "/index.html", "/assets/", "/assets/..", "/assets/y.js", "assets/x.js"}) {
    EXPECT_EQ(ask(pack, path).status, 404) << path;
  }
}

TEST(AppPack, KnowsWhoTakesGzip) {
  for (auto const* yes : {"gzip", "GZIP", "br;q=1, gzip;q=0.5", " gzip ; q=0.001", "gzip;q=1"}) {
    EXPECT_TRUE(takes_gzip(yes)) << yes;
  }
  for (auto const* no : {"", "br", "gzip;q=0", "gzip; q=0.000", "xgzip", "*", ",,;,"}) {
    EXPECT_FALSE(takes_gzip(no)) << no;
  }
}

TEST(AppPack, RefusesWhatIsBroken) {
  auto const replaced = [](std::string const& what, std::string const& with) {
    auto text = small_pack;
    return text.replace(text.find(what), what.size(), with);
  };
  for (auto const& pack :
       {std::string{}, std::string{"[]"}, std::string{"[]\n"}, std::string{"{}\nx"},
        std::string{"[1]\nx"}, replaced("\"size\":4", "\"size\":400"),
        replaced("\"offset\":0", "\"offset\":-1"), replaced("\"etag\":\"aa\"", "\"etag\":1"),
        replaced("\"/assets/x.js\"", "\"x.js\""),
        replaced("\"gzip_offset\":7", "\"gzip_offset\":18446744073709551615")}) {
    EXPECT_FALSE(AppPack::read(pack)) << pack;
  }
}

TEST(AppPack, IsInTheProgram) { EXPECT_TRUE(AppPack::read(embedded_app())); }

}  // namespace
}  // namespace linchpin::serve
