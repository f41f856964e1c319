// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "linchpin/core/error.h"
#include "linchpin/economy/industry_space.h"
#include "linchpin/study/model_spec.h"

namespace linchpin::study {

/// Where parameter files come from: this stage reads no files.
struct ParameterSource {
  /// The text of a file: a name as written in the study, or "default:inventory_days.csv" for one
  /// that is shipped. Not set: there are none.
  std::function<Result<std::string>(std::string const& name)> read = {};
  /// Files named besides, on the command line; they win over those of the study.
  std::vector<std::string> asked = {};
};

/// True if `production` asks how critical inputs are.
[[nodiscard]] bool needs_ratings(disrupt::Production production) noexcept;

/// Reads the files that `specs` (later ones win) and `source` name and sets their numbers. Where
/// `ratings_for` names a production function and no file has ratings, the shipped ones are taken.
/// What was found and how much of it is assumed goes to `warnings`; problems to `errors`.
/// \return true if files set targets of stocks
[[nodiscard]] bool apply_parameters(std::vector<ModelSpec const*> const& specs,
                                    ParameterSource const& source,
                                    std::string const& ratings_for, IndustrySpace const& space,
                                    disrupt::ModelOptions& options,
                                    std::vector<std::string>& warnings, ErrorList& errors);

}  // namespace linchpin::study
