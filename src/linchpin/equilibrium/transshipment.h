// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "linchpin/core/error.h"
#include "linchpin/equilibrium/flows.h"

namespace linchpin::equilibrium {

/// Goods of `sector` made in `origin` that may reach `destination` by way of somebody else.
struct TransshipmentQuery {
  std::size_t sector = 0;
  std::size_t origin = 0;
  std::size_t destination = 0;
};

struct TransshipmentOptions {
  /// Place in the sequence of the last year before direct trade was hit: later years are compared
  /// with it.
  std::size_t last_before = 0;
  /// Steps of the sequence by which a country's sales may follow its purchases.
  std::size_t longest_lag = 1;
};

/// A third country that buys more from the origin and sells more to the destination than its own
/// growth explains. Means over the years behind `last_before` (and behind the lag), in the unit of
/// the flows.
struct TransshipmentCandidate {
  std::size_t via = 0;
  double score = 0;          ///< mean of the lesser of the two rises, 0 where either is a fall
  double imports_rise = 0;   ///< purchases from the origin beyond what is expected
  double exports_rise = 0;   ///< sales to the destination beyond what is expected
  std::size_t lag = 0;       ///< that of the highest score; the shortest of several
  double persistence = 0;    ///< share of the years in which both rose
  double share_of_fall = 0;  ///< score over what the direct way lost; 0 where it lost nothing
};

struct TransshipmentFindings {
  double direct_before = 0;    ///< origin to destination in the year `last_before`
  double direct_after = 0;     ///< mean of the later years
  double direct_expected = 0;  ///< what it would be had it grown as the destination's other imports
  double direct_fall = 0;      ///< expected − after; negative: it rose
  std::vector<TransshipmentCandidate> candidates;  ///< score above 0, best first; ties: by place
  std::vector<std::size_t> absent;  ///< regions that trade nothing abroad in some of the years
};

/// Third countries whose purchases from the origin and sales to the destination both rise after
/// `last_before`, beyond their growth in general.
///
/// For region k and year t, b the year before, j the sector:
///   imports from the origin m_t, expected m_b × (all k imports, but from the origin)_t / (…)_b
///   exports to the destination x_t, expected x_b × (all k exports, but to the destination)_t /
///   (…)_b rise = actual − expected; score(lag) = mean over t of max(0, min(rise of m_{t−lag}, rise
///   of x_t))
///
/// A flow that was zero is expected to stay zero, all of it is a rise; where the overall trade of a
/// region was zero, its growth is taken as none. Regions absent in one of the years are left out
/// and listed. Both rises are needed, none is proof: a country that begins to make what it bought
/// looks the same, as do parts that come in and goods that go out.
///
/// \error missing_value  fewer than two years, or none behind `last_before`
/// \error size_mismatch  years of different shape
/// \error bad_value      years not in order; negative or non-finite flows; origin = destination
/// \error unknown_label  places outside the arrays
[[nodiscard]] Result<TransshipmentFindings> find_transshipment(
    std::span<Flows const> years, TransshipmentQuery const& query,
    TransshipmentOptions const& options = {});

/// The same for every sector: the findings of sector j at place j.
[[nodiscard]] Result<std::vector<TransshipmentFindings>> find_transshipment_by_sector(
    std::span<Flows const> years, std::size_t origin, std::size_t destination,
    TransshipmentOptions const& options = {});

}  // namespace linchpin::equilibrium
