// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <filesystem>
#include <string>
#include <vector>

#include "linchpin/core/error.h"
#include "linchpin/results/result_set.h"

namespace linchpin::app {

/// Measures the duration of a run and fills in what only the edge of the program knows: version,
/// host, clock, BLAS, SHA-256 of the inputs.
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

}  // namespace linchpin::app
