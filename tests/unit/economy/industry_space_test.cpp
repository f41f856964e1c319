// SPDX-License-Identifier: Apache-2.0
#include "linchpin/economy/industry_space.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "support/fixtures.h"

namespace linchpin {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

/// Regions with different sector lists, as in full Eora: AAA has 1, 2, 3; BBB only 3; CCC 1 and 3.
TableLabels ragged_labels() {
  auto labels = test::full_labels({"AAA", "BBB", "CCC"}, {"food", "steel", "chips"});
  labels.industries = {{RegionId{0}, SectorId{0}}, {RegionId{0}, SectorId{1}},
                       {RegionId{0}, SectorId{2}}, {RegionId{1}, SectorId{2}},
                       {RegionId{2}, SectorId{0}}, {RegionId{2}, SectorId{2}}};
  labels.regions[0].name = "Aland";
  return labels;
}

class RaggedSpace : public testing::Test {
 protected:
  IndustrySpace space_ = IndustrySpace::make(ragged_labels()).value();
};

TEST_F(RaggedSpace, KnowsItsNumbering) {
  EXPECT_EQ(space_.regions(), 3U);
  EXPECT_EQ(space_.sectors(), 3U);
  EXPECT_EQ(space_.size(), 6U);
  EXPECT_EQ(space_.first_of(RegionId{0}), IndustryId{0});
  EXPECT_EQ(space_.last_of(RegionId{0}), IndustryId{3});
  EXPECT_EQ(space_.first_of(RegionId{1}), IndustryId{3});
  EXPECT_EQ(space_.last_of(RegionId{1}), IndustryId{4});
  EXPECT_EQ(space_.last_of(RegionId{2}), IndustryId{6});
  EXPECT_EQ(space_.region_of(IndustryId{3}), RegionId{1});
  EXPECT_EQ(space_.sector_of(IndustryId{3}), SectorId{2});
}

TEST_F(RaggedSpace, FindsThePairsThatExist) {
  EXPECT_EQ(space_.industry(RegionId{0}, SectorId{1}), IndustryId{1});
  EXPECT_EQ(space_.industry(RegionId{1}, SectorId{2}), IndustryId{3});
  EXPECT_EQ(space_.industry(RegionId{2}, SectorId{2}), IndustryId{5});
  EXPECT_FALSE(space_.industry(RegionId{1}, SectorId{0}).has_value());
  EXPECT_FALSE(space_.industry(RegionId{2}, SectorId{1}).has_value());
  EXPECT_THAT(space_.industries_of(SectorId{2}),
              ElementsAre(IndustryId{2}, IndustryId{3}, IndustryId{5}));
  EXPECT_THAT(space_.industries_of(SectorId{1}), ElementsAre(IndustryId{1}));
}

TEST_F(RaggedSpace, GivesLabelsAndNames) {
  EXPECT_EQ(space_.label(RegionId{2}), "CCC");
  EXPECT_EQ(space_.name(RegionId{0}), "Aland");
  EXPECT_EQ(space_.label(SectorId{1}), "steel");
  EXPECT_EQ(space_.label(IndustryId{5}), "CCC:chips");
  EXPECT_THAT(space_.region_labels(), ElementsAre("AAA", "BBB", "CCC"));
  EXPECT_THAT(space_.sector_labels(), ElementsAre("food", "steel", "chips"));
}

TEST_F(RaggedSpace, LooksUpLabels) {
  EXPECT_EQ(space_.find_region("BBB", "--buyer"), RegionId{1});
  EXPECT_EQ(space_.find_sector("chips", "--buyer"), SectorId{2});
  EXPECT_EQ(space_.find_industry("CCC:food", "--buyer"), IndustryId{4});
}

TEST_F(RaggedSpace, SuggestsTheNearestLabel) {
  auto const region = space_.find_region("BBX", "--buyer");
  ASSERT_FALSE(region.has_value());
  EXPECT_EQ(region.error().code, ErrorCode::unknown_label);
  EXPECT_EQ(region.error().what, "unknown region 'BBX'");
  EXPECT_EQ(region.error().where, "--buyer");
  EXPECT_EQ(region.error().hint, "did you mean 'BBB'?");
  auto const sector = space_.find_industry("AAA:chip", "scenario.toml:12");
  ASSERT_FALSE(sector.has_value());
  EXPECT_EQ(sector.error().what, "unknown sector 'chip'");
  EXPECT_EQ(sector.error().where, "scenario.toml:12");
  EXPECT_EQ(sector.error().hint, "did you mean 'chips'?");
  auto const far = space_.find_sector("telephony", "here");
  ASSERT_FALSE(far.has_value());
  EXPECT_THAT(far.error().hint, HasSubstr("lists the sectors"));
}

TEST_F(RaggedSpace, TellsMissingPairsFromUnknownLabels) {
  auto const missing = space_.find_industry("BBB:steel", "here");
  ASSERT_FALSE(missing.has_value());
  EXPECT_EQ(missing.error().code, ErrorCode::unknown_label);
  EXPECT_EQ(missing.error().what, "the region has no industry 'BBB:steel'");
  auto const bare = space_.find_industry("BBB", "here");
  ASSERT_FALSE(bare.has_value());
  EXPECT_EQ(bare.error().code, ErrorCode::bad_value);
  EXPECT_THAT(bare.error().hint, HasSubstr("REGION:SECTOR"));
}

TEST(IndustrySpace, ReportsAllLabelFaultsAtOnce) {
  auto labels = test::full_labels({"AAA", "AAA", ""}, {"1", "1"});
  labels.industries.push_back(labels.industries.front());  // repeated and out of order
  auto const space = IndustrySpace::make(labels);
  ASSERT_FALSE(space.has_value());
  auto const& error = space.error();
  EXPECT_EQ(error.code, ErrorCode::duplicate_label);
  EXPECT_EQ(error.what, "the region appears twice");
  EXPECT_EQ(error.where, "AAA");
  ASSERT_EQ(error.further.size(), 4U);
  EXPECT_EQ(error.further[0].what, "a region has no label");
  EXPECT_EQ(error.further[1].what, "the sector appears twice");
  EXPECT_EQ(error.further[2].what, "the industry appears twice");
  EXPECT_EQ(error.further[3].what, "industries are not grouped by region");
}

TEST(IndustrySpace, RefusesATableWithoutIndustries) {
  auto const space = IndustrySpace::make(TableLabels{});
  ASSERT_FALSE(space.has_value());
  EXPECT_EQ(space.error().code, ErrorCode::invalid_table);
}

TEST(TableLabels, NumberFinalDemandByRegion) {
  auto labels = test::full_labels({"A", "B"}, {"1"});
  labels.categories = {{"HH", "", false}, {"GOV", "", false}, {"INV", "", true}};
  EXPECT_EQ(labels.final_columns(), 6U);
  EXPECT_EQ(labels.final_column(RegionId{1}, CategoryId{2}), FinalColumnId{5});
  EXPECT_EQ(labels.industry_label(1), "B:1");
}

}  // namespace
}  // namespace linchpin
