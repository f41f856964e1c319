// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <vector>

#include "linchpin/economy/economy.h"
#include "linchpin/economy/scenario.h"

namespace linchpin::reference {

using Vector = std::vector<double>;
using Matrix = std::vector<Vector>;

[[nodiscard]] Matrix zeros(std::size_t rows, std::size_t columns);

/// The baseline of the plain model, as docs/methods/disrupt.md defines it; flows in yearly rates.
/// The caller's table must have no industry in deficit: no input is scaled.
struct PlainWorld {
  explicit PlainWorld(Economy const& economy);

  [[nodiscard]] std::size_t product(std::size_t i) const;
  [[nodiscard]] std::size_t region(std::size_t i) const;

  IndustrySpace const* space;
  std::size_t n, products, regions;
  Matrix Z;            ///< by seller and buyer
  Matrix y;            ///< final use by seller and region, without inventory changes, >= 0
  Vector x0;           ///< output: row sums
  Vector value_added;  ///< x0 less inputs
  Matrix R;            ///< inputs by product and buyer
  Matrix government;   ///< share of governments in final use, by seller and region
  Matrix household;    ///< share of households in final use, by seller and region
};

/// What the events of a scenario do on a day, each written anew from its definition.
class PlainEvents {
 public:
  PlainEvents(PlainWorld const& world, Scenario const& scenario)
      : world_(world), scenario_(scenario) {}

  /// c of a delivery between industries, 0…1; nothing at home.
  [[nodiscard]] double cut(std::size_t seller, std::size_t buyer, int day) const;
  /// c of a delivery to the final users of a region.
  [[nodiscard]] double final_cut(std::size_t seller, std::size_t region, int day) const;
  /// Π (1 − Δ) of industry f.
  [[nodiscard]] double capacity_left(std::size_t f, int day) const;
  /// 1 − ε of industry f.
  [[nodiscard]] double workers_left(std::size_t f, int day) const;
  /// Π (1 ± share) on what region r uses of product p.
  [[nodiscard]] double demand_factor(std::size_t p, std::size_t r, int day) const;
  /// How the orders for rebuilding of a loss of capital are split over the sellers; all zero where
  /// nobody can rebuild.
  [[nodiscard]] Vector rebuilders(CapitalLoss const& loss) const;

 private:
  PlainWorld const& world_;
  Scenario const& scenario_;
};

}  // namespace linchpin::reference
