// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "linchpin/core/dense.h"
#include "linchpin/depend/leontief_system.h"

namespace linchpin::depend {

/// Where an industry stands in the chains of production; one entry per industry, pure numbers.
struct Position {
  DenseVector output_multiplier;  ///< u'L: output of all industries per unit of final demand
  DenseVector upstreamness;       ///< U = (I - B)^-1 u, B = x^-1 Z: steps to final use, >= 1
  DenseVector downstreamness;     ///< D = u'(I - A)^-1: steps from primary factors, >= 1
};

/// Multipliers and positions of all industries: two solves. Industries without output get 1;
/// what rounding leaves with a negative output can have an upstreamness below 1.
///
/// Source: Miller & Blair (2009), ch. 6; Antras, Chor, Fally & Hillberry (2012), "Measuring the
/// upstreamness of production and trade flows", AER P&P; Miller & Temurshoev (2017).
[[nodiscard]] Position position(LeontiefSystem const& system);

}  // namespace linchpin::depend
