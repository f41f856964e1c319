// SPDX-License-Identifier: Apache-2.0
#include "linchpin/parameters/technology.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fmt/format.h>

#include <fstream>
#include <iterator>
#include <string>
#include <vector>

namespace linchpin::parameters {
namespace {

using ::testing::Contains;
using ::testing::HasSubstr;

std::string const outline = R"(name = "lamps"
title = "Lamps"
sector = "C27"
product = "lamp"
[stages]
lamp = "Lamps"
glass = "Glass"
[uses]
home = "Homes"
[presets.sceptic]
learning_rate = "low"
"learning_rate.glass" = 0.12
[presets.central]
[presets.optimist]
learning_rate = "high"
)";

std::string const rows = R"(key,value,low,high,unit,source,licence,date,status,note
own_cost.lamp,2,1,3,USD,me,CC0,2026-01-01,assumption,x
quality.lamp,1
quality_growth.lamp,0.02
learning_rate.lamp,0.15,0.1,0.2
lead_time.lamp,1
capital_cost.lamp,4
own_cost.glass,1
quality.glass,1
quality_growth.glass,0
learning_rate.glass,0.15,0.1,0.2
lead_time.glass,2
capital_cost.glass,3
supplier.lamp.CHN,0.6
supplier.lamp.DEU,0.2
supplier.glass.JPN,1
input.lamp>glass,3
use_share.home,1
minimum_quality.home,0.4
)";

std::vector<std::string> texts(Error const& error) {
  std::vector<std::string> result{error.what};
  for (auto const& each : error.further) result.push_back(each.what);
  return result;
}

std::vector<std::string> problems(std::string const& toml, std::string const& csv) {
  auto const technology = read_technology(toml, "lamps.toml", csv, "lamps.csv");
  return technology ? std::vector<std::string>{} : texts(technology.error());
}

std::string replaced(std::string text, std::string const& from, std::string const& to) {
  text.replace(text.find(from), from.size(), to);
  return text;
}

TEST(Technology, IsReadFromItsTwoFiles) {
  auto const read = read_technology(outline, "lamps.toml", rows, "lamps.csv");
  ASSERT_TRUE(read) << read.error().what;
  auto const values = read->values();
  EXPECT_EQ(read->sector, "C27");
  EXPECT_EQ(read->stages[read->product].name, "lamp");
  auto const& lamp = read->stages[0];
  EXPECT_DOUBLE_EQ(values[lamp.own_cost], 2);
  EXPECT_DOUBLE_EQ(values[lamp.inputs.at(0).amount], 3);
  EXPECT_EQ(lamp.inputs.at(0).stage, *read->stage("glass"));
  EXPECT_EQ(lamp.suppliers.at(1).region, "DEU");
  EXPECT_DOUBLE_EQ(values[read->uses.at(0).minimum_quality], 0.4);
  auto const& cost = read->numbers[lamp.own_cost];
  EXPECT_EQ(cost.status, Status::assumption);
  EXPECT_EQ(cost.where, "lamps.csv:2");
  EXPECT_DOUBLE_EQ(cost.low, 1);
  EXPECT_NEAR(assumption_share(read->numbers), 1.0 / 18, 1e-15);
}

TEST(Technology, PresetsChangeNumbersAndKeysBeatParameters) {
  auto const read = read_technology(outline, "lamps.toml", rows, "lamps.csv");
  ASSERT_TRUE(read);
  auto const lamp = read->stages[0].learning_rate;
  auto const glass = read->stages[1].learning_rate;
  EXPECT_EQ(*read->preset("central"), read->values());
  EXPECT_DOUBLE_EQ((*read->preset("sceptic"))[lamp], 0.1);
  EXPECT_DOUBLE_EQ((*read->preset("sceptic"))[glass], 0.12);
  EXPECT_DOUBLE_EQ((*read->preset("optimist"))[glass], 0.2);
  auto const wrong = read->preset("optimistic");
  ASSERT_FALSE(wrong);
  EXPECT_THAT(wrong.error().hint, HasSubstr("optimist"));
}

