// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <vector>

#include "linchpin/core/dense.h"
#include "linchpin/disrupt/model.h"
#include "linchpin/economy/industry_space.h"

namespace linchpin::disrupt {

/// The numbers of ModelOptions that may differ between the lanes of a block, lanes side by side.
struct LaneNumbers {
  LaneNumbers(IndustrySpace const& space, std::span<Run const> runs);

  std::size_t lanes;
  DenseVector days;      ///< products x lanes: target stock; 0 where stocks are endless
  DenseVector goal;      ///< products x lanes: what stocks start from, infinity where endless
  DenseVector cover;     ///< products x lanes: days of use below which output falls
  DenseVector restock;   ///< lanes: 1 / days to close a gap in stocks
  DenseVector ceiling;   ///< products (as makers) x lanes: overproduction_max
  DenseVector pace;      ///< lanes: 1 / tau_overproduction_days
  DenseVector exponent;  ///< products x lanes: of suppliers' weights
  std::vector<bool> plain_weight;  ///< per product: every exponent is 1
  DenseVector hire, fire;          ///< lanes: days
};

}  // namespace linchpin::disrupt
