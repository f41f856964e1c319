// SPDX-License-Identifier: Apache-2.0
// The published national tables: make, use and import tables of BEA, input-output tables of China
// by its statistical office and by the OECD. Totals were added up from the files by an independent
// program (Python, csv module).
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <string>
#include <vector>

#include "linchpin/table/check.h"
#include "linchpin/table/read.h"
#include "linchpin/table/spectral_bound.h"
#include "linchpin/table/totals.h"
#include "support/table_fixtures.h"

namespace linchpin {
namespace {

std::filesystem::path const reference_data = LINCHPIN_REFERENCE_DATA;

/// What an independent program finds in the files [unit of the table].
struct Published {
  std::string path = {};    // below the reference data
  std::string member = {};  // of a folder
  std::string country = {};
  int year = 0;
  std::size_t industries = 0;  // of the country, sellers of their own included
  std::size_t imports = 0;     // kinds of imports
  double output = 0;           // of the country's industries
  double pass_through = 0;     // output of products that became sellers of their own
  double value_added = 0;      // all rows of the publication
  double imported = 0;
  double exported = 0;    // exports, re-exports and visitors' purchases; not margins on imports
  double row_gap = 0;     // largest |row sum - output| accepted
  double column_gap = 0;  // the same of column sums
  double digits = 0;      // of the totals above
  std::size_t largest_radius_percent = 100;  // upper bound of the spectral radius
};

void PrintTo(Published const& published, std::ostream* stream) {
  *stream << published.path << " " << published.member;
}

class National : public ::testing::TestWithParam<Published> {
 protected:
  void SetUp() override {
    if (!std::filesystem::exists(reference_data)) {
      GTEST_SKIP() << "the reference data are not beside the project: " << reference_data;
    }
  }
  static Result<Table> read() {
    return read_table(reference_data / GetParam().path, {.member = GetParam().member});
  }
};

struct Gaps {
  double row = 0, column = 0;
};

Gaps largest_gaps(Table const& table) {
  Gaps gaps;
  DenseVector columns(table.size(), 0.0);
  for (std::size_t i = 0; i < table.size(); ++i) {
    double sum = 0;
    table.Z.for_each(i, [&](std::size_t j, double flow) {
      sum += flow;
      columns[j] += flow;
    });
    for (double const use : table.Y.row(i)) sum += use;
    gaps.row = std::max(gaps.row, std::abs(sum - table.output[i]));
  }
  for (std::size_t j = 0; j < table.size(); ++j) {
    for (std::size_t k = 0; k < table.value_added.rows(); ++k) {
      columns[j] += table.value_added(k, j);
    }
    gaps.column = std::max(gaps.column, std::abs(columns[j] - table.output[j]));
  }
  return gaps;
}

double sum_of_value_added(Table const& table, std::string const& without) {
  double sum = 0;
  for (std::size_t k = 0; k < table.value_added.rows(); ++k) {
    auto const& name = table.labels.value_added_rows[k];
    if (name.starts_with("imports") || name.starts_with(without)) continue;
    for (double const value : table.value_added.row(k)) sum += value;
  }
  return sum;
}

double bought_abroad(Table const& table) {
  auto const categories = table.labels.categories.size();
  double sum = 0;
  for (std::size_t c = 0; c < categories; ++c) {
    if (table.labels.categories[c].label.starts_with("F05")) continue;
    for (std::size_t i = 0; i < table.size(); ++i) sum += table.Y(i, categories + c);
  }
  return sum;
}

TEST_P(National, ImportsWithItsTotals) {
  auto const& published = GetParam();
  auto const table = read();
  ASSERT_TRUE(table) << test::text_of(table.error());
  auto const& labels = table->labels;
  ASSERT_EQ(labels.regions.size(), 2U);
  EXPECT_EQ(labels.regions[0].label, published.country);
  EXPECT_EQ(labels.regions[1].label, "ROW");
  EXPECT_EQ(table->info.year, published.year);
  EXPECT_EQ(table->size(), published.industries + published.imports);
  auto const totals = totals_of(*table);
  EXPECT_NEAR(totals.regions[0].gross_output, published.output + published.pass_through,
              published.digits);
  EXPECT_NEAR(totals.regions[1].gross_output, published.imported, published.digits);
  EXPECT_NEAR(sum_of_value_added(*table, "negative inputs"), published.value_added,
              published.digits);
  EXPECT_NEAR(bought_abroad(*table), published.exported, published.digits);
  auto const gaps = largest_gaps(*table);
  EXPECT_LE(gaps.row, published.row_gap);
  EXPECT_LE(gaps.column, published.column_gap);
  for (std::size_t i = published.industries; i < table->size(); ++i) {
    for (std::size_t k = 0; k < table->size(); ++k) ASSERT_EQ(table->Z(k, i), 0);
  }
}

TEST_P(National, PassesTheCheck) {
  auto const table = read();
  ASSERT_TRUE(table) << test::text_of(table.error());
  for (auto const& finding : check_table(*table)) {
    EXPECT_NE(finding.severity, Severity::error)
        << finding.rule << " " << finding.where << ": " << finding.what;
  }
  auto const bound = bound_spectral_radius(table->Z, table->output, 2000);
  EXPECT_LT(100 * bound.upper, static_cast<double>(GetParam().largest_radius_percent));
}

/// Summary: 71 industries, and scrap and used goods, and adjustments; 73 products. Commodity
/// balance of the publication within 9. Detail: 402 industries and S00401, S00402, S00900; 402
/// products; commodity balance within 26. Industry-by-industry rows add up gaps of several
/// products.
INSTANTIATE_TEST_SUITE_P(
    Bea, National,
    ::testing::Values(
        Published{"us_bea", "Summary_2022", "USA", 2022, 73, 73, 46'633'464, 18'216, 26'006'893,
                  3'715'902, 2'620'500, 8, 5.01, 0.5, 75},
        Published{"us_bea", "Summary_2023", "USA", 2023, 73, 73, 48'386'809, 20'470, 27'720'704,
                  3'548'700, 2'639'562, 9, 5.01, 0.5, 75},
        Published{"us_bea", "Detail_2017", "USA", 2017, 405, 402, 34'468'115, 14'229, 19'612'089,
                  2'687'962, 2'082'970, 27.1, 14.01, 0.5, 90},
        Published{"us_bea", "Summary_2022_AfterRedef", "USA", 2022, 73, 73, 46'633'464, 18'216,
                  26'006'892, 3'715'902, 2'620'500, 8, 6.01, 0.5, 75},
        Published{"us_bea", "Summary_2023_AfterRedef", "USA", 2023, 73, 73, 48'386'805, 20'470,
                  27'720'703, 3'548'700, 2'639'562, 10, 6.01, 0.5, 75},
        Published{"us_bea", "Detail_2017_AfterRedef", "USA", 2017, 405, 402, 34'468'138, 14'229,
                  19'612'117, 2'687'962, 2'082'970, 27.1, 13.01, 0.5, 90}));

/// Rows and columns close to 1e-9 of output and better; the gaps are in units of 10,000 yuan.
INSTANTIATE_TEST_SUITE_P(
    ChinaNbs, National,
    ::testing::Values(
        Published{"china/china_2017_149.csv.gz", "", "CHN", 2017, 149, 149, 22577335292.359413, 0,
                  8232157064.395996, 1492683828.39249, 1638468236.323231, 2e-5, 2e-5, 1e-3, 89},
        Published{"china/china_2018_42.csv.gz", "", "CHN", 2018, 42, 42, 24954982693.144215, 0,
                  9220571722.084856, 1686342176.457909, 1756939611.77675, 2e-5, 2e-5, 1e-3, 89},
        Published{"china/china_2020_42.csv.gz", "", "CHN", 2020, 42, 42, 26990278045.43228, 0,
                  10164220012.64859, 1626591529.6392932, 1879260657.233137, 2e-5, 2e-5, 1e-3, 89},
        Published{"china/china_2020_153.csv.gz", "", "CHN", 2020, 153, 153, 26990278045.432266, 0,
                  10164220012.648586, 1626591529.6392953, 1879260657.2331362, 2e-5, 2e-5, 1e-3,
                  89}));

/// Value added at basic prices 12,790,122.7 and taxes on intermediate inputs 697,130.1; exports
/// 2,393,109.0 and purchases of non-residents 36,121.3; printed to one decimal.
INSTANTIATE_TEST_SUITE_P(OecdChina, National,
                         ::testing::Values(Published{"china/OECD21ed_CHN_2018.csv.gz", "", "CHN",
                                                     2018, 45, 45, 35015787.5, 0,
                                                     12790122.7 + 697130.1, 2336478.4,
                                                     2393109.0 + 36121.3, 0.71, 0.61, 0.01, 85}));

std::size_t industry(Table const& table, std::string const& label) {
  for (std::size_t i = 0; i < table.size(); ++i) {
    if (table.labels.industry_label(i) == label) return i;
  }
  ADD_FAILURE() << "no industry " << label;
  return 0;
}

class BeaCells : public National {};

/// Cells of D (U - M) by an independent program (Python, double precision).
TEST_P(BeaCells, IndustryByIndustry) {
  auto const table = read();
  ASSERT_TRUE(table) << test::text_of(table.error());
  auto const flow = [&](char const* seller, char const* buyer) {
    return table->Z(industry(*table, seller), industry(*table, buyer));
  };
  EXPECT_NEAR(flow("USA:334", "USA:334"), 21544.525399216192, 1e-7);
  EXPECT_NEAR(flow("USA:332", "USA:3361MV"), 21942.417888742442, 1e-7);
  EXPECT_NEAR(flow("USA:42", "USA:23"), 134066.37971947956, 1e-7);
  EXPECT_NEAR(flow("USA:GSLE", "USA:22"), 11464.157043976726, 1e-7);
  EXPECT_EQ(flow("ROW:Used", "USA:331"), 6864);
  EXPECT_EQ(flow("USA:Used", "USA:331"), 29265 - 6864);
}

INSTANTIATE_TEST_SUITE_P(Summary2022, BeaCells,
                         ::testing::Values(Published{"us_bea", "Summary_2022"}));

class NbsCells : public National {};

/// Two sectors of the publication, printed to 15 digits.
TEST_P(NbsCells, AreThePublishedOnes) {
  auto const table = read();
  ASSERT_TRUE(table) << test::text_of(table.error());
  auto const coal = industry(*table, "CHN:02");
  EXPECT_EQ(table->Z(coal, industry(*table, "CHN:24")), 84805045.4647528);
  EXPECT_EQ(table->output[coal], 235072612.002959);
  EXPECT_TRUE(table->labels.sectors[23].service);
  EXPECT_FALSE(table->labels.sectors[22].service);
}

INSTANTIATE_TEST_SUITE_P(China2020, NbsCells,
                         ::testing::Values(Published{"china/china_2020_42.csv.gz", ""}));

}  // namespace
}  // namespace linchpin
