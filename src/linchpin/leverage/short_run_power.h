// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "linchpin/core/error.h"
#include "linchpin/core/run_control.h"
#include "linchpin/disrupt/model.h"
#include "linchpin/economy/economy.h"

namespace linchpin::leverage {

/// Who withholds from whom: one region, or a coalition that does it together.
struct Denial {
  std::vector<std::size_t> senders;
  std::size_t target = 0;
};

/// One sender for every ordered pair of regions, the diagonal included, sender-major.
[[nodiscard]] std::vector<Denial> all_denials(std::size_t regions);

struct ShortRunOptions {
  std::vector<SectorId> sectors = {};  ///< that are withheld; empty: all
  bool full_break = false;             ///< the target's deliveries to the senders stop too
  disrupt::ModelOptions model = {};    ///< stocks must be set; days: the horizon
};

/// Per cent of real final use that each target loses over the horizon, in the first months when
/// neither prices nor other sources have adjusted: from day 0 the senders deliver nothing to it.
/// A target among the senders: 0, nothing is asked.
///
/// \pre ids below the sizes of the economy; no denial without senders
/// \error as `disrupt::simulate_block`; the first failed run's error
[[nodiscard]] Result<std::vector<double>> short_run_losses(Economy const& economy,
                                                           std::span<Denial const> denials,
                                                           ShortRunOptions const& options,
                                                           RunControl const& control = {});

}  // namespace linchpin::leverage
