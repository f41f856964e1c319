// SPDX-License-Identifier: Apache-2.0
#include "linchpin/study/autonomy_study.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <string_view>

namespace linchpin::study {
namespace {

constexpr char const* head = "title = \"T\"\nworld = \"w\"\nregion = \"CHN\"\n";

/// A study with these lines and a technology whose numbers are all in range.
std::string with_numbers(std::string_view lines) {
  std::string text = head;
  text += lines;
  text += "[[technology]]\nname = \"ai-chips\"\n[technology.numbers]\n";
  for (auto const& kind : autonomy_number_kinds) {
    auto const value = (kind.lowest + std::min(kind.highest, kind.lowest + 1)) / 2;
    text += fmt::format("{} = {{value = {}, note = \"x\"}}\n", kind.name, value);
  }
  return text;
}

TEST(AutonomyStudy, ReadsWhatIsThereAndKeepsDefaults) {
  auto const study = read_autonomy_study(
      with_numbers("[cut_off]\nyears = 2\n[[policy]]\nkind = \"mandate\"\namount = 0.3\nfrom = "
                   "2026\nprogramme = false\n"),
      "s.toml");
  ASSERT_TRUE(study) << study.error().what;
  EXPECT_EQ(study->years, 15);
  EXPECT_EQ(study->cut_off.years, 2);
  EXPECT_DOUBLE_EQ(study->cut_off.discount, 0.97);
  ASSERT_EQ(study->policies.size(), 1);
  EXPECT_FALSE(study->policies[0].programme);
  EXPECT_EQ(study->policies[0].instrument.kind, localize::InstrumentKind::mandate);
  ASSERT_EQ(study->technologies.size(), 1);
  auto const& number = study->technologies[0].numbers[1];
  EXPECT_DOUBLE_EQ(number.low, number.value);
}

TEST(AutonomyStudy, ATechnologyMayHaveItsOwnThreshold) {
  auto text = with_numbers("threshold_pct = 0.2\nthreshold_note = \"why\"\n");
  auto const plain = read_autonomy_study(text, "s.toml");
  ASSERT_TRUE(plain) << plain.error().what;
  EXPECT_EQ(threshold_pct(*plain, plain->technologies[0]), 0.2);
  EXPECT_EQ(plain->threshold_note, "why");
  auto const name = text.find("[technology.numbers]");
  text.insert(name, "threshold_pct = 0.01\nthreshold_note = \"small\"\n");
  auto const own = read_autonomy_study(text, "s.toml");
  ASSERT_TRUE(own) << own.error().what;
  EXPECT_EQ(threshold_pct(*own, own->technologies[0]), 0.01);
  EXPECT_EQ(own->technologies[0].threshold_note, "small");
  EXPECT_EQ(threshold_of(*own, own->technologies[0]), ThresholdOf::income);
  auto of_market = text;
  of_market.insert(name, "threshold_of = \"market\"\n");
  auto const market = read_autonomy_study(of_market, "study.toml");
  ASSERT_TRUE(market) << market.error().what;
  EXPECT_EQ(threshold_of(*market, market->technologies[0]), ThresholdOf::market);
  of_market = "threshold_of = \"sales\"\n" + text;
  EXPECT_FALSE(read_autonomy_study(of_market, "study.toml"));
  of_market = "threshold_of = \"market\"\n" + text;
  auto const all = read_autonomy_study(of_market, "study.toml");
  ASSERT_TRUE(all) << all.error().what;
  EXPECT_EQ(threshold_of(*all, all->technologies[0]), ThresholdOf::market);
  text.insert(name, "threshold_pct = 101\n");
  EXPECT_FALSE(read_autonomy_study(text, "s.toml"));
}

TEST(AutonomyStudy, SaysEverythingThatIsWrong) {
  auto text = with_numbers(
      "wrong_key = 1\nyears = 0\n[[policy]]\nkind = \"magic\"\namount = "
      "1\n[[policy]]\nkind = \"mandate\"\namount = 3\ntechnology = \"robots\"\n");
  text += "[[technology]]\nname = \"ai-chips\"\n";
  auto const study = read_autonomy_study(text, "s.toml");
  ASSERT_FALSE(study);
  std::string all = study.error().what;
  for (auto const& each : study.error().further) all += '\n' + each.what;
  for (char const* part : {"wrong_key", "years", "magic", "mandate", "robots", "twice"}) {
    EXPECT_NE(all.find(part), std::string::npos) << part << " in " << all;
  }
}

/// One mistake, one finding: nothing is said of what cannot be known for it.
TEST(AutonomyStudy, AMistakeIsSaidOnce) {
  auto text = with_numbers("[[policy]]\nkind = \"purchase-subsidi\"\namount = 3\n");
  auto const at = text.find("home_share = {value = ");
  text.replace(at, text.find(',', at) - at, "home_share = {value = 1.2, low = 0.1, high = 0.9");
  auto const study = read_autonomy_study(text, "s.toml");
  ASSERT_FALSE(study);
  EXPECT_EQ(study.error().further.size(), 1U);
  std::string all = study.error().what;
  for (auto const& each : study.error().further) all += '\n' + each.what;
  EXPECT_NE(all.find("purchase-subsidi"), std::string::npos) << all;
  EXPECT_NE(all.find("1.2"), std::string::npos) << all;
  EXPECT_EQ(all.find("not between 0.9"), std::string::npos) << all;
}

/// All that is wrong with an instrument is said.
TEST(AutonomyStudy, AnInstrumentSaysAllItsMistakes) {
  auto const study = read_autonomy_study(
      with_numbers("[[policy]]\nkind = \"production-subsidy\"\namount = 1\nfrom = 2030\nto = "
                   "2029\n"),
      "s.toml");
  ASSERT_FALSE(study);
  std::string all = study.error().what + study.error().hint;
  for (auto const& each : study.error().further) all += '\n' + each.what + each.hint;
  EXPECT_NE(all.find("use 0 to 0.95"), std::string::npos) << all;
  EXPECT_NE(all.find("ends before it begins"), std::string::npos) << all;
}

TEST(AutonomyStudy, AsksForAReasonOfEveryNumber) {
  auto text = with_numbers("");
  auto const at = text.find(", note = \"x\"");
  text.erase(at, 12);
  auto const study = read_autonomy_study(text, "s.toml");
  ASSERT_FALSE(study);
  EXPECT_NE(study.error().what.find("note"), std::string::npos);
}

std::string with_diffusion(std::string_view lines) {
  return with_numbers("") + "[technology.diffusion]\n" + std::string{lines};
}

TEST(AutonomyStudy, ReadsDiffusion) {
  std::string lines = "exposed = [\"SERV\"]\n";
  for (auto const& kind : diffusion_number_kinds) {
    auto const value = (kind.lowest + std::min(kind.highest, kind.lowest + 1)) / 2;
    lines += fmt::format("{} = {{value = {}, note = \"x\"}}\n", kind.name, value);
  }
  auto const study = read_autonomy_study(with_diffusion(lines), "s.toml");
  ASSERT_TRUE(study) << study.error().what;
  auto const& diffusion = study->technologies[0].diffusion;
  ASSERT_TRUE(diffusion);
  EXPECT_EQ(diffusion->exposed.at(0).value, "SERV");
  EXPECT_DOUBLE_EQ(diffusion->numbers[0].value, 0.5);
  EXPECT_DOUBLE_EQ(diffusion->numbers[3].value, 1.5);
}

TEST(AutonomyStudy, SaysWhatDiffusionLacks) {
  auto const wrong = read_autonomy_study(with_diffusion("lag = {value = -1, note = \"x\"}\n"), "s");
  ASSERT_FALSE(wrong);
  EXPECT_GE(wrong.error().further.size(), diffusion_number_kinds.size() - 1);
}

}  // namespace
}  // namespace linchpin::study
