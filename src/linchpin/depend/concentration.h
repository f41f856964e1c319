// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <vector>

#include "linchpin/core/error.h"
#include "linchpin/core/ids.h"

namespace linchpin::depend {

/// Herfindahl-Hirschman index of amounts >= 0: the sum of their squared shares, between 1 / (number
/// of amounts) and 1. Empty if all are zero. Unit, order and zero amounts do not matter; merging
/// two suppliers with shares s and t raises it by 2 s t.
///
/// Source: Herfindahl (1950), "Concentration in the U.S. steel industry", Columbia University;
/// Hirschman (1945), National Power and the Structure of Foreign Trade.
/// Precondition: amounts are finite and not negative.
[[nodiscard]] std::optional<double> herfindahl(std::span<double const> amounts);

/// Hirschman's index of concentration as he wrote it, 100 sqrt(HHI): 0 to 100.
/// Source: Hirschman (1945), chapter VI.
[[nodiscard]] double hirschman(double hhi);

/// 1 / HHI: this many equal suppliers would be as concentrated. Precondition: 0 < hhi <= 1.
[[nodiscard]] double effective_suppliers(double hhi);

/// How concentrated a buyer's purchases are over supplier regions.
struct Concentration {
  double hhi = 0;                     ///< sum of squared shares of all inputs, domestic included
  double effective_suppliers = 0;     ///< 1 / hhi
  std::optional<double> hhi_foreign;  ///< shares of foreign inputs; empty if there are none
  std::optional<double> effective_suppliers_foreign;
  std::optional<RegionId> largest_foreign;
  double largest_foreign_share = 0;  ///< of foreign inputs
};

/// Concentration of amounts by supplier region; `own` is the buyer's. Without any amount all is
/// zero or empty. Precondition: as for herfindahl, and `own` is one of the regions.
[[nodiscard]] Concentration concentration_of(std::span<double const> by_region, RegionId own);

/// When a product counts as critical.
struct CriticalThresholds {
  double concentration = 0.4;  ///< CDI1 above this: imports are concentrated
  double outside_share = 0.5;  ///< CDI2 above this: most of what is bought comes from outside
  double substitution = 1.0;   ///< CDI3 above this: own supply could not stand in
  double world_dominance =
      0.5;  ///< share of one exporter in the world market that is a single point
};

/// \error bad_value  a threshold that is not a finite number >= 0, or a share above one
[[nodiscard]] Result<void> check(CriticalThresholds const& thresholds);

/// What is known of one product and one buyer: a region, or a group of them taken as one. All in
/// one unit of money per year, >= 0.
struct ProductSupply {
  /// Imports from outside the buyer, by origin; zero for the buyer's own members.
  std::span<double const> imports;
  /// What CDI2 divides by: all imports of the members, those among them included (trade data), or
  /// all purchases, those at home included (tables).
  double purchases = 0;
  /// What CDI3 divides by, the substitute at hand: exports of the members (trade data) or their
  /// output (tables).
  double own_supply = 0;
  /// Exports of each region but the buyer's members to everyone but the buyer.
  std::span<double const> world_exports;
  /// Which regions stand for several countries ("rest of world"); null: none does.
  std::vector<bool> const* several = nullptr;
};

/// Indicators of one product for one buyer. An index whose divisor is zero is empty; the flag
/// beside it says what that means.
struct ProductIndicators {
  double imports = 0;  ///< from outside the buyer
  double purchases = 0;
  double own_supply = 0;
  std::optional<double> cdi1;  ///< HHI of imports over origins, 0 to 1
  /// The same with origins that stand for several countries as many small ones: what it is at
  /// least; `cdi1` is what it is at most.
  std::optional<double> cdi1_least;
  std::optional<double> cdi2;      ///< imports / purchases, 0 to 1
  std::optional<double> cdi3;      ///< imports / own_supply; empty without own supply
  bool concentrated = false;       ///< cdi1_least above its threshold
  bool from_outside = false;       ///< cdi2 above its threshold
  bool irreplaceable = false;      ///< cdi3 above its threshold, or imports without any own supply
  bool critical = false;           ///< all three
  bool possibly_critical = false;  ///< all three if origins of several countries were one supplier
  std::optional<std::size_t> largest_origin;
  double largest_origin_share = 0;               ///< of imports from outside
  std::optional<double> world_hhi;               ///< over exporters, the buyer's demand left out
  std::optional<std::size_t> dominant_exporter;  ///< the largest of them
  double dominant_share = 0;
  /// One country has more than `world_dominance` of the world market even with the buyer's own
  /// demand left out, and the buyer imports the product. A rest of world is no such country.
  bool single_point_of_failure = false;
};

/// The EU's core dependency indicators
///   CDI1 = sum_i (M_i / M)^2,  CDI2 = M / purchases,  CDI3 = M / own supply,  M = sum_i M_i,
/// and whether one exporter dominates the world market of the product.
///
/// Source of CDI1 to CDI3 and their thresholds: European Commission (2021), SWD(2021) 352,
/// "Strategic dependencies and capacities". The single point of failure is a plain share, not the
/// network index of Arjona, Connell & Herghelegiu (2023).
/// Precondition: amounts are finite and not negative, imports are at most purchases (but for
/// rounding), all lists are equally long.
[[nodiscard]] ProductIndicators product_indicators(ProductSupply const& supply,
                                                   CriticalThresholds const& thresholds = {});

}  // namespace linchpin::depend
