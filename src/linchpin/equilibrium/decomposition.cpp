// SPDX-License-Identifier: Apache-2.0
#include "linchpin/equilibrium/decomposition.h"

#include <array>
#include <cmath>
#include <utility>

#include "linchpin/equilibrium/solve.h"
#include "linchpin/equilibrium/wedges.h"

namespace linchpin::equilibrium {
namespace {

constexpr double path_tolerance = 1e-12;

enum Part : std::size_t { terms, volume, costs, technology, variety, subsidies, work, transfers };
constexpr std::size_t parts = 8;
using Parts = std::array<double, parts>;

double at(DenseVector const& array, std::size_t place, double otherwise) noexcept {
  return array.empty() ? otherwise : array[place];
}

/// One point of the path.
struct Point {
  TradePolicy policy;
  Equilibrium found;
};

/// What changes between two points of one pair, and the weights it has at each.
struct Pair {
  double spent = 0;      ///< X π
  double border = 0;     ///< value at the border: spent / (1 + t)
  double producer = 0;   ///< what the maker gets: border / (1 + e)
  double log_maker = 0;  ///< ln c
  double log_tax = 0;    ///< ln(1 + e) and the rent of the exporter
  double log_cost = 0;   ///< ln d
  double log_quality = 0;
  double tariff = 0;  ///< part of border value
  double export_tax = 0;
  double available = 1;
  double per_available = 0;  ///< X π / m, also where m is 0
};

class Path {
 public:
  Path(TradeBase const& base, Closure const& closure) : base_(base), closure_(closure) {}

  /// Adds the trapezoid between two points to the parts of every region.
  void add(Point const& a, Point const& b, std::vector<Parts>& sums) const {
    auto const& grid = base_.grid;
    for (std::size_t n = 0; n < grid.regions; ++n) {
      auto const income_a = a.found.numbers.spending_power[n];
      auto const income_b = b.found.numbers.spending_power[n];
      for (std::size_t j = 0; j < grid.sectors; ++j) {
        for (std::size_t i = 0; i < grid.regions; ++i) {
          if (base_.share[grid.pair(j, n, i)] <= 0) continue;
          auto const p = pair(a, j, n, i);
          auto const q = pair(b, j, n, i);
          add_imports(p, q, base_.theta[j], income_a, income_b, sums[n]);
          add_exports(p, q, a.found.numbers.spending_power[i], b.found.numbers.spending_power[i],
                      sums[i]);
        }
        add_industry(a, b, n, j, income_a, income_b, sums[n]);
      }
      auto const half = 0.5 * (1 / income_a + 1 / income_b);
      sums[n][transfers] +=
          half * (b.found.numbers.deficit[n] - a.found.numbers.deficit[n]);
      // Incomes of people: wage times employment; what moves with the wage is in border prices.
      auto const wage_bill = [&](Point const& point) {
        return point.found.state.outer.empty() || a.found.numbers.log_wage.empty()
                   ? 0.0
                   : std::exp(point.found.state.outer[n]) * first_income_[n];
      };
      if (closure_.factors.wage_floor.empty()) continue;
      sums[n][work] += 0.5 * (wage_bill(a) / income_a + wage_bill(b) / income_b) *
                       std::log(b.found.employment[n] / a.found.employment[n]);
    }
  }
  void take_first_income(std::vector<double> income) { first_income_ = std::move(income); }

