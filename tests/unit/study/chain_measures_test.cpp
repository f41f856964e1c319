// SPDX-License-Identifier: Apache-2.0
// What the measures extraction, paths, prices and propagation make of a request.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "linchpin/depend/extraction_all.h"
#include "linchpin/depend/propagation.h"
#include "linchpin/study/measures/list.h"
#include "linchpin/study/measures/selection.h"
#include "support/fixtures.h"
#include "unit/results/table_cells.h"

namespace linchpin::study {
namespace {

using depend::ExtractionKind;
using test::number;
using test::texts;
using testing::Each;
using testing::ElementsAre;
using testing::HasSubstr;

depend::Buyer const argentina{RegionId{0}, {}}, turkey{RegionId{1}, {}}, germany{RegionId{2}, {}};
depend::Buyer const german_one{RegionId{2}, IndustryId{6}};

class ChainMeasures : public testing::Test {
 protected:
  depend::LeontiefSystem system_ =
      depend::LeontiefSystem::make(Economy::make(test::leather()).value()).value();

  Result<std::vector<ResultTable>> ask(Measure const& measure, MeasureRequest const& request) {
    return measure.run({&system_, 1}, request, {});
  }
  Error error_of(Measure const& measure, MeasureRequest const& request) {
    auto const answer = ask(measure, request);
    EXPECT_FALSE(answer.has_value());
    return answer ? Error{} : answer.error();
  }
};

TEST_F(ChainMeasures, AreListed) {
  for (auto const* name : {"extraction", "paths", "prices", "propagation"}) {
    auto const found = find_measure(name);
    ASSERT_TRUE(found.has_value()) << name;
    EXPECT_EQ((*found)->name, name);
    EXPECT_FALSE((*found)->meaning.empty());
    EXPECT_FALSE((*found)->not_for.empty());
  }
}

/// Six decimals of an independent computation, as in tests/unit/depend/extraction_test.cpp.
TEST_F(ChainMeasures, ExtractionOfNamedParties) {
  MeasureRequest request;
  request.suppliers = {germany};
  request.buyers = {turkey};
  auto const tables = ask(extraction_measure, request).value();
  ASSERT_EQ(tables.size(), 3U);
  EXPECT_EQ(tables[0].name, "extraction");
  EXPECT_THAT(texts(tables[0], "supplier"), ElementsAre("DEU"));
  EXPECT_THAT(texts(tables[0], "buyer"), ElementsAre("TUR"));
  EXPECT_NEAR(*number(tables[0], "output_loss_supplier", 0), 46.436826, 1e-6);
  EXPECT_NEAR(*number(tables[0], "value_added_loss_buyer", 0), 3.757720, 1e-6);
  EXPECT_THAT(tables[0].note, HasSubstr(depend::extraction_limits));
  request.share = 0.5;
  request.resourced = true;
  auto const half = ask(extraction_measure, request).value();
  EXPECT_THAT(half[0].note, HasSubstr("50 % of what"));
  EXPECT_EQ(number(half[0], "not_resourced", 0), 0.0);
  EXPECT_NEAR(*number(half[0], "taken_away", 0), 27.6 / 2, 1e-12);
  EXPECT_NEAR(*number(half[0], "value_added_loss_world", 0), 0.0, 1e-12);
}

/// Nobody named as buyer: everyone in other regions, or the kind that was asked for.
TEST_F(ChainMeasures, ExtractionOfASupplier) {
  MeasureRequest request;
  request.suppliers = {germany};
  auto const abroad = ask(extraction_measure, request).value();
  EXPECT_THAT(texts(abroad[0], "buyer"), ElementsAre("everyone abroad"));
  // Germany's rows of Z, columns of Argentina and Turkey.
  double const sold = 1.2 + 4.2 + 0.3 + 1.3 + 1.1 + 0.0 + 2.1 + 1.4 + 3.0 + 27.6;
  EXPECT_NEAR(*number(abroad[0], "taken_away", 0), sold, 1e-12);
  request.kind = ExtractionKind::total;
  auto const total = ask(extraction_measure, request).value();
  EXPECT_FALSE(number(total[0], "output_loss_buyer", 0).has_value());
  EXPECT_NEAR(*number(total[0], "output_loss_supplier", 0), 156.3 + 127.8 + 217.0, 1e-9);
  request.top = 4;
  EXPECT_EQ(ask(extraction_measure, request).value()[2].rows(), 4U);
}

TEST_F(ChainMeasures, ExtractionOfAllPairsIsRanked) {
  MeasureRequest request;
  request.top = 5;
  auto const all = ask(extraction_measure, request).value();
  ASSERT_EQ(all.size(), 1U);
  ASSERT_EQ(all[0].rows(), 5U);
  for (std::size_t row = 1; row < 5; ++row) {
    EXPECT_GE(*number(all[0], "value_added_loss_supplier", row - 1),
              *number(all[0], "value_added_loss_supplier", row));
  }
  double largest = 0;
  auto const pairs = depend::extract_all_pairs(system_, 1, false).value();
  for (auto const& pair : pairs) {
    largest = std::max(largest, pair.value_added.supplier);
  }
  EXPECT_EQ(number(all[0], "value_added_loss_supplier", 0), largest);
  request.detail = true;
  EXPECT_EQ(ask(extraction_measure, request).value()[0].rows(), 18U);
  request.buyers = {turkey};
  auto const to_turkey = ask(extraction_measure, request).value();
  EXPECT_EQ(to_turkey[0].rows(), 6U);
  EXPECT_THAT(texts(to_turkey[0], "buyer"), Each(std::string{"TUR"}));
  request.buyers.clear();
  request.kind = ExtractionKind::backward;
  auto const industries = ask(extraction_measure, request).value();
  EXPECT_EQ(industries[0].rows(), 9U);
  EXPECT_THAT(texts(industries[0], "buyer"), Each(std::string{}));
}

TEST_F(ChainMeasures, ExtractionRefusesWhatDoesNotFit) {
  MeasureRequest request;
  request.kind = ExtractionKind::total;
  request.buyers = {turkey};
  request.resourced = true;
  auto const error = error_of(extraction_measure, request);
  EXPECT_EQ(error.where, "--buyer");
  ASSERT_EQ(error.further.size(), 1U);
  EXPECT_EQ(error.further[0].where, "--resourced");
  MeasureRequest industry;
  industry.buyers = {german_one};
  EXPECT_EQ(error_of(extraction_measure, industry).code, ErrorCode::bad_value);
  MeasureRequest twice;
  twice.suppliers = {germany};
  twice.buyers = {german_one};
  EXPECT_EQ(error_of(extraction_measure, twice).where, "DEU:1");
}

TEST_F(ChainMeasures, PathsEndInFinalUseOfRegions) {
  MeasureRequest request;
  request.suppliers = {german_one};
  request.top = 7;
  auto const world = ask(paths_measure, request).value();
  ASSERT_EQ(world.size(), 2U);
  EXPECT_EQ(world[0].rows(), 7U);
  EXPECT_THAT(texts(world[1], "final_use"), ElementsAre("WORLD"));
  request.buyers = {turkey, argentina, turkey};
  request.detail = true;
  auto const regions = ask(paths_measure, request).value();
  ASSERT_EQ(regions.size(), 3U);
  EXPECT_EQ(regions[0].rows(), 14U);
  EXPECT_THAT(texts(regions[1], "final_use"), ElementsAre("TUR", "ARG"));
  EXPECT_THAT(texts(regions[0], "supplier"), Each(std::string{"DEU:1"}));
  // By hand: direct deliveries to final use, v_c f.
  double const share = 95.3 / 156.3;
  EXPECT_NEAR(*number(regions[2], "value", 0), share * 17.9, 1e-9);

  MeasureRequest bad;
  bad.buyers = {german_one};
  auto const error = error_of(paths_measure, bad);
  EXPECT_EQ(error.where, "--supplier");
  ASSERT_EQ(error.further.size(), 1U);
  EXPECT_EQ(error.further[0].where, "--buyer");
}

TEST_F(ChainMeasures, PricesTakeRegionsAsBuyers) {
  MeasureRequest request;
  request.suppliers = {germany};
  request.rise = 0.2;
  auto const everywhere = ask(prices_measure, request).value();
  ASSERT_EQ(everywhere.size(), 2U);
  EXPECT_EQ(everywhere[0].rows(), 6U);  // those of Germany are given
  request.buyers = {turkey};
  request.detail = true;
  auto const border = ask(prices_measure, request).value();
  ASSERT_EQ(border.size(), 3U);
  EXPECT_EQ(border[0].rows(), 9U);
  // Final use of Turkey: 17.9 + 10.1 + 35.2 of German products, 20 % dearer.
  EXPECT_NEAR(*number(border[1], "direct", 1), 0.2 * 63.2, 1e-12);
  EXPECT_EQ(number(border[1], "direct", 0), 0.0);

  MeasureRequest bad;
  bad.buyers = {german_one};
  EXPECT_EQ(error_of(prices_measure, bad).further.size(), 1U);
}

TEST_F(ChainMeasures, PropagationRanksPairs) {
  MeasureRequest request;
  request.top = 4;
  auto const all = ask(propagation_measure, request).value().front();
  ASSERT_EQ(all.rows(), 4U);
  // Against all pairs, sorted here.
  auto const lengths = depend::propagation(system_);
  std::vector<double> strengths;
  for (std::size_t i = 0; i < 9; ++i) {
    for (std::size_t j = 0; j < 9; ++j) {
      if (i != j) strengths.push_back(lengths.strength(i, j));
    }
  }
  std::sort(strengths.rbegin(), strengths.rend());
  for (std::size_t row = 0; row < 4; ++row) {
    EXPECT_NEAR(*number(all, "strength", row), strengths[row], 1e-14) << row;
  }
  request.buyers = {german_one, {RegionId{0}, IndustryId{1}}};
  auto const named = ask(propagation_measure, request).value().front();
  EXPECT_EQ(named.rows(), 8U);
  EXPECT_THAT(texts(named, "buyer"),
              ElementsAre("ARG:2", "ARG:2", "ARG:2", "ARG:2", "DEU:1", "DEU:1", "DEU:1", "DEU:1"));
  request.suppliers = {turkey};
  request.detail = true;
  auto const from_turkey = ask(propagation_measure, request).value().front();
  EXPECT_EQ(from_turkey.rows(), 6U);
  EXPECT_THAT(texts(from_turkey, "supplier"), Each(testing::StartsWith("TUR:")));
}

TEST(PartiesText, NamesAtMostFour) {
  auto const economy = Economy::make(test::leather()).value();
  EXPECT_EQ(parties_text(economy.space(), {germany, german_one}), "DEU + DEU:1");
  EXPECT_EQ(parties_text(economy.space(), {germany, turkey, argentina, german_one, germany}),
            "DEU + TUR + ARG + DEU:1 + 1 more");
}

}  // namespace
}  // namespace linchpin::study
