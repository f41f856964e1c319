// SPDX-License-Identifier: Apache-2.0
// Inputs of makers: ladders and tools, financing, what is said of the first year.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <iterator>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include "linchpin/study/autonomy_maker.h"
#include "linchpin/study/autonomy_market.h"
#include "linchpin/study/autonomy_study.h"
#include "linchpin/study/autonomy_world.h"

namespace linchpin::study {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

std::string study_with(std::string const& lines) {
  return "title = \"T\"\nworld = \"w\"\nregion = \"CHN\"\n" + lines;
}

AutonomyNumber const& number_of(AutonomyTechnology const& technology, std::string_view name) {
  return technology.numbers[number_place(name)];
}

std::string said(Error const& error) {
  std::string all = error.what;
  for (auto const& each : error.further) all += '\n' + each.what;
  return all;
}

std::string text_of(std::string const& file) {
  std::ifstream stream(std::string{LINCHPIN_SOURCE_DIR} + "/data/parameters/technologies/" + file);
  return {std::istreambuf_iterator<char>(stream), {}};
}

parameters::Technology shipped(std::string const& name) {
  auto read = parameters::read_technology(text_of(name + "/technology.toml"), "technology.toml",
                                          text_of(name + "/numbers.csv"), "numbers.csv");
  if (!read) throw std::runtime_error(said(read.error()));
  return *std::move(read);
}

TEST(Financing, HoldsForAllTechnologiesThatSayNothingElse) {
  auto const study = read_autonomy_study(
      study_with("[financing]\ndiscount_rate = 0.12\nfunds_per_sales = 0.7\nloan_share = {value = "
                 "0.5, low = 0.3, high = "
                 "0.6, note = \"why\"}\n[[technology]]\nname = \"ai-chips\"\n[[technology]]\nname "
                 "= \"lamps\"\n[technology.numbers.discount_rate]\nvalue = 0.05\nnote = \"x\"\n"),
      "s.toml");
  ASSERT_TRUE(study) << said(study.error());
  auto const& chips = study->technologies[0];
  auto const& lamps = study->technologies[1];
  EXPECT_EQ(study->investor_rate, 0.12);
  EXPECT_FALSE(number_of(chips, "discount_rate").given)
      << "what first prices pay is another number";
  EXPECT_EQ(number_of(lamps, "discount_rate").value, 0.05);
  EXPECT_EQ(number_of(chips, "funds_per_sales").high, 0.7);
  EXPECT_EQ(number_of(lamps, "loan_share").low, 0.3);
  EXPECT_FALSE(number_of(lamps, "utilisation").given);
}

TEST(Financing, SaysEverythingThatIsWrong) {
  auto const study = read_autonomy_study(
      study_with("[financing]\ndiscount_rate = 3\nloan_share = \"much\"\nmakers = 3\n"
                 "[[technology]]\nname = \"ai-chips\"\n[technology.tools.euv]\ntool_access = "
                 "{value = 2, note = \"x\"}\ntool_readyness = 3\n"),
      "s.toml");
  ASSERT_FALSE(study);
  auto const all = said(study.error());
  for (char const* part : {"discount_rate", "loan_share", "makers", "tool_readyness"}) {
    EXPECT_THAT(all, HasSubstr(part));
  }
  EXPECT_EQ(study.error().further.size() + 1, 5U) << all;
}

TEST(Financing, EveryShippedTechnologyGivesItsNumbers) {
  for (char const* name : {"ai-chips", "industrial-robots", "electric-vehicles"}) {
    auto const market = text_of(std::string{name} + "/market.csv");
    for (auto const& kind : autonomy_number_kinds) {
      EXPECT_THAT(market, HasSubstr('\n' + std::string{kind.name})) << name;
    }
  }
}

TEST(Tools, AStudyMayReplaceThem) {
  auto const study = read_autonomy_study(
      study_with(
          "[[technology]]\nname = \"ai-chips\"\n[technology.tools.euv-scanners]\ntool_access "
          "= {value = 0.8, low = 0.7, high = 0.9, note = \"what if they were sold\"}\n"),
      "s.toml");
  ASSERT_TRUE(study) << said(study.error());
  auto const& asked = study->technologies[0];
  ASSERT_EQ(asked.tools.size(), 1U);
  auto const file = shipped("ai-chips");
  auto const whole = with_tools(file, asked, "CHN");
  ASSERT_TRUE(whole) << said(whole.error());
  auto const access = [](parameters::Technology const& technology, std::string const& region) {
    for (auto const& tool : technology.tools) {
      if (tool.name != "euv-scanners") continue;
      return technology.values()[*parameters::TechnologyTool::of(tool.access, region)];
    }
    return -1.0;
  };
  EXPECT_EQ(access(file, "CHN"), 0);
  EXPECT_EQ(access(*whole, "CHN"), 0.8);
  EXPECT_EQ(access(*whole, "USA"), access(file, "USA"));
  for (auto const& preset : whole->presets) {
    EXPECT_EQ(preset.values.size(), whole->numbers.size());
  }
}

TEST(Tools, AllThatIsMissingIsSaidAtOnce) {
  auto file = shipped("ai-chips");
  for (auto& tool : file.tools) {
    std::erase_if(tool.readiness, [](auto const& each) { return each.region.empty(); });
  }
  AutonomyTechnology asked;
  asked.name = {"ai-chips", "s.toml:7"};
  asked.tools.push_back({{"euv-scaners", "s.toml:9"}, {}});
  auto const whole = with_tools(file, asked, "USA");
  ASSERT_FALSE(whole);
  EXPECT_EQ(whole.error().further.size(), file.tools.size());
  EXPECT_THAT(said(whole.error()), HasSubstr("nothing says tool_readiness.memory-stacking for "
                                             "makers in USA"));
  EXPECT_THAT(said(whole.error()), HasSubstr("ai-chips has no tool 'euv-scaners'"));
}

/// Central numbers of a technology for China, as a draw.
std::vector<double> central(std::string const& name) {
  auto const market = parameters::read_sourced_numbers(text_of(name + "/market.csv"), "market.csv");
  if (!market) throw std::runtime_error(said(market.error()));
  std::vector<double> values;
  for (auto const& kind : autonomy_number_kinds) {
    auto const name_there = std::string{kind.name};
    auto const* found = parameters::find_number(*market, name_there + ".CHN");
    if (found == nullptr) found = parameters::find_number(*market, name_there);
    if (found == nullptr) throw std::runtime_error(name_there);
    values.push_back(found->value);
  }
  return values;
}

TEST(Makers, HaveTheLadderOfTheFileAndTheMoneyOfTheMarket) {
  for (char const* name : {"ai-chips", "industrial-robots", "electric-vehicles"}) {
    auto const file = shipped(name);
    auto const values = central(name);
    localize::CoupledCase each;
    put_makers(file, "CHN", values, file.values(), {}, each);
    auto const& maker = each.maker;
    ASSERT_EQ(maker.ladder.size(), 3U);
    EXPECT_EQ(maker.ladder.back().level, 1);
    EXPECT_EQ(each.start.tools.size(), file.tools.size());
    EXPECT_TRUE(localize::check(maker.ladder, each.start.tools, maker.gate, name));
    EXPECT_EQ(maker.discount_rate, values[number_place("discount_rate")]);
    EXPECT_EQ(maker.funds_per_sales, values[number_place("funds_per_sales")]);
    EXPECT_EQ(maker.capacity.utilisation, values[number_place("utilisation")]);
    EXPECT_EQ(maker.entry_cost, values[number_place("entry_cost")]);
    EXPECT_EQ(each.abroad.learning_rate, values[number_place("foreign_learning_rate")]);
    // Cost of the first year is that with the tools of the first year.
    localize::Surroundings around;
    auto const terms = localize::terms_of(maker, each.start, around);
    EXPECT_NEAR(terms.home_price, values[number_place("relative_cost")], 1e-12);
    // Plants are worth their money before any markup.
    auto const margin = maker.capital_share * maker.cost.first_cost * maker.yield;
    EXPECT_GT(localize::investment_value(maker.capacity, margin * (1 + 1e-6), maker.discount_rate),
              0);
  }
}

/// At the technology's own rate plants pay; who asks for far more builds none, unless somebody
/// pays a part of them.
TEST(Makers, TheUsersDiscountRateDecidesWhetherPlantsPay) {
  auto const file = shipped("electric-vehicles");
  auto const values = central("electric-vehicles");
  auto const worth = [&](std::optional<double> rate, double subsidy) {
    localize::CoupledCase each;
    put_makers(file, "CHN", values, file.values(), rate, each);
    localize::Surroundings around;
    around.policy.investment_subsidy = subsidy;
    return localize::one_period(each.maker, each.start, around).investment_value;
  };
  EXPECT_GT(worth({}, 0), 0);
  EXPECT_GT(worth(0.05, 0), worth({}, 0));
  EXPECT_LT(worth(0.5, 0), 0);
  EXPECT_GT(worth(0.5, 0.9), 0);
}

TEST(Makers, ChinasGateOfAcceleratorsIsTheScanner) {
  auto const file = shipped("ai-chips");
  localize::CoupledCase each;
  put_makers(file, "CHN", central("ai-chips"), file.values(), {}, each);
  auto const reach = localize::reach(each.maker.ladder, each.start.tools, each.maker.gate);
  EXPECT_EQ(reach.steps, 2U);
  EXPECT_THAT(reach.missing, ElementsAre("EUV scanners", "Stacked memory and its tools"));
}

TEST(FirstYear, SaysWhereMoreIsLostThanIsBought) {
  AutonomyTechnology asked;
  asked.numbers[number_place("home_share")].low = 0.5;
  AutonomyGround ground;
  ground.asked = &asked;
  ground.technology.title = "lamps";
  ground.first_year = {{0.2, 0.4, 0.8, 1}, {0.2, 0.012, 0.003, 0}, {0.013, 0.01, 0.003, 0}};
  auto remarks = first_year_remarks(ground);
  ASSERT_EQ(remarks.size(), 1U) << "nobody stands at a fifth";
  EXPECT_THAT(remarks[0], HasSubstr("40 % of lamps"));
  ground.first_year.loss[1] = 0.0104;
  EXPECT_TRUE(first_year_remarks(ground).empty());
  ground.first_year.loss[1] = 0.5;
  asked.capital_good = asked.final_good = false;
  EXPECT_TRUE(first_year_remarks(ground).empty()) << "inputs may stop more than they cost";
}

}  // namespace
}  // namespace linchpin::study
