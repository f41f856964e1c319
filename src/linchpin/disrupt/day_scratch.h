// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <vector>

#include "linchpin/disrupt/day_model.h"

namespace linchpin::disrupt {

/// Working memory of one thread for one product of a day; buyers x lanes where not said otherwise.
struct DayModel::Scratch {
  DenseVector placed;  ///< g: orders with a supplier of weight one, as multiples of base use
  DenseVector scaled;  ///< the same times what turns Z into the baseline's flows
  double const* money = nullptr;           ///< `scaled`, or `placed` where nothing is scaled
  DenseVector ordered;                     ///< q, where it is asked for
  DenseVector partial, sales, sales_home;  ///< rows x lanes (x partial sums)
  std::vector<DenseVector> later;          ///< per delay: Σ Z b w · delivered share
  std::vector<double*> sums;           ///< these, or the received row where nothing is under way
  DenseVector weights, next_weights;   ///< rows x lanes, of one band
  std::vector<double const*> factors;  ///< per row
  std::vector<std::uint32_t> rows;
  DenseMatrix wanted;  ///< rows of the product x buyers
};

}  // namespace linchpin::disrupt
