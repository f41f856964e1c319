// SPDX-License-Identifier: Apache-2.0
#include "linchpin/results/run_range.h"

namespace linchpin {
namespace {

void add(RunRange& range, std::optional<double> loss, std::string const& name) {
  range.names.push_back(name);
  if (!loss) return;
  if (!range.low || *loss < *range.low) {
    range.low = loss;
    range.low_run = name;
  }
  if (!range.high || *loss > *range.high) {
    range.high = loss;
    range.high_run = name;
  }
}

}  // namespace

SplitRange split_range(std::span<PathVariant const> runs, LossOfRun const& loss) {
  SplitRange split;
  for (auto const& run : runs) {
    auto const value = loss(*run.path);
    add(split.all, value, run.name);
    add(run.path->shortages.empty() ? split.supplied : split.short_of_input, value, run.name);
  }
  return split;
}

}  // namespace linchpin
