// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "linchpin/core/dense.h"
#include "linchpin/core/error.h"
#include "linchpin/sampling/quantiles.h"

namespace linchpin::sampling {

/// A draw that gave no answer.
struct FailedDraw {
  std::size_t draw = 0;
  std::string reason;
};

/// Everything an ensemble has found so far: enough to go on as if it had never stopped.
struct Checkpoint {
  /// (name, value) of all that determines the result: world, scenario, parameters, seed, version …
  std::vector<std::pair<std::string, std::string>> fingerprint;
  std::size_t draws = 0;  ///< in all
  std::size_t done = 0;   ///< the first `done` of them
  DenseMatrix scalars;    ///< done x scalars; zero where a draw failed
  std::vector<bool> failed;          ///< done
  std::vector<FailedDraw> failures;  ///< the first few of them with their reason
  std::size_t series = 0;
  std::size_t steps = 0;
  std::vector<Histogram> bands;  ///< series x steps, over the independent draws
};

/// Where checkpoints go. The one that writes files is in `results`.
class CheckpointSink {
 public:
  CheckpointSink() = default;
  CheckpointSink(CheckpointSink const&) = delete;
  CheckpointSink& operator=(CheckpointSink const&) = delete;
  virtual ~CheckpointSink() = default;

  /// What was saved last; empty if nothing was.
  /// \error bad_format, unreadable_file  something is there that is no checkpoint
  [[nodiscard]] virtual Result<std::optional<Checkpoint>> load() = 0;
  /// Replaces what was saved last, as a whole or not at all.
  /// \error unwritable_output
  [[nodiscard]] virtual Result<void> save(Checkpoint const& checkpoint) = 0;
  /// For messages: the name of the file.
  [[nodiscard]] virtual std::string name() const = 0;
};

}  // namespace linchpin::sampling
