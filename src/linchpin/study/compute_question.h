// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "linchpin/core/error.h"
#include "linchpin/core/run_control.h"
#include "linchpin/localize/compute_case.h"
#include "linchpin/parameters/accelerators.h"
#include "linchpin/parameters/sourced_numbers.h"
#include "linchpin/results/json.h"
#include "linchpin/study/parameter_source.h"

namespace linchpin::study {

/// What is asked about computing power under export controls.
struct ComputeRequest {
  std::vector<std::string> files;  ///< of numbers in place of the shipped ones, key by key
  std::vector<std::string> chips;  ///< accelerators to test, parts of their names
  std::string where;               ///< what the user calls `chips`, for messages
  std::size_t draws = 4096;
  std::uint64_t seed = 1;
};

struct ComputeAnswer {
  std::vector<parameters::SourcedNumber> numbers;
  localize::ComputeEnsemble ensemble;
  std::vector<parameters::Accelerator> chips;
};

/// \error unknown_label  no accelerator of a name; all of them
/// \error of `files`, of the readers of its texts and of compute_ensemble
[[nodiscard]] Result<ComputeAnswer> answer_compute(ComputeRequest const& request,
                                                   ParameterSource const& files,
                                                   RunControl const& control = {});

/// Which of the limits tested it meets: "performance", "density", "none"; "unknown" where it would
/// take the area of its dies to say.
[[nodiscard]] char const* limit_met(parameters::Accelerator const& chip);
/// TPP per area of its dies; empty where the source states one of them not.
[[nodiscard]] std::optional<double> density_of(parameters::Accelerator const& chip);

/// What share of the numbers is assumed.
[[nodiscard]] std::string assumption_note(ComputeAnswer const& answer);

/// The document "linchpin.compute", version 1, but for its origin (docs/formats/json.md).
[[nodiscard]] Json compute_to_json(ComputeAnswer const& answer);

}  // namespace linchpin::study
