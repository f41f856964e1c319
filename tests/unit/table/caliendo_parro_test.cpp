// SPDX-License-Identifier: Apache-2.0
#include "linchpin/table/trade/caliendo_parro.h"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <functional>
#include <string>

#include "linchpin/table/trade/check_accounts.h"
#include "support/table_fixtures.h"

namespace linchpin {
namespace {

using test::text_of;
using ::testing::Contains;
using ::testing::Each;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

constexpr std::size_t N = 31, J = 40, traded = 20;

using Cell = std::function<double(std::size_t row, std::size_t column)>;

std::string grid(std::size_t rows, std::size_t columns, Cell const& cell) {
  std::string text;
  for (std::size_t r = 0; r < rows; ++r) {
    for (std::size_t c = 0; c < columns; ++c) {
      text += fmt::format("{}{}", c > 0 ? "\t" : "", cell(r, c));
    }
    text += r % 2 == 0 ? "\r\n" : "\n";
  }
  return text;
}

/// A small world in the layout of the authors' files: every region exports 1 (thousand) of each
/// traded good to every other and makes 100,000; half of output is value added.
class CaliendoParro : public ::testing::Test {
 protected:
  void SetUp() override {
    for (int const year : {1993, 2005}) {
      double const scale = year == 1993 ? 1 : 2;
      write(fmt::format("xbilat{}.txt", year),
            grid(traded * N, N, [&](auto r, auto c) { return r % N == c ? 0.0 : scale; }));
      write(fmt::format("tariffs{}.txt", year), grid(traded * N, N, [&](auto r, auto c) {
              return r % N == c ? 0.0 : 12.5 / scale + static_cast<double>(r % N);
            }));
    }
    write("IO.txt", grid(N * J, J, [](auto r, auto c) {
            auto const input = r % J;
            return input == c ? 0.75 : input == (c + 1) % J ? 0.25 : 0.0;
          }));
    write("B.txt", grid(J, N, [](auto, auto) { return 0.5; }));
    write("GO.txt", grid(J, N, [](auto, auto) { return 100'000.0; }));
    write("T.txt", grid(traded, 1, [](auto r, auto) { return 2.0 + static_cast<double>(r); }));
  }
  void write(std::string const& name, std::string const& text) {
    test::write_file(folder_.file(name), text);
  }
  Error refusal(CaliendoParroOptions const& options = {}) {
    auto const accounts = read_caliendo_parro(folder_.path(), options);
    EXPECT_FALSE(accounts);
    return accounts ? Error{} : accounts.error();
  }
  test::TemporaryFolder folder_;
};

TEST_F(CaliendoParro, PutsEveryNumberInItsPlace) {
  auto const accounts = read_caliendo_parro(folder_.path());
  ASSERT_TRUE(accounts) << text_of(accounts.error());
  ASSERT_TRUE(check_accounts(*accounts, "test"));
  EXPECT_EQ(accounts->regions.size(), N);
  EXPECT_EQ(accounts->regions[19], "MEX");
  EXPECT_EQ(accounts->sectors[10], "Basic metals");
  EXPECT_EQ(accounts->year, 1993);
  EXPECT_EQ(accounts->unit, (MonetaryUnit{"USD", 1.0}));
  EXPECT_EQ(accounts->trade[accounts->cell(3, 1, 2)], 1000) << "thousands become units";
  EXPECT_EQ(accounts->trade[accounts->cell(3, 2, 2)], 100'000 - 30 * 1000) << "output - exports";
  EXPECT_EQ(accounts->trade[accounts->cell(20, 2, 2)], 100'000) << "services stay at home";
  EXPECT_EQ(accounts->trade[accounts->cell(20, 1, 2)], 0);
  EXPECT_DOUBLE_EQ(accounts->tariffs[accounts->cell(3, 4, 2)], 0.165) << "row 4 is the importer";
  EXPECT_EQ(accounts->tariffs[accounts->cell(30, 4, 2)], 0);
  EXPECT_EQ(accounts->value_added_share[5 * J + 7], 0.5);
  auto const* const user = accounts->input_shares.data() + (5 * J + 7) * J;
  EXPECT_EQ(user[7], 0.75);
  EXPECT_EQ(user[8], 0.25) << "the row of the file is the input, the column the user";
  EXPECT_EQ(accounts->theta[3], 5);
  EXPECT_EQ(accounts->theta[25], 8.22);
  EXPECT_THAT(accounts->adjustments, IsEmpty());
}

TEST_F(CaliendoParro, SaysWhatItMended) {
  write("GO.txt", grid(J, N, [](auto r, auto c) { return r == 3 && c == 5 ? 20'000.0 : 1e5; }));
  write("IO.txt", grid(N * J, J, [](auto r, auto c) {
          if (r == J + 2 && c == 9) return -8e-4;
          auto const input = r % J;
          return input == c ? 1.0 : 0.0;
        }));
  auto const accounts = read_caliendo_parro(folder_.path());
  ASSERT_TRUE(accounts) << text_of(accounts.error());
  ASSERT_TRUE(check_accounts(*accounts, "test"));
  EXPECT_EQ(accounts->trade[accounts->cell(3, 5, 5)], 0);
  EXPECT_THAT(accounts->adjustments,
              Contains(HasSubstr("raised to exports in 1 of 1240 cells, by 1e+04 USD in all: "
                                 "CHL:Textile")));
  EXPECT_THAT(accounts->adjustments, Contains(HasSubstr("no sales at home in 1 of 1240")));
  EXPECT_THAT(accounts->adjustments,
              Contains(HasSubstr("the lowest was -0.0008: Food of AUS:Minerals")));
  EXPECT_EQ(accounts->input_shares[(1 * J + 9) * J + 2], 0);
}

TEST_F(CaliendoParro, OtherYears) {
  auto const accounts =
      read_caliendo_parro(folder_.path(), {.trade_year = 2005, .tariff_year = 1993});
  ASSERT_TRUE(accounts) << text_of(accounts.error());
  EXPECT_EQ(accounts->trade[accounts->cell(0, 1, 2)], 2000);
  EXPECT_THAT(accounts->adjustments, Contains(HasSubstr("input shares are of 1993")));
  auto const tariffs = read_caliendo_parro_tariffs(folder_.path(), 2005);
  ASSERT_TRUE(tariffs) << text_of(tariffs.error());
  ASSERT_EQ(tariffs->size(), accounts->tariffs.size());
  EXPECT_DOUBLE_EQ((*tariffs)[accounts->cell(3, 4, 2)], 0.1025);
  EXPECT_EQ(refusal({.trade_year = 1994}).code, ErrorCode::bad_value);
  EXPECT_EQ(read_caliendo_parro_tariffs(folder_.path(), 2006).error().code, ErrorCode::bad_value);
}

TEST_F(CaliendoParro, AllMissingFilesAtOnce) {
  std::filesystem::remove(folder_.file("B.txt"));
  std::filesystem::remove(folder_.file("T.txt"));
  std::filesystem::remove(folder_.file("tariffs1993.txt"));
  auto const error = refusal();
  EXPECT_EQ(error.code, ErrorCode::file_not_found);
  EXPECT_EQ(error.further.size(), 2U) << text_of(error);
  EXPECT_EQ(read_caliendo_parro(folder_.file("none")).error().code, ErrorCode::file_not_found);
}

TEST_F(CaliendoParro, AllFaultsOfAllFilesAtOnce) {
  write("GO.txt", grid(J - 1, N, [](auto, auto) { return 1.0; }));
  write("B.txt", grid(J, N, [](auto r, auto c) { return r == 1 && c == 1 ? 1.5 : 0.5; }));
  write("T.txt", grid(traded, 2, [](auto, auto) { return 1.0; }).substr(0, 8) +
                     grid(traded - 2, 1, [](auto, auto) { return 1.0; }));
  auto text = grid(traded * N, N, [](auto, auto c) { return c == 2 ? -1.0 : 1.0; });
  write("xbilat1993.txt", text.replace(0, 1, "x"));
  auto const all = text_of(refusal());
  EXPECT_THAT(all, HasSubstr("xbilat1993.txt:1, number 1"));
  EXPECT_THAT(all, HasSubstr("618 more problems")) << "620 numbers below 0, one of them text";
  EXPECT_THAT(all, HasSubstr("B.txt:2, number 2"));
  EXPECT_THAT(all, HasSubstr("39 lines of numbers, expected 40"));
  EXPECT_THAT(all, HasSubstr("2 numbers, expected 1"));
}

TEST_F(CaliendoParro, NamesFileLineAndNumber) {
  auto const expect = [&](std::string const& name, std::string const& text, ErrorCode code,
                          std::string const& what, std::string const& where) {
    SetUp();
    write(name, text);
    auto const error = refusal();
    EXPECT_EQ(error.code, code) << text_of(error);
    EXPECT_THAT(error.what, HasSubstr(what));
    EXPECT_THAT(error.where, HasSubstr(where));
    EXPECT_FALSE(error.hint.empty());
  };
  auto const ones = [](auto, auto) { return 1.0; };
  expect("GO.txt", "1 2 3\n", ErrorCode::bad_format, "3 numbers, expected 31", "GO.txt:1");
  expect("GO.txt", "", ErrorCode::bad_format, "0 lines of numbers", "GO.txt");
  expect("T.txt", "1\n\n2\nx\n", ErrorCode::bad_format, "", "T.txt:4, number 1");
  expect("T.txt", grid(20, 1, [](auto r, auto) { return r == 3 ? 0.0 : 1.0; }),
         ErrorCode::bad_value, "the number is 0", "T.txt:4");
  expect("GO.txt", grid(J, N, [](auto r, auto) { return r == 7 ? -1.0 : 1.0; }),
         ErrorCode::bad_value, "the number is -1", "GO.txt:8, number 1");
  expect("B.txt", fmt::format("nan{}", grid(J, N, ones).substr(1)), ErrorCode::bad_value, "",
         "B.txt:1, number 1");
  expect("tariffs1993.txt", grid(traded * N, N, ones), ErrorCode::bad_value,
         "a tariff of a region on its own goods", "ARG, Agriculture");
  expect("IO.txt", grid(N * J, J, [](auto, auto) { return 0.02; }), ErrorCode::bad_value,
         "the input shares sum to 0.8", "ARG:Agriculture");
  expect("IO.txt", grid(N * J, J, [](auto, auto) { return 0.0; }), ErrorCode::bad_value,
         "the input shares sum to 0", "ARG:Agriculture");
  expect("xbilat1993.txt",
         grid(traded * N, N, [](auto r, auto c) { return r == 40 && c == 3 ? -2.0 : 1.0; }),
         ErrorCode::bad_value, "the number is -2", "xbilat1993.txt:41, number 4");
}

TEST_F(CaliendoParro, NoMaterialsWhereValueAddedIsAll) {
  write("B.txt", grid(J, N, [](auto r, auto) { return r == 39 ? 1.0 : 0.5; }));
  write("IO.txt", grid(N * J, J, [](auto r, auto c) { return r % J == c && c != 39 ? 1.0 : 0.0; }));
  auto const accounts = read_caliendo_parro(folder_.path());
  ASSERT_TRUE(accounts) << text_of(accounts.error());
  EXPECT_TRUE(check_accounts(*accounts, "test"));
}

}  // namespace
}  // namespace linchpin
