// SPDX-License-Identifier: Apache-2.0
#include "linchpin/core/nearest.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace linchpin {
namespace {

TEST(EditDistance, CountsSingleEdits) {
  EXPECT_EQ(edit_distance("", ""), 0U);
  EXPECT_EQ(edit_distance("", "abc"), 3U);
  EXPECT_EQ(edit_distance("abc", ""), 3U);
  EXPECT_EQ(edit_distance("CHN", "CHN"), 0U);
  EXPECT_EQ(edit_distance("CHN", "CHM"), 1U);         // replaced
  EXPECT_EQ(edit_distance("CHN", "CHAN"), 1U);        // inserted
  EXPECT_EQ(edit_distance("CHN", "HCN"), 1U);         // neighbours swapped
  EXPECT_EQ(edit_distance("kitten", "sitting"), 3U);  // the textbook example
  EXPECT_EQ(edit_distance("sitting", "kitten"), 3U);
}

TEST(Nearest, FindsALikelyTypingError) {
  std::vector<std::string> const regions{"USA", "CHN", "JPN"};
  EXPECT_EQ(nearest("CNH", regions), "CHN");
  EXPECT_EQ(nearest("chn", regions), "CHN");
  EXPECT_EQ(nearest("inventory_dais", std::vector<std::string>{"psi", "inventory_days"}),
            "inventory_days");
}

TEST(Nearest, StaysSilentIfNothingIsClose) {
  std::vector<std::string> const regions{"USA", "CHN"};
  EXPECT_EQ(nearest("Atlantis", regions), "");
  EXPECT_EQ(nearest("", regions), "");
  EXPECT_EQ(nearest("CHN", {}), "");
  EXPECT_EQ(nearest(std::string(10'000, 'x'), regions), "");
}

TEST(Nearest, GivesTiesToTheEarlierCandidate) {
  EXPECT_EQ(nearest("c1x", std::vector<std::string>{"c12", "c13"}), "c12");
  EXPECT_EQ(nearest("c1x", std::vector<std::string>{"c13", "c12"}), "c13");
}

TEST(DidYouMean, AsksOrFallsBack) {
  std::vector<std::string> const keys{"share", "from_day"};
  EXPECT_EQ(did_you_mean("shaer", keys, "see the manual"), "did you mean 'share'?");
  EXPECT_EQ(did_you_mean("entirely other", keys, "see the manual"), "see the manual");
}

}  // namespace
}  // namespace linchpin
