// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <Eigen/Dense>
#include <vector>

#include "linchpin/core/dense.h"
#include "linchpin/equilibrium/trade_system.h"

namespace linchpin::equilibrium {

/// How prices, spending and the excess demand for factors answer to the incomes of factor groups
/// (`TradeSystem::groups`), near one point: first derivatives, sums over the chain cut off when
/// they change by less than a given part, shares of upper nests held. The search steps along it and
/// mends the rest by acceleration. Specific factors of a region move together here; how one moves
/// against the others is taken from its own demand elasticity.
class WageResponse {
 public:
  /// At the point `system` was last evaluated, `excess(spending)` included.
  /// \param accuracy  relative change at which sums over the chain end
  void compute(TradeSystem const& system, DenseVector const& spending, double accuracy);
  [[nodiscard]] bool ready() const noexcept { return columns_ > 0; }

  /// The step of the outer unknowns that would make `residual` vanish, quotas included.
  void step(TradeSystem const& system, std::vector<double> const& residual,
            std::vector<double>& step) const;
  /// The same with the transposed matrix.
  void step_transposed(TradeSystem const& system, std::vector<double> const& right,
                       std::vector<double>& step) const;
  /// Moves prices and spending along with a step of the outer unknowns.
  void predict(TradeSystem const& system, std::vector<double> const& step, DenseVector& log_price,
               DenseVector& spending) const;

 private:
  void respond_prices(TradeSystem const& system, double accuracy);
  void respond_spending(TradeSystem const& system, DenseVector const& spending, double accuracy);
  void inputs_of(TradeSystem const& system, std::size_t n);

  std::size_t columns_ = 0;
  DenseVector price_, cost_, spending_, output_, fixed_, mapped_;  ///< goods × columns
  DenseVector income_, revenue_;                                   ///< regions × columns
  DenseVector input_;                                              ///< sectors × sector_stride
  Eigen::MatrixXd matrix_;
  Eigen::PartialPivLU<Eigen::MatrixXd> factors_;
};

}  // namespace linchpin::equilibrium
