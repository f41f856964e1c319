// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <vector>

#include "linchpin/core/error.h"
#include "linchpin/core/run_control.h"
#include "linchpin/disrupt/model.h"
#include "linchpin/economy/economy.h"

namespace linchpin::leverage {

struct ShortRunOptions {
  std::vector<SectorId> sectors = {};  ///< that are withheld; empty: all
  disrupt::ModelOptions model = {};    ///< stocks must be set; days: the horizon
};

/// Per cent of real final use that each target loses over the horizon, in the first months when
/// neither prices nor other sources have adjusted: one region withholds all its deliveries to one
/// other from day 0. Sender-major, N × N; the diagonal is 0.
///
/// \error as `disrupt::simulate_block`; the first failed run's error
[[nodiscard]] Result<std::vector<double>> short_run_pairs(Economy const& economy,
                                                          ShortRunOptions const& options,
                                                          RunControl const& control = {});

}  // namespace linchpin::leverage
