// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "linchpin/results/disrupt_tables.h"

namespace linchpin {

/// Lowest and highest loss over some of the runs of a scenario.
struct RunRange {
  std::optional<double> low, high;  ///< empty if there is no run, or a loss is undefined
  std::string low_run, high_run;    ///< names; the first one where several are equal
  std::vector<std::string> names;   ///< of all runs in this range
};

/// The runs in which stocks last (`supplied`), and those in which an industry runs short of an
/// input. Once stocks run out the model amplifies any shortage, so one range over both would hide
/// what happens on either side of that threshold.
struct SplitRange {
  RunRange all, supplied, short_of_input;
};

using LossOfRun = std::function<std::optional<double>(disrupt::Path const&)>;

[[nodiscard]] SplitRange split_range(std::span<PathVariant const> runs, LossOfRun const& loss);

}  // namespace linchpin
