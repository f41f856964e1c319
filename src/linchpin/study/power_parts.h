// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <optional>
#include <utility>
#include <vector>

#include "linchpin/core/parallel.h"
#include "linchpin/leverage/equilibrium_power.h"
#include "linchpin/leverage/pair_power.h"
#include "linchpin/leverage/short_run_power.h"
#include "linchpin/study/power_run.h"

namespace linchpin::study {

// Pieces of run_power.

using leverage::Denial;
using leverage::EquilibriumPower;

/// Calls `ask` for every denial, in parallel; the first error in their order.
template <typename Answer, typename Ask>
Result<std::vector<Answer>> for_each_denial(std::vector<Denial> const& denials, char const* what,
                                            RunControl const& control, Ask&& ask) {
  std::vector<Answer> answers(denials.size());
  std::vector<std::optional<Error>> failed(denials.size());
  auto const done = parallel_for(denials.size(), control, what, [&](std::size_t k) {
    Result<Answer> found = ask(denials[k]);
    if (found) {
      answers[k] = *std::move(found);
    } else {
      failed[k] = found.error();
    }
  });
  if (!done) return fail(done.error());
  for (auto& error : failed) {
    if (error) return fail(*std::move(error));
  }
  return answers;
}

struct PowerQuestion {
  std::vector<Denial> denials;
  std::vector<std::size_t> sectors;  ///< empty: all
  double outer = 1;                  ///< elasticity between sectors of final demand
};

/// [pair] ln of the cost index through the network.
[[nodiscard]] Result<std::vector<double>> cost_indices(leverage::PriceWorld const& prices,
                                                       PowerQuestion const& question,
                                                       RunControl const& control);

[[nodiscard]] Result<std::vector<EquilibriumPower>> settled_powers(
    equilibrium::TradeBase const& base, equilibrium::Closure const& closure,
    PowerQuestion const& question, bool full_break, RunControl const& control);

/// Losses of the first months, for the pairs asked, with their range where that is asked.
[[nodiscard]] Result<void> add_short_run(Economy const& economy, PowerQuestion const& question,
                                         PowerRequest const& request, ParameterSource const& source,
                                         PowerAnswer& answer, RunControl const& control);

/// Every measure for each sector alone in which there is trade.
[[nodiscard]] Result<void> add_by_sector(LeverageWorld const& world, Economy const* economy,
                                         PowerQuestion const& question, PowerRequest const& request,
                                         ParameterSource const& source, PowerAnswer& answer,
                                         RunControl const& control);

}  // namespace linchpin::study
