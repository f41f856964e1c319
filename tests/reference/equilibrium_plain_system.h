// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <optional>
#include <vector>

#include "reference/equilibrium_plain.h"

/// Inside the plain trade equilibrium: its equations, and how they are solved.
namespace linchpin::reference::trade {

/// Extended precision, so that 1e-12 is far from rounding.
using Real = long double;
using Reals = std::vector<Real>;
using RealMatrix = std::vector<Reals>;
using RealCube = std::vector<RealMatrix>;

[[nodiscard]] RealMatrix reals(std::size_t rows, std::size_t columns, Real value);
[[nodiscard]] RealCube reals(std::size_t a, std::size_t b, std::size_t c, Real value);

/// [Σ w x^{1−σ}]^{1/(1−σ)}; Π x^w for σ = 1. Weights sum to one; zero weights do not count.
[[nodiscard]] Real ces_price(Real sigma, Reals const& weights, Reals const& prices);

/// x of a x = b by elimination with complete pivoting. An unknown whose pivot is below `tiny` times
/// the largest is set to zero.
[[nodiscard]] Reals solve_linear(RealMatrix a, Reals b, Real tiny = 0);

/// The same, again with every unknown near one, so that small unknowns are as exact as large ones.
[[nodiscard]] Reals solve_graded(RealMatrix a, Reals b);

using Residual = std::function<std::optional<Reals>(Reals const&)>;

struct Root {
  Reals x;
  Real residual = 0;  ///< largest absolute value; infinite if the start has none
};

/// Newton with differences for derivatives, steps of at most `stride` and a line search.
[[nodiscard]] Root newton(Residual const& residual, Reals x, Real stride = 2, int rounds = 60);

/// All prices and quantities at given payments to factors and wedges of quotas.
struct Point {
  Reals wage, employment;
  RealMatrix specific;  ///< r̂
  Reals factor_income;  ///< by region
  RealMatrix cost, price, materials_price;
  Reals final_price;
  RealCube pair_price;          ///< [j][n][i], buyer's price of a pair, hat
  RealCube share, seller_part;  ///< π', and the part of it that is the seller's revenue
  RealMatrix value_added_share, materials_share, final_share;
  RealCube materials;
  RealMatrix spending, output;
  Reals tariffs, export_taxes, rents, subsidies, deficit, income;
};

/// The equations of one world, policy and model. Unknowns: log of what the mobile factor of each
/// region earns, log of what each specific factor earns (both over base), one number per quota
/// whose positive part is ln(1+μ) and whose negative part is ln(Q̂/limit).
class System {
 public:
  System(World const& world, Policy const& policy, Model const& model);

  [[nodiscard]] Reals start() const;
  [[nodiscard]] std::optional<Point> point(Reals const& unknowns) const;
  [[nodiscard]] std::optional<Reals> residual(Reals const& unknowns) const;
  /// Largest |log(demand/supply)|, numeraire or not.
  [[nodiscard]] Real excess(Reals const& unknowns) const;

  [[nodiscard]] Real quantity(Point const& point, Quota const& quota) const;
  [[nodiscard]] std::vector<std::pair<std::size_t, std::size_t>> const& lost() const {
    return lost_;
  }
  [[nodiscard]] bool balanced() const;
  /// Whether prices are finite. They are for all factor prices or for none, as costs are
  /// homogeneous and increasing in them.
  [[nodiscard]] bool productive() const;
  /// How often a price system was solved, to stop in time.
  [[nodiscard]] std::size_t prices_solved() const { return prices_solved_; }

 private:
  void find_sources();
  void find_uses();
  void find_parts();
  [[nodiscard]] Real weight(std::size_t j, std::size_t n, std::size_t i) const {
    return weight_[j][n][i];
  }
  [[nodiscard]] bool prices(Reals const& unknowns, Point& p) const;
  /// One round: costs at the prices in p, then prices at these costs; false if not finite.
  [[nodiscard]] bool price_round(RealCube const& wedges, Point& p) const;
  void shares(Reals const& unknowns, Point& p) const;
  /// Right-hand side of X = spending(X); fills all of the point that depends on X.
  [[nodiscard]] RealMatrix spend(RealMatrix const& spending, Point& p) const;
  [[nodiscard]] Real wedge(Reals const& unknowns, std::size_t j, std::size_t n, std::size_t i,
                           bool melted) const;
  [[nodiscard]] Real factor_price(Point const& p, std::size_t n, std::size_t j) const;
  [[nodiscard]] bool mobile_used(std::size_t n) const;
  [[nodiscard]] Real mobile_base(std::size_t n) const;
  [[nodiscard]] Real specific_base(std::size_t n, std::size_t j) const;
  [[nodiscard]] Reals raw_residual(Point const& p, Reals const& unknowns) const;

  World const& w_;
  Policy const& policy_;
  Model const& model_;
  std::vector<std::vector<bool>> available_;  ///< [n][j]: n can buy j
  std::vector<std::vector<bool>> makes_;      ///< [n][j]: n can make j
  std::vector<std::vector<bool>> sold_;       ///< [n][j]: somebody buys n's j
  std::vector<std::vector<bool>> buys_;       ///< [n][i]: n buys something from i
  std::vector<std::size_t> part_;             ///< of the world, by region
  RealCube weight_;                           ///< m q π
  mutable std::size_t prices_solved_ = 0;
  mutable Reals last_prices_;  ///< where the next price system starts
  std::vector<std::pair<std::size_t, std::size_t>> lost_;
};

}  // namespace linchpin::reference::trade
