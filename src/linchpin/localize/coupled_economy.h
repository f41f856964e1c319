// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <map>
#include <utility>
#include <vector>

#include "linchpin/core/error.h"
#include "linchpin/core/run_control.h"
#include "linchpin/equilibrium/anderson.h"
#include "linchpin/equilibrium/repeated_solve.h"
#include "linchpin/localize/coupled_year.h"

namespace linchpin::localize {

/// What the economy is asked: make shares those of `outcome`.
struct Asked {
  Outcome const& outcome;
  PolicyState const& policy;
  double input_prices = 1;  ///< at which unit cost of the outcome was taken
  double horizon = 1;       ///< multiplies every θ
};

/// What it answers when buyers and makers go by some prices: the prices that come of it.
struct Answered {
  LinePrices prices;
  double welfare = 1;
  double home_spending = 0, share_abroad = 0, imported_inputs = 0, exported = 1;
  double real_purchases = 1;
  std::vector<double> welfare_abroad, newcomer;
  DenseVector real_output;
};

/// The economy around a technology, asked again and again: keeps equations and derivatives of every
/// horizon. Not thread-safe.
class CoupledEconomy {
 public:
  /// Keeps a reference.
  explicit CoupledEconomy(CoupledCase const& technology, bool by_region = true)
      : technology_(technology), by_region_(by_region) {}
  explicit CoupledEconomy(CoupledCase&& technology, bool by_region = true) = delete;

  [[nodiscard]] CoupledCase const& technology() const noexcept { return technology_; }
  /// Productivity of all sectors at home from now on, over the base; that of the line is ignored.
  void set_sectors(std::vector<double> const& productivity);
  /// One solution with the wedges that `asked` needs at `prices`, from `prices.state`.
  /// \param tolerance  of equilibrium::solve
  [[nodiscard]] Result<Answered> answer(Asked const& asked, LinePrices const& prices,
                                        double tolerance, RunControl const& control);
  /// Puts a year together.
  [[nodiscard]] static CoupledYear read(Outcome const& outcome, Answered&& answered);
  /// Solutions, and evaluations of the equations, of all horizons so far.
  [[nodiscard]] std::size_t solves() const;
  [[nodiscard]] std::size_t evaluations() const;

 private:
  struct Solver {
    Solver(equilibrium::TradeBase base, std::size_t line) : solve(std::move(base), line) {}
    equilibrium::RepeatedSolve solve;
    std::vector<double> sectors;  ///< productivity of sectors it has; empty: the base's
  };
  Result<equilibrium::RepeatedSolve*> at(double horizon, double size);

  CoupledCase const& technology_;
  bool by_region_;
  std::map<double, equilibrium::TradeBase> grown_;  ///< bases by size of the market
  std::vector<double> sectors_;
  std::map<std::pair<double, double>, Solver> solvers_;  ///< by horizon and size of the market
};

/// The search for prices that come of themselves: plain steps and, where they agree, Anderson
/// acceleration.
class PriceSearch {
 public:
  explicit PriceSearch(double agreement = 1e-8) : agreement_(agreement) {}
  /// Prices agree to `agreement`.
  [[nodiscard]] bool done(LinePrices const& asked, LinePrices const& answered);
  /// Moves `prices` on; its state becomes that of the answer.
  void next(LinePrices& prices, Answered&& answered);
  [[nodiscard]] double gap() const noexcept { return gap_; }
  /// How exactly the next answer is wanted: better than prices are known, in the end as exactly as
  /// everything else.
  [[nodiscard]] double tolerance() const noexcept;

 private:
  equilibrium::Anderson anderson_{5, 4};
  double agreement_;
  double gap_ = 1;
  double best_ = 1e300;
  std::size_t failures_ = 0;  ///< of combinations
};

}  // namespace linchpin::localize
