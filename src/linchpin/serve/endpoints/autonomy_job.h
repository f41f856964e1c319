// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "linchpin/serve/run_queue.h"
#include "linchpin/serve/world_store.h"
#include "linchpin/study/autonomy_study.h"

namespace linchpin::serve {

/// Which document a run of an autonomy study has beside its tables and its report.
enum class AutonomyDocument {
  localize,  ///< of `linchpin localize --json`
  results,   ///< of `linchpin run`
};

/// \param text  as it was posted; \param study  what was read of it, narrowed as the client asked
[[nodiscard]] Job autonomy_job(WorldStore& worlds, std::string text, study::AutonomyStudy study,
                               AutonomyDocument document);

}  // namespace linchpin::serve