/// All at once: a loop with its stages, shares over one, a negative lead time, no sector, no
/// preset.
TEST(Technology, BadFilesAreReportedInOnePass) {
  auto toml = replaced(outline, "sector = \"C27\"\n", "");
  toml = replaced(toml, "[presets.optimist]\nlearning_rate = \"high\"\n", "");
  auto csv = replaced(rows, "lead_time.lamp,1", "lead_time.lamp,-1");
  csv = replaced(csv, "supplier.lamp.DEU,0.2", "supplier.lamp.DEU,0.5");
  csv += "input.glass>lamp,1\n";
  auto const found = problems(toml, csv);
  EXPECT_THAT(found, Contains("inputs run in a circle: lamp > glass > lamp"));
  EXPECT_THAT(found, Contains("shares of suppliers of lamp add up to 1.1"));
  EXPECT_THAT(found, Contains("lead_time.lamp is -1"));
  EXPECT_THAT(found, Contains("there is no 'sector'"));
  EXPECT_THAT(found, Contains("there is no preset 'optimist'"));
  EXPECT_EQ(found.size(), 5U);
}

TEST(Technology, NamesMustBeKnown) {
  auto csv = replaced(rows, "own_cost.glass", "own_cost.glas");
  csv = replaced(csv, "quality.lamp", "qualty.lamp");
  csv = replaced(csv, "input.lamp>glass", "input.lamp>gas");
  csv = replaced(csv, "supplier.glass.JPN", "supplier.glass");
  csv = replaced(csv, "use_share.home", "use_share.hom");
  auto const found = problems(outline, csv);
  for (auto const* each : {"'glas' is no stage of this technology", "unknown parameter 'qualty'",
                           "'gas' is no stage of this technology", "'supplier.glass' is no key",
                           "'hom' is no use of this technology", "own_cost.glass is missing",
                           "quality.lamp is missing", "nobody supplies glass"}) {
    EXPECT_THAT(found, Contains(each));
  }
}

std::string const ladder_outline = outline + R"([tools]
scanner = "Scanners"
oven = "Ovens"
[steps]
rough = "Rough"
fine = "Fine"
[step_tools]
fine = ["scanner", "oven"]
)";

std::string const ladder_rows = rows + R"(step_level.rough,0.5,0.4,0.6
step_level.fine,1
gate_access,0.5
gate_readiness,7
tool_access.scanner,1
tool_access.scanner.CHN,0.1,0,0.2
tool_readiness.scanner,3
readiness_rate.scanner,0.3
tool_access.oven.CHN,0.9
tool_readiness.oven,8
readiness_rate.oven,0
)";

TEST(Technology, ALadderHasStepsThatNeedTools) {
  auto const read = read_technology(ladder_outline, "lamps.toml", ladder_rows, "lamps.csv");
  ASSERT_TRUE(read) << read.error().what;
  auto const values = read->values();
  ASSERT_EQ(read->steps.size(), 2U);
  EXPECT_EQ(read->steps[0].name, "rough") << "in the order of the file, not of the alphabet";
  EXPECT_TRUE(read->steps[0].tools.empty());
  EXPECT_EQ(read->steps[1].tools, (std::vector<std::size_t>{0, 1}));
  EXPECT_DOUBLE_EQ(values[read->steps[0].level], 0.5);
  auto const& scanner = read->tools[0];
  EXPECT_DOUBLE_EQ(values[*TechnologyTool::of(scanner.access, "CHN")], 0.1);
  EXPECT_DOUBLE_EQ(values[*TechnologyTool::of(scanner.access, "USA")], 1);
  EXPECT_EQ(TechnologyTool::of(read->tools[1].access, "USA"), std::nullopt);
  EXPECT_DOUBLE_EQ(values[*read->gate_readiness], 7);
}

