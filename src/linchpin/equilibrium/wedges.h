// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <vector>

#include "linchpin/core/dense.h"
#include "linchpin/equilibrium/policy.h"
#include "linchpin/equilibrium/trade_base.h"

namespace linchpin::equilibrium {

/// Totals of scaled weights below this have lost their digits: they are summed again from logs.
inline constexpr double underflow = 1e-200;

/// A policy as the solver sees it: how strongly importers weigh every origin, and who gets which
/// part of what they spend. Layout: pair, unless said.
struct Wedges {
  /// ln of the weight a of origin i: ln π + ln m + θ ln q − θ ln κ with
  /// κ = d (1 + t)(1 + e) / (1 + τ); −inf where nothing can come from i.
  DenseVector log_weight;
  DenseVector weight;       ///< a over the largest of its row
  DenseVector row_shift;    ///< ln of the largest weight, good (of the importer); −inf: none
  DenseVector kept;         ///< part of a unit spent that reaches the producer: 1/((1 + t)(1 + e))
  DenseVector export_part;  ///< part that goes to the exporter's government; empty: none at all
  std::vector<char> domestic;  ///< sector: everything comes from the region itself, at its cost

  /// Weights of one row from their logs, after a change of `log_weight`.
  void scale_row(Grid const& grid, std::size_t sector, std::size_t importer) noexcept;
};

/// Precondition: `check(policy, base)` holds.
[[nodiscard]] Wedges wedges_of(TradeBase const& base, TradePolicy const& policy);

/// Does one sector anew after a change of its cells in `policy`. Precondition: that, neither quotas
/// nor routes, and export taxes given then as now.
void wedges_of_sector(TradeBase const& base, TradePolicy const& policy, std::size_t sector,
                      Wedges& wedges);

/// ln κ of a pair under a policy: its trade costs and duties over those of the base.
[[nodiscard]] double log_cost(TradeBase const& base, TradePolicy const& policy,
                              std::size_t pair) noexcept;

}  // namespace linchpin::equilibrium
