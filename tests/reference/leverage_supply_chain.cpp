// SPDX-License-Identifier: Apache-2.0
// Supply trees on real shares: makers of the inputs of logic chips by country, CSET's "Advanced
// Semiconductor Supply Chain Dataset" (2022; CC BY-NC 4.0, so for tests only). It has shares and
// the order of steps but no costs: every step counts as one here.
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "linchpin/leverage/supply_tree.h"
#include "linchpin/table/files/csv.h"

namespace linchpin::leverage {
namespace {

using Row = std::map<std::string, std::string>;

std::vector<Row> rows_of(std::filesystem::path const& file) {
  std::vector<Row> rows;
  auto reader = CsvReader::open(file);
  if (!reader) return rows;
  std::vector<std::string> header;
  while (reader->next().value_or(false)) {
    if (!reader->split()) return {};
    std::vector<std::string> fields(reader->fields().begin(), reader->fields().end());
    if (header.empty()) {
      header = fields;
      continue;
    }
    Row row;
    for (std::size_t c = 0; c < std::min(header.size(), fields.size()); ++c) {
      row[header[c]] = fields[c];
    }
    rows.push_back(std::move(row));
  }
  return rows;
}

class ChipSupplyChain : public ::testing::Test {
 protected:
  void SetUp() override {
    std::filesystem::path const folder{LINCHPIN_REFERENCE_DATA "/chip_supply_chain"};
    if (!std::filesystem::exists(folder)) GTEST_SKIP() << "no data at " << folder;
    std::map<std::string, std::string> kinds;
    for (auto const& row : rows_of(folder / "providers.csv")) {
      kinds[row.at("provider_name")] = row.at("provider_type");
    }
    std::set<std::string> named{"CHN"};
    for (auto const& row : rows_of(folder / "provision.csv")) {
      auto const& share = row.at("share_provided");
      auto const& who = row.at("provider_name");
      if (share.empty() || kinds[who] != "country" || who == "Various") continue;
      shares[row.at("provided_name")][who] += std::stod(share) / 100;
      named.insert(who);
    }
    countries.assign(named.begin(), named.end());
    for (auto const& row : rows_of(folder / "sequence.csv")) {
      auto const& next =
          row.at("goes_into_name").empty() ? row.at("is_type_of_name") : row.at("goes_into_name");
      into[next].insert(row.at("input_name"));
    }
  }

  [[nodiscard]] std::size_t country(std::string const& code) const {
    return static_cast<std::size_t>(std::lower_bound(countries.begin(), countries.end(), code) -
                                    countries.begin());
  }

  /// The tree of the finished chip; `gate` is a step of which half must be left.
  [[nodiscard]] SupplyTree tree(std::string const& gate = "") const {
    std::vector<std::string> names{"Finished logic chip"};
    std::vector<TreeStage> stages;
    auto const place = [&](std::string const& name) {
      auto const found = std::find(names.begin(), names.end(), name);
      if (found == names.end()) {
        names.push_back(name);
        return names.size() - 1;
      }
      return static_cast<std::size_t>(found - names.begin());
    };
    for (std::size_t l = 0; l < names.size(); ++l) {
      TreeStage stage;
      stage.name = names[l];
      stage.own_cost = 1;
      stage.theta = 4;
      if (stage.name == gate) stage.needed = 0.5;
      if (auto const inputs = into.find(stage.name); inputs != into.end()) {
        for (auto const& input : inputs->second) stage.inputs.push_back({place(input), 1});
      }
      if (auto const makers = shares.find(stage.name); makers != shares.end()) {
        double sum = 0;
        for (auto const& [who, share] : makers->second) sum += share;
        for (auto const& [who, share] : makers->second) {
          stage.makers.push_back({who, country(who), share / std::max(1.0, sum)});
        }
      }
      stages.push_back(std::move(stage));
    }
    return SupplyTree::make(std::move(stages), 0, countries).value();
  }

  std::map<std::string, std::map<std::string, double>> shares;
  std::map<std::string, std::set<std::string>> into;
  std::vector<std::string> countries;
};

/// The data name Germany for all crystal growing furnaces and the Netherlands for all EUV scanners.
TEST_F(ChipSupplyChain, NamesTheSinglePointsOfFailure) {
  auto const chips = tree();
  EXPECT_GT(chips.stages().size(), 70U);
  auto const cuts = link_cuts(chips, country("CHN"));
  std::set<std::string> alone;
  for (auto const& cut : cuts) {
    if (cut.members.size() == 1) alone.insert(cut.members[0]);
  }
  EXPECT_EQ(alone, (std::set<std::string>{"DEU:Crystal growing furnaces", "NLD:EUV scanners"}));
  std::set<std::string> points;
  for (auto const& actor : tree_actors(chips, country("CHN"))) {
    if (!actor.denial.stopped.empty()) points.insert(actor.name);
  }
  // Counted from the file itself: whoever alone makes all there is of a step.
  std::set<std::string> expected;
  for (auto const& [step, makers] : shares) {
    if (into.count(step) == 0 && makers.size() == 1 && makers.begin()->second >= 0.999) {
      expected.insert(makers.begin()->first);
    }
  }
  EXPECT_EQ(points, expected);
}

/// 96 % of design software is American: where half of it must be left, the USA stops it alone.
TEST_F(ChipSupplyChain, ToolsThatGateAreSinglePointsToo) {
  std::string const software = "Electronic design automation software";
  EXPECT_NEAR(shares.at(software).at("USA"), 0.96, 1e-12);
  // Design is no input of the finished chip in the file: software is asked as its own product.
  std::vector<TreeStage> stages(2);
  stages[0] = {"design", 1, 4, std::nullopt, {{1, 1}}, {}};
  stages[1] = {software, 1, 4, 0.5, {}, {}};
  double sum = 0;
  for (auto const& [who, share] : shares.at(software)) sum += share;
  for (auto const& [who, share] : shares.at(software)) {
    stages[1].makers.push_back({who, country(who), share / std::max(1.0, sum)});
  }
  auto const design = SupplyTree::make(stages, 0, countries).value();
  auto const actors = tree_actors(design, country("CHN"));
  EXPECT_EQ(actors[0].name, "USA");
  EXPECT_FALSE(actors[0].denial.stopped.empty());
  EXPECT_TRUE(actors[1].denial.stopped.empty());
}

/// Over seventy steps and hundreds of links: the worst three that leave it possible are proven.
TEST_F(ChipSupplyChain, ProvesTheWorstLinks) {
  auto const chips = tree();
  auto const screen = tree_screen(chips, country("CHN"), 3);
  EXPECT_GT(screen.links.size(), 100U);
  auto const found =
      find_chokepoints(screen.screen, tree_evaluator(chips, screen), {.k = 3}).value();
  ASSERT_FALSE(found.sets.empty());
  ASSERT_TRUE(found.bound);
  EXPECT_GE(*found.bound, found.sets[0].loss);
  // Exact by another way: within a step the largest makers, all combinations of steps.
  EXPECT_TRUE(found.optimal);
}

}  // namespace
}  // namespace linchpin::leverage
