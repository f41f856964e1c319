// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <compare>
#include <cstddef>
#include <cstdint>
#include <functional>

namespace linchpin {

/// A small integer that knows what it numbers. Explicit in, `index()` out, no arithmetic,
/// so that a sector can never be taken for a region by accident.
template <class Tag>
class Id {
 public:
  constexpr Id() noexcept = default;
  constexpr explicit Id(std::size_t index) noexcept : index_(static_cast<std::uint32_t>(index)) {}

  [[nodiscard]] constexpr std::size_t index() const noexcept { return index_; }
  friend constexpr auto operator<=>(Id, Id) noexcept = default;

 private:
  std::uint32_t index_ = 0;
};

using RegionId = Id<struct RegionTag>;      ///< country or group of countries
using SectorId = Id<struct SectorTag>;      ///< product group, the same list for all regions
using IndustryId = Id<struct IndustryTag>;  ///< one (region, sector) pair that exists in the table
using CategoryId = Id<struct CategoryTag>;  ///< kind of final demand (households, government, …)

/// Final-demand column: one (region, category) pair, numbered region-major.
using FinalColumnId = Id<struct FinalColumnTag>;

}  // namespace linchpin

template <class Tag>
struct std::hash<linchpin::Id<Tag>> {
  std::size_t operator()(linchpin::Id<Tag> id) const noexcept { return id.index(); }
};