 private:
  [[nodiscard]] Pair pair(Point const& point, std::size_t j, std::size_t n, std::size_t i) const {
    auto const& grid = base_.grid;
    auto const cell = grid.pair(j, n, i);
    auto const& policy = point.policy;
    auto const& now = point.found.numbers;
    Pair pair;
    pair.spent = point.found.state.spending[grid.good(j, n)] * now.share[cell];
    pair.tariff = policy.tariff.empty() ? base_.tariff_at(cell) : policy.tariff[cell];
    pair.export_tax = at(policy.export_tax, cell, 0.0);
    pair.log_maker = now.log_cost[grid.good(j, i)];
    pair.log_tax = std::log1p(pair.export_tax);
    pair.log_cost = std::log(at(policy.iceberg, cell, 1.0));
    pair.log_quality = std::log(at(policy.quality, grid.good(j, i), 1.0));
    pair.available = at(policy.availability, cell, 1.0);
    add_quota(point, j, n, i, pair);
    pair.border = pair.spent / (1 + pair.tariff);
    pair.producer = pair.border / (1 + pair.export_tax);
    if (pair.available > 0) {
      pair.per_available = pair.spent / pair.available;
    } else {
      auto const theta = base_.theta[j];
      auto const log_share =
          std::log(base_.share[cell]) + theta * pair.log_quality -
          theta * (pair.log_maker + log_cost(base_, policy, cell) -
                   now.log_price[grid.industry(n, j)]);
      pair.per_available = point.found.state.spending[grid.good(j, n)] * std::exp(log_share);
    }
    return pair;
  }
  /// The wedge of a quota acts like an export tax, a tariff or a trade cost, as its rents go.
  void add_quota(Point const& point, std::size_t j, std::size_t n, std::size_t i,
                 Pair& pair) const {
    auto const& quotas = point.policy.quotas;
    auto const first = point.found.state.outer.size() - quotas.size();
    for (std::size_t q = 0; q < quotas.size(); ++q) {
      if (quotas[q].sector != j || quotas[q].importer != n || quotas[q].exporter != i) continue;
      auto const wedge = point.found.state.outer[first + q];
      switch (quotas[q].rents) {
        case QuotaRents::exporter:
          pair.log_tax += wedge;
          pair.export_tax = std::expm1(std::log1p(pair.export_tax) + wedge);
          break;
        case QuotaRents::importer:
          pair.tariff = std::expm1(std::log1p(pair.tariff) + wedge);
          break;
        case QuotaRents::nobody: pair.log_cost += wedge; break;
      }
    }
  }
  static void add_imports(Pair const& p, Pair const& q, double theta, double income_a,
                          double income_b, Parts& sums) {
    auto const mean = [&](double a, double b) { return 0.5 * (a / income_a + b / income_b); };
    auto const border = mean(p.border, q.border);
    auto const by_price = q.log_maker + q.log_tax - p.log_maker - p.log_tax;
    auto const by_cost = q.log_cost - p.log_cost;
    sums[terms] -= border * by_price;
    sums[costs] -= border * by_cost;
    // τ (dM − M d ln b), without a log of flows that vanish.
    sums[volume] += mean(p.tariff, q.tariff) * (q.border - p.border) -
                    mean(p.tariff * p.border, q.tariff * q.border) * (by_price + by_cost);
    sums[technology] += mean(p.spent, q.spent) * (q.log_quality - p.log_quality);
    sums[variety] +=
        mean(p.per_available, q.per_available) * (q.available - p.available) / theta;
  }
  static void add_exports(Pair const& p, Pair const& q, double income_a, double income_b,
                          Parts& sums) {
    auto const mean = [&](double a, double b) { return 0.5 * (a / income_a + b / income_b); };
    auto const by_maker = q.log_maker - p.log_maker;
    sums[terms] += mean(p.border, q.border) * (by_maker + q.log_tax - p.log_tax);
    sums[volume] += mean(p.export_tax, q.export_tax) * (q.producer - p.producer) -
                    mean(p.export_tax * p.producer, q.export_tax * q.producer) * by_maker;
  }
  void add_industry(Point const& a, Point const& b, std::size_t n, std::size_t j, double income_a,
                    double income_b, Parts& sums) const {
    auto const good = base_.grid.good(j, n);
    auto const outlay_a = a.found.numbers.cost_outlay[good];
    auto const outlay_b = b.found.numbers.cost_outlay[good];
    auto const better = std::log(at(b.policy.productivity, good, 1.0)) -
                        std::log(at(a.policy.productivity, good, 1.0));
    sums[technology] += 0.5 * (outlay_a / income_a + outlay_b / income_b) * better;
    if (b.policy.subsidy.empty()) return;
    // d of s C less what prices explain; ln c here is the cost before the subsidy.
    auto const s_a = a.policy.subsidy[good];
    auto const s_b = b.policy.subsidy[good];
    auto const by_cost = (b.found.numbers.log_cost[good] - std::log1p(-s_b)) -
                         (a.found.numbers.log_cost[good] - std::log1p(-s_a));
    sums[subsidies] -= 0.5 * (s_a / income_a + s_b / income_b) * (outlay_b - outlay_a) -
                       0.5 * (s_a * outlay_a / income_a + s_b * outlay_b / income_b) * by_cost;
  }

