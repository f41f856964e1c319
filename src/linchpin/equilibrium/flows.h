// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>

#include "linchpin/core/contracts.h"
#include "linchpin/core/dense.h"
#include "linchpin/equilibrium/policy.h"
#include "linchpin/equilibrium/solve.h"
#include "linchpin/equilibrium/trade_base.h"
#include "linchpin/table/nowcast/trade_cube.h"
#include "linchpin/table/trade_accounts.h"

namespace linchpin::equilibrium {

/// Who sold how much of what to whom in one year, values at the border.
struct Flows {
  int year = 0;
  std::size_t regions = 0;
  std::size_t sectors = 0;
  DenseVector trade;  ///< [sector][importer][exporter], sales at home on the diagonal

  [[nodiscard]] std::size_t cell(std::size_t sector, std::size_t importer,
                                 std::size_t exporter) const noexcept {
    LINCHPIN_EXPECTS(sector < sectors && importer < regions && exporter < regions);
    return (sector * regions + importer) * regions + exporter;
  }
  [[nodiscard]] double at(std::size_t sector, std::size_t importer,
                          std::size_t exporter) const noexcept {
    return trade[cell(sector, importer, exporter)];
  }
  /// Everything that crosses a border.
  [[nodiscard]] double between_regions() const noexcept;
};

[[nodiscard]] Flows flows_of(TradeCube const& cube);
[[nodiscard]] Flows flows_of(TradeAccounts const& accounts);
/// Of a base; and of its world under a policy, in the unit of the base and the numeraire.
[[nodiscard]] Flows flows_before(TradeBase const& base);
/// \pre `found` solves `base` under `policy`
[[nodiscard]] Flows flows_after(TradeBase const& base, TradePolicy const& policy,
                                Equilibrium const& found);

}  // namespace linchpin::equilibrium