/// Unknown names, missing numbers, levels that do not rise in all of their ranges: all at once.
TEST(Technology, LaddersAreChecked) {
  auto toml = replaced(ladder_outline, "fine = [\"scanner\", \"oven\"]",
                       "fine = [\"scaner\"]\nfinest = [\"oven\"]");
  auto csv = replaced(ladder_rows, "step_level.rough,0.5,0.4,0.6", "step_level.rough,0.5,0.4,1");
  csv = replaced(csv, "gate_access,0.5\n", "");
  csv = replaced(csv, "readiness_rate.oven,0\n", "");
  csv = replaced(csv, "tool_readiness.oven,8", "tool_readiness.oven,10");
  csv = replaced(csv, "tool_access.oven.CHN", "tool_access.owen.CHN");
  auto const found = problems(toml, csv);
  for (auto const* each :
       {"'scaner' is no tool of this technology", "'finest' is no step of this technology",
        "'owen' is no tool of this technology",
        "step_level.fine is not above step_level.rough "
        "everywhere in its range",
        "gate_access is missing", "readiness_rate.oven is missing", "tool_readiness.oven is 10",
        "tool_access.oven is missing"}) {
    EXPECT_THAT(found, Contains(each));
  }
  EXPECT_EQ(found.size(), 8U);
  EXPECT_THAT(problems(replaced(ladder_outline, "fine = [", "fine = 3 #"), ladder_rows),
              Contains("[step_tools] is no table from steps to lists of tools"));
  EXPECT_THAT(problems(outline + "[tools]\nscanner = \"Scanners\"\n", rows),
              Contains("there are tools and no steps that need them"));
}

/// Who sells a tool: the table, else the stage of the same name, else nobody here.
TEST(Technology, ToolsAreSoldByStages) {
  auto const toml = replaced(ladder_outline, "glass = \"Glass\"\n",
                             "glass = \"Glass\"\nscanner = \"Scanners\"\n");
  auto csv = ladder_rows + "supplier.scanner.NLD,1\ninput.lamp>scanner,1\n";
  for (auto const* each :
       {"own_cost", "quality", "quality_growth", "learning_rate", "lead_time", "capital_cost"}) {
    csv += fmt::format("{}.scanner,0.5\n", each);
  }
  auto const alike = read_technology(toml, "lamps.toml", csv, "lamps.csv");
  ASSERT_TRUE(alike) << alike.error().what;
  EXPECT_EQ(alike->tools[0].stage, alike->stage("scanner"));
  EXPECT_EQ(alike->tools[1].stage, std::nullopt);
  auto const told = read_technology(toml + "[tool_stages]\nscanner = \"glass\"\noven = \"lamp\"\n",
                                    "lamps.toml", csv, "lamps.csv");
  ASSERT_TRUE(told) << told.error().what;
  EXPECT_EQ(told->tools[0].stage, told->stage("glass"));
  EXPECT_EQ(told->tools[1].stage, told->stage("lamp"));
  auto const found = problems(toml + "[tool_stages]\nscaner = \"glas\"\noven = 3\n", csv);
  for (auto const* each :
       {"'scaner' is no tool of this technology", "'glas' is no stage of this technology",
        "[tool_stages] is no table from tools to stages"}) {
    EXPECT_THAT(found, Contains(each));
  }
}