  TradeBase const& base_;
  Closure const& closure_;
  std::vector<double> first_income_;
};

Result<std::vector<Point>> points_of(TradeBase const& base, TradePolicy const& policy,
                                     Closure const& closure, std::size_t steps,
                                     RunControl const& control) {
  SolveOptions options;
  options.tolerance = path_tolerance;
  std::vector<Point> points;
  for (std::size_t k = 0; k <= steps; ++k) {
    auto const part = static_cast<double>(k) / static_cast<double>(steps);
    Point point;
    point.policy = k == steps ? policy : part_of(policy, base, part);
    auto const* const before = points.empty() ? nullptr : &points.back().found.state;
    auto found = solve(base, point.policy, closure, options, before, control);
    if (!found) return fail(found.error());
    point.found = std::move(*found);
    points.push_back(std::move(point));
  }
  return points;
}

}  // namespace

Result<std::vector<WelfareParts>> decompose(TradeBase const& base, TradePolicy const& policy,
                                            Closure const& closure, std::size_t steps,
                                            RunControl const& control) {
  LINCHPIN_EXPECTS(steps >= 2 && steps % 2 == 0);
  auto const points = points_of(base, policy, closure, steps, control);
  if (!points) return fail(points.error());
  auto const regions = base.grid.regions;
  Path path{base, closure};
  std::vector<double> income(regions, 0.0);
  TradeSystem const system{base, policy, closure};
  for (std::size_t n = 0; n < regions && system.mobile_factors() > 0; ++n) {
    income[n] = system.base_income(0, n);
  }
  path.take_first_income(std::move(income));
  std::vector<Parts> fine(regions, Parts{});
  std::vector<Parts> coarse(regions, Parts{});
  for (std::size_t k = 0; k < steps; ++k) path.add((*points)[k], (*points)[k + 1], fine);
  for (std::size_t k = 0; k < steps; k += 2) path.add((*points)[k], (*points)[k + 2], coarse);

  auto const& first = points->front().found.numbers;
  auto const& last = points->back().found.numbers;
  std::vector<WelfareParts> all(regions);
  for (std::size_t n = 0; n < regions; ++n) {
    Parts sum{};
    for (std::size_t k = 0; k < parts; ++k) {
      sum[k] = 100 * (4 * fine[n][k] - coarse[n][k]) / 3;
    }
    auto& region = all[n];
    region.terms_of_trade = sum[terms];
    region.volume_of_trade = sum[volume];
    region.trade_costs = sum[costs];
    region.technology = sum[technology];
    region.variety = sum[variety];
    region.subsidies = sum[subsidies];
    region.employment = sum[work];
    region.transfers = sum[transfers];
    region.total = 100 * (std::log(last.spending_power[n] / first.spending_power[n]) -
                          last.log_final[n] + first.log_final[n]);
    region.rest = region.total;
    for (auto const value : sum) region.rest -= value;
  }
  return all;
}

}  // namespace linchpin::equilibrium
