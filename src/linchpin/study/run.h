// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "linchpin/core/error.h"
#include "linchpin/core/run_control.h"
#include "linchpin/economy/economy.h"
#include "linchpin/results/result_set.h"
#include "linchpin/study/leverage_study.h"
#include "linchpin/study/study_file.h"
#include "linchpin/study/uncertain_run.h"

namespace linchpin::study {

/// Asks the questions of `study` in order and puts the answers into words and tables.
///
/// All runs of all scenarios are independent and go over `control.threads` threads; the answer is
/// the same for any number. Inputs, host, start and duration of the Origin are left to the caller,
/// because this stage touches neither files nor clocks. Draws of an ensemble go to `draws`. Worlds that
/// [leverage.power] names besides come from `worlds`.
///
/// \error as resolve_study: problems of the document and labels `economy` does not have, at once
/// \error missing_value, unproductive_table, not_finite, cancelled  of the questions
[[nodiscard]] Result<ResultSet> run_study(Study const& study, Economy const& economy,
                                          RunControl const& control = {},
                                          ParameterSource const& parameters = {},
                                          DrawStore const& draws = {},
                                          WorldSource const& worlds = {});

}  // namespace linchpin::study