TEST(Technology, OutlinesAreChecked) {
  EXPECT_THAT(problems(replaced(outline, "C27", "Z99"), rows),
              Contains("'Z99' is no sector of ISIC Rev. 4"));
  EXPECT_THAT(problems(replaced(outline, "0.12", "0.5"), rows),
              Contains("preset sceptic sets learning_rate.glass to 0.5"));
  EXPECT_THAT(problems(replaced(outline, "learning_rate = \"low\"", "lerning = \"low\""), rows),
              Contains("preset sceptic changes 'lerning', which is no number"));
  EXPECT_THAT(problems(replaced(outline, "\"low\"", "\"lowest\""), rows),
              Contains("'learning_rate' is set to nothing a preset knows"));
  EXPECT_THAT(problems(replaced(outline, "product = \"lamp\"", "product = \"bulb\""), rows),
              Contains("'bulb' is no stage of this technology"));
  EXPECT_THAT(problems(outline + "[stags]\n", rows), Contains("there is no key 'stags'"));
  EXPECT_THAT(problems("name = ", rows), testing::SizeIs(1));
  auto many = outline;
  for (int k = 0; k < 1'000; ++k) many += fmt::format("preset-{0} = \"x\"\n", k);
  EXPECT_THAT(problems(many, rows), Contains(HasSubstr("set to nothing a preset knows")));
  std::string stages;
  for (int k = 0; k < 1'000; ++k) stages += fmt::format("s{} = \"x\"\n", k);
  EXPECT_THAT(problems(replaced(outline, "[uses]", stages + "[uses]"), rows),
              Contains("[stages] has 1002 entries"));
  EXPECT_THAT(problems(outline, "key,valu\n"), testing::SizeIs(2));
}

TEST(SourcedNumbers, AreChecked) {
  auto const read = read_sourced_numbers(
      "key,value,low,high,status\na,1,2,3,read\na,1,,,\nb,x\n,5\nc,1,,,guess\n", "n.csv");
  ASSERT_FALSE(read);
  EXPECT_THAT(texts(read.error()),
              testing::ElementsAre("a = 1 lies outside low and high", "'a' is there twice",
                                   HasSubstr("'x'"), "a line without a key or a value",
                                   "'guess' is no status"));
  EXPECT_EQ(read.error().where, "n.csv:2");
  auto const good = read_sourced_numbers("key,value\na,1\n", "n.csv");
  ASSERT_TRUE(good);
  EXPECT_EQ(find_number(*good, "a")->high, 1);
  EXPECT_EQ(find_number(*good, "b"), nullptr);
}

std::string shipped_text(std::string const& name) {
  std::ifstream stream(fmt::format("{}/data/parameters/{}", LINCHPIN_SOURCE_DIR, name));
  return {std::istreambuf_iterator<char>(stream), {}};
}

void expect_sourced(std::vector<SourcedNumber> const& numbers) {
  for (auto const& each : numbers) {
    EXPECT_NE(each.status, Status::user) << each.where;
    EXPECT_FALSE(each.source.empty() || each.licence.empty() || each.date.empty()) << each.where;
    EXPECT_FALSE(each.note.empty() || each.unit.empty()) << each.where;
    EXPECT_FALSE(each.status == Status::assumption && each.low == each.high && each.note.empty());
  }
}

TEST(ShippedTechnologies, AreValidAndSourced) {
  for (auto const* name : {"ai-chips", "industrial-robots", "electric-vehicles"}) {
    auto const folder = fmt::format("technologies/{}/", name);
    auto const read = read_technology(shipped_text(folder + "technology.toml"), "technology.toml",
                                      shipped_text(folder + "numbers.csv"), "numbers.csv");
    ASSERT_TRUE(read) << name << ": " << testing::PrintToString(texts(read.error()));
    EXPECT_EQ(read->name, name);
    EXPECT_GE(read->uses.size(), 3U);
    expect_sourced(read->numbers);
    EXPECT_EQ(*read->preset("central"), read->values());
    EXPECT_NE(*read->preset("sceptic"), *read->preset("optimist"));
    double served = 0;
    for (auto const& use : read->uses) served += read->values()[use.share];
    EXPECT_NEAR(served, 1, 1e-12);
  }
}

TEST(ShippedNumbers, OfComputeAndBacktestsAreSourced) {
  for (auto const* name : {"compute.csv", "backtests/korea-2019.csv"}) {
    auto const read = read_sourced_numbers(shipped_text(name), name);
    ASSERT_TRUE(read) << testing::PrintToString(texts(read.error()));
    expect_sourced(*read);
  }
}

}  // namespace
}  // namespace linchpin::parameters
