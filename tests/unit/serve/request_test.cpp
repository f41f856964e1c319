// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "linchpin/serve/endpoints/submit.h"
#include "linchpin/serve/request_fields.h"
#include "linchpin/serve/request_guard.h"

namespace linchpin::serve {
namespace {

Guard guard(bool loopback = true) { return {.loopback = loopback, .port = 8080}; }

Request with(std::string const& host, std::string const& name = {}, std::string const& value = {}) {
  Request request{.method = "GET", .path = "/", .headers = {{"host", host}}};
  if (!name.empty()) request.headers.emplace_back(name, value);
  return request;
}

int refused(Guard const& rules, Request const& request) {
  auto const answer = refuse(rules, request);
  return answer ? answer->status : 0;
}

TEST(RequestGuard, LetsOnlyNamesOfThisMachineInOnLoopback) {
  for (auto const* host : {"127.0.0.1:8080", "localhost:8080", "LocalHost:8080", "[::1]:8080"}) {
    EXPECT_EQ(refused(guard(), with(host)), 0) << host;
  }
  for (auto const* host : {"", "evil.example:8080", "127.0.0.1", "127.0.0.1:80800", "10.0.0.1:8080",
                           "[::1:8080", "127.0.0.1:", "127.0.0.1:8080x", ":8080"}) {
    EXPECT_EQ(refused(guard(), with(host)), 421) << host;
  }
  auto twice = with("127.0.0.1:8080");
  twice.headers.emplace_back("host", "127.0.0.1:8080");
  EXPECT_EQ(refused(guard(), twice), 421);
}

TEST(RequestGuard, LetsAddressesAndAllowedNamesInElsewhere) {
  auto rules = guard(false);
  rules.names = {"linchpin.example"};
  EXPECT_EQ(refused(rules, with("10.0.0.1:8080")), 0);
  EXPECT_EQ(refused(rules, with("Linchpin.example:8080")), 0);
  EXPECT_EQ(refused(rules, with("evil.example:8080")), 421);
}

TEST(RequestGuard, RefusesOtherSites) {
  std::string const own = "127.0.0.1:8080";
  EXPECT_EQ(refused(guard(), with(own, "origin", "http://127.0.0.1:8080")), 0);
  EXPECT_EQ(refused(guard(), with(own, "origin", "http://localhost:8080")), 403);
  EXPECT_EQ(refused(guard(), with(own, "origin", "null")), 403);
  EXPECT_EQ(refused(guard(), with(own, "sec-fetch-site", "cross-site")), 403);
  EXPECT_EQ(refused(guard(), with(own, "sec-fetch-site", "none")), 0);
}

TEST(RequestGuard, LetsAProxyInByItsOriginAlone) {
  auto rules = guard();
  rules.origins = {"https://analysis.example", "https://other.example:8443"};
  std::string const mine = "https://analysis.example";
  EXPECT_EQ(refused(rules, with("Analysis.example", "origin", mine)), 0);
  EXPECT_EQ(refused(rules, with("127.0.0.1:8080", "origin", mine)), 0) << "a proxy's own Host";
  EXPECT_EQ(refused(rules, with("other.example:8443")), 0);
  EXPECT_EQ(refused(rules, with("other.example")), 421);
  EXPECT_EQ(refused(rules, with("analysis.example:8080")), 421);
  EXPECT_EQ(refused(rules, with("analysis.example.evil.example")), 421);
  EXPECT_EQ(refused(rules, with("analysis.example", "origin", "https://evil.example")), 403);
  EXPECT_EQ(refused(guard(), with("127.0.0.1:8080", "origin", mine)), 403);
  EXPECT_TRUE(came_by_tls(rules, with("analysis.example")));
  EXPECT_FALSE(came_by_tls(rules, with("127.0.0.1:8080")));
  for (auto const* text : {"analysis.example", "https://", "https://a/b", "ftp://a", "https://a:x",
                           "https://a b", "null"}) {
    EXPECT_FALSE(is_origin(text)) << text;
  }
  EXPECT_TRUE(is_origin("https://[::1]:8443"));
}

TEST(RequestGuard, AsksForTheToken) {
  auto rules = guard();
  rules.token = "0123456789abcdef";
  std::string const own = "127.0.0.1:8080";
  EXPECT_EQ(refused(rules, with(own)), 401);
  EXPECT_EQ(refused(rules, with(own, "authorization", "Bearer 0123456789abcdef")), 0);
  EXPECT_EQ(refused(rules, with(own, "authorization", "Bearer 0123456789abcdeg")), 401);
  EXPECT_EQ(refused(rules, with(own, "authorization", "Bearer ")), 401);
  EXPECT_EQ(refused(rules, with(own, "cookie", "x=1; linchpin_token_8080=0123456789abcdef")), 0);
  EXPECT_EQ(refused(rules, with(own, "cookie", "linchpin_token_8081=0123456789abcdef")), 401);
  EXPECT_EQ(refused(rules, with(own, "cookie", "linchpin_token=0123456789abcdef")), 401);
  EXPECT_FALSE(same_secret("", "0123"));
  EXPECT_FALSE(same_secret("0123", ""));
}

TEST(RequestGuard, BoundsBodies) {
  BodyRule const rule{.most_bytes = 10};
  auto const status = [&](std::string const& name, std::string const& value) {
    auto const answer = refuse_body(rule, with("x", name, value));
    return answer ? answer->status : 0;
  };
  EXPECT_EQ(status("content-length", "10"), 0);
  EXPECT_EQ(status("content-length", "11"), 413);
  EXPECT_EQ(status("content-length", "99999999999999999999999999"), 413);
  for (auto const* bad : {"", "-1", "+1", "1x", "0x1", "1,1"}) {
    EXPECT_EQ(status("content-length", bad), 400) << bad;
  }
  EXPECT_EQ(status("transfer-encoding", "chunked"), 411);
  EXPECT_EQ(status("", ""), 411);
  EXPECT_EQ(refuse_body({}, with("x")), std::nullopt);
  EXPECT_EQ(refuse_body({}, with("x", "content-length", "1"))->status, 413);
}

Result<RequestFields> fields(std::string const& body) {
  return RequestFields::parse(
      {.headers = {{"content-type", "application/json; charset=utf-8"}}, .body = body});
}

TEST(RequestFields, TellsAllProblemsAtOnce) {
  auto read = fields(R"({"buyers":["A","A"],"top":0,"wrld":"x"})");
  ASSERT_TRUE(read);
  EXPECT_EQ(read->text("world"), "");
  EXPECT_EQ(read->texts("buyers").size(), 1U);
  EXPECT_EQ(read->integer_or("top", 10, 1, 100), 10);
  auto const done = read->finish();
  ASSERT_FALSE(done);
  EXPECT_EQ(done.error().further.size(), 3U);
}

TEST(RequestFields, ReadsNumbersFlagsAndChoices) {
  auto read = fields(R"({"share":0.5,"deep":true,"kind":"total","days":7})");
  ASSERT_TRUE(read);
  EXPECT_EQ(read->number("share", 0, 1), 0.5);
  EXPECT_EQ(read->number_or("rise", 0.1, -1, 1), 0.1);
  EXPECT_TRUE(read->flag("deep"));
  EXPECT_FALSE(read->flag("wide"));
  EXPECT_EQ(read->choice("kind", {"flows", "total"}, "flows"), "total");
  EXPECT_EQ(read->integer("days", 1, 10), 7);
  EXPECT_EQ(read->integer("seed", 0, 10), std::nullopt);
  EXPECT_TRUE(read->finish());
}

TEST(RequestFields, TellsWrongNumbersFlagsAndChoices) {
  auto read = fields(R"({"share":2,"rise":"x","deep":1,"kind":"totl","days":1e300,"top":true})");
  ASSERT_TRUE(read);
  EXPECT_EQ(read->number("share", 0, 1), std::nullopt);
  EXPECT_EQ(read->number_or("rise", 0.1, -1, 1), 0.1);
  EXPECT_FALSE(read->flag("deep"));
  EXPECT_EQ(read->choice("kind", {"flows", "total"}, "flows"), "flows");
  EXPECT_EQ(read->integer("days", 1, 10), std::nullopt);
  EXPECT_EQ(read->number("top", 0, 1), std::nullopt);
  auto const done = read->finish();
  ASSERT_FALSE(done);
  EXPECT_EQ(done.error().further.size(), 5U);
}

/// What was left out and what was said to be the same are one request.
TEST(RequestFields, EqualRequestsAreTakenAsEqual) {
  auto bare = fields(R"({"world":"w"})");
  auto full = fields(R"({ "top": 10, "detail": false, "buyers": [], "world": "w", "seed": null })");
  for (auto* read : {&*bare, &*full}) {
    static_cast<void>(read->text("world"));
    static_cast<void>(read->texts("buyers"));
    static_cast<void>(read->integer_or("top", 10, 1, 100));
    static_cast<void>(read->flag("detail"));
    static_cast<void>(read->integer("seed", 0, 10));
  }
  EXPECT_EQ(bare->taken(), full->taken());
}

TEST(RequestFields, RefusesWhatIsNoSmallObject) {
  EXPECT_FALSE(fields("[]"));
  EXPECT_FALSE(fields("{"));
  EXPECT_FALSE(fields("\"\xff\""));
  EXPECT_FALSE(fields(std::string(100000, '[')));
  EXPECT_TRUE(fields(R"({"text":"[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[["})"));
  EXPECT_FALSE(RequestFields::parse({.body = "{}"}));
}

TEST(RequestFields, NamesAreNeverPaths) {
  for (auto const* good : {"world-2011", "a.b", "_", "A-1"}) EXPECT_TRUE(is_plain_name(good));
  for (auto const* bad : {"", ".", "..", "a/b", "a..b", ".a", "a.", "a b", "\xc3\xa4", "a\\b"}) {
    EXPECT_FALSE(is_plain_name(bad)) << bad;
  }
  EXPECT_EQ(parse_run_id("42"), 42);
  for (auto const* bad : {"", "0", "-1", "01", "1a", "9999999999999999"}) {
    EXPECT_FALSE(parse_run_id(bad)) << bad;
  }
}

TEST(RequestHash, DependsOnAllThatChangesTheAnswer) {
  nlohmann::json const request = {{"scenario", "x"}, {"days", 30}};
  auto const hash = request_hash("disrupt", "w", request).value();
  EXPECT_EQ(hash.size(), 64U);
  EXPECT_EQ(request_hash("disrupt", "w", request).value(), hash);
  EXPECT_NE(request_hash("study", "w", request).value(), hash);
  EXPECT_NE(request_hash("disrupt", "v", request).value(), hash);
  EXPECT_NE(request_hash("disrupt", "w", {{"scenario", "x"}, {"days", 31}}).value(), hash);
}

}  // namespace
}  // namespace linchpin::serve
