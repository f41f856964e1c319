// SPDX-License-Identifier: Apache-2.0
#include "linchpin/core/ids.h"

#include <gtest/gtest.h>

#include <type_traits>
#include <unordered_set>

#include "linchpin/core/random.h"

namespace linchpin {
namespace {

// What must not compile is in tests/compile_fail; these are the traits behind it.
static_assert(!std::is_convertible_v<RegionId, SectorId>);
static_assert(!std::is_constructible_v<SectorId, RegionId>);
static_assert(!std::is_convertible_v<std::size_t, RegionId>);
static_assert(!std::is_convertible_v<RegionId, std::size_t>);
static_assert(std::is_trivially_copyable_v<IndustryId>);
static_assert(sizeof(IndustryId) == 4);
static_assert(!std::is_default_constructible_v<Seed>);
static_assert(!std::is_convertible_v<std::uint64_t, Seed>);

TEST(Id, KeepsItsIndexAndOrder) {
  EXPECT_EQ(RegionId{7}.index(), 7U);
  EXPECT_EQ(RegionId{}, RegionId{0});
  EXPECT_LT(SectorId{1}, SectorId{2});
  EXPECT_NE(IndustryId{1}, IndustryId{2});
}

TEST(Id, WorksAsAKey) {
  std::unordered_set<RegionId> const set{RegionId{1}, RegionId{2}, RegionId{1}};
  EXPECT_EQ(set.size(), 2U);
  EXPECT_TRUE(set.contains(RegionId{2}));
}

}  // namespace
}  // namespace linchpin
