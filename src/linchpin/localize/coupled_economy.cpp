// SPDX-License-Identifier: Apache-2.0
#include "linchpin/localize/coupled_economy.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <iterator>
#include <utility>

#include "linchpin/localize/coupled_wedges.h"

namespace linchpin::localize {
namespace {

constexpr double finer = 1e-2;  ///< of a solution, over the agreement of prices
constexpr double first_tolerance = 1e-7;
constexpr double damping = 0.7;
constexpr std::size_t most_failures = 2;

/// A solution as it is read.
struct Solved {
  equilibrium::TradeBase const& base;
  equilibrium::TradePolicy const& wedges;
  equilibrium::TradeSystem::Numbers const& numbers;
  equilibrium::TradeState const& state;
};

/// What the home makers sell abroad, at their prices, and of what others spend [unit per year].
struct SalesAbroad {
  double before = 0, after = 0;  ///< in the base, now
  double spent = 0, all = 0;     ///< by others on home makers, and on the line
};

SalesAbroad sales_abroad(CoupledCase const& each, Solved const& found) {
  auto const& base = found.base;
  auto const& grid = base.grid;
  SalesAbroad sales;
  for (std::size_t n = 0; n < grid.regions; ++n) {
    auto const buyer = grid.good(each.line, n);
    if (n == each.home) continue;
    auto const cell = grid.pair(each.line, n, each.home);
    auto const paid = found.numbers.share[cell] * found.state.spending[buyer];
    sales.before += base.share[cell] * base.expenditure[buyer] / (1 + base.tariff_at(cell));
    sales.after += paid / ((1 + found.wedges.tariff[cell]) * (1 + found.wedges.export_tax[cell]));
    sales.spent += paid;
    sales.all += found.state.spending[buyer];
  }
  return sales;
}

LinePrices prices_of(CoupledCase const& each, Solved const& found, SalesAbroad const& sales,
                     Asked const& asked, double scarcity) {
  auto const& grid = found.base.grid;
  auto const theta = found.base.theta[each.line];
  LinePrices prices;
  prices.home = found.numbers.log_cost[grid.good(each.line, each.home)];
  prices.inputs = found.numbers.log_unit_cost[grid.industry(each.home, each.line)];
  double weight = 0, sum = 0;
  for (std::size_t i = 0; i < grid.regions; ++i) {
    auto const share = found.base.share[grid.pair(each.line, each.home, i)];
    if (i == each.home || share <= 0) continue;
    weight += share;
    sum += share * std::exp(-theta * found.numbers.log_cost[grid.good(each.line, i)]);
  }
  prices.foreign = weight > 0 ? -std::log(sum / weight) / theta : 0.0;
  if (sales.before <= 0) return prices;
  auto const sold = sales.after / sales.before / std::exp(prices.home);
  prices.exports = sold * std::exp(theta * scarcity);
  // Some always find their way out.
  auto const unit = each.base.expenditure[grid.good(each.line, each.home)];
  auto const most = std::max(asked.outcome.most_exports * unit / sales.before, least_served);
  prices.scarcity = std::max(scarcity + std::log(sold / most) / theta, 0.0);
  return prices;
}

/// Share of what the home industry spends on inputs that goes abroad, directly.
double imported_inputs(CoupledCase const& each, Solved const& found) {
  auto const& grid = each.base.grid;
  double all = 0, abroad = 0;
  for (std::size_t k = 0; k < grid.sectors; ++k) {
    auto const part = each.base.input[grid.input(each.home, each.line, k)];
    all += part;
    abroad += part * (1 - found.numbers.share[grid.pair(k, each.home, each.home)]);
  }
  return all > 0 ? abroad / all : 0.0;
}

/// The base with the line's share of final spending grown everywhere, in equilibrium again.
Result<equilibrium::TradeBase> grown_base(CoupledCase const& each, double size) {
  auto base = each.base;
  auto const& grid = base.grid;
  constexpr double most = 0.9;  // of final spending
  for (std::size_t n = 0; n < grid.regions; ++n) {
    auto* const shares = base.final_share.data() + grid.industry(n);
    auto const before = shares[each.line];
    auto const after = std::min(before * size, std::max(most, before));
    for (std::size_t k = 0; k < grid.sectors; ++k) {
      if (k != each.line && before < 1) shares[k] *= (1 - after) / (1 - before);
    }
    shares[each.line] = after;
  }
  return equilibrium::consistent_base(base, equilibrium::DeficitRule::zero);
}

/// Real final use of region n over the base; where the line is capital whose services count
/// elsewhere, that of everything else.
double real_final_use(CoupledCase const& each, Solved const& found, std::size_t n) {
  auto const& grid = found.base.grid;
  auto const& now = found.numbers;
  auto log_price = now.log_final[n];
  if (each.compute) {
    // Upper nests are Cobb–Douglas: the line's share of final spending stays.
    auto const share = found.base.final_share[grid.industry(n, each.line)];
    log_price = (log_price - share * found.state.log_price[grid.good(each.line, n)]) / (1 - share);
  }
  return now.spending_power[n] / found.base.final_spending(n) * std::exp(-log_price);
}

DenseVector real_output(Solved const& found) {
  auto const& grid = found.base.grid;
  DenseVector real(grid.goods(), 1.0);
  for (std::size_t good = 0; good < grid.goods(); ++good) {
    if (found.base.output[good] <= 0) continue;
    real[good] = found.numbers.output[good] / found.base.output[good] *
                 std::exp(-found.numbers.log_cost[good]);
  }
  return real;
}

double distance(LinePrices const& a, LinePrices const& b) {
  return std::max({std::abs(a.home - b.home), std::abs(a.foreign - b.foreign),
                   std::abs(a.inputs - b.inputs), std::abs(a.exports - b.exports),
                   std::abs(a.scarcity - b.scarcity)});
}

}  // namespace

void CoupledEconomy::set_sectors(std::vector<double> const& productivity) {
  sectors_ = productivity;
}

Result<equilibrium::RepeatedSolve*> CoupledEconomy::at(double horizon, double size) {
  auto found = solvers_.find({horizon, size});
  if (found == solvers_.end()) {
    auto grown = grown_.find(size);
    if (grown == grown_.end()) {
      auto made = size == 1 ? Result<equilibrium::TradeBase>{technology_.base}
                            : grown_base(technology_, size);
      if (!made) return fail(made.error());
      grown = grown_.emplace(size, *std::move(made)).first;
    }
    auto base = grown->second;
    if (horizon != 1) {
      for (auto& theta : base.theta) theta *= horizon;
    }
    auto const after = solvers_.lower_bound({horizon, size});
    auto const smaller = after == solvers_.begin() ? solvers_.end() : std::prev(after);
    found = solvers_.try_emplace({horizon, size}, std::move(base), technology_.line).first;
    if (smaller != solvers_.end() && smaller->first.first == horizon) {
      found->second.solve.learn_from(smaller->second.solve);
    }
  }
  auto& [solve, sectors] = found->second;
  if (sectors == sectors_) return &solve;
  auto const& grid = technology_.base.grid;
  for (std::size_t j = 0; j < sectors_.size(); ++j) {
    if (j == technology_.line) continue;
    solve.policy().productivity[grid.good(j, technology_.home)] = sectors_[j];
  }
  solve.goods_changed();
  sectors = sectors_;
  return &solve;
}

Result<Answered> CoupledEconomy::answer(Asked const& asked, LinePrices const& prices,
                                        double tolerance, RunControl const& control) {
  auto const opened = at(asked.horizon, prices.size);
  if (!opened) return fail(opened.error());
  auto& solver = **opened;
  auto const& base = solver.base();
  auto const& grid = base.grid;
  set_wedges(technology_, base, asked, prices, solver.policy());
  Answered answered;
  auto state = prices.state;
  auto const numbers = solver.solve(state, tolerance, control);
  if (!numbers) return fail(numbers.error());
  Solved const found{base, solver.policy(), **numbers, state};
  auto const sales = sales_abroad(technology_, found);
  answered.prices = prices_of(technology_, found, sales, asked, prices.scarcity);
  answered.prices.size = prices.size;
  answered.exported =
      answered.prices.exports * std::exp(-base.theta[technology_.line] * prices.scarcity);
  for (std::size_t n = 0; n < grid.regions; ++n) {
    answered.welfare_abroad.push_back(real_final_use(technology_, found, n));
  }
  auto const buyer = grid.good(technology_.line, technology_.home);
  answered.real_purchases =
      state.spending[buyer] / base.expenditure[buyer] * std::exp(-state.log_price[buyer]);
  answered.welfare = answered.welfare_abroad[technology_.home];
  auto const own = grid.pair(technology_.line, technology_.home, technology_.home);
  answered.home_spending = found.numbers.share[own];
  answered.share_abroad = sales.all > 0 ? sales.spent / sales.all : 0.0;
  if (by_region_) {
    answered.imported_inputs = imported_inputs(technology_, found);
    for (std::size_t n = 0; n < grid.regions; ++n) {
      auto const cell = grid.pair(technology_.line, n, technology_.home);
      answered.newcomer.push_back(found.numbers.share[cell]);
    }
    answered.real_output = real_output(found);
  }
  answered.prices.state = std::move(state);
  return answered;
}

CoupledYear CoupledEconomy::read(Outcome const& outcome, Answered&& answered) {
  CoupledYear year;
  year.outcome = outcome;
  year.prices = std::move(answered.prices);
  year.welfare = answered.welfare;
  year.home_spending = answered.home_spending;
  year.share_abroad = answered.share_abroad;
  year.exported = answered.exported;
  year.real_purchases = answered.real_purchases;
  year.imported_inputs = answered.imported_inputs;
  year.welfare_abroad = std::move(answered.welfare_abroad);
  year.newcomer = std::move(answered.newcomer);
  year.real_output = std::move(answered.real_output);
  return year;
}

std::size_t CoupledEconomy::solves() const {
  std::size_t sum = 0;
  for (auto const& [horizon, solver] : solvers_) sum += solver.solve.solves();
  return sum;
}

std::size_t CoupledEconomy::evaluations() const {
  std::size_t sum = 0;
  for (auto const& [horizon, solver] : solvers_) sum += solver.solve.evaluations();
  return sum;
}

bool PriceSearch::done(LinePrices const& asked, LinePrices const& answered) {
  auto const exact = tolerance() <= finer * agreement_;
  gap_ = distance(asked, answered);
  return gap_ <= agreement_ && exact;
}

double PriceSearch::tolerance() const noexcept {
  auto const finest = finer * agreement_;
  return std::clamp(1e-3 * gap_, finest, std::max(first_tolerance, finest));
}

void PriceSearch::next(LinePrices& prices, Answered&& answered) {
  auto& found = answered.prices;
  std::array<double, 5> at{prices.home, prices.foreign, prices.inputs, prices.exports,
                           prices.scarcity};
  std::array<double, 5> step{found.home - at[0], found.foreign - at[1], found.inputs - at[2],
                             found.exports - at[3], found.scarcity - at[4]};
  // Capacity and bans put kinks into the map: a combination that made things worse is dropped, and
  // steps are shorter from then on; where that does not help either, none is combined any more.
  if (gap_ > best_) {
    anderson_.restart();
    ++failures_;
  }
  best_ = std::min(best_, gap_);
  if (failures_ > 0) {
    for (auto& each : step) each *= damping;
  }
  if (failures_ > most_failures) anderson_.restart();
  anderson_.step(at.data(), step.data());
  // Exports are a quantity and stay one; scarcity is nobody's gain abroad.
  if (at[3] < 0 || at[4] < 0) {
    anderson_.restart();
    at = {found.home, found.foreign, found.inputs, found.exports, found.scarcity};
  }
  prices.home = at[0];
  prices.foreign = at[1];
  prices.inputs = at[2];
  prices.exports = at[3];
  prices.scarcity = at[4];
  prices.state = std::move(found.state);
}

}  // namespace linchpin::localize
