// SPDX-License-Identifier: Apache-2.0
#include "linchpin/parameters/sector_codes.h"

#include <gtest/gtest.h>

#include <initializer_list>

namespace linchpin::parameters {
namespace {

Divisions set_of(std::initializer_list<std::size_t> numbers) {
  Divisions result;
  for (auto const number : numbers) result.set(number);
  return result;
}

TEST(DivisionsOf, ReadsTheCodesOfPublishedTables) {
  EXPECT_EQ(divisions_of("C26"), set_of({26}));
  EXPECT_EQ(divisions_of("26"), set_of({26}));
  EXPECT_EQ(divisions_of("A01"), set_of({1}));
  EXPECT_EQ(divisions_of("C10T12"), set_of({10, 11, 12}));
  EXPECT_EQ(divisions_of("C10-C12"), set_of({10, 11, 12}));
  EXPECT_EQ(divisions_of("C31_C32"), set_of({31, 32}));
  EXPECT_EQ(divisions_of("C17_18"), set_of({17, 18}));
  EXPECT_EQ(divisions_of("B05-09"), set_of({5, 6, 7, 8, 9}));
  EXPECT_EQ(divisions_of("C301"), set_of({30}));
  EXPECT_EQ(divisions_of("C302T309"), set_of({30}));
  EXPECT_EQ(divisions_of("C24A"), set_of({24}));
  EXPECT_EQ(divisions_of("F"), set_of({41, 42, 43}));
  EXPECT_EQ(divisions_of("R_S"), set_of({90, 91, 92, 93, 94, 95, 96}));
  EXPECT_EQ(divisions_of("*").count(), 99U);
  EXPECT_EQ(divisions_of("SERV").count(), 64U) << "35 ... 98";
}

/// NACE Rev. 1 in WIOD 2013: c14 is electrical and optical equipment, c27 post and telecoms.
TEST(DivisionsOf, ReadsWiod) {
  EXPECT_EQ(divisions_of("c14"), set_of({26, 27}));
  EXPECT_EQ(divisions_of("c27"), set_of({53, 61}));
  Divisions all;
  for (int k = 1; k <= 35; ++k) {
    auto const each = divisions_of("c" + std::to_string(k));
    EXPECT_TRUE(each.any()) << k;
    EXPECT_TRUE((all & each).none()) << "c" << k << " shares a division with an earlier sector";
    all |= each;
  }
  EXPECT_EQ((divisions_of("A_T") & ~all), set_of({4, 33, 34, 40, 44, 48, 54, 57, 67, 76, 83, 89}))
      << "33 (repair) belonged to what was repaired; the rest are no divisions";
}

/// The groups of the wider estimated world and of the concordances (data/concordance).
TEST(DivisionsOf, ReadsTheGroupsOfBuiltInWorlds) {
  EXPECT_EQ(divisions_of("UTIL"), set_of({35, 36, 37, 38, 39}));
  EXPECT_EQ(divisions_of("ELEC"), set_of({26, 27}));
  Divisions goods, services;
  for (auto const* code : {"AGRI", "MINE", "FOOD", "TEXT", "WOOD", "PAPR", "PETR", "CHEM", "PLAS",
                           "GLAS", "METL", "ELEC", "MACH", "TREQ", "OMAN"}) {
    EXPECT_TRUE(divisions_of(code).any() && (goods & divisions_of(code)).none()) << code;
    goods |= divisions_of(code);
  }
  EXPECT_EQ(goods, divisions_of("A_C") & ~set_of({4})) << "divisions of the goods, 4 is none";
  for (auto const* code : {"UTIL", "CONS", "TRAD", "TRAN", "BUSI", "PUBL"}) {
    EXPECT_TRUE(divisions_of(code).any() && (services & divisions_of(code)).none()) << code;
    services |= divisions_of(code);
  }
  EXPECT_EQ(services & ~divisions_of("SERV"), Divisions{});
}

TEST(DivisionsOf, EverythingElseIsUnknown) {
  for (auto const* code :
       {"", "WATR", "c0", "c36", "s1", "Z9", "C26x", "C12-C10", "C1234", "1", "C0"}) {
    EXPECT_TRUE(divisions_of(code).none()) << code;
  }
}

/// 1 … 12 number the sectors of a small table; 01 … 12 are divisions.
TEST(DivisionsOf, NumbersAreDivisionsOnlyWithTwoDigitsThroughout) {
  std::vector<SectorLabel> sectors{{"1", "", false}, {"12", "", false}, {"C26", "", false}};
  EXPECT_TRUE(divisions_of_sectors(sectors)[1].none());
  EXPECT_EQ(divisions_of_sectors(sectors)[2], set_of({26}));
  sectors[0].label = "01";
  EXPECT_EQ(divisions_of_sectors(sectors)[0], set_of({1}));
  EXPECT_EQ(divisions_of_sectors(sectors)[1], set_of({12}));
}

}  // namespace
}  // namespace linchpin::parameters
