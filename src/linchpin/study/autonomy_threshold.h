// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <optional>
#include <vector>

#include "linchpin/localize/autonomy.h"
#include "linchpin/study/autonomy_study.h"

namespace linchpin::study {

/// Loss of a cut-off with the programme, by the year in which it starts, as a share of what the
/// threshold of a study is of: real final use, or what the region buys of the technology in that
/// year, without programme and cut-off.
[[nodiscard]] std::vector<double> judged_loss(localize::AutonomyCurve const& curve, ThresholdOf of);

/// The first place from which that stays below the technology's threshold to the end; empty: none.
[[nodiscard]] std::optional<std::size_t> manageable_in(localize::AutonomyCurve const& curve,
                                                       AutonomyStudy const& study,
                                                       AutonomyTechnology const& technology);

}  // namespace linchpin::study
