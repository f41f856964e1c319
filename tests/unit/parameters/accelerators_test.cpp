// SPDX-License-Identifier: Apache-2.0
#include "linchpin/parameters/accelerators.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <iterator>

namespace linchpin::parameters {
namespace {

/// Data sheet values of two well-known accelerators, as Epoch AI has them.
TEST(Accelerators, TheShippedTableIsRead) {
  std::ifstream stream(
      fmt::format("{}/data/parameters/technologies/ai-chips/hardware.csv", LINCHPIN_SOURCE_DIR));
  std::string const text{std::istreambuf_iterator<char>(stream), {}};
  auto const read = read_accelerators(text, "hardware.csv");
  ASSERT_TRUE(read) << read.error().what;
  EXPECT_GT(read->size(), 100U);
  auto const find = [&](std::string const& name) {
    return std::find_if(read->begin(), read->end(),
                        [&](Accelerator const& each) { return each.name == name; });
  };
  auto const h100 = find("NVIDIA H100 SXM5 80GB");
  ASSERT_NE(h100, read->end());
  EXPECT_DOUBLE_EQ(*h100->performance_16bit, 989.4e12);
  EXPECT_DOUBLE_EQ(*h100->die_area, 814);
  EXPECT_DOUBLE_EQ(*h100->tpp, 15'832);
  auto const home = find("Huawei Ascend 910C");
  ASSERT_NE(home, read->end());
  EXPECT_FALSE(home->die_area);
  EXPECT_DOUBLE_EQ(*home->tpp, 12'800);
}

TEST(Accelerators, ProblemsComeAtOnce) {
  auto const read = read_accelerators("name,tpp,power\na,x,-1\n,5,\n", "h.csv");
  ASSERT_FALSE(read);
  EXPECT_EQ(read.error().further.size() + 1, 3U);
  auto const header = read_accelerators("nam,tpp\na,1\n", "h.csv");
  ASSERT_FALSE(header);
  EXPECT_EQ(header.error().hint, "did you mean 'name'?");
}

}  // namespace
}  // namespace linchpin::parameters
