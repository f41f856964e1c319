// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <vector>

#include "linchpin/core/error.h"
#include "linchpin/core/run_control.h"
#include "linchpin/localize/autonomy.h"
#include "linchpin/study/autonomy_world.h"

namespace linchpin::study {

/// The programme's path while others deny something from the first year on.
struct DenialPath {
  std::string denied;  ///< "tools", "the product", "both"
  std::vector<localize::PathYear> path;
};

/// "Does denial backfire?": the central path with the programme under a control on tools as strict
/// as that of the study's cut-off, with the product denied, and with both, less its leakage. Slower
/// catching-up (tools) works against more experience (the product). Without a tool control in the
/// study a full one is taken.
/// \error as autonomy_case and localize::autonomy_curve
[[nodiscard]] Result<std::vector<DenialPath>> run_denials(AutonomyGround const& ground,
                                                          std::span<double const> values,
                                                          RunControl const& control);

/// "backfires" where denial leaves more experience or quality in a year and less of neither,
/// "delays" the other way round, else "cuts both ways" or, within 10 % of experience and 2 % of
/// quality, "changes little". The share made at home is no measure: it rises wherever others do not
/// sell.
[[nodiscard]] char const* denial_verdict(localize::PathYear const& open,
                                         localize::PathYear const& denied);

/// The year in which denial takes most of the share made at home. \pre as many years, at least one
[[nodiscard]] std::size_t worst_denied(std::vector<localize::PathYear> const& open,
                                       std::vector<localize::PathYear> const& denied);

}  // namespace linchpin::study
