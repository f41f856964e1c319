// SPDX-License-Identifier: Apache-2.0
#include "linchpin/depend/concentration.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "linchpin/core/contracts.h"

namespace linchpin::depend {
namespace {

double sum(std::span<double const> amounts) {
  double total = 0;
  for (double const amount : amounts) {
    LINCHPIN_EXPECTS(std::isfinite(amount) && amount >= 0);
    total += amount;
  }
  return total;
}

/// Squared shares of `total` rather than squares over its square, which could leave the range.
double squared_shares(std::span<double const> amounts, double total) {
  double squares = 0;
  for (double const amount : amounts) squares += (amount / total) * (amount / total);
  return std::min(squares, 1.0);
}

/// Place of the largest amount above zero, the first of equals.
std::optional<std::size_t> largest(std::span<double const> amounts) {
  auto const place = std::max_element(amounts.begin(), amounts.end());
  if (place == amounts.end() || *place <= 0) return std::nullopt;
  return static_cast<std::size_t>(place - amounts.begin());
}

/// Squared shares of `total` of those that are one country.
double squared_shares_of_single(std::span<double const> amounts, double total,
                                std::vector<bool> const& several) {
  double squares = 0;
  for (std::size_t k = 0; k < amounts.size(); ++k) {
    if (!several[k]) squares += (amounts[k] / total) * (amounts[k] / total);
  }
  return std::min(squares, 1.0);
}

/// True if one country has more than `share` of `total`.
bool one_dominates(ProductSupply const& supply, double total, double share) {
  for (std::size_t k = 0; k < supply.world_exports.size(); ++k) {
    bool const one = supply.several == nullptr || !(*supply.several)[k];
    if (one && supply.world_exports[k] / total > share) return true;
  }
  return false;
}

}  // namespace

std::optional<double> herfindahl(std::span<double const> amounts) {
  double const total = sum(amounts);
  if (total <= 0) return std::nullopt;
  return squared_shares(amounts, total);
}

double hirschman(double hhi) {
  LINCHPIN_EXPECTS(hhi >= 0 && hhi <= 1);
  return 100.0 * std::sqrt(hhi);
}

double effective_suppliers(double hhi) {
  LINCHPIN_EXPECTS(hhi > 0 && hhi <= 1);
  return 1.0 / hhi;
}

Concentration concentration_of(std::span<double const> by_region, RegionId own) {
  LINCHPIN_EXPECTS(own.index() < by_region.size());
  Concentration result;
  if (auto const all = herfindahl(by_region)) {
    result.hhi = *all;
    result.effective_suppliers = effective_suppliers(*all);
  }
  // The foreign regions stand on both sides of the buyer's own.
  auto const before = by_region.first(own.index());
  auto const behind = by_region.subspan(own.index() + 1);
  double const foreign = sum(before) + sum(behind);
  if (foreign <= 0) return result;
  auto const hhi = std::min(squared_shares(before, foreign) + squared_shares(behind, foreign), 1.0);
  result.hhi_foreign = hhi;
  result.effective_suppliers_foreign = effective_suppliers(hhi);
  auto const first = largest(before);
  auto const second = largest(behind);
  bool const in_front = first && (!second || before[*first] >= behind[*second]);
  auto const place = in_front ? *first : own.index() + 1 + *second;
  result.largest_foreign = RegionId{place};
  result.largest_foreign_share = by_region[place] / foreign;
  return result;
}

Result<void> check(CriticalThresholds const& thresholds) {
  ErrorList errors;
  auto const demand = [&](double value, char const* name, bool share) {
    if (std::isfinite(value) && value >= 0 && (!share || value <= 1)) return;
    errors.add(ErrorCode::bad_value, fmt::format("the threshold {} is out of range", value), name,
               share ? "take a share between 0 and 1" : "take a number that is not negative");
  };
  demand(thresholds.concentration, "concentration (CDI1)", true);
  demand(thresholds.outside_share, "share from outside (CDI2)", true);
  demand(thresholds.substitution, "substitution (CDI3)", false);
  demand(thresholds.world_dominance, "dominance of the world market", true);
  if (!errors.empty()) return fail(errors.joined());
  return {};
}

ProductIndicators product_indicators(ProductSupply const& supply,
                                     CriticalThresholds const& thresholds) {
  LINCHPIN_EXPECTS(supply.imports.size() == supply.world_exports.size());
  LINCHPIN_EXPECTS(supply.several == nullptr || supply.several->size() == supply.imports.size());
  LINCHPIN_EXPECTS(supply.purchases >= 0 && supply.own_supply >= 0);
  ProductIndicators result;
  result.imports = sum(supply.imports);
  result.purchases = std::max(supply.purchases, result.imports);
  result.own_supply = supply.own_supply;
  bool const imported = result.imports > 0;
  if (imported) {
    result.cdi1 = squared_shares(supply.imports, result.imports);
    result.cdi1_least =
        supply.several == nullptr
            ? result.cdi1
            : squared_shares_of_single(supply.imports, result.imports, *supply.several);
    result.largest_origin = largest(supply.imports);
    result.largest_origin_share = supply.imports[*result.largest_origin] / result.imports;
  }
  if (result.purchases > 0) result.cdi2 = result.imports / result.purchases;
  if (result.own_supply > 0) {
    double const ratio = result.imports / result.own_supply;
    if (std::isfinite(ratio)) result.cdi3 = ratio;
  }
  result.concentrated = imported && *result.cdi1_least > thresholds.concentration;
  result.from_outside = imported && *result.cdi2 > thresholds.outside_share;
  result.irreplaceable = imported && (!result.cdi3 || *result.cdi3 > thresholds.substitution);
  result.critical = result.concentrated && result.from_outside && result.irreplaceable;
  result.possibly_critical = imported && *result.cdi1 > thresholds.concentration &&
                             result.from_outside && result.irreplaceable;
  double const world = sum(supply.world_exports);
  if (world > 0) {
    result.world_hhi = squared_shares(supply.world_exports, world);
    result.dominant_exporter = largest(supply.world_exports);
    result.dominant_share = supply.world_exports[*result.dominant_exporter] / world;
    result.single_point_of_failure =
        imported && one_dominates(supply, world, thresholds.world_dominance);
  }
  return result;
}

}  // namespace linchpin::depend
