// SPDX-License-Identifier: Apache-2.0
#include "linchpin/serve/app.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <vector>

#include "linchpin/results/json.h"
#include "linchpin/serve/endpoints/limits.h"
#include "support/table_fixtures.h"

namespace linchpin::serve {
namespace {

struct AppTest : testing::Test {
  test::TemporaryFolder folder;
  std::unique_ptr<App> app = App::open({.folder = folder.path() / "serve",
                                        .data = LINCHPIN_SOURCE_DIR "/data",
                                        .guard = {.port = 80}})
                                 .value();

  Response ask(std::string const& method, std::string const& path, std::string const& body = {}) {
    Request request{
        .method = method, .path = path, .headers = {{"host", "localhost"}}, .body = body};
    if (!body.empty()) {
      request.headers.emplace_back("content-type", "application/json");
      request.headers.emplace_back("content-length", std::to_string(body.size()));
    }
    BodyRule rule;
    if (auto const refused = app->refuse_head(request, rule)) return *refused;
    return app->answer(request);
  }
};

TEST_F(AppTest, RoutesByPathAndMethod) {
  EXPECT_EQ(ask("GET", "/api/v1/version").status, 200);
  EXPECT_EQ(ask("HEAD", "/api/v1/version").status, 200);
  EXPECT_EQ(ask("GET", "/api/v1/versions").status, 404);
  EXPECT_EQ(ask("GET", "//").status, 404);
  EXPECT_EQ(ask("GET", "").status, 404);
  auto const wrong = ask("PATCH", "/api/v1/runs/1");
  EXPECT_EQ(wrong.status, 405);
  EXPECT_EQ(wrong.headers.front().second, "GET, DELETE");
  EXPECT_EQ(ask("GET", "/api/v1/runs/1").status, 404);
  EXPECT_EQ(ask("GET", "/api/v1/runs/x/tables/../y").status, 404);
}

TEST_F(AppTest, AnswersAtOnceFromABuiltInWorld) {
  auto const answer = ask("POST", "/api/v1/depend", R"({"world":"world-2011","buyers":["CHN"]})");
  ASSERT_EQ(answer.status, 200) << answer.body;
  EXPECT_EQ(Json::parse(answer.body)["schema"]["name"], "linchpin.depend");
  EXPECT_EQ(ask("POST", "/api/v1/depend", R"({"world":"../world-2011"})").status, 404);
}

TEST_F(AppTest, HandsOutTheApplication) {
  auto const page = ask("GET", "/");
  EXPECT_EQ(page.status, 200);
  EXPECT_NE(page.fixed.find("<script"), std::string_view::npos);
  EXPECT_EQ(ask("GET", "/assets/nothing.js").status, 404);
  EXPECT_EQ(ask("GET", "/assets/../index.html").status, 404);
  EXPECT_EQ(ask("POST", "/").status, 405);
}

/// The second question finds the factors of the first.
TEST_F(AppTest, SaysTheSameTwice) {
  std::string const body = R"({"world":"world-2011","buyer":"CHN","tiers":2})";
  auto const without_clock = [&] {
    auto document = Json::parse(ask("POST", "/api/v1/tiers", body).body);
    for (auto const* name : {"started", "duration_seconds"}) document["origin"].erase(name);
    return document;
  };
  auto const first = without_clock();
  EXPECT_FALSE(first["flows"].empty());
  EXPECT_EQ(without_clock(), first);
}

TEST_F(AppTest, FindsMistakesWithTheirLines) {
  auto const answer = ask("POST", "/api/v1/validate",
                          R"({"kind":"scenario","world":"world-2011",)"
                          R"("text":"title = 'x'\n[[cut]]\nsellers = ['USB']\nfoo = 1\n"})");
  ASSERT_EQ(answer.status, 200) << answer.body;
  auto const document = Json::parse(answer.body);
  EXPECT_FALSE(document["valid"].get<bool>());
  std::vector<int> lines;
  for (auto const& each : document["findings"]) {
    if (!each["line"].is_null()) lines.push_back(each["line"].get<int>());
  }
  EXPECT_NE(std::find(lines.begin(), lines.end(), 3), lines.end());
  EXPECT_NE(std::find(lines.begin(), lines.end(), 4), lines.end());
}

TEST_F(AppTest, TakesOnlyAsManyDrawsInATextAsInAField) {
  study::GameFile file;
  file.ranges = true;
  file.game.emplace();
  auto const ten = std::vector<std::string>(10, "a");
  file.game->low.players = {{"A", ten}, {"B", ten}};
  file.draws = 20'000;
  EXPECT_TRUE(check_work(file));
  file.draws = 20'001;
  EXPECT_FALSE(check_work(file)) << "times 100 profiles";
  file.game.reset();
  EXPECT_TRUE(check_work(file));
  file.draws = 100'001;
  ASSERT_FALSE(check_work(file));
  EXPECT_EQ(check_work(file).error().code, ErrorCode::bad_value);

  study::Study study;
  study.scenarios.resize(2);
  study.days = 365;
  study.ensemble = study::EnsembleSpec{50'000, 1, {}};
  EXPECT_TRUE(check_work(study));
  study.days = 366;
  EXPECT_FALSE(check_work(study));
  study.ensemble->draws = 1'000'000;
  EXPECT_FALSE(check_work(study));

  study::AutonomyStudy autonomy;
  autonomy.draws = 100'000;
  EXPECT_TRUE(check_work(autonomy));
  autonomy.asks.driver_draws = 1'000'000;
  EXPECT_FALSE(check_work(autonomy));
}

TEST_F(AppTest, RefusesMoreWorkThanItTakes) {
  for (auto const& [path, body] : std::map<std::string, std::string>{
           {"/api/v1/compute", R"({"draws":20001})"},
           {"/api/v1/leverage/power",
            R"({"world":"world-2011","draws":100000,"seed":1,"days":3650})"},
           {"/api/v1/leverage/defend",
            R"({"world":"world-2011","target":"CHN","k":20,"attack_links":20,"measures":40})"}}) {
    auto const answer = ask("POST", path, body);
    EXPECT_EQ(answer.status, 422) << path << answer.body;
  }
}

TEST(App, TakesNothingInOnAFullDisk) {
  test::TemporaryFolder const folder;
  auto const app = App::open({.folder = folder.path() / "serve",
                              .data = LINCHPIN_SOURCE_DIR "/data",
                              .guard = {.port = 80},
                              .queue = {.free_bytes = std::uint64_t{1} << 62}})
                       .value();
  auto const status = [&](std::string const& path, std::string const& body) {
    Request const request{.method = body.empty() ? "GET" : "POST",
                          .path = path,
                          .headers = {{"host", "localhost"},
                                      {"content-type", "application/json"},
                                      {"content-length", std::to_string(body.size())}},
                          .body = body};
    BodyRule rule;
    if (auto const refused = app->refuse_head(request, rule)) return refused->status;
    return app->answer(request).status;
  };
  EXPECT_EQ(status("/api/v1/worlds", "a,b"), 507);
  EXPECT_EQ(status("/api/v1/equilibrium",
                   R"({"world":"world-2011","scenario":"title='t'\n[[tariff]]\nexporters=['CHN']\n)"
                   R"(importers=['USA']\nsectors=['all']\nadd=0.1\n"})"),
            507);
  EXPECT_EQ(status("/api/v1/worlds", ""), 200) << "what is there can be looked at";
}

TEST(Login, AsksABrowserForTheToken) {
  test::TemporaryFolder const folder;
  std::string const token = "0123456789abcdef-XYZ_";
  auto const app = App::open({.folder = folder.path() / "serve",
                              .data = LINCHPIN_SOURCE_DIR "/data",
                              .guard = {.port = 80, .token = token}})
                       .value();
  auto const ask = [&](std::string const& method,
                       std::vector<std::pair<std::string, std::string>> more,
                       std::string const& body = {}) {
    Request request{
        .method = method, .path = "/", .headers = {{"host", "localhost"}}, .body = body};
    for (auto& each : more) request.headers.push_back(std::move(each));
    if (method == "POST") {
      request.headers.emplace_back("content-length", std::to_string(body.size()));
    }
    BodyRule rule;
    if (auto const refused = app->refuse_head(request, rule)) return *refused;
    return app->answer(request);
  };
  auto const header = [](Response const& answer, std::string_view name) {
    auto const found = std::find_if(answer.headers.begin(), answer.headers.end(),
                                    [&](auto const& each) { return each.first == name; });
    return found == answer.headers.end() ? std::string{} : found->second;
  };
  auto const program = ask("GET", {{"accept", "*/*"}});
  EXPECT_EQ(program.status, 401);
  EXPECT_EQ(program.content_type, "application/json");
  auto const page = ask("GET", {{"accept", "text/html,*/*"}});
  EXPECT_EQ(page.status, 401);
  EXPECT_EQ(page.content_type, "text/html; charset=utf-8");
  EXPECT_EQ(page.body.find("<script"), std::string::npos);
  EXPECT_NE(page.body.find("name=\"token\""), std::string::npos);
  auto const policy = header(page, "Content-Security-Policy");
  EXPECT_NE(policy.find("default-src 'none'"), std::string::npos);
  EXPECT_NE(policy.find("form-action 'self'"), std::string::npos);
  EXPECT_EQ(policy.find("script"), std::string::npos);
  auto const wrong = ask("POST", {}, "token=0123456789abcdef-XYZ");
  EXPECT_EQ(wrong.status, 401);
  EXPECT_NE(wrong.body.find("not the token"), std::string::npos);
  EXPECT_EQ(wrong.body.find("0123456789"), std::string::npos) << "it is not said again";
  for (auto const* form : {"", "token", "token=", "xtoken=0123456789abcdef-XYZ_", "&&&"}) {
    EXPECT_EQ(ask("POST", {}, form).status, 401) << form;
  }
  EXPECT_EQ(ask("POST", {{"origin", "http://evil.example"}}, "token=" + token).status, 403);
  EXPECT_EQ(ask("POST", {}, std::string(5000, 'x')).status, 413);
  auto const right = ask("POST", {{"origin", "http://localhost"}}, "a=b&token=" + token);
  EXPECT_EQ(right.status, 303);
  EXPECT_EQ(header(right, "Set-Cookie"),
            "linchpin_token_80=" + token + "; HttpOnly; SameSite=Lax; Path=/");
  EXPECT_EQ(ask("GET", {{"cookie", "linchpin_token_80=" + token}}).status, 200);
}

TEST_F(AppTest, UploadsComeInAFewAtATime) {
  auto const first = app->take_upload_file();
  auto const second = app->take_upload_file();
  ASSERT_TRUE(first && second);
  EXPECT_NE(*first, *second);
  EXPECT_FALSE(app->take_upload_file());
  app->give_back(*first);
  EXPECT_TRUE(app->take_upload_file());
}

}  // namespace
}  // namespace linchpin::serve
