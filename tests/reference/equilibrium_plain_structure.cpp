// SPDX-License-Identifier: Apache-2.0
// What follows from zeros alone: which goods can be had, which are sold, which regions trade, and
// therefore which equations the system has.
#include <algorithm>
#include <cmath>

#include "reference/equilibrium_plain_system.h"

namespace linchpin::reference::trade {

void System::find_sources() {
  std::size_t const N = w_.regions, J = w_.sectors;
  available_.assign(N, std::vector<bool>(J, true));
  makes_ = available_;
  // From everything downwards: steel made with steel stays.
  for (bool changed = true; changed;) {
    changed = false;
    for (std::size_t n = 0; n < N; ++n) {
      for (std::size_t j = 0; j < J; ++j) {
        bool all = true, any = false;
        for (std::size_t k = 0; k < J; ++k) {
          if (w_.materials[n][j][k] == 0) continue;
          all = all && available_[n][k];
          any = any || available_[n][k];
        }
        bool const has_materials = model_.sigma_materials[j] > 1 ? any : all;
        bool const makes =
            has_materials || w_.value_added[n][j] == 1 || model_.sigma_value_added[j] > 1;
        bool available = false;
        for (std::size_t i = 0; i < N; ++i) {
          available = available || (weight(j, n, i) > 0 && makes_[i][j]);
        }
        if (makes != makes_[n][j] || available != available_[n][j]) changed = true;
        makes_[n][j] = makes;
        available_[n][j] = available;
      }
    }
  }
  for (std::size_t n = 0; n < N; ++n) {
    bool any = false;
    for (std::size_t j = 0; j < J; ++j) {
      if (w_.final_share[n][j] == 0) continue;
      any = any || available_[n][j];
      if (!available_[n][j] && model_.sigma_final <= 1) lost_.emplace_back(n, j);
    }
    for (std::size_t j = 0; j < J && !any && model_.sigma_final > 1; ++j) lost_.emplace_back(n, j);
  }
}

void System::find_uses() {
  std::size_t const N = w_.regions, J = w_.sectors;
  sold_.assign(N, std::vector<bool>(J, false));
  // From nothing upwards: an input that only unsold goods need is not sold.
  for (bool changed = true; changed;) {
    changed = false;
    for (std::size_t n = 0; n < N; ++n) {
      for (std::size_t j = 0; j < J; ++j) {
        bool bought = available_[n][j] && w_.final_share[n][j] > 0;
        for (std::size_t k = 0; k < J; ++k) {
          bought = bought || (available_[n][j] && makes_[n][k] && sold_[n][k] &&
                              w_.value_added[n][k] < 1 && w_.materials[n][k][j] > 0);
        }
        if (!bought) continue;
        for (std::size_t i = 0; i < N; ++i) {
          if (sold_[i][j] || !makes_[i][j] || weight(j, n, i) == 0) continue;
          sold_[i][j] = changed = true;
        }
      }
    }
  }
  for (std::size_t n = 0; n < N; ++n) {
    bool const works = std::find(sold_[n].begin(), sold_[n].end(), true) != sold_[n].end();
    for (std::size_t j = 0; j < J && !works; ++j) lost_.emplace_back(n, j);
  }
}

void System::find_parts() {
  std::size_t const N = w_.regions, J = w_.sectors;
  buys_.assign(N, std::vector<bool>(N, false));
  part_.resize(N);
  for (std::size_t n = 0; n < N; ++n) part_[n] = n;
  for (std::size_t j = 0; j < J; ++j) {
    for (std::size_t n = 0; n < N; ++n) {
      bool bought = w_.final_share[n][j] > 0;
      for (std::size_t k = 0; k < J; ++k) {
        bought = bought || (sold_[n][k] && w_.materials[n][k][j] > 0 && w_.value_added[n][k] < 1);
      }
      for (std::size_t i = 0; i < N; ++i) {
        if (!bought || weight(j, n, i) == 0 || !sold_[i][j]) continue;
        buys_[n][i] = true;
        std::size_t const from = std::max(part_[n], part_[i]), to = std::min(part_[n], part_[i]);
        std::replace(part_.begin(), part_.end(), from, to);
      }
    }
  }
}

bool System::balanced() const {
  // Imports − exports = D of any group of regions: a group that only buys from the others needs a
  // transfer, one that only sells must give one, one that does neither has none.
  for (std::size_t group = 1; group < (std::size_t{1} << w_.regions); ++group) {
    auto const in = [&](std::size_t n) { return (group >> n & 1U) != 0; };
    bool imports = false, exports = false;
    Real transfer = 0, size = 0;
    for (std::size_t n = 0; n < w_.regions; ++n) {
      for (std::size_t i = 0; i < w_.regions; ++i) {
        imports = imports || (in(n) && !in(i) && buys_[n][i]);
        exports = exports || (!in(n) && in(i) && buys_[n][i]);
      }
      if (!in(n)) continue;
      size += w_.wages[n];
      if (model_.deficits != Deficits::zero) transfer += w_.deficit[n];
    }
    if (std::abs(transfer) <= 1e-10L * size) transfer = 0;
    if (imports && exports) continue;
    if ((transfer > 0) != imports || (transfer < 0) != exports) return false;
  }
  return true;
}

bool System::productive() const {
  Point p;
  return prices(start(), p);
}

Real System::quantity(Point const& point, Quota const& quota) const {
  std::size_t const j = quota.sector, n = quota.buyer, i = quota.seller;
  Real const before = static_cast<Real>(w_.share[j][n][i]) * w_.spending[n][j];
  if (before == 0 || point.share[j][n][i] == 0) return 0;
  // Value over the price the buyer pays.
  return point.share[j][n][i] * point.spending[n][j] / before / point.pair_price[j][n][i];
}

Reals System::raw_residual(Point const& p, Reals const& unknowns) const {
  std::size_t const N = w_.regions, J = w_.sectors;
  Reals result = unknowns;  // where there is nothing to clear: unknown = 0
  for (std::size_t n = 0; n < N; ++n) {
    Real wages = 0;
    for (std::size_t j = 0; j < J; ++j) {
      Real const specific = model_.specific_share[n][j];
      Real const paid =
          p.value_added_share[n][j] * p.output[n][j] / (1 - Real{policy_.subsidy[n][j]});
      wages += (1 - specific) * paid;
      if (!sold_[n][j] || specific_base(n, j) == 0) continue;
      // r̂ · base = what the sector pays
      result[N + n * J + j] =
          std::log(specific * paid / specific_base(n, j)) - unknowns[N + n * J + j];
    }
    // ŵ L̂ · base = Σ_j what the sectors pay
    if (mobile_used(n)) result[n] = std::log(wages / mobile_base(n)) - unknowns[n];
  }
  for (std::size_t q = 0; q < policy_.quotas.size(); ++q) {
    Real const y = unknowns[N + N * J + q];
    Real const quantity = this->quantity(p, policy_.quotas[q]);
    if (quantity == 0) continue;
    result[N + N * J + q] = std::log(quantity / policy_.quotas[q].limit) - std::min(Real{0}, y);
  }
  return result;
}

std::optional<Reals> System::residual(Reals const& unknowns) const {
  std::size_t const N = w_.regions, J = w_.sectors;
  auto const p = point(unknowns);
  if (!p) return std::nullopt;
  Reals result = raw_residual(*p, unknowns);
  // Demand for factors less their supply sums to zero in each part of the world, whatever the level
  // of incomes. Asking for log(demand/supply) = −ν of all of them, ν the distance from the
  // numeraire, gives both: the sum is zero only if ν is.
  for (std::size_t part = 0; part < N; ++part) {
    Real income = 0, before = 0;
    for (std::size_t n = 0; n < N; ++n) {
      if (part_[n] != part) continue;
      income += p->factor_income[n];
      before += w_.wages[n];
    }
    if (before == 0) continue;
    Real const distance = std::log(income / before);
    for (std::size_t n = 0; n < N; ++n) {
      if (part_[n] != part) continue;
      if (mobile_used(n)) result[n] += distance;
      for (std::size_t j = 0; j < J; ++j) {
        if (sold_[n][j] && specific_base(n, j) > 0) result[N + n * J + j] += distance;
      }
    }
  }
  return result;
}

bool System::mobile_used(std::size_t n) const {
  bool used = false;
  for (std::size_t j = 0; j < w_.sectors; ++j) {
    used = used || (sold_[n][j] && model_.specific_share[n][j] < 1);
  }
  return used && mobile_base(n) > 0;
}

Real System::excess(Reals const& unknowns) const {
  auto const p = point(unknowns);
  if (!p) return HUGE_VALL;
  Real result = 0;
  for (Real const value : raw_residual(*p, unknowns)) {
    if (!std::isfinite(value)) return HUGE_VALL;
    result = std::max(result, std::abs(value));
  }
  return result;
}

}  // namespace linchpin::reference::trade
