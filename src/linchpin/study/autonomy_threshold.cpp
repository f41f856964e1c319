// SPDX-License-Identifier: Apache-2.0
#include "linchpin/study/autonomy_threshold.h"

namespace linchpin::study {

std::vector<double> judged_loss(localize::AutonomyCurve const& curve, ThresholdOf of) {
  auto loss = curve.loss_with;
  if (of == ThresholdOf::income) return loss;
  for (std::size_t t = 0; t < loss.size(); ++t) {
    if (curve.with[t].market > 0) loss[t] /= curve.with[t].market;
  }
  return loss;
}

std::optional<std::size_t> manageable_in(localize::AutonomyCurve const& curve,
                                         AutonomyStudy const& study,
                                         AutonomyTechnology const& technology) {
  return localize::manageable_from(judged_loss(curve, threshold_of(study, technology)),
                                   threshold_pct(study, technology) / 100);
}

}  // namespace linchpin::study
