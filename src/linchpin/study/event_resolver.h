// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "linchpin/study/scenario_file.h"

namespace linchpin::study {

/// Looks up the labels of `specs` and fills the events of `resolved`: its scenario, the names of
/// its cuts, the first buyer and warnings about rules. Unknown labels go to `errors`.
///
/// Cuts stand in the order [[cut]], [[import_ban]], later phases of both, [[closure]],
/// [[retaliation]], so that the k-th cut of a file is the k-th of the scenario.
void resolve_events(EventSpecs const& specs, IndustrySpace const& space,
                    ResolvedScenario& resolved, ErrorList& errors);

}  // namespace linchpin::study
