// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <filesystem>
#include <string>
#include <vector>

#include "linchpin/core/error.h"
#include "linchpin/results/result_set.h"

namespace linchpin {

/// `time` as ISO 8601 in UTC, to the second.
[[nodiscard]] std::string iso_time(std::chrono::system_clock::time_point time);

/// Measures the duration of a run and fills in what no question knows: version, host, clock, BLAS,
/// SHA-256 of the inputs.
class RunClock {
 public:
  RunClock();
  /// \error unreadable_file  an input cannot be hashed
  [[nodiscard]] Result<void> fill(Origin& origin,
                                  std::vector<std::filesystem::path> const& inputs) const;

 private:
  std::chrono::system_clock::time_point started_;
  std::chrono::steady_clock::time_point ticks_;
};

}  // namespace linchpin
