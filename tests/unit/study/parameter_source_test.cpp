// SPDX-License-Identifier: Apache-2.0
#include "linchpin/study/parameter_source.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <stdexcept>

#include "linchpin/study/scenario_file.h"
#include "linchpin/study/study_file.h"
#include "study_fixtures.h"

namespace linchpin::study {
namespace {

using ::testing::Contains;
using ::testing::HasSubstr;

class Parameters : public ::testing::Test {
 protected:
  ParameterSource source(std::vector<std::string> asked = {}) {
    return {[this](std::string const& name) -> Result<std::string> {
              auto const file = files.find(name);
              if (file != files.end()) return file->second;
              return fail(ErrorCode::file_not_found, "no such file", name, "check the name");
            },
            std::move(asked)};
  }
  ResolvedScenario good(std::string const& text, std::vector<std::string> asked = {}) {
    auto scenario = read_scenario(text, "s.toml", economy.space(), source(std::move(asked)));
    if (!scenario) throw std::runtime_error(test::all_of(scenario.error()));
    return *scenario;
  }
  std::string bad(std::string const& text) {
    auto const scenario = read_scenario(text, "s.toml", economy.space(), source());
    return scenario ? "accepted" : test::all_of(scenario.error());
  }

  Economy economy = test::small_economy();
  std::map<std::string, std::string> files{
      {"a.csv", "key,value\ninventory_days.s0,20\nresourcing_elasticity.s1,0.5\n"},
      {"b.csv", "key,value\ninventory_days.s0,30\noverproduction.s2,1.5\n"},
      {"r.csv", ",s0,s1\ns0,1,0.5\ns1,NA,0\n"},
      {"sets.csv", "k,sector,X,Y\n1,C26,1,2\n2,C27,3,2\n"},
      {"default:criticality.csv", "key,value,status\ncriticality.*>*,0.5,assumption\n"},
      {"default:inventory_days.csv", "key,value,status\ninventory_days.*,11,assumption\n"},
      {"default:elasticities.csv", "key,value,status\nresourcing_elasticity.*,2,assumption\n"}};
};

TEST_F(Parameters, LaterFilesWinAndTheModelWinsOverFiles) {
  auto const files_only = good("parameters = [\"a.csv\", \"b.csv\"]\n").options;
  EXPECT_EQ(files_only.inventory_days[0], 30);
  EXPECT_TRUE(good("parameters = [\"a.csv\"]\n").stocks_from_files);
  EXPECT_FALSE(good("[model]\ncriticality = \"r.csv\"\n").stocks_from_files);
  EXPECT_EQ(files_only.inventory_days[1], 90) << "no row: the value of the model";
  EXPECT_EQ(files_only.resourcing_elasticity, (DenseVector{1, 0.5, 1, 1, 1, 1}));
  EXPECT_EQ(files_only.overproduction_by_product[2], 1.5);
  EXPECT_EQ(files_only.overproduction_by_product[0], 1.25);
  EXPECT_EQ(good("parameters = [\"b.csv\"]\n", {"a.csv"}).options.inventory_days[0], 20)
      << "the command line";
  EXPECT_EQ(good("[model]\nparameters = \"a.csv\"\ninventory_days = {s0 = 7}\n")
                .options.inventory_days[0],
            7);
}

TEST_F(Parameters, DefaultIsAllShippedFiles) {
  auto const read = good("parameters = [\"default\"]\n");
  EXPECT_EQ(read.options.inventory_days, DenseVector(6, 11.0));
  EXPECT_EQ(read.options.resourcing_elasticity, DenseVector(6, 2.0));
  EXPECT_EQ(read.options.criticality(3, 4), 0.5);
  EXPECT_THAT(read.warnings,
              Contains("48 of 48 parameters taken from files are assumptions."));
}

TEST_F(Parameters, PlainRunsHaveNone) {
  auto const read = good("[model]\npsi = 0.8\n");
  EXPECT_EQ(read.options.inventory_days, disrupt::default_inventory_days(economy.space()));
  EXPECT_TRUE(read.options.criticality.empty());
  EXPECT_TRUE(read.warnings.empty());
}

TEST_F(Parameters, CriticalProductionNeedsRatings) {
  auto const shipped = good("[model]\nproduction = \"half_critical\"\n");
  EXPECT_EQ(shipped.options.criticality(0, 0), 0.5);
  EXPECT_EQ(shipped.options.inventory_days[0], 90) << "only the ratings";
  EXPECT_THAT(shipped.warnings, Contains(HasSubstr("36 of 36 parameters")));
  auto const own = good("[model]\nproduction = \"half_critical\"\ncriticality = \"r.csv\"\n");
  EXPECT_EQ(own.options.criticality(0, 0), 1);
  EXPECT_EQ(own.options.criticality(0, 1), 0.5);
  EXPECT_THAT(own.warnings, Contains(HasSubstr("1 of 4 ratings are missing")));
  EXPECT_THAT(own.warnings, Contains(HasSubstr("33 of 36 pairs")));
  auto const alone = read_scenario("[model]\nproduction = \"half_critical\"\n", "s.toml",
                                   economy.space());
  ASSERT_FALSE(alone) << "without a way to read files there are no ratings";
  EXPECT_THAT(test::all_of(alone.error()), HasSubstr("s.toml:2"));
}

TEST_F(Parameters, ASetIsNamedBehindTheFile) {
  auto const economy_of = good("parameters = [\"sets.csv#X\"]\n");
  EXPECT_THAT(economy_of.warnings, Contains(HasSubstr("6 of 6 sectors find no row")))
      << "s0 ... s5 are no codes of divisions";
  EXPECT_THAT(bad("parameters = [\"sets.csv\"]\n"), HasSubstr("sets.csv#X"));
}

TEST_F(Parameters, ProblemsOfFilesStandBesideThoseOfTheScenario) {
  files["c.csv"] = "key,value\ninventory_days.s0,0\n";
  auto const text = bad("parameters = [\"c.csv\", \"d.csv\"]\n[model]\npsi = 2\n"
                        "criticality = \"a.csv\"\n");
  EXPECT_THAT(text, HasSubstr("bad_value c.csv:2"));
  EXPECT_THAT(text, HasSubstr("file_not_found s.toml:1: d.csv"));
  EXPECT_THAT(text, HasSubstr("'a.csv' has no ratings of criticality"));
  EXPECT_THAT(text, HasSubstr("'model.psi' is 2"));
}

TEST_F(Parameters, OfAStudyAreThoseOfAllItsScenariosAndVariants) {
  auto const study = parse_study(
      "world = \"w\"\nparameters = [\"a.csv\"]\n[[scenario]]\nname = \"one\"\n"
      "[[scenario]]\nname = \"two\"\nparameters = [\"b.csv\"]\n[disrupt]\n"
      "variants = [{production = \"weakly_critical\"}]\n",
      "s.toml");
  ASSERT_TRUE(study);
  auto const resolved = resolve_study(*study, economy.space(), source());
  ASSERT_TRUE(resolved) << test::all_of(resolved.error());
  EXPECT_EQ(resolved->scenarios[0].options.inventory_days[0], 20);
  EXPECT_EQ(resolved->scenarios[1].options.inventory_days[0], 30);
  EXPECT_EQ(resolved->scenarios[0].options.criticality(0, 0), 0.5) << "a variant needs them";
  EXPECT_EQ(resolved->disrupt.variants.at(0).name,
            "inventories as given, production weakly_critical");
}

}  // namespace
}  // namespace linchpin::study
