// SPDX-License-Identifier: Apache-2.0
#include "linchpin/study/trade_bands.h"

#include <cmath>
#include <utility>

#include "linchpin/core/contracts.h"
#include "linchpin/uncertainty/equilibrium_ensemble.h"

namespace linchpin::study {

Result<EquilibriumBands> trade_bands(TradeQuestion const& question,
                                     equilibrium::Equilibrium const& central,
                                     TradeAsked const& asked, EquilibriumAnswer const& answer,
                                     RunControl const& control) {
  LINCHPIN_EXPECTS(asked.ensemble.has_value());
  std::vector<double> welfare;
  std::vector<bool> outlier;
  // The region that is hit hardest is the one whose number one doubts first; an outlier has none.
  std::size_t focus = 0;
  double most = -1;
  for (std::size_t n = 0; n < answer.regions.size(); ++n) {
    welfare.push_back(answer.regions[n].outcome.welfare_exact);
    outlier.push_back(!answer.regions[n].outlier.empty());
    if (outlier[n] || std::abs(welfare[n]) <= most) continue;
    most = std::abs(welfare[n]);
    focus = n;
  }
  welfare.push_back(answer.world_welfare_pct.value_or(0.0));
  return uncertainty::equilibrium_ensemble(question.base, question.scenario.policy,
                                           question.scenario.closure, central, welfare,
                                           {.uncertain = asked.uncertain,
                                            .design = asked.ensemble->design,
                                            .draws = asked.ensemble->draws,
                                            .seed = Seed{asked.ensemble->seed},
                                            .focus = focus,
                                            .outlier = std::move(outlier)},
                                           control);
}

}  // namespace linchpin::study
