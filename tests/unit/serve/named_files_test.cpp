// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <map>
#include <set>
#include <string>

#include "linchpin/results/json.h"
#include "linchpin/serve/app.h"
#include "linchpin/serve/endpoints/limits.h"
#include "linchpin/serve/endpoints/question.h"
#include "support/table_fixtures.h"

namespace linchpin::serve {
namespace {

struct NamedFiles : testing::Test {
  test::TemporaryFolder folder;
  std::unique_ptr<App> app = App::open({.folder = folder.path() / "serve",
                                        .data = LINCHPIN_SOURCE_DIR "/data",
                                        .guard = {.port = 80}})
                                 .value();

  Response post(std::string const& path, Json const& body) {
    return app->answer({.method = "POST",
                        .path = "/api/v1/" + path,
                        .headers = {{"host", "localhost"}, {"content-type", "application/json"}},
                        .body = body.dump()});
  }

  /// The places of what is wrong; empty: it was taken.
  static std::set<std::string> places(Response const& answer) {
    std::set<std::string> found;
    if (answer.status < 300) return found;
    EXPECT_EQ(answer.status, 422) << answer.body;
    auto const error = Json::parse(answer.body)["error"];
    found.insert(error["where"]);
    for (auto const& each : error.value("further", Json::array())) found.insert(each["where"]);
    return found;
  }

