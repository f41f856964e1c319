// SPDX-License-Identifier: Apache-2.0
#include "linchpin/table/trade/product_trade.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "linchpin/table/files/text_sink.h"
#include "support/table_fixtures.h"

namespace linchpin {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::UnorderedElementsAre;

constexpr char const* tidy =
    "year,exporter,importer,product,value\n"
    "2022,CHN,DEU,850440,40\n"
    "2022,CHN,FRA,850440,20\n"
    "2022,DEU,FRA,850440,45\n"
    "2021,DEU,CHN,010121,7\n"
    "2022,DEU,CHN,010121,2.5\n";

class ProductTradeFiles : public ::testing::Test {
 protected:
  std::filesystem::path write(std::string_view text, std::string const& name = "trade.csv") {
    return test::write_file(folder_.file(name), text);
  }
  Result<ProductTrade> read(std::string_view text, ProductTradeOptions const& options = {}) {
    return read_product_trade({write(text)}, options);
  }
  /// All that reading says is wrong with a text.
  std::string faults(std::string_view text, ProductTradeOptions const& options = {}) {
    auto const result = read(text, options);
    return result ? "nothing" : test::text_of(result.error());
  }
  test::TemporaryFolder folder_;
};

std::size_t place(std::vector<std::string> const& labels, std::string const& label) {
  return static_cast<std::size_t>(std::find(labels.begin(), labels.end(), label) - labels.begin());
}

double exports(ProductTrade const& trade, std::size_t year, char const* country,
               char const* product) {
  return trade.years[year].exports.at(place(trade.countries, country),
                                      place(trade.products, product));
}

TEST_F(ProductTradeFiles, AddsUpWhatTheIndicatorsNeed) {
  auto const trade = read(tidy, {.buyers = {{"EU", {"DEU", "FRA"}}, {"CHN", {"CHN"}}}});
  ASSERT_TRUE(trade) << test::text_of(trade.error());
  EXPECT_EQ(trade->rows, 5U);
  EXPECT_THAT(trade->countries, UnorderedElementsAre("CHN", "DEU", "FRA"));
  EXPECT_THAT(trade->products, ElementsAre("850440", "010121"));
  ASSERT_EQ(trade->years.size(), 2U);
  EXPECT_EQ(trade->years[0].year, 2021);
  EXPECT_EQ(exports(*trade, 1, "CHN", "850440"), 60);
  EXPECT_EQ(exports(*trade, 1, "DEU", "850440"), 45);
  EXPECT_EQ(exports(*trade, 0, "DEU", "010121"), 7);
  auto const& eu = trade->years[1].buyers[0];
  EXPECT_EQ(eu.imports.at(place(trade->countries, "CHN"), 0), 60);
  EXPECT_EQ(eu.imports.at(place(trade->countries, "DEU"), 0), 0);
  EXPECT_EQ(eu.inside.at(0, 0), 45);
  EXPECT_EQ(eu.exports.at(0, 1), 2.5);
  auto const& china = trade->years[1].buyers[1];
  EXPECT_EQ(china.imports.at(place(trade->countries, "DEU"), 1), 2.5);
  EXPECT_EQ(china.exports.at(0, 0), 60);
  EXPECT_EQ(trade->members_of(0)[place(trade->countries, "FRA")], true);
  EXPECT_EQ(trade->members_of(1)[place(trade->countries, "FRA")], false);
}

/// BACI: t, i, j, k, v, q with padded numbers, "NA" for unknown quantities, country numbers, and
/// the list of countries beside it.
TEST_F(ProductTradeFiles, ReadsABaciFolderWithItsCountryCodes) {
  write(
      "t,i,j,k,v,q\n"
      "2022,4,251,080221,    1.500,   0.300\n"
      "2022,4,251,080221,    1.500,      NA\n"
      "2022,251,4,300490,   20.000,NA\n",
      "BACI_HS17_Y2022.csv");
  write(
      "country_code,country_name,country_iso2,country_iso3\n4,Afghanistan,AF,AFG\n"
      "251,France,FR,FRA\n490,Other Asia,,N/A\n",
      "country_codes_V2024.csv");
  write("a note, not trade\n", "Readme.txt");
  auto const trade = read_product_trade({folder_.path()}, {.buyers = {{"FRA", {"FRA"}}}});
  ASSERT_TRUE(trade) << test::text_of(trade.error());
  EXPECT_THAT(trade->countries, ElementsAre("AFG", "FRA"));
  EXPECT_EQ(trade->rows, 3U);
  EXPECT_EQ(exports(*trade, 0, "AFG", "080221"), 3.0);
  EXPECT_EQ(trade->years[0].buyers[0].exports.at(0, 1), 20.0);
}

TEST_F(ProductTradeFiles, TakesCodesFromAFileByName) {
  auto const codes = write("code,iso3\n004,AFG\n251,FRA\n", "codes.csv");
  auto const trade = read("t,i,j,k,v,q\n2022,4,251,080221,1.5,0\n", {.codes = codes});
  ASSERT_TRUE(trade) << test::text_of(trade.error());
  EXPECT_THAT(trade->countries, ElementsAre("AFG", "FRA"));
  EXPECT_THAT(faults("t,i,j,k,v,q\n2022,4,7,080221,1.5,0\n", {.codes = codes}),
              HasSubstr("unknown_label | the code '7' is not in"));
}

/// Any order of columns and names, semicolons with decimal commas, quotes, byte-order mark, CRLF,
/// columns nobody needs.
TEST_F(ProductTradeFiles, ReadsOtherSpellings) {
  auto const trade = read(
      "\xEF\xBB\xBFNote;Value;HS6;Importer;Exporter;Year\r\n"
      "\"a; b\";1,5;\"010121\";DEU;\"a long country name\";2022\r\n"
      "x;2,5;010121; DEU ;a long country name;2022\r\n");
  ASSERT_TRUE(trade) << test::text_of(trade.error());
  EXPECT_EQ(exports(*trade, 0, "a long country name", "010121"), 4.0);
}

TEST_F(ProductTradeFiles, ReadsCompressedFilesAndSeveralFilesAlike) {
  auto sink = TextSink::create(folder_.file("trade.csv.gz"));
  ASSERT_TRUE(sink && sink->write(tidy) && sink->commit());
  auto const packed = read_product_trade({folder_.file("trade.csv.gz")}, {});
  auto const twice =
      read_product_trade({folder_.file("trade.csv.gz"), write(tidy, "again.csv")}, {});
  ASSERT_TRUE(packed && twice);
  EXPECT_EQ(exports(*packed, 1, "CHN", "850440"), 60);
  EXPECT_EQ(exports(*twice, 1, "CHN", "850440"), 120);
}

TEST_F(ProductTradeFiles, CanKeepOneYear) {
  auto const trade = read(tidy, {.year = 2021});
  ASSERT_TRUE(trade);
  ASSERT_EQ(trade->years.size(), 1U);
  EXPECT_EQ(trade->rows, 1U);
  EXPECT_THAT(faults(tidy, {.year = 1900}), HasSubstr("missing_value | there is no line of trade"));
}

TEST_F(ProductTradeFiles, TradeWithOneselfIsCountedAndLeftOut) {
  auto const trade = read(
      "year,exporter,importer,product,value\n2022,DEU,DEU,1,5\n2022,DEU,FRA,1,2\n2022,DEU,FRA,10,"
      "0\n");
  ASSERT_TRUE(trade);
  EXPECT_EQ(trade->own_rows, 1U);
  EXPECT_EQ(exports(*trade, 0, "DEU", "1"), 2);
  EXPECT_EQ(trade->odd_codes, 1U) << "'1' may have been '01'";
}

TEST_F(ProductTradeFiles, NamesMissingAndDoubleColumns) {
  auto const text = faults("year,exporter,i,product\n2022,DEU,FRA,1\n");
  EXPECT_THAT(text, HasSubstr("the columns 'exporter' and 'i' both are the exporter"));
  EXPECT_THAT(text, HasSubstr("there is no column 'importer'"));
  EXPECT_THAT(text, HasSubstr("there is no column 'value'"));
  EXPECT_THAT(text, HasSubstr("trade.csv:1"));
  EXPECT_THAT(faults(""), HasSubstr("the file is empty"));
  EXPECT_THAT(faults("year,exporter,importer,product,value\n"), HasSubstr("no line of trade"));
}

/// Every kind of bad line with its place; good lines between them do not hide any.
TEST_F(ProductTradeFiles, SaysEverythingThatIsWrongWithItsLine) {
  auto const text = faults(
      "year,exporter,importer,product,value\n"
      "2022,DEU,FRA,850440,-5\n"
      "2022,DEU,FRA,850440,many\n"
      "2022,DEU,FRA,850440,1\n"
      "2022,DEU,FRA,850440,\n"
      "2022,DEU,FRA,850440\n"
      "2022,DEU,FRA,850440,1,2\n"
      "twenty,DEU,FRA,850440,1\n"
      "2022,,FRA,850440,1\n"
      "2022,DEU,FRA,,1\n"
      "2022,DEU,FRA,850440,nan\n"
      "2022,DEU,FRA,850440,1e300\n"
      "2022,DEU,FRA,\"850440,1\n"
      ",DEU,FRA,850440,1\n"
      "2022,D\x01U,FRA,850440,1\n");
  EXPECT_THAT(text, HasSubstr("bad_value | the value -5 is negative | " +
                              folder_.file("trade.csv").string() + ":2, column 5"));
  EXPECT_THAT(text, HasSubstr("'many'"));
  EXPECT_THAT(text, HasSubstr("trade.csv:3, column 5"));
  EXPECT_THAT(text, HasSubstr("trade.csv:5, column 5")) << "an empty value";
  EXPECT_THAT(text, HasSubstr("the line has 4 fields, the header has 5"));
  EXPECT_THAT(text, HasSubstr("the line has 6 fields, the header has 5"));
  EXPECT_THAT(text, HasSubstr("'twenty' is not a year"));
  EXPECT_THAT(text, HasSubstr("trade.csv:9, column 2"));
  EXPECT_THAT(text, HasSubstr("trade.csv:10, column 4"));
  EXPECT_THAT(text, HasSubstr("trade.csv:11, column 5"));
  EXPECT_THAT(text, HasSubstr("the value 1e+300 is larger than any trade"));
  EXPECT_THAT(text, HasSubstr("trade.csv:13"));
  EXPECT_THAT(text, HasSubstr("missing_value | '' is not a year"));
  EXPECT_THAT(text, HasSubstr("trade.csv:15, column 2"));
  EXPECT_THAT(text, ::testing::Not(HasSubstr("trade.csv:4")));
}

TEST_F(ProductTradeFiles, StopsAfterTwentyProblems) {
  std::string text = "year,exporter,importer,product,value\n";
  for (int line = 0; line < 100000; ++line) text += "2022,DEU,FRA,1,x\n";
  auto const result = read(text);
  ASSERT_FALSE(result);
  EXPECT_EQ(result.error().further.size(), 20U);
  EXPECT_THAT(result.error().further.back().what, HasSubstr("stopped after 20 problems"));
}

TEST_F(ProductTradeFiles, NamesUnknownBuyersAndTheNearestCountry) {
  auto const text = faults(tidy, {.buyers = {{"EU", {"DEU", "FRE"}}, {"XXX", {"XXX"}}}});
  EXPECT_THAT(text, HasSubstr("unknown_label | 'FRE' does not trade | buyer EU"));
  EXPECT_THAT(text, HasSubstr("did you mean 'FRA'"));
  EXPECT_THAT(text, HasSubstr("'XXX' does not trade"));
}

TEST_F(ProductTradeFiles, RefusesBuyersThatAreNone) {
  auto const text =
      faults(tidy, {.buyers = {{"EU", {"DEU", "DEU"}}, {"EU", {"FRA"}}, {"none", {}}}});
  EXPECT_THAT(text, HasSubstr("'DEU' is twice a member of 'EU'"));
  EXPECT_THAT(text, HasSubstr("the buyer 'EU' is there twice"));
  EXPECT_THAT(text, HasSubstr("the buyer 'none' has no member"));
  ProductTradeOptions many;
  for (int b = 0; b < 33; ++b) many.buyers.push_back({std::to_string(b), {"DEU"}});
  EXPECT_THAT(faults(tidy, many), HasSubstr("33 buyers are more than 32"));
}

/// A file of ever new products must not fill the memory: the limit holds, and is said once.
TEST_F(ProductTradeFiles, StaysWithinItsMemory) {
  std::string text = "year,exporter,importer,product,value\n";
  for (int line = 0; line < 200000; ++line) {
    text += "2022,A" + std::to_string(line % 50) + ",DEU," + std::to_string(line) + ",1\n";
  }
  auto const path = write(text);
  auto const limited = read_product_trade({path, path}, {.memory_limit = 1U << 20U});
  ASSERT_FALSE(limited);
  EXPECT_EQ(limited.error().code, ErrorCode::too_large);
  EXPECT_TRUE(limited.error().further.empty());
  EXPECT_THAT(limited.error().what, HasSubstr("limit of 1"));
}

TEST_F(ProductTradeFiles, StopsWhenAskedTo) {
  std::string text = "year,exporter,importer,product,value\n";
  for (int line = 0; line < 100000; ++line) text += "2022,DEU,FRA,1,1\n";
  RunControl control;
  control.cancel.cancel();
  auto const result = read_product_trade({write(text)}, {}, control);
  ASSERT_FALSE(result);
  EXPECT_EQ(result.error().code, ErrorCode::cancelled);
}

TEST_F(ProductTradeFiles, MissingFilesAndFoldersWithoutTradeAreSaid) {
  auto const result = read_product_trade({folder_.file("none.csv"), folder_.file("nor.csv")}, {});
  ASSERT_FALSE(result);
  EXPECT_EQ(result.error().code, ErrorCode::file_not_found);
  EXPECT_EQ(result.error().further.size(), 1U);
  write("a,b\n1,2\n", "other.csv");
  auto const folder = read_product_trade({folder_.path()}, {});
  ASSERT_FALSE(folder);
  EXPECT_THAT(folder.error().what, HasSubstr("no file in it has trade by product"));
}

}  // namespace
}  // namespace linchpin
