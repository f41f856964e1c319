// SPDX-License-Identifier: Apache-2.0
// Supply trees of the shipped technologies: what gates, who can stop them, what is wrong.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "linchpin/study/supply_tree_run.h"
#include "linchpin/study/supply_tree_study.h"
#include "linchpin/study/technology_names.h"
#include "study_fixtures.h"

namespace linchpin::study {
namespace {

using ::testing::HasSubstr;
using ::testing::IsSupersetOf;

std::filesystem::path const folder = std::string{LINCHPIN_SOURCE_DIR} + "/data/parameters";

ParameterSource shipped() {
  return {[](std::string const& name) -> Result<std::string> {
            std::ifstream stream(folder / name.substr(name.find(':') + 1));
            if (!stream) return fail(ErrorCode::file_not_found, "no such file", name, "");
            return std::string{std::istreambuf_iterator<char>(stream), {}};
          },
          {}};
}

SupplyTreeRequest chips_for_china() {
  SupplyTreeRequest request;
  request.technology = "ai-chips";
  request.target = "CHN";
  request.k = 3;
  return request;
}

/// Scanners are sold by the stage `lithography`, stacked memory by `memory`: both gate, so their
/// largest makers (by more than half of the shipped shares) stop the product alone.
TEST(SupplyTreeStudy, StagesThatSellToolsGate) {
  auto const answer = run_supply_tree(chips_for_china(), shipped()).value();
  std::vector<std::string> alone;
  for (auto const& cut : answer.link_cuts) {
    if (cut.members.size() == 1) alone.push_back(cut.members.front());
  }
  EXPECT_THAT(alone, IsSupersetOf({"NLD:lithography", "USA:design-software", "USA:deposition-etch",
                                   "KOR:memory"}));
  ResultSet results;
  add_supply_trees(results, std::span{&answer, 1});
  ASSERT_EQ(results.headlines.size(), 2U);
  // All of them, by name.
  for (auto const* words : {"China", "the Netherlands (lithography tools)",
                            "the United States (design software, deposition and etch tools)",
                            "high-bandwidth memory"}) {
    EXPECT_THAT(results.headlines[0], HasSubstr(words));
  }
  EXPECT_THAT(results.headlines[1], HasSubstr("Taiwan ("));
  for (auto const& each : results.headlines) {
    EXPECT_EQ(each.find("CHN"), std::string::npos) << each;
    EXPECT_EQ(each.find("USA:"), std::string::npos) << each;
  }
  auto open = chips_for_china();
  open.gates = {"none"};
  // Nobody alone: only where all makers of a stage go.
  auto const without_gates = run_supply_tree(open, shipped()).value();
  for (auto const& cut : without_gates.link_cuts) {
    EXPECT_GT(cut.members.size(), 1U) << cut.stage;
  }
}

/// More links never make less of it, wherever the best are sets that stop it.
TEST(SupplyTreeStudy, MoreLinksAreNeverWorse) {
  auto request = chips_for_china();
  double before = 0;
  request.proof_evaluations = 500;
  for (std::size_t const k : {4, 5, 6, 7, 8, 10, 20}) {
    request.k = k;
    auto const answer = run_supply_tree(request, shipped()).value();
    ASSERT_FALSE(answer.sets.empty());
    EXPECT_GE(answer.sets.front().cost_pct, before - 1e-9) << k;
    before = answer.sets.front().cost_pct;
  }
}

TEST(SupplyTreeStudy, UnknownNamesAreSaidAtOnce) {
  auto request = chips_for_china();
  request.technology = "ai-chip";
  request.target = "CHM";
  request.gates = {"lithografy"};
  auto const wrong = run_supply_tree(request, shipped());
  ASSERT_FALSE(wrong);
  auto const all = test::all_of(wrong.error());
  EXPECT_THAT(all, HasSubstr("no technology is called 'ai-chip'"));
  EXPECT_THAT(all, HasSubstr("'CHM' is no country"));
  request.technology = "ai-chips";
  auto const typo = run_supply_tree(request, shipped());
  ASSERT_FALSE(typo);
  EXPECT_THAT(test::all_of(typo.error()), HasSubstr("no stage is called 'lithografy'"));
  EXPECT_THAT(test::all_of(typo.error()), HasSubstr("'CHM' is no country"));
  EXPECT_EQ(unknown_technology("nope", "x", {ErrorCode::file_not_found, "", "", ""}).hint,
            "shipped are ai-chips, electric-vehicles, industrial-robots; a folder of your own is "
            "written with a '/'");
  EXPECT_THAT(unknown_technology("ai-chip", "x", {ErrorCode::file_not_found, "", "", ""}).hint,
              HasSubstr("'ai-chips'"));
}

/// The list in the program is the list on disk.
TEST(SupplyTreeStudy, ShippedTechnologiesAreTheFolders) {
  std::vector<std::string> names;
  for (auto const& each : std::filesystem::directory_iterator(folder / "technologies")) {
    if (each.is_directory()) names.push_back(each.path().filename().string());
  }
  std::sort(names.begin(), names.end());
  EXPECT_EQ(names, shipped_technologies());
}

}  // namespace
}  // namespace linchpin::study