  static std::string study(std::string const& leverage) {
    return "title = 't'\nworld = 'world-2011'\n" + leverage;
  }
};

using Places = std::set<std::string>;

TEST_F(NamedFiles, OfStudiesAreLookedUpWhenPosted) {
  std::string const tree = "[leverage]\n[[leverage.supply_tree]]\ntarget = 'CHN'\n";
  std::string const power = "[leverage]\n[leverage.power]\nsenders = ['USA']\ntargets = ['CHN']\n";
  std::map<std::string, Places> const wrong = {
      {study(
           "[leverage]\ntheta = '../../../etc/passwd'\n[[leverage.chokepoints]]\ntarget = 'CHN'\n"),
       {"study.toml:4"}},
      {study(power + "compare = ['/etc/hostname', 'default:nothing.csv']\n"), {"study.toml:7"}},
      {study(power + "worlds = ['world-2011', 'world-2005', '../x', 'world-2013']\n"),
       {"study.toml:7"}},
      {study(tree + "technology = '../x'\n"), {"study.toml:6"}},
      {study(tree + "technology = '/etc/hostname'\n"), {"study.toml:6"}},
      {study(tree + "technology = 'chips'\n"), {"study.toml:6"}},
      {study(tree + "technology = 'ai-chips'\nproviders = '/etc/hostname'\n"), {"study.toml:7"}},
      {study(tree + "technology = 'ai-chips'\nproviders = '../../../etc/passwd'\n"),
       {"study.toml:7"}},
      {study(tree + "technology = 'ai-chips'\nproviders = 'x.csv'\n"), {"study.toml:7"}},
      {study("[equilibrium]\ntheta = '/etc/passwd'\n[[equilibrium.scenario]]\nname = 'a'\ntitle = "
             "'A'\n"
             "[[equilibrium.scenario.tariff]]\nexporters = ['CHN']\nimporters = ['USA']\n"
             "sectors = ['all']\nadd = 0.1\n"),
       {"study.toml:4"}}};
  for (auto const& [text, expected] : wrong) {
    auto const answer = post("studies", {{"study", text}});
    EXPECT_EQ(places(answer), expected) << text << answer.body;
    auto const checked = Json::parse(post("validate", {{"kind", "study"}, {"text", text}}).body);
    EXPECT_FALSE(checked.value("valid", true)) << text;
  }
  auto const both = study(
      "[leverage]\ntheta = 'x.csv'\n[[leverage.chokepoints]]\ntarget = 'CHM'\n"
      "[[leverage.supply_tree]]\ntarget = 'CHN'\ntechnology = 'lamps'\n");
  // Unknown labels and names at once.
  EXPECT_EQ(places(post("studies", {{"study", both}})),
            (Places{"study.toml:4", "study.toml:6", "study.toml:9"}));
  EXPECT_EQ(
      Json::parse(
          app->answer({.method = "GET", .path = "/api/v1/runs", .headers = {{"host", "localhost"}}})
              .body)["runs"]
          .size(),
      0U)
      << "no dead line in the history";
}

TEST_F(NamedFiles, OfFieldsAreLookedUpWhenPosted) {
  std::map<std::string, Json> const asked = {
      {"leverage/power", {{"senders", {"USA"}}, {"targets", {"CHN"}}}},
      {"leverage/chokepoints", {{"target", "CHN"}}},
      {"leverage/defend", {{"target", "CHN"}}},
      {"leverage/bargain", {{"first", {"USA"}}, {"second", {"CHN"}}}},
      {"leverage/signal", {{"target", "USA"}, {"senders", {"CHN"}}}},
      {"leverage/frontier", {{"buyer", "USA"}, {"rivals", {"CHN"}}}}};
  for (auto const& [path, fields] : asked) {
    for (auto const* theta :
         {"../../../etc/passwd", "own", "defalt", "default:nothing.csv", "default:nothing.csv#x"}) {
      auto body = fields;
      body["world"] = "world-2011";
      body["theta"] = theta;
      auto const answer = post(path, body);
      EXPECT_EQ(places(answer), Places{"theta"}) << path << answer.body;
    }
  }
  Json body = {{"world", "world-2011"}, {"senders", {"USA"}}, {"targets", {"CHN"}}, {"days", 1}};
  body["compare"] = {"low", "/etc/passwd"};
  EXPECT_EQ(places(post("leverage/power", body)), Places{"compare"});
  body["compare"] = {"low", "high", "uniform", "default"};
  body["theta"] = "default";
  EXPECT_EQ(places(post("leverage/power", body)), Places{});
}

TEST_F(NamedFiles, ErrorsNameFieldsAndTechnologies) {
  EXPECT_EQ(places(post("leverage/bargain",
                        {{"world", "world-2011"}, {"first", {"USA"}}, {"second", {"USA"}}})),
            Places{"second"});
  EXPECT_EQ(places(post("leverage/signal",
                        {{"world", "world-2011"}, {"target", "USA"}, {"senders", Json::array()}})),
            Places{"senders"});
  EXPECT_EQ(places(post("leverage/frontier",
                        {{"world", "world-2011"}, {"buyer", "USA"}, {"rivals", Json::array()}})),
            Places{"rivals"});
  auto const answer = post("leverage/supply-tree", {{"technology", "ai-chip"}, {"target", "CHN"}});
  EXPECT_EQ(places(answer), Places{"technology"});
  EXPECT_NE(answer.body.find("did you mean 'ai-chips'"), std::string::npos) << answer.body;
  auto const error = at_fields({ErrorCode::bad_value,
                                "-- no option",
                                "--signal-years, --k",
                                "take --belief 0.5",
                                {{ErrorCode::bad_value, "", "--x-", ""}}});
  EXPECT_EQ(error.what, "-- no option");
  EXPECT_EQ(error.where, "signal_years, k");
  EXPECT_EQ(error.hint, "take belief 0.5");
  EXPECT_EQ(error.further.front().where, "x-");
}

TEST_F(NamedFiles, DrawsTimesQuestionsOfLeverageAreBounded) {
  Json body = {{"world", "world-2011"}, {"first", {"USA"}}, {"second", {"CHN"}}, {"seed", 1}};
  body["draws"] = most_leverage_draws + 1;
  EXPECT_EQ(places(post("leverage/bargain", body)), Places{"draws"});
  study::Study study;
  study.leverage.emplace();
  study.leverage->threats.bargains.resize(200);
  study.leverage->ensemble = study::EnsembleSpec{most_leverage_draws / 200, 1, {}};
  EXPECT_TRUE(check_work(study));
  ++study.leverage->ensemble->draws;
  EXPECT_FALSE(check_work(study));
}

}  // namespace
}  // namespace linchpin::serve
