// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <string>
#include <vector>

#include "linchpin/core/error.h"
#include "linchpin/disrupt/model.h"
#include "linchpin/economy/industry_space.h"
#include "linchpin/study/parameter_source.h"

namespace linchpin::study {

/// One way to run the daily model for short-run power.
struct ShortRunModel {
  std::string name;  ///< in words, for tables and notes
  disrupt::ModelOptions options;
};

/// The central model first, then, if `range`, the others a range runs over.
///
/// Central: industries stop only for want of inputs rated critical, order what yesterday's demand
/// needs, and turn to suppliers who could make more; stocks and ratings are the shipped ones. With
/// a `source` that reads no files: inputs replace each other and stocks are the plain defaults. Why
/// not the daily model's own default: docs/methods/leverage.md.
///
/// \error of apply_parameters
[[nodiscard]] Result<std::vector<ShortRunModel>> short_run_models(
    IndustrySpace const& space, ParameterSource const& source, int days, bool range,
    std::vector<std::string>& warnings);

/// What the central model is, in one sentence.
[[nodiscard]] std::string short_run_words(std::span<ShortRunModel const> models);

}  // namespace linchpin::study
