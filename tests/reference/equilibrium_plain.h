// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <string>
#include <utility>
#include <vector>

/// The trade equilibrium in changes, written to read like the equations: one loop per equation,
/// nothing fused, nothing fast. The truth the fast kernel is compared with.
///
/// Indices: n, i regions (n buys, i sells); j, k sectors. A hat is new over base.
namespace linchpin::reference::trade {

using Vector = std::vector<double>;
using Matrix = std::vector<Vector>;  ///< mostly [n][j]
using Cube = std::vector<Matrix>;    ///< mostly [j][n][i]

[[nodiscard]] Matrix matrix(std::size_t rows, std::size_t columns, double value);
[[nodiscard]] Cube cube(std::size_t a, std::size_t b, std::size_t c, double value);

/// The base. Export taxes, subsidies and rents are zero in it.
struct World {
  std::size_t regions = 0;
  std::size_t sectors = 0;
  Cube share;          ///< π[j][n][i]: of n's spending on j, tariff included; sums to 1 over i
  Cube tariff;         ///< t0[j][n][i]
  Matrix value_added;  ///< γ[n][j], share of cost, in (0, 1]
  Cube materials;      ///< g[n][j][k]: share of input k in the materials of j; sums to 1 over k
  Matrix final_share;  ///< α[n][j]; sums to 1 over j
  Vector deficit;      ///< D[n], sums to 0
  Vector theta;        ///< θ[j]
  Matrix spending;     ///< X[n][j], buyers' prices
  Matrix output;       ///< Y[n][j], sellers' prices
  Vector wages;        ///< w_n L_n = Σ_j γ Y: all value added of n
  Vector income;       ///< I = w L + tariff revenue + D
};

/// Fills spending, output, wages and income from the rest, such that all markets clear, world value
/// added is 100 and D is the nearest to world.deficit (same unit) with D = c·world.deficit, c the
/// first of 1, 1/2, 1/4, … with |D_n| <= max_deficit·I_n. False if there is no positive solution.
[[nodiscard]] bool complete(World& world, double max_deficit = 0.45);

enum class Rents { exporter, importer, nobody };

/// The flow (sector, buyer, seller) may be at most `limit` times its base quantity, limit > 0:
/// 0 <= wedge ⟂ limit − Q̂ >= 0. Nobody: goods melt as with an iceberg cost.
struct Quota {
  std::size_t sector = 0;
  std::size_t buyer = 0;
  std::size_t seller = 0;
  double limit = 1;
  Rents rents = Rents::exporter;
};

/// New levels (tariff, export_tax, subsidy, mask) and changes (hats: iceberg, quality, …).
/// A buyer pays  c (1−s) d (1+e) (1+μ) (1+t);  μ the wedge of a quota.
struct Policy {
  Cube tariff;          ///< t'[j][n][i], to n's household, on value with export tax and rent
  Cube export_tax;      ///< e'[j][n][i], to i's household, on value before it
  Cube iceberg;         ///< d̂[j][n][i]
  Cube mask;            ///< m[j][n][i] in [0, 1], multiplies π; 0 is a ban
  Cube quality;         ///< q[j][n][i], multiplies π
  Matrix subsidy;       ///< s[n][j], of unit cost, paid by n's household; negative is a tax
  Matrix productivity;  ///< Â[n][j]
  std::vector<Quota> quotas;
};

/// No change at all.
[[nodiscard]] Policy no_change(World const& world);

enum class Deficits {
  keep,                   ///< D' = D, in units of the numeraire
  scale_to_world_income,  ///< D' = D · (world income' / world income), income without D
  zero,                   ///< D' = 0
};

struct Model {
  Vector sigma_value_added;  ///< σ_v[j], value added against materials
  Vector sigma_materials;    ///< σ_m[j], among materials
  double sigma_final = 1;    ///< σ_f; 1 is Cobb-Douglas, 0 Leontief
  /// [n][j]: share of value added that goes to a factor specific to (n, j), the rest to the mobile
  /// factor of n (Cobb-Douglas). 0 everywhere: one mobile factor; 1 everywhere: specific factors.
  Matrix specific_share;
  Vector wage_floor;  ///< ŵ_n >= floor, 0 is none
  Deficits deficits = Deficits::keep;
};

/// Cobb-Douglas above the trade nest, one mobile factor, deficits kept.
[[nodiscard]] Model cobb_douglas(World const& world);

enum class Status {
  solved,
  essential_lost,  ///< a household cannot buy a good it cannot do without; see lost
  /// Regions that no longer trade with the others, only buy or only sell, and whose transfers are
  /// not those that would balance this.
  unbalanced,
  /// No finite prices: making a good takes more of it, as a material, than is made.
  unproductive,
  not_converged,
};

/// Terms and volume of trade to first order at base weights, shares of base income:
/// ToT = (1/I_n) Σ_j Σ_i (E_ni dĉ_n − M_ni dĉ_i),  VoT = (1/I_n) Σ_j Σ_i t0 M_ni (dM_ni − dĉ_i),
/// M net of tariff, E_ni = M_in, c unit cost before subsidy.
struct FirstOrder {
  Vector terms_of_trade;
  Vector volume_of_trade;
  Vector welfare;
};

/// Where a status other than `solved` is given only status, lost and residual mean something.
struct Outcome {
  Status status = Status::not_converged;
  double residual = 0;  ///< largest |log(demand/supply)| of factors, or of a quota
  std::vector<std::pair<std::size_t, std::size_t>> lost;  ///< (region, sector) without a source

