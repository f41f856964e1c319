// SPDX-License-Identifier: Apache-2.0
#include "linchpin/leverage/adjoint_screen.h"

#include <algorithm>
#include <numbers>

#include "linchpin/core/contracts.h"
#include "linchpin/equilibrium/gradient.h"
#include "linchpin/equilibrium/solve.h"

namespace linchpin::leverage {

Result<Screen> adjoint_screen(equilibrium::TradeBase const& base,
                              std::span<Candidate const> candidates,
                              std::span<std::vector<DeniedLink> const> links, std::size_t target,
                              equilibrium::Closure const& closure) {
  LINCHPIN_EXPECTS(target < base.grid.regions && links.size() == candidates.size());
  Screen screen;
  if (candidates.empty()) return screen;
  equilibrium::TradePolicy const nothing;
  auto const found = equilibrium::solve(base, nothing, closure);
  if (!found) return fail(found.error());
  equilibrium::GradientRequest wanted;
  wanted.trade_cost = false;
  wanted.goods = false;
  wanted.availability = true;
  auto const slope = equilibrium::gradient(
      base, nothing, closure, *found, equilibrium::welfare_seeds(base, *found, target), wanted);
  if (!slope) return fail(slope.error());
  for (std::size_t c = 0; c < candidates.size(); ++c) {
    double loss = 0;
    for (auto const& link : links[c]) {
      auto const cell = base.grid.pair(link.sector, link.importer, link.exporter);
      loss += (1 - link.kept) * slope->availability[cell];
      screen.kept = link.kept;
    }
    screen.candidates.push_back(candidates[c]);
    screen.candidates.back().group = c;
    screen.candidates.back().share = 0.5;
    screen.theta.push_back(1);
    // ½ of a group costs weight · ln 2.
    screen.weight.push_back(std::max(0.0, loss) / std::numbers::ln2);
  }
  return screen;
}

}  // namespace linchpin::leverage
