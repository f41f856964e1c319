// SPDX-License-Identifier: Apache-2.0
#include "linchpin/study/study_file.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "linchpin/core/random.h"
#include "study_fixtures.h"

namespace linchpin::study {
namespace {

using ::testing::HasSubstr;

std::string problems(std::string const& text) {
  auto const study = parse_study(text, "study.toml");
  if (!study) return test::all_of(study.error());
  auto const resolved = resolve_study(*study, test::small_economy().space());
  return resolved ? "accepted" : test::all_of(resolved.error());
}

TEST(ParseStudy, ReadsEveryKey) {
  auto const economy = test::small_economy();
  auto const study = parse_study(test::full_study(), "study.toml");
  ASSERT_TRUE(study) << test::all_of(study.error());
  auto const resolved = resolve_study(*study, economy.space());
  ASSERT_TRUE(resolved) << test::all_of(resolved.error());
  EXPECT_EQ(study->title, "Test");
  EXPECT_EQ(study->world, "small");
  EXPECT_FALSE(study->formats.html || study->formats.netcdf);
  EXPECT_TRUE(study->formats.json && study->formats.csv);
  ASSERT_EQ(resolved->scenarios.size(), 2U);
  auto const& [cut, loss] = std::tie(resolved->scenarios[0], resolved->scenarios[1]);
  EXPECT_EQ(cut.options.order_rule, disrupt::OrderRule::reweighted) << "own [model] wins";
  EXPECT_EQ(loss.options.order_rule, disrupt::OrderRule::fixed) << "default of the study";
  EXPECT_EQ(cut.options.psi, 0.7);
  EXPECT_EQ(cut.options.inventory_days, (DenseVector{60, 15, 60, 2, 2, 2}));
  EXPECT_EQ(cut.options.days, 40);
  EXPECT_EQ(resolved->disrupt.variants.size(), 6U);
  EXPECT_EQ(resolved->disrupt.focus, RegionId{0});
  ASSERT_EQ(resolved->depend->buyers.size(), 2U);
  EXPECT_TRUE(resolved->depend->buyers[1].industry.has_value());
  EXPECT_EQ(resolved->depend->options.top, 5U);
}

TEST(ParseStudy, VariantsAsAList) {
  auto const study = parse_study(
      "world = \"w\"\n[[scenario]]\nname = \"a\"\n[disrupt]\nvariants = [{inventory_factor = "
      "0.25}, "
      "{order_rule = \"fixed\", psi = 0.5, name = \"tight\"}]\n",
      "study.toml");
  ASSERT_TRUE(study) << test::all_of(study.error());
  EXPECT_TRUE(study->problems.empty());
  ASSERT_EQ(study->variants.size(), 2U);
  EXPECT_EQ(study->variants[0].name, "0.25 times the inventories");
  EXPECT_EQ(study->variants[1].name, "tight");
  EXPECT_EQ(study->variants[1].psi, 0.5);
}

std::string variants(std::string const& list) {
  return problems("world = \"w\"\n[[scenario]]\nname = \"a\"\n[disrupt]\nvariants = [" + list +
                  "]\n");
}

TEST(ParseStudy, VariantsHaveAFactorOnInventoriesOnly) {
  auto const text = variants("{inventory_days = 3, name = \"x\"}");
  EXPECT_THAT(text, HasSubstr("unknown_key study.toml:5: unknown key 'disrupt.variants.inventory_"
                              "days'"));
  EXPECT_THAT(text, HasSubstr("inventory_factor"));
}

TEST(ParseStudy, NamesAreDifferentWhateverTheirCase) {
  EXPECT_THAT(variants("{psi = 0.5, name = \"x\"}, {psi = 0.6, name = \"X\"}"),
              HasSubstr("duplicate_label study.toml:5: two variants are called 'X'"));
  EXPECT_THAT(variants("{psi = 0.5}, {psi = 0.5}"), HasSubstr("duplicate_label"));
  EXPECT_THAT(variants("{psi = 0.5, name = \"Central\"}"), HasSubstr("duplicate_label"));
  EXPECT_THAT(variants("{psi = 0.5, name = \"a\\u202Eb\"}"), HasSubstr("U+202E"));
  EXPECT_EQ(variants("{psi = 0.5}, {psi = 0.6}"), "accepted");
  EXPECT_THAT(problems("world = \"w\"\n[[scenario]]\nname=\"a\"\n[[scenario]]\nname=\"A\"\n"),
              HasSubstr("two scenarios are called 'A'"));
}

TEST(ParseStudy, ProblemsOfSyntaxAndLabelsTogether) {
  auto const text = problems(R"(world = "small"
titel = "x"
[[scenario]]
name = "a"
[[scenario.cut]]
sellers = ["R9"]
buyers = ["R0"]
shar = 1
[depend]
buyers = ["R0:s77"]
[disrupt]
focus = "R8"
days = 0
)");
  for (auto const* part :
       {"unknown_key study.toml:2: unknown key 'titel' | did you mean 'title'?",
        "unknown_label study.toml:6", "unknown_key study.toml:8", "unknown_label study.toml:10",
        "unknown_label study.toml:12", "bad_value study.toml:13"}) {
    EXPECT_THAT(text, HasSubstr(part));
  }
}

TEST(ParseStudy, RefusesEmptyAndAimlessStudies) {
  EXPECT_THAT(problems(""), HasSubstr("the study is empty"));
  EXPECT_THAT(problems("\n# nothing\n"), HasSubstr("the study is empty"));
  EXPECT_THAT(problems("title = \"x\"\n"), HasSubstr("'world' is missing"));
  EXPECT_THAT(problems("title = \"x\"\n"), HasSubstr("the study asks nothing"));
  EXPECT_THAT(problems("world = \"\"\n[depend]\nbuyers = [\"R0\"]\n"),
              HasSubstr("'world' is empty"));
  EXPECT_THAT(problems("world = \"w\"\n[[scenario]]\n[[scenario.cut]]\nsellers=[\"R1\"]\n"
                       "buyers=[\"R0\"]\n"),
              HasSubstr("a scenario has no name"));
  EXPECT_THAT(problems("world = \"w\"\n[[scenario]]\nname=\"a\"\n[[scenario]]\nname=\"a\"\n"),
              HasSubstr("two scenarios are called 'a'"));
}

/// A fault in the defaults of a study is told once, not once per scenario.
TEST(ParseStudy, TellsAFaultOnce) {
  auto const text = problems(
      "world = \"w\"\n[model]\ninventory_days = {zz = 3}\n[[scenario]]\n"
      "name = \"a\"\n[[scenario]]\nname = \"b\"\n");
  EXPECT_EQ(text.find("study.toml:3"), text.rfind("study.toml:3")) << text;
}

/// Bytes changed, dropped, doubled and swapped at random: any answer will do, but no crash.
TEST(ParseStudy, SurvivesMutatedTexts) {
  auto const economy = test::small_economy();
  auto const original = test::full_study();
  std::size_t accepted = 0;
  for (std::uint64_t run = 0; run < 3000; ++run) {
    Rng rng{Seed{2024}, run};
    auto text = original;
    for (std::uint64_t k = 0, count = 1 + rng.below(8); k < count && !text.empty(); ++k) {
      auto const at = static_cast<std::size_t>(rng.below(text.size()));
      auto const length = static_cast<std::size_t>(rng.below(12));
      switch (rng.below(4)) {
        case 0:
          text[at] = static_cast<char>(rng.below(256));
          break;
        case 1:
          text.erase(at, length);
          break;
        case 2:
          text.insert(at, text.substr(at, length));
          break;
        default:
          text.insert(at, 1, "[]{}=\"',.#\n-_9"[rng.below(14)]);
      }
    }
    auto const study = parse_study(text, "fuzz");
    if (study && resolve_study(*study, economy.space())) ++accepted;
  }
  EXPECT_LT(accepted, 3000U) << "the mutations do reach the parser";
}

}  // namespace
}  // namespace linchpin::study
