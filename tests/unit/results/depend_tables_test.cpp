// SPDX-License-Identifier: Apache-2.0
#include "linchpin/results/depend_tables.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "support/fixtures.h"

namespace linchpin {
namespace {

using testing::ElementsAre;

std::vector<std::string> names(ResultTable const& table) {
  std::vector<std::string> result;
  for (auto const& column : table.columns) result.push_back(column.name);
  return result;
}

TextColumn const& texts(ResultTable const& table, std::size_t column) {
  return std::get<TextColumn>(table.columns[column].data);
}
std::vector<double> const& values(ResultTable const& table, std::size_t column) {
  return std::get<NumberColumn>(table.columns[column].data).values;
}

class DependTables : public testing::Test {
 protected:
  static std::vector<ResultTable> tables_of(Table table, std::vector<depend::Buyer> buyers) {
    auto const system =
        depend::LeontiefSystem::make(Economy::make(std::move(table)).value()).value();
    std::vector<depend::BuyerAccount> accounts;
    for (auto const& buyer : buyers) {
      accounts.push_back(depend::buyer_account(system, buyer, {.top = 2}).value());
    }
    return depend_tables(system.economy().space(), accounts, depend::position(system));
  }
};

/// The names are a contract with machines and the report.
TEST_F(DependTables, HaveTheContractedNames) {
  auto const tables = tables_of(test::leather(), {{RegionId{0}}});
  ASSERT_EQ(tables.size(), 4U);
  EXPECT_EQ(tables[0].name, "reliance");
  EXPECT_THAT(names(tables[0]), ElementsAre("buyer", "supplier", "face_value", "look_through",
                                            "hidden", "value_added_origin"));
  EXPECT_EQ(tables[1].name, "suppliers");
  EXPECT_THAT(names(tables[1]), ElementsAre("buyer", "rank", "supplier", "face_value",
                                            "look_through", "hidden", "value_added_origin"));
  EXPECT_EQ(tables[2].name, "concentration");
  EXPECT_THAT(names(tables[2]), ElementsAre("buyer", "measure", "hhi", "effective_suppliers",
                                            "hhi_foreign", "effective_suppliers_foreign",
                                            "largest_foreign", "largest_foreign_share"));
  EXPECT_EQ(tables[3].name, "position");
  EXPECT_THAT(names(tables[3]),
              ElementsAre("industry", "output_multiplier", "upstreamness", "downstreamness"));
}

TEST_F(DependTables, HaveOneRowPerBuyerAndSupplier) {
  auto const tables = tables_of(test::leather(), {{RegionId{0}, IndustryId{0}}, {RegionId{2}}});
  EXPECT_THAT(texts(tables[0], 0), ElementsAre("ARG:1", "ARG:1", "ARG:1", "DEU", "DEU", "DEU"));
  EXPECT_THAT(texts(tables[0], 1), ElementsAre("ARG", "TUR", "DEU", "ARG", "TUR", "DEU"));
  EXPECT_NEAR(values(tables[0], 2)[1], 0.018018, 1e-6);  // independent computation
  EXPECT_NEAR(values(tables[0], 3)[1], 0.063007, 1e-6);
  EXPECT_NEAR(values(tables[0], 5)[1], 0.035131, 1e-6);
  EXPECT_THAT(std::get<IntegerColumn>(tables[1].columns[1].data).values, ElementsAre(1, 2, 1, 2));
  EXPECT_THAT(texts(tables[1], 0), ElementsAre("ARG:1", "ARG:1", "DEU", "DEU"));
  EXPECT_THAT(texts(tables[2], 1),
              ElementsAre("face_value", "look_through", "face_value", "look_through"));
  EXPECT_EQ(tables[3].rows(), 9U);
  for (auto const& table : tables) {
    for (auto const& column : table.columns) EXPECT_EQ(column.size(), table.rows());
  }
}

TEST_F(DependTables, MarkWhatIsNotDefined) {
  auto const tables = tables_of(test::miller_blair(), {{RegionId{0}}});
  auto const& concentration = tables[2];
  EXPECT_TRUE(std::get<NumberColumn>(concentration.columns[2].data).missing.empty());
  for (std::size_t const column : {4U, 5U, 7U}) {
    EXPECT_THAT(std::get<NumberColumn>(concentration.columns[column].data).missing,
                ElementsAre(true, true));
    EXPECT_EQ(concentration.columns[column].undefined, "the buyer has no foreign inputs");
  }
  EXPECT_THAT(texts(concentration, 6), ElementsAre("", ""));
}

TEST_F(DependTables, MarkConcentrationOfABuyerWithoutInputs) {
  auto const tables = tables_of(
      test::balanced_table("t", test::full_labels({"A", "B"}, {"1"}),
                           test::matrix({{0, 2}, {0, 1}}), test::matrix({{5, 0}, {0, 5}})),
      {{RegionId{0}}});
  EXPECT_THAT(std::get<NumberColumn>(tables[2].columns[2].data).missing, ElementsAre(true, true));
  EXPECT_EQ(tables[2].columns[2].undefined, "the buyer buys no inputs");
  EXPECT_EQ(tables[1].rows(), 0U);
}

}  // namespace
}  // namespace linchpin
