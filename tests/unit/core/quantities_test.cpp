// SPDX-License-Identifier: Apache-2.0
#include "linchpin/core/quantities.h"

#include <gtest/gtest.h>

namespace linchpin {
namespace {

TEST(MonetaryUnit, IsWrittenForPeople) {
  EXPECT_EQ(to_string(MonetaryUnit{"USD", 1e6}), "USD million");
  EXPECT_EQ(to_string(MonetaryUnit{"CNY", 1e4}), "CNY ten thousand");
  EXPECT_EQ(to_string(MonetaryUnit{"EUR", 1.0}), "EUR");
  EXPECT_EQ(to_string(MonetaryUnit{"", 1e9}), "money billion");
}

TEST(MonetaryUnit, ReadsBackWhatItWrote) {
  for (char const* const currency : {"USD", "", "1997 USD", "x"}) {
    for (double const scale : {1.0, 1e3, 1e4, 1e6, 1e9, 1e5, 0.01, 1.0 / 3}) {
      MonetaryUnit const unit{currency, scale};
      EXPECT_EQ(parse_monetary_unit(to_string(unit)), unit) << to_string(unit);
    }
  }
}

TEST(MonetaryUnit, TakesUnknownTextAsCurrency) {
  EXPECT_EQ(parse_monetary_unit("bushels of wheat"), (MonetaryUnit{"bushels of wheat", 1.0}));
  EXPECT_EQ(parse_monetary_unit("million"), (MonetaryUnit{"million", 1.0}));
  EXPECT_EQ(parse_monetary_unit("USD x much"), (MonetaryUnit{"USD x much", 1.0}));
  EXPECT_EQ(parse_monetary_unit("USD x inf"), (MonetaryUnit{"USD x inf", 1.0}));
  EXPECT_EQ(parse_monetary_unit("USD x -3"), (MonetaryUnit{"USD x -3", 1.0}));
  EXPECT_EQ(parse_monetary_unit(""), (MonetaryUnit{"", 1.0}));
}

}  // namespace
}  // namespace linchpin