  Vector wage;               ///< ŵ; 1 if nothing in n is mobile
  Vector employment;         ///< L̂
  Matrix specific_return;    ///< r̂[n][j]; 1 if nothing is specific
  Vector value_added;        ///< Σ_n of it is Σ w L
  Matrix unit_cost;          ///< ĉ[n][j], before subsidy; infinite where nothing can be made
  Matrix price;              ///< P̂[n][j]; infinite where nothing can be had
  Vector final_price;        ///< P̂F[n]
  Cube share;                ///< π'[j][n][i]
  Matrix spending;           ///< X'[n][j]
  Matrix output;             ///< Y'[n][j], sellers' prices after subsidy
  Matrix real_output;        ///< Ŷ/(ĉ(1−s)); 1 where the base is zero
  Matrix value_added_share;  ///< γ'[n][j] of cost
  Cube materials;            ///< g'[n][j][k]
  Matrix final_share;        ///< α'[n][j]
  Vector income;             ///< I'
  Vector deficit;            ///< D'
  Vector tariff_revenue, export_tax_revenue, rents, subsidies;  ///< by region
  Vector base_exports, base_imports;                            ///< Σ over partners, as below
  Vector exports, imports;  ///< money that crosses the border: imports − exports = D'
  Cube flow;                ///< that money [j][n][i], the domestic one too
  Vector quota_wedge;       ///< μ by quota
  Vector quota_quantity;    ///< Q̂ by quota
  Vector welfare;           ///< Î/P̂F, exact
  std::vector<long double> log_welfare;
  FirstOrder percent;  ///< with d ln x = x̂ − 1, the published convention (times 100 is per cent)
  FirstOrder logs;     ///< with d ln x = ln x̂; −∞ where a taxed flow is banned
};

/// The equilibrium after the change. The numeraire is world value added, and where the change
/// splits the world, that of each part. Effort: price systems to solve (about a millisecond each)
/// before giving up; a usual case takes some hundreds.
[[nodiscard]] Outcome solve(World const& world, Policy const& policy, Model const& model,
                            std::size_t effort = 20'000);

/// The outcome as a new base (no rents, export taxes or subsidies in it; everybody employed).
[[nodiscard]] World rebased(World const& world, Policy const& policy, Outcome const& outcome);

/// What is wrong with the world: empty, or the first violated condition and by how much.
[[nodiscard]] std::string inconsistency(World const& world, double tolerance = 1e-12);

}  // namespace linchpin::reference::trade
