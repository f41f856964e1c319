// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "linchpin/core/error.h"
#include "linchpin/core/run_control.h"
#include "linchpin/economy/economy.h"
#include "linchpin/study/autonomy_run.h"
#include "linchpin/study/parameter_source.h"
#include "linchpin/study/uncertain_run.h"

namespace linchpin::study {

/// What a technology's file `file` is asked for as: shipped technologies have plain names
/// ("default:technologies/ai-chips/numbers.csv"), a name with a slash is a folder of the user's.
[[nodiscard]] std::string technology_file(std::string_view technology, std::string_view file);

/// Leaves out of `study` the technologies that are not among `names`; all stay if there are none.
/// \error unknown_label  the study has no such technology; all of them, at `where`
[[nodiscard]] Result<void> keep_technologies(AutonomyStudy& study,
                                             std::vector<std::string> const& names,
                                             std::string const& where);

/// Looks up the region of `study` and its technologies with their sectors, before anything is
/// computed.
/// \error unknown_label, and of `files` and the readers of technologies  all problems at once
[[nodiscard]] Result<void> check_autonomy_labels(AutonomyStudy const& study,
                                                 IndustrySpace const& space,
                                                 ParameterSource const& files);

/// A technology on its world, the first year of a cut-off not priced yet.
struct OpenedTechnology {
  std::unique_ptr<AutonomyTechnology>
      asked;  ///< with the numbers of its market; `ground` points here
  AutonomyGround ground;
};

/// Reads what the answer for one technology needs. `asked` is one of `study`, which must outlive
/// the result.
/// \error unknown_label; of `files`, of the readers of its texts and of trade_accounts_of
[[nodiscard]] Result<OpenedTechnology> open_technology(AutonomyStudy const& study,
                                                       AutonomyTechnology const& asked,
                                                       Economy const& economy,
                                                       ParameterSource const& files,
                                                       RunControl const& control);

/// Answers every technology of `study` on the world of `economy`; trade elasticities, their horizon
/// and technologies are read from `files`. Draws of the k-th technology go to the k-th sink of
/// `draws`.
/// \error unknown_label  the world has no such region, or not the sector of a technology
/// \error of `files`, of the readers of its texts, of trade_accounts_of, first_year_losses and
///        run_autonomy
[[nodiscard]] Result<std::vector<AutonomyAnswer>> answer_autonomy_study(
    AutonomyStudy const& study, Economy const& economy, ParameterSource const& files,
    RunControl const& control, DrawStore const& draws = {});

}  // namespace linchpin::study
