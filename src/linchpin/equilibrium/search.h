// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "linchpin/equilibrium/anderson.h"
#include "linchpin/equilibrium/solve.h"
#include "linchpin/equilibrium/wage_response.h"

namespace linchpin::equilibrium {

/// Derivatives that searches near each other hand on: those of one point serve as long as steps
/// along them halve the residual.
struct Derivatives {
  WageResponse response;
  std::vector<double> slopes;  ///< wage slopes at the point
  double accuracy = 3e-2;      ///< of the next response
};

/// How exactly prices and spending are solved for at given incomes: at the first point of a search
/// and at a solution.
struct InnerAccuracy {
  double first = 1e-5;
  double finest = 1e-13;
};

/// One search at one policy.
class Search {
 public:
  /// Keeps references.
  Search(TradeSystem& system, SolveOptions const& options, SolverReport& report,
         Derivatives& derivatives, InnerAccuracy inner = {})
      : system_(system),
        options_(options),
        report_(report),
        derivatives_(derivatives),
        inner_(inner) {}

  /// True if `state` is a solution now; else it is where the search got to.
  [[nodiscard]] bool run(TradeState& state);

 private:
  double evaluate(TradeState& state, double accuracy, std::vector<double>& residual);
  void move(TradeState& state, std::vector<double> const& residual, std::vector<double>& step,
            Anderson& anderson);
  void note(double gap);

  TradeSystem& system_;
  SolveOptions const& options_;
  SolverReport& report_;
  Derivatives& derivatives_;
  InnerAccuracy inner_;
  double limit_ = 1;  ///< longest step of a log
};

}  // namespace linchpin::equilibrium
