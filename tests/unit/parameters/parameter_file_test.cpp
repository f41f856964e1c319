// SPDX-License-Identifier: Apache-2.0
#include "linchpin/parameters/parameter_file.h"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <stdexcept>

namespace linchpin::parameters {
namespace {

using ::testing::HasSubstr;

std::string all_of(Error const& error) {
  auto text = fmt::format("{} {}: {} | {}\n", to_string(error.code), error.where, error.what,
                          error.hint);
  for (auto const& each : error.further) text += all_of(each);
  return text;
}

ParameterFile good(std::string const& text, std::string const& choice = {}) {
  auto file = read_parameter_file(text, "p.csv", choice);
  if (!file) throw std::runtime_error(all_of(file.error()));
  return *file;
}

std::string bad(std::string const& text, std::string const& choice = {}) {
  auto const file = read_parameter_file(text, "p.csv", choice);
  return file ? "accepted" : all_of(file.error());
}

TEST(ParameterFile, KeysAndValuesAreEnough) {
  auto const file = good("key,value\ninventory_days.C26,45\ncriticality.c14>c15,0.5\n");
  ASSERT_EQ(file.rows.size(), 2U);
  EXPECT_EQ(file.rows[0].parameter, Parameter::inventory_days);
  EXPECT_EQ(file.rows[0].product, "C26");
  EXPECT_EQ(file.rows[0].value, 45);
  EXPECT_EQ(file.rows[0].status, Status::user);
  EXPECT_EQ(file.rows[1].user, "c15");
  EXPECT_EQ(file.rows[1].where, "p.csv:3");
}

TEST(ParameterFile, SaysWhereItsNumbersAreFrom) {
  auto const row = good("key,value,low,high,unit,source,licence,date,status,note\n"
                        "overproduction.C26,1.2,1,1.5,,A survey,CC0,2020-01-01,read,\"a, b\"\n")
                       .rows.at(0);
  EXPECT_EQ(row.low, 1);
  EXPECT_EQ(row.high, 1.5);
  EXPECT_EQ(row.source, "A survey");
  EXPECT_EQ(row.licence, "CC0");
  EXPECT_EQ(row.status, Status::read);
  EXPECT_EQ(row.note, "a, b");
}

TEST(ParameterFile, ProblemsComeTogether) {
  auto const text = bad("key,value,notes,status\ninventory_day.C26,45\ninventory_days.C26,-3\n"
                        "criticality.C26,1\ncriticality.C26>C29,2\ninventory_days.C10>C11,3\n"
                        "inventory_days.C26,x\ninventory_days.C26,\ninventory_days.C26,5,,guess\n");
  EXPECT_THAT(text, HasSubstr("unknown_key p.csv:1: unknown column 'notes' | did you mean 'note'?"));
  EXPECT_THAT(text, HasSubstr("p.csv:2: unknown parameter 'inventory_day' | did you mean"));
  EXPECT_THAT(text, HasSubstr("p.csv:3: value of inventory_days is -3"));
  EXPECT_THAT(text, HasSubstr("p.csv:4: 'criticality.C26' is no key"));
  EXPECT_THAT(text, HasSubstr("p.csv:5: value of criticality is 2"));
  EXPECT_THAT(text, HasSubstr("p.csv:6: 'inventory_days.C10>C11' is no key"));
  EXPECT_THAT(text, HasSubstr("p.csv:7"));
  EXPECT_THAT(text, HasSubstr("p.csv:8: a line without a value"));
  EXPECT_THAT(text, HasSubstr("p.csv:9: 'guess' is no status"));
  EXPECT_THAT(bad("key,value,low\ninventory_days.C26,5,6\n"), HasSubstr("outside low and high"));
  EXPECT_THAT(bad(""), HasSubstr("the file is empty"));
  EXPECT_THAT(bad("key,value\n"), HasSubstr("the file sets nothing"));
  EXPECT_THAT(bad("a,b\n1,2\n"), HasSubstr("no kind of parameter file has this header"));
}

TEST(ParameterFile, RatingsAreInputsByUsers) {
  auto const file = good(",A01,C26\nD35,1,0.5\nC26,0,NA\n");
  ASSERT_EQ(file.rows.size(), 4U);
  EXPECT_EQ(file.rows[1].product, "D35");
  EXPECT_EQ(file.rows[1].user, "C26");
  EXPECT_EQ(file.rows[1].value, 0.5);
  EXPECT_FALSE(file.rows[3].value);
  ASSERT_EQ(file.findings.size(), 1U);
  EXPECT_THAT(file.findings[0], HasSubstr("1 of 4 ratings are missing"));
  auto const text = bad(",A01,C26\nD35,1,0.7\nC26,0\n");
  EXPECT_THAT(text, HasSubstr("p.csv:2, D35 for C26: the rating is 0.7"));
  EXPECT_THAT(text, HasSubstr("p.csv:3: 2 fields below a header of 3"));
}

/// A month is 365 / 12 days; half a month's output is 15.2 days.
TEST(ParameterFile, RatiosOfStocksBecomeDays) {
  std::string const text =
      "\"wiod_code\",\"wiod_name\",\"ratio_all_inv_go_monthly\",\"ratio_input_inv_go_monthly\"\n"
      "\"C26\",\"Computers, etc\",2,0.5\n\"H49\",\"Land\",1,0.01\n\"U\",\"None\",NA,NA\n";
  auto const file = good(text);
  ASSERT_EQ(file.rows.size(), 2U);
  EXPECT_NEAR(*file.rows[0].value, 0.5 * 365 / 12, 1e-12);
  EXPECT_EQ(file.rows[0].status, Status::derived);
  EXPECT_EQ(file.rows[1].value, 1) << "one step of the model";
  EXPECT_THAT(file.findings, testing::Contains(HasSubstr("raised to it in p.csv: H49")));
  EXPECT_THAT(file.findings, testing::Contains(HasSubstr("no ratio of stocks in p.csv for U")));
  EXPECT_NEAR(*good(text, "ratio_all_inv_go_monthly").rows[0].value, 2 * 365.0 / 12, 1e-12);
  EXPECT_THAT(bad(text, "ratio_all"), HasSubstr("there is no column 'ratio_all'"));
}

/// Mean over the two goods: (2 + 6) / 2 = 4.
TEST(ParameterFile, ElasticitiesAreRelativeToTheMeanOfGoods) {
  std::string const text =
      "k,sector,CP,GYY\n1,\"A01\",2,4\n2,\"C26\",6,4\n3,\"Services (aggregate)\",8,4\n";
  auto const file = good(text, "CP");
  ASSERT_EQ(file.rows.size(), 3U);
  EXPECT_DOUBLE_EQ(*file.rows[0].value, 0.5);
  EXPECT_DOUBLE_EQ(*file.rows[1].value, 1.5);
  EXPECT_DOUBLE_EQ(*file.rows[2].value, 2);
  EXPECT_EQ(file.rows[2].product, "SERV");
  EXPECT_THAT(bad(text), HasSubstr("several sets of elasticities | name one behind the file: "
                                   "p.csv#CP (sets: CP, GYY)"));
  EXPECT_THAT(bad(text, "GY"), HasSubstr("did you mean 'GYY'?"));
}

}  // namespace
}  // namespace linchpin::parameters
